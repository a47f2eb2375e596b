"""The indicators by unit: each figure as found, shrunk towards the organisation's, and held against all other people.

Figures over ties are shrunk towards the units' mean as Paule and Mandel weigh it: a tie across counts in both its units and
once in the whole, so that the whole's figure is none that units lie about. Nobody takes a unit held back from that mean,
whose weights are not told.

A unit's variance is that between people, pooled over units (ten people say little about their own), over the number of
people whom unequal bottoms leave (Kish 1965, *Survey Sampling*, 11.7): (Σ bottom)² / Σ bottom².
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork import replicates
from kithwork.claims import Ledger, largest_part
from kithwork.estimates import LEVEL, Estimate, expanded
from kithwork.shrinkage import paule_mandel, shares_of_mean, shrunk
from kithwork.tables import GROUP_SCORES
from kithwork.values.differences import adjusted, of_figures, of_others, of_people
from kithwork.values.evidence import Evidence, Measured
from kithwork.values.persons import ALIKE, FEWEST, all_alike
from kithwork.values.scorecard import declared

if TYPE_CHECKING:
    from scipy import sparse

AS_FOUND = "_as_found"
"""What the name of a measure ends in where units' figures are not shrunk."""
BOUNDS = {"%": (0.0, 100.0), "score": (0.0, 100.0), "index": (-1.0, 1.0), "scale points": (-4.0, 4.0)}
"""Between which figures of a unit lie; those of any other count events, and have no most."""
ROUNDING = 1e-18
"""Variance, as a part of the figure squared, that is of rounding alone."""
SHRUNK = (
    "shrunk towards {} by empirical Bayes, variance between units by Paule & Mandel (1982), interval"
    " over all such variances the units allow"
)


def group_scores(measured: dict[str, Measured], evidence: Evidence) -> pd.DataFrame:
    """The `group_scores` table, of units with at least two people behind a figure; no rows where there are fewer than two.

    `measured`: figures by `value.indicator`; those that are no sums over people, and are not given by unit, are left out.
    """
    found = [*_over_people(measured, evidence), *_over_ties(measured)]
    rows = [_shrunk(frame, measured[name]) for name, frame in found if len(frame) >= FEWEST]
    if not rows:
        return GROUP_SCORES.empty()
    frame = pd.concat(rows, ignore_index=True)
    return GROUP_SCORES.checked(frame.assign(q=adjusted(frame["p"].to_numpy()))[list(GROUP_SCORES.columns)])


def marked(scores: pd.DataFrame, at: float = 0.05) -> pd.DataFrame:
    """The rows of units that differ from all others: at most a share of `at` of these is expected to be wrong."""
    return scores[scores["q"] <= at].reset_index(drop=True)


def claims(ledger: Ledger, scores: pd.DataFrame, measured: dict[str, Measured]) -> None:
    """Add each unit's two figures to the ledger, by the names and definitions of the indicators.

    The whole's figure is claimed once more beside those as found, so that the gate holds them against its people.
    """
    labels = {f"{value}.{one.name}": one.definition.rstrip(".") for value, those in declared().items() for one in those}
    for name, rows in scores.groupby("indicator", sort=False):
        one, label = measured[name], labels[name]
        towards = "the mean of the units" if one.by_unit else "the whole organisation"
        beside = "the whole organisation, a tie across counted once" if one.by_unit else "the whole organisation"
        whole = {"reference": one.estimate.estimate, "reference_label": beside}
        found = f"{label}, by unit as found"
        ledger.add(name + AS_FOUND, found, one.estimate, unit=one.unit, method=one.method, people=one.people)
        for row in rows.itertuples():
            about = {"unit": one.unit, "scope": "group", "group": row.unit, "largest": row.largest, **whole}
            figure = Estimate(row.found, row.found_low, row.found_high, row.people)
            ledger.add(name + AS_FOUND, found, figure, method=f"{one.method}, within units", **about)
            figure = Estimate(row.shrunk, row.shrunk_low, row.shrunk_high, row.people)
            method = f"{one.method}; {SHRUNK.format(towards)}"
            ledger.add(name, f"{label}, drawn towards the whole", figure, method=method, **about)


def _over_people(measured: dict[str, Measured], evidence: Evidence) -> list[tuple[str, pd.DataFrame]]:
    """Units' figures, intervals, variances, weights and P of every indicator that is a sum over people."""
    summed = {name: one.per_person for name, one in measured.items() if one.per_person is not None}
    if not summed or not evidence.units:
        return []
    top = np.column_stack([_factor(measured[name]) * one.top for name, one in summed.items()])
    bottom = np.column_stack([one.bottom for one in summed.values()])
    unit_of, within = evidence.unit_codes, memberships(evidence.unit_codes, len(evidence.units))
    tops, bottoms, people = within @ top, within @ bottom, (within @ (bottom > 0).astype(float)).astype(int)
    low, high = _resampled(top, bottom, evidence, people)
    figures = np.divide(tops, bottoms, out=np.full(tops.shape, np.nan), where=bottoms > 0)
    variances = _variances(top, bottom, unit_of, within, figures, people)
    chances, above = of_people(top, bottom, within), tops * bottom.sum(axis=0) > bottoms * top.sum(axis=0)
    frames = []
    for at, name in enumerate(summed):
        ends = _unmoved(measured[name].unit, tops[:, at], bottoms[:, at], people[:, at], low[:, at], high[:, at])
        columns = {
            "people": people[:, at],
            "found": figures[:, at],
            "found_low": ends[0],
            "found_high": ends[1],
            "variance": variances[:, at],
            "weight": bottoms[:, at],
            "p": chances[:, at],
            "above": above[:, at],
            "largest": _largest(measured[name], within),
        }
        frame = pd.DataFrame({"indicator": name, "unit": evidence.units, **columns})
        frames.append((name, frame[frame["people"] >= FEWEST]))
    return frames


def memberships(unit_of: np.ndarray, units: int) -> sparse.csr_array:
    """(units, people): 1 where the person is of the unit. `unit_of`: (people,) its number, −1 for who is of none."""
    from scipy import sparse

    people = np.flatnonzero(unit_of >= 0)
    return sparse.csr_array((np.ones(len(people)), (unit_of[people], people)), shape=(units, len(unit_of)))


def _largest(one: Measured, within: sparse.csr_array) -> list[float | None]:
    """Of each unit's sum, the part of one person, where figures count events; shares and scores are no such sums."""
    units = within.shape[0]
    if one.unit in BOUNDS or (one.per_person.top < 0).any():
        return [None] * units
    return [largest_part(one.per_person.top[within.indices[slice(*within.indptr[at : at + 2])]]) for at in range(units)]


def _factor(one: Measured) -> float:
    """What takes the ratio of its sums to the figure's unit; 1 where the ratio is 0: so it is in any unit."""
    ratio = one.per_person.top.sum() / one.per_person.bottom.sum()
    return one.estimate.estimate / ratio if ratio else 1.0


def _resampled(
    top: np.ndarray, bottom: np.ndarray, evidence: Evidence, people: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the 95 % intervals, (units, indicators): one matrix product a unit gives those of all its indicators."""
    ends = np.full((2, *people.shape), np.nan)
    for unit, draws in enumerate(replicates.ratios(evidence.drawn_by_unit, evidence.unit_codes, top, bottom)):
        for n in np.unique(people[unit][people[unit] >= FEWEST]):
            alike = people[unit] == n
            percentile = np.nanpercentile if np.isnan(draws[:, alike]).any() else np.percentile
            ends[:, unit, alike] = percentile(draws[:, alike], expanded(int(n)), axis=0)
    return ends[0], ends[1]


def _unmoved(
    unit: str, tops: np.ndarray, bottoms: np.ndarray, people: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of intervals, where all people are alike and resampling moves nothing those of `all_alike`."""
    low, high = low.copy(), high.copy()
    least, most = BOUNDS.get(unit, (0.0, 1.0))
    for at in np.flatnonzero(high - low <= ALIKE * np.maximum(most - least, np.abs(high))):
        found, _ = all_alike(tops[at], bottoms[at], int(people[at]), BOUNDS.get(unit))
        low[at], high[at] = found.low, found.high
    return low, high


def _variances(
    top: np.ndarray,
    bottom: np.ndarray,
    unit_of: np.ndarray,
    within: sparse.csr_array,
    figures: np.ndarray,
    people: np.ndarray,
) -> np.ndarray:
    """Sampling variance of each unit's figure, (units, indicators), from the spread between people pooled over units."""
    own = np.nan_to_num(figures)[unit_of]  # of who is in no unit, what `within` leaves out
    squares = within @ (top - own * bottom) ** 2
    weights = within @ bottom**2
    free = np.maximum(people - 1, 0)
    spread = np.divide(squares * people, weights, out=np.zeros(squares.shape), where=(weights > 0) & (free > 0)).sum(axis=0)
    pooled = np.divide(spread, free.sum(axis=0), out=np.zeros(len(spread)), where=free.sum(axis=0) > 0)
    return pooled * np.divide(weights, (within @ bottom) ** 2, out=np.zeros(weights.shape), where=weights > 0)


def _over_ties(measured: dict[str, Measured]) -> list[tuple[str, pd.DataFrame]]:
    """The same, but for weights, of every indicator over ties that is given by unit; people are those with such ties.

    A unit whose interval is empty, of too few ties to resample, takes the largest variance of the others.
    """
    far = 2 * NormalDist().inv_cdf((1 + LEVEL) / 2)
    frames = []
    for name, one in measured.items():
        if not one.by_unit:
            continue
        rows = [(name, unit, x.n, x.estimate, x.low, x.high) for unit, x in one.by_unit.items()]
        frame = pd.DataFrame(rows, columns=["indicator", "unit", "people", "found", "found_low", "found_high"])
        frame = frame[frame["people"] >= FEWEST]
        variance = ((frame["found_high"] - frame["found_low"]) / far) ** 2
        frame = frame.assign(variance=variance.where(variance > 0, variance.max()))
        parts = [frame[part].to_numpy(float) for part in ("found", "variance", "people")]
        found, _, people = parts
        above = found > of_others(found, people)
        frames.append((name, frame.assign(p=of_figures(*parts), above=above, largest=np.nan)))
    return frames


def _shrunk(frame: pd.DataFrame, one: Measured) -> pd.DataFrame:
    """The frame with the shrunk figures; as found where no people of a unit differ, so that no variance is known."""
    low, high = BOUNDS.get(one.unit, (-np.inf, np.inf))
    variance = frame["variance"].to_numpy()
    if not (variance > ROUNDING * one.estimate.estimate**2).all():
        return frame.assign(**{f"shrunk{end}": frame[f"found{end}"] for end in ("", "_low", "_high")})
    found = frame["found"].to_numpy()
    if one.by_unit:
        weight = shares_of_mean(variance, paule_mandel(found, variance))
        whole = float(weight @ found)
    else:
        weight = (frame["weight"] / frame["weight"].sum()).to_numpy()
        whole = one.estimate.estimate
    pulled = shrunk(found, variance, whole, weight)
    return frame.assign(
        shrunk=pulled.figures, shrunk_low=np.maximum(pulled.low, low), shrunk_high=np.minimum(pulled.high, high)
    )
