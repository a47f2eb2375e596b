"""Rows as numbers: the same in any order and on any engine, others where anything moved."""

from __future__ import annotations

import ibis
import pandas as pd
import postgres
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.engines import summed

ROWS = st.lists(st.tuples(st.sampled_from(["", "a", "b", 'ü"\n']), st.none() | st.integers(-5, 5)), min_size=1, max_size=6)


def frame(rows: list[tuple]) -> pd.DataFrame:
    """Two columns, of which the second may lack."""
    return pd.DataFrame(rows, columns=["word", "number"]).astype({"word": "str", "number": "Int64"})


def told(table: ibis.Table, backend: ibis.BaseBackend) -> list[int]:
    """The sums of a table's rows."""
    found = summed.sums([table.word, table.number])
    return backend.to_pandas(table.agg(**{f"s{at}": one for at, one in enumerate(found)})).iloc[0].tolist()


@given(rows=ROWS, other=ROWS)
def test_sums_are_those_of_the_same_rows_alone(rows, other):
    """In whatever order they stand; of other rows they are others."""
    here = ibis.duckdb.connect()
    one, two, turned = (told(here.create_table(name, frame(some)), here)
                        for name, some in (("one", rows), ("two", other), ("turned", rows[::-1])))  # fmt: skip
    assert one == turned
    assert (one == two) == (sorted(map(repr, rows)) == sorted(map(repr, other)))


@pytest.mark.slow
@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed")
def test_sums_are_the_same_at_postgresql():
    """Words of any letters, and what lacks."""
    rows = frame([("a", 1), ('ü"\n', None), ("", -3)])
    here = ibis.duckdb.connect()
    with postgres.server() as server:
        there = ibis.postgres.connect(host="127.0.0.1", port=server.port, user="owner", database="study")
        assert told(there.create_table("rows", rows), there) == told(here.create_table("rows", rows), here)
        there.disconnect()
