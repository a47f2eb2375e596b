"""The learning organisation: Does know-how travel, informally and in time?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.network import weekly
from kithwork.network.jackknife import leaving_out
from kithwork.network.reach import within_two
from kithwork.network.summary import LEFT, WHOLE
from kithwork.survey.wording import VALUES
from kithwork.values import asked, chance
from kithwork.values.answers import over_answers
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Action, Indicator
from kithwork.values.survey import agreement

TITLE = "The learning organisation"
QUESTION = "Does know-how travel, informally and in time?"
ITEMS = VALUES["V10"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
DRAWS = 100
DEALS = 20
"""Times dealt anew: their means differ little."""


def two_step_reach(evidence: Evidence) -> Measured | Missing:
    """Share of all colleagues whom the average person reaches in at most two steps, beside ties rewired at random.

    Formula: mean over people of colleagues who are tied to them, or to one who is, over all colleagues; in %.

    Range: 0 (nobody has ties) to 100 (everybody is a colleague's colleague).

    Source: Borgatti 2006, Comput. Math. Organ. Theory 12:21; reference: ties rewired with every degree kept, Maslov &
    Sneppen 2002, Science 296:910.

    Pitfalls: it rises with the number of ties and falls with that of people, so organisations of unlike size are not
    compared; who could be reached is not who is asked; ties of those who did not answer are missing.

    Example: four people in a row, each tied to the next: the first and the last reach two of three colleagues, the others
    all: (2/3 + 1 + 1 + 2/3) / 4 = 83.3 %.
    """
    if evidence.ties.empty:
        return Missing("ties between people")
    reached = leaving_out(evidence.adjacency, lambda net, _: {"mean": within_two(net).mean()}, DRAWS, evidence.rng)
    return Measured(
        reached["mean"].times(100),
        "%",
        f"Two-step reach; {LEFT}; {chance.REWIRED}",
        100 * chance.expected(evidence, lambda net: within_two(net).mean()),
        chance.AT_RANDOM,
        spread=100 * float(within_two(evidence.adjacency).std(ddof=1)),
    )


def news_within_week(evidence: Evidence) -> Measured | Missing:
    """Share of pairs of colleagues that news could pass between within a week, beside contacts at other times.

    Formula: mean over whole weeks of ordered pairs with a chain of contacts, each later than the one before, from the first
    to the second, over all ordered pairs; in %.

    Range: 0 (no contact) to 100 (whatever one knows on Monday all could know on Sunday); the reference is the same contacts
    with their times dealt anew in each week.

    Source: Holme & Saramäki 2012, Physics Reports 519:97; interval by weeks drawn anew, Efron 1979, Ann. Stat. 7:1; of a
    record too long to follow whole, by weeks and people drawn, Student 1908, Biometrika 6:1.

    Pitfalls: it is what could pass, not what did; contacts that leave no record are missing; of contacts known by day only
    no chain within the day is seen; in weeks with holidays less passes.

    Example: three people, where in each whole week 1 writes to 2 and then 2 to 3: news can pass from 1 to 2, from 2 to 3,
    and from 1 to 3, three of six ordered pairs, 50 %.
    """
    needs = "contact records with times, over at least two whole weeks"
    if evidence.interactions is None:
        return Missing(needs)
    found = weekly.passed(evidence.interactions, evidence.people, DEALS, evidence.rng)
    if found is None:
        return Missing(needs)
    _, unit, method, reference = WHOLE["week"]
    method = f"{method}; {found.drawn}" if found.drawn else method
    return Measured(found.estimate.times(100), unit, method, 100 * found.chance.mean, reference)


def lessons_across_sites(evidence: Evidence) -> Measured | Missing:
    """Share of the colleagues of whom something useful came that work at another site.

    Formula: Σ over people of colleagues at another site of whom something came (T9 useful information or more), over Σ of
    all colleagues of known site of whom it did; in %.

    Range: 0 (all that is useful is near) to 100 (all is far); the reference is the share of all colleagues who are at other
    sites, as they stand to those who answered.

    Source: own; interval by the bootstrap over people, Efron 1979, Ann. Stat. 7:1, stretched for what answers share at both
    ends, Aronow, Samii & Assenova 2015, Political Analysis 23:564.

    Pitfalls: people are asked about those they named, and name those close by; sites may be units too; what is useful is
    for each to say; one to whom many were useful counts for more.

    Example: sites X of 1, 2, 3 and 4, Y of 5 and 6; 1 had something of 2, 3 and 5, and 5 of 6: one of four is elsewhere, 25
    %. Of 1's five colleagues two are elsewhere, of 5's four: (3 · 2/5 + 1 · 4/5) / 4 = 50 %.
    """
    said = asked.answers(evidence, "T9")
    if not len(said):
        return Missing("survey question T9 about each person named")
    codes, sites = pd.factorize(evidence.people["site"])
    if len(sites) < 2:
        return Missing("a staff list with at least two sites")
    useful = said.where(said.colleague & (said.value >= asked.USEFUL))
    useful = useful.where((codes[useful.ego] >= 0) & (codes[useful.alter] >= 0))
    known, by_all = codes >= 0, useful.by_ego()
    elsewhere = np.where(known, known.sum() - np.bincount(codes[known])[codes], 0) / max(known.sum() - 1, 1)
    return over_answers(
        evidence,
        useful,
        codes[useful.ego] != codes[useful.alter],
        np.ones(len(useful)),
        unit="%",
        factor=100,
        method="Share of colleagues of whom something came",
        needs="survey question T9 of people to whom a colleague of known site was useful",
        reference=100 * float(by_all @ elsewhere / max(by_all.sum(), 1)),
        reference_label="colleagues who are at other sites",
    )


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people learn useful things in the flow of work.

    Formula: mean over people of the mean of their answers to V10a, V10b and V10c, 1-5 taken as 0-100; a score.

    Range: 0 (not at all) to 100 (fully); 50 is the middle answer.

    Source: own items; interval by the bootstrap over people, Efron 1979, Ann. Stat. 7:1.

    Pitfalls: what people say of themselves; who has least time to learn has least time to answer; useful is for each to
    say.

    Example: one person answers 2 and 4 (mean 3, score 50), another 5 to all three (score 100): (50 + 100) / 2 = 75.
    """
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(
        two_step_reach,
        ("ties",),
        better=1,
        self_report=False,
        action=Action(
            what="Introduce people of the units that reach one another least through a colleague whom both sides know.",
            owner="Head of knowledge management",
            days=60,
            measure="Introductions after which both sides met again, and the figure at the next survey.",
            stop="If fewer than one introduction in three is followed by a second meeting, start from open questions.",
        ),
    ),
    Indicator(
        news_within_week,
        ("interactions: at",),
        better=1,
        self_report=False,
        action=Action(
            what="Move the short weekly rounds of neighbouring teams so that one ends before the next begins.",
            owner="Managers of teams",
            days=30,
            measure="The figure over the eight weeks after, beside the eight before.",
            stop="If it has not risen in eight weeks, put the rounds back where they suit the teams best.",
        ),
    ),
    Indicator(
        lessons_across_sites,
        ("staff: site", "interpreters: T9"),
        better=1,
        self_report=True,
        action=Action(
            what="Pair people of the same role at two sites for a monthly hour on what each has lately found out.",
            owner="Heads of sites",
            days=60,
            measure="Pairs that met in each of three months and can name one thing taken over, and the figure a year on.",
            stop="If a pair can name nothing after three meetings, pair each with somebody of another role.",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            what="Hold a half-hour demonstration every fortnight in which one team shows another how it does something.",
            owner="Managers of teams",
            days=30,
            measure="Demonstrations held, people from other teams present, and the score at the next survey.",
            stop="If nobody from another team comes twice running, ask for questions first and demonstrate the answers.",
        ),
    ),
)
