"""Strategic perspective: Do we see beyond our function, place and project?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kithwork.estimates import Estimate
from kithwork.network import boundaries
from kithwork.network.graph import ends
from kithwork.network.holes import constraint
from kithwork.network.jackknife import leaving_out
from kithwork.network.summary import LEFT
from kithwork.survey.wording import VALUES
from kithwork.ties import kinds
from kithwork.values import chance
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Action, Indicator
from kithwork.values.survey import agreement
from kithwork.values.ties import over_ties

TITLE = "Strategic perspective"
QUESTION = "Do we see beyond our function, place and project?"
ITEMS = VALUES["V1"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
DRAWS = 100
UNITS = "a staff list with at least two units"
KNOWN = "ties between people of known units"


def boundary_crossing(evidence: Evidence) -> Measured | Missing:
    """E-I index by unit: -1 all ties within units, +1 all across, beside what the units' sizes alone would give.

    Formula: (E - I) / (E + I), E ties between units, I ties within one; an index.

    Range: -1 (all within) to +1 (all across); the reference is its value for ties dealt evenly over all pairs.

    Source: Krackhardt & Stern 1988, Social Psychology Quarterly 51:123; errors clustered at both ends of a tie, Fafchamps &
    Gubert 2007, J. Dev. Econ. 83:326; units by the vertex bootstrap of Snijders & Borgatti 1999, Connections 22:161.

    Pitfalls: many small units make it high by arithmetic, so it is read beside its reference; a tie in passing counts as
    much as a close one; a tie with an end in no known unit is left out.

    Example: units A of persons 1, 2, 3 and B of 4, 5, 6; of the ties 1-2, 2-3, 4-5, 1-4 and 3-6 two lead across and three
    do not: (2 - 3) / 5 = -0.2. Of all 15 pairs nine lie across and six within, so that even ties would give 3 / 15 = +0.2.
    """
    if len(evidence.units) < 2:
        return Missing(UNITS)
    if evidence.ties["crosses_unit"].isna().all():
        return Missing(KNOWN)
    (a, b), codes = ends(evidence.ties, evidence.people), evidence.unit_codes
    known = (codes[a] >= 0) & (codes[b] >= 0)
    share = over_ties(
        evidence,
        a,
        b,
        known & (codes[a] != codes[b]),
        known,
        unit="index",
        method="E-I (Krackhardt & Stern 1988)",
        needs=KNOWN,
        reference=2 * _pairs_across(codes) - 1,
        reference_label="ties dealt evenly over all pairs",
    )
    if isinstance(share, Missing):
        return share
    of_units = boundaries.by_unit(evidence.ties, evidence.people, evidence.settings.values.resamples, evidence.rng)
    tied = np.bincount(codes[np.union1d(a[known], b[known])], minlength=len(evidence.units))
    people, figure = dict(zip(evidence.units, tied.tolist(), strict=True)), share.estimate
    return replace(
        share,
        estimate=Estimate(*(2 * end - 1 for end in (figure.estimate, figure.low, figure.high)), figure.n),
        draws=2 * share.draws - 1,
        spread=2 * share.spread,
        by_unit={unit: replace(one.index, n=people[unit]) for unit, one in of_units.items()},
    )


def strategic_crossing(evidence: Evidence) -> Measured | Missing:
    """Share of the strategic ties to be expected that join two units, beside the share of all pairs of people that do.

    Formula: Σ p · across / Σ p over ties between people of known units, p the probability that the tie is strategic, across
    1 between two units and 0 within one; in %.

    Range: 0 (all within units) to 100 (all across); the reference is the share of all pairs of people that lie across.

    Source: own; errors clustered at both ends of a tie, Fafchamps & Gubert 2007, J. Dev. Econ. 83:326, with the
    probabilities drawn from their ranges.

    Pitfalls: where crossing a unit is itself a stated sign of a strategic tie, the figure repeats that assumption in part,
    and stands beside no reference; many small units make it high by arithmetic; it says nothing of how many strategic ties
    there are.

    Example: units A of persons 1, 2, 3 and B of 4, 5, 6; the ties 1-2, 2-3 and 4-5 are strategic with probability 0.2
    each, 1-4 and 3-6 with 0.7: 1.4 of 2.0 expected strategic ties lead across, 70 %, beside nine of 15 pairs, 60 %.
    """
    if len(evidence.units) < 2:
        return Missing(UNITS)
    if "strategic" not in kinds.tellable(evidence.ties):
        return Missing("a survey question, or stated signs, that tell strategic ties")
    (a, b), codes = ends(evidence.ties, evidence.people), evidence.unit_codes
    known, across = (codes[a] >= 0) & (codes[b] >= 0), codes[a] != codes[b]

    def counted(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        held = np.where(known, np.nan_to_num(p), 0)
        return held * across, held

    study = evidence.settings.engagement
    circular = "strategic" not in study.labels and "crosses_unit" in study.signs.get("strategic", {})
    chances = kinds.chances(evidence.ties, ("strategic",), evidence.rng, evidence.settings.ties.draws)
    return over_ties(
        evidence,
        a,
        b,
        *counted(evidence.ties["p_strategic"].to_numpy(dtype=float)),
        unit="%",
        factor=100,
        method="Expected strategic ties across units over all of them",
        needs=KNOWN,
        reference=None if circular else 100 * _pairs_across(codes),
        reference_label=None if circular else "pairs of people who are of two units",
        drawn=(counted(p[:, 0]) for p in chances),
    )


def redundancy(evidence: Evidence) -> Measured | Missing:
    """Mean constraint: how far people's contacts lead back to the same people, beside ties rewired at random.

    Formula: mean over people with ties of Σ over contacts j of (p_j + Σ over other contacts q of p_q · p_qj)², p the share
    of a person's ties that goes to a contact; an index.

    Range: near 0 (many contacts who do not know one another) to 1.125 (two contacts who do), 1 for a single contact; less
    is better.

    Source: Burt 1992, Structural Holes, chapter 2; reference: ties rewired with every degree kept, Maslov & Sneppen 2002,
    Science 296:910.

    Pitfalls: it falls with the number of ties alone, so it is read beside its reference; people who were not asked have
    fewer ties than they hold; close groups that need one another are not at fault for being close.

    Example: five people, one of whom is tied to each of the others, who are tied to nobody else: that one has 4 · (1/4)² =
    0.25, each other 1, together (0.25 + 4) / 5 = 0.85.
    """
    if evidence.ties.empty:
        return Missing("ties between people")
    held = leaving_out(evidence.adjacency, lambda net, _: {"mean": _mean(constraint(net))}, DRAWS, evidence.rng)
    if not held:
        return Missing("ties between more people")
    return Measured(
        held["mean"],
        "index",
        f"Constraint (Burt 1992); {LEFT}; {chance.REWIRED}",
        chance.expected(evidence, lambda net: _mean(constraint(net))),
        chance.AT_RANDOM,
        spread=_spread(constraint(evidence.adjacency)),
    )


def _pairs_across(codes: np.ndarray) -> float:
    """Share of pairs of people of known units, (people,) codes, who are of two."""
    sizes = np.bincount(codes[codes >= 0])
    return float(1 - (sizes * (sizes - 1)).sum() / (sizes.sum() * (sizes.sum() - 1)))


def _mean(values: np.ndarray) -> float:
    """Over those who have a value; NaN where nobody has."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan


def _spread(values: np.ndarray) -> float | None:
    """Standard deviation between those who have a value; None for fewer than two."""
    known = values[~np.isnan(values)]
    return float(known.std(ddof=1)) if len(known) > 1 else None


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people have a picture of what goes on beyond their own reporting line.

    Formula: mean over people of the mean of their answers to V1a, V1b and V1c, 1-5 taken as 0-100; a score.

    Range: 0 (not at all) to 100 (fully); 50 is the middle answer.

    Source: own items; interval by the bootstrap over people, Efron 1979, Ann. Stat. 7:1.

    Pitfalls: what people say of themselves; who thinks little of it may not have answered; a picture may be wrong.

    Example: one person answers 2 and 4 (mean 3, score 50), another 5 to all three (score 100): (50 + 100) / 2 = 75.
    """
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(
        boundary_crossing,
        ("staff: unit", "ties"),
        better=1,
        self_report=False,
        action=Action(
            what="Give the two units that work on the same result and are tied least one shared weekly planning slot.",
            owner="Heads of the two units",
            days=60,
            measure="Ties between the two units at the next survey, beside those expected by their sizes.",
            stop="If neither unit has brought a decision to the slot in six weeks, end it and ask why it was not needed.",
        ),
    ),
    Indicator(
        strategic_crossing,
        ("staff: unit", "ties", "labels or signs: strategic"),
        better=1,
        self_report=False,
        action=Action(
            what="Have each head of unit name the three relations outside it on which next year's plan depends, and meet "
            "the people.",
            owner="Executive in charge of planning",
            days=30,
            measure="Share of the relations named in which both sides met within the month, and the figure a year on.",
            stop="Leave out a relation that neither side can name a decision for after two talks.",
        ),
    ),
    Indicator(
        redundancy,
        ("ties",),
        better=-1,
        self_report=False,
        action=Action(
            what="Staff the next three projects with at least one person whom none of the others works with yet.",
            owner="Whoever staffs projects",
            days=90,
            measure="Mean constraint of those people before and half a year after.",
            stop="If a project says the newcomer could not contribute for lack of context, brief first, then staff.",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            what="Open each unit's monthly review to a guest from another, who says what cannot be seen from inside.",
            owner="Heads of units",
            days=30,
            measure="Reviews held with a guest, and the score at the next survey.",
            stop="If guests say after two rounds that they have nothing to add, change which units visit which.",
        ),
    ),
)
