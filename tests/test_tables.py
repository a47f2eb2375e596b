"""The contract of every table: what it accepts, and what it refuses."""

from __future__ import annotations

from typing import get_args

import ibis
import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from kithwork.chapters import Corroboration, MarketRole
from kithwork.contract import DTYPES, Table
from kithwork.market_tables import LEARNED, ROLES
from kithwork.tables import STAGES, TABLES

TIME = pd.Timestamp("2026-05-01", tz="UTC")


def rows(table: Table, count: int = 3) -> pd.DataFrame:
    """As many valid rows of a table as asked for, told apart by their key."""
    columns = {}
    for name, column in table.columns.items():
        low = 0 if column.low is None else column.low
        values = {
            "text": [column.allowed[i % len(column.allowed)] if column.allowed else f"{name} {i}" for i in range(count)],
            "number": [float(low)] * count,
            "count": [int(low) + i for i in range(count)],
            "flag": [True] * count,
            "time": [TIME] * count,
        }
        columns[name] = pd.Series(values[column.type], dtype=DTYPES[column.type])
    return pd.DataFrame(columns)


every = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
cases = [(table, name) for table in TABLES.values() for name in table.columns]
every_column = pytest.mark.parametrize(("table", "name"), cases, ids=[f"{table.name}.{name}" for table, name in cases])


@every
def test_empty_table_passes_its_own_contract(table):
    """What a client without the source has is a valid table with every column in its type."""
    empty = table.checked(table.empty())
    assert list(empty.columns) == list(table.columns)
    assert {name: str(dtype) for name, dtype in empty.dtypes.items()} == {
        name: DTYPES[column.type] for name, column in table.columns.items()
    }


@every
def test_valid_rows_pass_in_stored_order(table):
    """Rows and columns in any order come back sorted by key, in stored column order, none lost."""
    given = rows(table)
    checked = table.checked(given[given.columns[::-1]].iloc[::-1])
    pd.testing.assert_frame_equal(checked, given.sort_values(list(table.key)).reset_index(drop=True))


@every
def test_unknown_column_is_refused(table):
    """A column the contract does not name cannot travel on."""
    with pytest.raises(SchemaErrors, match="salary"):
        table.checked(rows(table).assign(salary=1))


@every
def test_repeated_key_is_refused(table):
    """Two rows of one key are an error, not an average."""
    twice = pd.concat([rows(table), rows(table).head(1)])
    with pytest.raises(SchemaErrors):
        table.checked(twice)


@every
def test_missing_column_is_refused(table):
    """Every column of the contract must be there; one that is not is named."""
    name = list(table.columns)[-1]
    with pytest.raises(SchemaErrors, match=name):
        table.checked(rows(table).drop(columns=name))


@every_column
def test_values_outside_the_contract_are_refused(table, name):
    """A value below, above, not allowed, absent where it must not be, or of another type is refused."""
    column, good = table.columns[name], rows(table)
    bad = []
    if column.low is not None:
        bad.append(column.low - 1)
    if column.high is not None:
        bad.append(column.high + 1)
    if column.allowed:
        bad.append("something else")
    if column.type in ("number", "count", "time"):
        bad.append("many")
    if not column.nullable:
        bad.append(None)
    for value in bad:
        values = [*good[name].iloc[:-1], value]
        with pytest.raises((SchemaErrors, ValueError, TypeError)):
            table.checked(good.assign(**{name: pd.Series(values, dtype=object)}))


@every
def test_declaration_holds_together(table):
    """Keys are columns, stages exist, and every column says what it means."""
    assert set(table.key) <= set(table.columns)
    assert table.stage in (*STAGES, "")
    assert table.grain.startswith("One row per ")
    assert all(column.meaning and column.type in DTYPES for column in table.columns.values())


def test_checking_does_not_change_the_frame_given():
    """A caller's frame stays as it was: order, types and index."""
    table = TABLES["answers"]
    given = rows(table).iloc[::-1]
    before = given.copy()
    table.checked(given)
    pd.testing.assert_frame_equal(given, before)


def test_count_with_a_fraction_is_refused():
    """A count column takes whole numbers; 2.5 rows are not silently 2."""
    table = TABLES["intake"]
    with pytest.raises((SchemaErrors, ValueError)):
        table.checked(rows(table).assign(rows_in=[0.0, 1.0, 2.5]))


def test_settings_name_what_the_tables_of_the_market_hold():
    """Parts of the market, and ways to learn of it, are spelt in `params.yaml` as in the tables."""
    assert get_args(MarketRole) == ROLES
    assert get_args(get_args(Corroboration.model_fields["heard"].annotation)[0]) == LEARNED


MET = {
    "ego_id": "a", "alter_id": "b", "channel": "mail", "at": pd.Timestamp("2026-01-05", tz="UTC"), "day_only": False,
    "minutes": -0.0, "size": 2.0, "event": 0, "off_hours": None, "weekend": 0.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"channel": "pigeon"}, "channel is none of mail"), ({"size": 1.0}, "size is below 2"),
        ({"minutes": 1e9}, "minutes is above"), ({"ego_id": None}, "ego_id is absent"), ({}, "stands twice"),
    ],
)  # fmt: skip
def test_a_log_is_checked_part_by_part(change, told):
    """Each row is held to the contract, and to the row before it, also where that was the last of another part."""
    table = TABLES["interactions"]
    good = [MET, MET | {"event": 1}, MET | {"event": 2, "minutes": 1.23456789}]
    [*_, last] = table.checked_parts(ibis.memtable(pd.DataFrame(good)), 2, 3)
    assert last.to_pylist() == [MET | {"event": 2, "minutes": 1.235}]
    bad = ibis.memtable(pd.DataFrame([MET, MET | change, MET | {"event": 1}]))
    with pytest.raises(ValueError, match=told):
        list(table.checked_parts(bad, 1, 3))
