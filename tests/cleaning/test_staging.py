"""Recorded contact on its way from files to table: typed, coded, on disk, and nothing lost."""

from __future__ import annotations

import gc
import tempfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings

from kithwork.cleaning.staging import Words, staged
from kithwork.errors import Problem, UserError
from kithwork.readers.parts.rows import Fault, Left, Record, in_batches

MAIL = {"ego": "Anna <anna@x.example>", "alter": "bo@x.example", "channel": "mail", "at": "2026-09-07T14:30:00+02:00"}


def file(*found: Record | Fault | Left, name: str = "mail.csv"):
    """The batches of one file."""
    return in_batches("interactions", name, found)


def test_what_passes_is_coded_and_what_does_not_is_told():
    """Words become numbers, times UTC with the offset kept, message ids numbers; a fault names its place and remedy."""
    found = staged(
        [file(Record(2, MAIL | {"message": "<1@x>"}), Record(3, MAIL | {"channel": "pigeon", "message": ""}))], settings()
    )
    row = found.contacts.to_pandas().iloc[0]
    assert (found.words[row["ego"]], found.words[row["alter"]]) == (MAIL["ego"], MAIL["alter"])
    assert row["at"] == pd.Timestamp("2026-09-07T12:30Z")
    assert row["offset"] == 120
    assert len(found.contacts.to_pandas()) == 1
    assert found.faults[["row", "column", "reason"]].to_numpy().tolist() == [[3, "channel", "is not an allowed value"]]
    assert found.rows().loc["mail.csv"].tolist() == [2, 1]


def test_a_day_alone_is_its_noon_and_says_so():
    """So that it is of its day and week whatever its file's zone, which the offset keeps."""
    [rows] = file(Record(2, MAIL | {"at": "2026-03-02"}), Record(3, MAIL))
    row, timed = staged([[replace(rows, timezone="Europe/Oslo")]], settings()).contacts.order_by("line").to_pandas().iloc
    assert (row["at"], row["offset"], row["day_only"]) == (pd.Timestamp("2026-03-02T12:00Z"), 60, True)
    assert not timed["day_only"]


def test_files_are_counted_apart():
    """What each file held, its faults and what its reader passed over."""
    broken = Fault(1, "DTSTART", "is not a time", "Mend it.")
    found = staged([file(Record(2, MAIL), Left("notices", 3)), file(broken, name="b.ics")], settings())
    assert found.rows().reset_index().to_numpy().tolist() == [["mail.csv", 1, 0], ["b.ics", 1, 1]]
    assert found.files[0].left_out == {"notices": 3}


def test_records_of_some_are_left_out_sound_or_not():
    """Whoever of the two ends it is; what a reader could not understand is of nobody."""
    other = MAIL | {"ego": "cid@x.example"}
    broken = Fault(9, "DTSTART", "is not a time", "Mend it.")
    found = staged(
        [
            file(
                *(
                    Record(at, mail | {"channel": channel})
                    for at, (mail, channel) in enumerate(
                        [(MAIL, "mail"), (MAIL, "pigeon"), (other, "mail"), (other, "pigeon")]
                    )
                ),
                broken,
            )
        ],
        settings(),
    )
    assert found.rows().loc["mail.csv"].tolist() == [5, 3]
    assert found.without(lambda words: words == MAIL["ego"]).rows().loc["mail.csv"].tolist() == [3, 2]
    assert found.without(lambda words: words == MAIL["alter"]).rows().loc["mail.csv"].tolist() == [1, 1]
    assert found.without(lambda words: words == "nobody").rows().loc["mail.csv"].tolist() == [5, 3]


def test_unreadable_files_are_told_of_together():
    """Each file's problem, not the first alone."""

    def broken(name):
        raise UserError(Problem("breaks off", name, "Export it again."))
        yield

    with pytest.raises(UserError) as caught:
        staged([broken("a"), file(Record(2, MAIL)), broken("b")], settings())
    assert [problem.file for problem in caught.value.problems] == ["a", "b"]


def test_no_word_reaches_the_disk_and_the_folder_goes_with_its_holder(tmp_path, monkeypatch):
    """The staged file holds numbers of words only, and is gone when nobody holds what was staged."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = staged([file(Record(2, MAIL | {"message": "<secret@x>"}))], settings())
    [path] = tmp_path.glob("kithwork-*/*.parquet")
    assert not any(word in path.read_bytes().lower() for word in (b"anna", b"x.example", b"secret"))
    del found
    gc.collect()
    assert not path.exists()


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=3)), max_size=5), max_size=4))
def test_words_keep_their_number(batches):
    """The same word has the same number in every batch, other words others, and no word -1."""
    words = Words()
    for batch in batches:
        numbers = words.coded(pd.Series(batch, dtype="object"))
        listed = np.array([*words.listed(), None], dtype=object)
        assert [listed[number] for number in numbers] == batch
    assert len(set(words.listed())) == len(words.listed())
