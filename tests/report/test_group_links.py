"""Pages of groups: which there are, what their files are called whatever a client calls a unit, and the way to them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim, released

from kithwork.report import html
from kithwork.report.group_links import LONGEST, TAKEN, linked, shown, slugs

HOSTILE = ["../..", "..", "CON", "nul", "/etc/passwd", "a\\b", "C:", "<script>", "x" * 10_000, "🦊"]
HOSTILE += ["", " ", "\u202e", "index"]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_makes_a_file_name_that_is_safe(name):
    """No slash, no dot, no name that a system keeps for itself, never empty, never long."""
    slug = slugs([name])[name]
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert slug not in TAKEN
    assert len(slug) <= LONGEST


def test_letters_keep_what_ascii_has_of_them():
    """A name can be told from its file."""
    assert slugs(["R&D / Łódź, Göteborg"]) == {"R&D / Łódź, Göteborg": "r-d-odz-goteborg"}


def test_names_that_are_alike_get_files_of_their_own():
    """Case, marks and signs aside names may be the same; files are not, even where another name is so numbered."""
    found = slugs(["A b", "a-b", "A-B 2", "á b", "🦊", "🐻"])
    assert found == {"A b": "a-b", "a-b": "a-b-2", "A-B 2": "a-b-2-2", "á b": "a-b-3", "🦊": "group", "🐻": "group-2"}


@given(st.lists(st.text(max_size=80), unique=True, max_size=12))
def test_no_two_groups_share_a_file(names):
    """Whatever units are called, each has one file, and no file is lost on a system that knows no capitals."""
    found = slugs(names)
    assert list(found) == names
    assert len({slug.casefold() for slug in found.values()}) == len(names)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug) and len(slug) <= LONGEST for slug in found.values())


def test_groups_with_a_page_are_those_shown():
    """A unit held back has no page; segments, parties and pairs have none either."""
    rows = [claim("ties.connected", n=36), claim("people.segment_share", group="First third", n=20)]
    rows += [claim("ties.connected", group=name, n=n) for name, n in (("A", 12), ("B", 11), ("C", 9), ("D", 4))]
    assert shown(released(*rows)) == ["A", "B"]


def test_a_row_called_after_a_group_leads_to_its_page():
    """Only whole names of rows lead there, escaped as they stand; without pages nothing changes."""
    table = html.table("T", [("Unit", ""), ("n", "num")], [["R&D", 1], ["R&D 2", "R&D"], ["All", 3]])
    made = linked(str(table), {"R&D": "r-d"})
    assert made.count("<a ") == 1
    assert '<th scope="row" role="rowheader"><a href="groups/r-d.html">R&amp;D</a></th>' in made
    assert linked(str(table), {}) == str(table)
