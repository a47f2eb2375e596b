"""The settings of each chapter, with the range of every number. What they mean stands beside them in `params.yaml`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from kithwork.engagement import BadRows
from kithwork.errors import nearest
from kithwork.setting import KINDS, Days, Hours, Kind, Logs, Name, Range, RefusedError, Share, Shares, Strict

SECTIONS = Path(__file__).parent / "report" / "sections"
"""Where the report's sections are, one file each."""

VALUES = Path(__file__).parent / "values"
"""Where the ten values are, one file each."""


class Survey(Strict):
    """What counts as a sign of careless answers, and how respondents are weighted to the staff list."""

    fewest_answers: Annotated[int, Field(ge=5, le=1000)]
    longest_run: Annotated[float, Field(ge=0.2, le=1)]
    least_spread: Annotated[float, Field(ge=0, le=2)]
    most_repeated: Annotated[float, Field(ge=0.5, le=1)]
    distance_rate: Annotated[float, Field(ge=0, le=0.2)]
    least_consistency: Annotated[float, Field(ge=-1, le=1)]
    seconds_per_answer: Annotated[float, Field(ge=0, le=20)]
    twin_answers: Annotated[int, Field(ge=5, le=1000)]
    margins: list[Literal["unit", "role", "site"]]
    smallest_cell: Annotated[int, Field(ge=1, le=100)]
    weight_range: Annotated[list[Annotated[float, Field(gt=0, le=100)]], Field(min_length=2, max_length=2)]

    @model_validator(mode="after")
    def _weights_may_be_one(self) -> Survey:
        low, high = self.weight_range
        if not low <= 1 <= high:
            raise ValueError(f"weight_range: {low} to {high} does not hold 1, the weight of all where none is needed")
        return self


class Clean(Strict):
    bad_rows: BadRows
    broadcast_above: Annotated[int, Field(ge=2, le=1_000)]
    working_hours: Hours
    working_days: Days
    light_user: Annotated[float, Field(ge=0, le=1_000)]
    survey: Survey


class Word(Strict):
    """How far a person's word on a tie goes where too few pairs can tell: chances, as ranges, that a tie of a kind is
    called so, and that one which is not."""

    says: Range
    wrongly: Range

    @model_validator(mode="after")
    def _ranges_are_apart(self) -> Word:
        if not self.wrongly[0] <= self.wrongly[1] < self.says[0] <= self.says[1]:
            raise ValueError(f"word: wrongly {self.wrongly} should lie below says {self.says}, each from low to high")
        return self


class Ties(Strict):
    draws: Annotated[int, Field(ge=100, le=10_000)]
    seed: Annotated[int, Field(ge=0)]
    strong_contact_quantile: Share
    bridge_quantile: Share
    told_apart_at: Annotated[float, Field(ge=0.5, le=1)]
    word: Word


class People(Strict):
    most_segments: Annotated[int, Field(ge=1, le=8)]
    resamples: Annotated[int, Field(ge=20, le=5_000)]
    seed: Annotated[int, Field(ge=0)]
    fewest_ties: Annotated[int, Field(ge=1)]


def indicators() -> list[str]:
    """Every indicator, as `value.indicator`, read off the values' files: importing them would take long."""
    texts = {path.stem: path.read_text(encoding="utf-8").partition("\nINDICATORS = ")[2] for path in VALUES.glob("*.py")}
    return [f"{value}.{name}" for value, text in texts.items() for name in re.findall(r"\bIndicator\(\s*(\w+)", text)]


def _are_of_indicators(weights: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    known = indicators()
    unknown = [name for value, of in weights.items() for name in (f"{value}.{one}" for one in of) if name not in known]
    if unknown:
        what = f"names no indicator: {', '.join(unknown)}"
        raise RefusedError(what, " ".join(dict.fromkeys(nearest(name, known) for name in unknown)))
    return weights


Weight = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Values(Strict):
    """`weights`: of the indicators in their value's composite, by value and indicator; 1 where none is stated."""

    resamples: Annotated[int, Field(ge=100, le=20_000)]
    seed: Annotated[int, Field(ge=0)]
    weights: Annotated[dict[str, dict[str, Weight]], AfterValidator(_are_of_indicators)]


MarketRole = Literal["customer", "competitor", "supplier", "regulation", "technology"]

Phrases = Annotated[list[Annotated[str, Field(min_length=2)]], Field(min_length=1)]


class Topics(Strict):
    """How topics are found in texts: the fewest and most of them in a language, and the fewest texts that make one."""

    fewest: Annotated[int, Field(ge=2, le=50)]
    most: Annotated[int, Field(ge=2, le=100)]
    smallest: Annotated[int, Field(ge=3, le=1000)]
    alike: Annotated[float, Field(ge=0.5, le=1)]
    resamples: Annotated[int, Field(ge=10, le=1000)]


class Corroboration(Strict):
    """What is assumed of signals: nobody measured these. `real`: the share of all signals that are, as a range;
    `heard`: the share that are right, by how a writer came to know; `echo`: how far a second report from a source that is
    not independent repeats the first."""

    real: Shares
    heard: dict[Literal["directly", "second hand", "published", "inference"], Share]
    echo: Share


class Market(Strict):
    """`fade_days`: days after the last contact in which a tie outside comes to count half. `tell_at`: probability from
    which a text is told to be about a part of the market. `about`: phrases that show each part, beside the toolkit's own.
    `top`: how many signals count as the best. `watched`: dated weeks below which no trend is looked for."""

    fewest_sources: Annotated[int, Field(ge=1, le=20)]
    fade_days: Annotated[float, Field(gt=0, le=3650)]
    tell_at: Share
    about: dict[MarketRole, Phrases] = Field(default_factory=dict)
    topics: Topics
    watched: Annotated[int, Field(ge=4, le=520)]
    corroboration: Corroboration
    top: Annotated[int, Field(ge=1, le=50)]
    permutations: Annotated[int, Field(ge=99, le=20_000)]
    resamples: Annotated[int, Field(ge=100, le=20_000)]
    seed: Annotated[int, Field(ge=0)]


LEAST_SPREAD = 1e-6
"""The least standard deviation that shares which differ between people are drawn with."""


class Assumed(Strict):
    """What scenarios assume of people where no dates of adoption tell, each as a range: every world draws from all of it.

    `alone`, `follow`: chances a week, to take it up on one's own, and to follow once enough of those one heeds have;
    `readiness`: log of how much likelier the first is per standard deviation of readiness; `enough`, `spread`: mean and
    standard deviation between people of the share of ties that is enough; `pass_on`: chance that a tie passes it on where
    it spreads as a cascade.
    """

    alone: Shares
    readiness: Logs
    follow: Shares
    enough: Shares
    spread: Shares
    pass_on: Shares

    @model_validator(mode="after")
    def _shares_can_spread_so_far(self) -> Assumed:
        for mean in self.enough:
            low, high = self.spread
            if low < LEAST_SPREAD or high**2 >= mean * (1 - mean):
                raise RefusedError(
                    f"spread: {low:g} to {high:g} cannot be standard deviations of shares with mean {mean:g}",
                    f"Keep them at {LEAST_SPREAD:g} at least, and their squares below mean × (1 − mean).",
                )
        return self


Start = Literal["nobody", "random", "managers", "most_tied", "ready", "placed", "teams"]


class Scenario(Strict):
    """One way to start: with whom, how many (`change.starters` unless said), and how many times likelier a campaign makes
    it to take the change up on one's own."""

    start: Start
    starters: Annotated[int, Field(ge=2, le=500)] | None = None
    campaign: Annotated[float, Field(ge=0, le=20)] = 1

    @model_validator(mode="after")
    def _nobody_is_no_number(self) -> Scenario:
        if self.start == "nobody" and self.starters is not None:
            raise RefusedError("has starters, and nobody starts", "Leave `starters` out, or name another start.")
        return self


class Teams(Strict):
    """Small teams to start with: people in each, and whether the change breaks with how things are done."""

    size: Annotated[int, Field(ge=3, le=12)]
    divergent: bool


class Change(Strict):
    """`scenarios`: by name; the first is what the others are held against."""

    starters: Annotated[int, Field(ge=2, le=500)]
    ready_at: Annotated[float, Field(ge=0, le=100)]
    useful_difference: Annotated[float, Field(ge=0, le=50)]
    reliable_at: Share
    agreed_at: Share
    heed: dict[Kind, Share]
    weeks: Annotated[int, Field(ge=1, le=520)]
    worlds: Annotated[int, Field(ge=100, le=20_000)]
    assumed: Assumed
    scenarios: Annotated[dict[Name, Scenario], Field(min_length=1)]
    teams: Teams
    permutations: Annotated[int, Field(ge=99, le=20_000)]
    resamples: Annotated[int, Field(ge=100, le=20_000)]
    seed: Annotated[int, Field(ge=0)]

    @field_validator("heed")
    @classmethod
    def _every_kind_has_its_share(cls, heed: dict[Kind, float]) -> dict[Kind, float]:
        if missing := [kind for kind in KINDS if kind not in heed]:
            raise RefusedError(f"does not say how far {', '.join(missing)} ties count", "Give each kind a share, 0 to 1.")
        return heed


def _is_a_section(name: str) -> str:
    known = [path.stem for path in SECTIONS.glob("[!_]*.py")]
    if name not in known:
        raise RefusedError("is not a section of the report", nearest(name, known))
    return name


def _stand_once(names: list[str]) -> list[str]:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise RefusedError(f"names {', '.join(twice)} twice", "Keep one of the two.")
    return names


OtherUnit = Literal["index", "times", "scale points", "points a month", "minutes", "days", "people", "per 100 hours"]


class Report(Strict):
    """`useful_difference`: the smallest worth acting on, in points of 100; `useful_in`: the same in other units."""

    smallest_group: Annotated[int, Field(ge=5, le=100)]
    smallest_public: Annotated[int, Field(ge=5, le=1000)]
    useful_difference: Annotated[float, Field(ge=0, le=50)]
    useful_in: dict[OtherUnit, Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]]
    sections: Annotated[list[Annotated[str, AfterValidator(_is_a_section)]], AfterValidator(_stand_once)]

    @model_validator(mode="after")
    def _public_is_not_the_finer(self) -> Report:
        if self.smallest_public < self.smallest_group:
            what = f"has a smallest_public ({self.smallest_public}) below smallest_group ({self.smallest_group})"
            raise RefusedError(what, "What everybody may read is about as many people, or more.")
        return self
