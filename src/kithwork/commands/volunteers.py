"""`kithwork volunteers`: a list on which a few people say of what kind their ties are."""

from __future__ import annotations

from typing import Annotated

import typer

from kithwork import params
from kithwork.commands.speaking import Study, for_people, say_if_synthetic
from kithwork.errors import Problem, UserError
from kithwork.setting import KINDS


def volunteers(
    engagement: Study = "",
    people: Annotated[int, typer.Option(min=1, max=100, help="Volunteers to ask: five teach next to nothing.")] = 10,
) -> None:
    """Write the list that volunteers fill in: of what kind their ties are. Those are named who would teach most.

    It names people: it lies in data/review/, which git leaves out. Filled in, it is data/raw/<study>/decided/labels.csv.
    A list that somebody filled in where it lies is not overwritten.

    Example: kithwork volunteers acme --people 10
    """
    import numpy as np

    from kithwork import cleaning, lists, store
    from kithwork.ties import volunteers as asking

    with for_people():
        settings = params.load(engagement)
        try:
            ties, known, opt_outs = (store.load(name, engagement) for name in ("ties", "people", "opt_outs"))
        except FileNotFoundError as error:
            raise UserError(Problem("has no ties yet", f"data/ties/{engagement}", "Run `make report`.")) from error
        ties = asking.may_be_asked(ties, opt_outs)
        chosen = asking.chosen(ties, known, people)
        asked = asking.asked(ties, chosen, np.random.default_rng(settings.ties.seed))
        listed = cleaning.named(settings).set_index("person_id")
        if not asked["colleague_id"].isin(listed.index).all():
            do = "Use the key that the run used (KITHWORK_KEY_FILE), or run `make report` again."
            raise UserError(Problem("has ties of people who are not on its staff list", f"data/ties/{engagement}", do))
        rows = asked.assign(
            person=asked["person_id"].map(listed["person"]),
            colleague=asked["colleague_id"].map(listed["person"]),
            name=asked["colleague_id"].map(listed["name"]),
            **dict.fromkeys(KINDS, ""),
        ).drop(columns=["person_id", "colleague_id"])
        place = lists.review("labels", rows, engagement, answers=KINDS)
    say_if_synthetic(settings)
    typer.echo(f"{len(chosen)} volunteers, {len(rows)} ties: {place.relative_to(params.ROOT)}")
    typer.echo(
        f"Fill in yes or no, or leave a cell empty; save it as data/raw/{engagement}/decided/labels.csv; make report"
    )
