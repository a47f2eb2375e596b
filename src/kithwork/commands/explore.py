"""`kithwork explore`: a picture of the network, for whoever runs the study."""

from __future__ import annotations

from typing import Annotated

import typer

from kithwork import params
from kithwork.commands.speaking import Study, for_people, say_if_synthetic
from kithwork.errors import Problem, UserError


def explore(
    engagement: Study = "",
    unit: Annotated[str | None, typer.Option(help="Draw this group and those tied to it, not everybody.")] = None,
) -> None:
    """Write a picture of the network, person by person, to look into: data/review/<study>/network.html.

    It shows people by pseudonym, is never published, and lies where git leaves it out. Delete it when you are done.

    Example: kithwork explore acme --unit Sales
    """
    from kithwork import store
    from kithwork.pages.explorer import explorer

    with for_people():
        settings = params.load(engagement)
        try:
            people, ties = (store.load(name, engagement) for name in ("people", "ties"))
        except FileNotFoundError as error:
            raise UserError(Problem("has no ties yet", f"data/ties/{engagement}", "Run `make report`.")) from error
        place = explorer(people, ties, settings, unit)
    say_if_synthetic(settings)
    typer.echo(f"Open it in a browser, and delete it when you are done: {place.relative_to(params.ROOT)}")
