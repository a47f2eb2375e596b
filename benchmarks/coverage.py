"""How well the market is heard: whether intervals hold the truth, the planted blind spot is found, and how fast.

    make bench-coverage

Intervals: organisations of 400 people and one staff list, reporting tree and set of parties, whose ties are dealt anew in
each world. True is the chance to hear by what egos add on average over the worlds. The chances of a kind and of a segment
are means over parts, whose intervals err towards wide. Here P(strategic) stays at its middle: ranges only widen.

Silence: organisations of 400 people who all answer. Each is then silenced with chance .25: what the survey has of its ties
is gone, what address books have of them stays. True is the chance to hear by all answers, kind by kind. As known, it is a
lower bound; had all answered, it is estimated from those who did. Those who are silenced are no others than the rest: where
they are, this figure does not tell.

Blind spot: the simulation lets few ties reach its last segment. It is found where that segment is heard least; worlds
without a party in it do not count.

Routes: beside the vertex connectivity of networkx (Menger 1927) in random networks of 40 people, ways over all the ties
there are. Large: 10,000 people with 130,000 ties, of whom a fifth name a party or two of a hundred.
"""

from __future__ import annotations

import sys
import time

import networkx as nx
import numpy as np
import pandas as pd

from benchmarks import network_ties
from benchmarks.figures import Figure, publish
from kithwork import params
from kithwork.estimates import proportion
from kithwork.market import cells, external, heard
from kithwork.market.diversity import source_diversity
from kithwork.market.routes import routes
from kithwork.network.outside import known_to
from kithwork.simulation import simulate
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.tables import tables
from kithwork.simulation.words import SEGMENTS

PEOPLE, WEEKS, DEALT, CHART = 400, 8, 80, 3
BLIND, NETWORKS = 40, 200
SILENCED, ANSWER, FROM_BOOKS = 40, 0.75, "contact"
LARGE, TIES, MANY = 10_000, 130_000, 100
NO_CONTACT = pd.DataFrame(columns=["person_id", "party_id", "days", "span"])


def main() -> int:
    """Measure all of it; 1 if a goal is missed."""
    settings = params.load("demo")
    return publish(
        "coverage", [*_intervals(settings), *_silence(settings), _blind_spot(settings), _routes(), *_large(settings)]
    )


def _intervals(settings: params.Settings) -> list[Figure]:
    owns, averages, diverse = [], [], []
    for seed in range(DEALT):
        world = tables(simulate(PEOPLE, WEEKS, seed, chart=CHART))
        parts, own, average = _own(world, settings)
        owns.append(own)
        averages.append(average)
        diverse.append(source_diversity(known_to(world["nominations"], world["people"], world["parties"])))
    true = -np.expm1(-np.mean(owns, axis=0).sum(axis=0))
    by_part = {name: [column] for column, name in enumerate(parts)}
    by_kind, by_segment = ({} for _ in range(2))
    for column, (kind, segment) in enumerate(parts):
        by_kind.setdefault(kind, []).append(column)
        by_segment.setdefault(segment, []).append(column)
    found = []
    for name, groups in (("parts", by_part), ("kinds", by_kind), ("segments", by_segment)):
        held = []
        for columns in groups.values():
            each = [heard.coverage(own[:, columns], average) for own, average in zip(owns, averages, strict=True)]
            held += [one.low <= true[columns].mean() <= one.high for one in each]
        title = f"intervals that hold the chance to hear, {len(groups)} {name}"
        found.append(_share(title, held, 0.9))
    middle = float(np.mean([one.estimate for one in diverse]))
    return [*found, _share("the same of the diversity of sources", [one.low <= middle <= one.high for one in diverse], 0.9)]


def _silence(settings: params.Settings) -> list[Figure]:
    known, full, short, error = [], [], [], []
    for seed in range(SILENCED):
        world = tables(simulate(PEOPLE, WEEKS, 2_000 + seed, knobs=Knobs(response=1, response_by_position=0)))
        answered = np.random.default_rng([4, seed]).random(PEOPLE) < ANSWER
        kept = world["people"].loc[answered, "person_id"]
        named = world["nominations"]
        heeded = named[named["ego_id"].isin(kept) | (named["relation"] == FROM_BOOKS)]
        parts, whole, _ = _own(world, settings)
        _, own, average = _own(world | {"nominations": heeded}, settings)
        for kind in sorted({kind for kind, _ in parts}):
            columns = [column for column, (one, _) in enumerate(parts) if one == kind]
            true = heard.coverage(whole[:, columns], average).estimate
            bound = heard.coverage(own[:, columns], average)
            found = heard.had_all_answered(own[:, columns], answered, average)
            known.append(bound.low <= true <= bound.high)
            full.append(found.low <= true <= found.high)
            short.append(100 * (bound.estimate - true))
            error.append(100 * (found.estimate - true))
    return [
        _share("a quarter silent: intervals of what is known that hold what all would hear", known, 0.9),
        _share("a quarter silent: intervals of had all answered that hold it", full, 0.9),
        Figure("a quarter silent: what is known less what all would hear, mean", (float(np.mean(short)),), "points"),
        Figure("a quarter silent: had all answered less what all would hear, mean", (float(np.mean(error)),), "points"),
    ]


def _own(world: dict[str, pd.DataFrame], settings: params.Settings) -> tuple[list[tuple[str, str]], np.ndarray, float]:
    """Parts of the market, what each person adds to them, and what a tie adds on average."""
    held = external.outside(world["nominations"], world["parties"], world["people"], NO_CONTACT, settings)
    part = world["parties"].groupby(["kind", "segment"]).ngroup().to_numpy()
    parts = sorted(set(zip(world["parties"]["kind"], world["parties"]["segment"], strict=True)))
    adds, own = heard.weights(held["heard"].to_numpy()), np.zeros((PEOPLE, len(parts)))
    np.add.at(own, (held["person"].to_numpy(), part[held["party"].to_numpy()]), adds)
    return parts, own, float(adds.mean())


def _blind_spot(settings: params.Settings) -> Figure:
    least = []
    for seed in range(BLIND):
        world = tables(simulate(PEOPLE, WEEKS, 1_000 + seed))
        parts, own, average = _own(world, settings)
        by = pd.Series(heard.ends(own, average)[0]).groupby([segment for _, segment in parts]).mean()
        least += [by.idxmin() == SEGMENTS[-1]] if SEGMENTS[-1] in by else []
    return _share("worlds in which the planted blind spot is heard least", least, 0.9)


def _routes() -> Figure:
    same = []
    for seed in range(NETWORKS):
        rng = np.random.default_rng([1, seed])
        graph = nx.gnm_random_graph(40, int(rng.integers(20, 120)), seed=seed)
        held = rng.random(40) < rng.uniform(0.1, 0.6)
        ours = routes(nx.to_scipy_sparse_array(graph, format="csr", dtype=float), held)
        graph.add_nodes_from(["market", "others"])
        graph.add_edges_from(("market" if has else "others", person) for person, has in enumerate(held))
        same.append(ours == nx.node_connectivity(graph, "others", "market"))
    return Figure(f"routes as networkx has them, {NETWORKS} networks", (float(np.mean(same)),), "", 1, "exactly")


def _large(settings: params.Settings) -> list[Figure]:
    ego, alter, _ = network_ties.drawn(LARGE, TIES)
    rng, ids = np.random.default_rng(2), np.array([f"p{number:05d}" for number in range(LARGE)])
    ends = ids[np.sort(np.column_stack([ego, alter]), axis=1)]
    units = np.char.add("unit ", (np.arange(LARGE) // 250).astype(str))
    people = pd.DataFrame({"person_id": ids, "unit": units, "manager_id": ids[np.arange(LARGE) // 10]})
    people.loc[0, "manager_id"] = None
    names = np.array([f"party {number}" for number in range(MANY)])
    kinds = np.array(["customer", "supplier", "partner", "regulator", "competitor", "university"])
    parties = pd.DataFrame(
        {"party_id": names, "kind": rng.choice(kinds, MANY), "segment": rng.choice(list(SEGMENTS), MANY)}
    )
    who = rng.choice(LARGE, LARGE // 5, replace=False).repeat(2)
    named = {"ego_id": ids[who], "alter_id": rng.choice(names, len(who)), "relation": "contact"}
    nominations = pd.DataFrame(named).drop_duplicates()
    ties = pd.DataFrame({"a_id": ends[:, 0], "b_id": ends[:, 1]})
    started = time.process_time()
    cells.reach(nominations, parties, people, ties, NO_CONTACT, settings, np.random.default_rng(3))
    return [Figure(f"{LARGE:,} people, {TIES:,} ties: processor time", (time.process_time() - started,), "s", 30)]


def _share(name: str, held: list[bool], goal: float) -> Figure:
    found = proportion(sum(held), len(held))
    return Figure(name, (found.estimate,), "", goal, "at least", (found.low, found.high))


if __name__ == "__main__":
    sys.exit(main())
