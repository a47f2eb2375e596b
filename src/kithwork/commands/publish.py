"""`kithwork publish`: an edition of the finished reports as a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from kithwork.commands.speaking import Study

Edition = Literal["public", "sponsor", "confidential"]
Paper = Literal["A4", "letter"]

Place = Annotated[Path | None, typer.Option("--to", help="Folder to write: new, empty, or published before.")]


def publish(
    engagement: Study = "",
    edition: Annotated[Edition, typer.Option(help="For whom.")] = "public",
    to: Place = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="The report as PDF too, by Chromium, Chrome or Edge.")] = False,
    paper: Annotated[Paper, typer.Option(help="Of the PDF.")] = "A4",
    draft: Annotated[bool, typer.Option("--draft", help="Publish uncommitted work; every page says so.")] = False,
    workflow: Annotated[bool, typer.Option("--workflow", help="Write .github/workflows/pages.yml, and no folder.")] = False,
) -> None:
    """Write an edition of the finished reports as a folder, fit for GitHub Pages (public) or any file share.

    public: the whole organisation. sponsor: groups too. confidential: also the pages of people who asked for their own.

    A folder holds one edition, of several studies if published one by one. Nothing is written where the audit or the
    linter finds anything, pages are not those of the last run, the study may not be kept any more, or the folder is
    where others would see it.

    Ends with 1 also where the PDF alone could not be made, the folder being whole without it; with 3 where it refuses.

    Example: kithwork publish acme --edition public --to site
    """
    from kithwork.errors import UserError
    from kithwork.publishing import publication
    from kithwork.publishing import workflow as for_pages
    from kithwork.publishing.refusal import STATUS, Refused

    try:
        if workflow:
            typer.echo(f"{for_pages.write(engagement)}: commit it, and choose GitHub Actions as the source of Pages.")
            return
        if to is None:
            raise typer.BadParameter("name a folder: --to FOLDER", param_hint="--to")
        done = publication.publish(engagement, edition, to, paper=paper if pdf else "", draft=draft)
    except Refused as error:
        typer.echo(f"Refused, nothing was written.\n{error}", err=True)
        raise typer.Exit(STATUS) from None
    except UserError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{to / 'index.html'}: the {edition} edition of {', '.join(done.engagements)}, {done.files} files")
    typer.echo(done.looked_at)
    if done.problems:
        typer.echo("\n".join(map(str, done.problems)), err=True)
        raise typer.Exit(1)
