"""`kithwork audit`: finished pages attacked, as a reader would who wishes to find somebody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kithwork.commands.speaking import for_people


def audit(
    folders: Annotated[list[Path], typer.Argument(help="Folders of finished pages; several are set beside one another.")],
    engagement: Annotated[
        str | None, typer.Option("--engagement", "-e", help="Study, where the folder does not bear its name.")
    ] = None,
    waves: Annotated[
        bool, typer.Option("--waves", help="The folders are of different waves, not releases of one.")
    ] = False,
) -> None:
    """Try to break finished pages: who can be found in them, what is about too few, what can be worked out.

    It reads what a reader gets; where the study's data are at hand, it knows whom to look for. Who is found is told masked,
    so that a log of it betrays nobody. It ends with status 3 where it finds anything.

    Example: kithwork audit reports/acme
    """
    from kithwork.audit import audit as audited

    with for_people():
        found = audited(folders, engagement, waves=waves)
    for fault in found.faults:
        typer.echo(str(fault))
    typer.echo(found.summary)
    typer.echo(f"{len(found.faults):,} faults." if found.faults else "Nothing was found.")
    if found.faults:
        raise typer.Exit(3)
