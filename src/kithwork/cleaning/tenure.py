"""Time in the organisation, from the day on which a person started and the day of the staff list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from kithwork.params import Settings

MONTH = 365.25 / 12
"""Days of a month of tenure."""


def with_tenure(staff: pd.DataFrame, settings: Settings, refuse: Callable) -> pd.DataFrame:
    """The rows with `tenure_months` where they have `started` instead: whole months, in decimals of one, to the day of the
    list, which is `staff_as_of` of the engagement or else the last day of its `period`. Who started after it has none.

    Raises `UserError` where neither is said.
    """
    import pandas as pd

    if "started" not in staff or not staff["started"].notna().any():
        return staff
    study = settings.engagement
    day = study.staff_as_of or (study.period[1] if study.period else None)
    if day is None:
        do = f"Write `staff_as_of: '2026-09-30'`, the day the list was drawn, under engagements.{settings.name}."
        raise UserError(Problem("has days of starting, and nothing says from when the list is", "params.yaml", do))
    months = (pd.Timestamp(day, tz="UTC") - staff["started"].dt.floor("D")).dt.days / MONTH
    late = months < 0
    refuse(late, "started", f"is after the staff list, which is of {day}", "Correct it, or the day of the list.")
    months = months.mask(late).round(1)
    told = staff["tenure_months"] if "tenure_months" in staff else pd.Series(float("nan"), index=staff.index)
    return staff.assign(tenure_months=told.fillna(months))
