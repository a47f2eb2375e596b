"""`kithwork open`: a study's report in the browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kithwork import params
from kithwork.commands.speaking import Study, for_people
from kithwork.errors import Problem, UserError

STALE = '<div class="stale" role="alert">'
"""The banner on pages of an older run."""

Page = Annotated[str, typer.Option("--page", help="Another: public, codebook, network, chapters/3_people, groups/sales, …")]


def open(study: Study = "", page: Page = "index") -> None:
    """Open a study's report in the browser, and print where it lies.

    Where there is no display it is only printed. `--page network` is the picture that `kithwork explore` makes.

    Example: kithwork open acme --page chapters/3_people
    """
    with for_people():
        params.stated(study)
        place = _place(study, page)
        if not place.is_file():
            raise UserError(_absent(study, page, place))
    typer.echo(str(place))
    if STALE in place.read_text(encoding="utf-8"):
        typer.echo(f"Stale: a newer run was started and has not finished. Next: kithwork run {study}", err=True)
    if _has_display():
        import webbrowser

        webbrowser.open(place.as_uri())


def _place(study: str, page: str) -> Path:
    """Where a page lies. Raises `UserError` for a name that leads out of the reports."""
    reports = params.ROOT / "reports"
    elsewhere = {
        "codebook": reports / "codebook.html",
        "network": params.ROOT / "data" / "review" / study / "network.html",
    }
    place = elsewhere.get(page, reports / study / f"{page.removesuffix('.html')}.html")
    if page not in elsewhere and (reports / study).resolve() not in place.resolve().parents:
        raise UserError(Problem("is no page of the study", "--page", "Name one of its pages.", found=page))
    return place


def _absent(study: str, page: str, place: Path) -> Problem:
    from kithwork.errors import nearest

    told = place.relative_to(params.ROOT).as_posix()
    if page == "network":
        return Problem("is not there yet", told, f"Run `kithwork explore {study}`.")
    folder = params.ROOT / "reports" / study
    there = sorted(one.relative_to(folder).with_suffix("").as_posix() for one in folder.rglob("*.html"))
    if not there or page == "codebook":
        return Problem("is not there yet", told, f"Run `kithwork run {study}`.")
    return Problem("is no page of the study", told, nearest(page, [*there, "codebook", "network"]), found=page)


def _has_display() -> bool:
    """Whether a browser could show anything: a text browser, which would take over the terminal, is not meant."""
    shown_by = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in shown_by)
