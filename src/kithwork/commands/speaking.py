"""What the verbs share: which study is meant, how faults are told, and what a script may read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kithwork import mishaps
from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    from kithwork.params import Settings


@contextmanager
def for_people(as_json: bool = False) -> Iterator[None]:
    """Prints what can be mended in place of a traceback, and ends with status 1; with --json, a document of it too."""
    try:
        yield
    except UserError as error:
        problems = error.problems
    except (OSError, MemoryError, ImportError) as error:
        from kithwork import params

        refused = mishaps.of(error, params.ROOT)
        if refused is None:
            raise
        problems = [refused]
    else:
        return
    if as_json:
        say_json({"errors": [str(one) for one in problems]})
    end_with(problems)


def end_with(problems: list[Problem]) -> NoReturn:
    """Tell on the error stream what is to be mended, and end with status 1."""
    typer.echo(str(UserError(problems)), err=True)
    raise typer.Exit(1)


def studies() -> list[str]:
    """The studies that `params.yaml` names; what completion offers."""
    from kithwork import params

    return list(params.read().engagements)


def offered() -> list[str]:
    """The studies, for completion: none where `params.yaml` cannot be read."""
    try:
        return studies()
    except UserError:
        return []


def studied(ctx: typer.Context, param: typer.CallbackParam, name: str) -> str:
    """The study meant: the only one there is, where none is named."""
    if ctx.resilient_parsing:
        return name
    _say_if_elsewhere()
    if name:
        return name
    with for_people():
        known = studies()
    if len(known) > 1:
        which = f"Say which one{f': -e {known[0]}' if param.param_type_name == 'option' else ''}."
        raise typer.BadParameter(f"params.yaml has {', '.join(known)}. {which}", param_hint="the study")
    return known[0]


def _say_if_elsewhere() -> None:
    """Say which project is meant where the command is not called in it."""
    from kithwork import params

    if params.ROOT == params.OWN and params.OWN not in (here := Path.cwd(), *here.parents):
        typer.echo(f"No params.yaml in this folder or above it. Taken: the project in {params.ROOT}", err=True)


_MEANT = "Study, as params.yaml names it; may be left out where there is one only."

Study = Annotated[
    str, typer.Argument(metavar="STUDY", callback=studied, autocompletion=offered, show_default=False, help=_MEANT)
]
"""The study that a verb is about; its default is the empty string."""

OfStudy = Annotated[
    str,
    typer.Option("--engagement", "-e", callback=studied, autocompletion=offered, show_default=False, help=_MEANT),
]
"""The study, for verbs that take other words; its default is the empty string."""

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document, for a script.")]


def say_json(data: object) -> None:
    """Print a document that a script can read, and nothing else."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def say_if_synthetic(settings: Settings) -> None:
    """Print first, where it is so, that nobody in the study exists."""
    if settings.engagement.label:
        typer.echo(settings.engagement.label)


def text(cell: object) -> str | None:
    """A cell of a table, or nothing where it is absent."""
    return cell if isinstance(cell, str) else None
