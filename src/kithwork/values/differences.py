"""Whether a unit differs from all others: P values, and what is left of them among many units and indicators.

It is asked of its people against all others, apart from any shrinking: with residuals e = top − R·bottom from the whole's
ratio R, the sum S of its e is above 0 just where its figure is above that of the rest. Where units do not differ, S =
(1 − f)·Σ of the unit's e − f·Σ of the others', f its share of the bottoms, whose moments follow from those of e: var(e) =
α·bottom + β·bottom² (Cochran 1977, *Sampling Techniques*, 6.5), so that a unit whose people have many ties, and vary more,
is none that differs. The tail is that of the Pearson type III law with the variance and skewness of S (as in Mielke & Berry
2007, *Permutation Methods*, ch. 2): few people's rare answers are far from normal, and draws would not reach so far out. Of
measures over ties a unit's figure is held against the mean of the other units' by Student's t, with the errors of their
intervals. P values of all units and indicators are adjusted together (Benjamini & Hochberg 1995, JRSS B 57:289).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse


def of_people(top: np.ndarray, bottom: np.ndarray, within: sparse.csr_array) -> np.ndarray:
    """P of so large a difference between each unit and all other people, (units, indicators); NaN where none can be told.

    `top`, `bottom`: (people, indicators) what each person adds; `within`: (units, people) 1 where the person is one of it.
    """
    from scipy.stats import pearson3

    apart = top - bottom * (top.sum(axis=0) / bottom.sum(axis=0))
    spread = np.column_stack([_spread(*columns) for columns in zip(apart.T, bottom.T, strict=True)])
    cubed = np.divide(apart, spread, out=np.zeros(apart.shape), where=spread > 0) ** 3
    skewed = spread**3 * cubed.sum(axis=0) / (bottom > 0).sum(axis=0)
    share = within @ bottom / bottom.sum(axis=0)
    second, third = (
        (1 - share) ** power * (within @ each) + (-share) ** power * (each.sum(axis=0) - within @ each)
        for power, each in ((2, spread**2), (3, skewed))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        far, skew = (within @ apart) / np.sqrt(second), third / second**1.5
    told = np.isfinite(far) & np.isfinite(skew)
    chance = np.full(far.shape, np.nan)
    below, above = pearson3.cdf(far[told], skew[told]), pearson3.sf(far[told], skew[told])
    chance[told] = np.minimum(2 * np.minimum(below, above), 1)
    return chance


def of_figures(figures: np.ndarray, variances: np.ndarray, people: np.ndarray) -> np.ndarray:
    """P of each unit's distance from the mean of the others, weighted by people, (units,); NaN where it has no error."""
    from scipy.stats import t

    with np.errstate(divide="ignore", invalid="ignore"):
        errors = variances + (people**2 @ variances - people**2 * variances) / (people.sum() - people) ** 2
        return 2 * t.sf(np.abs(figures - of_others(figures, people)) / np.sqrt(errors), people - 1)


def of_others(figures: np.ndarray, people: np.ndarray) -> np.ndarray:
    """The mean of all other units' figures, weighted by people, (units,); NaN where there are none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return (people @ figures - people * figures) / (people.sum() - people)


def adjusted(chances: np.ndarray) -> np.ndarray:
    """Benjamini and Hochberg's q of each P; NaN stays."""
    from scipy.stats import false_discovery_control

    told = ~np.isnan(chances)
    q = np.full(len(chances), np.nan)
    if told.any():
        q[told] = false_discovery_control(chances[told])
    return q


def _spread(apart: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """Standard deviation of each person's residual, (people,): the root of α·bottom + β·bottom², neither below 0."""
    from scipy.optimize import nnls

    who = bottom > 0
    (alpha, beta), _ = nnls(np.column_stack([np.ones(who.sum()), bottom[who]]), apart[who] ** 2 / bottom[who])
    modelled = alpha * bottom + beta * bottom**2
    return np.sqrt(modelled * (who.sum() / max(who.sum() - 1, 1)))
