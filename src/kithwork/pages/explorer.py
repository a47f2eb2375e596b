"""A picture of all people and ties for whoever runs the study: to look into, never to publish.

It shows people by their pseudonyms, so it lies in `data/review/`, which git leaves out, where its owner alone can read it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kithwork import lists
from kithwork.errors import Problem, UserError
from kithwork.network.layout import places
from kithwork.pages import rendering
from kithwork.params import Settings
from kithwork.setting import KINDS

MOST = 2_000
"""People of a picture: more are drawn slowly, and cannot be told apart."""


def explorer(people: pd.DataFrame, ties: pd.DataFrame, settings: Settings, unit: str | None = None) -> Path:
    """Write the page, of everybody or of one unit and those tied to it, and say where. Raises `UserError` where these are
    more than `MOST`, or nobody."""
    shown, between = _around(people, ties, unit)
    if shown.empty:
        raise UserError(
            Problem("has nobody of this unit", "kithwork explore", "Write it as the staff list has it.", str(unit))
        )
    if len(shown) > MOST:
        do = "Name a unit with --unit: its people and those tied to them are drawn."
        raise UserError(
            Problem(f"are more than the {MOST:,} that a picture can show", "kithwork explore", do, f"{len(shown):,}")
        )
    units = sorted(shown["unit"].dropna().unique())
    row = pd.Series(range(len(shown)), index=shown["person_id"])
    ends = [between[end].map(row) for end in ("a_id", "b_id")]
    held = pd.concat(ends).value_counts().reindex(range(len(shown)), fill_value=0)
    chances = [(between[f"p_{kind}"] * 100).round().fillna(-1).astype(int) for kind in KINDS]
    content = {
        "people": [
            [name, units.index(of) if isinstance(of, str) else -1, x, y]
            for name, of, (x, y) in zip(shown["person_id"], shown["unit"], places(shown, between).tolist(), strict=True)
        ],
        "units": units,
        "kinds": list(KINDS),
        "ties": [list(map(int, tie)) for tie in zip(*ends, *chances, strict=True)],
    }
    rows = [
        {"person": name, "unit": of if isinstance(of, str) else "", "ties": int(n)}
        for name, of, n in zip(shown["person_id"], shown["unit"], held, strict=True)
    ]
    page = rendering.render(
        "explorer.html.j2",
        network=content,
        rows=sorted(rows, key=lambda one: (-one["ties"], one["person"])),
        word=settings.engagement.group_word,
        engagement=settings.name,
        synthetic=settings.engagement.label,
    )
    return lists.review_page("network", page, settings.name)


def _around(people: pd.DataFrame, ties: pd.DataFrame, unit: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The people to draw, and the ties between them."""
    known = ties[ties["a_id"].isin(people["person_id"]) & ties["b_id"].isin(people["person_id"])]
    if unit is None:
        return people, known
    own = set(people.loc[people["unit"] == unit, "person_id"])
    known = known[known["a_id"].isin(own) | known["b_id"].isin(own)]
    near = own | set(known["a_id"]) | set(known["b_id"])
    return people[people["person_id"].isin(near)].reset_index(drop=True), known
