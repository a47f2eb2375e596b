"""Personal, functional, strategic: three probabilities per tie, by what people said (`told.py`) or from stated signs.

Where nobody said of what kind their ties are, signs vote (a noisy-OR):

    P(kind) = 1 − Π over signs seen (1 − w)

where w is the chance that the sign alone makes a tie of that kind (Pearl 1988, *Probabilistic Reasoning in Intelligent
Systems*, 4.3.2). The weights are assumptions, stated as ranges in `params.yaml`; nobody validated them on this
engagement. A range is carried through: each draw takes every weight uniformly from its range, the same for all ties.
Kinds are not exclusive, and a kind for which an engagement states no sign cannot be told: its probability is absent.
It fails where signs are strongly correlated (two signs of one fact count twice) and where the stated ranges are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist

import numpy as np
import pandas as pd

from kithwork.estimates import LEVEL, TAILS, Estimate, from_draws
from kithwork.params import KINDS, Settings
from kithwork.ties.told import Told

NEVER = 1e-9
"""Probability below which odds are taken as those of this one."""


def tellable(settings: Settings) -> tuple[str, ...]:
    """The kinds this engagement states a sign for besides `any`, in the order of every table: what people said of a kind
    is one (`labels`), so that a kind is never told by labels alone."""
    signs = settings.engagement.signs
    return tuple(kind for kind in KINDS if set(signs.get(kind, {})) - {"any"})


def seen(ties: pd.DataFrame) -> pd.DataFrame:
    """Which sign is seen on which tie: booleans, ties × signs."""
    return ties["signs"].fillna("").str.get_dummies("+").drop(columns="", errors="ignore").astype(bool)


def noisy_or(seen: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """1 − Π(1 − w) over the signs seen. `seen`: (ties, signs) of 0 or 1; `weights`: (signs,) in 0–1; returns (ties,)."""
    return 1 - np.prod(1 - np.asarray(seen) * np.asarray(weights), axis=1)


def probabilities(
    ties: pd.DataFrame, settings: Settings, rng: np.random.Generator, told: dict[str, Told] | None = None
) -> pd.DataFrame:
    """The ties with p_<kind> and the ends of its 95 % range: by what people said where it is told so, else by the signs,
    with the middle of each weight's range for the estimate."""
    columns: dict[str, object] = {}
    for kind in KINDS:
        if told and kind in told:
            one = told[kind]
            columns |= {f"p_{kind}": one.p, f"p_{kind}_low": one.low, f"p_{kind}_high": one.high}
            continue
        if kind not in tellable(settings):
            columns |= {f"p_{kind}": np.nan, f"p_{kind}_low": np.nan, f"p_{kind}_high": np.nan}
            continue
        shown, ranges = _asked(ties, settings, kind)
        middle = noisy_or(shown, ranges.mean(axis=1))
        drawn = np.stack([noisy_or(shown, w) for w in _weights(ranges, settings.ties.draws, rng)])
        low, high = np.percentile(drawn, TAILS, axis=0)
        columns |= {f"p_{kind}": middle, f"p_{kind}_low": low, f"p_{kind}_high": high}
    return ties.assign(**columns)


def chances(ties: pd.DataFrame, told: tuple[str, ...], rng: np.random.Generator, count: int) -> Iterator[np.ndarray]:
    """Yields `count` arrays (ties, kinds told) of probabilities drawn from their ranges: what was assumed or estimated of a
    kind is right or wrong for all its ties together, so that a draw moves them all one way. On the scale of log odds a
    range is two halves of a normal distribution that meet at the estimate."""
    from scipy.special import expit, logit

    middle, low, high = (ties[[f"p_{kind}{end}" for kind in told]].to_numpy(dtype=float) for end in ("", "_low", "_high"))
    odds, below, above = (logit(one.clip(NEVER, 1 - NEVER)) for one in (middle, low, high))
    for z in rng.standard_normal((count, len(told))) / NormalDist().inv_cdf((1 + LEVEL) / 2):
        drawn = expit(odds + np.where(z > 0, z * (above - odds), z * (odds - below)))
        yield np.where(low == high, middle, drawn)


def draws(ties: pd.DataFrame, settings: Settings, rng: np.random.Generator, count: int) -> Iterator[np.ndarray]:
    """Yields `count` boolean arrays (ties, tellable kinds): one possible set of kinds each.

    A draw takes the probabilities from their ranges, then each tie's kinds as coin tosses, so that what is computed from
    the draws carries both what each tie leaves open and what was assumed or estimated of all.
    """
    for chance in chances(ties, tellable(settings), rng, count):
        yield rng.random(chance.shape) < chance


def left_open(ties: pd.DataFrame, settings: Settings, kind: str, rng: np.random.Generator) -> Estimate:
    """Share of ties left open: P(kind) between 1 − t and t, t the threshold `ties.told_apart_at`."""
    at = settings.ties.told_apart_at

    def share(p: np.ndarray) -> float:
        return float(((p > 1 - at) & (p < at)).mean())

    drawn = np.array([share(chance) for chance in chances(ties, (kind,), rng, settings.ties.draws)])
    return from_draws(share(ties[f"p_{kind}"].to_numpy(dtype=float)), drawn, len(ties))


def _asked(ties: pd.DataFrame, settings: Settings, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Signs of a kind as (ties, signs) booleans, and their ranges as (signs, 2)."""
    signs = settings.engagement.signs[kind]
    return seen(ties).reindex(columns=list(signs), fill_value=False).to_numpy(), np.array(list(signs.values()))


def _weights(ranges: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    return rng.uniform(ranges[:, 0], ranges[:, 1], (count, len(ranges)))
