"""`kithwork introduce`: who could introduce a person to a group or a party."""

from __future__ import annotations

from typing import Annotated

import typer

from kithwork import params
from kithwork.commands.speaking import OfStudy, for_people, say_if_synthetic
from kithwork.errors import Problem, UserError, nearest


def introduce(
    person: Annotated[str, typer.Argument(help="Who wants to be introduced: the id on the staff list.")],
    to: Annotated[str, typer.Argument(help="A group of the staff list, or the id of an outside party.")],
    engagement: OfStudy = "",
) -> None:
    """Write who could introduce a person to a group or an outside party: the best ways through different colleagues.

    It names people: it lies in data/review/, which git leaves out. Ask each of them first.

    Example: kithwork introduce 1042 Sales -e acme
    """
    import numpy as np
    import pandas as pd

    from kithwork import cleaning, lists, store
    from kithwork.cleaning.identities import pseudonyms
    from kithwork.network import introductions
    from kithwork.ties.volunteers import may_be_asked

    with for_people():
        settings = params.load(engagement)
        names = ("ties", "people", "opt_outs", "nominations", "parties")
        try:
            ties, known, opt_outs, named, parties = (store.load(name, engagement) for name in names)
        except FileNotFoundError as error:
            raise UserError(Problem("has no ties yet", f"data/ties/{engagement}", "Run `make report`.")) from error
        coded, listed = pseudonyms(settings), cleaning.named(settings).set_index("person_id")
        asking = known["person_id"].eq(coded(person))
        if not asking.any():
            do = "Write the id as the staff list has it."
            raise UserError(Problem("is nobody on the staff list", "kithwork introduce", do, person))
        targets = np.flatnonzero(known["unit"].eq(to))
        targets = targets if len(targets) else introductions.known_by(coded(to), known, named, parties)
        if not len(targets):
            do = f"Name a group of the staff list, or a party by its id. {nearest(to, known['unit'].dropna().unique())}"
            raise UserError(Problem("is no group, nor a party that anybody names", "kithwork introduce", do, to))
        carry = introductions.carries(may_be_asked(ties, opt_outs), known)
        found = introductions.ways(carry, int(asking.argmax()), targets)
        steps = [
            (number, step, known["person_id"].iloc[row], round(way.probability, 3))
            for number, way in enumerate(found, start=1)
            for step, row in enumerate(way.people)
        ]
        rows = pd.DataFrame(steps, columns=["way", "step", "id", "probability"])
        rows = rows.assign(person=rows["id"].map(listed["person"]), name=rows["id"].map(listed["name"]))
        place = lists.review("introductions", rows[["way", "step", "person", "name", "probability"]], engagement)
    say_if_synthetic(settings)
    if not found:
        typer.echo(f"{person} belongs there, or no colleague leads there.")
    else:
        many = "1 way" if len(found) == 1 else f"{len(found)} ways, the best first"
        typer.echo(f"{many}: {place.relative_to(params.ROOT)}")
