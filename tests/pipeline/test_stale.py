"""The banner on pages that show an older run."""

from __future__ import annotations

import pytest

from kithwork.pages import rendering
from pipeline import stale

PAGES = ("aarhus/index.html", "aarhus/chapters/1_clean.html", "aarhus/chapters/7_report.html", "index.html")
OTHERS = ("office/index.html", "office/chapters/1_clean.html", "codebook.html")


@pytest.fixture
def reports(project):
    """Reports of two engagements, with the list and the codebook."""
    for name in PAGES + OTHERS:
        rendering.write(project / "reports" / name, f"<body>\n{stale.PLACE}\n<p>{name} ø</p></body>")
    return project / "reports"


def test_every_page_of_the_engagement_and_the_list_say_so(reports):
    """Report, chapters and the list of reports carry the banner at its place; what stands around it stays."""
    stale.mark("aarhus")
    for name in PAGES:
        assert (reports / name).read_text(encoding="utf-8") == f"<body>\n{stale.BANNER}\n<p>{name} ø</p></body>"


def test_other_engagements_are_left_alone(reports):
    """Another study's pages and the codebook do not depend on this run."""
    before = {name: (reports / name).stat().st_mtime_ns for name in OTHERS}
    stale.mark("aarhus")
    assert {name: (reports / name).stat().st_mtime_ns for name in OTHERS} == before


def test_marking_twice_is_marking_once(reports):
    """Seven stages mark in turn: there is one banner, and a page that has it is not written again."""
    stale.mark("aarhus")
    before = {name: ((reports / name).read_bytes(), (reports / name).stat().st_mtime_ns) for name in PAGES}
    stale.mark("aarhus")
    assert {name: ((reports / name).read_bytes(), (reports / name).stat().st_mtime_ns) for name in PAGES} == before


def test_first_run_has_nothing_to_mark(project):
    """Where there is no report, nothing is made."""
    stale.mark("aarhus")
    assert not (project / "reports").exists()


@pytest.mark.parametrize("template", ["page", "chapter", "index", "codebook"])
def test_every_page_has_one_place_for_it(template):
    """Each kind of page inherits the place from the one frame; none has a second."""
    text = {path.name: path.read_text(encoding="utf-8") for path in rendering.TEMPLATES.glob("*.j2")}
    assert text["base.html.j2"].count(stale.PLACE) == 1
    assert text[f"{template}.html.j2"].startswith('{% extends "base.html.j2" %}')
    assert stale.PLACE not in text[f"{template}.html.j2"]


def test_whether_it_is_marked_can_be_asked(reports):
    """Of a report that has the banner, one that has not, and one that is not there."""
    assert not stale.is_marked("aarhus")
    stale.mark("aarhus")
    assert stale.is_marked("aarhus")
    assert not stale.is_marked("office")
    assert not stale.is_marked("nowhere")
