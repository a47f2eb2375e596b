"""What a signal would bring, and whether it repeats: its own entries on the register, pulled towards all the others.

Value: logarithms of the values stated for a signal's entries scatter about its own mean θ with variance σ², and signals'
about the mean μ of their kind, those heard of in texts or those only on the register, with τ² (Gelman et al. 2013,
*Bayesian Data Analysis*, 5.4). With y the mean of a signal's n logarithms and V = σ²/n,

    θ | μ, τ ~ N( B·y + (1 − B)·μ, B·V ),    B = τ² / (τ² + V)

    p(τ | y) ∝ p(τ) · Π N(y; m, V + τ²) over μ          on a grid of τ, half-normal with scale `SPREAD` beforehand

μ is normal beforehand about the mean of all logarithms, with twice that scale. A signal without any stated value is drawn
from N(μ, τ²) of its kind: wide, the more so the fewer of the kind have one.

Repeats: of a signal's entries that were tried out and settled, k of n were made use of; its chance of that is drawn from
Beta(κm, κ(1 − m)), and m and κ are as likely as the counts of all signals make them, on a grid, m and 1/√κ uniform
beforehand (the same, 5.3).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

SPREAD = 1.0
"""Scale of how far logarithms of values differ, before any are seen: by a factor of e."""
TAUS = np.linspace(0.02, 4, 200) * SPREAD
MEANS, CONCENTRATIONS = np.linspace(0.025, 0.975, 39), np.geomspace(1, 50, 30)


def values(
    entries: pd.DataFrame, signals: pd.Index, kinds: np.ndarray, draws: int, rng: np.random.Generator
) -> np.ndarray | None:
    """Log value of each signal, (draws, signals); None where no entry states a value above 0.

    `entries`: signal_id and expected of entries on the register. `kinds`: (signals,) kind of each signal.
    """
    stated = entries[(entries["expected"] > 0) & entries["signal_id"].isin(signals)]
    if stated.empty:
        return None
    logs = np.log(stated["expected"])
    by = logs.groupby(stated["signal_id"])
    own, count = (one.reindex(signals).to_numpy(dtype=float) for one in (by.mean(), by.size()))
    within = (((logs - by.transform("mean")) ** 2).sum() + SPREAD**2) / (len(logs) - by.ngroups + 1)
    found = np.empty((draws, len(signals)))
    for kind in np.unique(kinds):
        of = kinds == kind
        found[:, of] = pooled(own[of], within / count[of], logs.mean(), draws, rng)
    return found


def pooled(own: np.ndarray, noise: np.ndarray, about: float, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Draws of true means, (draws, signals). `own`: (signals,) means found, NaN where none; `noise`: variances of these;
    `about`: where their mean is looked for."""
    known = ~np.isnan(own)
    y, total = own[known], noise[known] + TAUS[:, None] ** 2
    precision = 1 / (4 * SPREAD**2) + (1 / total).sum(axis=1)
    middle = (about / (4 * SPREAD**2) + (y / total).sum(axis=1)) / precision
    apart = ((y - middle[:, None]) ** 2 / total).sum(axis=1) + (middle - about) ** 2 / (4 * SPREAD**2)
    logs = -((TAUS / SPREAD) ** 2 + np.log(total).sum(axis=1) + np.log(precision) + apart) / 2
    likely = np.exp(logs - logs.max())
    at = rng.choice(len(TAUS), draws, p=likely / likely.sum())
    mean = (middle[at] + rng.standard_normal(draws) / np.sqrt(precision[at]))[:, None]
    variance = np.broadcast_to(TAUS[at, None] ** 2, (draws, len(own)))
    kept = np.where(known, variance / (variance + np.where(known, noise, 1)), 0)
    spread = np.where(known, kept * np.where(known, noise, 0), variance)
    return kept * np.where(known, own, 0) + (1 - kept) * mean + np.sqrt(spread) * rng.standard_normal(spread.shape)


def repeats(entries: pd.DataFrame, signals: pd.Index, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Each signal's chance that what is tried out of it is made use of, (draws, signals).

    `entries`: signal_id, tested, scaled, dropped.
    """
    from scipy.special import betaln

    settled = entries[entries["tested"].notna() & (entries["scaled"].notna() | entries["dropped"].notna())]
    by = settled["scaled"].notna().groupby(settled["signal_id"]).agg(["sum", "size"]).reindex(signals, fill_value=0)
    used, tried = by["sum"].to_numpy(dtype=float), by["size"].to_numpy(dtype=float)
    mean, strength = (grid.ravel() for grid in np.meshgrid(MEANS, CONCENTRATIONS, indexing="ij"))
    a, b = (mean * strength)[:, None], ((1 - mean) * strength)[:, None]
    counts, often = np.unique(np.column_stack([used, tried])[tried > 0], axis=0, return_counts=True)
    logs = (betaln(a + counts[:, 0], b + counts[:, 1] - counts[:, 0]) - betaln(a, b)) @ often - np.log(strength) / 2
    likely = np.exp(logs - logs.max())
    at = rng.choice(len(likely), draws, p=likely / likely.sum())
    return rng.beta(a[at] + used, b[at] + tried - used)
