"""The so-what effect: Which insights repeat often enough to become products, revenue or savings?"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

from kithwork import replicates
from kithwork.estimates import LEVEL, Estimate, proportion
from kithwork.survey.wording import VALUES
from kithwork.values import studentised
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.incidence import END, OTHER_END, WATCHED, cumulative_incidence
from kithwork.values.indicator import Action, Indicator
from kithwork.values.survey import agreement

TITLE = "The so-what effect"
QUESTION = "Which insights repeat often enough to become products, revenue or savings?"
ITEMS = VALUES["V4"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
FEWEST = 5
"""Entries of the register below which nothing is said."""
IN_TIME = 90
"""Days from being raised within which an idea should have been tried out."""
RIPE = 180
"""Days from being raised after which an idea may be asked what it has brought."""
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
REGISTER = f"a register of at least {FEWEST} ideas"


def tested_in_time(evidence: Evidence) -> Measured | Missing:
    """Share of the ideas on the register that are tried out within 90 days of being raised.

    Formula: 100 · Σ over days s ≤ 90 of S(s−) · d(s)/Y(s), in %. d are the entries first tested on day s after they were
    raised, Y those still open and watched then, S(s−) the share neither tested nor dropped before. An entry is watched
    until the last date on the register; one dropped untested is never tested; one scaled was tested by then at the latest.

    Range: 0 to 100; 100 where every idea is tried out in time.

    Source: Aalen & Johansen (1978), Scand. J. Stat. 5:141; error by bootstrap over entries, Efron (1979), Ann. Stat. 7:1,
    in log odds; where all or none are tested, Wilson (1927) over the entries whose 90 days are known.

    Pitfalls: A test that nobody wrote down counts as none, and a register without a single day of testing gives no figure.
    Ideas that never reach the register are not seen. Fast is not the same as well: a short test of the wrong idea counts.

    Example: Six ideas. One is tested on day 10, one dropped on day 20, one watched for 30 days only, one tested on day 40,
    one on day 120, one still open after 120 days. 1/6 on day 10; then 4/6 are open, and of the 3 still watched 1 is tested
    on day 40: 1/6 + 4/6 · 1/3 = 7/18, which is 38.9 %.
    """
    entries = evidence.opportunities
    if len(entries) < FEWEST:
        return Missing(REGISTER)
    tried = entries[["tested", "scaled"]].min(axis=1)
    if tried.isna().all():
        return Missing("days on which ideas of the register were first tested")
    until = pd.DataFrame({END: tried, OTHER_END: entries["dropped"], WATCHED: _last(entries)})
    days = until.sub(entries["raised"], axis=0).apply(_whole_days).to_numpy()
    first = np.nanargmin(days, axis=1)
    fate, days = until.columns.to_numpy()[first], days[np.arange(len(days)), first]
    found = cumulative_incidence(days, fate, IN_TIME, np.ones((1, len(days)), dtype=int))[0]
    if np.isnan(found):
        return Missing(f"a register of ideas that goes back {IN_TIME} days from its last date")
    counts = replicates.counts(len(entries), evidence.settings.values.resamples, evidence.rng)
    draws = cumulative_incidence(days, fate, IN_TIME, counts)
    known = int(((fate != WATCHED) | (days >= IN_TIME)).sum())
    estimate = _share(found, draws, len(entries), known)
    method = "Aalen & Johansen (1978), dropping competes; bootstrap over entries (Efron 1979), log odds"
    return Measured(estimate, "%", method, people=_people(entries, evidence.people))


def repeated(evidence: Evidence) -> Measured | Missing:
    """Share of the ideas on the register whose problem was raised from at least two independent sources.

    Formula: 100 · entries whose problem has two sources or more, over all entries that name a problem, in %. The source of
    an entry is the party it came from; of one that came from no party, the unit of the person who raised it. Each party
    counts once, and so do all people of one unit together.

    Range: 0 to 100.

    Source: Own; independence as in triangulation, Denzin (1970), The Research Act; error by bootstrap over problems, whose
    entries stay together, Efron (1979), Ann. Stat. 7:1, in log odds; where all or none are repeated, Wilson (1927) over the
    problems.

    Pitfalls: It rests on the client calling the same problem by the same word. Two units that sit together, or two parties
    that read the same news, are taken for independent. An entry of which neither party nor unit is known adds no source.

    Example: Six ideas. "Leaks" comes from a customer once and twice from people of one unit: two sources, three entries.
    "Noise" comes twice from people of one unit, "dust" once: one source each. 3 of 6 is 50 %.
    """
    entries = evidence.opportunities
    if len(entries) < FEWEST:
        return Missing(REGISTER)
    unit = entries["person_id"].map(evidence.people.set_index("person_id")["unit"])
    source = ("party " + entries["party_id"]).fillna("unit " + unit)
    entries = entries.assign(source=source)[entries["problem"].notna()]
    if len(entries) < FEWEST or entries["source"].isna().all():
        return Missing(f"a register of at least {FEWEST} ideas with the problem of each and who or what party raised it")
    problems = entries.groupby("problem").agg(entries=("raised", "size"), sources=("source", "nunique"))
    again = problems["entries"].where(problems["sources"] >= 2, 0)
    counts = replicates.counts(len(problems), evidence.settings.values.resamples, evidence.rng)
    sums = replicates.sums(counts, np.column_stack([again, problems["entries"]]))
    estimate = _share(again.sum() / len(entries), sums[:, 0] / sums[:, 1], len(entries), len(problems))
    method = "Counted; bootstrap over problems (Efron 1979), log odds"
    return Measured(estimate, "%", method, people=_people(entries, evidence.people))


def realised(evidence: Evidence) -> Measured | Missing:
    """Value that ideas have brought so far, as a share of what was expected of them when they were raised.

    Formula: 100 · Σ value realised / Σ value expected, in %, over entries raised at least 180 days before the last date on
    the register that state what was expected. Entries that were dropped count as nothing realised, as do those that have
    brought nothing yet.

    Range: 0 upwards; 100 is as much as was expected.

    Source: Own; ratio of sums with the studentised bootstrap over entries, Hall (1988), Ann. Stat. 16:927; where all bring
    the same share, as none at all, Garwood (1936), Biometrika 28:437. Dropped entries are kept, since success counted among
    survivors alone is overstated.

    Pitfalls: Both values are the client's own estimates, and the same person may have made them. A few large ideas carry
    the sum; the interval shows it. Young ideas among those counted may still bring more. A register in which nothing is
    noted as realised gives no figure.

    Example: Five ideas raised 200 days ago or earlier were expected to bring 100, 200, 300, 100 and 300, in all 1000. The
    first has brought 50, the second 400, the third and fifth nothing yet, the fourth was dropped: 450/1000 is 45 %. A
    sixth, raised 30 days ago, does not count.
    """
    entries = evidence.opportunities
    ripe = (_last(entries) - entries["raised"]) >= pd.Timedelta(days=RIPE)
    entries = entries[ripe & (entries["expected"] > 0)]
    if len(entries) < FEWEST or entries["realised"].isna().all():
        return Missing(
            f"a register of at least {FEWEST} ideas raised {RIPE} days ago or earlier, with the value expected and realised"
        )
    brought = entries["realised"].fillna(0).where(entries["dropped"].isna(), 0)
    counts = replicates.counts(len(entries), evidence.settings.values.resamples, evidence.rng)
    estimate = studentised.ratio(brought, entries["expected"], counts).times(100)
    method = "Ratio of sums; studentised bootstrap over entries (Hall 1988); of one share for all, Garwood (1936)"
    return Measured(estimate, "%", method, 100.0, "what was expected", people=_people(entries, evidence.people))


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far ideas here are judged by who would use them, and repeated.

    Formula: 100 · mean over people of (mean of their answers to V4a, V4b and V4c − 1)/4, a score.

    Range: 0 (not at all) to 100 (fully).

    Source: Own items; bootstrap over people, Efron (1979), Ann. Stat. 7:1.

    Pitfalls: It is what people say of the place, not what is done there. Those who put forward no idea have no last idea
    to judge by.

    Example: One person answers 1 and 3, another 4: their means 2 and 4 are 25 and 75, together 50.
    """
    return agreement(evidence, ITEMS)


def _people(entries: pd.DataFrame, staff: pd.DataFrame) -> int:
    """People the figure could reveal something about: those who raised these entries, as what becomes of an idea is told of
    whoever raised it; all of the staff list where the entries name nobody, as any of them may have raised each."""
    return entries["person_id"].nunique() or len(staff)


def _last(entries: pd.DataFrame) -> pd.Timestamp:
    """The last date on the register, until when its entries are watched."""
    return entries[["raised", "tested", "scaled", "dropped"]].max().max()


def _whole_days(lasted: pd.Series) -> pd.Series:
    """Durations in days, rounded, as a clock put forward in between does not count; none is below 0, which an hour beside a
    day alone would give."""
    return (lasted.dt.total_seconds() / 86_400).round().clip(lower=0)


def _share(found: float, draws: np.ndarray, n: int, known: int) -> Estimate:
    """A share in %, its interval symmetric in log odds, which covers better than percentiles where entries are few or the
    share is near an end; where resampling cannot move it off 0 or 1, Wilson's over the `known`."""
    if np.isclose(found, [0, 1], atol=1e-12).any():
        bounds = proportion(round(found) * known, known)
        return Estimate(float(round(found)), bounds.low, bounds.high, n).times(100)
    middle, error = np.log(found / (1 - found)), np.nanstd(draws) / (found * (1 - found))
    low, high = (float(1 / (1 + np.exp(-(middle + side * Z * error)))) for side in (-1, 1))
    return Estimate(float(found), low, high, n).times(100)


INDICATORS = (
    Indicator(
        tested_in_time,
        ("opportunities: raised, tested, dropped",),
        better=1,
        self_report=False,
        action=Action(
            "Give every idea that is open for more than 60 days a small test with one owner, or close it with a reason.",
            "head of innovation",
            90,
            "share of ideas tested within 90 days, from the same register",
            "Stop if most tests end without anything learned that changes what is done with the idea.",
        ),
    ),
    Indicator(
        repeated,
        ("opportunities: problem, person, party",),
        better=1,
        self_report=False,
        action=Action(
            "Before an idea is funded, ask one more unit or outside party whether it has the problem, and note the answer.",
            "owner of the register",
            30,
            "share of ideas whose problem has two independent sources",
            "Stop if the second source is asked for form's sake and never says no.",
        ),
    ),
    Indicator(
        realised,
        ("opportunities: raised, expected, realised, dropped",),
        better=1,
        self_report=False,
        action=Action(
            "Compare value realised with value expected for the ten largest ideas, and correct how value is estimated.",
            "head of finance",
            60,
            "value realised as a share of value expected, for ideas older than 180 days",
            "Change the rule of estimating, not the figures, if the share stays apart from 100 % after two reviews.",
        ),
    ),
    Indicator(
        as_answered,
        tuple(ITEMS),
        better=1,
        self_report=True,
        action=Action(
            "Answer everybody who put forward an idea within 30 days: taken up, tested, or closed, and why.",
            "line managers",
            30,
            "score of the same three items in the next survey",
            "Change the way of answering if people who got one say no more often than others that they know the outcome.",
        ),
    ),
)
