"""Figures of the benchmarks, as they were last measured: read from `benchmarks/results/`, never typed."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from kithwork import params

FEWEST = 0.001
"""Below this a figure is told as less than it."""


def figure(benchmark: str, name: str) -> str:
    """One figure with its unit. Raises `KeyError` where no benchmark measured it."""
    for one in _results()[benchmark]:
        if one["figure"] == name:
            return with_unit(one["measured"], one["unit"])
    raise KeyError(f"{benchmark}: {name}")


def benchmarks() -> dict[str, list[dict[str, str]]]:
    """Every figure that was published, by benchmark: its name, what was measured, the goal and whether it was met."""
    return {
        name: [
            {
                "name": one["figure"],
                "measured": with_unit(one["measured"], one["unit"]),
                "goal": "" if one["goal"] is None else f"{one['sense']} {with_unit(one['goal'], one['unit'])}",
                "met": {True: "yes", False: "no", None: ""}[one["met"]],
            }
            for one in figures
        ]
        for name, figures in _results().items()
    }


def with_unit(number: float, unit: str) -> str:
    """A number with three digits that count, and its unit."""
    if 0 < abs(number) < FEWEST:
        return f"less than {with_unit(FEWEST, unit)}"
    told = f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"
    told = told.replace("-", "−")
    return told + unit if unit == "%" else f"{told} {unit}".strip()


@cache
def _results() -> dict[str, list[dict[str, Any]]]:
    files = sorted((params.ROOT / "benchmarks" / "results").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8"))["figures"] for path in files}
