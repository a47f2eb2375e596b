"""What the quality of the data means for the findings, in sentences made from figures by rule.

A share stands in a sentence as the id of its claim in braces, so that chapter and report print one and the same figure; a
sentence whose claim may not be shown is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kithwork.cleaning.claims import CAREFUL, SIGNS, steps, unseen
from kithwork.cleaning.survey.weights import design_effect, effective_n
from kithwork.tables import LIMITS

if TYPE_CHECKING:
    import pandas as pd

ENOUGH = 60
"""% answering below which the network measures of single people are not to be relied on; how far such measures move as
people drop out of the data was shown by Costenbader & Valente (2003, Social Networks 25:283)."""

FEW_POINTS = 1
"""Points of 100 by which a mean may move before it is told."""

MANY_REFUSED = 0.02
"""Share of a source's rows refused from which it is told."""

ERROR = 0.05
"""Share of studies without any pattern in what is absent in which one would be told (Bonferroni over scales)."""

CLAIM = re.compile(r"\{([^}]+)\}")
"""A claim's id in a sentence."""


def limits(tables: Mapping[str, pd.DataFrame], shown: pd.DataFrame) -> pd.DataFrame:
    """The table `limits`: of the survey, of recorded contact, and of rows refused. `shown`: claims that may be shown."""
    import pandas as pd

    by_id = shown.set_index("id")
    texts = [*_of_the_survey(tables, by_id), *_of_contact(tables, by_id), *_of_rows(tables["intake"])]
    return LIMITS.checked(pd.DataFrame({"number": range(1, len(texts) + 1), "text": texts}))


def told(limits: pd.DataFrame, shown: pd.DataFrame) -> list[str]:
    """The sentences with their figures, as plain text."""
    by_id = shown.set_index("id")
    return [CLAIM.sub(lambda found: _figure(by_id.loc[found[1]]), text) for text in limits["text"]]


def _figure(claim: pd.Series) -> str:
    return f"{claim['estimate']:.0f}% (95% interval {claim['low']:.0f} to {claim['high']:.0f}%, n = {claim['n']:,})"


def _of_the_survey(tables: Mapping[str, pd.DataFrame], shown: pd.DataFrame) -> Iterator[str]:
    if tables["response"].empty:
        yield "No answers to a questionnaire were brought: what people think is not known."
        return
    if "clean.responded" in shown.index:
        yield "{clean.responded} of those invited answered."
        if shown.loc["clean.responded", "low"] < ENOUGH:
            yield "So few answered, or may have, that single people's places in the network are not to be relied on."
    if "clean.careless" not in shown.index:
        yield "Too few answered to show anything else of the survey."
        return
    weight = tables["weights"]["weight"].to_numpy()
    if (effect := design_effect(weight)) > 1:
        yield (
            f"Weighting the respondents to the staff list would leave {effective_n(weight):.0f} of {len(weight)} in effect "
            f"(design effect {effect:.2f})."
        )
    yield from _of_the_careless(tables["careless"], tables["scale_means"], shown)
    tests = tables["gap_tests"]["p"].dropna()
    if patterned := int((tests * len(tests) < ERROR).sum()):
        yield f"On {patterned} of {len(tests)} scales answers are not absent by chance alone (Little's test)."
    elif len(tests):
        yield f"On none of {len(tests)} scales does Little's test find that answers are absent other than by chance."


def _of_the_careless(careless: pd.DataFrame, means: pd.DataFrame, shown: pd.DataFrame) -> Iterator[str]:
    if lacking := unseen(careless):
        looked = f"Careless answers were looked for by {len(SIGNS) - len(lacking)} of {len(SIGNS)} signs"
        yield f"{looked}; the data could not show {' or '.join(lacking)}."
    if not careless["flagged"].any():
        yield "Nobody seems to have answered carelessly: nobody shows two of the signs."
        return
    means = means[("clean.scale_" + means["scale"] + f".{CAREFUL}").isin(shown.index)]
    moved = (means["mean"] - means["mean_kept"]).abs().max()
    if moved >= FEW_POINTS:
        yield f"Without those who seem to have answered carelessly, a scale's mean moves by {moved:.0f} of 100 points."
    elif len(means):
        yield f"Whoever seems to have answered carelessly moves no scale's mean by {FEW_POINTS} of 100 points."
    else:
        yield "Too few seem to have answered carelessly to show how far they move a scale's mean."


def _of_contact(tables: Mapping[str, pd.DataFrame], shown: pd.DataFrame) -> Iterator[str]:
    if tables["filters"].empty:
        yield "No contact was recorded: how often people are in touch is not known."
        return
    if "clean.kept" in shown.index:
        yield "{clean.kept} of the records of contact say something of a relationship, and were kept."
    told = steps(tables["filters"])
    most = told.loc[told["taken"].idxmax()]
    if most["taken"]:
        part = "Most" if most["taken"] > told["taken"].sum() / 2 else "The largest part"
        yield f"{part} of the rest was set aside by the step “{most['step']}”: {most['taken']:,} records."
    timed = tables["arrivals"].dropna(subset="week").query("kept > 0")
    if timed.empty:
        yield "No record says when contact was: nothing can be said of rhythm, working hours or change over time."
        return
    yield f"Contact is known from the week of {timed['week'].min():%-d %B %Y} to that of {timed['week'].max():%-d %B %Y}."
    for claim, sentence in {
        "clean.light": "In {clean.light} of their weeks people hardly appear in the records: what they do is elsewhere.",
        "clean.leave": "In {clean.leave} of their weeks people appear to be away.",
        "clean.clock": "The clocks of {clean.clock} of people ran hours off and were set right.",
    }.items():
        if claim in shown.index and shown.loc[claim, "estimate"] > 0:
            yield sentence


def _of_rows(intake: pd.DataFrame) -> Iterator[str]:
    rows = intake.groupby("source")[["rows_in", "rows_refused"]].sum()
    many = rows[rows["rows_refused"] > MANY_REFUSED * rows["rows_in"]]
    told = [f"{one.rows_refused:,} of {one.rows_in:,} of {one.Index}" for one in many.itertuples()]
    if told:
        yield f"Rows refused, those that repeat others included: {', '.join(told)}."
