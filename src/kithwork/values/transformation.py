"""Results through transformation: Does all this dialogue change anything?"""

from __future__ import annotations

import numpy as np

from kithwork.estimates import bootstrap
from kithwork.network.graph import ends
from kithwork.survey.wording import VALUES
from kithwork.ties import halves
from kithwork.values import asked
from kithwork.values.answers import over_answers
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Action, Indicator
from kithwork.values.survey import agreement
from kithwork.values.ties import over_ties

TITLE = "Results through transformation"
QUESTION = "Does all this dialogue change anything?"
ITEMS = VALUES["V5"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
DATED = "collaboration data with the times of contacts, over two weeks or more"


def load(evidence: Evidence) -> Measured | Missing:
    """Median minutes of recorded contact per person: the time that dialogue takes, not what comes of it.

    Formula: the minutes of each person's ties summed, then the median over all people; minutes.

    Range: 0 and more, up to the length of the record.

    Source: own measure; minutes of a contact divided by the others in it (Newman 2001, Phys. Rev. E 64, 016132); bootstrap
    over people (Efron 1979, Ann. Stat. 7:1).

    Pitfalls: what is not recorded counts nothing, so units that meet face to face look idle. Records of unlike length
    cannot be compared. More is neither better nor worse: it is what the other figures of this value are to be read beside.

    Example: A and B have 60 minutes, B and C 30, and D none: people hold 60, 90, 30 and 0, in the median 45.
    """
    minutes = evidence.ties["minutes"].fillna(0).to_numpy()
    if not minutes.any():
        return Missing("collaboration data with the length of contacts")
    a, b = ends(evidence.ties, evidence.people)
    held = np.bincount(a, minutes, len(evidence.people)) + np.bincount(b, minutes, len(evidence.people))
    figure = bootstrap(held, lambda s: np.median(s, axis=-1), evidence.settings.values.resamples, evidence.rng)
    return Measured(figure, "minutes", "Median over people; bootstrap over people (Efron 1979)")


def useful_contact(evidence: Evidence) -> Measured | Missing:
    """Share of recorded contact with colleagues people rated that goes to those of whom something came in the past year.

    Formula: contacts with colleagues rated 1 (useful information), 2 or 3 in T9, over contacts with all colleagues rated in
    T9, summed over people; in %.

    Range: 0 to 100 %.

    Source: own measure on own question T9; contacts counted as 1 over the others in them (Newman 2001, Phys. Rev. E 64,
    016132).

    Pitfalls: people name whom they find useful, so that contact with those never named is left out and the share is high.
    The answer is of the tie, not of each contact. Who has more contact counts for more.

    Example: A rates B 1 and C 0, B rates A 3; A and B have 6 contacts, A and C 4. Of A's 10 contacts 6 go to ties of use,
    of B's 6 all: 12 of 16, 75 %.
    """
    rated = asked.answers(evidence, "T9")
    rated = rated.where(rated.colleague)
    if not len(rated):
        return Missing("survey question T9 (what has come of it) about each colleague named")
    contacts = asked.recorded(evidence, rated, "contacts")
    return over_answers(
        evidence,
        rated,
        contacts * (rated.value >= asked.USEFUL),
        contacts,
        unit="%",
        factor=100,
        method="Contacts recorded with those rated, by who rates them",
        needs="collaboration data of contact between people who answered T9 and those they rated",
    )


def new_contact(evidence: Evidence) -> Measured | Missing:
    """Share of recorded contact in the second half of the record between people who had none with one another in the first.

    Formula: contacts from the middle Monday on of pairs without a contact before it, over all contacts from then on, among
    people who have contact in both halves; in %.

    Range: 0 (all contact is between the same pairs as before) to 100 % (none is).

    Source: after Kossinets & Watts (2006, Science 311:88), who follow new ties in a record of mail; errors clustered at
    both ends of ties (Fafchamps & Gubert 2007, J. Dev. Econ. 83:326). Reference: where the share s of all contact is in the
    second half, a pair of k records has them all there with chance s to the power k.

    Pitfalls: pairs who meet seldom look new, which is what the reference holds; meetings in a row look new together, which
    it does not. New contact is not better contact: a new tool, a move or a reorganisation makes much of it. People who came
    or left are no part of it.

    Example: in the first half A–B, B–C, C–D and D–E have one contact each. In the second A–B and D–E have 2, B–C and C–D 1,
    and A–E 2: of 8 contacts 2 are new, 25 %.
    """
    if evidence.interactions is None or not evidence.person_weeks["contacts"].any():
        return Missing(DATED)
    moment = halves.middle(evidence.person_weeks)
    there = halves.throughout(evidence.person_weeks, moment) & set(evidence.row_of)
    met = halves.around(evidence.interactions, there, moment)
    a, b = ends(met, evidence.people)
    before, after, records = (met[column].to_numpy(dtype=float) for column in ("before", "after", "records"))
    return over_ties(
        evidence,
        a,
        b,
        np.where(before == 0, after, 0),
        after,
        unit="%",
        factor=100,
        method="Contacts from the middle Monday on of pairs without any before",
        needs=DATED,
        reference=100 * _by_chance(before + after, after.sum(), records),
        reference_label="the same contacts, each in either half by chance",
    )


def _by_chance(contacts: np.ndarray, later: float, records: np.ndarray) -> float:
    """Share of later contact that would be new if each of a pair's records lay in the later half with the share of all."""
    total = contacts.sum()
    return float((contacts * (later / total) ** (records - 1)).sum() / total) if total else 0.0


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far conversations end with somebody doing something differently.

    Formula: 100 · (mean answer − 1) / 4 of each person over the items V5a, V5b and V5c that were answered, then the mean
    over people; a score from 0 to 100.

    Range: 0 (not at all true, by everybody) to 100 (completely true).

    Source: own items; answers summed as they are (Likert 1932, Archives of Psychology 140).

    Pitfalls: what people call doing differently ranges from a word to a way of working. People agree more readily than they
    should. Those who did not answer may think otherwise.

    Example: A answers 5 and 4, B answers 3: their means are 4.5 and 3, on the scale 87.5 and 50; the score is 68.75.
    """
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(
        load,
        ("interactions: minutes",),
        better=0,
        self_report=False,
        action=Action(
            "Take the three recurring meetings with the most minutes out of the calendar for a month.",
            "Heads of units",
            30,
            "Minutes of contact per person in the next record, and what people missed",
            "Put back a meeting that somebody asks for with a decision it would take.",
        ),
    ),
    Indicator(
        useful_contact,
        ("interpreters: T9", "interactions"),
        better=1,
        self_report=True,
        action=Action(
            "End each recurring meeting by noting who will do what differently, and drop a meeting with three empty notes.",
            "Whoever calls the meeting",
            60,
            "The share of contact that goes to relationships of use, with the next survey and record",
            "Stop the notes where they are filled in afterwards or the share stays within its interval.",
        ),
    ),
    Indicator(
        new_contact,
        ("interactions: at",),
        better=1,
        self_report=False,
        action=Action(
            "Ask each team to bring one person it has not worked with into its next review.",
            "Team leads",
            90,
            "The share of contact that is new in the next half year, beside what chance gives",
            "Stop where the guests say they had nothing to add.",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            "Replace one way of working a quarter, and write down how it went before and after.",
            "Heads of units",
            90,
            "The score of V5a to V5c in the next survey",
            "Go back to the old way where the figures written down are worse after two months.",
        ),
    ),
)
