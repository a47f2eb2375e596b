"""`kithwork survey`: the questionnaire, for the tools that put it to people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kithwork.commands.speaking import for_people


def survey(
    name: Annotated[str, typer.Argument(help="Name of the survey: begins its files' names.")],
    change: Annotated[str, typer.Option(help="The change asked about, as it stands in a sentence.")] = "the change",
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(),
    organisation: Annotated[str, typer.Option(help="Who asks, as the notice says it.")] = "Your organisation",
    basis: Annotated[str | None, typer.Option(help="The lawful basis, as the notice says it.")] = None,
    contact: Annotated[str | None, typer.Option(help="Whom to write to in order to withdraw.")] = None,
    destroyed: Annotated[str | None, typer.Option(help="By when what was written is destroyed.")] = None,
    forms: Annotated[bool, typer.Option("--forms", help="Three forms, each without one item of every value.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite other files of these names.")] = False,
) -> None:
    """Write the survey as an XLSForm (.xlsx), as text for Qualtrics (.txt) and as a page to print.

    Example: kithwork survey acme --change "the new billing system" --contact people@acme.example --forms
    """
    from kithwork.survey import files
    from kithwork.survey.instrument import Terms

    given = {"basis": basis, "contact": contact, "destroyed": destroyed}
    said = {word: text for word, text in given.items() if text is not None}
    with for_people():
        files.check_name(name)
        written = files.contents(Terms(name, change, organisation, **said), forms)
        files.save(written, out, force)
    for file in written:
        typer.echo(str(out / file))
    if forms:
        typer.echo("Give each form to a third of the people, drawn at random.")
    typer.echo("In Qualtrics: turn on Loop & Merge for the block 'About each person', field 1 being A1 to A15.")
