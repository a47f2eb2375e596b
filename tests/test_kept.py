"""The log kept at an engine: whole or not at all, and told of by a note that changes where the log does, and only there."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pandas as pd
import pytest

from kithwork import engines, kept
from kithwork.engines.working import UNFINISHED
from kithwork.errors import UserError
from kithwork.log import Log
from kithwork.tables import INTERACTIONS

ROWS = pd.DataFrame(
    {
        "ego_id": ["AAA7", "BBB7", "AAA7", "CCC7"],
        "alter_id": ["BBB7", "AAA7", "CCC7", "BBB7"],
        "channel": ["mail", "chat", "meeting", "call"],
        "at": pd.to_datetime(["2026-01-05 09:00", "2026-01-06 10:00", "2026-01-13 10:00", None], utc=True),
        "day_only": [False, False, True, False],
        "minutes": [None, None, 30.0, 2.5],
        "size": [None, 3.0, 5.0, None],
        "event": [0, 1, 2, 3],
        "off_hours": [0.0, 1.0, None, None],
        "weekend": [0.0, 0.0, 0.0, None],
    }
)


@pytest.fixture
def engine(monkeypatch):
    """One engine, whoever asks for whichever."""
    with engines.connected("duckdb") as found:

        @contextmanager
        def same(engine: str, seconds: int | None = None, where: str = ""):
            yield found

        monkeypatch.setattr(engines, "connected", same)
        yield found


NAME = "study_interactions_all_0123abcd"


def note(engine, rows: pd.DataFrame, *names: str) -> dict:
    """The note of a log that is kept, its rows shared out among parts of these names."""
    names = names or (NAME,)
    shares = [rows.iloc[at :: len(names)] for at in range(len(names))]
    parts = [kept.keep(engine.uploaded("rows", share), INTERACTIONS, engine, name)
             for name, share in zip(names, shares, strict=True)]  # fmt: skip
    return kept.noted("study", "duckdb", parts)


def digest(engine, rows: pd.DataFrame) -> str:
    """The digest of a log of one part."""
    return note(engine, rows)["parts"][0]["digest"]


def test_what_is_kept_is_found_by_its_note(engine):
    """Its rows and their number, and no rows at hand."""
    told = note(engine, ROWS)
    log = Log(note=told)
    assert ([part["table"] for part in told["parts"]], log.count_rows(), log.files) == ([NAME], 4, ())
    assert sorted(log.table().to_pandas()["event"]) == [0, 1, 2, 3]


def test_the_note_says_nothing_of_the_order_of_rows(engine):
    """The same rows in another order are the same log."""
    assert note(engine, ROWS.iloc[::-1]) == note(engine, ROWS)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("ego_id", "BBB7"), ("alter_id", "DDD7"), ("channel", "call"), ("minutes", 1.0), ("size", 4.0), ("event", 9),
        ("off_hours", 1.0), ("weekend", 1.0), ("day_only", True), ("at", pd.Timestamp("2026-01-05 09:01", tz="UTC")),
    ],
)  # fmt: skip
def test_the_note_changes_with_any_cell(engine, column, value):
    """A single cell of one row makes another digest."""
    changed = ROWS.copy()
    changed.loc[0, column] = value
    assert digest(engine, changed) != digest(engine, ROWS)


@pytest.mark.parametrize("column", ["alter_id", "channel", "minutes", "size", "off_hours", "at"])
def test_the_note_changes_with_what_goes_from_one_row_to_another(engine, column):
    """Though every column holds the same values as before, in the same week."""
    rows = ROWS.assign(minutes=[1.0, 2.0, 3.0, 4.0], size=[2.0, 3.0, 4.0, 5.0])
    changed = rows.copy()
    changed.loc[[0, 1], column] = rows.loc[[1, 0], column].array
    assert digest(engine, changed) != digest(engine, rows)


def test_the_note_changes_with_the_last_letter_of_an_id(engine):
    """Ids of a study whose ids are public are as long as the client's, and may begin alike."""
    rows = ROWS.assign(ego_id="employee-" + ROWS["ego_id"])
    assert digest(engine, rows.replace("employee-CCC7", "employee-CCC8")) != digest(engine, rows)


@pytest.mark.parametrize(("column", "value"), [("channel", "pigeon"), ("size", 1.0), ("ego_id", None)])
def test_rows_that_break_their_contract_are_not_kept(engine, column, value):
    """They are told of and taken away."""
    broken = ROWS.copy()
    broken.loc[1, column] = value
    with pytest.raises(ValueError, match=column):
        note(engine, broken)
    with pytest.raises(UserError, match="is not at its engine any more"):
        Log(note=kept.noted("study", "duckdb", [{"table": NAME, "rows": 4, "digest": ""}])).table()


@pytest.mark.parametrize(
    "change",
    [
        f"UPDATE {NAME} SET off_hours = 1 WHERE event = 0",
        f"DELETE FROM {NAME} WHERE event = 3",
        f"ALTER TABLE {NAME} DROP COLUMN size",
    ],
)
def test_what_was_changed_there_is_not_used(engine, change):
    """A cell, rows or a column that somebody touched, or a table of another run than the note: told, with the way back."""
    told = note(engine, ROWS)
    engine.backend.raw_sql(change)
    with pytest.raises(UserError, match="is not what was kept at its engine") as caught:
        Log(note=told).table()
    assert "dvc repro --force --single-item clean@study" in str(caught.value)


def test_a_log_is_all_its_parts(engine):
    """Rows of one and of the other, and a change in the second is seen as well."""
    names = ("study_interactions_2026_01_05_0123abcd", "study_interactions_undated_0123abcd")
    told = note(engine, ROWS, *names)
    assert sorted(Log(note=told).table().to_pandas()["event"]) == [0, 1, 2, 3]
    assert all(kept.is_there(part, INTERACTIONS, engine) for part in told["parts"])
    engine.backend.raw_sql(f"UPDATE {names[1]} SET off_hours = 0 WHERE event = 1")
    assert [kept.is_there(part, INTERACTIONS, engine) for part in told["parts"]] == [True, False]
    with pytest.raises(UserError, match=f"{names[1]}: is not what was kept"):
        Log(note=told).table()


def test_parts_that_no_note_names_are_swept(engine):
    """Those of the study's earlier runs; no other study's, and nothing of the client's."""
    others = ["study_2_interactions_all_0123abcd", "study_interactions_all", "study_interactions_all_0123abcd_mine"]
    gone = "study_interactions_2026_01_05_89abcdef"
    told = note(engine, ROWS)
    for name in [*others, gone]:
        engine.kept(name, engine.uploaded("rows", ROWS))
    kept.sweep(told, INTERACTIONS)
    assert {*others, NAME} <= {*engine.listed()}
    assert gone not in engine.listed()


@pytest.mark.parametrize(
    "studies", [("a-b", "a_b"), ("a-b-c", "a_b-c"), ("a", "a_interactions"), ("of-a-long-name-2026", "of-a-long-name-2027")]
)
def test_parts_of_two_studies_are_never_called_the_same(studies):
    """Whatever the names of studies have between their words, and however long; and every engine takes each name, also
    with what stands behind it until the part is whole: PostgreSQL cuts off what goes beyond 63 signs."""
    names = [kept.name_of(study, INTERACTIONS, "2026-01-05", "0123abcdef") for study in studies]
    assert names[0] != names[1]
    assert all(re.fullmatch(r"[a-z0-9_]{1,63}", name + UNFINISHED) for name in names)


def test_a_key_that_stands_twice_is_told(engine):
    """Two rows of one key would be counted twice."""
    with pytest.raises(ValueError, match="a key stands twice"):
        note(engine, pd.concat([ROWS, ROWS.iloc[:1]], ignore_index=True))
