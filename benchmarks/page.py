"""The whole page of figures in the terminal: each benchmark by theme, as it was last measured, and the goals missed."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from benchmarks import figures, themes
from benchmarks.published import Result


def parts(results: dict[str, Result]) -> Iterator[RenderableType]:
    """Everything on the page, in order."""
    for theme, names in themes.by_theme(list(results)).items():
        yield Rule(theme)
        for name in names:
            one = results[name]
            yield Text(f"make bench-{name}   {one.idea}", style="bold")
            yield Text(one.origin, style="dim")
            yield Padding(figures.table("", one.figures), (0, 0, 1, 0))
    yield Rule("Goals missed")
    for one in results.values():
        for figure in one.missed:
            yield Text(f"{one.name}: {figure.name}: {figure.measured:.3g}, goal {figure.goal_told}")
    yield Text(summed(results))


def summed(results: dict[str, Result]) -> str:
    """How many benchmarks, figures, goals, and goals met."""
    goals, missed = (sum(len(getattr(one, kind)) for one in results.values()) for kind in ("goals", "missed"))
    figures = sum(len(one.figures) for one in results.values())
    return f"{len(results)} benchmarks, {figures:,} figures, {goals} goals: {goals - missed} met, {missed} missed"
