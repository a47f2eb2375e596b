"""Figures of the benchmarks, as they were last measured: read from `benchmarks/results/`, never typed."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from typing import Any

from kithwork import params

FEWEST = 0.001
"""Below this a figure is told as less than it."""


def figure(benchmark: str, name: str) -> str:
    """One figure with its unit; its name may run over lines. Raises `KeyError` where no benchmark measured it."""
    words = " ".join(name.split())
    for one in _results()[benchmark]:
        if one["figure"] == words:
            return with_unit(one["measured"], one["unit"])
    raise KeyError(f"{benchmark}: {words}")


def benchmarks() -> list[dict[str, Any]]:
    """Each benchmark published: `name`, `idea`, how many `figures`, `goals` and goals `met`, and those `missed`."""
    return [
        {
            "name": name,
            "idea": _idea(name),
            "figures": len(figures),
            "goals": sum(one["met"] is not None for one in figures),
            "met": sum(one["met"] is True for one in figures),
            "missed": [_missed(one) for one in figures if one["met"] is False],
        }
        for name, figures in _results().items()
    ]


def _idea(benchmark: str) -> str:
    """The first sentence of the benchmark's docstring."""
    source = (params.ROOT / "benchmarks" / f"{benchmark}.py").read_text(encoding="utf-8")
    first = " ".join((ast.get_docstring(ast.parse(source)) or "").split("\n\n")[0].split())
    return re.split(r"(?<=\.)\s", first)[0]


def _missed(one: dict[str, Any]) -> str:
    measured, goal = with_unit(one["measured"], one["unit"]), with_unit(one["goal"], one["unit"])
    alike = " (alike when rounded)" if measured == goal else ""
    return f"{one['figure']}: {measured}, goal {one['sense']} {goal}{alike}"


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
