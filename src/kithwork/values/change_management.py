"""Change management: Are people ready for the new direction, and how would it spread?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kithwork import scales
from kithwork.survey.wording import STAGES, VALUES
from kithwork.tables import ADOPTED
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Action, Indicator
from kithwork.values.persons import over_people
from kithwork.values.survey import agreement

TITLE = "Change management"
QUESTION = "Are people ready for the new direction, and how would it spread?"
ITEMS = VALUES["V6"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
READY = (*scales.of("commitment"), *scales.of("efficacy"))
"""The items on readiness."""
PASSED = 4
"""Answer from which a stage counts as passed: largely true."""


def readiness(evidence: Evidence) -> Measured | Missing:
    """Mean readiness for the change: how far people own it, and how far they see it can be done.

    Formula: mean over people of the mean of the items CC1 to CC3 (commitment) and CE1 to CE3 (efficacy) they answered, 1 to
    5 taken as 0 to 100; in score points.

    Range: 0 to 100. Held against the threshold that the engagement declared beforehand.

    Source: Weiner (2009, Implement. Sci. 4:67) for the two parts; Shea et al. (2014, Implement. Sci. 9:7) for asking both
    of the group; the wordings are ours.

    Pitfalls: It is readiness as those see it who answered. A mean hides units that are far apart, and commitment without
    efficacy: look at both. The threshold is a decision, not a finding.

    Example: Three people: one answers all six items with 5 (100), one CC1 with 3 and CE1 with 4 (62.5), one CC1 alone with
    1 (0): 54.2.
    """
    found = agreement(evidence, READY)
    if isinstance(found, Missing):
        return found
    return replace(found, reference=evidence.settings.change.ready_at, reference_label="the declared threshold")


def stages_passed(evidence: Evidence) -> Measured | Missing:
    """Mean share of the five stages of a change, taken in order, that people have passed.

    Formula: per person, how many of the stages AW, DE, KN, AB and RE (aware, willing, knowing how, able, supported) were
    answered with 4 or 5 before the first that was not, over 5; mean over people who answered all five; in %.

    Range: 0, nobody can say why it happens, to 100, everybody works the new way and is backed in it.

    Source: Hiatt (2006) for the five stages and their order; counting up to the first not passed is Guttman's (1944, Am.
    Sociol. Rev. 9:139) reading of ordered items.

    Pitfalls: A person may be able without being willing, and then counts as stopped at the second stage: where many are,
    the order does not hold and the single stages tell more. The mean does not say at which stage people stop.

    Example: Four people: 5 5 5 4 4 passed five; 4 4 3 5 5 two; 2 5 5 5 5 none; one who left out KN does not count. Mean of
    5, 2 and 0 over 5: 46.7 %.
    """
    asked = evidence.answers[evidence.answers["item"].isin(list(STAGES))]
    wide = asked.pivot(index="person_id", columns="item", values="value").reindex(evidence.row_of, columns=list(STAGES))
    whole = wide.notna().all(axis=1).to_numpy()
    passed = np.cumprod(wide.to_numpy(dtype=float) >= PASSED, axis=1).sum(axis=1)
    return over_people(
        evidence,
        np.where(whole, passed / len(STAGES), 0),
        whole,
        unit="%",
        factor=100,
        method="Stages passed before the first that is not, over five",
        needs=f"survey items {', '.join(STAGES)}",
    )


def adoption(evidence: Evidence) -> Measured | Missing:
    """Share of people who are recorded as working the new way.

    Formula: people with the outcome "adopted", at whatever time, over people on the staff list; in %.

    Range: 0 to 100; by the last date of the register of outcomes, not for ever.

    Source: Adoption as the share of a population that has taken up an innovation: Rogers (2003, Diffusion of Innovations,
    ch. 1).

    Pitfalls: The register says that somebody took it up, not that it lasted or was worth it. Who joined lately has had less
    time, and whoever is not in the register counts as not having adopted. People take it up from one another, and the
    interval takes them for independent: it is too narrow where it spreads in clusters.

    Example: Of eight people three have the outcome "adopted" and one "left": 3 of 8, 37.5 %.
    """
    adopted = evidence.outcomes.loc[evidence.outcomes["outcome"] == ADOPTED, "person_id"]
    needs = f'outcomes that say who works the new way ("{ADOPTED}")'
    if adopted.empty:
        return Missing(needs)
    return over_people(
        evidence,
        evidence.row_of.isin(adopted),
        np.ones(len(evidence.people)),
        unit="%",
        factor=100,
        method="Share of the staff list",
        needs=needs,
    )


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far small groups may start and others hear of it, as people see it.

    Formula: mean over people of the mean of the items V6a to V6c they answered, 1 to 5 taken as 0 to 100; in score points.

    Range: 0, all answer "not at all true", to 100, all "completely true".

    Source: items of this project, on the scale of agreement; see the questionnaire.

    Pitfalls: Being allowed to start is not starting, and what people hear of may be the talk rather than the result: hold
    it beside who adopted.

    Example: One person answers 4, 4 and 4, which is 75; another answers V6b alone with 2, which is 25: 50.
    """
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(
        readiness,
        READY,
        better=1,
        self_report=True,
        action=Action(
            "Before the next step, ask each unit what it would take to own it: name the next three steps, and free the "
            "hours they need.",
            "sponsor of the change with heads of units",
            30,
            "readiness of each unit, asked again before the next step",
            "where commitment falls while hours are freed: then ask what is wrong with the change itself",
        ),
    ),
    Indicator(
        stages_passed,
        tuple(STAGES),
        better=1,
        self_report=True,
        action=Action(
            "Find the stage at which most people of a unit stop, and answer that one: reasons, gain, training, practice or "
            "backing.",
            "sponsor of the change",
            60,
            "share of people past the stage worked on, asked again",
            "where the stage worked on has not moved after two rounds",
        ),
    ),
    Indicator(
        adoption,
        ("outcomes",),
        better=1,
        self_report=False,
        action=Action(
            "Start with a small team that wants to, show what it gets, and let it bring in the teams it works with.",
            "sponsor of the change",
            90,
            "people recorded as working the new way, month by month",
            "where a month brings fewer than the month before and users give the same reason for staying away",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            "Say in writing what a team may try without asking, and let each trial tell its result to two other teams.",
            "executive team",
            30,
            "score of the three items, and trials begun without being asked for",
            "where trials collide with duties that cannot wait",
        ),
    ),
)
