"""Every number a person may change: the schema of `params.yaml`, and the only reader of it.

Types and ranges are checked before anything runs; an unknown key is refused with the nearest known spelling. The unit and
the reason of each number stand beside it in `params.yaml`; the range stands here.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from kithwork.errors import Problem, UserError, nearest

ROOT = next(
    (folder for folder in [Path.cwd(), *Path.cwd().parents] if (folder / "params.yaml").is_file()),
    Path(__file__).resolve().parents[2],
)
"""The study's folder: the nearest one, going up from the working directory, that holds a `params.yaml`."""

KINDS = ("personal", "functional", "strategic")
"""The three kinds of relationship, in the order of every table."""

Kind = Literal["personal", "functional", "strategic"]
Share = Annotated[float, Field(ge=0, le=1)]
Range = Annotated[list[Share], Field(min_length=2, max_length=2)]
Rates = Annotated[list[Annotated[float, Field(gt=0, lt=1)]], Field(min_length=2, max_length=2)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
"""An engagement's name is a folder, a stage and an address: small letters, digits, - and _."""

TWICE, NO_WORD = "has a key that stands twice in one place", "has a list or a mapping as a key"
KEYS = {TWICE: "Keep one of the two, or rename one.", NO_WORD: "Write one word before the colon."}
"""What may be wrong with a key, and what to do."""

SECTIONS = Path(__file__).parent / "report" / "sections"
"""Where the report's sections are, one file each."""

VALUES = Path(__file__).parent / "values"
"""Where the ten values are, one file each."""

SYNTHETIC = "Synthetic: a simulated organisation. Nobody here exists."
"""What a person reads first wherever they meet a study whose people are simulated."""

Source = Literal[
    "staff", "opt_outs", "parties", "nominations", "interpreters", "answers", "responses", "comments", "interactions",
    "outcomes", "opportunities",
]  # fmt: skip


class Strict(BaseModel):
    """No unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _RefusedError(ValueError):
    """What is wrong with a setting, and what to do about it."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.do = do


def _as_a_day(given: object) -> date:
    """A day, which stands in quotes: dvc, which reads the file too, takes none of YAML's own dates."""
    try:
        if isinstance(given, str):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise ValueError("should be a day in quotes, as '2026-12-31'")


Day = Annotated[date, BeforeValidator(_as_a_day)]


def _is_a_zone(name: str) -> str:
    if name not in available_timezones():
        raise _RefusedError("is not a time zone", "Write it as Europe/Copenhagen.")
    return name


class Reader(Strict):
    """How one file of a source is read: `reader` names a file of `kithwork/readers/`, the rest is for it.

    `columns` maps our fields to the client's columns, `constants` fills fields that the file lacks, `timezone` (IANA) is
    the zone of times that name none, `options` are the reader's own, each as it is written. A field is filled in one way.
    """

    reader: str = "csvfile"
    file: str
    encoding: str = "utf-8"
    timezone: Annotated[str, AfterValidator(_is_a_zone)] = "UTC"
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    options: dict[str, str] = {}
    package: str | None = None
    sha256: str | None = None

    @model_validator(mode="after")
    def _fields_are_filled_once(self) -> Reader:
        if both := sorted({*self.columns} & {*self.constants}):
            raise _RefusedError(f"names {', '.join(both)} under columns and under constants", "Keep one of the two.")
        return self


def _files(given: object) -> object:
    """One file's settings, or a list of them, as a tuple."""
    if isinstance(given, dict):
        return (Reader.model_validate(given),)
    if isinstance(given, list | tuple) and given:
        return tuple(given)
    raise ValueError("should be the settings of one file, or a list of such settings")


def _go_forward(hours: list[float]) -> list[float]:
    if hours[0] >= hours[1]:
        raise _RefusedError("ends before it has begun", "Write when work begins, then when it ends, as [8, 18].")
    return hours


Hours = Annotated[
    list[Annotated[float, Field(ge=0, le=24)]], Field(min_length=2, max_length=2), AfterValidator(_go_forward)
]
Days = Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)]


class Place(Strict):
    """A place of work: its time zone, and its working hours and days (1 is Monday) where they are not those of all."""

    timezone: Annotated[str, AfterValidator(_is_a_zone)]
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
    words: dict[str, Annotated[float, Field(ge=1, le=5)]] = {}

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
    months from the survey to the staff list; whose tenure is shorter was not invited. `base_rates`: shares of the ties
    found that are of a kind, as ranges: where kinds are told by signs, their chances are shifted to average to them.
    """

    title: str
    organisation: str
    group_word: str = "group"
    fieldwork: str
    period: Annotated[list[Day], Field(min_length=2, max_length=2)] | None = None
    change_began: Day | None = None
    places: dict[str, Place] = {}
    purposes: dict[Source, str]
    retention: Day
    terms: str
    proxy: str = ""
    ids: Literal["public", "secret"] = "secret"
    directed: bool = True
    synthetic: bool = False
    bad_rows: BadRows | None = None
    fewest_contacts: Annotated[float, Field(ge=0)] = 1
    survey_months_ago: Annotated[float, Field(ge=0, le=120)] = 0
    scales: dict[str, Points] = {}
    sources: dict[Source, Files]
    signs: dict[Kind, dict[str, Range]]
    base_rates: dict[Kind, Rates] = {}
    labels: dict[Kind, Annotated[list[str], Field(min_length=1)]] = {}

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
                raise _RefusedError(f"base_rates.{kind}: low {low} is above high {high}", "Write the lower share first.")
            if not {*self.signs.get(kind, {})} - {"any"}:
                what = f"base_rates.{kind}: no sign tells such ties from others"
                raise _RefusedError(what, f"State a sign besides any under signs.{kind}, or leave the share out.")
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


class Simulation(Strict):
    """The recipe of one synthetic engagement; its files are made by a stage of their own."""

    people: Annotated[int, Field(ge=20, le=1_000_000)]
    weeks: Annotated[int, Field(ge=8, le=520)]
    seed: Annotated[int, Field(ge=0)]


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
        raise _RefusedError(what, " ".join(dict.fromkeys(nearest(name, known) for name in unknown)))
    return weights


Weight = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Values(Strict):
    """`weights`: of the indicators in their value's composite, by value and indicator; 1 where none is stated."""

    resamples: Annotated[int, Field(ge=100, le=20_000)]
    permutations: Annotated[int, Field(ge=99, le=20_000)]
    seed: Annotated[int, Field(ge=0)]
    weights: Annotated[dict[str, dict[str, Weight]], AfterValidator(_are_of_indicators)]


def _go_up(ends: list[float]) -> list[float]:
    if ends[0] > ends[1]:
        raise _RefusedError(f"goes from {ends[0]:g} down to {ends[1]:g}", "Write the lower end first.")
    return ends


Shares = Annotated[list[Share], Field(min_length=2, max_length=2), AfterValidator(_go_up)]
"""A range of shares or chances, from low to high."""
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
    about: dict[MarketRole, Phrases] = {}
    topics: Topics
    watched: Annotated[int, Field(ge=4, le=520)]
    corroboration: Corroboration
    top: Annotated[int, Field(ge=1, le=50)]
    permutations: Annotated[int, Field(ge=99, le=20_000)]
    resamples: Annotated[int, Field(ge=100, le=20_000)]
    seed: Annotated[int, Field(ge=0)]


Logs = Annotated[list[Annotated[float, Field(ge=-3, le=3)]], Field(min_length=2, max_length=2), AfterValidator(_go_up)]


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
                raise _RefusedError(
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
            raise _RefusedError("has starters, and nobody starts", "Leave `starters` out, or name another start.")
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
            raise _RefusedError(f"does not say how far {', '.join(missing)} ties count", "Give each kind a share, 0 to 1.")
        return heed


def _is_a_section(name: str) -> str:
    known = [path.stem for path in SECTIONS.glob("[!_]*.py")]
    if name not in known:
        raise _RefusedError("is not a section of the report", nearest(name, known))
    return name


def _stand_once(names: list[str]) -> list[str]:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise _RefusedError(f"names {', '.join(twice)} twice", "Keep one of the two.")
    return names


class Report(Strict):
    smallest_group: Annotated[int, Field(ge=5, le=100)]
    useful_difference: Annotated[float, Field(ge=0, le=50)]
    sections: Annotated[list[Annotated[str, AfterValidator(_is_a_section)]], AfterValidator(_stand_once)]


class Params(Strict):
    """The whole of `params.yaml`."""

    engagements: Annotated[dict[Name, Engagement], Field(min_length=1)]
    simulations: dict[Name, Simulation] = {}
    clean: Clean
    ties: Ties
    people: People
    values: Values
    market: Market
    change: Change
    report: Report

    @model_validator(mode="after")
    def _simulations_are_studied_as_such(self) -> Params:
        for name in self.simulations:
            if name not in self.engagements:
                raise ValueError(f"simulations.{name}: names no engagement")
            if not self.engagements[name].synthetic:
                raise ValueError(f"engagements.{name}: is simulated, so it must say synthetic: true")
        return self

    @model_validator(mode="after")
    def _starters_are_a_group(self) -> Params:
        own = {f"scenarios.{name}.starters": one.starters for name, one in self.change.scenarios.items()}
        for place, few in {"starters": self.change.starters, **own}.items():
            if few is not None and few < (least := self.report.smallest_group):
                raise ValueError(f"change.{place}: {few} starters are fewer than report.smallest_group, {least}")
        return self


class Settings(Strict):
    """What one engagement's chapters read: its own entry and the sections all share."""

    name: str
    engagement: Engagement
    clean: Clean
    ties: Ties
    people: People
    values: Values
    market: Market
    change: Change
    report: Report

    @property
    def bad_rows(self) -> BadRows:
        """What becomes of rows at fault: the engagement's own word, or else that of all."""
        return self.engagement.bad_rows or self.clean.bad_rows

    @property
    def bad_rows_place(self) -> str:
        """Where that is set in `params.yaml`."""
        return f"engagements.{self.name}.bad_rows" if self.engagement.bad_rows else "clean.bad_rows"


def read(path: Path | None = None) -> Params:
    """`params.yaml`, checked whole. Raises `UserError` listing every fault in it."""
    path = path or ROOT / "params.yaml"
    if not path.is_file():
        raise UserError(Problem("is missing", path.name, f"Put it in {path.parent}, beside dvc.yaml."))
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # a safe loader: it makes plain data only
    except UnicodeDecodeError as error:
        row = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise UserError(Problem("is not UTF-8 text", path.name, "Save it as UTF-8.", row=row)) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        what = getattr(error, "problem", None)
        what, do = (what, KEYS[what]) if what in KEYS else ("is not valid YAML", "Mend the indentation or quoting there.")
        raise UserError(Problem(what, path.name, do, row=row)) from None
    try:
        return Params.model_validate(content)
    except ValidationError as error:
        raise UserError([_problem(path.name, fault) for fault in error.errors()]) from None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the same in C, where there is one
    """YAML as usual, but a key that stands twice is an error: the first would be lost without a word.

    A reader's `options` stay the text that was written: 3, yes and 2026-01-01 are no number, truth or date there.
    """

    def construct_mapping(self, node, deep=False):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(problem=NO_WORD, problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(problem=TWICE, problem_mark=key.start_mark)
            seen.add(key.value)
            if key.value == "options" and isinstance(value, yaml.MappingNode):
                for _, option in value.value:
                    option.tag = self.DEFAULT_SCALAR_TAG if isinstance(option, yaml.ScalarNode) else option.tag
        return super().construct_mapping(node, deep)


def load(engagement: str) -> Settings:
    """The settings of one engagement. Raises `UserError` for an unknown name, a faulty `params.yaml`, or a study whose day
    of retention has come.
    """
    settings = stated(engagement)
    if problem := past_retention(engagement, settings.engagement):
        raise UserError(problem)
    return settings


def past_retention(name: str, study: Engagement) -> Problem | None:
    """That nothing of a study may be kept any more, from its day of retention on."""
    if date.today() < study.retention:
        return None
    do = (
        f"Delete data/*/{name}, build/*/{name}, reports/{name} and its entry here, then run `dvc gc --workspace` "
        "(README.md, 'How a study is destroyed'); or write the later day that was agreed."
    )
    where = f"engagements.{name}.retention"
    return Problem("is past: nothing of this study may be kept", "params.yaml", do, str(study.retention), column=where)


def stated(engagement: str) -> Settings:
    """The settings of one engagement as they stand, whatever the day."""
    params = read()
    if engagement not in params.engagements:
        raise UserError(
            Problem(
                "has no such engagement",
                "params.yaml",
                nearest(engagement, params.engagements),
                found=engagement,
                column="engagements",
            )
        )
    shared = {name: getattr(params, name) for name in Settings.model_fields if name not in ("name", "engagement")}
    return Settings(name=engagement, engagement=params.engagements[engagement], **shared)


def _problem(file: str, fault: dict) -> Problem:
    where = ".".join(str(part) for part in fault["loc"]) or "top level"
    if fault["type"] == "extra_forbidden":
        return Problem(
            "is not a known parameter",
            file,
            nearest(fault["loc"][-1], _known(fault["loc"][:-1])),
            column=where,
        )
    if fault["type"] == "missing":
        return Problem(
            "is missing",
            file,
            "Add it; CHANGELOG.md and the committed params.yaml show its form.",
            column=where,
        )
    if fault["type"] == "string_pattern_mismatch":
        return Problem("cannot be a name", file, "Use small letters, digits, - and _.", fault["input"], column=where)
    found = "" if isinstance(fault["input"], dict) else repr(fault["input"])[:60]
    what = fault["msg"].removeprefix("Value error, ")
    do = getattr(fault.get("ctx", {}).get("error"), "do", "Change it to fit.")
    return Problem(what[:1].lower() + what[1:], file, do, found, column=where)


def _known(loc: tuple) -> list[str]:
    """The keys that may stand at a place in `params.yaml`, found by walking the schema."""
    model: type[BaseModel] = Params
    by_key = {"engagements": Engagement, "sources": Reader, "simulations": Simulation, "scenarios": Scenario}
    for part in loc:
        if part in by_key:
            model = by_key[part]
        elif isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                model = annotation
    return list(model.model_fields)
