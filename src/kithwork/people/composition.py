"""Portfolios as compositions: log-ratios of the kinds, in which mixes can be compared by distance.

Shares sum to one, so that distances between them mislead; log-ratios do not (Aitchison 1986, *The Statistical Analysis of
Compositional Data*). Isometric ones (Egozcue et al. 2003, Math. Geol. 35:279) are as many as they are free, and models are
fitted on them; centred ones have one for each kind, sum to zero, and are for display.

Half a tie is added to each kind, so that no part is zero: the mean of a Dirichlet posterior with a prior of ½ for each part
(Martín-Fernández et al. 2015, Stat. Modelling 15:134). It draws the mixes of people with few ties together, most where
few are known; below `people.fewest_ties` a mix is the prior more than the person, and nobody is placed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.params import Settings
from kithwork.people import portfolio

PRIOR = 0.5
"""Ties added to each kind."""
DIGITS = 9
"""Places kept: of two people as near to a third, which is nearer is else for the processor's last digit to say."""


@dataclass(frozen=True)
class Placed:
    """People with enough ties to place, and where their portfolios lie.

    `people`: their rows of `portfolios`; `kinds`: the kinds told; `raw` (people, kinds): ilr coordinates of the mix, last
    the logarithm of the number of ties; `centre` and `spread` (kinds,): mean and standard deviation of each.
    """

    people: pd.DataFrame
    kinds: tuple[str, ...]
    raw: np.ndarray
    centre: np.ndarray
    spread: np.ndarray

    @property
    def values(self) -> np.ndarray:
        """(people, kinds): the coordinates standardised, so that each has mean 0 and spread 1 and weighs alike."""
        return self.scaled(self.raw)

    @property
    def coordinates(self) -> tuple[str, ...]:
        """What each coordinate sets against what: kinds joined by + over the next, and `ties`."""
        against = ["+".join(self.kinds[:i]) + "/" + kind for i, kind in enumerate(self.kinds) if i]
        return (*against, "ties")

    def scaled(self, raw: np.ndarray) -> np.ndarray:
        """Other coordinates on the same scale: those of draws, or of another wave."""
        return ((raw - self.centre) / self.spread).round(DIGITS)


def placed(portfolios: pd.DataFrame, settings: Settings) -> Placed:
    """Who can be placed, and where. Nobody where fewer than two kinds can be told: there is no mix then."""
    kinds = portfolio.told(portfolios)
    enough = portfolios["ties"] >= settings.people.fewest_ties
    mixed = portfolios[[f"{kind}_share" for kind in kinds]].notna().all(axis=1) & (len(kinds) > 1)
    people = portfolios[enough & mixed].reset_index(drop=True)
    if people.empty:
        return Placed(people, kinds, np.empty((0, len(kinds))), np.zeros(len(kinds)), np.ones(len(kinds)))
    raw = coordinates(people[[f"{kind}_ties" for kind in kinds]].to_numpy(dtype=float), people["ties"].to_numpy())
    spread = raw.std(axis=0)
    return Placed(people, kinds, raw, raw.mean(axis=0), np.where(spread > 0, spread, 1))


def coordinates(held: np.ndarray, ties: np.ndarray) -> np.ndarray:
    """Expected ties by kind (…, n, D) and their number (n,) to (…, n, D): ilr of the mix, and ln of the number."""
    mix = ilr(closed(held))
    return np.concatenate([mix, np.broadcast_to(np.log(ties)[:, None], (*mix.shape[:-1], 1))], axis=-1)


def closed(held: np.ndarray) -> np.ndarray:
    """Ties by kind (…, D) to shares without zeros: (x_k + ½) / Σ (x + ½)."""
    parts = held + PRIOR
    return parts / parts.sum(axis=-1, keepdims=True)


def ilr(parts: np.ndarray) -> np.ndarray:
    """Isometric log-ratio coordinates of compositions: (…, D) positive parts to (…, D − 1), distances kept.

    z_i = √(i/(i+1)) · ln(gmean(x_1 … x_i) / x_{i+1}) (Egozcue et al. 2003).
    """
    logs = np.log(parts)
    columns = [np.sqrt(i / (i + 1)) * (logs[..., :i].mean(axis=-1) - logs[..., i]) for i in range(1, parts.shape[-1])]
    return np.stack(columns, axis=-1)


def clr(parts: np.ndarray) -> np.ndarray:
    """Centred log-ratios: (…, D) positive parts to (…, D), each kind against the geometric mean of all (Aitchison 1986)."""
    logs = np.log(parts)
    return logs - logs.mean(axis=-1, keepdims=True)
