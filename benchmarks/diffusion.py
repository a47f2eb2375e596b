"""A change that spreads among 10,000 people in 1,000 worlds, beside ndlib and cynetdiff.

    make bench-diffusion

150,000 made-up ties (`network_ties`) and 20 starters drawn at random. Each of the three plays to the end: a cascade that
dies out soon, at a chance of 0.01 a tie; one that reaches most people, at 0.05; and thresholds drawn evenly, as a share of
one's ties. Ours gives the week of every person in every world, cynetdiff and ndlib how many are reached. Networks in the
form that each wants are made beforehand. Thresholds are drawn in the time that is told, ours all of them, cynetdiff's of
those who are exposed; ndlib is given them. ndlib is timed for a few runs, which are scaled up to 1,000: it would take from
half a minute to an hour. The three are measured in turn, in seconds of the processor, so that other work on the machine
does not count; all use one core. What takes milliseconds is timed nine times, and the shortest is told: what the machine
does besides can only add to it. A ratio is one of times of the same round, and the median of rounds is told. How many are
reached must agree within chance: the largest difference of two means is told in its standard errors.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import network_ties
from benchmarks.diffusion_peers import Cynetdiff, Ndlib
from benchmarks.figures import Figure, publish
from kithwork.change.arcs import Arcs
from kithwork.change.diffusion import NEVER, Worlds, cascade, thresholds

PEOPLE, TIES, STARTERS, RUNS, SEED = 10_000, 150_000, 20, 1_000, 2003
WEEKS = 1_000
"""Weeks to play: no world needs as many to come to its end."""

ROUNDS, NDLIB_RUNS, REPEATS = 3, 5, 9
CASES = {"a cascade at 0.01": 0.01, "a cascade at 0.05": 0.05, "thresholds": None}


def ours(ties, arcs: Arcs, starters: np.ndarray, chance: float | None, seed: int) -> np.ndarray:
    """(worlds, people) week of each, of `RUNS` worlds."""
    if chance is not None:
        return cascade(ties, starters, np.full(RUNS, chance), WEEKS, seed, arcs)
    shape = (RUNS, PEOPLE)
    enough = np.random.default_rng(seed).random(shape)
    nobody, soon = np.broadcast_to(np.int16(NEVER), shape), np.broadcast_to(np.int16(1), shape)
    return thresholds(ties, starters, Worlds(nobody, enough, soon), WEEKS)


def timed(task: Callable[[], object], brief: float = 0.1) -> tuple[float, object]:
    """Seconds of the processor, and what came of it; the shortest of `REPEATS` where it takes less than `brief`."""
    times = []
    while not times or (len(times) < REPEATS and times[0] < brief):
        begun = time.process_time()
        found = task()
        times.append(time.process_time() - begun)
    return min(times), found


def figures(case: str, chance: float | None, ties, starters: np.ndarray, rng: np.random.Generator) -> list[Figure]:
    """One case, over several rounds of all three."""
    arcs = Arcs.of(ties.T)
    slow, quick = Ndlib(ties, starters, chance), Cynetdiff(ties, starters, chance)
    ours(ties, arcs, starters, chance, SEED)
    seconds, reached = [], {"ours": [], "ndlib": [], "cynetdiff": []}
    for turn in range(ROUNDS):
        own, when = timed(lambda turn=turn: ours(ties, arcs, starters, chance, SEED + turn))
        enough = [None if chance is not None else rng.random(PEOPLE) for _ in range(NDLIB_RUNS)]
        ndlib, by_ndlib = timed(lambda given=enough: [slow.run(one) for one in given])
        cynetdiff, by_cynetdiff = timed(lambda: [quick.run() for _ in range(RUNS)])
        seconds.append((own, ndlib * RUNS / NDLIB_RUNS, cynetdiff))
        reached["ours"].extend((when != NEVER).sum(axis=1).tolist())
        reached["ndlib"].extend(by_ndlib)
        reached["cynetdiff"].extend(by_cynetdiff)
    own, ndlib, cynetdiff = np.array(seconds).T
    return [
        Figure(f"{case}: ours", tuple(own), "s", peer=f"{case}: cynetdiff"),
        Figure(f"{case}: ndlib, scaled up from {NDLIB_RUNS} runs of {RUNS:,}", tuple(ndlib), "s"),
        Figure(f"{case}: cynetdiff", tuple(cynetdiff), "s"),
        Figure(f"{case}: time of ndlib over ours", tuple(ndlib / own), "times", 1_000, "at least"),
        Figure(f"{case}: time of cynetdiff over ours", tuple(cynetdiff / own), "times", 1, "at least"),
        *(Figure(f"{case}: reached, {who}", (float(np.mean(many)),), "people") for who, many in reached.items()),
        Figure(f"{case}: largest difference of two of these", (apart(list(reached.values())),), "standard errors", 4),
    ]


def apart(samples: list[list[int]]) -> float:
    """Largest difference of two means in standard errors of that difference."""
    means = np.array([np.mean(sample) for sample in samples])
    errors = np.array([np.var(sample, ddof=1) / len(sample) for sample in samples])
    one, other = np.triu_indices(len(samples), 1)
    return float((np.abs(means[one] - means[other]) / np.sqrt(errors[one] + errors[other])).max())


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    a, b, _ = network_ties.drawn(PEOPLE, TIES)
    ties = network_ties.matrix(np.r_[a, b], np.r_[b, a], PEOPLE)
    rng = np.random.default_rng(SEED)
    starters = rng.choice(PEOPLE, STARTERS, replace=False)
    with threadpool_limits(1):
        found = [one for case, chance in CASES.items() for one in figures(case, chance, ties, starters, rng)]
    return publish("diffusion", found)


if __name__ == "__main__":
    sys.exit(main())
