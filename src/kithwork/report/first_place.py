"""Which of several figures comes first, and how sure that is. Rule K of the report's sentences.

"Highest" is said only where the chance to be so is at least 90%. It is worked out from the intervals, as the figures that
are handed on are all that travels: each figure is taken for normal, with the standard error of its lower half-width below
it and of its upper one above it (two halves of two normal curves: Wallis 2014, Statistical Science 29:106), and for
independent of the others,

    P(i is highest) = ∫ f_i(x) Π_{j≠i} F_j(x) dx,

on a grid. Shares of one whole are not independent: where one is high, the others are low, which makes the chance of the
highest larger than told here. Nothing is drawn at random.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kithwork.release import DECIMALS

SURE = 0.9
"""The chance to be first from which a figure is called so."""
POINTS = 2001
"""Points of the grid that the integral is taken over."""
NORMAL_95 = 1.959964
"""Standard errors from the middle to the end of a 95% interval."""
REACH = 5
"""Standard errors on either side of every figure that the grid spans."""


def largest(claims: Mapping[str, pd.Series]) -> str | None:
    """The name that is highest with a chance of at least 90%, or None: then they cannot be ranked."""
    return _sure(chances(claims))


def smallest(claims: Mapping[str, pd.Series]) -> str | None:
    """The name that is lowest with that chance, or None."""
    return _sure(chances(claims, lowest=True))


def chances(claims: Mapping[str, pd.Series], *, lowest: bool = False) -> dict[str, float]:
    """Of each name the chance, 0 to 1, that its figure is the highest of all, or the lowest; they add to 1."""
    if not claims:
        return {}
    middle = np.array([claim["estimate"] for claim in claims.values()], dtype=float)
    errors = np.array([errors_of(claim) for claim in claims.values()])
    if lowest:
        middle, errors = -middle, errors[:, ::-1]
    grid = np.linspace((middle - REACH * errors[:, 0]).min(), (middle + REACH * errors[:, 1]).max(), POINTS)
    below = np.array([_below(grid, *row) for row in zip(middle, *errors.T, strict=True)])
    steps = np.diff(below, axis=1)
    none = np.ones((1, POINTS))
    before = np.concatenate([none, below[:-1]]).cumprod(axis=0)
    after = np.concatenate([none, below[:0:-1]]).cumprod(axis=0)[::-1]
    others = before * after
    won = (steps * (others[:, 1:] + others[:, :-1]) / 2).sum(axis=1)
    return dict(zip(claims, (won / won.sum()).tolist(), strict=True))


def errors_of(claim: pd.Series) -> tuple[float, float]:
    """Standard errors below and above a figure, from its interval; never less than rounding leaves open."""
    least = 10.0 ** -DECIMALS[claim["unit"]] / 4
    below, above = claim["estimate"] - claim["low"], claim["high"] - claim["estimate"]
    return max(below / NORMAL_95, least), max(above / NORMAL_95, least)


def _below(grid: np.ndarray, middle: float, low: float, high: float) -> np.ndarray:
    """The chance that a figure lies below each point of the grid."""
    from scipy.special import ndtr

    away = grid - middle
    left = 2 * low * ndtr(np.minimum(away, 0) / low)
    right = 2 * high * (ndtr(np.maximum(away, 0) / high) - 0.5)
    return (left + right) / (low + high)


def _sure(chance: dict[str, float]) -> str | None:
    first = max(chance, key=lambda name: chance[name], default=None)
    return first if first is not None and chance[first] >= SURE else None
