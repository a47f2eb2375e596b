"""Signals: what the organisation hears and has on its register, ranked."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hearing import DAY, company, parties, planted, register, topics, written
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from scipy.stats import kendalltau
from synthetic import settings

from kithwork.claims import Ledger
from kithwork.market.signals import Signals, signals
from kithwork.market_tables import SIGNALS, TEXTS, TOPIC_PHRASES, TOPICS
from kithwork.tables import COMMENTS, OPPORTUNITIES, PARTIES, PEOPLE, TIES

FEW = settings(market={"resamples": 300})


def found(brought: dict[str, pd.DataFrame], seed: int = 1) -> Signals:
    """The signals in what was brought."""
    return signals(**brought, settings=FEW, rng=np.random.default_rng(seed))


def small(rows: list[tuple], entries: list[dict], names: dict[str, str]) -> dict[str, pd.DataFrame]:
    """What `signals` reads, of six people of two teams; acme and brew are customers, cask a supplier."""
    comments, texts, of = written(rows)
    people, ties = company(["A", "A", "A", "B", "B", "B"], {1: 0, 2: 0, 4: 3, 5: 3}, [])
    named, phrases = topics(names)
    return {
        "comments": comments, "texts": texts, "of": of, "topics": named, "phrases": phrases,
        "opportunities": register(entries), "ties": ties, "people": people,
        "parties": parties({"acme": "customer", "brew": "customer", "cask": "supplier", "duma": "regulator"}),
    }  # fmt: skip


HEARD = [
    ("en-01", "p001", "acme", "directly", None),
    ("en-01", "p002", "acme", "directly", None),
    ("en-01", "p004", "brew", "directly", None),
    ("en-01", "p005", "brew", "directly", 2),
    ("en-02", "p001", None, "published", None),
    ("en-02", "p004", None, "published", None),
]
RAISED = [
    {"problem": "glass", "party_id": "cask", "expected": 900_000.0, "tested": DAY, "scaled": DAY},
    {"problem": "noise", "person_id": "p001", "expected": 20_000.0},
    {"problem": "noise", "person_id": "p005", "expected": 30_000.0},
]
NAMES = {"en-01": "glass", "en-02": "cotton"}


def test_signals_by_hand():
    """Three reports, two of one party, with an entry from a supplier; a publication told twice; a problem at home."""
    table = found(small(HEARD, RAISED, NAMES)).table.set_index("signal_id")
    assert table["origin"].to_dict() == {"en-01": "both", "en-02": "topic", "idea-01": "register"}
    counted = ["reports", "people", "customers", "suppliers", "others", "independent"]
    assert table.loc["en-01", counted].tolist() == [4, 3, 2, 1, 0, 3]
    assert table.loc["en-02", counted].tolist() == [2, 2, 0, 0, 0, 1]
    assert table.loc["idea-01", counted].tolist() == [2, 2, 0, 0, 0, 2]
    assert table["effective"].to_dict() == pytest.approx({"en-01": 2 + 2 / 1.8, "en-02": 2 / 1.8, "idea-01": 2 / 1.8})
    assert table["p_real"].idxmax() == table["rank"].idxmin() == "en-01"
    assert table.loc["en-01", "problem"] == "glass"
    assert table.loc["idea-01", ["topic_id", "role"]].isna().all()
    assert table["role"].dropna().unique().tolist() == ["customer"]


def test_problems_are_handed_on_with_their_topic():
    """Those of a topic with it, the others without."""
    problems = found(small(HEARD, RAISED, NAMES)).problems
    assert problems.dropna().to_dict() == {"glass": "en-01"}
    assert problems.index.tolist() == ["glass", "noise"]


def test_topics_about_no_part_of_the_market_are_no_signals_of_themselves():
    """Talk of the canteen is none, unless somebody raised it as a problem."""
    brought = small(HEARD, [], NAMES)
    about = brought["topics"].assign(p_customer=[0.9, 0.1])
    assert found(brought | {"topics": about}).table["signal_id"].tolist() == ["en-01"]
    raised = brought | {"topics": about, "opportunities": register([{"problem": "cotton", "person_id": "p001"}])}
    assert found(raised).table["signal_id"].tolist() == ["en-01", "en-02"]


def test_claims_are_of_all_and_of_each_signal():
    """People are those who wrote of it or raised it, n the reports; every interval holds its figure."""
    ledger = Ledger("market")
    found(small(HEARD, RAISED, NAMES)).claims(ledger)
    frame = ledger.frame().set_index("measure")
    each = {f"market.{what}.{name}" for what in ("real", "value", "rank") for name in ("en-01", "en-02", "idea-01")}
    assert set(frame.index) == each | {"market.signals", "market.corroborated", "market.top_kept"}
    assert frame.loc["market.signals", "estimate"] == 3
    assert frame.loc["market.corroborated", "estimate"] == pytest.approx(200 / 3)
    assert frame.loc["market.real.en-01", ["n", "people"]].tolist() == [4, 3]
    assert (frame["low"].le(frame["estimate"]) & frame["high"].ge(frame["estimate"])).all()
    assert not frame["label"].str.contains("glass|noise").any()


def test_without_stated_values_none_is_claimed():
    """Signals are then in order of how likely they are real and repeat."""
    brought = small(HEARD, [{"problem": "noise", "person_id": "p001"}], NAMES)
    ledger, of = Ledger("market"), found(brought)
    of.claims(ledger)
    assert of.table["value"].isna().all()
    assert not ledger.frame()["measure"].str.contains("value").any()
    assert of.table.set_index("signal_id")["rank"].idxmin() == "en-01"


def test_without_texts_or_register_there_is_nothing():
    """Tables of their contract without rows, no claim and no error; with texts alone, their topics."""
    nothing = {
        "comments": COMMENTS.empty(), "texts": TEXTS.empty(), "of": pd.Series(dtype="str"), "topics": TOPICS.empty(),
        "phrases": TOPIC_PHRASES.empty(), "opportunities": OPPORTUNITIES.empty(), "ties": TIES.empty(),
        "people": PEOPLE.empty(), "parties": PARTIES.empty(),
    }  # fmt: skip
    ledger, of = Ledger("market"), found(nothing)
    of.claims(ledger)
    assert of.table.empty
    assert list(of.table) == list(SIGNALS.columns)
    assert ledger.frame().empty
    assert found(nothing | {"opportunities": register([{"problem": "noise"}])}).table["reports"].tolist() == [1]
    alone = small(HEARD, [], NAMES) | {"ties": TIES.empty(), "people": PEOPLE.empty(), "parties": PARTIES.empty()}
    assert len(found(alone).table) == 2


ROW = st.tuples(
    st.sampled_from(["en-01", "en-02", None]), st.sampled_from([f"p{number:03d}" for number in range(6)]),
    st.sampled_from(["acme", "brew", "cask", None]), st.sampled_from(["directly", "second hand", "published", "inference"]),
    st.none(),
)  # fmt: skip


@tried(max_examples=5, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8), st.randoms())
def test_copies_and_the_order_of_rows_change_nothing(rows, random):
    """Every row passed on by a colleague, and all rows shuffled: the same table."""
    brought, copied = small(rows, RAISED, NAMES), [*rows, *((*row[:4], at) for at, row in enumerate(rows))]
    again = small([(of, "p000", party, how, first) for of, _, party, how, first in copied], RAISED, NAMES)
    again["comments"]["person_id"] = [row[1] for row in rows] + ["p000"] * len(rows)
    seed = random.randint(0, 1000)
    for name in ("comments", "texts", "opportunities", "ties", "people", "parties", "topics"):
        again[name] = again[name].sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(found(again).table, found(brought).table)


@cache
def recovered(seed: int) -> pd.DataFrame:
    """Signals of a planted world beside its truth."""
    brought, truth = planted(seed)
    table = found(brought, seed).table.set_index("signal_id")
    assert table.index.tolist() == truth.index.tolist()
    stated = brought["opportunities"].groupby("problem")["expected"].sum()
    sums = table["problem"].map(stated).fillna(0) * table["reports"]
    worth = truth["real"] * truth["repeatable"] * truth["value"]
    return table.join(truth.add_prefix("true_")).assign(worth=worth, sums=sums, better=-table["rank"])


def test_planted_worth_is_recovered():
    """Over six worlds of forty signals, half of them hearsay: Kendall's tau of order and worth is .38 or more, that of raw
    sums .3 less; the Brier score of the chance to be real is .17 or less, where not to know gives .25."""
    worlds = [recovered(seed) for seed in range(6)]
    ours, sums = (np.mean([kendalltau(one[name], one["worth"]).statistic for one in worlds]) for name in ("better", "sums"))
    doubt = np.mean([((one["p_real"] - one["true_real"]) ** 2).mean() for one in worlds])
    assert ours >= 0.38
    assert ours - sums >= 0.3
    assert doubt <= 0.17


def test_planted_values_and_ranks_are_held():
    """Nine in ten of the intervals or more."""
    worlds = pd.concat([recovered(seed) for seed in range(6)])
    planted_rank = worlds.groupby(np.repeat(range(6), 40))["worth"].rank(ascending=False)
    assert worlds["true_value"].between(worlds["value_low"], worlds["value_high"]).mean() >= 0.92
    assert planted_rank.between(worlds["rank_low"], worlds["rank_high"]).mean() >= 0.9


def test_what_has_little_behind_it_is_less_sure_of_its_place():
    """Among real signals, intervals of rank are wider of those told by fewest parties."""
    one = pd.concat([recovered(seed) for seed in range(6)])
    width, few = one["rank_high"] - one["rank_low"], one["independent"] <= 2
    assert width[few].mean() > width[~few].mean()
