"""Personal, functional, strategic: three probabilities per tie, from stated signs (a noisy-OR).

    P(kind) = 1 − Π over signs seen (1 − w)

where w is the chance that the sign alone makes a tie of that kind (Pearl 1988, *Probabilistic Reasoning in Intelligent
Systems*, 4.3.2). The weights are assumptions, stated as ranges in `params.yaml`; nobody validated them on this
engagement. A range is carried through: each draw takes every weight uniformly from its range, the same for all ties.
Kinds are not exclusive, and a kind for which an engagement states no sign cannot be told: its probability is absent.
It fails where signs are strongly correlated (two signs of one fact count twice) and where the stated ranges are wrong.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.estimates import TAILS, Estimate, from_draws
from kithwork.params import KINDS, Settings


def tellable(settings: Settings) -> tuple[str, ...]:
    """The kinds this engagement states a sign for besides `any`, in the order of every table."""
    signs = settings.engagement.signs
    return tuple(kind for kind in KINDS if set(signs.get(kind, {})) - {"any"})


def seen(ties: pd.DataFrame) -> pd.DataFrame:
    """Which sign is seen on which tie: booleans, ties × signs."""
    return ties["signs"].fillna("").str.get_dummies("+").drop(columns="", errors="ignore").astype(bool)


def noisy_or(seen: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """1 − Π(1 − w) over the signs seen. `seen`: (ties, signs) of 0 or 1; `weights`: (signs,) in 0–1; returns (ties,)."""
    return 1 - np.prod(1 - np.asarray(seen) * np.asarray(weights), axis=1)


def probabilities(ties: pd.DataFrame, settings: Settings, rng: np.random.Generator) -> pd.DataFrame:
    """The ties with p_<kind> and the ends of its 95 % range. The estimate uses the middle of each weight's range."""
    columns: dict[str, object] = {}
    for kind in KINDS:
        if kind not in tellable(settings):
            columns |= {f"p_{kind}": np.nan, f"p_{kind}_low": np.nan, f"p_{kind}_high": np.nan}
            continue
        shown, ranges = _asked(ties, settings, kind)
        middle = noisy_or(shown, ranges.mean(axis=1))
        drawn = np.stack([noisy_or(shown, w) for w in _weights(ranges, settings.ties.draws, rng)])
        low, high = np.percentile(drawn, TAILS, axis=0)
        columns |= {f"p_{kind}": middle, f"p_{kind}_low": low, f"p_{kind}_high": high}
    return ties.assign(**columns)


def draws(ties: pd.DataFrame, settings: Settings, rng: np.random.Generator, count: int):
    """Yields `count` boolean arrays (ties, tellable kinds): one possible set of kinds each.

    A draw takes the weights from their ranges, then each tie's kinds as coin tosses, so that what is computed from the
    draws carries both what the signs leave open and what was assumed.
    """
    asked = [_asked(ties, settings, kind) for kind in tellable(settings)]
    weights = [_weights(ranges, count, rng) for _, ranges in asked]
    for i in range(count):
        told = [noisy_or(shown, w[i]) for (shown, _), w in zip(asked, weights, strict=True)]
        chance = np.column_stack(told) if told else np.empty((len(ties), 0))
        yield rng.random(chance.shape) < chance


def left_open(ties: pd.DataFrame, settings: Settings, kind: str, rng: np.random.Generator) -> Estimate:
    """Share of ties that the signs leave open: P(kind) between 1 − t and t, t the threshold `ties.told_apart_at`."""
    at = settings.ties.told_apart_at
    shown, ranges = _asked(ties, settings, kind)

    def share(weights: np.ndarray) -> float:
        p = noisy_or(shown, weights)
        return float(((p > 1 - at) & (p < at)).mean())

    drawn = np.array([share(weights) for weights in _weights(ranges, settings.ties.draws, rng)])
    return from_draws(share(ranges.mean(axis=1)), drawn, len(ties))


def _asked(ties: pd.DataFrame, settings: Settings, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Signs of a kind as (ties, signs) booleans, and their ranges as (signs, 2)."""
    signs = settings.engagement.signs[kind]
    return seen(ties).reindex(columns=list(signs), fill_value=False).to_numpy(), np.array(list(signs.values()))


def _weights(ranges: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    return rng.uniform(ranges[:, 0], ranges[:, 1], (count, len(ranges)))
