"""Return on influence: Who is listened to without having authority?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import from_draws
from kithwork.network.graph import nominated
from kithwork.survey.wording import VALUES
from kithwork.ties import staff
from kithwork.values import asked, chance
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Action, Indicator
from kithwork.values.persons import BOOTSTRAP, over_people
from kithwork.values.regression import unexplained
from kithwork.values.survey import agreement

if TYPE_CHECKING:
    from scipy import sparse

TITLE = "Return on influence"
QUESTION = "Who is listened to without having authority?"
ITEMS = VALUES["V7"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
OTHER_UNITS = 2
FEWEST_RANKED = 5
"""People of known level and tenure below which nothing is said of what their rank accounts for."""


def reach_across(evidence: Evidence) -> Measured | Missing:
    """Share of people with ties into at least two units other than their own.

    Formula: people of a known unit with ties into two or more other units, over all people of a known unit; in %.

    Range: 0 (nobody) to 100 (everybody); the reference is its mean over networks in which everybody keeps the number of
    ties.

    Source: own; Wilson 1927, J. Am. Stat. Assoc. 22:209, for the interval, the ties taken as they are; reference:
    ties rewired with every degree kept, Maslov & Sneppen 2002, Science 296:910.

    Pitfalls: it rises with the number of ties and of units; a tie is not yet influence; who did not answer shows fewer
    ties.

    Example: units A of persons 1, 2, 3, B of 4, C of 5 and 6; 1 is tied to 4, 5 and 6, 2 to 4, and 3 to 1 and 2: only 1
    reaches two other units, one of six people, 16.7 %.
    """
    if len(evidence.units) < OTHER_UNITS + 1:
        return Missing("a staff list with at least three units")
    if evidence.ties["crosses_unit"].isna().all():
        return Missing("ties between people of known units")
    known, codes = evidence.unit_codes >= 0, evidence.unit_codes

    def across(net: sparse.csr_array) -> np.ndarray:
        return _other_units(net, codes) >= OTHER_UNITS

    return over_people(
        evidence,
        across(evidence.adjacency) & known,
        known,
        unit="%",
        factor=100,
        method=f"Share of people in a known unit; {chance.REWIRED}",
        needs="a staff list with at least three units",
        reference=100 * chance.expected(evidence, lambda net: across(net)[known].mean()),
        reference_label=chance.AT_RANDOM,
    )


def _other_units(net: sparse.csr_array, codes: np.ndarray) -> np.ndarray:
    """(people,): to how many units other than one's own somebody is tied. `codes`: (people,) of the unit, −1 of none."""
    units, ego, unit = codes.max(initial=0) + 1, np.repeat(np.arange(len(codes)), np.diff(net.indptr)), codes[net.indices]
    told = (unit >= 0) & (unit != codes[ego]) & (net.data > 0)
    return np.bincount(np.unique(ego[told] * units + unit[told]) // units, minlength=len(codes))


def help_beyond_line(evidence: Evidence) -> Measured | Missing:
    """Share of helping colleagues who are neither of the unit nor in the reporting line of the person helped.

    Formula: Σ over people of colleagues who helped them (T8 "they helped me" or "both") that are of another unit and
    neither above nor below them in the chain of managers, over Σ of colleagues of known unit who helped them; in %.

    Range: 0 (all help comes from the unit or the line) to 100 (none does); the reference is the share of all colleagues
    who are beyond unit and line, as they stand to those who were helped.

    Source: own; interval by the bootstrap over people, Efron 1979, Ann. Stat. 7:1.

    Pitfalls: people are asked about those they named, and name those close by; what helped is for each to say; one who
    was helped by many counts for more.

    Example: units A of 1 and 2, B of 3 and 4, C of 5 and 6; 2, 3 and 5 report to 1, 4 to 3, and 6 to 5. 2 was helped by 1,
    4 and 5, of whom 4 and 5 are beyond; 4 by 1, who is above, and by 6, who is beyond: 3 of 5, 60 %. Of 2's five colleagues
    four are beyond, of 4's three: (3 · 4/5 + 2 · 3/5) / 5 = 72 %.
    """
    said = asked.answers(evidence, "T8")
    if not len(said):
        return Missing("survey question T8 about each person named")
    below, above = staff.lines(evidence.people)
    if len(evidence.units) < 2 or not len(below):
        return Missing("a staff list with units and managers")
    codes, count = evidence.unit_codes, len(evidence.people)
    helped = said.where(said.colleague & np.isin(said.value, asked.HELPED_ME))
    helped = helped.where((codes[helped.ego] >= 0) & (codes[helped.alter] >= 0))
    line = np.concatenate([below * count + above, above * count + below])
    beyond = (codes[helped.ego] != codes[helped.alter]) & ~np.isin(helped.ego * count + helped.alter, line)
    by_all = helped.by_ego()
    return over_people(
        evidence,
        helped.by_ego(beyond),
        by_all,
        unit="%",
        factor=100,
        method="Share of colleagues who helped",
        needs="survey question T8 of people who were helped by a colleague of known unit",
        reference=100 * float(by_all @ _beyond(codes, below, above) / max(by_all.sum(), 1)),
        reference_label="colleagues who are beyond unit and line",
    )


def beyond_rank(evidence: Evidence) -> Measured | Missing:
    """Share of the differences in how many name a person that level and tenure do not account for.

    Formula: 1 - adjusted R² of log(1 + people who name one) on steps to the top of the reporting tree and log(1 + months in
    the organisation), by least squares; in %.

    Range: 0 (rank and tenure say it all) to 100 (they say nothing of who is named).

    Source: adjusted R² of Ezekiel 1930, Methods of Correlation Analysis; interval by the bootstrap over people, Efron 1979,
    Ann. Stat. 7:1.

    Pitfalls: being named is being known, and chance in who names whom counts as beyond rank; people outside the reporting
    tree, or of unknown tenure, are left out; who is named for a seat that the tree does not show looks free of rank.

    Example: six people of one tenure; 1, 2 and 3 have no manager and 4, 5 and 6 report to one each. 1 and 2 are named by
    three, 3 and 4 by one, 5 and 6 by nobody: 2, 2, 1, 1, 0 and 0 in units of log 2. Around the levels' means 4/3 of the sum
    of squares 4 is left: (4/3 / 4) / (4 / 5) = 5/12, 41.7 %.
    """
    if evidence.nominations.empty or not evidence.settings.engagement.directed:
        return Missing("survey questions in which people name colleagues, with who named whom")
    level = staff.level(evidence.people).to_numpy()
    months = evidence.people["tenure_months"].to_numpy(dtype=float)
    ranked = ~np.isnan(level) & ~np.isnan(months)
    if ranked.sum() < FEWEST_RANKED:
        return Missing("a staff list with managers and time in the organisation")
    named = nominated(evidence.nominations, evidence.people).sum(axis=0)
    left, draws = unexplained(
        np.log1p(named[ranked]), np.column_stack([level, np.log1p(months)])[ranked], evidence.drawn[:, ranked]
    )
    if np.isnan(left):
        return Missing("names of colleagues some of whom are named more often than others")
    return Measured(
        from_draws(left, draws, int(ranked.sum())).times(100),
        "%",
        f"1 - adjusted R² by least squares (Ezekiel 1930); {BOOTSTRAP}",
        draws=100 * draws,
    )


def _beyond(codes: np.ndarray, below: np.ndarray, above: np.ndarray) -> np.ndarray:
    """(people,) share of each one's colleagues of known unit who are of another one and not in the line; 0 without unit."""
    known = codes >= 0
    sizes = np.bincount(codes[known])
    apart = known[below] & known[above] & (codes[below] != codes[above])
    in_line = sum(np.bincount(end[apart], minlength=len(codes)) for end in (below, above))
    return np.where(known, (known.sum() - sizes[codes] - in_line) / max(known.sum() - 1, 1), 0)


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people get help, and are asked, without authority over one another.

    Formula: mean over people of the mean of their answers to V7a, V7b and V7c, 1-5 taken as 0-100; a score.

    Range: 0 (not at all) to 100 (fully); 50 is the middle answer.

    Source: own items; interval by the bootstrap over people, Efron 1979, Ann. Stat. 7:1.

    Pitfalls: what people say of themselves, who tend to see themselves as helpful; who thinks little of it may not have
    answered.

    Example: one person answers 2 and 4 (mean 3, score 50), another 5 to all three (score 100): (50 + 100) / 2 = 75.
    """
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(
        reach_across,
        ("staff: unit", "ties"),
        better=1,
        self_report=False,
        action=Action(
            what="Set up work shadowing of half a day between units that share a process, two people from each.",
            owner="Head of personnel development",
            days=60,
            measure="Share of those who took part with ties into two other units, before and half a year after.",
            stop="If fewer than half of the visits are returned, ask the units what they would rather trade.",
        ),
    ),
    Indicator(
        help_beyond_line,
        ("staff: unit, manager", "interpreters: T8"),
        better=1,
        self_report=True,
        action=Action(
            what="State in each unit who may be asked for help by anybody, on which subject, and count that as work.",
            owner="Heads of units",
            days=30,
            measure="Requests from other units answered within two days, and the figure at the next survey.",
            stop="If those who may be asked spend over a tenth of their week on it, name a second person or narrow it.",
        ),
    ),
    Indicator(
        beyond_rank,
        ("staff: manager, tenure_months", "nominations"),
        better=1,
        self_report=False,
        action=Action(
            what="Before each larger decision, hear one person without a leading role whom colleagues often turn to.",
            owner="Executive team",
            days=30,
            measure="Share of larger decisions with such a hearing on record, and the figure at the next survey.",
            stop="If in three decisions running nothing that was heard is answered, stop inviting and review why.",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            what="Let people thank colleagues of other units in writing, with a copy to their manager.",
            owner="Managers of teams",
            days=30,
            measure="Thanks across units in a month, and the score at the next survey.",
            stop="If the same few are thanked month after month, look at their load instead.",
        ),
    ),
)
