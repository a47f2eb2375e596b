"""How alike ego and alter are over ties: a correlation, its interval, and what chance within groups gives.

    r = Σ w_ij x_i y_j / Σ w_ij,   x_i, y_j the value standardised over ties, as it stands at their ego ends and alter ends

On ties without weights it is the numeric assortativity of Newman (2003, Phys. Rev. E 67:026126). Ties that share a person
are no two cases. With d_p what the ties of a pair of people add to r, to first order, and c_i the sum over i's pairs,

    var(r) = Σ_i c_i² − Σ_p d_p²,   never below half of Σ_p d_p²

(Fafchamps & Gubert 2007, J. Dev. Econ. 83:326; Aronow, Samii & Assenova 2015, Polit. Anal. 23:564): the jackknife over
people, less what it counts twice. It takes likeness to end with those who share a person; where it spreads along chains of
ties it is somewhat narrow, and it knows nothing of other groups than those at hand.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import LEVEL, Estimate

if TYPE_CHECKING:
    from scipy import sparse

CELLS = 8_000_000
"""Values dealt at a time."""


def likeness(net: sparse.csr_array, values: np.ndarray) -> np.ndarray:
    """r over the ties of `net`, weighted by its entries, of each row of values (draws, people): (draws,), −1 to 1.

    `net`: (people, people), directed or symmetric; every entry counts as it stands, loops too. NaN where there is no tie,
    or nothing differs at one end.
    """
    ego, alter, whole = _ends(net)
    if whole == 0:
        return np.full(len(values), np.nan)
    values = values - (values @ (ego + alter) / 2)[:, None]
    at_ego, at_alter = values @ ego, values @ alter
    together = (values * (net @ values.T).T).sum(axis=1) / whole - at_ego * at_alter
    squares = (values**2 @ ego - at_ego**2) * (values**2 @ alter - at_alter**2)
    known = squares > 1e-12
    return np.divide(together, np.sqrt(np.where(known, squares, 1)), out=np.full(len(values), np.nan), where=known)


def interval(net: sparse.csr_array, values: np.ndarray) -> Estimate | None:
    """r of values (people,) with its 95 % interval, n the people with a tie; None where there is no r."""
    from scipy import sparse

    r = float(likeness(net, values[None, :])[0])
    if np.isnan(r):
        return None
    ego, alter, whole = _ends(net)
    x, y = ((values - values @ share) / np.sqrt((values - values @ share) ** 2 @ share) for share in (ego, alter))
    entries = sparse.coo_array(net)
    a, b = entries.coords
    adds = entries.data * (x[a] * y[b] - r * (x[a] ** 2 + y[b] ** 2) / 2) / whole
    n = len(values)
    of_people = np.bincount(a, adds, n) + np.bincount(b, np.where(a == b, 0, adds), n)
    pairs = np.unique(np.minimum(a, b) * n + np.maximum(a, b), return_inverse=True)[1]
    of_pairs = float((np.bincount(pairs, adds) ** 2).sum())
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * np.sqrt(max(float((of_people**2).sum()) - of_pairs, of_pairs / 2))
    return Estimate(r, max(float(r - half), -1.0), min(float(r + half), 1.0), int(((ego + alter) > 0).sum()))


def dealt(values: np.ndarray, groups: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    """`values` (people,) dealt anew within groups, (draws, people). `groups`: codes; −1, no known group, is one too."""
    found = np.empty((draws, len(values)))
    for code in np.unique(groups):
        who = np.flatnonzero(groups == code)
        found[:, who] = rng.permuted(np.tile(values[who], (draws, 1)), axis=1)
    return found


def by_chance(
    net: sparse.csr_array, values: np.ndarray, groups: np.ndarray, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """r of so many deals; those are left out in which nothing differs at one end of all ties."""
    step = max(CELLS // max(len(values), 1), 1)
    sizes = [min(step, draws - first) for first in range(0, draws, step)]
    found = np.concatenate([likeness(net, dealt(values, groups, size, rng)) for size in sizes])
    return found[~np.isnan(found)]


def _ends(net: sparse.csr_array) -> tuple[np.ndarray, np.ndarray, float]:
    """Each person's share of the ego ends and of the alter ends of all ties, by weight, and the sum of weights."""
    whole = float(net.sum())
    over = whole if whole > 0 else 1.0
    return np.asarray(net.sum(axis=1)).ravel() / over, np.asarray(net.sum(axis=0)).ravel() / over, whole
