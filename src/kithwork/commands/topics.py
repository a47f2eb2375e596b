"""`kithwork topics`: topics found, for an analyst to name."""

from __future__ import annotations

import typer

from kithwork import params
from kithwork.commands.speaking import Study, for_people, say_if_synthetic
from kithwork.errors import Problem, UserError


def topics(engagement: Study = "") -> None:
    """Write the list of topics found, for an analyst to name them, make several one, part one, or say what they are about.

    It holds phrases of people, however few: it lies in data/review/, which git leaves out. Filled in, it is
    data/raw/<study>/decided/topics.csv, whose lines find their topics again by words; those that stand there are in a new
    list as they are, so that it can take the place of the old one. A list that somebody filled in where
    it lies is not overwritten.

    Example: kithwork topics acme
    """
    from kithwork import lists, store
    from kithwork.market.said import listed, read

    with for_people():
        settings = params.load(engagement)
        try:
            found, phrases = (store.load(name, engagement) for name in ("topics", "topic_phrases"))
        except FileNotFoundError as error:
            raise UserError(Problem("has no topics yet", f"data/market/{engagement}", "Run `make report`.")) from error
        if found.empty:
            do = "Nothing is to be decided: texts are too few, or have too little in common."
            raise UserError(Problem("holds no topic", f"data/market/{engagement}/topics.parquet", do))
        rows = listed(found, phrases, read(engagement))
        place = lists.review("topics", rows, engagement, answers=("name", "parts", "role"))
    say_if_synthetic(settings)
    typer.echo(f"{len(found)} topics: {place.relative_to(params.ROOT)}")
    typer.echo(f"Fill in what you decide; save it as data/raw/{engagement}/decided/topics.csv; make report")
