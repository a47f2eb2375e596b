"""What a person asks of a simulation, checked: sizes, knobs by name, and a folder that may be written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from kithwork.errors import Problem, UserError, nearest
from kithwork.simulation import FEWEST_PEOPLE, FEWEST_WEEKS
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.truth import README, mark
from kithwork.tables import TABLES

COMMAND = "kithwork simulate"
WRITTEN = {
    *(f"{name}.csv" for name in ("staff", "accounts", "contacts", "adoption", "notes", "survey", "mail", "calls", "ideas")),
    "calendar.ics",
    "chat.zip",
    *(f"previous/{name}.parquet" for name in ("scores", "claims")),
    *(f"truth/{name}.csv" for name in ("people", "units", "ties", "outside", "topics", "opportunities", "ideas")),
    *(f"truth/{name}.csv" for name in ("dirt", "changes", "notes")),
    *(f"truth/{name}.json" for name in ("recipe", "dirt")),
    *(f"{name}.parquet" for name in TABLES),
}
"""What a simulation may have written: nothing else is ever deleted."""
SIGN = README.splitlines()[0]
"""How the README of every simulation begins, whatever else later versions say in it."""
MOST_PEOPLE, MOST_WEEKS = 1_000_000, 520


def knobs(settings: Iterable[str]) -> Knobs:
    """The knobs with some set by `name=value`. Raises `UserError` for an unknown name or a value out of range."""
    given: dict[str, str] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if name in Knobs.model_fields and not value:
            raise UserError(Problem("has no value", COMMAND, f"Write it as {name}=value.", column=f"--knob {name}"))
        if not sign or name not in Knobs.model_fields:
            remedy = f"{nearest(name, Knobs.model_fields)} Write it as name=value; `kithwork knobs` lists them."
            raise UserError(Problem("is not a knob", COMMAND, remedy, found=setting))
        given[name] = value
    try:
        return Knobs.model_validate(given)
    except ValidationError as error:
        raise UserError(
            [
                Problem(
                    str(fault["msg"]).lower(),
                    COMMAND,
                    "Change it to fit.",
                    str(fault["input"]),
                    column=f"--knob {fault['loc'][0]}",
                )
                for fault in error.errors()
            ]
        ) from None


def check(people: int, weeks: int, seed: int) -> None:
    """Raises `UserError` for a size that cannot be simulated."""
    asked = (
        ("--people", people, FEWEST_PEOPLE, MOST_PEOPLE),
        ("--weeks", weeks, FEWEST_WEEKS, MOST_WEEKS),
        ("--seed", seed, 0, 2**63),
    )
    wrong = [
        Problem("cannot be simulated", COMMAND, f"Give a number from {least:,} to {most:,}.", f"{value:,}", column=option)
        for option, value, least, most in asked
        if not least <= value <= most
    ]
    if wrong:
        raise UserError(wrong)


def check_room(folder: Path) -> None:
    """Raises `UserError` unless a folder is new, empty, or holds what a simulation wrote and nothing else."""
    if folder.exists() and not folder.is_dir():
        raise UserError(Problem("is a file", str(folder), "Name a folder.", column="--out"))
    inside = _inside(folder)
    sign = folder / "README.txt"
    signed = sign.is_file() and sign.read_text("utf-8", "replace").startswith(SIGN)
    foreign = [path.name for path in inside if not signed or path.relative_to(folder).as_posix() not in WRITTEN]
    foreign += [path.name for path in [folder, *folder.rglob("*")] if path.is_symlink()]
    if foreign or (not signed and sign.exists()):
        do = "Name a new folder: a simulation writes only over a simulation."
        raise UserError(Problem("holds something else", str(folder), do, ", ".join(sorted(foreign)[:3]), column="--out"))


def make_room(folder: Path) -> None:
    """Mark a folder as synthetic and empty it of an earlier simulation. Raises `UserError` as `check_room` does."""
    check_room(folder)
    mark(folder)
    for path in _inside(folder):
        path.unlink()


def _inside(folder: Path) -> list[Path]:
    """Every file below the folder but its README."""
    return [path for path in sorted(folder.rglob("*")) if not path.is_dir() and path != folder / "README.txt"]


def listed() -> list[str]:
    """A line for each knob."""
    found = []
    for name, field in Knobs.model_fields.items():
        low, high = (getattr(bound, side) for side, bound in zip(("ge", "le"), field.metadata, strict=True))
        found.append(f"{name:22} {field.default:<6g} {low:g} to {high:<5g} {field.description}")
    return found
