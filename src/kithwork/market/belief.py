"""How likely a signal is real: what was assumed before anybody reported it, and what each report adds.

    log odds(real) = log odds(π) + Σ over reports of w · log odds(r)

π is the share of signals that are real and r the share of reports that are right, by how they were learned (Dawid & Skene
1979, Appl. Stat. 28:20, with both kinds of error alike). Of a group that may repeat one another (see `sources`) the best
report counts whole, w = 1, and the k-th what it adds to the group's effective number,

    w = k / (1 + ρ·(k − 1)) − (k − 1) / (1 + ρ·(k − 2))

Neither an independent source nor one more report of a group makes a signal less likely: a way of learning that is right
less often than a coin adds nothing.

r is drawn from Beta's distribution, what is assumed weighing as `STRENGTH` cases. Signals that were tried out and settled
are a track record. Most is given up for other reasons than not being so, so a way of learning is judged by how signals that
were learned in it fared beside all: where a share s of its n cases was made use of, and s̄ of all,

    r = ( STRENGTH·r₀ + n·seen ) / ( STRENGTH + n ),    log odds(seen) = log odds(r₀) + log odds(s) − log odds(s̄)

with s pulled towards s̄ by one case; a signal is one case. That says which way is better, not how good all are: the variance
stays that of `STRENGTH` cases. The range of a chance is over π, its log odds uniform between the ends stated, and over r.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.chapters import Corroboration
from kithwork.market.sources import worth_of
from kithwork.market_tables import LEARNED

STRENGTH = 10
"""Cases that what is assumed of reports weighs as much as."""


@dataclass(frozen=True)
class Record:
    """How often reports are right, by way of learning in the order of `LEARNED`: Beta's parameters."""

    right: np.ndarray
    wrong: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        """The expected share that is right, (ways,)."""
        return self.right / (self.right + self.wrong)


def record(mentions: pd.DataFrame, opportunities: pd.DataFrame, signal_of: pd.Series, assumed: Corroboration) -> Record:
    """What is assumed, moved by how signals that were tried out fared.

    `signal_of`: signal_id by problem. Entries tried out of which nothing has come yet say nothing.
    """
    from scipy.special import expit, logit

    prior = np.clip([assumed.heard[way] for way in LEARNED], 0.01, 0.99)
    tried = opportunities[opportunities["tested"].notna()].assign(signal_id=opportunities["problem"].map(signal_of))
    settled = tried[tried["scaled"].notna() | tried["dropped"].notna()]
    used = settled["scaled"].notna().groupby(settled["signal_id"]).mean()
    heard = mentions[["signal_id", "learned"]].drop_duplicates()
    heard = heard.assign(used=heard["signal_id"].map(used).astype("float64")).dropna(subset=["used"])
    found = heard.groupby("learned")["used"].agg(["sum", "size"]).reindex(list(LEARNED), fill_value=0)
    cases, of_all = found["size"].to_numpy(dtype=float), heard.drop_duplicates("signal_id")["used"]
    usual = (of_all.sum() + 0.5) / (len(of_all) + 1)
    share = (found["sum"].to_numpy(dtype=float) + usual) / (cases + 1)
    seen = expit(logit(prior) + logit(share) - logit(usual))
    mean = (STRENGTH * prior + cases * seen) / (STRENGTH + cases)
    return Record(STRENGTH * mean, STRENGTH * (1 - mean))


def weights(reports: pd.DataFrame, right: np.ndarray, echo: float) -> pd.DataFrame:
    """How many whole reports the reports of each signal count as, by way of learning: signals × `LEARNED`.

    `reports`: as `sources` gives them. `right`: (ways,) shares that put the best report of a group first.
    """
    way = pd.Categorical(reports["learned"], categories=list(LEARNED)).codes
    ordered = reports[["signal_id", "group"]].assign(way=way, right=-right[way])
    ordered = ordered.sort_values(["signal_id", "group", "right", "way"])
    before = ordered.groupby(["signal_id", "group"]).cumcount().to_numpy()
    added = worth_of(before + 1, echo) - np.where(before > 0, worth_of(np.maximum(before, 1), echo), 0)
    ordered = ordered.assign(added=added)
    found = ordered.pivot_table(index="signal_id", columns="way", values="added", aggfunc="sum", fill_value=0.0)
    return found.reindex(columns=range(len(LEARNED)), fill_value=0.0)


def chances(counted: np.ndarray, right: np.ndarray, real: np.ndarray | float) -> np.ndarray:
    """P(real), (..., signals). `counted`: (signals, ways) as of `weights`; `right`: (..., ways); `real`: (...)."""
    from scipy.special import expit, logit

    tells = np.maximum(logit(np.clip(right, 1e-6, 1 - 1e-6)), 0)
    return expit(logit(np.asarray(real, dtype=float))[..., None] + tells @ counted.T)


def middle(assumed: Corroboration) -> float:
    """The share of signals that is taken to be real where one is needed: halfway in log odds between the ends stated."""
    from scipy.special import expit, logit

    return float(expit(logit(np.array(assumed.real)).mean()))


def drawn(counted: np.ndarray, known: Record, assumed: Corroboration, draws: int, rng: np.random.Generator) -> np.ndarray:
    """P(real) over what is assumed, (draws, signals)."""
    from scipy.special import expit, logit

    right = rng.beta(known.right, known.wrong, (draws, len(LEARNED)))
    return chances(counted, right, expit(rng.uniform(*logit(assumed.real), draws)))
