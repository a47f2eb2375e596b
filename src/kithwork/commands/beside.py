"""How `kithwork compare` tells what it found: a table on a terminal, a line a figure elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kithwork.release import DECIMALS
from kithwork.report.before_and_after import MOVED
from kithwork.report.beside_rows import Beside, Figure
from kithwork.report.sentences import SUFFIX, number
from kithwork.report.setting_beside import DIFFERENT

TELLING = (*DIFFERENT, MOVED)
"""Verdicts that are shown unasked."""
STYLES = {"clearly higher": "bold green", "clearly lower": "bold red", "higher": "green", "lower": "red"}
HOW = {
    "independent": "Two organisations, taken as two samples: a difference has the interval of square-and-add, and is "
    "called one only after correction for how many are compared. They differ in more than their relationships; figures "
    "of networks depend on how many people there are.",
    "two waves": "Two waves of the same people are no two samples: told as changed is only what the values chapter found.",
    "people in common": "Some people are in both, so these are no two samples, and neither is the wave before of the other "
    "(data/raw/<study>/previous/): figures stand side by side, and none is tested.",
    "same data": "The same data under other settings or code: no chance is in what moved, so nothing is tested.",
    "other data": "The data differ too, so figures of groups are left out; what moved may be due to either.",
}


def on(found: dict[str, Any], console: Console, *, in_full: bool) -> None:
    """All that was found, on this console."""
    for line in found["synthetic"]:
        console.print(Text(line))
    console.print(Text(f"{found['first']}  beside  {found['second']}", style="bold"))
    console.print(Text(HOW[found["samples"]]))
    _say_apart(found, console)
    figures: list[Beside] = found["figures"]
    shown = [row for row in figures if in_full or row.verdict in TELLING]
    if shown and console.is_terminal:
        console.print(_table(found, shown))
    for row in [] if console.is_terminal else shown:
        console.print(Text(_line(row, found["second"])))
    counts = Counter(row.verdict for row in figures)
    told = "; ".join(f"{many:,} {verdict}" for verdict, many in counts.items())
    console.print(Text(f"{told or 'No figure moved'}." + ("" if len(shown) == len(figures) else " All: --all")))
    console.print(Text(f"Shown is what may be: no group below {found['smallest_group']} people."))


def say(found: dict[str, Any], *, in_full: bool) -> None:
    """On the standard output."""
    on(found, Console(highlight=False, soft_wrap=True), in_full=in_full)


def _say_apart(found: dict[str, Any], console: Console) -> None:
    """What is otherwise than at the revision."""
    if "revision" not in found:
        return
    lines = [*found["settings"], *found["code"], *(f"notebook {name} changed" for name in found["notebooks"])]
    for line in lines or ["no setting, notebook or code that the results rest on"]:
        console.print(Text(f"  {line}"))


def _table(found: dict[str, Any], rows: list[Beside]) -> Table:
    table = Table(box=box.SIMPLE, header_style="bold")
    for name in ("Figure", found["first"], found["second"], "Difference", f"In {found['second']}"):
        table.add_column(Text(name))
    for row in rows:
        cells = [_figure(row.first, row.unit), _figure(row.second, row.unit), _difference(row)]
        table.add_row(Text(row.label), *cells, Text(row.verdict, style=STYLES.get(row.verdict, "")))
    return table


def _line(row: Beside, second: str) -> str:
    apart = f" | difference {_difference(row)}" if row.difference else ""
    return f"{_verdict(row, second)}: {row.label} | {_figure(row.first, row.unit)} | {_figure(row.second, row.unit)}{apart}"


def _verdict(row: Beside, second: str) -> str:
    return f"{row.verdict} in {second}" if row.verdict in DIFFERENT else row.verdict


def _difference(row: Beside) -> str:
    """Of shares in points of 100: a difference of two percentages is no percentage."""
    told = _figure(row.difference, "points" if row.unit == "%" else row.unit)
    return told.replace(" (", " points (", 1) if row.unit == "%" and row.difference else told


def _figure(one: Figure | None, unit: str) -> str:
    if one is None:
        return "–"
    middle, low, high = (number(round(end, DECIMALS[unit]) + 0.0, unit) for end in (one.estimate, one.low, one.high))
    return f"{middle} ({low.removesuffix(SUFFIX.get(unit, ''))} to {high})"
