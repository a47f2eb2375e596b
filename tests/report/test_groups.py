"""Groups beside one another at three sizes: a map, a matrix or a profile, each legible and saying what is not drawn."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64decode
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from lxml.html import fragment_fromstring
from synthetic import claim, facts, released

from kithwork.release import Released
from kithwork.report import groups
from kithwork.report.drawing import WIDTHS, width_of
from kithwork.report.sections import portfolio

NAMES = ("Finance", "Supply Chain & Logistics", "Research and Development for Northern Europe", "IT", "Legal <i>", "Sales")
FORMS = {6: "map", 20: "map", 30: "matrix", 40: "matrix", 41: "profile", 300: "profile"}


def names(many: int) -> list[str]:
    """Long and short names of groups, some alike but for their end."""
    return [f"{NAMES[i % len(NAMES)]} {i // len(NAMES) + 1}" for i in range(many)]


@cache
def org(many: int, apart: bool = True, seed: int = 3) -> Released:
    """Claims of so many groups of 20 people: pairs up to 40 groups, one in six apart from chance, and shares outside."""
    rng, rows, called = np.random.default_rng(seed), [], names(many)
    for name in called:
        share = float(rng.uniform(30, 90))
        rows.append(claim("people.outside", share, share - 9, share + 9, n=20, group=name, reference=92.0))
    about = {"unit": "times", "scope": "pair", "reference": 1.0, "n": 40, "people": 20, "other_people": 20}
    for i, one in enumerate(called if many <= 40 else []):
        for other in called[i:]:
            ratio = float(rng.choice([0.3, 0.9, 1.1, 2.6], p=[0.1, 0.4, 0.4, 0.1])) if apart else 1.0
            ends = (ratio * 0.8, ratio * 1.25) if one != other else (3.0, 12.0)
            rows.append(claim("people.between", ratio if one != other else 6.0, *ends, group=one, other=other, **about))
    return released(*rows)


def texts(svg: str, label: str) -> list[tuple[str, float, float, float, float]]:
    """Each text of a drawing with its box: left, top, right and bottom in pixels, of the width matplotlib's font takes."""
    drawing = fragment_fromstring(svg, create_parent=True).xpath("svg[@class=$label]", label=label)[0]
    boxes = []
    for text in drawing.iter("text"):
        wide, x, y = width_of(text.text or ""), float(text.get("x")), float(text.get("y"))
        style = f"{text.get('style')};{text.getparent().get('style')}"
        left = x - {"end": wide, "middle": wide / 2}.get("".join(re.findall(r"text-anchor:(\w+)", style)), 0)
        boxes.append((text.text or "", left, y - 10, left + wide, y + 2))
    return boxes


@pytest.mark.parametrize("many", FORMS)
def test_the_number_of_groups_picks_the_picture(many):
    """Lines up to 20 groups, cells up to 40, and beyond each group for itself."""
    assert groups.form(many) == FORMS[many]


@pytest.mark.parametrize("many", [6, 20, 30, 300])
@pytest.mark.parametrize("label", WIDTHS)
def test_no_label_lies_upon_another_or_leaves_the_picture(many, label):
    """At both widths and all sizes: the boxes of all texts are apart and inside the drawing."""
    draw = {"map": [groups.network, groups.matrix], "matrix": [groups.matrix], "profile": [groups.profile]}[FORMS[many]]
    for one in draw:
        found = texts(one(org(many), "Title"), label)
        assert len(found) >= min(many, 2 * groups.ENDS)
        for said, left, _, right, _ in found:
            assert left >= 0, said
            assert right <= WIDTHS[label] + 1, said
        for a, b in combinations(found, 2):
            apart = a[3] <= b[1] + 1 or b[3] <= a[1] + 1 or a[4] <= b[2] + 1 or b[4] <= a[2] + 1
            assert apart, (a, b)


@pytest.mark.parametrize("many", [6, 20, 30])
def test_the_matrix_names_every_group(many):
    """Each group has a label of its own: names that are alike but for their end stay apart when cut."""
    for label in WIDTHS:
        said = [one for one, *_ in texts(groups.matrix(org(many), "Title"), label) if not re.fullmatch(r"[≤\d.]+", one)]
        assert len(said) == len(set(said)) == many


@pytest.mark.parametrize("many", [6, 30])
def test_names_with_room_are_not_cut(many):
    """Short names stand whole in the matrix, the last one too, for which the cells are made narrow enough."""
    called = [f"Unit {chr(65 + i // 6)}{i % 6}" for i in range(many)]
    rows = [
        claim("people.between", 1.0, 0.5, 2.0, unit="times", group=a, other=b, n=40, people=20, other_people=20)
        for a, b in combinations(called, 2)
    ]
    made = groups.matrix(released(*rows), "Title")
    for label in WIDTHS:
        assert {one for one, *_ in texts(made, label)} - {"1.0"} == set(called)


@pytest.mark.parametrize(("many", "count"), [(6, 2), (30, 1), (300, 1)])
def test_what_is_not_drawn_is_said(many, count):
    """The caption tells why this picture, and how many pairs have no line or groups no name."""
    made = portfolio._between(org(many), facts())
    words = re.sub("<[^>]+>", " ", "".join(made))
    assert "".join(made).count("<figure") == count
    if many == 6:
        above, below, left_out = groups.tied(org(6)).links()
        assert f"{15 - len(above) - len(below)} of 15 pairs have no line" in words
        assert "A map, since six units can be told apart in one" in words
        assert not left_out
    if many == 30:
        assert "30 units are too many to draw as a map of lines, hence the matrix" in words
    if many == 300:
        assert "The 276 between the 12 highest and the 12 lowest are not named but in the data" in words
        file = re.search(r"base64,([^\"]+)", "".join(made))[1]
        told = {row["group"] for row in csv.DictReader(io.StringIO(b64decode(file).decode("utf-8-sig")))}
        assert told == set(names(300))


def test_dashes_that_would_cover_the_map_are_left_to_the_matrix():
    """Of groups that all keep to themselves no dashed line is drawn, and the caption counts them."""
    rows = [
        claim("people.between", 0.3, 0.2, 0.5, unit="times", group=a, other=b, n=40, people=20, other_people=20)
        for a, b in combinations(names(8), 2)
    ]
    above, below, left_out = groups.tied(released(*rows)).links()
    assert (len(above), len(below), left_out) == (0, 0, 28)
    words = "".join(portfolio._between(released(*rows), facts()))
    assert "28 that are tied less are left to the matrix, lest lines cover the map" in words


def test_no_pair_apart_is_a_result():
    """Where no interval leaves out 1 the title says so, and there is no map without lines."""
    made = "".join(portfolio._between(org(6, apart=False), facts()))
    assert "No pair of units differs clearly from chance" in made
    assert made.count("<figure") == 1


def test_titles_count_pairs_of_two_groups_both_ways():
    """The title counts what is tied more and less, groups with themselves apart."""
    found = groups.tied(org(20))
    above, below = ((found.across["place"] == place).sum() for place in ("above", "below"))
    title = portfolio._apart(found, facts())
    assert title == f"Of 190 pairs of units, {above} are tied more and {below} are tied less than chance would give"
    assert len(title.split()) <= 18


def test_few_ties_print_an_upper_limit():
    """A pair of fewer than five ties says `at most` in the table and ≤ in its cell, nothing where that is above chance."""
    about = {"unit": "times", "n": 40, "people": 20, "other_people": 20}
    rows = [claim("people.between", 0.6, 0.0, 0.6, group="A", other="B", **about)]
    rows += [claim("people.between", 3.0, 0.0, 3.0, group="A", other="C", **about)]
    rows += [claim("people.between", 1.3, 0.8, 1.9, group="B", other="C", **about)]
    gate = released(*rows)
    said = [one for one, *_ in texts(groups.matrix(gate, "Title"), "wide")]
    assert sorted(said) == sorted(["A", "B", "C", "≤0.6", "1.3"])
    assert "at most <data" in portfolio._pairs(groups.tied(gate), facts())


@pytest.mark.parametrize("draw", [groups.network, groups.matrix, groups.profile])
def test_pictures_keep_the_rules_of_the_report(draw):
    """Two images with a long description, only colours of the page and none of a kind, the same bytes each time."""
    made = draw(org(20), "Title")
    assert made.count('role="img"') == 2
    assert not re.findall(r"#[0-9a-fA-F]{6}\b|var\(--(?:per|fun|str)\)", made)
    assert all("data table follows" in words for words in re.findall(r"<desc[^>]*>([^<]*)</desc>", made))
    assert made == draw(org(20), "Title")


def test_nothing_is_drawn_of_one_group():
    """A group and itself is no pair of groups; without pairs and shares there is no figure."""
    assert portfolio._between(released(), facts()) == []
    assert groups.tied(org(1)) is None


def test_pairs_not_claimed_leave_the_profile():
    """Of more than 40 groups of which few are shown no pair is claimed: each is set beside chance all the same."""
    rows = [claim("people.outside", 50, 40, 60, n=20, group=name, reference=80.0) for name in names(7)]
    made = "".join(portfolio._between(released(*rows), facts()))
    assert "7 of 7 units have fewer ties leading out than chance would give" in made
    assert "others" not in groups.profile(released(*rows), "Title")
