"""How many of those one heeds had taken up a change by when (Valente 1995, Network Models of the Diffusion of Innovations).

    exposure of i in week t = Σ_j net[i, j] · [j adopted by the end of week t] / Σ_j net[i, j]

A person's threshold as found is the exposure in the week of adopting (Valente 1996, Soc. Networks 18:69). Who adopts in the
same week counts, as in R's netdiffuseR, so that it is an upper end: the change may have been enough for the person earlier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kithwork.change.adoption import Adoptions

if TYPE_CHECKING:
    from scipy import sparse


def without_loops(net: sparse.csr_array) -> sparse.csr_array:
    """The same ties, less those of a person to oneself."""
    from scipy import sparse

    entries = sparse.coo_array(net)
    row, column = entries.coords
    kept = (row != column) & (entries.data != 0)
    return sparse.coo_array((entries.data[kept], (row[kept], column[kept])), shape=net.shape).tocsr()


def exposures(net: sparse.csr_array, adoptions: Adoptions) -> np.ndarray:
    """Exposure at the end of each week from 0, (weeks, people), 0 to 1; NaN for who heeds nobody. Loops do not count.

    `net`: (people, people), [i, j] how far i heeds j, at least 0.
    """
    net = without_loops(net)
    heeds = np.asarray(net.sum(axis=1)).ravel()
    adopted = adoptions.week[None, :] <= np.arange(adoptions.weeks)[:, None]
    return np.divide(
        (net @ adopted.T.astype(float)).T,
        heeds,
        out=np.full(adopted.shape, np.nan),
        where=np.broadcast_to(heeds > 0, adopted.shape),
    )


def thresholds_found(net: sparse.csr_array, adoptions: Adoptions) -> np.ndarray:
    """Exposure in the week of adopting, (people,) 0 to 1; NaN for who had not adopted or heeds nobody."""
    found = np.full(len(adoptions.week), np.nan)
    who = np.flatnonzero(adoptions.adopted)
    found[who] = exposures(net, adoptions)[adoptions.week[who], who]
    return found
