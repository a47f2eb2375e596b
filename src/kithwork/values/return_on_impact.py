"""Return on impact: What do relationships deliver to clients, inside and outside?"""

from __future__ import annotations

import numpy as np

from kithwork.survey.wording import VALUES
from kithwork.values import asked
from kithwork.values.answers import over_answers
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Action, Indicator
from kithwork.values.persons import over_people
from kithwork.values.survey import agreement

TITLE = "Return on impact"
QUESTION = "What do relationships deliver to clients, inside and outside?"
ITEMS = VALUES["V2"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
SEEN = 2
"""What came of a tie (T9), from which on others could see it: an introduction or decision, or a measurable result."""
HOURS = 100
"""Hours of recorded contact that results are counted for."""
CAME = "survey question T9 (what has come of it) about each person named"


def results(evidence: Evidence) -> Measured | Missing:
    """Share of the relationships people rated of which something came in the past year that others could see.

    Formula: ties rated 2 (an introduction or decision) or 3 (a measurable result) in T9, over all ties rated in T9, summed
    over people; in %.

    Range: 0 to 100 %; 0 where nothing came of any tie beyond useful information, 100 where something did of every one.

    Source: own measure on own question T9; ratio of sums with the bootstrap over people (Efron 1979, Ann. Stat. 7:1),
    stretched for what answers share at both ends (Aronow, Samii & Assenova 2015, Political Analysis 23:564).

    Pitfalls: one side's word, and people see their own results in a kind light. Those named are those who came to mind,
    which are the useful ones. Who names more ties counts for more.

    Example: A rates four ties 0, 1, 2 and 3, B rates two, 0 and 3: something came of 3 of 6 ties, 50 %.
    """
    rated = asked.answers(evidence, "T9")
    return over_answers(
        evidence,
        rated,
        rated.value >= SEEN,
        np.ones(len(rated)),
        unit="%",
        factor=100,
        method="Ties rated, by who rates them",
        needs=CAME,
    )


def help_balance(evidence: Evidence) -> Measured | Missing:
    """Help given to clients less help got from them, over both: -1 only got, +1 only given, as people report it.

    Formula: (gave − got) / (gave + got) over ties to outside parties that are customers, where T8 says 2 (I helped them) or
    3 (both) for gave, 1 (they helped me) or 3 for got, summed over people; an index.

    Range: −1 to 1; 0 where as much help was given as got.

    Source: own measure on own question T8; the form is that of Krackhardt & Stern (1988, Social Psychology Quarterly
    51:123) for ties across and within units.

    Pitfalls: people remember the help they gave better than the help they got, so figures a little above 0 say little.
    Only customers outside are clients here; units that serve other units are not seen. A tie is counted once however much
    help went over it.

    Example: of two clients A says 2 and 3, B says 2 and 4 (neither): help was given on 3 ties and got on 1, so
    (3 − 1) / (3 + 1) = 0.5.
    """
    helped = asked.answers(evidence, "T8")
    helped = helped.where(asked.of_kind(evidence, helped, "customer"))
    gave, got = (helped.by_ego(np.isin(helped.value, said)) for said in (asked.I_HELPED, asked.HELPED_ME))
    return over_people(
        evidence,
        gave - got,
        gave + got,
        unit="index",
        ends=(-1, 1),
        method="Help to and from customers, by who tells of it",
        needs="survey question T8 (who helped whom) about outsiders, and which of them are customers",
        reference=0.0,
        reference_label="as much help got as given",
    )


def results_per_hour(evidence: Evidence) -> Measured | Missing:
    """Relationships of which something came that others could see, for every 100 hours of recorded contact in those rated.

    Formula: 100 · ties to colleagues rated 2 or 3 in T9, over the hours of recorded contact with all colleagues rated in
    T9, summed over people; results per 100 hours.

    Range: 0 and more.

    Source: own measure; where nobody differs, Poisson's interval (Garwood 1936, Biometrika 28:437).

    Pitfalls: a pair without recorded minutes counts 0 hours, so work done face to face or by mail makes results look cheap;
    people without any recorded minutes with those they rate are left out. The question is of the past year, the record may
    be shorter. Time is divided by the others in a meeting. It is no ranking of people: few results need many hours.

    Example: A rates B 2 and C 1, B rates A 3; A and B have 600 minutes of contact, A and C 1,200. A has 1 result in 30
    hours, B 1 in 10: 2 results in 40 hours, 5 per 100 hours.
    """
    rated = asked.answers(evidence, "T9")
    rated = rated.where(rated.colleague)
    if not len(rated):
        return Missing(CAME)
    hours = asked.recorded(evidence, rated, "minutes") / 60
    return over_answers(
        evidence,
        rated,
        (rated.value >= SEEN) & (rated.by_ego(hours) > 0)[rated.ego],
        hours / HOURS,
        unit="per 100 hours",
        ends=None,
        method="Ties rated and minutes recorded, by who rates them",
        needs="collaboration data with the length of contacts between people who answered T9 and those they rated",
    )


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people can name what their relationships deliver to clients.

    Formula: 100 · (mean answer − 1) / 4 of each person over the items V2a, V2b and V2c that were answered, then the mean
    over people; a score from 0 to 100.

    Range: 0 (not at all true, by everybody) to 100 (completely true).

    Source: own items; answers summed as they are (Likert 1932, Archives of Psychology 140).

    Pitfalls: people agree more readily than they should, and tell of what they ought to do. Those who did not answer may
    think otherwise. The items ask of clients that not everybody has.

    Example: A answers 5 and 4, B answers 3: their means are 4.5 and 3, on the scale 87.5 and 50; the score is 68.75.
    """
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(
        results,
        ("interpreters: T9",),
        better=1,
        self_report=True,
        action=Action(
            "Before each meeting with a client write down the one decision or introduction that it is for.",
            "Heads of the units that serve clients",
            60,
            "The share of rated relationships with something to show, asked again of the same people",
            "Stop where two rounds of asking show no higher share than before.",
        ),
    ),
    Indicator(
        help_balance,
        ("interpreters: T8", "parties: kind"),
        better=1,
        self_report=True,
        action=Action(
            "Give each account that we take more from than we give one named offer of help this quarter.",
            "Head of client accounts",
            90,
            "The balance of help with customers, asked again, and the clients' own word on three accounts",
            "Stop for accounts that say they have no use for the help.",
        ),
    ),
    Indicator(
        results_per_hour,
        ("interpreters: T9", "interactions: minutes"),
        better=1,
        self_report=True,
        action=Action(
            "Halve the length of the recurring meetings of which people say that nothing came.",
            "Whoever calls the meeting",
            30,
            "Results per 100 hours in the next record, and whether any decision was late",
            "Go back to the old length where decisions wait longer than before.",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            "Let one client a month tell a team meeting what became of the work done for it.",
            "Team leads",
            60,
            "The score of V2a to V2c in the next survey",
            "Stop where clients decline twice or the score stays within its interval for a year.",
        ),
    ),
)
