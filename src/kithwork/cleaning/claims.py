"""What the first chapter claims: who answered and how well, and how much of recorded contact says something of whom."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from statistics import NormalDist

import pandas as pd

from kithwork.claims import Ledger
from kithwork.cleaning.survey import scores
from kithwork.estimates import LEVEL, Estimate, proportion
from kithwork.tables import STAGES

WILSON = "Wilson interval (Wilson 1927)"
MEAN = "Mean over people, normal interval"

SIGNS = {
    "run": ("longest_run", "a long run of one answer"),
    "spread": ("spread", "hardly any spread"),
    "repeated": ("repeated", "a pattern that repeats"),
    "distance": ("distance_p", "answers far from everybody's"),
    "consistency": ("consistency", "answers at odds with each other"),
    "speed": ("seconds_per_answer", "less time than reading takes"),
    "attention": ("attention", "a wrong answer where one was asked for"),
    "twin": ("twins", "the very same answers as somebody"),
}
"""Each sign of carelessness: the column of the table `careless` that it is read from, and what it shows in words."""

AWAY = {"leave": "Share of their weeks in which people were away", "light": "Share of their weeks with hardly any contact"}
"""States of a person's week that limit the findings, in words."""

CAREFUL = "without the careless"


def claims(tables: Mapping[str, pd.DataFrame]) -> Ledger:
    """The claims of the chapter from its tables; none of what was not brought.

    Of the survey: shares of those invited who answered, of all and by unit, and of respondents with two signs of
    carelessness or more. Of contact: the share of records kept, of weeks away, and of people whose clock ran wrong.
    """
    ledger = Ledger(STAGES[0])
    response, careless = tables["response"], tables["careless"]
    groups = response[(response["grouping"] == "all") | ((response["grouping"] == "unit") & (response["group"] != ""))]
    for row in groups.sort_values(["grouping", "group"]).itertuples():
        scope = {} if row.grouping == "all" else {"scope": "group", "group": row.group}
        _share(ledger, "responded", "Share of people who answered the survey", row.responded, row.invited, **scope)
    label = "Share of respondents with two signs of careless answers"
    _share(ledger, "careless", label, careless["flagged"].sum(), len(careless))
    _of_contact(ledger, tables)
    return ledger


def _of_contact(ledger: Ledger, tables: Mapping[str, pd.DataFrame]) -> None:
    steps, weeks = tables["filters"], tables["person_weeks"]
    if len(steps) and steps["people"].iloc[0]:
        first, last = steps.iloc[0], steps.iloc[-1]
        label = "Share of records of contact that were kept (n counts records)"
        _share(ledger, "kept", label, last["kept"], first["kept"], people=int(first["people"]))
    if not len(weeks):
        return
    for state, label in AWAY.items():
        share = (weeks["state"] == state).groupby(weeks["person_id"]).mean() * 100
        ledger.add(state, label, _mean(share, 100), unit="%", method=MEAN)
    seen = weeks["person_id"].unique()
    wrong = pd.Index(tables["clocks"]["person_id"].unique()).intersection(seen)
    _share(ledger, "clock", "Share of people whose clock ran whole hours off", len(wrong), len(seen))


def details(tables: Mapping[str, pd.DataFrame]) -> Ledger:
    """What the chapter alone shows of the survey: each sign of carelessness, and scales' means with and without them.

    A sign counts among those of whom its evidence is known. People flagged are what lies between a scale's two means, so
    the gate holds back the second where they are few.
    """
    ledger, careless = Ledger(STAGES[0]), tables["careless"]
    shown = careless["signs"].fillna("").str.split("+")
    for sign, (column, words) in SIGNS.items():
        known = careless[column].notna()
        has = shown.map(lambda signs, sign=sign: sign in signs) & known
        _share(ledger, f"sign_{sign}", f"Share of respondents with {words}", has.sum(), known.sum())
    if careless.empty:
        return ledger
    flagged = careless.set_index("person_id")["flagged"]
    for scale, part in scores(tables["answers"]).groupby(level=0):
        values = part.droplevel(0)
        kept = values[~flagged.reindex(values.index).to_numpy()]
        told = {"label": f"Mean of the scale {scale}", "unit": "score", "method": MEAN}
        ledger.add(f"scale_{scale}", estimate=_mean(values, 100), **told)
        if len(kept):
            ledger.add(f"scale_{scale}", estimate=_mean(kept, 100), scope="group", group=CAREFUL, **told)
    return ledger


def unseen(careless: pd.DataFrame) -> list[str]:
    """Signs of carelessness, in words, of which there is evidence about nobody: they could not be looked at."""
    return [words for column, words in SIGNS.values() if careless[column].isna().all()]


def steps(filters: pd.DataFrame) -> pd.DataFrame:
    """What was read of recorded contact, and the steps that would take some of it."""
    return filters[(filters["number"] == 0) | (filters["alone"] > 0)]


def _share(ledger: Ledger, measure: str, label: str, some: int, all_: int, **scope) -> None:
    """A share in %, where there is something that it is of."""
    if all_:
        ledger.add(
            measure, label, proportion(int(some), int(all_)).times(100), unit="%", method=f"Counted; {WILSON}", **scope
        )


def _mean(values: pd.Series, most: float) -> Estimate:
    """A mean with its normal interval, held within 0 and `most`; of one person, with no other interval than that."""
    middle, z = values.mean(), NormalDist().inv_cdf((1 + LEVEL) / 2)
    half = z * values.std() / sqrt(len(values)) if len(values) > 1 else most
    return Estimate(middle, max(middle - half, 0.0), min(middle + half, most), len(values))
