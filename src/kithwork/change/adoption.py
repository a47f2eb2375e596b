"""Who had taken up the change by when, as the client's records have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from kithwork.change.diffusion import NEVER
from kithwork.tables import ADOPTED


@dataclass(frozen=True)
class Adoptions:
    """`week`: (people,) int16 in which each adopted, from 0, the week in which the change began; NEVER for who had not.

    `weeks`: how many weeks were watched, the last one whole or not.
    """

    week: np.ndarray
    weeks: int

    @property
    def adopted(self) -> np.ndarray:
        """(people,) whether each had adopted when the watch ended."""
        return self.week != NEVER


def dated(outcomes: pd.DataFrame, people: pd.DataFrame, began: date | None, until: date | None) -> Adoptions | None:
    """Weeks of adoption in the order of `people`; None where nobody has a date of adoption.

    `began`: the day on which the change began, else that of the first adoption; earlier adopters are of week 0. `until`:
    the last day watched, else that of the last adoption. Who adopted without a date is not among the dated: see `undated`.
    """
    rows = outcomes[(outcomes["outcome"] == ADOPTED) & outcomes["at"].notna()].set_index("person_id")["at"]
    when = rows.reindex(people["person_id"])
    if when.notna().sum() == 0:
        return None
    first = pd.Timestamp(began, tz="UTC") if began else when.min().normalize()
    last = max(pd.Timestamp(until, tz="UTC") if until else when.max(), when.max(), first)
    week = ((when - first).dt.days // 7).clip(lower=0)
    return Adoptions(week.fillna(NEVER).to_numpy().astype(np.int16), int((last - first).days // 7) + 1)


def undated(outcomes: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """(people,) whether each is recorded as having adopted, but not when."""
    rows = outcomes[(outcomes["outcome"] == ADOPTED) & outcomes["at"].isna()]
    return people["person_id"].isin(rows["person_id"]).to_numpy()
