"""`kithwork run`: every stage that is out of date, for all studies or those named."""

from __future__ import annotations

from typing import Annotated

import typer

from kithwork.commands import process
from kithwork.commands.speaking import for_people, offered

Studies = Annotated[
    list[str] | None,
    typer.Argument(metavar="STUDY", autocompletion=offered, show_default=False, help="Those alone; else all."),
]


def run(studies: Studies = None) -> None:
    """Run every stage that is out of date, and say what ran, what was found and what to do next.

    It does what `dvc repro` does. A study that fails does not keep the others from their reports; one that lacks its files
    is left out. What is up to date is not run again.

    Ends with 130 where you stopped it; the next run goes on from the last stage that was finished.

    Example: kithwork run acme
    """
    with for_people():
        status = process.status_of("repro", "--account", *(studies or []))
    raise typer.Exit(status)
