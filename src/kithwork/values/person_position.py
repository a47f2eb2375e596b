"""The person versus the position: Does the network belong to the person or to the seat?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.estimates import from_draws
from kithwork.survey.wording import VALUES
from kithwork.values import asked
from kithwork.values.answers import over_answers
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Action, Indicator
from kithwork.values.persons import over_people
from kithwork.values.survey import agreement

TITLE = "The person versus the position"
QUESTION = "Does the network belong to the person or to the seat?"
ITEMS = VALUES["V9"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
LIKELY = 4
"""Answer to T2, from which on the two will likely still be in touch a year after the work link ends."""
AUTHORITY, CLARITY = "V9b", "PE3"
"""The items on holding the authority one needs, and on knowing what success would look like."""


def beyond_role(evidence: Evidence) -> Measured | Missing:
    """Share of the differences in people's number of ties that their role does not account for.

    Formula: 1 − ε² = (SSW / (n − g)) / (SST / (n − 1)) of the number of ties of n people in g roles, at most 1; in %.

    Range: 0 (the role says it all) to 100 % (the role says nothing).

    Source: the adjusted share of variance in a one-way layout (Kelley 1935, PNAS 21:554); bootstrap over people (Efron
    1979, Ann. Stat. 7:1).

    Pitfalls: roles as the client words them may be too fine or too coarse. A number of ties is not what they are worth. One
    person's tie is another's too, so that the interval is somewhat narrow.

    Example: two leads have 4 and 3 ties, four others 1, 1, 2 and 1. SSW is 1.25 over 4 degrees of freedom, SST 8 over 5:
    0.3125 / 1.6, 20 %.
    """
    known = evidence.people["role"].notna().to_numpy()
    roles = pd.factorize(evidence.people.loc[known, "role"])[0]
    held = evidence.portfolios.set_index("person_id").loc[evidence.people["person_id"], "ties"].to_numpy()[known]
    if evidence.ties.empty:
        return Missing("ties between people")
    if np.isnan(unexplained(held, roles)) or len(np.unique(roles)) < 2:
        return Missing("a staff list with roles that several people share")
    rng, resamples = evidence.rng, evidence.settings.values.resamples
    picks = rng.integers(0, len(held), (resamples, len(held)))
    drawn = np.array([unexplained(held[pick], roles[pick]) for pick in picks])
    figure = from_draws(unexplained(held, roles), drawn, len(held))
    return Measured(figure.times(100), "%", "1 - epsilon squared of ties by role (Kelley 1935); bootstrap over people")


def unexplained(values: np.ndarray, groups: np.ndarray) -> float:
    """1 - ε², the part of the variance between people that groups leave unexplained: (SSW/(n-g)) / (SST/(n-1)), at most 1.

    ε² is the adjusted R² of a one-way layout (Kelley 1935, PNAS 21:554), unbiased where η² is not.
    """
    values = np.asarray(values, dtype=float)
    codes, sizes = np.unique(groups, return_inverse=True, return_counts=True)[1:]
    n, g = len(values), len(sizes)
    if n <= g:
        return float("nan")
    means = np.bincount(codes, values) / sizes
    within = ((values - means[codes]) ** 2).sum()
    total = ((values - values.mean()) ** 2).sum()
    if total == 0:
        return float("nan")
    return float(min(within / (n - g) / (total / (n - 1)), 1.0))


def outlasting(evidence: Evidence) -> Measured | Missing:
    """Share of the relationships people rated that they would likely keep up if the work link ended.

    Formula: ties rated 4 or 5 in T2 (likely still in touch after a year), over all ties rated in T2, summed over people;
    in %.

    Range: 0 (all belong to the seat) to 100 % (all belong to the person).

    Source: own measure on own question T2; resources of a position and of a person are told apart after Lin (2001, Social
    Capital, ch. 3).

    Pitfalls: it is what people expect, and more are out of touch after a year than expect to be. Who names more ties counts
    for more. Those named are closer than those who are not.

    Example: A rates two ties 5 and 2, B rates three, 4, 1 and 3: 2 of 5 ties, 40 %.
    """
    rated = asked.answers(evidence, "T2")
    return over_answers(
        evidence,
        rated,
        rated.value >= LIKELY,
        np.ones(len(rated)),
        unit="%",
        factor=100,
        method="Ties rated, by who rates them",
        needs="survey question T2 (likely to stay in touch) about each person named",
    )


def authority_gap(evidence: Evidence) -> Measured | Missing:
    """Authority people say they hold, less how clearly they know what is expected, in points of the five-point scale.

    Formula: answer to V9b (I hold the authority my responsibilities call for) less answer to PE3 (I know what success would
    look like) of each person who answered both, then the mean over people; scale points.

    Range: −4 (all know what is wanted, nobody may do it) to 4 (the other way round); 0 where the two keep step.

    Source: that authority go with responsibility is Fayol's rule (1916); that what is expected be clear, Rizzo, House &
    Lirtzman's (1970, Administrative Science Quarterly 15:150). The difference is within persons, so that who agrees with
    everything counts 0.

    Pitfalls: the two items need not be equally easy to agree with, so small differences say little. Figures above 0 are no
    merit as such: authority without knowing what for. A difference of two answers is less reliable than each.

    Example: A answers 2 to V9b and 4 to PE3, B 4 and 4, C 3 and 4: −2, 0 and −1, in the mean −1.
    """
    wide = evidence.answers[evidence.answers["item"].isin([AUTHORITY, CLARITY])]
    wide = wide.pivot(index="person_id", columns="item", values="value").reindex(
        evidence.row_of, columns=[AUTHORITY, CLARITY]
    )
    gap = (wide[AUTHORITY] - wide[CLARITY]).to_numpy()
    return over_people(
        evidence,
        np.nan_to_num(gap),
        ~np.isnan(gap),
        unit="scale points",
        ends=(-4, 4),
        method="Mean difference within persons",
        needs=f"survey items {AUTHORITY} and {CLARITY}",
        reference=0.0,
        reference_label="authority in step with clarity",
    )


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people hold the authority their responsibilities call for.

    Formula: 100 · (mean answer − 1) / 4 of each person over the items V9a, V9b and V9c that were answered, then the mean
    over people; a score from 0 to 100.

    Range: 0 (not at all true, by everybody) to 100 (completely true).

    Source: own items; answers summed as they are (Likert 1932, Archives of Psychology 140).

    Pitfalls: the items ask of one's outcome, one's authority and of being listened to, which need not go together. People
    agree more readily than they should. Those who did not answer may think otherwise.

    Example: A answers 5 and 4, B answers 3: their means are 4.5 and 3, on the scale 87.5 and 50; the score is 68.75.
    """
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(
        beyond_role,
        ("staff: role", "ties"),
        better=1,
        self_report=False,
        action=Action(
            "Let people bring a question to anyone who knows, whatever the role, and say so in the next all-hands.",
            "Management team",
            90,
            "The share of differences in ties that roles leave open, in the next network",
            "Stop where those who know most say that they are asked too often.",
        ),
    ),
    Indicator(
        outlasting,
        ("interpreters: T2",),
        better=1,
        self_report=True,
        action=Action(
            "Have each relationship that would end with a job introduced to a second person who keeps it.",
            "Heads of units",
            60,
            "The share of relationships likely to last, asked again, and of those with a second keeper",
            "Stop where the other side says that one contact is enough.",
        ),
    ),
    Indicator(
        authority_gap,
        (AUTHORITY, CLARITY),
        better=1,
        self_report=True,
        action=Action(
            "Move one kind of decision to the people who know what it should achieve, and write down its limits.",
            "Management team",
            60,
            "The mean gap in the next survey, and how long such decisions take",
            "Take the decision back where two in a row overstep the limits.",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            "Have each person write in one sentence the outcome the job is for, and settle it with the manager.",
            "Team leads",
            30,
            "The score of V9a to V9c in the next survey",
            "Stop where everybody has the sentence and the score stays within its interval.",
        ),
    ),
)
