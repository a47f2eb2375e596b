"""A benchmark's figures: measured over several runs, held against a goal, printed a row each and kept as JSON."""

from __future__ import annotations

import json
import operator
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich import box
from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"
SENSES = {"at most": operator.le, "at least": operator.ge, "exactly": operator.eq}


@dataclass(frozen=True)
class Figure:
    """One figure: the value of each run, its unit, and the goal that the median must meet.

    `sense` is "at most", "at least" or "exactly". Without a goal the figure is only reported. `interval`: the ends of its
    95 % interval, where one is estimated.
    """

    name: str
    runs: tuple[float, ...]
    unit: str
    goal: float | None = None
    sense: str = "at most"
    interval: tuple[float, float] | None = None

    @property
    def measured(self) -> float:
        """The median of the runs."""
        return median(self.runs)

    @property
    def spread(self) -> str:
        """How far it may be off: by its interval, or over the runs."""
        if self.interval:
            return f"{self.interval[0]:.3g} to {self.interval[1]:.3g} (95 %)"
        return f"{min(self.runs):.3g} to {max(self.runs):.3g} ({len(self.runs)} runs)" if len(self.runs) > 1 else "1 run"

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        return None if self.goal is None else bool(SENSES[self.sense](self.measured, self.goal))


def publish(benchmark: str, figures: list[Figure]) -> int:
    """Print the figures and write `results/<benchmark>.json`; 1 if a goal is missed, else 0."""
    table = Table("figure", "measured", "spread", "goal", "met", box=box.SIMPLE, title=benchmark)
    for one in figures:
        goal = "" if one.goal is None else f"{one.sense} {one.goal:g} {one.unit}"
        met = {True: "yes", False: "NO", None: ""}[one.met]
        table.add_row(one.name, f"{one.measured:.3g} {one.unit}", one.spread, goal, met)
    Console(width=150).print(table)
    content = {
        "benchmark": benchmark,
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
        "figures": [
            {"figure": one.name, "measured": round(one.measured, 3), "runs": [round(run, 3) for run in one.runs],
             "unit": one.unit, "goal": one.goal, "sense": one.sense, "met": one.met}
            | ({"interval": [round(end, 3) for end in one.interval]} if one.interval else {})
            for one in figures
        ],
    }  # fmt: skip
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{benchmark}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return int(any(one.met is False for one in figures))
