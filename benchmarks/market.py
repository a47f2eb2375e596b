"""Whether what is planted in texts on the market is found again, by the whole chapter, and how fast it is with many texts.

    make bench-market

Recovery: simulated organisations of 400 people and 26 weeks, each with ten topics, all that stands in the way of them
(`kithwork.simulation.voices`), and its register of ideas. A topic is planted in each language in which it has as many texts
as a topic must have. Topics found and planted are matched so that F1 of their texts is largest in all; those above one half
are the same. F1 of topics: of the shares of topics found about the market that were planted, and of topics planted that
were found in any language; then counted in each language. Onsets: of planted topics that are found, and began while we
watched. Order: what signals could bring, by Kendall's tau with what their topics are worth, beside the order of one who
knows which topics are real, and of value what the register states: whether a topic repeats cannot be seen in texts.

Redaction: 10,000 texts of a simulated client's files, nearly all of which name a colleague, somebody or a party outside, a
telephone, an address or an amount, read and cleaned; how many still hold what was planted, any part of a person's name
counting as such.

Large: 50,000 comments of 2,000 people, the chapter in a process of its own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from benchmarks.dirt import rooted
from benchmarks.figures import Figure, publish
from benchmarks.market_scores import dated, f1, matched, over_worlds, tau
from kithwork import cleaning, params, readers, store
from kithwork.estimates import proportion
from kithwork.market.quotes import quotes
from kithwork.market.roles import roles
from kithwork.market.signals import Signals, signals
from kithwork.market.texts import prepared
from kithwork.market.topics import Topics, found
from kithwork.market.trends import Trends, trends
from kithwork.market_tables import KEPT, ROLES
from kithwork.simulation import World, clock, files, matters, simulate, tables, voices
from kithwork.simulation.knobs import Knobs

WORLDS, PEOPLE, WEEKS, FIRST_SEED = 8, 400, 26, 9000
MANY, CROWD = 50_000, 2_000
NAMING, OF, THROUGH = 10_000, 120, 12
"""Texts that are redacted, and the people and weeks of the organisation they are from."""
GIB = 2**20
"""Of the kilobytes in which the system tells memory."""
LARGE = 20
"""Texts from which a planted topic is large."""
MARKET = 0.5
"""Chance of being about the market from which a topic counts as of it."""
NEEDED = ("comments", "people", "parties", "opportunities", "ties")


@dataclass(frozen=True)
class Chapter:
    """What the chapter finds: `texts`, `topics` as found and with their `roles`, `trends`, `signals`, `quotes`."""

    texts: pd.DataFrame
    found: Topics
    roles: pd.DataFrame
    topics: pd.DataFrame
    trends: Trends
    signals: Signals
    quotes: pd.DataFrame


def main(folder: str | None = None) -> int:
    """Measure all of it; 1 if a goal is missed. With a folder of tables, only run the chapter on them."""
    if folder:
        chapter({name: pd.read_parquet(Path(folder) / f"{name}.parquet") for name in NEEDED})
        return 0
    return publish("market", [*_recovered(), _redacted(), *_large()])


def chapter(given: dict[str, pd.DataFrame]) -> Chapter:
    """The chapter on tables, as its notebook runs it."""
    settings = params.load("demo")
    dice = lambda name: np.random.default_rng([settings.market.seed, *name.encode()])  # noqa: E731
    comments = given["comments"]
    texts = prepared(comments, settings)
    said = found(comments, texts, settings, dice("topics"))
    chances = roles(comments, texts, settings).table
    topics = said.table(chances)
    moves = trends(texts, said.of, said.points, settings, dice("trends"))
    worth = signals(
        comments, texts, said.of, topics, said.phrases, given["opportunities"], given["ties"], given["people"],
        given["parties"], settings, dice("signals"),
    )  # fmt: skip
    return Chapter(texts, said, chances, topics, moves, worth, quotes(comments, texts, said.of, said.fit))


def given(world: World) -> dict[str, pd.DataFrame]:
    """The clean tables of a world, and its ties, each told to be of the kinds that it is."""
    ids, bonds = world.org.people["person"].to_numpy(), world.bonds.ties
    told = {f"told_{kind}": np.where(bonds[kind], "yes", "no") for kind in ("personal", "functional", "strategic")}
    ties = pd.DataFrame({"a_id": ids[bonds["a"]], "b_id": ids[bonds["b"]], **told})
    return tables.tables(world) | {"ties": ties}


def recovery(seed: int) -> dict[str, object]:
    """What the chapter finds of one world's planted topics."""
    world = simulate(PEOPLE, WEEKS, seed)
    tables_ = given(world)
    one, smallest = chapter(tables_), params.load("demo").market.topics.smallest
    notes, topics = world.voices.notes, world.voices.topics
    notes.index = notes.index.astype(str)
    kept = one.texts.loc[one.texts["fate"] == KEPT, "comment_id"]
    mine = notes.loc[kept]
    planted = (mine["language"] + " " + mine["topic"].map(topics["topic"])).where(mine["topic"] >= 0)
    planted = planted.where(planted.map(planted.value_counts()) >= smallest)
    pairs = matched(planted, one.found.of.reindex(kept))
    of_market = one.topics.loc[one.topics[[f"p_{role}" for role in ROLES]].sum(axis=1) >= MARKET, "topic_id"]
    market = pairs["topic_id"].isin(of_market)
    began = topics.loc[~topics["at_once"]].set_index("topic")["onset_week"].astype(float)
    name = pairs["planted"].str.partition(" ")[2]
    start = pd.Timestamp(clock.START)
    onset = one.trends.table.set_index("topic_id")["onset"].sub(start).dt.days / 7
    many = planted.value_counts()
    topic_of = many.index.str.partition(" ").get_level_values(2)
    return {
        "f1": f1(market.sum() / max(len(of_market), 1), name.nunique() / topic_of.nunique()),
        "f1 each": f1(market.sum() / max(len(of_market), 1), len(pairs) / len(many)),
        "large": many.index[many >= LARGE].isin(pairs["planted"]),
        "small": many.index[many < LARGE].isin(pairs["planted"]),
        "precision": pairs["precision"].mean(),
        "recall": pairs["recall"].mean(),
        "dated": dated(pairs.assign(planted=name), onset, began),
        "role": _rightly(one.roles, mine, topics),
        **_order(one.signals.table, pairs.assign(planted=name), tables_["opportunities"], topics),
    }


def _rightly(chances: pd.DataFrame, notes: pd.DataFrame, topics: pd.DataFrame) -> float:
    """Share of texts on topics whose likeliest part of the market is their topic's."""
    about = notes[notes["topic"] >= 0]
    mine = chances.set_index("comment_id").loc[about.index, [f"p_{role}" for role in ROLES]]
    told = np.array(ROLES)[mine.fillna(0).to_numpy().argmax(axis=1)]
    right = (told == topics["role"].to_numpy()[about["topic"]]) & mine.notna().all(axis=1)
    return float(right.mean())


def _order(table: pd.DataFrame, pairs: pd.DataFrame, ideas: pd.DataFrame, topics: pd.DataFrame) -> dict[str, float]:
    """Tau of the order of signals with what their topics are worth, and the tau that could be had."""
    topic = table["topic_id"].map(pairs.set_index("topic_id")["planted"])
    known = topic.notna().to_numpy()
    row = pd.Index(topics["topic"]).get_indexer(topic[known])
    stated = np.log(ideas["expected"]).groupby(ideas["problem"]).mean()
    value = topics["topic"].map(stated).fillna(stated.mean()).to_numpy()
    truth = matters.worth(topics)[row]
    best = (np.exp(value) * topics["real"].to_numpy())[row]
    return {"tau": tau(-table["rank"].to_numpy()[known], truth), "best": tau(best, truth)}


def _recovered() -> list[Figure]:
    runs = pd.DataFrame([recovery(FIRST_SEED + number) for number in range(WORLDS)])
    goals = (
        ("f1", "F1 of topics", 0.8),
        ("f1 each", "the same, counted in each language", None),
        ("precision", "texts of a topic found that are its own", 0.8),
        ("recall", "texts of a planted topic that are in the one found", 0.8),
        ("role", "texts whose likeliest part of the market is right", 0.8),
        ("tau", "order of signals: Kendall's tau with what they are worth", 0.6),
        ("best", "the same of one who knows which are real", None),
    )
    figures = []
    for name, words, goal in goals:
        values = [float(value) for value in runs[name].dropna()]
        figures.append(Figure(words, tuple(values), "", goal, "at least", over_worlds(values)))
    shares = (
        ("large", f"planted topics of {LARGE} texts or more in a language that are found", 0.9),
        ("small", "planted topics of fewer that are found", None),
        ("dated", "onsets dated within two weeks", 0.9),
    )
    for name, words, goal in shares:
        hits = np.concatenate(runs[name].tolist())
        share = proportion(int(hits.sum()), len(hits))
        figures.append(Figure(words, (share.estimate,), "", goal, "at least", (share.low, share.high)))
    return figures


def _redacted() -> Figure:
    knobs = Knobs(named_in_texts=1, empty_answers=0)
    world = _with_notes(simulate(OF, THROUGH, FIRST_SEED, knobs), NAMING)
    content = yaml.safe_load((params.ROOT / "params.yaml").read_text(encoding="utf-8"))
    with rooted(content | {"engagements": {"demo": content["engagements"]["demo"]}, "simulations": {}}):
        files.write(world, store.raw("demo"))
        settings = params.load("demo")
        comments = cleaning.clean(readers.read(settings), settings)["comments"].set_index("comment_id")["text"]
        truth = pd.read_csv(store.raw("demo") / "truth" / "notes.csv", keep_default_na=False)
    line = truth["line"].astype(str)
    place = np.where(truth["cell"] == "", "2." + line, "1." + line + "." + truth["cell"])
    truth = truth.assign(text=comments.reindex(place).to_numpy()).dropna(subset="text")
    left = [holds(row.text, row.named) for row in truth.itertuples()]
    return Figure(f"of {len(left):,} texts read, those that still hold what was planted", (float(sum(left)),), "texts", 0)


def holds(text: str, named: str) -> bool:
    """Whether a text holds what is named, as `kind: words`; of people, any of their names with its capital."""
    kind, _, it = named.partition(": ")
    if kind in ("colleague", "contact"):
        return any(re.search(rf"\b{re.escape(name)}\b", text) for name in it.split())
    return bool(it) and it.casefold() in text.casefold()


def _with_notes(world: World, count: int) -> World:
    """The world with about so many notes."""
    rng, rate = np.random.default_rng([world.seed, count]), count / len(world.org) / world.weeks
    return replace(world, voices=voices.write(world.org, world.bonds, world.weeks, world.knobs, rng, rate))


def _large() -> list[Figure]:
    world = _with_notes(simulate(CROWD, WEEKS, FIRST_SEED), round(1.02 * MANY))
    with tempfile.TemporaryDirectory() as place:
        for name, frame in given(world).items():
            if name in NEEDED:
                frame.head(MANY).to_parquet(Path(place) / f"{name}.parquet")
        child = subprocess.Popen([sys.executable, "-m", "benchmarks.market", place])
        _, status, used = os.wait4(child.pid, 0)
    assert status == 0, "the chapter failed"
    return [
        Figure(f"the chapter with {MANY:,} comments: processor time", (used.ru_utime + used.ru_stime,), "s", 60),
        Figure("its memory", (used.ru_maxrss / GIB,), "GiB", 2),
    ]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
