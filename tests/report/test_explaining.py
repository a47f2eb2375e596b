"""From words of the page back to how they were made."""

from __future__ import annotations

import pandas as pd
import pytest
from synthetic import claim, released

from kithwork.report import explaining, making
from kithwork.tables import CLAIMS

TEXTS = ("Ties stay within units", "Ties cross sites", "95% interval 14 to\u00a017%")
CLAIMED = ["people.share_personal", "people.e_i.*"]
SENTENCES = [
    {
        "text": text,
        "kind": "title",
        "section": "portfolio",
        "claims": ["people.share_personal", "people.e_i.*"],
        "rule": "r",
        "line": "l",
    }
    for text in TEXTS
]


@pytest.mark.parametrize(
    ("part", "texts"),
    [
        ("stay within", TEXTS[:1]),
        ("TIES  cross", TEXTS[1:2]),
        ("ties", TEXTS[:2]),
        ("14 to 17%", TEXTS[2:]),
        ("nothing such", ()),
        ("", ()),
        ("–", ()),
    ],
)
def test_a_sentence_is_found_by_any_part_of_it(part, texts):
    """Whatever its case, spaces and signs; several where several hold it."""
    assert tuple(one["text"] for one in explaining.found(part, SENTENCES)) == texts


def test_a_sentence_that_stands_twice_is_found_once():
    """A finding is a title too."""
    assert len(explaining.found("stay within", [*SENTENCES, *SENTENCES])) == 1


def test_misspelt_words_are_answered_with_the_nearest():
    """And words of another world with none."""
    assert explaining.alike("Tise sty within unitz", SENTENCES)[0] == TEXTS[0]
    assert explaining.alike("qqqq", SENTENCES) == []


def test_claims_of_all_groups_are_spelled_out():
    """`measure.*` becomes those that there are; a claim that is not shown is left out."""
    ids = ["people.e_i", "people.e_i.A", "people.e_i.B", "people.share_personal"]
    assert explaining.claims_of(SENTENCES[0], ids) == ["people.share_personal", "people.e_i.A", "people.e_i.B"]


def test_a_sentence_is_told_with_its_claims_rule_and_files():
    """Figure, interval, method, chapter and cell of each claim; then the digests."""
    claims = released(claim("people.share_personal", 40, 35, 45, method="Bootstrap")).claims
    lines = "\n".join(explaining.of_sentence(SENTENCES[0], claims, {"Staff": "abc123"}, "acme"))
    for part in (TEXTS[0], "worded by  r, l", "rests on   1 claim", "35 to 45 (95%), n = 40", "Bootstrap", "Staff: abc123"):
        assert part in lines
    assert "notebooks/3_people.ipynb" in lines
    assert "src/kithwork/people/summary.py" in lines


def test_held_back_findings_are_told_with_their_reasons():
    """And the questions that nothing answered; where none is held back that is said."""
    held = [{"title": "T", "grade": "Indicative", "why": "Indicative: wide", "section": "change"}]
    assert list(explaining.held_back({"held": held, "unanswered": ["who hears first"]})) == [
        "T",
        "grade      Indicative",
        "why        Indicative: wide",
        "not told   who hears first",
    ]
    assert list(explaining.held_back({"held": [], "unanswered": []})) == ["No finding is held back."]


@pytest.mark.parametrize(
    ("name", "file", "cell"),
    [
        ("people.share_strategic", "people/summary.py", "In short"),
        ("people.network_core", "network/summary.py", "In short"),
        ("clean.responded", "cleaning/claims.py", "Who answered"),
        ("change.passed.KN", "change/stages.py", "Readiness"),
        ("ties.open_personal", "ties/summary.py", "In short"),
    ],
)
def test_a_claim_leads_to_the_line_and_the_cell_that_made_it(name, file, cell):
    """The code is found by reading it, the cell by what it calls."""
    row = pd.Series(claim(name), index=list(CLAIMS.columns))
    code = making.code_of(row)
    assert all(f"src/kithwork/{file}:" in place.line for place in code)
    assert any(cell in one for one in making.cells_of(row["stage"], code))


def test_of_a_measure_that_no_code_names_places_are_told_that_leave_its_name_open():
    """None of them is sure, and none that names another measure is among them."""
    places = making.code_of(pd.Series(claim("clean.never_such_a_thing")))
    assert {place.sure for place in places} == {(False, 0)}
    assert making.code_of(pd.Series(claim("report.nothing"))) == []
