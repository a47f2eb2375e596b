"""What the stated ranges of P(strategic) leave open of how well parts of the market are heard, as distances on log L.

Each draw takes every weight of a sign from its range, the same for all ties (`external.assumed`), and gives L, the sum of
what ties add (`heard`), for each unit and for the whole. From the L of the middles down to the 2.5th and up to the 97.5th
percentile of the draws are two distances; `heard.ends` adds their squares to those of the jackknife, each side by itself:
neither end need be as far as the other, and where egos leave nothing open the interval is that of the draws
(square-and-add: Zou & Donner 2008, Stat. Med. 27:1693).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from kithwork.estimates import TAILS


def distances(middle: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Down and up from the logarithm of `middle`, 0 where that is none: (2, …) for `drawn`, (draws, …) of L."""
    low, high = np.percentile(drawn, TAILS, axis=0)
    known = middle > 0
    base = np.where(known, middle, 1.0)
    with np.errstate(divide="ignore"):
        down, up = -np.log(np.where(known, low, 1.0) / base), np.log(np.where(known, high, 1.0) / base)
    return np.stack([down, up]).clip(min=0)


def by_unit(
    middle: np.ndarray, drawn: Iterable[np.ndarray], person: np.ndarray, cell: np.ndarray, units: pd.Series, cells: int
) -> dict[str | None, np.ndarray]:
    """Distances of each part, (2, cells), by unit, and the whole's under None.

    `middle` and each of `drawn`: (ties,) of what ties add to L; `person` and `cell`: (ties,) of whom and into which part;
    `units`: (people,).
    """
    codes, names = pd.factorize(units, sort=True)
    rows = len(names) + 1
    at = codes[person] % rows * cells + cell

    def sums(adds: np.ndarray) -> np.ndarray:
        return np.bincount(at, adds, rows * cells).reshape(rows, cells)

    mid, each = sums(middle), np.stack([sums(adds) for adds in drawn])
    whole, own = distances(mid.sum(axis=0), each.sum(axis=1)), distances(mid, each)
    return {None: whole} | {name: own[:, row] for row, name in enumerate(names)}
