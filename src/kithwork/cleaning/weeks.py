"""Each person's weeks: at work, away, not there yet or no longer; and who hardly uses what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis
    import pandas as pd

LONGEST_LEAVE = 8
"""Weeks without a record, between weeks with some, up to which a person counts as on leave; beyond it, as not recorded."""


def contacts_by_week(kept: ibis.Table) -> ibis.Table:
    """Records of each person, as ego or alter, in each week with any: columns person_id, week (Monday, UTC), contacts."""
    ends = [
        kept.filter((kept[f"{end}_kind"] == "person") & kept.at.notnull()).select(
            person_id=kept[f"{end}_id"], week=kept.at.truncate("W")
        )
        for end in ("ego", "alter")
    ]
    met = ends[0].union(ends[1])
    return met.group_by("person_id", "week").agg(contacts=met.count())


def in_utc(days: pd.Series) -> pd.Series:
    """Days as an engine gives them, with or without a zone, as times in UTC."""
    import pandas as pd

    return pd.to_datetime(days, utc=True).astype("datetime64[us, UTC]")


def states(found: pd.DataFrame, light_user: float) -> pd.DataFrame:
    """A row per person with any record and week of the time studied: person_id, week, contacts, state. `found`: rows of
    `contacts_by_week`, of all blocks.

    `active` has a record. Weeks without any are `before` the person's first and `after` the last active one; between them
    up to `LONGEST_LEAVE` in a row are `leave`, longer ones `silent`. A person whose middle active week has fewer than
    `light_user` contacts is `light` in all active ones: what such people do is not in these records.
    """
    import numpy as np
    import pandas as pd

    found = found.assign(week=in_utc(found["week"])).groupby(["person_id", "week"], as_index=False)["contacts"].sum()
    if not len(found):
        return found.assign(state=pd.Series(dtype="str"))
    weeks = pd.date_range(found["week"].min(), found["week"].max(), freq="7D", unit="us")
    grid = found.pivot(index="person_id", columns="week", values="contacts").reindex(columns=weeks).fillna(0)
    counts = grid.to_numpy()
    there = counts > 0
    number = np.arange(len(weeks))
    first, last = there.argmax(axis=1)[:, None], len(weeks) - 1 - there[:, ::-1].argmax(axis=1)[:, None]
    state = np.where(number < first, "before", np.where(number > last, "after", "leave")).astype(object)
    state[_long_gaps(there) & (state == "leave")] = "silent"
    middle = np.nanmedian(np.where(there, counts, np.nan), axis=1)[:, None]
    state[there] = np.broadcast_to(np.where(middle < light_user, "light", "active"), counts.shape)[there]
    return pd.DataFrame(
        {
            "person_id": np.repeat(grid.index.to_numpy(), len(weeks)),
            "week": np.tile(weeks, len(grid)),
            "contacts": counts.astype("int64").ravel(),
            "state": state.ravel(),
        }
    )


def _long_gaps(there) -> object:
    """Cells in a run of more than `LONGEST_LEAVE` without a record, along each row."""
    import numpy as np

    number = np.arange(there.shape[1])
    before = np.maximum.accumulate(np.where(there, number, -1), axis=1)
    after = np.minimum.accumulate(np.where(there, number, there.shape[1])[:, ::-1], axis=1)[:, ::-1]
    return (after - before - 1) > LONGEST_LEAVE
