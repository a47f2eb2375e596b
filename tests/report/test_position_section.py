"""The section on the whole network: titles its figures allow, groups through the gate, ranks that hold or do not."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from synthetic import claim, facts, released

from kithwork.report import figures, section


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch):
    monkeypatch.setattr(figures, "brokers", lambda released, title: Markup("<svg></svg>"))


def whole(name: str, low: float, high: float, reference: float) -> dict:
    """A measure of the whole network, an index."""
    what = {"unit": "index", "reference": reference, "reference_label": "ties rewired"}
    return claim(f"people.network_{name}", (low + high) / 2, low, high, **what)


def made(*rows: dict) -> section.Section:
    """The section from these claims."""
    return section.build("position", released(*rows), facts())


@pytest.mark.parametrize(
    ("communities", "core", "title"),
    [
        ((0.4, 0.5), (0.4, 0.5), "The network has communities and a core that numbers of ties alone would not give"),
        ((0.4, 0.5), (0.1, 0.5), "The network has communities beyond chance, and no core beyond what numbers of ties give"),
        (
            (0.1, 0.5),
            (0.4, 0.5),
            "The network has a core beyond chance, and no communities beyond what numbers of ties give",
        ),
        ((0.0, 0.1), (0.1, 0.5), "The network shows neither communities nor a core beyond what numbers of ties alone give"),
    ],
)
def test_the_title_says_no_more_than_the_intervals(communities, core, title):
    """Beyond chance is what lies above it with its whole interval; a core that is not told counts as none."""
    assert made(whole("modularity", *communities, 0.3), whole("core", *core, 0.3)).title == title
    if core == (0.1, 0.5):
        assert made(whole("modularity", *communities, 0.3)).title == title


def test_communities_are_acted_on_only_where_they_are_beyond_chance():
    """What to do follows the title: no advice to look at communities that chance would give too."""
    beyond, within = made(whole("modularity", 0.4, 0.5, 0.3)).html, made(whole("modularity", 0.2, 0.4, 0.3)).html
    assert "Ask where work crosses" in beyond
    assert "Do not plan around communities" in within
    assert "Ask where work crosses" not in within


def broker(group: str, low: float, high: float, n: int) -> dict:
    """A group's share of what joins groups, beside a share of the people of a tenth."""
    return claim("people.brokered", (low + high) / 2, low, high, group=group, n=n, people=n, reference=10, label="Share")


def test_groups_that_join_others_are_named_and_small_ones_held_back():
    """One group's interval lies above its share of the people; a group of three is not shown, nor what covers it."""
    rows = [
        broker("Sales", 20, 40, 12),
        broker("Research", 5, 15, 12),
        broker("Finance", 5, 15, 9),
        broker("Board", 50, 60, 3),
    ]
    html = made(whole("modularity", 0.1, 0.2, 0.3), *rows).html
    assert "Sales joins others more than its size would give" in html
    assert "Board" not in html
    assert "held back" in html


@pytest.mark.parametrize(
    ("order", "top", "least", "answer"),
    [(0.95, 80, 75, "yes"), (0.95, 60, 60, "no"), (0.85, 80, 80, "no"), (0.95, 80, 65, "not clear")],
)
def test_people_could_be_ranked_only_by_what_holds(order, top, least, answer):
    """Both the order of all and the top tenth must be found again, with their whole ranges to be sure of it."""
    rows = [
        claim(
            "people.order_named_by", order, unit="index", label="Order by being named: correlation with two in ten silent"
        ),
        claim("people.top_named_by", top, least, label="Top tenth by being named: found again with two in ten silent"),
    ]
    html = made(whole("modularity", 0.1, 0.2, 0.3), *rows).html
    assert f">{answer}</td>" in html
    assert "How far ranks hold with two in ten silent" in html


def test_terms_of_the_field_are_explained_where_they_are_used():
    """A measure whose name does not say it is said how to read; one that is not shown is not."""
    rows = [
        claim("people.order_pagerank", 0.95, unit="index", label="Order by PageRank: correlation with two in ten silent"),
        claim("people.top_pagerank", 80, label="Top tenth by PageRank: found again with two in ten silent"),
    ]
    html = made(whole("modularity", 0.1, 0.2, 0.3), *rows).html
    assert "their modularity is" in html
    assert "PageRank counts names" in html
    assert "Constraint is" not in html
    assert "fit of a core" not in html
