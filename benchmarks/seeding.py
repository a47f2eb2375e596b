"""Whether starts chosen to reach most do so, beside the best there is, beside simpler ways to choose, and how fast.

    make bench-seeding
    python -m benchmarks.seeding <folder of lazega_lawfirm>     also the law firm's figures

Best there is: on 120 small graphs of three families, and three published networks, every start of up to three people is
played in the same worlds, none of which had a part in choosing; a start's figure is its reach by that of the best. The best
of all is chosen in those worlds, and so flattered: the figures are low, if anything. Under thresholds nobody adopts alone
there, so that all reach is due to the start.

Simpler ways: five starters in simulated organisations of 400, under thresholds and as a cascade, with what
`change.assumed` says, in worlds of their own.

Large: twenty starters for 100,000 people with a million ties, where a tie passes on with chance 1 / ties of who is reached
(weighted cascade: Kempe, Kleinberg & Tardos 2003).

Law firm (Lazega 2001): five starters, weighted cascade, advice and friendship.
"""

from __future__ import annotations

import sys
import time
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from benchmarks import network_ties
from benchmarks.figures import Figure, publish
from kithwork import params
from kithwork.change.assumptions import drawn, stated
from kithwork.change.diffusion import NEVER, Worlds, cascade, thresholds
from kithwork.change.placing import placing
from kithwork.change.reversed_sets import reverse_reachable
from kithwork.change.seeding import Placed, placed
from kithwork.change.starts import drawn_in_each, starters
from kithwork.change.swaps import bettered, neighbourhoods, reach
from kithwork.simulation import simulate

GRAPHS, WORLDS, TRIED_IN, WEEKS, NEAR = 120, 2_000, 500, 26, 0.95
ORGANISATIONS, PEOPLE, STARTERS = 6, 400, 5
LARGE, TIES, LARGE_STARTERS, HELD_OUT = 100_000, 1_000_000, 20, 100
BASELINES = ("random", "most_tied", "managers", "ready")


def main(folder: str | None = None) -> int:
    """Measure all of it; 1 if a goal is missed."""
    figures = [*_beside_the_best(), *_beside_simpler_ways(), *_large()]
    return publish("seeding", figures + (_law_firm(Path(folder)) if folder else []))


def _beside_the_best() -> list[Figure]:
    by_cascade, by_thresholds = [], []
    for seed in range(GRAPHS):
        net, size, rng = *small(seed), np.random.default_rng([3, seed])
        by_cascade.append(cascade_share(net, rng.uniform(0.1, 0.5), size, rng))
        by_thresholds.append(threshold_share(net, size, rng))
    known = [nx.karate_club_graph(), nx.florentine_families_graph(), nx.krackhardt_kite_graph()]
    for seed, graph in enumerate(known):
        net, rng = _matrix(graph), np.random.default_rng([4, seed])
        by_cascade.append(cascade_share(net, 0.1, 3, rng))
        by_thresholds.append(threshold_share(net, 3, rng))
    titles = ("the karate club", "Florentine families", "Krackhardt's kite")
    found = []
    for name, shares in (("cascade", by_cascade), ("thresholds", by_thresholds)):
        mean, near = float(np.mean(shares)), float(np.mean(np.array(shares) >= NEAR))
        found += [
            Figure(f"{name}: reach by that of the best, mean of {len(shares)} graphs", (mean,), "", NEAR, "at least"),
            Figure(f"{name}: reach by that of the best, worst graph", (float(min(shares)),), "", NEAR, "at least"),
            Figure(f"{name}: graphs with {NEAR} of the best", (near,), ""),
        ]
        for title, share in zip(titles, shares[-3:], strict=True):
            found.append(Figure(f"{name}: the same in {title}, 3 starters", (share,), "", NEAR, "at least"))
    return found


def small(seed: int) -> tuple[sparse.csr_array, int]:
    """A graph of 10 to 14 people with weights, of one of three families, and how many start."""
    people, weights = 10 + seed % 5, np.random.default_rng([1, seed])
    families = (
        lambda: nx.gnm_random_graph(people, 2 * people, seed=seed),
        lambda: nx.barabasi_albert_graph(people, 2, seed=seed),
        lambda: nx.connected_watts_strogatz_graph(people, 4, 0.2, seed=seed),
    )
    half = sparse.triu(_matrix(families[seed % 3]()), 1).tocsr()
    half.data = weights.uniform(0.3, 1, half.nnz)
    return sparse.csr_array(half + half.T), 2 + seed % 2


def _matrix(graph: nx.Graph) -> sparse.csr_array:
    graph = nx.convert_node_labels_to_integers(graph)
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, weight=None, dtype=float, format="csr"))


def cascade_share(net: sparse.csr_array, chance: float, size: int, rng: np.random.Generator) -> float:
    """Reach of the chosen start by that of the best: whom each reaches in a world are the bits of one whole number."""
    start = _chosen(net, chance, size, rng)
    people, entries = net.shape[0], net.tocoo()
    reached = np.zeros((WORLDS, people), dtype=np.int64)
    for world in range(WORLDS):
        live = rng.random(net.nnz) < chance * entries.data
        passes = np.eye(people, dtype=bool)
        passes[entries.col[live], entries.row[live]] = True
        for _ in range(int(np.ceil(np.log2(people)))):
            passes = passes @ passes
        reached[world] = passes @ (1 << np.arange(people, dtype=np.int64))
    everyone = np.array(list(combinations(range(people), size)))
    mean = np.array([np.bitwise_count(np.bitwise_or.reduce(reached[:, who], axis=1)).mean() for who in everyone])
    return float(mean[(everyone == np.sort(start.rows)).all(axis=1)][0] / mean.max())


def threshold_share(net: sparse.csr_array, size: int, rng: np.random.Generator) -> float:
    """The same under thresholds, of the start bettered by swaps."""
    people = net.shape[0]
    everyone = np.ones(people, dtype=bool)
    greedy = _chosen(net, 0.2, size, rng).rows
    starts = np.vstack([greedy, neighbourhoods(net, everyone, size)])
    found = bettered(net, starts, everyone, _nobody_alone(128, people, rng), WEEKS)
    every = np.array(list(combinations(range(people), size)))
    mean = reach(net, every, _nobody_alone(TRIED_IN, people, rng), WEEKS).mean(axis=1)
    return float(mean[(every == found).all(axis=1)][0] / mean.max())


def _nobody_alone(worlds: int, people: int, rng: np.random.Generator) -> Worlds:
    shape = (worlds, people)
    return Worlds(np.full(shape, NEVER), rng.beta(2.5, 5, shape), rng.geometric(0.2, shape).astype(np.int16))


def _chosen(net: sparse.csr_array, chance: float, size: int, rng: np.random.Generator) -> Placed:
    return placed(lambda sets: reverse_reachable(net, chance, sets, rng), np.ones(net.shape[0], dtype=bool), size)


def _beside_simpler_ways() -> list[Figure]:
    settings = params.load("demo")
    reached: dict[tuple[str, str], list[float]] = {}
    bounds, seconds = [], []
    for seed in range(ORGANISATIONS):
        world = simulate(PEOPLE, 12, 40 + seed)
        pairs = world.bonds.ties[["a", "b"]].to_numpy()
        pairs = np.unique(np.sort(pairs[(pairs < PEOPLE).all(axis=1)], axis=1), axis=0)
        net = network_ties.matrix(np.r_[pairs[:, 0], pairs[:, 1]], np.r_[pairs[:, 1], pairs[:, 0]], PEOPLE)
        ids = np.arange(PEOPLE).astype(str)
        manager = [ids[row] if row >= 0 else None for row in world.org.manager]
        people = pd.DataFrame({"person_id": ids, "manager_id": manager})
        ready = world.minds.readiness[:PEOPLE] / world.minds.readiness[:PEOPLE].std()
        everyone, rng = np.ones(PEOPLE, dtype=bool), np.random.default_rng([5, seed])
        started = time.process_time()
        chosen = placing(net, ready, everyone, STARTERS, settings, rng)
        seconds.append(time.process_time() - started)
        bounds.append(chosen.bound)
        fresh = np.random.default_rng([6, seed])
        assumed = stated(settings.change.assumed, 1_000, fresh)
        held_out = drawn(assumed, ready, fresh)
        for way in (*BASELINES, "placed"):
            rows = chosen.rows if way == "placed" else starters(way, net, people, ready, everyone, STARTERS, settings, rng)
            if way == "random":
                rows = drawn_in_each(everyone, STARTERS, 1_000, fresh)
            for model, when in (
                ("thresholds", thresholds(net, rows, held_out, WEEKS)),
                ("cascade", cascade(net, rows, assumed.pass_on, WEEKS, seed)),
            ):
                reached.setdefault((model, way), []).append(float((when != NEVER).mean() * 100))
    found = [
        Figure(f"{PEOPLE} people, {STARTERS} starters, {model}: reached by {way}", tuple(each), "%")
        for (model, way), each in reached.items()
    ]
    for model in ("thresholds", "cascade"):
        leads = [
            one - max(others)
            for one, *others in zip(reached[model, "placed"], *(reached[model, way] for way in BASELINES), strict=True)
        ]
        found.append(Figure(f"{model}: placed over the best of the four others", tuple(leads), "points", 0, "at least"))
    return [
        *found,
        Figure("share of the best that is certain, cascade", tuple(bounds), "", 0.632, "at least"),
        Figure("processor time to choose for 400, swaps too", tuple(seconds), "s"),
    ]


def _large() -> list[Figure]:
    ego, alter, _ = network_ties.drawn(LARGE, TIES)
    net = network_ties.matrix(np.r_[ego, alter], np.r_[alter, ego], LARGE)
    degree = np.diff(net.indptr)
    net = sparse.csr_array(sparse.diags_array(1 / np.maximum(degree, 1)) @ net)
    started = time.process_time()
    chosen = _chosen(net, 1.0, LARGE_STARTERS, np.random.default_rng(7))
    seconds = time.process_time() - started
    tied = np.argsort(-degree, kind="stable")[:LARGE_STARTERS]
    worlds = np.ones(HELD_OUT)
    ours, theirs = ((cascade(net, rows, worlds, 1_000, 1) != NEVER).mean() * 100 for rows in (chosen.rows, tied))
    title = f"{LARGE:,} people, {TIES:,} ties, {LARGE_STARTERS} starters"
    return [
        Figure(f"{title}: processor time, with the bound", (seconds,), "s", 60),
        Figure(f"{title}: share of the best that is certain", (chosen.bound,), "", 0.632, "at least"),
        Figure(f"{title}: reached", (float(ours),), "%"),
        Figure(f"{title}: reached by those with most ties", (float(theirs),), "%"),
    ]


def _law_firm(folder: Path) -> list[Figure]:
    edges = pd.read_csv(folder / "edges.csv")
    found = []
    for relation in ("advice", "friendship"):
        named = edges[edges["relation"] == relation]
        heeds = network_ties.matrix(named["source"].to_numpy() - 1, named["target"].to_numpy() - 1, 71)
        net = sparse.csr_array(sparse.diags_array(1 / np.maximum(np.diff(heeds.indptr), 1)) @ heeds)
        greedy = _chosen(net, 1.0, 5, np.random.default_rng(8))
        most = np.argsort(-np.asarray(heeds.sum(axis=0)).ravel(), kind="stable")[:5]
        ours, theirs = (
            float((cascade(net, rows, np.ones(20_000), 100, 9) != NEVER).sum(axis=1).mean()) for rows in (greedy.rows, most)
        )
        found += [
            Figure(f"law firm, {relation}, weighted cascade, 5 starters of 71: reached", (ours,), "people"),
            Figure(f"law firm, {relation}: reached by those most named", (theirs,), "people"),
            Figure(f"law firm, {relation}: share of the best that is certain", (greedy.bound,), ""),
        ]
    return found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
