"""Figures of the benchmarks, as they were last measured: read from `benchmarks/results/`, never typed."""

from __future__ import annotations

from functools import cache
from typing import Any

from benchmarks import published, themes
from benchmarks.figures import Figure
from benchmarks.published import Result

FEWEST = 0.001
"""Below this a figure is told as less than it."""


def figure(benchmark: str, name: str) -> str:
    """One figure with its unit; its name may run over lines. Raises `KeyError` where no benchmark measured it."""
    words = " ".join(name.split())
    for one in _results()[benchmark].figures:
        if one.name == words:
            return with_unit(one.measured, one.unit)
    raise KeyError(f"{benchmark}: {words}")


def ratio(benchmark: str, name: str, kind: str) -> str:
    """One figure over its "peer" or its "floor". Raises `KeyError` where no benchmark measured it beside one."""
    words = " ".join(name.split())
    for one in _results()[benchmark].figures:
        if one.name == words:
            return with_unit(_results()[benchmark].beside(one)[kind].value, "times")
    raise KeyError(f"{benchmark}: {words}")


def told(benchmark: str) -> set[str]:
    """Every number of a benchmark as it is told, medians and ratios, without units; nothing where it was never measured."""
    result = _results().get(benchmark)
    if result is None:
        return set()
    ratios = [ratio.value for one in result.figures for ratio in result.beside(one).values()]
    return {with_unit(number, "") for number in [*(one.measured for one in result.figures), *ratios]}


def benchmarks() -> dict[str, list[dict[str, Any]]]:
    """Each benchmark published, by theme: its `name`, `idea` and `origin`, its `goals`, goals `met` and those `missed`, its
    figures that are `shown`, and how many `others` there are."""
    listed = themes.by_theme(list(_results()))
    return {theme: [_told(_results()[name]) for name in names] for theme, names in listed.items()}


def _told(result: Result) -> dict[str, Any]:
    """What the page says of a benchmark: a figure is shown that has a goal, or is set beside another."""
    shown = [one for one in result.figures if one.met is not None or result.beside(one)]
    shown = shown or result.figures
    return {
        "name": result.name,
        "idea": result.idea,
        "origin": result.origin,
        "figures": len(result.figures),
        "goals": len(result.goals),
        "met": len(result.goals) - len(result.missed),
        "missed": [_missed(one) for one in result.missed],
        "shown": [_row(result, one) for one in shown],
        "others": len(result.figures) - len(shown),
    }


def _row(result: Result, one: Figure) -> dict[str, str]:
    """A figure in words."""
    return {
        "figure": one.name.strip(),
        "measured": with_unit(one.measured, one.unit),
        "spread": one.spread,
        "beside": "; ".join(map(str, result.beside(one).values())),
        "goal": "" if one.goal is None else f"{one.sense} {with_unit(one.goal, one.unit)}",
        "met": {True: "yes", False: "no", None: ""}[one.met],
    }


def _missed(one: Figure) -> str:
    measured, goal = with_unit(one.measured, one.unit), with_unit(one.goal, one.unit)
    alike = " (alike when rounded)" if measured == goal else ""
    return f"{one.name}: {measured}, goal {one.sense} {goal}{alike}"


def with_unit(number: float, unit: str) -> str:
    """A number with three digits that count, and its unit."""
    if 0 < abs(number) < FEWEST:
        return f"less than {with_unit(FEWEST, unit)}"
    told = f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"
    told = told.replace("-", "−")
    return told + unit if unit == "%" else f"{told} {unit}".strip()


@cache
def _results() -> dict[str, Result]:
    return published.results()
