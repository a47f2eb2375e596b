"""The most likely values of a spread's five, and how sure they are, from the likelihood of dates of adoption.

The top is found from several starts by L-BFGS-B (Byrd et al. 1995, SIAM J. Sci. Comput. 16:1190). How sure it is, is read
off the penalised likelihood as a whole, not off its bend at the top: values drawn from t with DRAW_DF degrees around the
top, and near the penalty's own, are drawn again by how much likelier they are than that (sampling-importance resampling:
Rubin 1987, JASA 82:543; the mixture: Hesterberg 1995, Technometrics 37:185).
"""

from __future__ import annotations

import numpy as np

from kithwork import gaussian
from kithwork.change.likelihood import Likelihood, penalty

ENDS = ((-12, 4), (-4, 4), (-7, 7), (-3.5, 3.5), (-2.2, 2.2))
"""How far the five are looked for, on the scale without ends."""
LESS_ALONE, FOLLOW, ENOUGH, SPREAD = 0.5, -1.7, (-2, -1, 0, 1), -0.5
"""Where the climbs begin: how far below its value where nobody follows alone is, and the others."""
NOBODY = -30.0
"""The logit at which nobody follows."""
DRAW_DF = 5
WIDER = 1.2
"""How much wider than the bend at the top the first draws are."""
FROM_PENALTY = 0.25
"""Share of them around the penalty's own values in follow, enough and spread."""
BEND = 1e-3
"""Step of the differences that give the bend."""
FLATTEST = 0.1
"""The least bend: about that of the penalty alone, 1/8 in its middle."""
DIGITS, SPREAD_DIGITS = 4, 6
"""Places kept of a top and of how sure it is, around which draws lie: where a climb ends differs in the eighth from one
processor to another, and differences of slopes in the tenth."""


def alone_only(likelihood: Likelihood) -> np.ndarray:
    """The most likely point where nobody follows: (5,), follow at NOBODY, enough and spread of no account."""
    adopted, lived = likelihood.seen.adopts.sum(), likelihood.seen.lived.sum()
    rate = adopted / max(lived + adopted, 1)
    start = np.array([np.log(rate / (1 - rate)), 0, NOBODY, 0, 0])
    return _climbed(likelihood, start, 0.0, [ENDS[0], ENDS[1], *((at, at) for at in start[2:])])


def highest(likelihood: Likelihood, alone: np.ndarray) -> np.ndarray:
    """The point where the penalised likelihood is highest, of those climbed to; `alone`: that where nobody follows."""
    begin = [np.array([alone[0] - LESS_ALONE, alone[1], FOLLOW, enough, SPREAD]) for enough in ENOUGH]
    found = [_climbed(likelihood, start, 1.0, list(ENDS)) for start in begin]
    return max(found, key=lambda point: likelihood(point) + penalty(point)[0])


def _climbed(likelihood: Likelihood, start: np.ndarray, weight: float, ends: list) -> np.ndarray:
    from scipy.optimize import minimize

    def downhill(point: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = likelihood.with_slope(point)
        against, pull = penalty(point)
        return -value - weight * against, -slope - weight * pull

    return minimize(downhill, start, jac=True, bounds=ends, method="L-BFGS-B").x.round(DIGITS)


def spread_at(likelihood: Likelihood, top: np.ndarray) -> np.ndarray:
    """(5, 5) covariance at the top of the penalised likelihood: the inverse of its bend, none flatter than FLATTEST."""

    def slope(point: np.ndarray) -> np.ndarray:
        return likelihood.with_slope(point)[1] + penalty(point)[1]

    bend = np.array([(slope(top - BEND * off) - slope(top + BEND * off)) / (2 * BEND) for off in np.eye(len(top))])
    values, axes = np.linalg.eigh((bend + bend.T) / 2)
    return ((axes / np.maximum(values, FLATTEST)) @ axes.T).round(SPREAD_DIGITS)


def draws(likelihood: Likelihood, top: np.ndarray, alone: np.ndarray, many: int, rng: np.random.Generator) -> np.ndarray:
    """(many, 5) points drawn from the penalised likelihood."""
    from scipy.special import logsumexp
    from scipy.stats import multivariate_t

    around = WIDER * spread_at(likelihood, top)
    middle = np.array([*((top + alone) / 2)[:2], 0, 0, 0])
    wide = np.diag([0.5, 0.1, 3, 3, 3])
    wide[0, 0] += (top[0] - alone[0]) ** 2
    from_far = rng.random(many) < FROM_PENALTY
    far, near = (gaussian.heavier(*one, DRAW_DF, many, rng) for one in ((middle, wide), (top, around)))
    points = np.where(from_far[:, None], far, near)
    near, far = (multivariate_t(*one, DRAW_DF).logpdf(points) for one in ((top, around), (middle, wide)))
    known = logsumexp([near, far], axis=0, b=[[1 - FROM_PENALTY], [FROM_PENALTY]])
    weight = penalty(points)[0] - known
    inside = ((points >= np.transpose(ENDS)[0]) & (points <= np.transpose(ENDS)[1])).all(axis=1)
    weight[inside] += [likelihood(point) for point in points[inside]]
    weight[~inside] = -np.inf
    chance = np.exp(weight - weight.max())
    return points[rng.choice(many, many, p=chance / chance.sum())]


def draws_alone(likelihood: Likelihood, alone: np.ndarray, many: int, rng: np.random.Generator) -> np.ndarray:
    """(many, 5) points where nobody follows: alone and readiness normal around their most likely values."""
    points = np.tile(alone, (many, 1))
    points[:, :2] = gaussian.drawn(alone[:2], spread_at(likelihood, alone)[:2, :2], many, rng)
    return points
