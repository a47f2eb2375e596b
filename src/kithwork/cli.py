"""The `kithwork` command: its verbs, and how each is found.

A verb's module is imported when that verb is called, and never for a list of verbs: so help and completion come at once.
"""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from kithwork import __version__, mishaps
from kithwork.commands.speaking import for_people

VERBS = {
    "new": ("A study", "Begin a study: a folder for the client's files, and an entry in params.yaml."),
    "map": ("A study", "Say which file is which source, and which column which field, in params.yaml."),
    "check": ("A study", "Read and judge every file of a study; write nothing."),
    "survey": ("A study", "Write the survey as an XLSForm (.xlsx), as text for Qualtrics (.txt) and as a page to print."),
    "simulate": ("A study", "Write a synthetic organisation whose truth is known."),
    "knobs": ("A study", "What `kithwork simulate` can plant."),
    "run": ("A study", "Run every stage that is out of date, and say what ran, what was found and what to do next."),
    "status": ("A study", "Say which stages are to be run and why, and what waits for a decision."),
    "open": ("Results", "Open a study's report in the browser, and print where it lies."),
    "compare": ("Results", "Set the released figures of two studies beside each other."),
    "explain": ("Results", "Where a sentence or a figure of the report comes from."),
    "explore": ("Results", "Write a picture of the network, person by person, to look into."),
    "volunteers": ("To decide", "Write the list that volunteers fill in: of what kind their ties are."),
    "topics": ("To decide", "Write the list of topics found, for an analyst to name them."),
    "quotes": ("To decide", "Write the list of texts that their writers let be quoted."),
    "introduce": ("To decide", "Write who could introduce a person to a group or an outside party."),
    "start": ("To decide", "Write whom to start the change with."),
    "lint": ("To publish", "Hold every page of a folder to the checklist of a report."),
    "audit": ("To publish", "Try to break finished pages: who can be found in them, what is about too few."),
    "publish": ("To publish", "Write an edition of the finished reports as a folder."),
}  # fmt: skip
"""Each verb, with its heading in the list and how its help begins. Its function is in `commands/`, under its name."""

STATUS = "\n\n".join(
    (
        "Ends with 0: done.",
        "1: something is to be mended; what, where and how stands on the error stream.",
        "2: the command is not written as it should be.",
        "3: audit or publish refuse.",
    )
)


class Verbs(TyperGroup):
    """The verbs by name alone, until one of them is called."""

    def __init__(self, **given: Any) -> None:
        listed = {verb: TyperCommand(verb, help=line, rich_help_panel=panel) for verb, (panel, line) in VERBS.items()}
        super().__init__(**given | {"commands": listed})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The verb that was called, imported."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and called(listed.name), rest

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; what the machine refuses on the way is told as people can mend it."""
        mishaps.speak_in_any_alphabet()
        with for_people():
            return super().invoke(ctx)


def called(verb: str) -> TyperCommand:
    """The command of a verb: the function of the same name in the module of that name."""
    function = getattr(import_module(f"kithwork.commands.{verb}"), verb)
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(verb, help=_in_paragraphs(cleandoc(function.__doc__)))(function)
    return get_command(alone)


def _in_paragraphs(text: str) -> str:
    """A docstring whose lines a terminal breaks where it will."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


app = typer.Typer(cls=Verbs, epilog=STATUS, no_args_is_help=True, pretty_exceptions_enable=False)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"kithwork {__version__}")
        raise typer.Exit


@app.callback()
def kithwork(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Which relationships does an organisation run on, and what do they let it change?

    `kithwork VERB --help` says more of each, with an example.
    """
