"""Figures about too few are found in ledgers and tables; in a public edition any group is."""

from __future__ import annotations

import pytest
from audited import measure, page
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim

from kithwork.audit.small_cells import of_page


def checks(*claims: dict, groups=(), people=None, **about) -> list[str]:
    """What is found on a page."""
    return [fault.check for fault in of_page(page(*claims, **about), groups, people or {})]


def table(*rows: str, heads: str = "<th>Unit</th><th>Figure</th><th>People</th>") -> str:
    """A table of these rows."""
    return f"<table><tr>{heads}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


@given(people=st.integers(1, 60), smallest=st.integers(5, 30))
def test_a_claim_below_the_stated_group_is_found(people, smallest):
    """Exactly the claims about fewer people than the page states are found."""
    found = checks(claim("people.x", n=40, people=people), smallest=smallest)
    assert bool(found) == (people < smallest)


def test_the_other_group_of_a_pair_counts():
    """A pair is about too few where its other group is."""
    assert checks(claim("people.between", group="A", other="B", people=9, other_people=3, scope="pair"))


@given(people=st.integers(0, 60))
def test_a_row_below_it_is_found(people):
    """Exactly the rows about one to four people are found; a row about nobody, or held back, is none."""
    body = table(f"<th>A</th><td>7</td><td>{people}</td>", "<th>B</th><td>7</td><td>[c]</td>")
    assert bool(checks(body=body)) == (0 < people < 5)


def test_rows_that_share_a_name_are_counted_from_the_right():
    """A cell that spans rows does not move the count."""
    body = table(
        '<th rowspan="2">A</th><td>7</td><td>12</td>', "<td>1</td><td>3</td>", "<th>B</th><td>2</td><td>1,203</td>"
    )
    assert len(checks(body=body)) == 1


def test_of_a_claim_its_people_count_instead_of_its_pairs():
    """Where a claim with its people is published, an n of pairs is no count of people."""
    body = table(
        "<td>Share of pairs</td><td>all</td><td>7</td><td>3</td>", heads="<th>What</th><th>Of</th><th>Figure</th><th>n</th>"
    )
    assert checks(body=body)
    assert not checks(body=body, people={("Share of pairs", "all"): 40})


@pytest.mark.parametrize(
    "body", ["<p>In Alpha North it is less.</p>", "<table><tr><th>Beta</th></tr></table>", "<svg><text>G1</text></svg>"]
)
def test_a_public_edition_names_no_group(body):
    """Names of groups are found in sentences, tables and drawings of a public page, and are fit for a sponsor's."""
    groups = ("Alpha North", "Beta", "G1")
    assert set(checks(body=body, groups=groups, edition="public")) == {"audit: group in a public edition"}
    assert not checks(body=body, groups=groups)


def test_a_public_edition_holds_no_claim_of_a_group():
    """A group's claim in a public ledger is found; one of a segment is not."""
    rows = measure("people.x", (40, 50), {"A": (20, 40)})
    assert checks(*rows, edition="public")
    assert not checks(*measure("people.x", (40, 50), {"A": (20, 40)}, scope="segment"), edition="public")
