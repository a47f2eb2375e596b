"""Those who answered, standing for the staff list: their weights, and shares and means of them with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork import replicates
from kithwork.cleaning.survey.weights import effective_n
from kithwork.estimates import Estimate, expanded, from_draws, proportion

WILSON = "Wilson interval (Wilson 1927) at the effective number of people (Kish 1965)"
ALIKE = 1e-9
"""How far apart scores may be and still be the same, as sums of floats are."""


def weights_of(people: pd.Index, weights: pd.DataFrame) -> np.ndarray:
    """(people,) weight of each person_id, from the table `weights`; 1 for who has none there."""
    return weights.set_index("person_id")["weight"].reindex(people).fillna(1.0).to_numpy()


def units_of(ids: pd.Index, people: pd.DataFrame) -> pd.Series:
    """The unit of each person_id, absent where the staff list names none."""
    return people.set_index("person_id")["unit"].reindex(ids)


def share(hits: np.ndarray, weights: np.ndarray) -> Estimate:
    """Weighted share of people, 0 to 1, of at least one person. `hits`: (people,) booleans.

    Wilson's interval, with as many people as would tell as much unweighted, (Σw)² / Σw².
    """
    people = effective_n(weights)
    found = proportion(float(weights @ hits / weights.sum()) * people, people)
    return Estimate(found.estimate, found.low, found.high, len(hits))


def mean(values: np.ndarray, weights: np.ndarray, resamples: int, rng: np.random.Generator) -> Estimate:
    """Weighted mean of people's scores, 0 to 100, of at least one person, with the bootstrap over people (Efron 1979).

    Where all are alike, resampling says nothing: then as if each were at one end of the scale or the other, by `share`.
    """
    if np.ptp(values) <= ALIKE:
        return alike(float(values[0]), weights)
    of = replicates.sums(replicates.counts(len(values), resamples, rng), np.column_stack([values * weights, weights]))
    estimate = float(values @ weights / weights.sum())
    return from_draws(estimate, of[:, 0] / of[:, 1], len(values), expanded(len(values)))


def alike(score: float, weights: np.ndarray) -> Estimate:
    """The score, 0 to 100, of people who all have it: no scores between its ends vary more than those at its ends."""
    people = effective_n(weights)
    found = proportion(score / 100 * people, people).times(100)
    return Estimate(score, found.low, found.high, len(weights))
