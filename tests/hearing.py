"""Small tables of what people hear of the market, for tests of signals: people, topics, comments and a register."""

from __future__ import annotations

import numpy as np
import pandas as pd
from synthetic import staff
from synthetic import ties as pairs_of

from kithwork.market_tables import ROLES, TEXTS, TOPIC_PHRASES, TOPICS
from kithwork.tables import COMMENTS, OPPORTUNITIES, PARTIES, TIES

WORDS = (
    "glass", "hydrogen", "rental", "traceability", "battery", "plastic", "insurance", "drone", "coffee", "cotton", "wheat",
    "uranium", "bicycle", "vaccine", "piano", "salmon", "cement", "perfume", "satellite", "timber", "mortgage", "helmet",
    "tractor", "diamond", "yoghurt", "elevator", "pesticide", "textbook", "solar", "ferry", "casino", "dentist", "volcano",
    "orchid", "wallpaper", "submarine", "cheese", "violin", "passport", "tyre",
)  # fmt: skip
"""Names of planted topics, no two alike."""
DAY = pd.Timestamp("2026-01-05", tz="UTC")


def telling(rows: list[tuple]) -> pd.DataFrame:
    """Mentions from (signal, person, party, learned), numbered in order."""
    frame = pd.DataFrame(rows, columns=["signal_id", "person_id", "party_id", "learned"]).astype("str")
    return frame.assign(mention_id=[f"text {number:04d}" for number in range(len(rows))])


def written(rows: list[tuple]) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Comments, texts and `of` from (topic, person, party, learned, copy of row or None)."""
    ids = [f"c{number:04d}" for number in range(len(rows))]
    given = pd.DataFrame(rows, columns=["topic", "person_id", "party_id", "learned", "first"])
    comments = given[["person_id", "party_id", "learned"]].assign(comment_id=ids, prompt="M1", text="heard of it")
    comments = comments.assign(**{name: None for name in COMMENTS.columns if name not in comments})
    copies = [None if pd.isna(first) else ids[int(first)] for first in given["first"]]
    texts = comments[["comment_id", "person_id", "at"]].assign(
        language="en", fate=["kept" if one is None else "copy" for one in copies], copy_of=copies, words=3
    )
    of = pd.Series(given["topic"].to_numpy(), index=ids).dropna()
    return COMMENTS.checked(comments), TEXTS.checked(texts), of


def topics(names: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Topics by id with the analyst's name, all about customers, and no phrases."""
    frame = pd.DataFrame({"topic_id": list(names), "named": list(names.values()), "language": "en"})
    frame = frame.assign(texts=5, people=5, stability=0.8, first=None, **{f"p_{role}": 0.0 for role in ROLES})
    return TOPICS.checked(frame.assign(p_customer=0.9)[[*TOPICS.columns]]), TOPIC_PHRASES.empty()


def register(rows: list[dict]) -> pd.DataFrame:
    """Entries numbered in order, a day apart; what a row does not say is absent."""
    frame = pd.DataFrame(rows, columns=[*OPPORTUNITIES.columns])
    raised = [DAY + pd.Timedelta(days=number) for number in range(len(rows))]
    return OPPORTUNITIES.checked(
        frame.assign(opportunity_id=[f"I{number:04d}" for number in range(len(rows))], raised=raised)
    )


def parties(kinds: dict[str, str]) -> pd.DataFrame:
    """Parties of these kinds."""
    return PARTIES.checked(pd.DataFrame({"party_id": list(kinds), "kind": list(kinds.values()), "segment": None}))


def company(units: list[str], managers: dict[int, int], close: list[tuple[int, int]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People p000 … with managers by number, and ties told to be functional."""
    people = staff(units, manager_id=[f"p{managers[i]:03d}" if i in managers else None for i in range(len(units))])
    ties = pairs_of(close, told_functional="yes", told_strategic="no")
    return people, ties.reindex(columns=[*TIES.columns]).assign(strength=1.0)


def planted(seed: int) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """What `signals` reads of a topic for each of `WORDS`, and the truth by topic: real, value, repeatable.

    What is real is told by four to six parties, hearsay by one. Values stated scatter about the true one by 0.4 in
    logarithm; what is tried is made use of with chance `repeatable`.
    """
    rng, signals = np.random.default_rng(seed), len(WORDS)
    ids = [f"en-{number:02d}" for number in range(1, signals + 1)]
    truth = pd.DataFrame(
        {
            "real": rng.random(signals) < 0.5,
            "value": rng.lognormal(12, 0.8, signals),
            "repeatable": rng.beta(2, 2, signals),
        },
        index=ids,
    )
    rows, entries = [], []
    for topic, word, (real, value, repeatable) in zip(ids, WORDS, truth.itertuples(index=False), strict=True):
        behind = [f"{topic} {number}" for number in range(rng.integers(4, 7) if real else 1)]
        for _ in range(rng.integers(6, 20)):
            party = str(rng.choice(behind)) if rng.random() < 0.6 else None
            rows.append((topic, f"p{rng.integers(60):03d}", party, str(rng.choice(["directly", "second hand"])), None))
        for _ in range(rng.poisson(3)):
            tried = bool(rng.random() < 0.7)
            used = tried and bool(rng.random() < repeatable)
            entries.append(
                {
                    "problem": word, "kind": "product", "person_id": f"p{rng.integers(60):03d}",
                    "party_id": str(rng.choice(behind)), "tested": DAY if tried else None, "scaled": DAY if used else None,
                    "dropped": None if used else DAY, "expected": value * rng.lognormal(0, 0.4),
                }
            )  # fmt: skip
    comments, texts, of = written(rows)
    people, ties = company([f"U{i // 6}" for i in range(60)], {i: i // 6 * 6 for i in range(60) if i % 6}, [])
    named, phrases = topics(dict(zip(ids, WORDS, strict=True)))
    named_parties = sorted({*comments["party_id"].dropna(), *(one["party_id"] for one in entries)})
    brought = {
        "comments": comments, "texts": texts, "of": of, "topics": named, "phrases": phrases,
        "opportunities": register(entries), "ties": ties, "people": people,
        "parties": parties(dict.fromkeys(named_parties, "customer")),
    }  # fmt: skip
    return brought, truth
