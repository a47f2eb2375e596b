"""Figures of benchmarks in the handbook are those last measured: none is typed."""

from __future__ import annotations

import json
import re

import pytest
from synthetic import HOME

from docs import measured
from docs.filling import PAGES, filled, plain

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


def test_every_benchmark_and_every_missed_goal_is_on_the_page():
    """By its command and by its figure; each figure that has a goal has a row."""
    files = sorted((HOME / "benchmarks" / "results").glob("*.json"))
    found = {one["name"]: one for listed in measured.benchmarks().values() for one in listed}
    assert set(found) == {path.stem for path in files}
    page = filled("benchmarks")
    for path in files:
        figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
        assert len(found[path.stem]["missed"]) == sum(one["met"] is False for one in figures)
        assert found[path.stem]["idea"]
        assert f"### bench-{path.stem}\n" in page
        for one in figures:
            assert one["met"] is None or f"| {plain(one['figure'].strip())} |" in page
        for miss in found[path.stem]["missed"]:
            assert f"- `make bench-{path.stem}`. {plain(miss)}\n" in page


def test_ratio_is_computed_from_what_was_measured():
    """Time over that of the bare count, of the same runs."""
    name, least = "this toolkit: time", "bare count: time"
    results = json.loads((HOME / "benchmarks" / "results" / "contact.json").read_text(encoding="utf-8"))
    found = {one["figure"]: one["measured"] for one in results["figures"]}
    assert measured.ratio("contact", name, "floor") == measured.with_unit(found[name] / found[least], "times")
    with pytest.raises(KeyError):
        measured.ratio("contact", least, "floor")


TYPED = re.compile(r"(\d[\d,.]*)\s*(seconds|s\b|minutes|min\b|GiB|MiB|MB|GB|times|×|%)")


def typed_beside_a_benchmark(text: str) -> list[tuple[str, str]]:
    """Numbers with a unit in paragraphs that name a benchmark, that are not among its figures."""
    wrong = []
    for paragraph in text.split("\n\n"):
        named = re.findall(r"bench-([a-z]+)", paragraph)
        told = {word for name in named for word in measured.told(name)}
        wrong += [(number, unit) for number, unit in TYPED.findall(paragraph) if named and number not in told]
    return wrong


def test_figures_typed_beside_a_benchmark_in_the_readme_are_its_own():
    """README.md is read as it is, so its figures are typed: each is one that the benchmark named beside it gave."""
    assert typed_beside_a_benchmark((HOME / "README.md").read_text(encoding="utf-8")) == []


def test_a_figure_that_no_benchmark_gave_is_found():
    """A round one beside a real one."""
    told = measured.figure("startup", "a run with nothing to do")
    text = f"Nothing to do takes {told} (`make bench-startup`), not 77.77 s.\n\nOf 12 s nobody speaks."
    assert typed_beside_a_benchmark(text) == [("77.77", "s")]
