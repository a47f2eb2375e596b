"""Market insights: What does the network tell us about the market, and when?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import LEVEL, Estimate, proportion
from kithwork.network.outside import known_to
from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Action, Indicator
from kithwork.values.persons import over_people
from kithwork.values.survey import agreement

if TYPE_CHECKING:
    from scipy import sparse

TITLE = "Market insights"
QUESTION = "What does the network tell us about the market, and when?"
ITEMS = VALUES["V3"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
OUTSIDE = "names of organisations outside, given in the survey, with a list of them that says what each is"


def listening(evidence: Evidence) -> Measured | Missing:
    """Share of people who name at least one organisation outside.

    Formula: people who answered the survey and name a party on the list, over those who answered it; in %. Where it is not
    known who did, those answered who named anybody or answered an item and, where no direction was recorded, those named.
    Parties whose kind nobody has said yet do not count.

    Range: 0 to 100; at 0 nobody has an ear outside, at 100 everybody has one. How many the work calls for is the
    organisation's to say.

    Source: Aldrich & Herker (1977, Acad. Manage. Rev. 2:217) on people at an organisation's boundary; names by a name
    generator (Marsden 1990, Annu. Rev. Sociol. 16:435).

    Pitfalls: It counts who has a tie, not what is heard through it or passed on. A name generator that stops at few names
    fills up with colleagues, so that those with many of them seem to have nobody outside.

    Example: Five people are asked. One names a customer and a supplier, one names that customer, two name colleagues only,
    and one names nobody but answers the items: 2 of 5, 40 %.
    """
    held = known_to(evidence.nominations, evidence.people, evidence.parties).sum(axis=1)
    if not held.any():
        return Missing(OUTSIDE)
    ends = ["ego_id"] if evidence.settings.engagement.directed else ["ego_id", "alter_id"]
    known = np.append(evidence.nominations[ends].to_numpy().ravel(), evidence.answers["person_id"])
    asked = evidence.row_of.isin(evidence.responses["person_id"] if len(evidence.responses) else known)
    return over_people(
        evidence,
        (held > 0) & asked,
        asked,
        unit="%",
        factor=100,
        method="Share of those asked who name a party",
        needs=OUTSIDE,
    )


def diversity(evidence: Evidence) -> Measured | Missing:
    """Chance that two ties outside, held by two people, end at two different organisations.

    Formula: 1 - Σ_p c_p (c_p - 1) / (T² - Σ_i d_i²), with c_p people who name party p, d_i parties that person i names and
    T ties in all; in %. Only pairs of ties of two different people count, so that a long list is not its own echo. The
    interval is by the jackknife over people (Miller 1974), on the logarithm of the chance that the two end at one party.

    Range: 0, all ties end at one party, to 100, no two people name the same one; of P parties named alike often, by
    chance, about 100 (1 - 1/P).

    Source: Simpson (1949, Nature 163:688); Hurlbert (1971, Ecology 52:577), who reads it as the chance that two encounters
    are with different kinds; unbiased for the number of people drawn.

    Pitfalls: Different parties may tell the same news, and two people at one customer may hear different things. It says
    nothing of who is missing altogether: see the kinds of party covered. Near 100 it also means that most parties hang on
    one person.

    Example: Three people: the first names P and Q, the second P, the third R. T = 4, T² - Σ d² = 16 - 6 = 10, and only P is
    named by two: 2 of 10, so 80 %.
    """
    held = known_to(evidence.nominations, evidence.people, evidence.parties)
    alike, pairs = _echoes(held)
    if pairs == 0:
        return Missing(f"{OUTSIDE}, by at least two people")
    same = _chance_alike(held, alike, pairs)
    return Measured(
        Estimate(100 * (1 - same.estimate), 100 * (1 - same.high), 100 * (1 - same.low), same.n),
        "%",
        "Pairs of ties of two people (Hurlbert 1971); jackknife over people (Miller 1974)",
    )


def single_thread(evidence: Evidence) -> Measured | Missing:
    """Share of the organisations outside that anybody names which are named by one person only.

    Formula: parties that one person names, over parties that at least one names; in %. The parties are the cases; the
    interval is Wilson's over them.

    Range: 0, every party is known to two people or more, to 100, each hangs on one.

    Source: Our own count, after the risk of relationships that leave with the person who holds them (Bendapudi & Leone
    2002, J. Mark. 66:83).

    Pitfalls: People name few of those they know, so that a second thread may be there and unnamed: the share is an upper
    bound as far as names are incomplete. It does not weigh parties by what they mean to the business. Counted are people
    of the staff list only.

    Example: Four people name three parties: P is named by two, Q by one and R by one. Two of three, 66.7 %.
    """
    by = known_to(evidence.nominations, evidence.people, evidence.parties).sum(axis=0)
    known = int((by > 0).sum())
    if known == 0:
        return Missing(OUTSIDE)
    return Measured(
        proportion(int((by == 1).sum()), known).times(100),
        "%",
        "Share of the parties named; Wilson interval (Wilson 1927)",
        people=len(evidence.people),
    )


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far market news reaches those who can use it, as people see it.

    Formula: mean over people of the mean of the items V3a to V3c they answered, 1 to 5 taken as 0 to 100; in score points.

    Range: 0, all answer "not at all true", to 100, all "completely true".

    Source: items of this project, on the scale of agreement; see the questionnaire.

    Pitfalls: It is what people say of themselves and their team. Those who hear nothing cannot miss it; hold it beside what
    is named and recorded.

    Example: One person answers 2, 3 and 4, mean 3, which is 50; another answers V3a alone with 5, which is 100: 75.
    """
    return agreement(evidence, ITEMS)


def _echoes(held: sparse.csr_array) -> tuple[float, float]:
    """Ordered pairs of ties of two people: those to one party, and all. `held`: people × parties, 0/1."""
    by_party, by_person = held.sum(axis=0), held.sum(axis=1)
    return float((by_party * (by_party - 1)).sum()), float(by_person.sum() ** 2 - (by_person**2).sum())


def _chance_alike(held: sparse.csr_array, alike: float, pairs: float) -> Estimate:
    """Chance that the two end at one party, n those who hold a tie.

    Where no pair does, or all do, leaving people out moves nothing: then Wilson's interval over as many pairs of people as
    have nobody in common, half as many as hold a tie.
    """
    from scipy.stats import t

    by_party, by_person = held.sum(axis=0), held.sum(axis=1)
    who = by_person > 0
    n, same = int(who.sum()), alike / pairs
    if same in (0, 1):
        bare = proportion(round(same) * (n // 2), n // 2)
        return Estimate(same, bare.low, bare.high, n)
    without = alike - 2 * (held @ (by_party - 1))[who]
    left = pairs - 2 * by_person[who] * (by_person.sum() - by_person[who])
    known = left > 0
    found = without[known] / left[known]
    error = np.sqrt((n - 1) / n * ((found - found.mean()) ** 2).sum())
    factor = float(np.exp(t.ppf((1 + LEVEL) / 2, n - 1) * error / same))
    return Estimate(same, same / factor, min(same * factor, 1), n)


INDICATORS = (
    Indicator(
        listening,
        ("nominations", "parties"),
        better=1,
        self_report=True,
        action=Action(
            "Ask each unit with nobody outside to name one person who keeps a customer, supplier or partner in sight.",
            "heads of units",
            60,
            "share of people who name an organisation outside, asked again",
            "after two rounds in which what was heard outside changed no plan",
        ),
    ),
    Indicator(
        diversity,
        ("nominations", "parties"),
        better=1,
        self_report=True,
        action=Action(
            "Where several people look to the same organisation, let all but two of them take up another that nobody "
            "follows.",
            "head of sales or market",
            60,
            "chance that two ties outside end at different organisations, asked again",
            "as soon as an organisation that matters is left with one person",
        ),
    ),
    Indicator(
        single_thread,
        ("nominations", "parties"),
        better=-1,
        self_report=True,
        action=Action(
            "For each organisation that matters and is known to one person, have that person introduce a second.",
            "account holders and their managers",
            30,
            "share of organisations named that one person alone names",
            "where the organisation outside asks for one contact only",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            "Give what was heard outside ten minutes of a weekly meeting, and write down who can use each piece of it.",
            "heads of units",
            30,
            "score of the three items, and pieces of news that somebody took up",
            "after eight weeks without a piece of news taken up",
        ),
    ),
)
