"""`kithwork lint`: the checklist over a folder, told line by line."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from kithwork.commands.speaking import for_people

TOLD = 3
"""Faults of one check on one page that are told in full; of more, how many there are."""

Folder = Annotated[Path, typer.Argument(help="A folder of finished pages.")]


def lint(folder: Folder = Path("reports")) -> None:
    """Hold every page of a folder to the checklist of a report; exit 1 where a page breaks it.

    Example: kithwork lint reports
    """
    from kithwork.lint import lint as faults_of
    from kithwork.lint.checks import CHECKS

    with for_people():
        faults = faults_of(folder)
    for _, of_check in groupby(faults, key=lambda fault: (fault.page, fault.check)):
        first, more = (found := list(of_check))[:TOLD], len(found) - TOLD
        for fault in first:
            typer.echo(str(fault))
        if more > 0:
            typer.echo(f"{first[0].page}: {first[0].check}: and {more:,} more")
    many = f"{len(faults):,} fault{'s' * (len(faults) != 1)}"
    typer.echo(f"{len(CHECKS)} checks of each page in {folder}: {many if faults else 'no fault'}")
    if faults:
        raise typer.Exit(1)
