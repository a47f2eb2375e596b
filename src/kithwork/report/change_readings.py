"""What the claims of the change chapter say, put together for sentences, tables and figures: groups, stages, ways to start.

A group is ready, not ready or too close to call by whether its whole interval lies on one side of the declared threshold,
more surely than so many groups would by chance; well placed, cut off or neither by whether a start in it would go farther
by a fifth than one in a group as others are, as surely.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kithwork.change.scenario_claims import size_of
from kithwork.change.stages import WORDS
from kithwork.change.starts import CALLED
from kithwork.chapters import Scenario
from kithwork.params import Settings
from kithwork.release import Released
from kithwork.report import comparisons, verdicts
from kithwork.report import sentences as say
from kithwork.report.section import Facts
from kithwork.report.trace import worded

READY, UNCLEAR, UNREADY = VERDICTS = ("Ready", "Too close to call", "Not ready")
"""What may be said of a group against the declared threshold, in the order shown."""
CALLED_BY_SIDE = {"above": READY, "between": UNCLEAR, "below": UNREADY}
FARTHER = 1.2
"""How many times as far as others a start in a group must go for the difference to matter."""
PLACED, CUT_OFF, ANYWHERE = "farther than elsewhere", "less far than elsewhere", "about as far as elsewhere"
"""How far a start in a group would go, beside one in a group as others are."""
LEADS = {"above": "ahead", "between": "open", "below": "behind"}
STAGES = {stage: short.removeprefix("being ") for stage, (_, short) in WORDS.items()}
"""The stages of taking up a change, in order, in words."""


@dataclass(frozen=True)
class Group:
    """One group: its readiness with one of `VERDICTS`, and how far a start in it would go, where these may be shown."""

    name: str
    ready: pd.Series | None
    reach: pd.Series | None
    verdict: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Way:
    """One way to start: its scenario, the share who would have taken it up, and its lead over the first way."""

    name: str
    scenario: Scenario
    share: pd.Series
    lead: pd.Series | None
    ahead: pd.Series | None
    cascade: pd.Series | None

    @property
    def called(self) -> str:
        """What readers call it."""
        return say.sentence(self.name.replace("_", " "))

    def who(self, settings: Settings) -> str:
        """Who starts, as many as could, and what helps."""
        return who(self.scenario, size_of(self.share["label"]) or self.scenario.starters or settings.change.starters)

    @property
    def side(self) -> str:
        """`ahead` or `behind` where all worlds' range lies on one side of the first way; else `open`."""
        return "open" if self.lead is None else LEADS[verdicts.side(self.lead, 0.0)]


def groups(released: Released) -> list[Group]:
    """Every group of which readiness or the reach of a start may be shown: the ready first, then by name."""
    asked, started = released.of("change.readiness"), released.of("change.start_in")
    ready, reach = ({row["group"]: row for _, row in rows.iterrows()} for rows in (asked, started))
    called = dict(zip(asked["group"], comparisons.sides(asked).map(CALLED_BY_SIDE), strict=True))
    farther, less = comparisons.sides(started, FARTHER), comparisons.sides(started, 1 / FARTHER)
    places = [PLACED if a == "above" else CUT_OFF if b == "below" else ANYWHERE for a, b in zip(farther, less, strict=True)]
    placed = dict(zip(started["group"], places, strict=True))
    tables = ready, reach, called, placed
    found = [Group(name, *(table.get(name) for table in tables)) for name in sorted({*ready, *reach})]
    order = [*VERDICTS, None]
    return sorted(found, key=lambda one: (order.index(one.verdict), -_figure(one.ready), one.name))


def ways(released: Released, facts: Facts) -> list[Way]:
    """The ways to start that were played, in the order of params.yaml."""
    found = []
    for name, scenario in facts.settings.change.scenarios.items():
        share = released.get(f"change.scenario.{name}")
        if share is not None:
            beside = (released.get(f"change.scenario_{part}.{name}") for part in ("lead", "ahead", "cascade"))
            found.append(Way(name, scenario, share, *beside))
    return found


def ahead(found: list[Way], settings: Settings) -> list[Way]:
    """The ways whose whole range lies ahead of the first, by as much as is worth acting on: the largest lead first."""
    worth = settings.change.useful_difference
    found = [one for one in found if one.side == "ahead" and one.lead["estimate"] >= worth]
    return sorted(found, key=lambda one: -one.lead["estimate"])


@worded
def headline(found: list[Way], settings: Settings) -> str:
    """Which way to start leads the first, how many do, or that none does by as much as is worth acting on."""
    first, leads = found[0].who(settings), ahead(found, settings)
    played = "In simulation, "
    if len(found) < 2:
        return f"One way to start was played: {first}"
    if len(leads) > 1:
        return f"{played}{say.count(len(leads))} ways to start are clearly ahead of {first}"
    if leads:
        return f"{played}{leads[0].who(settings)} would go farther than {first}"
    little = any(one.side == "ahead" for one in found)
    return (
        f"{played}no way to start is ahead of {first} by enough to act on"
        if little
        else f"{played}no way to start is clearly ahead of {first}"
    )


def who(scenario: Scenario, size: int) -> str:
    """Who starts, and what helps: `the ten readiest people`, `a campaign alone`."""
    text = CALLED[scenario.start].format(say.count(size))
    if scenario.campaign == 1:
        return text
    return "a campaign alone" if scenario.start == "nobody" else f"{text}, and a campaign"


def curve(released: Released, name: str) -> pd.DataFrame:
    """The claims of the share who have taken it up, in the order of their `week`."""
    stem = f"change.curve.{name}."
    rows = released.claims[released.claims["measure"].str.startswith(stem)]
    weeks = rows["measure"].str.removeprefix(stem).astype(int)
    return rows.assign(week=weeks).sort_values("week", ignore_index=True, kind="stable")


def held(released: Released) -> dict[str, list[str]]:
    """Groups by the stage that holds them back, where it can be told and shown, in the order of the stages."""
    found = {stage: list(released.of(f"change.holds.{stage}")["group"]) for stage in STAGES}
    return {stage: names for stage, names in found.items() if names}


def _figure(claim: pd.Series | None) -> float:
    return 0.0 if claim is None else float(claim["estimate"])
