"""The engine behind an expression is told by its name, or as none."""

from __future__ import annotations

import ibis
import pytest

from kithwork.engines import driver
from kithwork.engines.address import DUCKDB

HELD = ibis.duckdb.connect().sql("SELECT 1 AS a")
NOWHERE = ibis.table({"a": "int64"}, name="nowhere")


@pytest.mark.parametrize(("expression", "name"), [(HELD, DUCKDB), (HELD.a, DUCKDB), (NOWHERE, ""), (NOWHERE.a + 1, "")])
def test_named(expression, name):
    """A table at DuckDB, or a column of it; what no engine holds has none."""
    assert driver.named(expression) == name
