"""`kithwork simulate`: an organisation whose truth is known, as a client would send it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kithwork.commands.speaking import for_people
from kithwork.errors import Problem, UserError


class Form(StrEnum):
    """How a simulated organisation is written."""

    FILES = "files"
    TABLES = "tables"


def simulate(
    out: Annotated[Path, typer.Option(help="Folder to write: new, empty, or simulated before.")],
    people: Annotated[int, typer.Option(help="People in the organisation, from 20.")] = 400,
    weeks: Annotated[int, typer.Option(help="Weeks it is watched, from 8.")] = 26,
    seed: Annotated[int, typer.Option(help="Start of the random numbers; the same seed gives the same bytes.")] = 7,
    knob: Annotated[list[str], typer.Option(help="What to plant, as name=value; see `kithwork knobs`.")] = [],  # noqa: B006
    form: Annotated[
        Form, typer.Option("--as", help="A client's files with their dirt, or clean tables (parquet).")
    ] = Form.FILES,
) -> None:
    """Write a synthetic organisation whose truth is known: a client's files, and what was planted in truth/.

    Example: kithwork simulate --people 400 --seed 8 --out data/raw/another
    """
    from kithwork import simulation
    from kithwork.simulation import files, recipe, tables

    with for_people():
        knobs = recipe.knobs(knob)
        recipe.check(people, weeks, seed)
        recipe.check_room(out)
        world = simulation.simulate(people, weeks, seed, knobs)
        try:
            recipe.make_room(out)
            if form is Form.FILES:
                files.write(world, out, typer.echo)
            else:
                typer.echo(f"{tables.write(world, out):,} interactions")
        except OSError as error:
            do = "Name a folder that can be written."
            raise UserError(Problem("cannot be written", str(out), do, error.strerror or "", column="--out")) from None
    typer.echo(f"Synthetic: {people:,} people who do not exist, in {out}/")
