"""The settings of one client's study: its sources and how they are read, its places, signs and purposes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from kithwork.engines import address
from kithwork.errors import UserError
from kithwork.setting import Day, Days, Hours, Kind, Line, Range, Rates, RefusedError, Strict, Words, is_a_zone

SYNTHETIC = "Synthetic: a simulated organisation. Nobody here exists."
"""What a person reads first wherever they meet a study whose people are simulated."""

Source = Literal[
    "staff", "opt_outs", "parties", "nominations", "interpreters", "answers", "responses", "comments", "interactions",
    "outcomes", "opportunities",
]  # fmt: skip


class Reader(Strict):
    """How one file of a source is read: `reader` names a file of `kithwork/readers/`, the rest is for it.

    `columns` maps our fields to the client's columns, `constants` fills fields that the file lacks, `timezone` (IANA) is
    the zone of times that name none, `options` are the reader's own, each as it is written. A field is filled in one way.
    """

    reader: str = "csvfile"
    file: str
    encoding: str = "utf-8"
    timezone: Annotated[str, AfterValidator(is_a_zone)] = "UTC"
    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    options: dict[str, str] = Field(default_factory=dict)
    package: str | None = None
    sha256: str | None = None

    @model_validator(mode="after")
    def _fields_are_filled_once(self) -> Reader:
        if both := sorted({*self.columns} & {*self.constants}):
            raise RefusedError(f"names {', '.join(both)} under columns and under constants", "Keep one of the two.")
        return self


def _files(given: object) -> object:
    """One file's settings, or a list of them, as a tuple."""
    if isinstance(given, dict):
        return (Reader.model_validate(given),)
    if isinstance(given, list | tuple) and given:
        return tuple(given)
    raise ValueError("should be the settings of one file, or a list of such settings")


def _is_an_engine(engine: str) -> str:
    """The engine that is here already, or an address, which is to hold nothing secret."""
    if engine == address.DUCKDB:
        return engine
    if not address.is_one(engine):
        raise RefusedError(
            "is no engine", f"Write {address.DUCKDB}, or an address, as {address.FORMS['postgres'].written}."
        )
    try:
        address.parsed(engine, "engine")
    except UserError as error:
        raise RefusedError(error.problems[0].what, error.problems[0].do, error.problems[0].found) from None
    return engine


class Place(Strict):
    """A place of work: its time zone, and its working hours and days (1 is Monday) where they are not those of all."""

    timezone: Annotated[str, AfterValidator(is_a_zone)]
    hours: Hours | None = None
    days: Days | None = None

    def or_else(self, usual: Place) -> Place:
        """This place, with the usual hours and days where it says none."""
        return Place(timezone=self.timezone, hours=self.hours or usual.hours, days=self.days or usual.days)


Ends = Annotated[list[float], Field(min_length=2, max_length=2)]


class Points(Strict):
    """How a client's answers become the questionnaire's points, 1 to 5: by the two ends of another scale, or word by word.

    `ends` (`from` in params.yaml): the client's numbers for "not at all true" and "completely true"; the first is the
    larger where the scale runs the other way. `words`: the client's word and its point.
    """

    ends: Ends | None = Field(default=None, alias="from")
    words: dict[str, Annotated[float, Field(ge=1, le=5)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Points:
        if (self.ends is None) == (not self.words):
            raise ValueError("should give either from, the two ends of the client's scale, or words")
        if self.ends and self.ends[0] == self.ends[1]:
            raise ValueError("has two ends that are one")
        spelt = [" ".join(word.split()).casefold() for word in self.words]
        if len(set(spelt)) < len(spelt):
            raise ValueError("gives a word twice")
        return self


BadRows = Literal["stop", "quarantine"]

Files = Annotated[tuple[Reader, ...], BeforeValidator(_files)]


class Engagement(Strict):
    """One client's study. A source is one file or several; `bad_rows`, where given, overrides `clean.bad_rows`.

    `period`: first and last day of the time that recorded contact is studied in. `places`: time zone and working hours
    by the staff list's `site`. `change_began`: the day on which the change began, else that of the first adoption.
    `purposes`: what each source is used for, which the report prints; `retention`: the day from which none of it may be
    kept. `fewest_contacts`: contacts (one of n people counts 1/(n - 1)) below which contact alone makes no tie.
    `scales`: items, by code or pattern such as `V*`, whose answers are not points from 1 to 5. `survey_months_ago`:
    months from the survey to the staff list; whose tenure is shorter was not invited. `staff_as_of`: the day that the
    staff list is of, from which the days on which people started become their tenure; else the last day of the period.
    `base_rates`: shares of the ties found that are of a kind, as ranges: where kinds are told by signs, their chances are
    shifted to average to them. `engine`: where recorded contact is cleaned and kept: DuckDB here, or the address of the
    database that all of it lies in.
    """

    title: Line
    organisation: Line
    group_word: Line = "group"
    fieldwork: Words
    period: Annotated[list[Day], Field(min_length=2, max_length=2)] | None = None
    change_began: Day | None = None
    places: dict[str, Place] = Field(default_factory=dict)
    purposes: dict[Source, Words]
    retention: Day
    terms: Words
    proxy: Words = ""
    ids: Literal["public", "secret"] = "secret"
    directed: bool = True
    synthetic: bool = False
    bad_rows: BadRows | None = None
    fewest_contacts: Annotated[float, Field(ge=0)] = 1
    survey_months_ago: Annotated[float, Field(ge=0, le=120)] = 0
    staff_as_of: Day | None = None
    scales: dict[str, Points] = Field(default_factory=dict)
    sources: dict[Source, Files]
    signs: dict[Kind, dict[str, Range]]
    engine: Annotated[str, AfterValidator(_is_an_engine)] = address.DUCKDB
    base_rates: dict[Kind, Rates] = Field(default_factory=dict)
    labels: dict[Kind, Annotated[list[str], Field(min_length=1)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ranges_are_ordered(self) -> Engagement:
        for kind, signs in self.signs.items():
            for sign, (low, high) in signs.items():
                if low > high:
                    raise ValueError(f"signs.{kind}.{sign}: low {low} is above high {high}")
        for kind, labels in self.labels.items():
            if missing := [label for label in labels if label not in self.signs.get(kind, {})]:
                raise ValueError(f"labels.{kind}: state the strength of {', '.join(missing)} under signs.{kind} too")
        if self.labels and not self.directed:
            raise ValueError("labels: who said so must be known, which `directed: false` denies")
        return self

    @model_validator(mode="after")
    def _base_rates_are_of_kinds_with_signs(self) -> Engagement:
        for kind, (low, high) in self.base_rates.items():
            if low > high:
                raise RefusedError(f"base_rates.{kind}: low {low} is above high {high}", "Write the lower share first.")
            if not {*self.signs.get(kind, {})} - {"any"}:
                what = f"base_rates.{kind}: no sign tells such ties from others"
                raise RefusedError(what, f"State a sign besides any under signs.{kind}, or leave the share out.")
        return self

    @model_validator(mode="after")
    def _every_source_has_a_purpose(self) -> Engagement:
        if missing := [source for source in self.sources if not self.purposes.get(source, "").strip()]:
            raise ValueError(f"purposes: say what {', '.join(missing)} is used for")
        if self.period and self.period[0] > self.period[1]:
            raise ValueError(f"period: {self.period[0]} is after {self.period[1]}")
        if self.period and self.change_began and self.change_began > self.period[1]:
            raise ValueError(f"change_began: {self.change_began} is after the period, which ends on {self.period[1]}")
        return self

    @model_validator(mode="after")
    def _contact_lies_at_the_engine(self) -> Engagement:
        if self.engine == address.DUCKDB:
            return self
        there = address.parsed(self.engine, "engine")
        for spec in self.sources.get("interactions", ()):
            if spec.reader != "warehouse" or not _lies_at(there, spec.file):
                what = f"sources.interactions: {address.shown(spec.file)} does not lie at the engine, {there.name}"
                do = "Read every table of interactions there by `reader: warehouse`, or leave `engine` out."
                raise RefusedError(what, do)
        return self

    @property
    def waits(self) -> bool:
        """Whether it waits for its files: no source is named yet, so that no stage could read anything."""
        return not self.sources

    @property
    def label(self) -> str:
        """What stands first wherever a person meets the study: that nobody in it exists, or nothing."""
        return SYNTHETIC if self.synthetic else ""

    @model_validator(mode="after")
    def _files_of_a_source_differ(self) -> Engagement:
        for source, files in self.sources.items():
            named = [(spec.package, spec.file) for spec in files]
            if twice := sorted({file for package, file in named if named.count((package, file)) > 1}):
                raise ValueError(f"sources.{source}: {', '.join(twice)} stands there twice")
        return self


def _lies_at(there: address.Address, file: str) -> bool:
    return address.kind(file) in address.FORMS and address.alike(address.parsed(file, "file"), there)


class Simulation(Strict):
    """The recipe of one synthetic engagement; its files are made by a stage of their own."""

    people: Annotated[int, Field(ge=20, le=1_000_000)]
    weeks: Annotated[int, Field(ge=8, le=520)]
    seed: Annotated[int, Field(ge=0)]
