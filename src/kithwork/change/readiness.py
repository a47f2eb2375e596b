"""Readiness for a change as people answer for it, of the whole and by unit.

Readiness is commitment to the change and confidence of managing it, asked of the group (Weiner 2009, Implement. Sci. 4:67;
Shea et al. 2014, Implement. Sci. 9:7). What it rests on has scales of its own: whether the change is right, whether leaders
support it, what it holds for oneself (Holt et al. 2007, J. Appl. Behav. Sci. 43:232). Scores are 0 to 100; means are
weighted so that those who answered stand for the staff list. A scale that is not reliable is not told at all.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.change.consistency import alpha, covariances
from kithwork.change.respondents import mean, units_of, weights_of
from kithwork.change.scales import CALLED, grid, score
from kithwork.change.units import FOUND, SHRUNK, by_unit
from kithwork.claims import Ledger
from kithwork.estimates import Estimate
from kithwork.params import Settings
from kithwork.scales import HIGH, LOW, reversed_
from kithwork.survey.wording import READINESS
from kithwork.tables import GROUP_READINESS, SCALE_SCORES

ITEMS = READINESS
"""The items on commitment (CC) and efficacy (CE), answered from 1 (not at all) to 5 (fully); [CHANGE] is its name."""
AGAINST_THRESHOLD = ("readiness", "commitment", "efficacy")
"""Scales that the declared threshold is of."""
SCALES = (*AGAINST_THRESHOLD, "belief", "support", "gain")
"""Scales told here, where they are reliable."""
SHARED, DIFFERING = "shared by the unit", "average of differing views"
"""What a unit's mean stands for."""
SCORED = "Mean of the items, 1-5 as 0-100"
BOOTSTRAP = "bootstrap over people (Efron 1979)"


def readiness(answers: pd.DataFrame) -> pd.Series:
    """Each respondent's readiness, 0 to 100, by person_id: the mean of the items answered, rescaled from 1-5."""
    asked = reversed_(answers[answers["item"].isin(list(ITEMS))])
    return (asked.groupby("person_id")["value"].mean() - LOW) / (HIGH - LOW) * 100


def z(scores: pd.Series, people: pd.DataFrame) -> np.ndarray:
    """(people,) scores by person_id in standard deviations from their mean; 0 where unknown, or where nobody differs."""
    known = scores.reindex(people["person_id"]).to_numpy(dtype=float)
    spread = np.nanstd(known) if (~np.isnan(known)).any() else 0.0
    return np.nan_to_num((known - np.nanmean(known)) / spread) if spread > 0 else np.zeros(len(people))


@dataclass(frozen=True)
class Readiness:
    """`scores`: SCALE_SCORES; `groups`: GROUP_READINESS; `whole`, `unweighted`: means by scale, 0 to 100; `shared`: scales
    on which people of a unit agree; `ready_at`: the declared threshold."""

    scores: pd.DataFrame
    groups: pd.DataFrame
    whole: dict[str, Estimate]
    unweighted: dict[str, Estimate]
    shared: Set[str]
    ready_at: float

    def claims(self, ledger: Ledger) -> None:
        """Add each scale's mean, weighted and unweighted, and its units', shrunk and as found."""
        for scale, whole in self.whole.items():
            label = f"Mean {CALLED[scale]}"
            declared = {"reference": self.ready_at, "reference_label": "declared threshold"}
            beside = {"reference": whole.estimate, "reference_label": "the whole organisation"}
            threshold = declared if scale in AGAINST_THRESHOLD else {}
            method = f"{SCORED}, weighted for who answered; {BOOTSTRAP}"
            ledger.add(scale, label, whole, unit="score", method=method, **threshold)
            ledger.add(
                f"{scale}_unweighted",
                f"{label}, all who answered counted alike",
                self.unweighted[scale],
                unit="score",
                method=f"{SCORED}, not weighted; {BOOTSTRAP}",
                **threshold,
            )
            found = f"{label}, by unit as found"
            ledger.add(f"{scale}_as_found", found, whole, unit="score", method=method)
            means = SHARED if scale in self.shared else DIFFERING
            for row in self.groups[self.groups["scale"] == scale].itertuples():
                about = {"unit": "score", "scope": "group", "group": row.unit}
                figure = Estimate(row.shrunk, row.shrunk_low, row.shrunk_high, row.people)
                told, how = f"{label}, drawn towards the whole", f"{SCORED}; {SHRUNK}; {means}"
                ledger.add(scale, told, figure, method=how, **about, **threshold or beside)
                figure = Estimate(row.found, row.found_low, row.found_high, row.people)
                ledger.add(
                    f"{scale}_as_found", found, figure, method=f"{SCORED}, weighted; {FOUND}; {means}", **about, **beside
                )


def measure(
    answers: pd.DataFrame,
    people: pd.DataFrame,
    weights: pd.DataFrame,
    reliable: Set[str],
    shared: Set[str],
    settings: Settings,
    rng: np.random.Generator,
) -> Readiness:
    """Readiness and what it rests on, of the whole and by unit; nothing of scales that are not `reliable`.

    `shared`: scales on which people of a unit agree, so that its mean is a view they share.
    """
    scores, groups, whole, unweighted = [], [], {}, {}
    asked = answers[answers["person_id"].isin(people["person_id"])]
    for scale in SCALES:
        found = score(asked, scale).dropna() if scale in reliable else pd.Series(dtype=float)
        if found.empty:
            continue
        values, weight = found.to_numpy(dtype=float), weights_of(found.index, weights)
        whole[scale] = mean(values, weight, settings.change.resamples, rng)
        unweighted[scale] = mean(values, np.ones(len(values)), settings.change.resamples, rng)
        rows = {"scale": scale, "person_id": found.index, "score": values, "weight": weight}
        scores.append(pd.DataFrame(rows))
        sure = float(np.nan_to_num(alpha(covariances(grid(asked, scale).to_numpy(dtype=float)))[0]))
        rows = by_unit(values, weight, units_of(found.index, people), whole[scale].estimate, people["unit"], sure)
        groups.append(rows.assign(scale=scale))
    return Readiness(
        SCALE_SCORES.checked(pd.concat(scores)) if scores else SCALE_SCORES.empty(),
        GROUP_READINESS.checked(pd.concat(groups)) if groups else GROUP_READINESS.empty(),
        whole,
        unweighted,
        frozenset(shared),
        settings.change.ready_at,
    )
