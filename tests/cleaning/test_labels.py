"""What people said outright of single ties: read whole or not at all, and never of those who opted out."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.cleaning import labels
from kithwork.cleaning.consent import Consent
from kithwork.cleaning.known import Known
from kithwork.errors import UserError
from kithwork.setting import KINDS

STAFF = pd.DataFrame(
    {"person": ["p1", "p2", "p3"], "name": ["ada flak", "bo lind", "cy moe"], "email": ["a@x.org", "b@x.org", ""]}
)


def read(
    asked: list[dict[str, str]] = (),
    overruled: list[dict[str, str]] = (),
    out: Consent | None = None,
    pseudonym: Callable[[str], str] = str.upper,
) -> pd.DataFrame:
    """The table made of these lines."""
    known = Known()
    known.learn("staff", STAFF)
    numbered = [[(at + 2, line) for at, line in enumerate(lines)] for lines in (asked, overruled)]
    return labels.labels(labels.words(*numbered, "data/raw/acme"), known, out or Consent(), pseudonym)


def line(person: str, colleague: str, **kinds: str) -> dict[str, str]:
    """A volunteer's line."""
    return {"person": person, "colleague": colleague} | dict.fromkeys(KINDS, "") | kinds


def word(person: str, colleague: str, kind: str, says: str) -> dict[str, str]:
    """An analyst's line."""
    return {"person": person, "colleague": colleague, "kind": kind, "is": says, "why": "they told me"}


def test_filled_cells_are_words_and_empty_ones_stay_open():
    """People are known by id, address or name; an analyst's word is of the pair, whoever is named first."""
    found = read([line("p1", "Bo Lind", personal="Yes ", functional="no")], [word("p3", "a@x.org", "Strategic", "yes")])
    assert found.to_numpy().tolist() == [
        ["P1", "P2", "functional", "ego", 0],
        ["P1", "P2", "personal", "ego", 1],
        ["P1", "P3", "strategic", "analyst", 1],
    ]


def test_an_analysts_pair_is_in_the_order_of_pseudonyms():
    """As in the table of ties, whatever the order of raw ids is; or the word would be of no tie."""
    turned = {"p1": "Z", "p2": "M", "p3": "A"}.__getitem__
    [row] = (
        read(overruled=[word("p1", "p3", "personal", "no")], pseudonym=turned)[["ego_id", "alter_id"]].to_numpy().tolist()
    )
    assert row == ["A", "Z"]
    [own] = read([line("p1", "p3", personal="yes")], pseudonym=turned)[["ego_id", "alter_id"]].to_numpy().tolist()
    assert own == ["Z", "A"]


@pytest.mark.parametrize(
    ("given", "what", "column"),
    [
        (([line("p9", "p2", personal="yes")], []), "is not on the staff list", "person"),
        (([line("p1", "nobody", personal="yes")], []), "is not on the staff list", "colleague"),
        (([line("p1", "p1", personal="yes")], []), "is a tie of a person to itself", "colleague"),
        (([line("p1", "p2", personal="perhaps")], []), "is neither yes nor no", "personal"),
        (([], [word("p1", "p2", "romantic", "yes")]), "is not a kind of tie", "kind"),
        (([], [word("p1", "p2", "personal", "")]), "is neither yes nor no", "is"),
        (
            ([], [word("p1", "p2", "personal", "yes"), word("p2", "p1", "personal", "no")]),
            "contradicts an earlier line",
            "is",
        ),
    ],
)
def test_a_word_that_cannot_be_understood_is_an_error(given, what, column):
    """It is named with its file, line and column; nothing is passed over."""
    with pytest.raises(UserError) as told:
        read(*given)
    problem = told.value.problems[-1]
    assert (problem.what, problem.column) == (what, column)
    assert problem.file.startswith("data/raw/acme/decided/")
    assert problem.row


def test_words_of_and_about_people_who_opted_out_are_not_kept():
    """A volunteer who withdrew says nothing; of whoever withdrew what others say, nothing is said."""
    out = Consent({"all": {"p1"}, "records": set(), "named": {"p3"}})
    asked = [line("p1", "p2", personal="yes"), line("p2", "p3", personal="yes"), line("p2", "p1", personal="yes")]
    assert read(asked, [word("p2", "p3", "personal", "yes")], out).empty


def test_people_are_looked_up_all_at_once(monkeypatch):
    """A list of many thousand lines is read in seconds."""
    looked_up = []
    resolve = Known.resolve
    monkeypatch.setattr(Known, "resolve", lambda *given: looked_up.append(1) or resolve(*given))
    assert len(read([line("p1", "p2", personal="yes"), line("p2", "p3", personal="no")])) == 2
    assert len(looked_up) == 1


@given(st.lists(st.fixed_dictionaries({name: st.text(max_size=6) for name in ("person", "colleague", *KINDS)}), max_size=4))
def test_any_lines_give_labels_or_one_error(lines):
    """Never a traceback, and every error says where."""
    rows_or_one_error(lambda: read(lines))
