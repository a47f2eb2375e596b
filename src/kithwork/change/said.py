"""How many of ten close colleagues would have to use the change first, as people said themselves (item TH).

What people say of their thresholds and what their dates of adoption show are two things: `estimated.py` has the other.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import Estimate, mean, proportion
from kithwork.params import Settings

OF = 10
NOT_EVEN_ALL = 11
"""The answer of who would not, whoever else does."""


def claims(responses: pd.DataFrame, settings: Settings, rng: np.random.Generator, ledger: Ledger) -> None:
    """Add the mean share that would be enough, and the share of people for whom none is. Nothing without answers."""
    said = responses["threshold"].dropna().to_numpy(float)
    never = int((said == NOT_EVEN_ALL).sum())
    shares = said[said != NOT_EVEN_ALL] / OF
    if len(shares):
        ledger.add(
            "said_enough",
            "Share of close colleagues that people say is enough, mean",
            _mean(shares, settings.change.resamples, rng).times(100),
            unit="%",
            method="Mean of the answers to TH, tenths; who would never is left out; bootstrap over people (Efron 1979)",
        )
    if len(said):
        ledger.add(
            "said_never",
            "Share of people who say they would not, whoever else does",
            proportion(never, len(said)).times(100),
            unit="%",
            method="Share of the answers to TH; Wilson interval (Wilson 1927)",
        )


def _mean(shares: np.ndarray, resamples: int, rng: np.random.Generator) -> Estimate:
    """The bootstrap's, or Wilson's interval where nobody differs and resampling cannot say how sure the mean is."""
    if np.ptp(shares) == 0:
        return proportion(float(shares.sum()), len(shares))
    return mean(shares, resamples, rng)
