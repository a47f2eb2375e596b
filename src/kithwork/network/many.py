"""Where each of many people stands: everybody's values, with chance and doubt learned from a sample (`pooled`).

Of more than `nulls.LARGE` people each measure is computed once for all, and on a few networks of chance, and as they might
have been, for `SAMPLE` people: half of them those with the most ties, whose numbers of ties few others have, the other half
anybody. Being named is cheap and is computed for all there too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.network import centrality, nulls, pooled, ranks, reach
from kithwork.network.holes import constraint, constraint_of

if TYPE_CHECKING:
    from scipy import sparse

SAMPLE = 20_000
"""People in whom chance and doubt are seen."""

NAMED = {"named_by": lambda net: centrality.strength(net, "in"), "pagerank": centrality.pagerank}
"""What is measured of names; the number of ties, of ties."""


def standings(
    net: sparse.csr_array,
    names: bool,
    two_steps: np.ndarray | None,
    possible: Iterable[sparse.csr_array],
    draws: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """A row per measure and person (row number): value, expected, low and high by chance, and the chance of the top tenth.

    `net`: of names, else symmetric; `two_steps`: its two-step reach, if known; `possible`: what it might have been;
    `draws`: networks of chance.
    """
    either = _either(net)
    alters = np.diff(either.indptr)
    sample = _sample(alters, rng)
    values: dict[str, np.ndarray] = {}
    beside: dict[str, tuple[np.ndarray, ...]] = {}
    if names:
        values = {name: measure(net) for name, measure in NAMED.items()}
        level = np.zeros(len(alters))
        drawn = _each(nulls.named_at_random(net, draws, rng), NAMED)
        beside = {name: pooled.beside(level, one, level) for name, one in drawn.items()}
    else:
        values = {"degree": alters.astype(float)}
        beside = {"degree": tuple(np.full(len(alters), np.nan) for _ in range(3))}
    values |= {
        "constraint": constraint(either),
        "two_step_reach": reach.within_two(either) if two_steps is None else two_steps,
    }
    of_sample = {
        "constraint": lambda other: constraint_of(other, sample),
        "two_step_reach": lambda other: reach.within_two(other, sample),
    }
    drawn = _each(nulls.matrices(either, draws, rng, directed=False), of_sample)
    beside |= {name: pooled.beside(alters[sample], one, alters) for name, one in drawn.items()}
    top = _top(values, sample, possible, names, of_sample)
    columns = ("expected", "low", "high")
    frames = [
        pd.DataFrame({"measure": name, "person": np.arange(len(alters)), "value": one})
        .assign(**dict(zip(columns, beside[name], strict=True)))
        .assign(top_tenth=top[name])
        for name, one in values.items()
    ]
    return pd.concat(frames, ignore_index=True)


def _top(
    values: dict[str, np.ndarray],
    sample: np.ndarray,
    possible: Iterable[sparse.csr_array],
    names: bool,
    of_sample: dict[str, Callable],
) -> dict[str, np.ndarray]:
    """The chance of the top tenth by each measure; of constraint the least are the top."""
    first = NAMED if names else {"degree": lambda net: net.sum(axis=1)}
    drawn: dict[str, list[np.ndarray]] = {name: [] for name in values}
    for net in possible:
        either = _either(net)
        for name, measure in first.items():
            drawn[name].append(np.asarray(measure(net), dtype=float)[sample])
        for name, measure in of_sample.items():
            drawn[name].append(measure(either))
    sign = {name: -1.0 if name == "constraint" else 1.0 for name in values}
    return {
        name: pooled.top(sign[name] * one, sample, sign[name] * np.array(drawn[name]), ranks.TOP)
        for name, one in values.items()
    }


def _each(networks: Iterable[sparse.csr_array], measures: dict[str, Callable]) -> dict[str, np.ndarray]:
    """Each measure's values on each network: (networks, people)."""
    found: dict[str, list[np.ndarray]] = {name: [] for name in measures}
    for net in networks:
        for name, measure in measures.items():
            found[name].append(np.asarray(measure(net), dtype=float))
    return {name: np.array(values) for name, values in found.items()}


def _sample(alters: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Rows of people, in order: `SAMPLE`, or all who are there."""
    most = np.argsort(-alters, kind="stable")[: SAMPLE // 2]
    others = np.setdiff1d(np.arange(len(alters)), most, assume_unique=True)
    return np.sort(np.concatenate([most, rng.permutation(others)[: SAMPLE - len(most)]]))


def _either(net: sparse.csr_array) -> sparse.csr_array:
    """Ties either way, of weight 1."""
    return ((net + net.T) != 0).astype(float)
