"""`kithwork start`: whom to start the change with, among those who offered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from kithwork import params
from kithwork.commands.speaking import Study, for_people, say_if_synthetic
from kithwork.errors import Problem, UserError


def start(
    engagement: Study = "",
    size: Annotated[
        int | None, typer.Option(min=3, max=12, help="People in a team, where not as params.yaml says.")
    ] = None,
) -> None:
    """Write whom to start the change with: those who offered to help, and the small teams that suit it best among them.

    Teams are chosen by the rule of the sixth chapter, but among those who offered. Who agreed to be named is named, and
    nobody else: others are counted by unit. Both lists lie in data/review/, which git leaves out. Lists of an earlier run
    are removed first, even if this one ends in an error: they may name who has withdrawn since.

    Example: kithwork start acme --size 5
    """
    from kithwork import cleaning, lists, store
    from kithwork.change import offers
    from kithwork.release import HELD_BACK, withheld

    with for_people():
        settings = params.load(engagement)
        change = settings.change
        if size:
            change = change.model_copy(update={"teams": change.teams.model_copy(update={"size": size})})
        size = change.teams.size
        change = change.model_copy(update={"starters": max(change.starters, size)})
        settings = settings.model_copy(update={"change": change})
    with for_people(), _in_place_of(("start", "start_units"), engagement):
        names = ("ties", "people", "opt_outs", "responses", "answers")
        try:
            ties, known, opt_outs, responses, answers = (store.load(name, engagement) for name in names)
        except FileNotFoundError as error:
            raise UserError(Problem("has no ties yet", f"data/ties/{engagement}", "Run `make report`.")) from error
        volunteers = offers.offered(responses, opt_outs, known)
        if problem := offers.too_few(int(volunteers.sum()), responses, size, engagement):
            raise UserError(problem)
        listed = cleaning.named(settings).set_index("person_id")
        rows, chosen = offers.listed(ties, known, answers, volunteers, settings)
        if not rows["person_id"].isin(listed.index).all():
            do = "Use the key that the run used (KITHWORK_KEY_FILE), or run `make report` again."
            raise UserError(Problem("has people who are not on its staff list", f"data/clean/{engagement}", do))
        rows = rows.assign(person=rows["person_id"].map(listed["person"]), name=rows["person_id"].map(listed["name"]))
        place = lists.review("start", rows[["person", "name", "unit", "team", "why"]], engagement)
        others = known.loc[~volunteers, "unit"].value_counts().sort_index()
        hidden = withheld(others, settings.report.smallest_group, int((~volunteers).sum()))
        counts = others.astype(object).where(~others.index.isin(hidden), HELD_BACK).rename("others").reset_index()
        counted = lists.review("start_units", counts, engagement)
    say_if_synthetic(settings)
    units, teams = rows["unit"].nunique(), rows["team"].nunique()
    made = f"{teams} team{'s' if teams > 1 else ''} of {size}"
    typer.echo(f"{len(rows)} volunteers from {units} units, {made} among them: {place.relative_to(params.ROOT)}")
    for line in offers.told(chosen):
        typer.echo(line)
    typer.echo(f"{int((~volunteers).sum())} others, by unit: {counted.relative_to(params.ROOT)}")


@contextmanager
def _in_place_of(names: tuple[str, ...], engagement: str) -> Iterator[None]:
    """Removes lists of an earlier run before new ones are made, and says so where none are made."""
    from kithwork import lists

    removed = lists.discard(names, engagement)
    try:
        yield
    except UserError:
        if removed:
            gone = f"{' and '.join(removed)} of an earlier run"
            typer.echo(f"Removed {gone}: who has withdrawn since may be named there.", err=True)
        raise
