"""What the quality of the data means for the findings, in sentences made from figures by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kithwork.cleaning.survey.weights import design_effect, effective_n

if TYPE_CHECKING:
    import pandas as pd

ENOUGH = 0.6
"""Share answering below which the network measures of single people are not to be relied on; how far such measures move as
people drop out of the data was shown by Costenbader & Valente (2003, Social Networks 25:283)."""

FEW_POINTS = 1
"""Points of 100 by which a mean may move before it is told."""


def limits(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """The limits, of the survey and then of recorded contact."""
    return [*_of_the_survey(tables), *_of_contact(tables)]


def _of_the_survey(tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    response = tables["response"]
    if response.empty:
        yield "Nobody was asked: nothing here rests on a survey."
        return
    whole = response[response["grouping"] == "all"].iloc[0]
    low, high = whole["low"], whole["high"]
    yield f"{whole['share']:.0%} of those invited answered (95% interval {low:.0%} to {high:.0%})."
    if low < ENOUGH:
        yield f"With fewer than {ENOUGH:.0%} answering, measures of single people's place in the network are not reliable."
    weight = tables["weights"]["weight"].to_numpy()
    if (effect := design_effect(weight)) > 1:
        yield (
            f"Weighting the respondents to the staff list would leave {effective_n(weight):.0f} of {len(weight)} in effect "
            f"(design effect {effect:.2f})."
        )
    means = tables["scale_means"].dropna(subset="mean_kept")
    moved = (means["mean"] - means["mean_kept"]).abs().max()
    if moved >= FEW_POINTS:
        yield f"Without those who seem to have answered carelessly, a scale's mean moves by {moved:.0f} of 100 points."
    elif len(means):
        yield f"Whoever seems to have answered carelessly moves no scale's mean by {FEW_POINTS} of 100 points."


def _of_contact(tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    steps = tables["filters"]
    if steps.empty:
        yield "No contact was recorded: how often people are in touch is not known."
        return
    first, last = steps.iloc[0], steps.iloc[-1]
    share = last["kept"] / max(first["kept"], 1)
    yield f"{share:.0%} of the records of contact say something of a relationship, and were kept."
    taken = steps.loc[steps["taken"].idxmax()]
    if taken["taken"]:
        yield f"Most of the rest was set aside by the step “{taken['step']}”: {taken['taken']:,} records."
    timed = tables["arrivals"].dropna(subset="week").query("kept > 0")
    if timed.empty:
        yield "No record says when contact was: nothing can be said of rhythm, working hours or change over time."
        return
    yield f"Contact is known from the week of {timed['week'].min():%-d %B %Y} to that of {timed['week'].max():%-d %B %Y}."
    states = tables["person_weeks"]["state"].value_counts(normalize=True)
    if light := states.get("light", 0):
        yield f"In {light:.0%} of their weeks people hardly appear in the records: what they do is elsewhere."
    if away := states.get("leave", 0):
        yield f"In {away:.0%} of their weeks people appear to be away."
    if wrong := tables["clocks"]["person_id"].nunique():
        yield f"The clocks of {wrong} people ran hours off and were set right."
