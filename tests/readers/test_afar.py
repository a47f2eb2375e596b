"""What lies elsewhere is told apart from what lay there before: rows and parts that came, went or were replaced."""

from __future__ import annotations

from types import SimpleNamespace

import ibis
import pandas as pd
import pytest

from kithwork.readers.parts import afar

ROWS = pd.DataFrame(
    {"at": pd.to_datetime(["2026-01-05", "2026-01-06", None]), "who": ["anna", "bo", "anna"], "size": [2, 3, 2]}
)
COLUMNS = ("at", "who", "size")


def state(rows: pd.DataFrame) -> dict:
    """The state of a table of these rows."""
    return afar.of_table(ibis.memtable(rows), COLUMNS)


def test_same_rows_in_another_order_are_the_same_table():
    """A server keeps no order."""
    assert state(ROWS.iloc[::-1]) == state(ROWS)
    assert state(ROWS)["rows"] == 3


@pytest.mark.parametrize(
    "rows",
    [
        ROWS.iloc[:2],
        pd.concat([ROWS, ROWS.iloc[:1]]),
        ROWS.assign(at=ROWS["at"].fillna(pd.Timestamp("2026-01-05"))),
        ROWS.assign(at=ROWS["at"] + pd.Timedelta(weeks=1)),
        ROWS.assign(who=["anna", "carl", "anna"]),
    ],
)
def test_rows_that_came_or_went_are_seen(rows):
    """One more, one less, a value where none was, another week, another name at an end."""
    assert state(rows) != state(ROWS)


def test_no_word_of_the_clients_is_told():
    """Its state goes into files of the pipeline."""
    assert "anna" not in str(state(ROWS))


@pytest.mark.parametrize("change", [{"path": "b/2"}, {"size": 6}, {"mtime_ns": 8}])
def test_part_that_was_put_in_anothers_place_is_seen(change):
    """Another name, another size, or written later."""
    part = {"path": "b/1", "size": 5, "mtime_ns": 7}
    one, other = (afar.of_parts([SimpleNamespace(**part), SimpleNamespace(**(part | more))]) for more in ({}, change))
    assert one != other
    assert one["files"] == 2
