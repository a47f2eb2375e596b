"""`kithwork compare`: two studies side by side, or a study beside what it was at a revision or in an experiment."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kithwork import params
from kithwork.commands import process
from kithwork.commands.speaking import AsJson, for_people, offered, say_json
from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    import pandas as pd

First = Annotated[str, typer.Argument(metavar="STUDY", autocompletion=offered, show_default=False, help="A study.")]
Second = Annotated[
    str,
    typer.Argument(metavar="OTHER", autocompletion=offered, show_default=False, help="Another, or the wave after it."),
]
To = Annotated[
    str, typer.Option("--to", metavar="REVISION", help="The same study at a git revision or in a dvc experiment.")
]
All = Annotated[bool, typer.Option("--all", help="Also what does not differ, or cannot be compared.")]


def compare(first: First, second: Second = "", to: To = "", everything: All = False, as_json: AsJson = False) -> None:
    """Set the released figures of two studies beside each other; with `--to`, those of one beside what they were.

    Two studies: each figure of both with its interval, their difference, and whether they can be told apart, corrected for
    how many are compared. Two waves of the same people are no two samples: of them the changes are told that the values
    chapter found.

    With `--to` it says which settings differ, and which figures moved. The same data under other settings have no chance in
    them, so nothing is tested.

    Example: kithwork compare acme --to HEAD~1
    """
    if bool(second) == bool(to) or to.startswith("-"):
        raise typer.BadParameter("name another study, or a revision: --to HEAD~1", param_hint="what to compare with")
    if first == second:
        raise typer.BadParameter(f"{first} is named twice; one study at two times: --to", param_hint="what to compare with")
    with for_people(as_json):
        found = _with_revision(first, to) if to else _with_study(first, second)
    if as_json:
        say_json(found | {"figures": [row.plain() for row in found["figures"]]})
    else:
        from kithwork.commands import beside

        beside.say(found, in_full=everything)


def _with_study(first: str, second: str) -> dict[str, Any]:
    from kithwork import store
    from kithwork.release import release
    from kithwork.report import setting_beside

    named = {name: params.load(name) for name in (first, second)}
    smallest = max(one.report.smallest_group for one in named.values())
    claims = {name: _claims(name) for name in named}
    order = _in_order(first, second, claims)
    earlier, later = order or (first, second)
    shown = {name: release(rows, smallest) for name, rows in claims.items()}
    related = bool(order) or _share_people(first, second)
    if related:
        table = store.load("changes", later) if order else None
        changed = set() if table is None else set(table.loc[table["changed"], "indicator"])
        figures = setting_beside.waves(shown[earlier], shown[later], changed, named[later])
    else:
        signs = [one.engagement.signs for one in named.values()]
        figures = setting_beside.studies(shown[earlier], shown[later], named[later], same_signs=signs[0] == signs[1])
    return {
        "first": earlier,
        "second": later,
        "synthetic": [one.engagement.label for one in named.values() if one.engagement.label][:1],
        "samples": "two waves" if order else "people in common" if related else "independent",
        "smallest_group": smallest,
        "figures": figures,
    }


def _with_revision(study: str, revision: str) -> dict[str, Any]:
    import pandas as pd

    from kithwork.release import release
    from kithwork.report import before_and_after
    from kithwork.tables import CLAIMING

    settings = params.load(study)
    now = _claims(study)
    with tempfile.TemporaryDirectory() as folder:
        differs = process.answer_of("recall", study, revision, folder)
        parts = [_of_then(Path(folder) / f"{name}.parquet", revision) for name in CLAIMING]
    smallest = max(settings.report.smallest_group, differs.pop("smallest_group"))
    before, after = (release(rows, smallest) for rows in (pd.concat(parts, ignore_index=True), now))
    figures = before_and_after.moved(before, after, same_data=differs["same_data"])
    return {
        "first": f"{study} at {revision}",
        "second": f"{study} now",
        "synthetic": [settings.engagement.label] if settings.engagement.label else [],
        "samples": "same data" if differs["same_data"] else "other data",
        "smallest_group": smallest,
        **differs,
        "compared": int(before.claims["id"].isin(after.claims["id"]).sum()),
        "figures": figures,
    }


def _claims(study: str) -> pd.DataFrame:
    from kithwork import store

    try:
        return store.claims(study)
    except FileNotFoundError as error:
        do = f"Run `kithwork run {study}`."
        raise UserError(Problem("has no results of every chapter yet", f"data/*/{study}", do)) from error


def _of_then(path: Path, revision: str) -> pd.DataFrame:
    """Claims of another version of the code, which may have kept them otherwise."""
    import pandas as pd
    from pandera.errors import SchemaError, SchemaErrors

    from kithwork.tables import CLAIMS

    try:
        return CLAIMS.checked(pd.read_parquet(path))
    except (SchemaError, SchemaErrors, KeyError, ValueError) as error:
        do = "Name a later revision, or run that one in a folder of its own."
        raise UserError(Problem("kept its figures in another form, so they cannot be read", revision, do)) from error


def _in_order(first: str, second: str, claims: dict[str, pd.DataFrame]) -> tuple[str, str] | None:
    """The earlier and the later study, where one carries the figures of the other as those of the wave before."""
    from kithwork import wave_before

    for earlier, later in ((first, second), (second, first)):
        carried = wave_before.previous(later)[1]
        if len(carried):
            known = claims[earlier].set_index("id")["estimate"]
            figures = carried.set_index("id")["estimate"]
            if figures.index.isin(known.index).all() and (known[figures.index] - figures).abs().max() < 1e-9:
                return earlier, later
    return None


def _share_people(first: str, second: str) -> bool:
    from kithwork import store

    one, other = (store.load("people", name)["person_id"] for name in (first, second))
    return bool(one.isin(other).any())
