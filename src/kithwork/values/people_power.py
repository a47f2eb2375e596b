"""People power: Do people develop one another, and can they be frank?"""

from __future__ import annotations

from math import sqrt

from kithwork import scales
from kithwork.estimates import proportion
from kithwork.network.nulls import rewired
from kithwork.survey.wording import VALUES
from kithwork.values import asked, chance
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Action, Indicator
from kithwork.values.persons import over_people
from kithwork.values.survey import agreement

TITLE = "People power"
QUESTION = "Do people develop one another, and can they be frank?"
ITEMS = VALUES["V8"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
FRANK = 4
"""Answer to T6, from which on the two can tell each other an unwelcome truth."""


def key_person_risk(evidence: Evidence) -> Measured | Missing:
    """Share of people whose leaving would cut others off from one another (cut points of the network).

    Formula: people without whom the network of ties falls into more parts, over all people; in %.

    Range: 0 (nobody is the only bridge) to nearly 100 %; the reference is its mean over networks in which everybody keeps
    the number of ties.

    Source: cut points (Harary 1969, Graph Theory, ch. 3); Wilson's interval (Wilson 1927, J. Am. Stat. Assoc. 22:209);
    reference: ties rewired with every degree kept (Maslov & Sneppen 2002, Science 296:910).

    Pitfalls: ties that were not told or recorded would be other ways round, so the share is an upper end. A colleague tied
    to one person only makes that person a cut point. The interval takes people for independent, which they are not.

    Example: A is tied to B and B to C: without B, A and C are cut off from one another. 1 of 3 people, 33 %.
    """
    if evidence.ties.empty:
        return Missing("ties between people")
    n = len(evidence.people)
    figure = proportion(len(evidence.graph.articulation_points()), n)
    return Measured(
        figure.times(100),
        "%",
        f"Cut points (Harary 1969); Wilson interval (Wilson 1927); {chance.REWIRED}",
        100 * chance.expected(evidence, lambda net: len(net.articulation_points()) / n, rewired),
        chance.AT_RANDOM,
        spread=100 * sqrt(figure.estimate * (1 - figure.estimate)) or None,
    )


def candour(evidence: Evidence) -> Measured | Missing:
    """How far people say that mistakes, bad news, questions and disagreement can be spoken of.

    Formula: 100 · (mean answer − 1) / 4 of each person over the items PS1 to PS4 that were answered, PS3 turned, then the
    mean over people; a score from 0 to 100.

    Range: 0 (nobody dares) to 100 (all can be said).

    Source: own items on the construct of Edmondson (1999, Administrative Science Quarterly 44:350).

    Pitfalls: who does not dare to speak may not dare to say so here. A mean hides a team where it is otherwise. It is what
    people perceive, not what was said.

    Example: A answers 5 to PS1 and 2 to PS3, which is 4 turned: 4.5, on the scale 87.5. B answers 3 to PS1: 50. The score
    is 68.75.
    """
    return agreement(evidence, scales.of("candour"))


def candid_beyond_manager(evidence: Evidence) -> Measured | Missing:
    """Share of people with a colleague, neither their manager nor their report, with whom unwelcome truths can be told.

    Formula: people who answer 4 or 5 to T6 of a colleague who is not their own manager and not their own report, over
    people who answered T6 of any colleague; in %.

    Range: 0 to 100 %.

    Source: own measure on own question T6; Wilson's interval (Wilson 1927, J. Am. Stat. Assoc. 22:209).

    Pitfalls: one side's word: the other may think otherwise. Who names fewer people has fewer chances. A manager or report
    that the staff list does not know of is taken for a colleague.

    Example: C is the manager of A and B. A answers 4 of B and 2 of C, B answers 5 of C and 3 of A, C answers 5 of A. Only A
    has such a colleague: 1 of 3, 33 %.
    """
    if evidence.people["manager_id"].isna().all():
        return Missing("a staff list with each person's manager")
    told = asked.answers(evidence, "T6")
    told = told.where(told.colleague)
    manager = evidence.row_of.get_indexer(evidence.people["manager_id"])
    in_line = (manager[told.ego] == told.alter) | (manager[told.alter] == told.ego)
    return over_people(
        evidence,
        told.by_ego(~in_line & (told.value >= FRANK)) > 0,
        told.by_ego() > 0,
        unit="%",
        factor=100,
        method="People by whom they can be frank with",
        needs="survey question T6 (can tell an unwelcome truth) about each colleague named",
    )


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people tell one another plainly what to get better at.

    Formula: 100 · (mean answer − 1) / 4 of each person over the items V8a, V8b and V8c that were answered, then the mean
    over people; a score from 0 to 100.

    Range: 0 (not at all true, by everybody) to 100 (completely true).

    Source: own items; answers summed as they are (Likert 1932, Archives of Psychology 140).

    Pitfalls: the three items ask of frankness, of shared interests and of being taught, which need not go together. People
    agree more readily than they should. Those who did not answer may think otherwise.

    Example: A answers 5 and 4, B answers 3: their means are 4.5 and 3, on the scale 87.5 and 50; the score is 68.75.
    """
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(
        key_person_risk,
        ("ties",),
        better=-1,
        self_report=False,
        action=Action(
            "Give each task that hangs on one person a second who has done it once.",
            "Heads of units",
            60,
            "The share of cut points in the next network, and the tasks with a second",
            "Stop when every task named as hanging on one person has a second.",
        ),
    ),
    Indicator(
        candour,
        ("PS1", "PS2", "PS3", "PS4"),
        better=1,
        self_report=True,
        action=Action(
            "Begin the monthly review with a mistake of the most senior person in the room, and what it taught.",
            "Heads of units",
            60,
            "The score of PS1 to PS4 in the next survey",
            "Change the form where after three months only the senior person speaks of mistakes.",
        ),
    ),
    Indicator(
        candid_beyond_manager,
        ("interpreters: T6", "staff: manager"),
        better=1,
        self_report=True,
        action=Action(
            "Form circles of four colleagues from different lines who meet monthly to tell one another what they see.",
            "Head of people development",
            90,
            "The share of people with a frank colleague outside their line, asked again",
            "Dissolve a circle that has not met for two months.",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            "Let each person ask two colleagues this month for one thing to get better at.",
            "Team leads",
            30,
            "The score of V8a to V8c in the next survey",
            "Stop where people say that it has become a form to fill in.",
        ),
    ),
)
