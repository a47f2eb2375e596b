"""`kithwork explain`: from a sentence of the report back to the code that made its figures."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from kithwork import params
from kithwork.commands.speaking import OfStudy, for_people, say_if_synthetic
from kithwork.errors import Problem, UserError


def explain(
    what: Annotated[str, typer.Argument(help="A part of a sentence of the report, or the id of a claim.")] = "",
    engagement: OfStudy = "",
    held: Annotated[bool, typer.Option("--held", help="The findings that the summary holds back, and why.")] = False,
) -> None:
    """Where a sentence or a figure of the report comes from: the claims it rests on, each with its value, interval, method,
    chapter and cell, and the code that made it. Ends with 1 where nothing is found, with 2 where several sentences are.

    Example: kithwork explain "half of all ties" -e acme
    """
    from kithwork import store
    from kithwork.release import release
    from kithwork.report import explaining

    with for_people():
        settings = params.load(engagement)
        try:
            released = release(store.claims(engagement), settings.report.smallest_group)
        except FileNotFoundError as error:
            raise UserError(Problem("has no claims yet", f"data/*/{engagement}", "Run `make report`.")) from error
        row = None if held else released.get(what)
        page = _page_of(engagement) if row is None else {"sentences": []}
        sentences = explaining.found(what, page["sentences"])
        if row is None and not held and not sentences:
            offered = explaining.alike(what, page["sentences"]) or get_close_matches(what, released.claims["id"])
            else_do = f"Give some words of a sentence, or an id that reports/{engagement}/claims.csv lists."
            do = f"Did you mean: {' | '.join(offered)}" if offered else else_do
            raise UserError(Problem("is not a released claim, nor part of a sentence of the report", what or "nothing", do))
    say_if_synthetic(settings)
    if held:
        lines = explaining.held_back(page)
    elif row is not None:
        lines = explaining.of_claim(row, engagement)
    elif len(sentences) > 1:
        lines = [f"{len(sentences)} sentences hold these words. Say more of one:", *(one["text"] for one in sentences)]
    else:
        lines = explaining.of_sentence(sentences[0], released.claims, page["provenance"], engagement)
    for line in lines:
        typer.echo(line)
    if len(sentences) > 1:
        raise typer.Exit(2)


def _page_of(engagement: str) -> dict:
    """What the page of a study was published from; no sentences where there is none yet."""
    from kithwork import store

    try:
        return store.load_document("page", engagement)
    except FileNotFoundError:
        return {"sentences": [], "held": [], "unanswered": []}
