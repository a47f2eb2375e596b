"""What measures of position cost at the size of a large firm, and beside networkx, igraph, a product and vivainsights.

    make bench-network

All measure made-up networks of the same kind (`network_ties`). Everything together is measured in a process of its own, at
100,000 people with 2 million ties: seconds on the clock and of the processor, and the largest resident memory. What is set
beside others is measured in turn with them, in seconds of the processor, so that other work on the machine does not count,
and is given as a ratio of the same run. networkx measures structural holes by a loop over people, here of a few drawn at
random, times their share; or by matrices, which only serve a network without weights or direction. vivainsights lays out a
picture that its table does not show, unless it is told of a cheaper layout: both are given. Betweenness from drawn pairs is
held against the exact one. `python -m benchmarks.network <folder>` keeps the ties there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import network_peers as peers
from benchmarks import network_ties
from benchmarks.figures import Figure, publish
from kithwork.network import (
    betweenness,
    boundaries,
    brokerage,
    centrality,
    communities,
    core,
    graph,
    hierarchy,
    holes,
    reach,
)
from kithwork.network.position import FEWER

if TYPE_CHECKING:
    from scipy import sparse

SIZES = {5_000: 50_000, 20_000: 400_000, 100_000: 2_000_000}
"""People, and ties among them."""

RUNS = 3
LOOPED = 40
"""People for whom networkx's loop is timed; it takes hours over all."""

STARTERS = 10
SOURCES = 50
UNIT = 100
GIB = 2**20
"""KiB in a GiB: Linux tells the largest memory of a process in KiB."""

MEASURES: tuple[tuple[str, Callable], ...] = (
    ("strength", lambda ties, names, rng: [centrality.strength(names, way) for way in ("in", "out", "all")]),
    ("PageRank", lambda ties, names, rng: centrality.pagerank(names)),
    ("coreness", lambda ties, names, rng: centrality.coreness(ties)),
    ("reciprocity", lambda ties, names, rng: (centrality.reciprocity(names), centrality.reciprocated(names))),
    ("structural holes", lambda ties, names, rng: holes.holes(ties)),
    ("structural holes, directed", lambda ties, names, rng: holes.holes(names)),
    ("two-step reach", lambda ties, names, rng: reach.within_two(ties)),
    ("best starters", lambda ties, names, rng: reach.best_starters(ties, STARTERS)),
    ("loss without each", lambda ties, names, rng: reach.worst_loss(graph.of(ties))),
    ("fragmentation by distance", lambda ties, names, rng: _apart(ties, rng)),
    ("betweenness", lambda ties, names, rng: betweenness.betweenness(ties, rng)),
    ("brokerage", lambda ties, names, rng: brokerage.roles(ties, _units(ties))),
    ("E-I", lambda ties, names, rng: _across(ties, _units(ties))),
    ("core and periphery", lambda ties, names, rng: core.core(ties)),
    ("hierarchy", lambda ties, names, rng: hierarchy.conditions(names)),
    ("communities", lambda ties, names, rng: communities.communities(ties, FEWER, rng)),
)
"""Each takes the ties (symmetric), the names (directed) and a generator."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(sys.argv[1] if len(sys.argv) > 1 else folder)
        small, middle, large = (file(kept, people, ties) for people, ties in SIZES.items())
        everything = together(large)
        beside = structural_holes(middle)
        tables, paths = person_to_person(small), drawn_paths(small)
    return publish("network", [*everything, *beside, *tables, *paths])


def _units(ties: sparse.csr_array) -> np.ndarray:
    """Units of about `UNIT` people each."""
    return np.arange(ties.shape[0]) // UNIT


def _across(ties: sparse.csr_array, units: np.ndarray) -> np.ndarray:
    """Each person's E-I."""
    a, b = ties.tocoo().coords
    across = np.bincount(a, units[a] != units[b], len(units))
    return boundaries.e_i(across, np.bincount(a, minlength=len(units)) - across)


def file(folder: Path, people: int, ties: int) -> Path:
    """The ties of so many people, written where they are not there yet."""
    path = folder / f"{people}.npz"
    if not path.is_file():
        network_ties.write(path, people, ties)
    return path


def together(path: Path) -> list[Figure]:
    """All measures in a process of its own."""
    begun = time.perf_counter()
    code = f"from benchmarks import network; network.all_measures({str(path)!r})"
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    told = run.stdout.read()
    _, status, used = os.wait4(run.pid, 0)
    if status:
        raise RuntimeError(f"all measures: ended with status {status}")
    seconds = json.loads(told)
    name = f"all measures, {max(SIZES):,} people"
    return [
        Figure(f"{name}: time on the clock", (time.perf_counter() - begun,), "s", 90),
        Figure(f"{name}: time of the processor", (used.ru_utime + used.ru_stime,), "s"),
        Figure(f"{name}: memory", (used.ru_maxrss / GIB,), "GiB", 2),
        *(Figure(f"  {measure}: time of the processor", (spent,), "s") for measure, spent in seconds.items()),
    ]


def all_measures(path: str) -> None:
    """Each measure of this network; prints the seconds of the processor that each took."""
    ties, names = network_ties.read(Path(path))
    rng = np.random.default_rng(1)
    print(json.dumps({name: spent(lambda measure=measure: measure(ties, names, rng)) for name, measure in MEASURES}))


def structural_holes(path: Path) -> list[Figure]:
    """Constraint and effective size together, beside others' of the same network."""
    import networkx as nx

    ties, _ = network_ties.read(path)
    people = ties.shape[0]
    as_igraph, as_networkx = graph.of(ties), nx.from_scipy_sparse_array(ties, edge_attribute=None)
    who = np.random.default_rng(1).choice(people, LOOPED, replace=False).tolist()
    runs = [
        {
            "this toolkit": spent(lambda: holes.holes(ties)),
            "igraph": spent(lambda: peers.by_igraph(as_igraph)),
            "a sparse product": spent(lambda: peers.by_product(ties)),
        }
        for _ in range(RUNS)
    ]
    ours = [run["this toolkit"] for run in runs]
    matrices = spent(lambda: peers.by_networkx(as_networkx))
    loop = spent(lambda: peers.by_networkx_loop(as_networkx, who)) * people / LOOPED
    name = f"structural holes, {people:,} people"
    better = [own / min(run["igraph"], run["a sparse product"]) for own, run in zip(ours, runs, strict=True)]
    return [
        Figure(f"{name}: time of this toolkit", tuple(ours), "s", peer=f"{name}: time of igraph"),
        *(Figure(f"{name}: time of {engine}", tuple(run[engine] for run in runs), "s") for engine in list(runs[0])[1:]),
        Figure(
            f"{name}: time of networkx's matrices over its", tuple(matrices / own for own in ours), "times", 40, "at least"
        ),
        Figure(f"{name}: time of networkx's loop over its", tuple(loop / own for own in ours), "times", 40, "at least"),
        Figure(f"{name}: its time over the faster of igraph and product", tuple(better), "times", 1),
    ]


def person_to_person(path: Path) -> list[Figure]:
    """All measures of a small firm, beside the table that vivainsights makes of the same arcs."""
    ties, names = network_ties.read(path)
    table = peers.person_to_person(names)
    peers.by_vivainsights(table.head(50), "random")
    ours, plain = [], []
    for _ in range(RUNS):
        ours.append(spent(lambda: [measure(ties, names, np.random.default_rng(1)) for _, measure in MEASURES]))
        plain.append(spent(lambda: peers.by_vivainsights(table, "random")))
    laid_out = spent(lambda: peers.by_vivainsights(table))
    name = f"{ties.shape[0]:,} people"
    return [
        Figure(f"all measures, {name}: time", tuple(ours), "s", peer=f"table of vivainsights, {name}: time"),
        Figure(f"table of vivainsights, {name}: time", (laid_out,), "s"),
        Figure("time of that table over its", tuple(laid_out / own for own in ours), "times", 100, "at least"),
        Figure('the same with layout="random"', tuple(np.divide(plain, ours).tolist()), "times"),
    ]


def drawn_paths(path: Path) -> list[Figure]:
    """How good betweenness from drawn pairs is where the exact one is affordable, beside the number of ties."""
    ties, _ = network_ties.read(path)
    true = betweenness.exact(ties).share
    runs = [betweenness.sampled(ties, np.random.default_rng(seed)) for seed in range(RUNS)]
    name = f"betweenness from {betweenness.PAIRS:,} pairs, {ties.shape[0]:,} people"
    within = tuple(float((np.abs(run.share - true) <= 1.96 * run.error).mean()) for run in runs)
    return [
        Figure(f"{name}: of its 100 highest, truly so", tuple(shared(run.share, true) for run in runs), "people"),
        Figure("the same of the 100 with most ties", (shared(centrality.strength(ties), true),), "people"),
        Figure(f"{name}: values within 1.96 of their errors", within, "of all"),
    ]


def shared(values: np.ndarray, true: np.ndarray, count: int = 100) -> int:
    """How many of the highest are among the truly highest."""
    return len(np.intersect1d(np.argsort(-values)[:count], np.argsort(-true)[:count]))


def spent(task: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begun = time.process_time()
    task()
    return time.process_time() - begun


def _apart(ties, rng: np.random.Generator) -> float:
    people = ties.shape[0]
    return reach.distance_fragmentation(graph.of(ties), rng.choice(people, min(SOURCES, people), replace=False))


if __name__ == "__main__":
    sys.exit(main())
