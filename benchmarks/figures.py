"""A benchmark's figures: measured over several runs, held against a goal, printed a row each and kept as JSON."""

from __future__ import annotations

import json
import operator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks import machine, version

RESULTS = Path(__file__).parent / "results"
SENSES = {"at most": operator.le, "at least": operator.ge, "exactly": operator.eq}


class Ratio(NamedTuple):
    """A figure over another: of their medians, and between the runs that are furthest apart."""

    other: str
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        span = "" if self.low == self.high else f" ({self.low:.3g} to {self.high:.3g})"
        return f"{self.value:.3g} × {self.other}{span}"


@dataclass(frozen=True)
class Figure:
    """One figure: the value of each run, its unit, and the goal that the median must meet.

    `sense` is "at most", "at least" or "exactly". Without a goal the figure is only reported. `interval`: the ends of its
    95 % interval, where one is estimated. `peer` and `floor` name the figures published with it that it is set beside: the
    nearest other way to do the same, and the least that must be done.
    """

    name: str
    runs: tuple[float, ...]
    unit: str
    goal: float | None = None
    sense: str = "at most"
    interval: tuple[float, float] | None = None
    peer: str | None = None
    floor: str | None = None

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

    @property
    def goal_told(self) -> str:
        """The goal in words; nothing where there is none."""
        return "" if self.goal is None else f"{self.sense} {self.goal:g} {self.unit}".strip()

    def over(self, other: Figure) -> Ratio | None:
        """This figure as a ratio to another; None where that has a run of nothing."""
        if min(other.runs) <= 0:
            return None
        low, high = min(self.runs) / max(other.runs), max(self.runs) / min(other.runs)
        return Ratio(other.name, self.measured / other.measured, low, high)


def beside(figures: list[Figure], one: Figure) -> dict[str, Ratio]:
    """A figure over its peer and over its floor, where it has them. Raises `KeyError` for one that is not published."""
    named = {other.name: other for other in figures}
    asked = {kind: name for kind, name in (("peer", one.peer), ("floor", one.floor)) if name}
    found = {kind: one.over(named[name]) for kind, name in asked.items()}
    return {kind: ratio for kind, ratio in found.items() if ratio}


def table(title: str, figures: list[Figure]) -> Table:
    """Figures a row each, for the terminal; a column of ratios where any is set beside another."""
    ratios = [beside(figures, one) for one in figures]
    columns = ["figure", "measured", "spread", *(["beside"] if any(ratios) else []), "goal", "met"]
    made = Table(*columns, box=box.SIMPLE, title=title)
    for one, ratio in zip(figures, ratios, strict=True):
        told = ["\n".join(map(str, ratio.values()))] if any(ratios) else []
        met = {True: "yes", False: "NO", None: ""}[one.met]
        made.add_row(one.name, f"{one.measured:.3g} {one.unit}", one.spread, *told, one.goal_told, met)
    return made


def publish(benchmark: str, figures: list[Figure]) -> int:
    """Print the figures and write `results/<benchmark>.json`; 1 if a goal is missed, else 0."""
    Console(width=150).print(table(benchmark, figures))
    lock = Path(__file__).parent / f"{benchmark}.lock"
    content = {
        "benchmark": benchmark,
        "machine": machine.described(lock if lock.is_file() else None),
        "measured": {"day": version.today(), "commit": version.commit(), "source": version.digest(benchmark)},
        "figures": [_kept(one) for one in figures],
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{benchmark}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return int(any(one.met is False for one in figures))


def _kept(one: Figure) -> dict[str, Any]:
    """A figure as it is written, with the names of those it is set beside."""
    told = {"figure": one.name, "measured": _short(one.measured), "runs": [_short(run) for run in one.runs]}
    told |= {"unit": one.unit, "goal": one.goal, "sense": one.sense, "met": one.met}
    told |= {"interval": [_short(end) for end in one.interval]} if one.interval else {}
    return told | {kind: name for kind, name in (("peer", one.peer), ("floor", one.floor)) if name}


def _short(number: float) -> float:
    """Three decimals, or four digits that count where it is below one."""
    return round(number, 3) if abs(number) >= 1 else float(f"{number:.4g}")
