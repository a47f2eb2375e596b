"""The indicators of the ten values as the page reads them: figure, verdict against the reference, change, distance.

A verdict needs the whole interval on one side of the reference. Among as many indicators as a scorecard holds some lie so
by chance alone: what is said of all together, or in the summary, must stand out after correction for their number too.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import pandas as pd

from kithwork.estimates import LEVEL
from kithwork.params import Settings
from kithwork.release import Released
from kithwork.report import sentences as say
from kithwork.report import verdicts
from kithwork.report.section import Facts
from kithwork.values import VALUES
from kithwork.values.indicator import Indicator

CALLED = {
    "as_answered": "what people answered",
    "candid_beyond_manager": "frankness beyond the manager",
    "help_beyond_line": "help beyond the reporting line",
    "news_within_week": "news within a week",
    "reach_across": "reach across boundaries",
    "two_step_reach": "two-step reach",
}
"""Indicators whose names are no words for readers."""
SIDES = {1: "better", -1: "worse"}


@dataclass(frozen=True)
class Reading:
    """One indicator of a value. `claim`: what of it may be shown; `missing`: what it would take where there is no figure.

    `distance`: how far it lies from its reference, in standard deviations between people; `change`: since the wave before.
    """

    value: str
    indicator: Indicator
    claim: pd.Series | None
    missing: str | None
    stands_out: bool
    distance: pd.Series | None
    change: pd.Series | None
    changed: bool

    @property
    def name(self) -> str:
        """What sentences call it."""
        return called(self.indicator)

    @property
    def held_back(self) -> bool:
        """Whether there is a figure that may not be shown."""
        return self.claim is None and self.missing is None

    @property
    def compared(self) -> bool:
        """Whether its figure has something to be held against."""
        return self.claim is not None and pd.notna(self.claim["reference"])

    @property
    def place(self) -> int:
        """1 above its reference with the whole interval, -1 below it, 0 neither."""
        if not self.compared:
            return 0
        return int(self.claim["low"] > self.claim["reference"]) - int(self.claim["high"] < self.claim["reference"])

    @property
    def side(self) -> str | None:
        """`better` or `worse` than its reference, or None: neither is clear, or neither is said."""
        return SIDES.get(self.place * self.indicator.better)

    @property
    def calls(self) -> bool:
        """Whether its action is due."""
        return self.indicator.action is not None and self.side == "worse"

    def moved(self, settings: Settings) -> int:
        """1 up since the wave before, -1 down, 0 where that is not clear after correction, or too little to act on."""
        return 0 if self.change is None or not self.changed else verdicts.change(self.change, settings)


def called(indicator: Indicator) -> str:
    """What sentences call an indicator."""
    return CALLED.get(indicator.name) or indicator.name.replace("_", " ")


def readings(released: Released, facts: Facts) -> dict[str, list[Reading]]:
    """The indicators of each value, both in the order of the framework; no row, no reading."""
    rows = {(row.value, row.indicator): row for row in facts.indicators.itertuples()}
    changed = set(facts.changes.loc[facts.changes["changed"], "indicator"])
    return {
        value: [
            _reading(value, one, rows[value, one.name], released, f"{value}.{one.name}" in changed)
            for one in import_module(f"kithwork.values.{value}").INDICATORS
            if (value, one.name) in rows
        ]
        for value in VALUES
    }


def _reading(value: str, one: Indicator, row, released: Released, changed: bool) -> Reading:
    name = f"values.{value}.{one.name}"
    return Reading(
        value,
        one,
        released.get(row.claim) if isinstance(row.claim, str) else None,
        row.missing if isinstance(row.missing, str) else None,
        pd.notna(row.q) and row.q <= 1 - LEVEL,
        released.get(f"{name}.distance"),
        released.get(f"{name}_change"),
        changed,
    )


def title_of(value: str) -> str:
    """The value's name."""
    return import_module(f"kithwork.values.{value}").TITLE


def question_of(value: str) -> str:
    """What it asks."""
    return import_module(f"kithwork.values.{value}").QUESTION


def listed(found: list[Reading]) -> str:
    """The names of indicators, joined."""
    return say.join(one.name for one in found)
