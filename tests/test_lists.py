"""Lists for people to decide on, and files of what they decided: read as programs save them, and never written over."""

from __future__ import annotations

import pandas as pd
import pytest

from kithwork import lists, store
from kithwork.errors import UserError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_decisions_are_read_as_a_spreadsheet_saves_them(project, encoding, sign):
    """With semicolons where a comma parts decimals, and in Windows-1252, or in UTF-16 as "Unicode text"."""
    path = store.raw("synthetic") / "list.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f'word{sign}note{sign}decision\nBjørn{sign}"a, b; c\td"{sign}same\n'.encode(encoding))
    assert lists.decided("list.csv", ("word", "decision"), "synthetic") == [(2, {"word": "Bjørn", "decision": "same"})]


def test_columns_of_decisions_may_be_in_capitals(project):
    """Spreadsheets and people write them so, with blanks around them."""
    path = store.raw("synthetic") / "list.csv"
    path.parent.mkdir(parents=True)
    path.write_text("Word; DECISION ;Note\nBo;Same;\n", encoding="utf-8")
    assert lists.decided("list.csv", ("word", "decision"), "synthetic") == [(2, {"word": "Bo", "decision": "Same"})]
    path.write_text("Word,word\nBo,Bo\n", encoding="utf-8")
    with pytest.raises(UserError, match="column word: is in the header more than once"):
        lists.decided("list.csv", ("word",), "synthetic")


@pytest.mark.parametrize(
    "content", ["word,decision\nBo,same\n".encode("utf-16-le"), b"PK\x03\x04\x14\x00", b"word\nB\x00\n"]
)
def test_decisions_that_are_no_text_are_told_as_such(project, content):
    """Not as lacking a column: UTF-16 without its mark, a workbook under another name, a NUL byte."""
    path = store.raw("synthetic") / "list.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"list\.csv: is no text .*byte 0x00.*save it as CSV in UTF-8"):
        lists.decided("list.csv", ("word",), "synthetic")


def test_a_folder_in_place_of_a_list_of_decisions_is_told_of(project):
    """It is not taken for a list that is not there."""
    (store.raw("synthetic") / "list.csv").mkdir(parents=True)
    with pytest.raises(UserError, match="cannot be opened") as told:
        lists.decided("list.csv", ("word",), "synthetic")
    assert told.value.problems[0].file == "data/raw/synthetic/list.csv"


def test_a_link_that_leads_nowhere_is_told_of(project):
    """As where decisions lie on a drive that is not connected: they are not taken for none."""
    folder = store.raw("synthetic") / "decided"
    folder.mkdir(parents=True)
    (folder / "labels.csv").symlink_to(project / "gone.csv")
    with pytest.raises(UserError, match="cannot be opened"):
        lists.decided("decided/labels.csv", ("person",), "synthetic")
    (folder / "labels.csv").unlink()
    folder.rmdir()
    folder.symlink_to(project / "gone")
    with pytest.raises(UserError, match="decided: cannot be opened"):
        lists.expect_decisions("synthetic")


def test_a_file_in_place_of_the_folder_of_decisions_is_told_of(project):
    """What it holds would be passed over."""
    store.raw("synthetic").mkdir(parents=True)
    (store.raw("synthetic") / "decided").touch()
    with pytest.raises(UserError, match="decided: cannot be opened"):
        lists.expect_decisions("synthetic")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("label.csv", "labels.csv"),
        ("labels (1).csv", "labels.csv"),
        ("Overruled.csv", "overruled.csv"),
        ("notes.txt", None),
    ],
)
def test_a_file_of_decisions_under_another_name_is_told_of(project, name, meant):
    """It would be passed over in silence: the name that was meant is named, or all there are."""
    folder = store.raw("synthetic") / "decided"
    folder.mkdir(parents=True)
    (folder / "labels.csv").touch()
    (folder / name).touch()
    with pytest.raises(UserError) as told:
        lists.expect_decisions("synthetic")
    [problem] = told.value.problems
    assert problem.file == f"data/raw/synthetic/decided/{name}"
    assert problem.do.startswith(f"Did you mean '{meant}'?" if meant else "Known: corrections.csv, identities.csv, ")


def test_what_programs_leave_beside_decisions_is_passed_over(project):
    """Neither what a system hides in a folder nor a spreadsheet's lock; and no folder is no fault."""
    lists.expect_decisions("synthetic")
    folder = store.raw("synthetic") / "decided"
    folder.mkdir(parents=True)
    for name in (".DS_Store", "~$labels.csv", ".~lock.labels.csv#", "Thumbs.db", "desktop.ini", "overruled.csv"):
        (folder / name).touch()
    lists.expect_decisions("synthetic")


def test_only_lists_named_are_discarded(project):
    """Those that lay there are told; other lists, and those of other studies, stay."""
    rows = pd.DataFrame({"person": ["1"]})
    start, labels = (lists.review(name, rows, "synthetic") for name in ("start", "labels"))
    other = lists.review("start", rows, "another")
    assert lists.discard(("start", "start_units"), "synthetic") == ["data/review/synthetic/start.csv"]
    assert [path.exists() for path in (start, labels, other)] == [False, True, True]
    assert lists.discard(("start", "start_units"), "synthetic") == []


def test_a_list_that_somebody_filled_in_is_kept(project):
    """Asked for again, an empty list makes way for the new one; answers never do, nor what cannot be read."""
    rows = pd.DataFrame({"person": ["p1", "p2"], "personal": ["", ""]})
    path = lists.review("labels", rows, "synthetic", answers=("personal",))
    assert lists.review("labels", rows, "synthetic", answers=("personal",)) == path
    for text in ("person;personal\np1;\np2;yes\n", "person,personal\np1,yes,no\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UserError) as told:
            lists.review("labels", rows, "synthetic", answers=("personal",))
        assert told.value.problems[0].file == "data/review/synthetic/labels.csv"
        assert path.read_text(encoding="utf-8") == text
