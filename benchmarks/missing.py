"""Whether the chance of being in the top tenth is what it says, where some did not answer; and what silence does to ranks.

    make bench-missing

Organisations are simulated (`kithwork.simulation`) and everybody answers, so that the top tenth by each measure is known.
Then a quarter is silenced: at random, or the more likely the more often a person is named (`BY_POSITION`, log odds a
standard deviation). From what is left networks are completed and each person has a P(top). Of all people given a P near .8
about 80 % should be in the top tenth of the whole; the error is weighed over tenths of P, people under .02 left out, since
nearly everybody is surely not at the top. Intervals are by a bootstrap over organisations. Nothing in the simulation is
made as the completion supposes.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import expit

from benchmarks.figures import Figure, publish
from benchmarks.simulated import named
from kithwork.estimates import TAILS
from kithwork.network import completion, graph, missing, ranks
from kithwork.simulation import World, simulate
from kithwork.simulation.knobs import Knobs

ORGANISATIONS, PEOPLE, WEEKS, FIRST_SEED = 60, 200, 8, 500
NETWORKS, MASKINGS, RESAMPLES = 60, 5, 400
SILENT, BY_POSITION = 0.25, 0.5
OFF, NEAR = 0.05, (0.7, 0.9)
"""How far the share truly at the top may lie from P, and the P that are called near .8."""
SURE = 0.02
WAYS = {"at random": 0.0, "by position": BY_POSITION}


def in_degree(net: sparse.csr_array) -> np.ndarray:
    """How many name the person."""
    return np.asarray(net.sum(axis=0))


def pagerank(net: sparse.csr_array) -> np.ndarray:
    """PageRank of who is sought."""
    return np.array(graph.of(net, directed=True).pagerank())


def unconstrained(net: sparse.csr_array) -> np.ndarray:
    """Burt's constraint, negative: the least constrained are the top."""
    return -np.array(graph.of(net, directed=True).constraint())


def betweenness(net: sparse.csr_array) -> np.ndarray:
    """Shortest paths through the person."""
    return np.array(graph.of(net, directed=True).betweenness())


MEASURES = {"in-degree": in_degree, "PageRank": pagerank, "constraint": unconstrained, "betweenness": betweenness}


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    cases = list(product(range(FIRST_SEED, FIRST_SEED + ORGANISATIONS), WAYS))
    with ProcessPoolExecutor(2) as hands:
        people = pd.concat(list(hands.map(told, *zip(*cases, strict=True))), ignore_index=True)
        masked = pd.concat(list(hands.map(tried, range(FIRST_SEED, FIRST_SEED + ORGANISATIONS // 4))), ignore_index=True)
    figures = []
    for (way, measure), of in people.groupby(["way", "measure"], sort=False):
        near = of[of["p"].between(*NEAR)]
        says, found = near["p"].mean(), near["top"].mean()
        name = f"{measure}, {SILENT:.0%} silent {way}"
        figures.append(Figure(f"{name}: truly top of those given P {NEAR[0]:g} to {NEAR[1]:g} (mean {says:.2f})", (found,),
                              "share", interval=bootstrapped(near, lambda one: one["top"].mean())))  # fmt: skip
        goal = OFF if way == "at random" else None
        figures.append(Figure(f"{name}: calibration error", (off(of),), "", goal, interval=bootstrapped(of, off)))
    for (measure, treatment), of in masked.groupby(["measure", "treatment"], sort=False):
        for score in ("spearman", "overlap"):
            figures.append(Figure(f"{measure}, {SILENT:.0%} silent, {treatment}: {score}", tuple(of[score]), ""))
    return publish("missing", figures)


def told(seed: int, way: str) -> pd.DataFrame:
    """P(top) of each person of one organisation by each measure, and whether so: way, organisation, measure, p, top."""
    net, rng = whole(seed), np.random.default_rng(seed)
    answered = answering(net, WAYS[way], rng)
    found = ranks.chances(completion.completed(net, answered, NETWORKS, rng), MEASURES)
    top = np.concatenate([ranks.seats(measure(net)) for measure in MEASURES.values()])
    return pd.DataFrame({"way": way, "seed": seed, "measure": found["measure"], "p": found["p_top"], "top": top})


def tried(seed: int) -> pd.DataFrame:
    """The masking experiment on one organisation in which everybody answered."""
    net = whole(seed)
    return missing.masked(net, np.ones(PEOPLE, bool), MEASURES, MASKINGS, np.random.default_rng(seed), rates=(SILENT,))


def whole(seed: int) -> sparse.csr_array:
    """Whom all name, in any of the three questions."""
    world: World = simulate(PEOPLE, WEEKS, seed, Knobs(response=1))
    pairs = np.unique(np.concatenate([of.to_numpy() for of in named(world).values()]), axis=0)
    return sparse.coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(PEOPLE, PEOPLE)).tocsr()


def answering(net: sparse.csr_array, by_position: float, rng: np.random.Generator) -> np.ndarray:
    """Who answers, three quarters of all: booleans."""
    sought = in_degree(net)
    odds = by_position * (sought - sought.mean()) / sought.std()
    weight = expit(odds - 1)
    answered = np.ones(len(sought), dtype=bool)
    answered[rng.choice(len(sought), round(SILENT * len(sought)), replace=False, p=weight / weight.sum())] = False
    return answered


def off(of: pd.DataFrame) -> float:
    """Mean distance of P from the share truly at the top, over tenths of P, weighed by people; the sure left out."""
    unsure = of[of["p"] > SURE]
    tenths = unsure.groupby(np.ceil(unsure["p"] * 10))[["p", "top"]].agg(["mean", "size"])
    return float(np.average((tenths["p", "mean"] - tenths["top", "mean"]).abs(), weights=tenths["p", "size"]))


def bootstrapped(of: pd.DataFrame, statistic) -> tuple[float, float]:
    """95 % interval over organisations."""
    rng, parts = np.random.default_rng(0), [part for _, part in of.groupby("seed")]
    again = (pd.concat([parts[one] for one in rng.integers(0, len(parts), len(parts))]) for _ in range(RESAMPLES))
    low, high = np.percentile([statistic(one) for one in again], TAILS)
    return float(low), float(high)


if __name__ == "__main__":
    sys.exit(main())
