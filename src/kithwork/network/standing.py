"""Where each person stands beside chance: a measure's value, and what networks that keep only what they must would give.

"High" then means higher than chance gives a person with as many ties, not higher than others have. Which null is right
depends on the measure: for structural holes, brokerage of paths and reach the ties are rewired with every degree kept
(`nulls.rewired`); for how often a person is named, every ego keeps the number of names and names at random
(`nulls.named_at_random`), since there the degree is the question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.estimates import TAILS

if TYPE_CHECKING:
    from scipy import sparse


def beside_chance(
    net: sparse.csr_array,
    measures: dict[str, Callable[[sparse.csr_array], np.ndarray]],
    chance: Iterable[sparse.csr_array],
) -> pd.DataFrame:
    """One row per measure and person: measure, person (row number), value, expected (mean under chance), low and high.

    `low` and `high` hold the middle 95 % of what chance gave this person. Each measure takes a network and returns one
    value per person, NaN where it has none; a person without a value in any network of chance has no expectation.
    """
    drawn: dict[str, list[np.ndarray]] = {name: [] for name in measures}
    for other in chance:
        for name, measure in measures.items():
            drawn[name].append(np.asarray(measure(other), dtype=float))
    frames = [_one(name, np.asarray(measure(net), dtype=float), drawn[name]) for name, measure in measures.items()]
    columns = ["measure", "person", "value", "expected", "low", "high"]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def _one(name: str, values: np.ndarray, drawn: list[np.ndarray]) -> pd.DataFrame:
    people = len(values)
    stacked = np.stack(drawn) if drawn else np.full((1, people), np.nan)
    has = ~np.isnan(stacked).all(axis=0)
    expected, low, high = (np.full(people, np.nan) for _ in range(3))
    if has.any():
        expected[has] = np.nanmean(stacked[:, has], axis=0)
        low[has], high[has] = np.nanpercentile(stacked[:, has], TAILS, axis=0)
    return pd.DataFrame(
        {"measure": name, "person": np.arange(people), "value": values, "expected": expected, "low": low, "high": high}
    )
