"""What may be quoted: as writers allow, read by somebody, and never with a name or a figure in it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings

from kithwork import store
from kithwork.claims import Ledger
from kithwork.errors import UserError
from kithwork.market.quotes import FILE, approved, claims, quotes, to_review
from kithwork.market_tables import KEPT, QUOTES, TEXTS
from kithwork.tables import COMMENTS

GOOD = "two clients ask to rent the instruments"


def notes(*rows: dict) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series, pd.Series]:
    """Comments, texts, topics and fits; each row is an allowed, fitting text of a writer of its own unless it says more."""
    frame = pd.DataFrame(
        [
            {"person_id": f"p{n}", "text": GOOD, "quote": "words", "fate": KEPT, "topic": "en-01", "fit": 0.5, **row}
            for n, row in enumerate(rows)
        ]
    ).assign(comment_id=[f"c{n}" for n in range(len(rows))], prompt="M1", language="en")
    absent = dict.fromkeys(["at", "party_id", "about", "learned", "sure", "copy_of"])
    frame = frame.assign(**absent, words=frame["text"].str.split().str.len())
    by = frame.set_index("comment_id")
    comments, texts = COMMENTS.checked(frame[list(COMMENTS.columns)]), TEXTS.checked(frame[list(TEXTS.columns)])
    return comments, texts, by["topic"].dropna(), by["fit"]


@pytest.mark.parametrize(
    "row",
    [
        {"quote": None},
        {"quote": "no"},
        {"quote": "paraphrase"},
        {"fate": "copy"},
        {"topic": None},
        {"text": "far too few words"},
        {"text": " ".join(["word"] * 26)},
        {"text": "[person] and [person] of [party] want to rent"},
        {"text": "two clients ask for 1 200 instruments"},
        {"text": "write to anna@x.org about the rent"},
        {"text": "see https://x.org for what they pay"},
    ],
)
def test_only_what_is_allowed_short_and_clean_may_be_quoted(row):
    """Without the writer's yes, a copy, of no topic, too short or long, mostly taken out or telling: none may."""
    assert quotes(*notes({}, row))["comment_id"].tolist() == ["c0"]


def test_gate_is_told_how_many_wrote_and_how_much_the_first_of_them():
    """All texts of a topic that are read count, quoted or not; copies do not."""
    rows = [{"person_id": "a"}, {"person_id": "a", "quote": "no"}, {"person_id": "b", "quote": None}, {"fate": "copy"}]
    found = quotes(*notes(*rows))
    assert found[["people", "most"]].to_numpy().tolist() == [[2, pytest.approx(2 / 3)]]


def test_text_is_approved_by_its_number_and_its_words():
    """Where either is another by now, the approval is for something else; without a list nothing is approved."""
    of = notes({}, {}, {"text": f"{GOOD} again"})
    assert not quotes(*of)["approved"].any()
    said = pd.Series({"c0": GOOD, "c2": GOOD, "c9": GOOD})
    assert quotes(*of, said).set_index("comment_id")["approved"].to_dict() == {"c0": True, "c1": False, "c2": False}


@given(st.lists(st.sampled_from(["words", "paraphrase", "no", None]), min_size=1, max_size=8), st.booleans())
def test_no_text_is_quoted_against_its_writers_word(ticks, approve):
    """Whatever an approval says."""
    of = notes(*({"quote": tick} for tick in ticks))
    said = pd.Series({f"c{n}": GOOD for n in range(len(ticks))}) if approve else None
    assert len(quotes(*of, said)) == ticks.count("words")


def test_list_to_review_comes_back_as_it_was_filled_in(tmp_path, monkeypatch):
    """Yes is an approval, no and nothing are none; spaces and capitals do not matter."""
    monkeypatch.setattr(store, "raw", lambda name: tmp_path)
    listed = to_review(quotes(*notes({}, {}, {})))
    (tmp_path / "decided").mkdir()
    listed.assign(show=["Yes", "no", " "]).to_csv(tmp_path / FILE, index=False)
    assert approved(settings()).to_dict() == {"c0": GOOD}
    listed.assign(show=["perhaps", "yes", "maybe"]).to_csv(tmp_path / FILE, index=False)
    with pytest.raises(UserError) as told:
        approved(settings())
    assert [one.row for one in told.value.problems] == [2, 4]


def test_nothing_is_approved_without_a_list(tmp_path, monkeypatch):
    """No file, no approval; no texts, no table rows."""
    monkeypatch.setattr(store, "raw", lambda name: tmp_path)
    assert approved(settings()).empty
    nothing = pd.Series(dtype="str"), pd.Series(dtype="float64")
    assert quotes(COMMENTS.empty(), TEXTS.empty(), *nothing).equals(QUOTES.empty())


def test_share_that_may_be_quoted_is_of_the_texts_read():
    """Of four texts of three people one may be quoted in its words: a quarter. Nobody asked, nothing claimed."""
    rows = [{}, {"quote": "no"}, {"quote": None}, {"quote": "paraphrase", "person_id": "p0"}, {"fate": "copy"}]
    ledger = Ledger("market")
    claims(*notes(*rows)[:2], ledger)
    [row] = ledger.rows
    assert (row["id"], row["estimate"], row["n"], row["people"]) == ("market.quotable", 25, 4, 3)
    silent = Ledger("market")
    claims(*notes({"quote": None})[:2], silent)
    claims(COMMENTS.empty(), TEXTS.empty(), silent)
    assert silent.rows == []
