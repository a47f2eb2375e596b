"""How long it takes from a topic's first text to its first entry on the register of ideas.

The median of the time from the one to the other by Kaplan & Meier (1958, JASA 53:457): topics not on the register by the
last day known are censored there. Its interval is that of Brookmeyer & Crowley (1982, Biometrics 38:29): the times at which
the interval of the survival function, on log-log scale, holds one half. An entry from before the first text waits 0 days.
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from kithwork.estimates import LEVEL, Estimate

FEWEST = 5
"""Topics on the register below which nothing is told."""


def latency(since: pd.Series, opportunities: pd.DataFrame, problems: pd.Series, last: float) -> Estimate | None:
    """Median days with its interval; n counts topics. None where too few are on the register, or the median, or an end of
    its interval, lies beyond what was watched.

    `since`: day of the first text by topic, in days since 1970; `problems`: topic by problem of the register; `last`: the
    last day known.
    """
    from scipy.stats import CensoredData, ecdf

    topic = opportunities["problem"].map(problems)
    day = (opportunities["raised"] - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
    entered = day.groupby(topic).min().reindex(since.index)
    last = max(last, float(day.max())) if len(day) else last
    known = entered.notna().to_numpy()
    if known.sum() < FEWEST:
        return None
    wait = np.maximum(np.where(known, entered, last) - since.to_numpy(), 0.0)
    survival = ecdf(CensoredData(uncensored=wait[known], right=wait[~known])).sf
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", "The confidence interval is undefined"
        )  # before the first event and after the last
        ends = survival.confidence_interval(LEVEL, method="log-log")
    gone = survival.probabilities == 0
    alive = [np.where(gone, 0.0, one.probabilities) for one in (survival, ends.low, ends.high)]
    times = [_half(survival.quantiles, one) for one in alive]
    return None if None in times else Estimate(*times, len(since))


def _half(times: np.ndarray, alive: np.ndarray) -> float | None:
    """The first time at which no more than half are left; None where that is not reached."""
    below = np.flatnonzero(np.nan_to_num(alive, nan=1.0) <= 0.5)
    return float(times[below[0]]) if len(below) else None
