"""What the first chapter claims of the survey: who answered, and how many answered without reading."""

from __future__ import annotations

import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import proportion
from kithwork.tables import STAGES

WILSON = "Share of those invited; Wilson interval (Wilson 1927)"


def claims(response: pd.DataFrame, careless: pd.DataFrame) -> Ledger:
    """Shares of those invited who answered, of all and by unit, and of respondents with two signs of carelessness or more.

    None where there was no survey.
    """
    ledger = Ledger(STAGES[0])
    groups = response[(response["grouping"] == "all") | ((response["grouping"] == "unit") & (response["group"] != ""))]
    for row in groups.sort_values(["grouping", "group"]).itertuples():
        whole = row.grouping == "all"
        scope = {"scope": "organisation" if whole else "group", "group": None if whole else row.group}
        share = proportion(int(row.responded), int(row.invited)).times(100)
        ledger.add("responded", "Share of people who answered the survey", share, unit="%", method=WILSON, **scope)
    if len(careless):
        flagged = proportion(int(careless["flagged"].sum()), len(careless)).times(100)
        label, method = "Share of respondents with two signs of careless answers", "Signs of clean.survey; Wilson interval"
        ledger.add("careless", label, flagged, unit="%", method=method)
    return ledger
