"""What a setting may be: shares, ranges, days, hours, zones; and how one that may not is refused."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

KINDS = ("personal", "functional", "strategic")
"""The three kinds of relationship, in the order of every table."""

Kind = Literal["personal", "functional", "strategic"]

Share = Annotated[float, Field(ge=0, le=1)]

Range = Annotated[list[Share], Field(min_length=2, max_length=2)]

Rates = Annotated[list[Annotated[float, Field(gt=0, lt=1)]], Field(min_length=2, max_length=2)]

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
"""An engagement's name is a folder, a stage and an address: small letters, digits, - and _."""


class Strict(BaseModel):
    """No unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class RefusedError(ValueError):
    """What is wrong with a setting, and what to do about it; `found` where what stands there is not to be repeated."""

    def __init__(self, what: str, do: str, found: str | None = None) -> None:
        super().__init__(what)
        self.do, self.found = do, found


def _as_a_day(given: object) -> date:
    """A day, which stands in quotes: dvc, which reads the file too, takes none of YAML's own dates."""
    try:
        if isinstance(given, str):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise ValueError("should be a day in quotes, as '2026-12-31'")


def _no_longer_than(most: int) -> AfterValidator:
    """Refuses a text that a page could not hold beside others."""

    def held(text: str) -> str:
        if len(text) > most:
            raise RefusedError(f"has {len(text):,} signs", f"Say it in {most:,} at most.")
        return text

    return AfterValidator(held)


Line = Annotated[str, _no_longer_than(160)]
"""A name or a title."""

Words = Annotated[str, _no_longer_than(3000)]
"""A paragraph."""

Day = Annotated[date, BeforeValidator(_as_a_day)]


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # which looks through folders each time it is asked


def is_a_zone(name: str) -> str:
    if name not in _zones():
        raise RefusedError("is not a time zone", "Write it as Europe/Copenhagen.")
    return name


def _go_forward(hours: list[float]) -> list[float]:
    if hours[0] >= hours[1]:
        raise RefusedError("ends before it has begun", "Write when work begins, then when it ends, as [8, 18].")
    return hours


Hours = Annotated[
    list[Annotated[float, Field(ge=0, le=24)]], Field(min_length=2, max_length=2), AfterValidator(_go_forward)
]

Days = Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)]


def go_up(ends: list[float]) -> list[float]:
    if ends[0] > ends[1]:
        raise RefusedError(f"goes from {ends[0]:g} down to {ends[1]:g}", "Write the lower end first.")
    return ends


Shares = Annotated[list[Share], Field(min_length=2, max_length=2), AfterValidator(go_up)]
"""A range of shares or chances, from low to high."""

Logs = Annotated[list[Annotated[float, Field(ge=-3, le=3)]], Field(min_length=2, max_length=2), AfterValidator(go_up)]
