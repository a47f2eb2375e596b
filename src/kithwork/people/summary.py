"""What the people chapter claims of people: portfolios by unit, how they are spread, and segments or bands.

What it claims of the network stands in `network/summary.py`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import Estimate, from_draws, mean, proportion
from kithwork.params import Settings
from kithwork.people import breadth, naming
from kithwork.people.composition import Placed
from kithwork.people.crosschecks import METHODS
from kithwork.people.membership import CLEAR
from kithwork.people.portfolio import shares, told
from kithwork.people.segments import Segmentation

CRITERIA = {"icl": "ICL (Biernacki, Celeux & Govaert 2000)", "bic": "BIC (Fraley & Raftery 2002)"}

SPREAD = {
    "breadth": ("Kinds of tie, evenly held, that would be as diverse as the average person's contact", "index"),
    "units_reached": ("Share of the units that the average person with ties reaches", "%"),
    "sites_reached": ("Share of the places that the average person with ties reaches", "%"),
    "outside": ("Share of those whom the average person names who are outside the organisation", "%"),
}
"""Columns of `portfolios` of which the mean is claimed: label and unit."""


def names(placed: Placed, segmentation: Segmentation) -> list[str]:
    """A name per segment by what sets it apart (`naming.py`); bands of a continuum are named by their place."""
    if not segmentation.supported:
        return list(naming.BAND_NAMES)
    return naming.names(placed, segmentation.labels, segmentation.components)


def segments(placed: Placed, called: list[str], membership: np.ndarray, segmentation: Segmentation) -> pd.DataFrame:
    """The `segments` table: one row per person placed, with the segment of highest membership (people, segments), or the
    band that the portfolio as estimated lies in: thirds are of equal size."""
    at = membership.argmax(axis=1) if segmentation.supported else segmentation.labels
    share = membership[np.arange(len(at)), at].clip(max=1)
    return pd.DataFrame(
        {
            "person_id": placed.people["person_id"].to_numpy(),
            "segment": np.array(called, dtype=object)[at],
            "membership": share,
            "mixed": ((share < CLEAR) & segmentation.supported).astype(float),
        }
    )


def claims(
    ties: pd.DataFrame,
    people: pd.DataFrame,
    portfolios: pd.DataFrame,
    segments: pd.DataFrame,
    segmentation: Segmentation,
    called: list[str],
    alike: dict[str, Estimate],
    settings: Settings,
    rng: np.random.Generator,
) -> Ledger:
    """The claims of the people chapter. `called`: the segments' names in order; `alike`: agreement with other methods."""
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
    for kind, found in breadth.mean_effort(ties, people, settings.ties.draws, rng).items():
        ledger.add(
            f"effort_{kind}",
            f"Share of the average person's contact that goes to {kind} ties",
            found.times(100),
            unit="%",
            method="Mean over people; draws of what was assumed or estimated of kinds, and of people (Efron 1979)",
        )
    _spread(ledger, portfolios, people, settings, rng)
    if len(segmentation.bic) < 2:  # no split was tried: nothing is known about segments or bands
        return ledger
    _verdict(ledger, segmentation, alike)
    if segmentation.supported:
        _segments(ledger, segments, dict(zip(called, segmentation.jaccard, strict=True)), settings, rng)
    _mixes(ledger, segments.merge(portfolios, on="person_id"), told(portfolios), settings, rng)
    return ledger


def _spread(
    ledger: Ledger, portfolios: pd.DataFrame, people: pd.DataFrame, settings: Settings, rng: np.random.Generator
) -> None:
    """Means over people of how their portfolios are spread (`breadth`); nothing of what is known of fewer than two."""
    for name, (label, unit) in SPREAD.items():
        values = portfolios[name].astype(float)
        if name.endswith("_reached"):
            there = people[name.removesuffix("s_reached")].nunique()
            values = values.where(portfolios["ties"] > 0) / there if there > 1 else values * np.nan
        if name == "outside" and (not values.any() or values.dropna().eq(1).all()):  # asked of both, or of one? Not told
            continue
        known = values.dropna().to_numpy() * (100 if unit == "%" else 1)
        if len(known) > 1:
            found = mean(known, settings.values.resamples, rng)
            ledger.add(
                f"spread_{name}", label, found, unit=unit, method="Mean over people; bootstrap over people (Efron 1979)"
            )


def _verdict(ledger: Ledger, segmentation: Segmentation, alike: dict[str, Estimate]) -> None:
    """How many groups the criteria prefer, whether the split is found again, and whether other methods make it."""
    for (by, source), drawn in zip(CRITERIA.items(), segmentation.chosen, strict=True):
        scores = getattr(segmentation, by)
        ledger.add(
            f"preferred_{by}",
            f"Number of groups that {by.upper()} prefers",
            from_draws(min(scores, key=scores.__getitem__), drawn, segmentation.stability.n),
            unit="count",
            method=f"{source} over Gaussian mixtures of 1 to {len(scores)}; middle 95 % of subsamples of four fifths",
        )
    ledger.add(
        "stability",
        "Agreement of the segments of resampled people with those of all",
        segmentation.stability,
        unit="index",
        method="Mean adjusted Rand index (Hubert & Arabie 1985); middle 95 % of resamples",
        reference=segmentation.bar,
        reference_label="below which one group without segments stays in 95 of 100 cases",
    )
    for name, found in alike.items():
        ledger.add(
            f"agreement_{name}",
            f"Agreement of {METHODS[name]} with the mixture's segments",
            found,
            unit="index",
            method="Adjusted Rand index (Hubert & Arabie 1985); bootstrap over people (Efron 1979)",
        )


def _segments(
    ledger: Ledger, segments: pd.DataFrame, repeats: dict[str, Estimate], settings: Settings, rng: np.random.Generator
) -> None:
    """Size, stability and sureness of each segment; how many people are mixed."""
    mixed = proportion(int(segments["mixed"].sum()), len(segments)).times(100)
    ledger.add(
        "mixed",
        f"Share of people of whom no segment has {CLEAR:.0%}",
        mixed,
        unit="%",
        method="Membership over draws of the ties' kinds; Wilson interval (Wilson 1927)",
    )
    for name, held in segments.groupby("segment"):
        about = {"scope": "segment", "group": name, "people": len(held)}
        ledger.add(
            "segment_share",
            "Share of people in the segment",
            proportion(len(held), len(segments)).times(100),
            unit="%",
            method="Share of the people placed; Wilson interval (Wilson 1927)",
            **about,
        )
        ledger.add(
            "segment_stability",
            "How far the segment is found again among resampled people",
            repeats[name],
            unit="index",
            method="Mean Jaccard index with the most alike segment (Hennig 2007); middle 95 % of resamples",
            **about,
        )
        ledger.add(
            "segment_membership",
            "Mean probability that who is placed in the segment belongs there",
            mean(held["membership"].to_numpy(), settings.people.resamples * 10, rng).times(100),
            unit="%",
            method="Membership over draws of the ties' kinds; bootstrap over people (Efron 1979)",
            **about,
        )


def _mixes(
    ledger: Ledger, placed: pd.DataFrame, kinds: tuple[str, ...], settings: Settings, rng: np.random.Generator
) -> None:
    """What the portfolios hold in each segment or band."""
    for name, held in placed.groupby("segment"):
        for kind in kinds:
            ledger.add(
                f"segment_{kind}",
                f"Mean {kind} share of the portfolios in the segment",
                mean(held[f"{kind}_share"].to_numpy(), settings.people.resamples * 10, rng).times(100),
                unit="%",
                method="Mean over people; bootstrap over people (Efron 1979)",
                scope="segment",
                group=name,
            )
