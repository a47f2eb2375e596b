"""The rules of the findings: every branch, and no sentence beyond its interval."""

from __future__ import annotations

import pytest
from changed import ways
from synthetic import claim, facts, released

from kithwork.report import findings
from kithwork.tables import FINDINGS

FACTS = facts()


def shares(**intervals: tuple[float, float]) -> list[dict]:
    """Claims of the kinds' shares with these intervals."""
    return [claim(f"people.share_{kind}", (low + high) / 2, low, high) for kind, (low, high) in intervals.items()]


def finding(rule: str, *rows: dict, about=FACTS):
    """The finding of one rule from these claims, or None."""
    return findings.findings(released(*rows), about).get(rule)


def title(rule: str, *rows: dict, about=FACTS) -> str:
    """Its sentence."""
    return finding(rule, *rows, about=about).title


@pytest.mark.parametrize(
    ("intervals", "text", "kind"),
    [
        (
            {"personal": (20, 30), "functional": (40, 50), "strategic": (5, 15)},
            "By the stated signs, functional ties are the largest part of the portfolio; strategic ties are the rarest",
            "strategic",
        ),
        (
            {"personal": (30, 50), "functional": (40, 55), "strategic": (5, 15)},
            "By the stated signs, strategic ties are the rarest; personal and functional ties cannot be ranked",
            "strategic",
        ),
        (
            {"personal": (5, 25), "functional": (40, 55), "strategic": (5, 20)},
            "By the stated signs, functional ties are the largest part of the portfolio",
            "functional",
        ),
        (
            {"personal": (20, 50), "functional": (20, 55), "strategic": (10, 35)},
            "By the stated signs, personal, functional and strategic ties cannot be ranked by size",
            "strategic",
        ),
        (
            {"personal": (20, 70), "functional": (30, 80)},
            "By the stated signs, personal and functional ties cannot be ranked by size",
            "functional",
        ),
        (
            {"functional": (70, 85), "strategic": (15, 30)},
            "By the stated signs, functional ties outweigh strategic ties; personal ties cannot be told",
            "strategic",
        ),
    ],
)
def test_composition_ranks_only_what_parts(intervals, text, kind):
    """Largest, rarest, both or neither, each with the claim it names; a kind that cannot be told is said to be so."""
    found = finding("composition", *shares(**intervals))
    assert found.title == text
    assert found.claim["id"] == f"people.share_{kind}"
    assert ("cannot be told" in found.text) == (len(intervals) < 3)
    assert found.basis == "assumed"


@pytest.mark.parametrize(("last", "begins"), [("estimated", "By people’s answers, "), ("assumed", "By the stated ")])
def test_composition_rests_on_answers_only_where_all_its_kinds_do(last, begins):
    """One kind told by signs makes the ranking one of signs; each kind's claim says what it was told by."""
    bases = {"functional": "estimated", "strategic": last}
    told = [claim(f"ties.open_{kind}", basis=basis) for kind, basis in bases.items()]
    found = finding("composition", *shares(functional=(70, 85), strategic=(15, 30)), *told)
    assert found.basis == last
    assert found.title.startswith(begins)


def test_one_kind_is_no_composition():
    """Nothing is ranked where one kind is told."""
    assert finding("composition", *shares(functional=(90, 100))) is None


E_I = "values.strategic_perspective.boundary_crossing"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (-0.6, -0.3, "Ties stay within units more than group sizes alone would give"),
        (0.3, 0.6, "Ties cross units more than group sizes alone would give"),
        (-0.2, 0.2, "Ties cross units neither clearly more nor clearly less than group sizes alone would give"),
    ],
)
def test_crossing_is_set_against_sizes(low, high, text):
    """Below, above or neither than what the units' sizes give, in the client's word for a group."""
    found = finding("crossing", claim(E_I, (low + high) / 2, low, high, unit="index", reference=0.0))
    assert found.title == text
    assert "sizes alone would give 0.00" in found.text


def stability(**changes) -> dict:
    """The claim that segments rest on."""
    return claim("people.stability", 0.6, 0.4, 0.9, unit="index", reference=0.5, **changes)


def segment(name: str, n: int) -> dict:
    """One segment's share of people."""
    return claim("people.segment_share", 100 * n / 40, n=40, people=n, group=name, scope="segment")


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        ((), "No stable types of networker are found; people are placed on a continuum"),
        ((20, 20), "People fall into two stable segments by the mix of their relationships"),
        ((20, 12, 8), "People fall into three stable segments by the mix of their relationships"),
        ((20, 15, 5, 2), "People fall into four stable segments by the mix of their relationships"),
        ((36, 4), "People fall into two stable segments by the mix of their relationships"),
    ],
)
def test_types_count_segments_also_those_held_back(sizes, text):
    """Supported segments are counted whether or not the gate shows each; without any, people lie on a continuum."""
    assert title("types", stability(), *(segment(f"S{i}", n) for i, n in enumerate(sizes))) == text


@pytest.mark.parametrize(
    ("low", "high", "words"), [(66, 80, "clearly above"), (61, 75, "above"), (50, 70, "not clearly different from")]
)
def test_readiness_is_held_against_its_threshold(low, high, words):
    """What people answered stands first, in the words of its interval."""
    rows = [
        claim("change.readiness", (low + high) / 2, low, high, unit="score", reference=60),
        claim("values.strategic_perspective.boundary_crossing", -0.3, -0.4, -0.1, unit="index", reference=0.2),
    ]
    assert title("readiness", *rows) == f"Mean readiness is {words} the declared threshold"
    assert next(iter(findings.findings(released(*rows), FACTS))) == "readiness"


def test_doubt_names_the_kind_of_the_headline_among_equals():
    """Where two kinds are as open, the one that the portfolio's finding rests on is named."""
    shares = [claim(f"people.share_{k}", low + 2, low, low + 4) for k, low in (("personal", 60), ("strategic", 20))]
    rows = [claim("ties.open_personal", 56, 27, 60), claim("ties.open_strategic", 56, 23, 56), *shares]
    assert "ties are strategic" in title("doubt", *rows)


@pytest.mark.parametrize(("estimate", "low", "words"), [(60, 55, "most"), (60, 40, "some"), (8, 2, "some")])
def test_doubt_says_most_only_where_most_are_open(estimate, low, words):
    """The kind that is open for most ties is named; "most" needs the whole interval above half."""
    rows = claim("ties.open_personal", estimate, low, 90), claim("ties.open_functional", 1, 0, 5)
    assert title("doubt", *rows).startswith(f"The signs leave open whether {words} ties are personal;")


@pytest.mark.parametrize(
    ("rule", "rows", "spread"),
    [
        ("types", [stability()], "95% of resamples"),
        ("doubt", [claim("ties.open_personal", 60, 40, 90)], "95% range"),
        ("start", ways({"random": 0, "teams": 5}), "95% of worlds"),
    ],
)
def test_spread_is_called_what_it_is(rule, rows, spread):
    """The middle of resamples and the range over stated strengths are not called intervals."""
    assert finding(rule, *rows).spread == spread


def test_no_doubt_where_every_tie_is_settled():
    """Signs that settle everything leave nothing to ask."""
    assert finding("doubt", claim("ties.open_personal", 0, 0, 0)) is None


def test_no_claims_no_findings():
    """A finding appears only where its claim exists; the table of none is valid."""
    found = findings.findings(released(), FACTS)
    assert found == {}
    assert findings.table(found).dtypes.equals(FINDINGS.empty().dtypes)


def test_table_keeps_the_order_of_the_rules():
    """The summary's rank is the rules' order, and each row names its claim and its section."""
    rows = [
        *shares(personal=(20, 30), functional=(40, 50)),
        stability(),
        claim("ties.open_personal", 60, 55, 90),
    ]
    frame = findings.table(findings.findings(released(*rows), FACTS))
    assert frame["rank"].tolist() == [1, 2, 3]
    assert frame["claim"].tolist() == ["people.share_personal", "people.stability", "ties.open_personal"]
    assert frame["section"].tolist() == ["portfolio", "clusters", "trust"]
