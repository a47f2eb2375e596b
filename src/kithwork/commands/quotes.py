"""`kithwork quotes`: texts whose writers let them be quoted, for somebody to read first."""

from __future__ import annotations

import typer

from kithwork import params
from kithwork.commands.speaking import Study, for_people, say_if_synthetic
from kithwork.errors import Problem, UserError


def quotes(engagement: Study = "") -> None:
    """Write the list of texts that their writers let be quoted. None is shown before somebody read it and says yes.

    It holds what people wrote: it lies in data/review/, which git leaves out. Filled in, it is
    data/raw/<study>/decided/quotes.csv. A list that somebody filled in where it lies is not overwritten.

    Example: kithwork quotes acme
    """
    from kithwork import lists, store
    from kithwork.market.quotes import to_review

    with for_people():
        settings = params.load(engagement)
        try:
            found = store.load("quotes", engagement)
        except FileNotFoundError as error:
            raise UserError(
                Problem("has no texts to quote yet", f"data/market/{engagement}", "Run `make report`.")
            ) from error
        place = lists.review("quotes", to_review(found), engagement, answers=("show",))
    say_if_synthetic(settings)
    typer.echo(f"{len(found)} texts that may be quoted: {place.relative_to(params.ROOT)}")
    typer.echo(f"Write yes or no under show; save it as data/raw/{engagement}/decided/quotes.csv; make report")
