"""Claims of a change chapter for tests of the report: groups, stages, and ways to start, as each test has them lie."""

from __future__ import annotations

from collections.abc import Mapping

from synthetic import claim, facts, released

from kithwork.release import Released
from kithwork.report.section import Facts

SCORE = {"unit": "score", "reference": 60.0, "reference_label": "declared threshold"}
POINTS = {"unit": "points", "reference": 0.0}
SCENARIO = {"scope": "scenario", "n": 400}
WEEKS = (0, 13, 26)


def readiness(middle: float, half: float = 4, **changes) -> dict:
    """Readiness of the whole, or of a group."""
    return claim("change.readiness", middle, middle - half, middle + half, **SCORE, **changes)


def reach(group: str, middle: float, half: float = 0.05) -> dict:
    """How many times as far a start in a group goes as one in others."""
    beside = {"unit": "times", "reference": 1.0, "reference_label": "a start in one group"}
    return claim("change.start_in", middle, middle - half, middle + half, group=group, **beside)


def ways(leads: Mapping[str, float], half: float = 2) -> list[dict]:
    """The scenarios of params.yaml by their leads over the first, which is named too, at 0."""
    rows = []
    for place, (name, lead) in enumerate(leads.items()):
        rows.append(claim(f"change.scenario.{name}", 50 + lead, 30 + lead, 70 + lead, method="1,000 worlds", **SCENARIO))
        rows.append(claim(f"change.scenario_cascade.{name}", 40, 20, 60, **SCENARIO))
        rows += [
            claim(f"change.curve.{name}.{week}", *((share + lead) * week / 26 for share in (50, 30, 70)), **SCENARIO)
            for week in WEEKS
        ]
        if place:
            rows.append(claim(f"change.scenario_lead.{name}", lead, lead - half, lead + half, **POINTS, **SCENARIO))
            rows.append(claim(f"change.scenario_ahead.{name}", 90, 88, 92, **SCENARIO))
    return rows


def peers(verdict: str) -> dict:
    """How like the weeks of adoption of two tied people are, 0.1 by chance, and what that comes to."""
    label = f"Likeness in when they took up the change ({verdict})"
    return claim("change.peer_likeness", 0.2, 0.15, 0.25, unit="index", reference=0.1, label=label)


def study(groups: Mapping[str, tuple[float, float]], *others: dict, **about) -> tuple[Released, Facts]:
    """A chapter of these groups, each with its readiness and the reach of a start in it."""
    rows = [row for name, (ready, far) in groups.items() for row in (readiness(ready, group=name), reach(name, far))]
    return released(readiness(60, n=40 * len(groups)), *rows, *others), facts(**about)
