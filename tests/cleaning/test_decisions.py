"""Decisions of a person: asked once, heard always, and named with their line where they cannot be understood."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork import lists, store
from kithwork.cleaning import corrections, decisions
from kithwork.cleaning.decisions import IDENTITIES, PARTIES, decided, identities, key, mapped, to_map, to_review
from kithwork.cleaning.matching import Matched
from kithwork.cleaning.parties import FREE, OWN
from kithwork.decided_tables import DECIDED, DOMAIN_KINDS
from kithwork.errors import UserError

WORDS = ["Ada Flak", "b.lind@firm.example", "all@firm.example", "Dan"]
PEOPLE = ["P1", "P2"]
FOUND = Matched(
    pd.DataFrame(
        [(WORDS[0], "P1", 0.7, "one letter off"), (WORDS[0], "P2", 0.2, "first"), (WORDS[1], "P2", 0.6, "initial")],
        columns=["word", "person", "score", "evidence"],
    ),
    pd.DataFrame(
        {
            "word": WORDS,
            "decision": ["review", "review", "none", "merge"],
            "person": pd.Series([None] * 3 + ["P1"], dtype="str"),
        }
    ),
)


def told(*lines: tuple[str, str, str]) -> decisions.Identities:
    """Lines of identities.csv."""
    rows = [(at + 2, dict(zip(IDENTITIES, line, strict=True))) for at, line in enumerate(lines)]
    return identities(rows, WORDS, PEOPLE, "identities.csv")


def outcome(*lines: tuple[str, str, str]) -> dict[str, tuple[str, str | None]]:
    """What becomes of each word."""
    rows = decided(FOUND, told(*lines)).decisions
    people = rows["person"].astype("object").where(rows["person"].notna(), None)
    return dict(zip(rows["word"], zip(rows["decision"], people, strict=True), strict=True))


def test_what_is_decided_is_done_and_not_asked_again():
    """Same, outside and ignore settle a word; `other` rules one candidate out."""
    lines = (WORDS[0], "P1", "other"), ("B.LIND@firm.example", "p2", "Same"), (WORDS[2], "", "ignore")
    found = outcome(*lines)
    assert found[WORDS[0]] == ("review", None)
    assert found[WORDS[1]] == ("merge", "P2")
    assert found[WORDS[2]] == ("ignore", None)
    asked = to_review(decided(FOUND, told(*lines)), {"P2": "Bo Lind"})
    assert asked[["word", "person", "name", "decision"]].to_numpy().tolist() == [[WORDS[0], "P2", "Bo Lind", ""]]


def test_decision_goes_before_a_merge():
    """Whom we held for sure a person may rule out."""
    assert outcome((WORDS[3], "P1", "other"))[WORDS[3]] == ("none", None)
    assert outcome((WORDS[3], "P2", "same"))[WORDS[3]] == ("merge", "P2")
    assert outcome((WORDS[3], "", "outside"))[WORDS[3]] == ("outside", None)


@pytest.mark.parametrize(
    ("lines", "what", "column"),
    [
        ([("Eve", "P1", "same")], "is a word of no source", "word"),
        ([("Dan", "P9", "same")], "is not on the staff list", "person"),
        ([("Dan", "", "same")], "is not on the staff list", "person"),
        ([("Dan", "P1", "yes")], "is not a decision", "decision"),
        ([("Dan", "P1", "same"), ("dan", "P2", "same")], "contradicts an earlier line", "decision"),
        ([("Dan", "P1", "same"), ("Dan", "P1", "other")], "contradicts an earlier line", "decision"),
        ([("Dan", "P1", "other"), ("Dan", "P1", "same")], "contradicts an earlier line", "decision"),
        ([("Dan", "", "ignore"), ("Dan", "", "outside")], "contradicts an earlier line", "decision"),
    ],
)
def test_decision_that_cannot_be_heard_is_named_with_its_line(lines, what, column):
    """What, where and what to do."""
    with pytest.raises(UserError) as caught:
        told(*lines)
    [problem] = caught.value.problems
    assert (problem.what, problem.row, problem.column) == (what, len(lines) + 1, column)
    assert problem.do


def test_domains_are_mapped():
    """To a kind and a segment, to the company itself, or to a mail provider; what is mapped is not asked again."""
    lines = [("mail.rowan.example", "customer", "sea"), ("sister.example", "own", ""), ("box.example", "free_mail", "")]
    rows = [(at + 2, dict(zip(PARTIES, line, strict=True))) for at, line in enumerate(lines)]
    found = mapped(rows, [line[0] for line in lines], "parties.csv")
    assert (found.parties, found.own, found.free) == (
        {"rowan.example": ("customer", "sea")},
        {"sister.example"},
        {"box.example"},
    )
    seen = pd.DataFrame({"domain": ["rowan.example", "new.example"], "addresses": [1, 2], "contacts": [3, 4]})
    assert to_map(seen, found)["domain"].tolist() == ["new.example"]


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ([("a.example", "unmapped", "")], "is not a kind of party"),
        ([("a.example", "", "sea")], "is not a kind of party"),
        ([("z.example", "customer", "")], "is a domain of no source"),
        ([("a.example", "customer", ""), ("a.example", "supplier", "")], "contradicts an earlier line"),
    ],
)
def test_faulty_mapping_is_named(lines, what):
    """What and where."""
    rows = [(at + 2, dict(zip(PARTIES, line, strict=True))) for at, line in enumerate(lines)]
    with pytest.raises(UserError) as caught:
        mapped(rows, ["a.example"], "parties.csv")
    assert [(one.what, one.row) for one in caught.value.problems] == [(what, len(lines) + 1)]


def test_review_list_can_be_answered(project):
    """Only its owner may read it; a word that looks like a formula comes back as it was."""
    rows = to_review(FOUND, {}).assign(word="=1+1")
    path = lists.review("identities", rows, "synthetic")
    assert path.stat().st_mode & 0o777 == 0o600
    lists.review("identities", rows, "synthetic")
    assert path.stat().st_mode & 0o777 == 0o600
    answer = store.raw("synthetic") / "identities.csv"
    answer.parent.mkdir(parents=True)
    text = path.read_text(encoding="utf-8")
    assert "'=1+1" in text
    answer.write_text(text, encoding="utf-8")
    lines = lists.decided("identities.csv", ("word", "decision"), "synthetic")
    assert lines[0] == (2, {"word": "=1+1", "decision": ""})
    assert lists.decided("parties.csv", PARTIES, "synthetic") == []


def answered(rows: pd.DataFrame, name: str, column: str, words: list[str]) -> None:
    """A review list, filled in and put where decisions are read from."""
    written = pd.read_csv(lists.review(name, rows, "synthetic"), dtype="str", keep_default_na=False)
    assert list(written) == [column for table in DECIDED if table.name == f"{name}.csv" for column in table.columns]
    place = store.raw("synthetic") / "decided" / f"{name}.csv"
    place.parent.mkdir(parents=True, exist_ok=True)
    written.assign(**{column: words}).to_csv(place, index=False)


def test_copy_of_the_list_of_words_is_read_as_it_is(project):
    """Lines without a decision stay open; a word may be called outside beside a candidate, on one line of it or on all."""
    answered(to_review(FOUND, {"P2": "Bo Lind"}), "identities", "decision", ["outside", "outside", ""])
    lines = lists.decided(decisions.FILES[0], IDENTITIES, "synthetic")
    left = decided(FOUND, identities(lines, WORDS, PEOPLE, "identities.csv"))
    assert to_review(left, {})[["word", "person"]].to_numpy().tolist() == [[WORDS[1], "P2"]]
    answered(to_review(FOUND, {}), "identities", "decision", ["same", "other", "other"])
    given = identities(lists.decided(decisions.FILES[0], IDENTITIES, "synthetic"), WORDS, PEOPLE, "identities.csv")
    assert (given.same, given.other) == ({key(WORDS[0]): "P1"}, {key(WORDS[0]): {"P2"}, key(WORDS[1]): {"P2"}})


def test_copy_of_the_list_of_domains_is_read_as_it_is(project):
    """Domains without a kind are still asked about."""
    seen = pd.DataFrame({"domain": ["rowan.example", "new.example"], "addresses": [1, 2], "contacts": [3, 4]})
    answered(to_map(seen, decisions.Mapped()), "parties", "kind", ["customer", ""])
    found = mapped(lists.decided(decisions.FILES[1], PARTIES, "synthetic"), seen["domain"], "parties.csv")
    assert to_map(seen, found)["domain"].tolist() == ["new.example"]


def test_codebook_of_decisions_is_what_is_read():
    """The columns and words that the codebook shows are those that the files are read by."""
    tables = {table.name: table.columns for table in DECIDED}
    assert set(IDENTITIES) <= set(tables["identities.csv"])
    assert set(PARTIES) <= set(tables["parties.csv"])
    assert tuple(tables["corrections.csv"]) == corrections.COLUMNS
    assert {OWN, FREE} < set(DOMAIN_KINDS)


@given(st.binary(max_size=60) | st.lists(st.sampled_from(['"', ",", "\n", "word", "person", "decision", "Dan", "same"])))
def test_any_file_of_decisions_is_heard_or_one_error(tmp_path_factory, content):
    """No other exception reaches an analyst."""
    data = content if isinstance(content, bytes) else "".join(content).encode()
    place = tmp_path_factory.mktemp("raw")
    (place / "identities.csv").write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "raw", lambda _: place)
        rows_or_one_error(
            lambda: identities(lists.decided("identities.csv", IDENTITIES, "x"), WORDS, PEOPLE, "identities.csv")
        )
