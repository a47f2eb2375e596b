"""Whether intervals of a group's portfolio hold the mix that was planted, and how wide they are.

    make bench-portfolios

The plan of an organisation is fixed: ten units of 8 to 60 people, and how likely ties of each unit's people are to be
personal, functional, strategic. 300 organisations are drawn from it: people with leanings of their own and unequal numbers
of ties; ties within units and across; kinds of each tie, each a coin toss, not exclusive. One in five does not answer, and
a tie is found if either end that answered named it. What is planted, and has to be held, is each unit's mix over all
organisations of the plan: expected ties of a kind over expected ties of all kinds, each tie counted once per end in the
unit. It is the mix of people like these, not of the very ones drawn; how often the mix of these, all ties and kinds of
theirs known, is held too is printed beside it (`census`).

How probabilities come about:

- kinds known: 0 or 1;
- signs that tell much, little: each tie's probability is right (by Bayes' rule, from a normal sign apart by 1.5 or .7
  standard deviations where the tie is of the kind);
- a range: the log odds of a kind are off by the same for all ties of an organisation, with a known standard error;
- the vote: signs with stated ranges of weights (`ties.kinds`); the true weights lie uniformly in them, so that what is
  planted differs by organisation;
- units unknown: probabilities right over all ties, by a model that does not know how units differ. No goal: intervals know
  nothing of it, and this says what it costs.

The goal is coverage of 93 to 97 %. Intervals of coverage are over organisations.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from benchmarks.figures import Figure, publish
from benchmarks.sampled import synthetic
from kithwork.params import Settings
from kithwork.people import portfolio
from kithwork.setting import KINDS
from kithwork.ties import kinds

ORGANISATIONS, PLANNED, FIRST_SEED, DRAWS = 300, 1500, 7000, 400
SIZES = (8, 8, 12, 12, 20, 20, 35, 35, 60, 60)
UNIT = np.repeat(np.arange(len(SIZES)), SIZES)
UNITS, PEOPLE = len(SIZES), len(UNIT)
TIES, WITHIN, UNEVEN, ANSWER, NAME = 8.5, 0.6, 0.6, 0.8, 0.7
"""Ties a person; share of them meant for the own unit; coefficient of variation of how many people seek; chance that a
person answers, and then names a tie."""
BY_UNIT, BY_PERSON = 0.6, 0.7
"""Standard deviations of units' and people's leanings, log odds."""
LEVEL, OFF = 0.95, 0.02
SIGNS = {
    "personal": {"friend": [0.7, 0.9], "lunch": [0.2, 0.5], "any": [0.0, 0.1]},
    "functional": {"work": [0.8, 0.95], "lunch": [0.1, 0.3], "any": [0.0, 0.1]},
    "strategic": {"widens": [0.5, 0.8], "any": [0.0, 0.1]},
}
NAMED = ("friend", "lunch", "widens", "work")
PATTERNS = np.array([[place >> sign & 1 for sign in range(len(NAMED))] for place in range(2 ** len(NAMED))])
USUAL = {"kinds": np.array([-0.8, 0.6, -1.3]), "signs": np.array([-1.0, -0.8, -1.5, 0.3])}
"""Log odds of each kind, and of each sign, in a unit without a leaning."""


@dataclass(frozen=True)
class Found:
    """Ties as a study finds them, with their probabilities; `planted` and `census`: (units, kinds) shares."""

    ties: pd.DataFrame
    planted: np.ndarray
    census: np.ndarray


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures = []
    with ProcessPoolExecutor(2) as hands:
        for name in WAYS:
            seeds = range(FIRST_SEED, FIRST_SEED + ORGANISATIONS)
            found = pd.concat(list(hands.map(held, [name] * ORGANISATIONS, seeds)), ignore_index=True)
            figures += figures_of(name, found)
    return publish("portfolios", figures)


def figures_of(name: str, found: pd.DataFrame) -> list[Figure]:
    """Coverage over all and by size of group, and mean widths."""
    all_sizes = [Figure(f"{name}: {of}", *coverage(found, of)) for of in ("held", "census held")]
    goal = None if name == "units unknown" else OFF
    off = abs(all_sizes[0].measured - LEVEL)
    figures = [*all_sizes, Figure(f"{name}: coverage off {LEVEL:.0%}", (off,), "share", goal)]
    for size, of in found.groupby("size"):
        figures.append(Figure(f"{name}, {size} people: held", *coverage(of, "held")))
        figures.append(Figure(f"{name}, {size} people: mean width", (float(of["width"].mean()),), "share"))
    return figures


def coverage(found: pd.DataFrame, of: str) -> tuple:
    """Runs, unit, goal, sense and interval of a figure: the share held, over organisations."""
    by_organisation = found.groupby("seed")[of].mean()
    share, error = by_organisation.mean(), by_organisation.std() / np.sqrt(len(by_organisation))
    return (float(share),), "share", None, "at most", (float(share - 1.96 * error), float(share + 1.96 * error))


def held(name: str, seed: int) -> pd.DataFrame:
    """Of each unit and kind of one organisation: whether the interval holds what is planted, and the census; its width."""
    one = WAYS[name](np.random.default_rng(seed))
    people = pd.DataFrame({"person_id": ids(), "unit": [f"{unit}" for unit in UNIT]})
    rows = []
    for row in portfolio.shares(one.ties, people, study(), np.random.default_rng(seed + 1)).itertuples():
        if pd.isna(row.unit):
            continue
        unit, kind, of = int(row.unit), KINDS.index(row.kind), row.estimate
        inside = [bool(of.low <= true[unit, kind] <= of.high) for true in (one.planted, one.census)]
        rows.append((seed, SIZES[unit], *inside, of.high - of.low))
    return pd.DataFrame(rows, columns=["seed", "size", "held", "census held", "width"])


@cache
def study() -> Settings:
    """The settings every organisation is studied with."""
    return synthetic.settings(SIGNS, ties={"draws": DRAWS})


def told(rng: np.random.Generator, signal: float | None, half: float = 0.0, units_known: bool = True) -> Found:
    """Kinds by a sign apart by `signal` standard deviations, with ranges of ± `half` log odds; None: kinds are known."""
    a, b, chance = organisation("kinds", rng)
    true = rng.random(chance.shape) < chance
    if signal is None:
        odds = np.where(true, np.inf, -np.inf)
    else:
        before = logit(chance) if units_known else logit(expected("kinds").sum(axis=0) / crossed().sum())
        odds = before + signal * rng.normal(np.where(true, signal / 2, -signal / 2), 1)
    odds = odds - rng.standard_normal(len(KINDS)) * half / 1.96
    there = seen(a, b, rng)
    ties = named(a[there], b[there])
    for at, kind in enumerate(KINDS):
        for end, by in (("", 0), ("_low", -half), ("_high", half)):
            ties[f"p_{kind}{end}"] = expit(odds[there, at] + by)
    return Found(ties, shares(expected("kinds")), shares(counted(a, b, true)))


def voted(rng: np.random.Generator) -> Found:
    """Kinds by the vote of signs, whose true weights lie in their ranges."""
    a, b, chance = organisation("signs", rng)
    shown = rng.random(chance.shape) < chance
    weights = {kind: {sign: rng.uniform(*ends) for sign, ends in signs.items()} for kind, signs in SIGNS.items()}
    right = np.column_stack([_vote(PATTERNS, of) for of in weights.values()])
    true = rng.random((len(a), len(KINDS))) < right[shown @ (1 << np.arange(len(NAMED)))]
    there = seen(a, b, rng)
    ties = named(a[there], b[there])
    ties["signs"] = ["+".join([*np.array(NAMED)[of], "any"]) for of in shown[there]]
    settings = synthetic.settings(SIGNS, ties={"draws": DRAWS})
    return Found(
        kinds.probabilities(ties, settings, rng), shares(expected("patterns") @ right), shares(counted(a, b, true))
    )


WAYS: dict[str, Callable[[np.random.Generator], Found]] = {
    "kinds known": lambda rng: told(rng, None),
    "signs that tell much": lambda rng: told(rng, 1.5),
    "signs that tell little": lambda rng: told(rng, 0.7),
    "a range": lambda rng: told(rng, 1.0, 0.5),
    "the vote": voted,
    "units unknown": lambda rng: told(rng, 1.5, units_known=False),
}


def _vote(shown: np.ndarray, weights: dict[str, float]) -> np.ndarray:
    there = np.column_stack([*(shown[:, NAMED.index(sign)] for sign in weights if sign != "any"), np.ones(len(shown))])
    return kinds.noisy_or(there, np.array([*(w for sign, w in weights.items() if sign != "any"), weights["any"]]))


def organisation(of: str, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both ends of every tie, and the chance of each kind, or sign, of it."""
    talk, count = rng.gamma(1 / UNEVEN**2, UNEVEN**2, PEOPLE), rng.poisson(PEOPLE * TIES / 2)
    first, within = rng.choice(PEOPLE, count, p=talk / talk.sum()), rng.random(count) < WITHIN
    anyone = rng.choice(PEOPLE, count, p=talk / talk.sum())
    sums = np.concatenate([[0.0], np.cumsum(talk)])
    starts = np.concatenate([[0], np.cumsum(SIZES)])
    low, high = sums[starts[UNIT[first]]], sums[starts[UNIT[first] + 1]]
    colleague = np.searchsorted(sums, low + rng.random(count) * (high - low), side="right") - 1
    second = np.where(within, colleague, anyone)
    kept = (first != second) & ((UNIT[first] == UNIT[second]) == within)
    a, b = np.unique(np.sort(np.column_stack([first, second])[kept], axis=1), axis=0).T
    own = rng.normal(0, BY_PERSON, (PEOPLE, len(USUAL[of])))
    lean = _leanings(of)[UNIT]
    return a, b, expit(USUAL[of] + lean[a] + lean[b] + (own[a] + own[b]) / np.sqrt(2))


@cache
def _leanings(of: str) -> np.ndarray:
    return np.random.default_rng(199).normal(0, BY_UNIT, (UNITS, len(USUAL[of])))


@cache
def expected(of: str) -> np.ndarray:
    """Ties of each kind, or each pattern of signs, that a unit's people have on average: (units, kinds or patterns)."""
    rng, found = np.random.default_rng(1), 0.0
    for _ in range(PLANNED):
        a, b, chance = organisation("kinds" if of == "kinds" else "signs", rng)
        if of == "patterns":
            chance = np.where(PATTERNS, chance[:, None], 1 - chance[:, None]).prod(axis=2)
        found = found + counted(a, b, chance) / PLANNED
    return found


@cache
def crossed() -> np.ndarray:
    """Ends of ties that a unit's people have on average."""
    rng = np.random.default_rng(2)
    return np.mean([counted(*organisation("kinds", rng)[:2], None)[:, 0] for _ in range(PLANNED // 10)], axis=0)


def counted(a: np.ndarray, b: np.ndarray, of: np.ndarray | None) -> np.ndarray:
    """Sums over ties by unit, each tie once per end: (units, columns)."""
    of = np.ones((len(a), 1)) if of is None else of
    ends = np.concatenate([UNIT[a], UNIT[b]])
    return np.column_stack([np.bincount(ends, np.tile(column, 2), UNITS) for column in of.T])


def shares(totals: np.ndarray) -> np.ndarray:
    """Each row over its sum."""
    return totals / totals.sum(axis=1, keepdims=True)


def seen(a: np.ndarray, b: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Which ties are named by an end that answered: booleans."""
    answered = rng.random(PEOPLE) < ANSWER
    return ((rng.random((len(a), 2)) < NAME) & answered[np.column_stack([a, b])]).any(axis=1)


def named(a: np.ndarray, b: np.ndarray) -> pd.DataFrame:
    """Ties by the ids of both ends."""
    return pd.DataFrame({"a_id": ids()[a], "b_id": ids()[b]})


def ids() -> np.ndarray:
    """Everybody's id, in the order of their numbers."""
    return np.array([f"p{person:03d}" for person in range(PEOPLE)])


if __name__ == "__main__":
    sys.exit(main())
