"""Figures of benchmarks in the handbook are those last measured: none is typed."""

from __future__ import annotations

import json
import re

import pytest
from synthetic import HOME

from docs import measured
from docs.filling import PAGES

NUMBER = re.compile(r"\d")
TAKEN = re.compile(r"\{\{.*?\}\}|`[^`]*`", re.S)


def test_figure_is_the_one_last_measured():
    """With its unit and three digits that count."""
    name = "aarhus from nothing, environment present"
    results = json.loads((HOME / "benchmarks" / "results" / "startup.json").read_text(encoding="utf-8"))
    [found] = [one["measured"] for one in results["figures"] if one["figure"] == name]
    assert measured.figure("startup", name) == f"{found:.3g} s"
    assert measured.figure("startup", name.replace(" ", "\n", 1)) == f"{found:.3g} s"


def test_figure_that_nobody_measured_stops_the_making():
    """A benchmark whose figure was renamed is noticed."""
    with pytest.raises(KeyError, match="no such figure"):
        measured.figure("startup", "no such figure")


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [
        (42.53, "s", "42.5 s"),
        (2000, "tables", "2,000 tables"),
        (0, "%", "0%"),
        (-0.25, "", "−0.25"),
        (0.0001, "s", "less than 0.001 s"),
    ],
)
def test_numbers_are_told_with_their_unit(number, unit, told):
    """Rounded, with a true minus."""
    assert measured.with_unit(number, unit) == told


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda path: path.stem)
def test_no_figure_is_typed_beside_a_benchmark(page):
    """A paragraph that names a benchmark's command holds no digit but what it takes from the results."""
    for paragraph in page.read_text(encoding="utf-8").split("\n\n"):
        if re.search(r"make\s+bench-", paragraph) and not paragraph.startswith(("|", "```")):
            assert not NUMBER.search(TAKEN.sub("", paragraph)), paragraph


def test_goals_missed_are_named():
    """Each by its figure; none is passed over."""
    files = sorted((HOME / "benchmarks" / "results").glob("*.json"))
    found = {one["name"]: one for one in measured.benchmarks()}
    assert set(found) == {path.stem for path in files}
    for path in files:
        figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
        assert len(found[path.stem]["missed"]) == sum(one["met"] is False for one in figures)
        assert found[path.stem]["idea"]
