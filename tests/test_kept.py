"""The log kept at an engine: whole or not at all, and told of by a note that changes where the log does, and only there."""

from __future__ import annotations

from contextlib import contextmanager

import pandas as pd
import pytest

from kithwork import engines, kept
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


def note(engine, rows: pd.DataFrame) -> dict:
    """The note of a log that is kept."""
    return kept.keep(engine.uploaded("rows", rows), INTERACTIONS, "duckdb", "study")


def test_what_is_kept_is_found_by_its_note(engine):
    """Its rows and their number, and no rows at hand."""
    told = note(engine, ROWS)
    log = Log(note=told)
    assert (told["table"], log.count_rows(), log.files) == ("study_interactions", 4, ())
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
    assert note(engine, changed)["digest"] != note(engine, ROWS)["digest"]


@pytest.mark.parametrize(("column", "value"), [("channel", "pigeon"), ("size", 1.0), ("ego_id", None)])
def test_rows_that_break_their_contract_are_not_kept(engine, column, value):
    """They are told of and taken away."""
    broken = ROWS.copy()
    broken.loc[1, column] = value
    with pytest.raises(ValueError, match=column):
        note(engine, broken)
    with pytest.raises(UserError, match="is not at its engine any more"):
        Log(note={"engine": "duckdb", "table": "study_interactions", "rows": 4}).table()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE study_interactions SET off_hours = 1 WHERE event = 0",
        "DELETE FROM study_interactions WHERE event = 3",
        "ALTER TABLE study_interactions DROP COLUMN size",
    ],
)
def test_what_was_changed_there_is_not_used(engine, change):
    """A cell, rows or a column that somebody touched, or a table of another run than the note: told, with the way back."""
    told = note(engine, ROWS)
    engine.backend.raw_sql(change)
    with pytest.raises(UserError, match="is not what was kept at its engine") as caught:
        Log(note=told).table()
    assert "dvc repro --force --single-item clean@study" in str(caught.value)


def test_a_key_that_stands_twice_is_told(engine):
    """Two rows of one key would be counted twice."""
    with pytest.raises(ValueError, match="a key stands twice"):
        note(engine, pd.concat([ROWS, ROWS.iloc[:1]], ignore_index=True))
