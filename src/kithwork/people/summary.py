"""What the people chapter claims: portfolios by unit, the boundaries ties cross, pairs of units, and segments or bands."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import Estimate, mean, proportion
from kithwork.network import between, boundaries
from kithwork.params import Settings
from kithwork.people.portfolio import shares, told
from kithwork.people.segments import BANDS, Segmentation

PAIRED = 40
"""Units above which pairs of them are not claimed: no matrix of so many can be read."""

BAND_NAMES = ("First third", "Middle third", "Last third")
assert len(BAND_NAMES) == BANDS


def names(placed: pd.DataFrame, segmentation: Segmentation) -> list[str]:
    """A name per segment: the kind that stands out most in it; bands of a continuum are named by their place."""
    if not segmentation.supported:
        return list(BAND_NAMES)
    columns = [f"{kind}_share" for kind in told(placed)]
    spread = placed[columns].std().replace(0, 1)
    contrast = (placed[columns].groupby(segmentation.labels).mean() - placed[columns].mean()) / spread
    leaning = contrast.idxmax(axis=1).str.removesuffix("_share").str.capitalize() + "-leaning"
    repeat = leaning.groupby(leaning).cumcount() + 1
    return [name if n == 1 else f"{name} {n}" for name, n in zip(leaning, repeat, strict=True)]


def segments(placed: pd.DataFrame, segmentation: Segmentation) -> pd.DataFrame:
    """The `segments` table: one row per person placed."""
    called = np.array(names(placed, segmentation))
    return pd.DataFrame(
        {
            "person_id": placed["person_id"].to_numpy(),
            "segment": called[segmentation.labels],
            "membership": segmentation.membership,
        }
    )


def claims(
    ties: pd.DataFrame,
    people: pd.DataFrame,
    portfolios: pd.DataFrame,
    segments: pd.DataFrame,
    segmentation: Segmentation,
    settings: Settings,
    rng: np.random.Generator,
) -> Ledger:
    """The claims of the people chapter."""
    ledger = Ledger("people")
    for row in shares(ties, people, settings, rng).itertuples():
        unit = None if pd.isna(row.unit) else row.unit
        ledger.add(
            f"share_{row.kind}",
            f"Share of the relationship portfolio that is {row.kind}",
            row.estimate.times(100),
            unit="%",
            method="Expected kinds of tie; draws of what was assumed or estimated of kinds, with errors clustered by both "
            "ends (Fafchamps & Gubert 2007)",
            scope="organisation" if unit is None else "group",
            group=unit,
        )
    by_chance = between.outside(ties, people)
    for unit, boundary in boundaries.by_unit(ties, people, settings.values.resamples, rng).items():
        ledger.add(
            "e_i",
            "E-I index: from all ties within the unit (-1) to all across (+1)",
            boundary.index,
            unit="index",
            method="E-I (Krackhardt & Stern 1988); vertex bootstrap (Snijders & Borgatti 1999)",
            reference=boundary.expected,
            reference_label="ties dealt evenly over all pairs",
            scope="group",
            group=unit,
        )
        index = boundary.index
        ledger.add(
            "outside",
            "Share of the ties of the unit that lead out of it",
            Estimate(*((1 + end) * 50 for end in (index.estimate, index.low, index.high)), index.n),
            unit="%",
            method="Ties to other units among all that touch the unit; vertex bootstrap (Snijders & Borgatti 1999)",
            reference=by_chance[unit] * 100,
            reference_label="as many ties each, partners regardless of unit",
            scope="group",
            group=unit,
        )
    _between(ledger, ties, people, settings, rng)
    if len(segmentation.bic) < 2:  # no split was tried: nothing is known about segments or bands
        return ledger
    ledger.add(
        "stability",
        "Agreement of the segments of resampled people with those of all",
        segmentation.stability,
        unit="index",
        method="Mean adjusted Rand index (Hubert & Arabie 1985); middle 95 % of resamples",
        reference=segmentation.bar,
        reference_label="what one group without segments reaches in 95 of 100 cases",
    )
    placed = segments.merge(portfolios, on="person_id")
    for name, held in placed.groupby("segment"):
        where = {"scope": "segment", "group": name}
        if segmentation.supported:
            share = proportion(len(held), len(placed)).times(100)
            method = "Share of the people placed; Wilson interval (Wilson 1927)"
            ledger.add(
                "segment_share",
                "Share of people in the segment",
                share,
                unit="%",
                method=method,
                people=len(held),
                **where,
            )
        for kind in told(placed):
            ledger.add(
                f"segment_{kind}",
                f"Mean {kind} share of the portfolios in the segment",
                mean(held[f"{kind}_share"].to_numpy(), settings.people.resamples * 10, rng).times(100),
                unit="%",
                method="Mean over people; bootstrap over people (Efron 1979)",
                **where,
            )
    return ledger


def _between(
    ledger: Ledger, ties: pd.DataFrame, people: pd.DataFrame, settings: Settings, rng: np.random.Generator
) -> None:
    """Ties between each two units over those expected: of all ties, and of those told to be strategic.

    Of two units with so few ties that nothing can be told of them there is no claim; each with itself has one, so that the
    gate hears of every unit.
    """
    if people["unit"].nunique() > PAIRED:
        return
    for name, words, some in (
        ("between", "Ties", ties),
        ("between_strategic", "Ties told to be strategic", ties[ties["told_strategic"] == "yes"]),
    ):
        for pair in between.pairs(some, people, settings.values.permutations, rng):
            if not pair.telling and len(set(pair.units)) > 1:
                continue
            ledger.add(
                name,
                f"{words} of a pair of units over those expected{'' if pair.ties >= between.FEW else ', at most'}",
                pair.shown,
                unit="times",
                method="Found over expected with each person's number of ties kept (Squartini & Garlaschelli 2011); "
                "intervals corrected for the pairs compared (Benjamini & Yekutieli 2005); "
                f"below {between.FEW} ties the upper limit only",
                reference=1.0,
                reference_label="as many ties each, partners regardless of unit",
                scope="pair",
                group=pair.units[0],
                other=pair.units[1],
                people=pair.sizes[0],
                other_people=pair.sizes[1],
            )
