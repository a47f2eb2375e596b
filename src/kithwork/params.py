"""Every number a person may change: the schema of `params.yaml`, and the only reader of it.

Types and ranges are checked before anything runs; an unknown key is refused with the nearest known spelling. The unit and
the reason of each number stand beside it in `params.yaml`; the range stands here.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from kithwork import yamlfile
from kithwork.chapters import Change, Clean, Market, People, Report, Scenario, Ties, Values
from kithwork.engagement import BadRows, Engagement, Reader, Simulation
from kithwork.errors import Problem, UserError, nearest
from kithwork.setting import Name, Strict

OWN = Path(__file__).resolve().parents[2]
"""The folder that kithwork itself is in, which is taken where no other is found."""

ROOT = next((folder for folder in [Path.cwd(), *Path.cwd().parents] if (folder / "params.yaml").is_file()), OWN)
"""The study's folder: the nearest one, going up from the working directory, that holds a `params.yaml`."""


class Params(Strict):
    """The whole of `params.yaml`."""

    engagements: Annotated[dict[Name, Engagement], Field(min_length=1)]
    simulations: dict[Name, Simulation]
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
        do = "Go to the project's folder (cd), which holds it, or take it back: git checkout params.yaml."
        raise UserError(Problem("is not in this folder, nor in one above it", path.name, do, str(Path.cwd())))
    content = yamlfile.read(path, path.name)
    if not isinstance(content, dict):
        do = f"Take it back: git checkout {path.name}."
        raise UserError(Problem("holds no settings", path.name, do, repr(content)[:60] if content else "nothing"))
    try:
        return Params.model_validate(content)
    except ValidationError as error:
        raise UserError([_problem(path.name, fault) for fault in error.errors()]) from None


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
                f"{nearest(engagement, params.engagements)} Or begin it with `kithwork new {engagement}`.",
                found=engagement,
                column="engagements",
            )
        )
    shared = {name: getattr(params, name) for name in Settings.model_fields if name not in ("name", "engagement")}
    return Settings(name=engagement, engagement=params.engagements[engagement], **shared)


BACK = "Take it back from the version in git, which has it: git show HEAD:params.yaml."
"""What to do where a part is gone that no study has of its own."""

FORMS = {"simulations": "Add it: `simulations: {}` where nothing is simulated, which dvc wants to read."}
"""What to write where a whole section is missing that may be empty."""

KINDS = {
    "int_": "Write a whole number, in digits and without quotes.",
    "float_": "Write a number in digits, with a point before decimals and without quotes.",
    "bool_": "Write true or false, without quotes.",
    "string_type": "Write one text; put it in quotes where it looks like a number or a date.",
    "list_type": "Write a list: [one, another].",
    "dict_type": "Write its parts below it, each in a line of its own and further to the right.",
    "model_type": "Write its parts below it, each in a line of its own and further to the right.",
    "greater_than": "Write a larger number.",
    "less_than": "Write a smaller number.",
}
"""What to do by how pydantic's names of faults begin."""


def _problem(file: str, fault: dict) -> Problem:
    where = ".".join(str(part) for part in fault["loc"] if part != "[key]") or "top level"
    if fault["type"] == "extra_forbidden":
        return Problem(
            "is not a known parameter",
            file,
            nearest(fault["loc"][-1], _known(fault["loc"][:-1])),
            column=where,
        )
    if fault["type"] == "missing":
        return Problem("is missing", file, _added(fault["loc"]), column=where)
    if fault["type"] == "too_short" and where == "engagements":
        return Problem("names no study", file, BACK, column=where)
    if fault["type"] == "string_pattern_mismatch":
        return Problem("cannot be a name", file, "Use small letters, digits, - and _.", fault["input"], column=where)
    found = _found(fault["input"])
    what = fault["msg"].removeprefix("Value error, ")
    kind = next((do for kind, do in KINDS.items() if fault["type"].startswith(kind)), "Change it to fit.")
    if fault["type"] == "literal_error":
        kind = nearest(str(fault["input"]), re.findall(r"'([^']+)'", fault["ctx"]["expected"]))
    refused = fault.get("ctx", {}).get("error")
    if getattr(refused, "found", None) is not None:
        found = refused.found
    return Problem(what[:1].lower() + what[1:], file, getattr(refused, "do", kind), found, column=where)


def _found(value: object) -> str:
    """What stands there, as it is written in the file."""
    return "" if isinstance(value, dict) else str(value) if isinstance(value, date) else repr(value)[:60]


def _added(loc: tuple) -> str:
    """What to do where something is missing at a place."""
    if len(loc) == 1:
        return FORMS.get(loc[0], BACK)
    if loc[0] == "engagements":
        return "Add it, as another study of params.yaml has it; `kithwork new NAME` writes an entry that has everything."
    return "Add it; the version in git has it as it was: git show HEAD:params.yaml."


def _known(loc: tuple) -> list[str]:
    """The keys that may stand at a place in `params.yaml`, found by walking the schema."""
    model: type[Strict] = Params
    by_key = {"engagements": Engagement, "sources": Reader, "simulations": Simulation, "scenarios": Scenario}
    for part in loc:
        if part in by_key:
            model = by_key[part]
        elif isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            if isinstance(annotation, type) and issubclass(annotation, Strict):
                model = annotation
    return list(model.model_fields)
