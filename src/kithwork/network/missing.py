"""What people who did not answer do to each measure, tried on those who did.

Among the respondents, whose network is known, some are silenced at random, many times. Each measure is computed on what is
left, treated in three ways, and set beside its value in the whole: Spearman's correlation, and how many of the top tenth
are the same (the masking experiments of Costenbader & Valente 2003, Social Networks 25:283; Smith & Moody 2013, 35:652).
The treatments: nominations of the silent are dropped, so that the silent are only named; all nominations of the silent are
returned (`completion.returned`), which helps paths and hurts counts where few ties are returned; or they are drawn several
times (`completion.completed`) and the values averaged. What is better depends on the measure and on the organisation, so
it is measured here; whoever ranks takes `verdicts`. A measure of who is tied at all, whichever way, does not tell the first
two apart: to return a nomination makes no new tie.

Silence is at random in the experiment. Where hubs keep silent more than others a measure moves more than it says. What is
drawn is drawn by five coefficients that are learned once, from all respondents: too few to remember who was silenced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.estimates import TAILS
from kithwork.network.completion import Naming, completed, learn, learnable, returned, silenced
from kithwork.network.ranks import TOP, Measure, seats

if TYPE_CHECKING:
    from scipy import sparse

RATES = (0.1, 0.2, 0.3)
"""Shares of people silenced."""
DROPPED, RETURNED, DRAWN = TREATMENTS = ("dropped", "returned", "drawn")
"""What is done about nominations of the silent, the simplest first."""
COPIES = 5
"""Networks drawn and averaged over."""
SPEARMAN_AT, OVERLAP_AT = 0.9, 0.7
"""What a measure must keep, on average, of the order of all and of the top tenth, for people to be ranked by it."""


def masked(
    named: sparse.csr_array,
    respondents: np.ndarray,
    measures: dict[str, Measure],
    times: int,
    rng: np.random.Generator,
    rates: tuple[float, ...] = RATES,
    share: float = TOP,
    treatments: tuple[str, ...] = TREATMENTS,
) -> pd.DataFrame:
    """How each measure holds out against silence: a row per measure, rate and treatment.

    Columns measure, rate, treatment; spearman (−1 to 1) and overlap (0–1, of the top `share`), each the mean over `times`
    maskings, with the ends `_low`, `_high` of the middle 95 % of them: how it may turn out, by who is silent. All
    treatments meet the same maskings. No rows where too few answered (`completion.learnable`).
    """
    rows = []
    if learnable(named, respondents):
        whole = named[respondents][:, respondents]
        naming = learn(whole, np.ones(whole.shape[0], dtype=bool), rng)
        full = _values([whole], measures)
        for rate in np.repeat(rates, times):
            answered = _some(whole.shape[0], rate, rng)
            for treatment in treatments:
                left = _values(treated(whole, answered, treatment, rng, naming), measures)
                rows += [(name, rate, treatment, *_beside(full[name], left[name], share)) for name in measures]
    runs = pd.DataFrame(rows, columns=["measure", "rate", "treatment", "spearman", "overlap"])
    return _summed(runs, list(measures))


def treated(
    named: sparse.csr_array,
    respondents: np.ndarray,
    treatment: str,
    rng: np.random.Generator,
    naming: Naming | None = None,
) -> list[sparse.csr_array]:
    """The network with one of `TREATMENTS` for the silent: one, or several to average values over."""
    if treatment == DRAWN:
        return list(completed(named, respondents, COPIES, rng, naming))
    return [silenced(named, respondents) if treatment == DROPPED else returned(named, respondents)]


def verdicts(
    experiment: pd.DataFrame, rate: float, spearman_at: float = SPEARMAN_AT, overlap_at: float = OVERLAP_AT
) -> pd.DataFrame:
    """Which treatment keeps a measure best where `rate` of the people did not answer, and whether it may rank people.

    A row per measure of `masked`: rate (the next higher tried), treatment, spearman, overlap, and `ranked`, whether both
    reach what is asked. Beyond the highest rate tried nothing is ranked; where everybody answered everything may be, and
    the figures are those of the lowest rate.
    """
    tried = sorted(experiment["rate"].unique())
    at = next((one for one in tried if one >= rate - 1e-9), tried[-1] if tried else np.nan)
    here = experiment[experiment["rate"] == at].sort_values("spearman", ascending=False, kind="stable")
    best = here.drop_duplicates("measure").sort_index()[["measure", "rate", "treatment", "spearman", "overlap"]]
    kept = (best["spearman"] >= spearman_at) & (best["overlap"] >= overlap_at)
    beyond = bool(tried) and rate > tried[-1] + 1e-9
    return best.assign(ranked=(kept & (not beyond)) | (rate == 0)).reset_index(drop=True)


def _values(networks: list[sparse.csr_array], measures: dict[str, Measure]) -> dict[str, np.ndarray]:
    """Each measure's values, (people,), averaged over the networks in which a person has one."""
    found = {}
    for name, measure in measures.items():
        each = np.array([measure(net) for net in networks], dtype=float)
        known = np.isfinite(each)
        with np.errstate(invalid="ignore"):
            found[name] = np.where(known, each, 0).sum(axis=0) / known.sum(axis=0)
    return found


def _some(people: int, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Who answers, all but `rate` of the people: booleans."""
    answered = np.ones(people, dtype=bool)
    answered[rng.permutation(people)[: max(round(people * rate), 1)]] = False
    return answered


def _beside(full: np.ndarray, left: np.ndarray, share: float) -> tuple[float, float]:
    """Spearman's correlation of both, over those with a value in both, 0 where one is the same for all; and the share of
    the top that is the same."""
    from scipy.stats import rankdata

    left = np.asarray(left, dtype=float)
    both = np.isfinite(full) & np.isfinite(left)
    x, y = (rankdata(np.round(one[both], 12)) for one in (full, left))
    level = len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0
    top, still = seats(full, share), seats(left, share)
    return 0.0 if level else float(np.corrcoef(x, y)[0, 1]), float(np.minimum(top, still).sum() / top.sum())


def _summed(runs: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """Mean and middle 95 % over maskings."""
    scores = ["spearman", "overlap"]
    of = runs.astype(dict.fromkeys(scores, float)).groupby(["measure", "rate", "treatment"], sort=False)[scores]
    low, high = (of.quantile(tail / 100).add_suffix(end) for tail, end in zip(TAILS, ("_low", "_high"), strict=True))
    found = pd.concat([of.mean(), low, high], axis=1).reset_index()
    return found.sort_values(
        ["measure", "rate"], key=lambda one: one.map(measures.index) if one.name == "measure" else one, kind="stable"
    ).reset_index(drop=True)
