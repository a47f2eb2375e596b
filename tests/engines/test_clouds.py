"""BigQuery and Snowflake, which no test can ask: what is sent to them compiles, and what lacks is told."""

from __future__ import annotations

import sys

import ibis
import pandas as pd
import pytest
from cleaning import test_filters
from compiled import overheard, refusal
from ties.test_contact import busy

from kithwork import engines, log
from kithwork.errors import UserError
from kithwork.ties import contact, halves

DIALECTS = ("bigquery", "snowflake")


def contacts() -> list[dict[str, str]]:
    """Contact of which each step takes some."""
    rows = [test_filters.row(), test_filters.row(), test_filters.row(alter="x"), test_filters.row(alter="a")]
    return [*rows, test_filters.row("b", "a", size="90"), test_filters.row("b", "a", message="one")]


@pytest.fixture(scope="module")
def sent() -> list[ibis.Table]:
    """All that cleaning and the chapters after it ask of recorded contact."""
    with overheard() as heard:
        ways = {"period": ["2026-01-01", "2026-12-31"], "places": {"Porto": {"timezone": "Europe/Lisbon"}}}
        for said in ({}, {"directed": False}, ways):
            test_filters.cleaned(contacts(), **said)
        records = log.Log(held=ibis.memtable(busy()).to_pyarrow())
        halves.around(records, {"a", "b"}, pd.Timestamp("2026-02-02", tz="UTC"))
    return [*heard, contact.features(records.table()), contact.features(records.table(), directed=False)]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_all_that_is_sent_can_be_said_there(sent, dialect):
    """Ibis writes it in the dialect, and it is read again as one query."""
    refused = {why: one for one in sent if (why := refusal(one, dialect))}
    assert len(sent) > 15
    assert list(refused) == []


@ibis.udf.scalar.builtin
def no_such_function(value: float) -> float:
    """What no engine has."""


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_cannot_be_said_is_noticed(dialect):
    """An operation that Ibis cannot write, and a function that the dialect lacks."""
    rows = ibis.memtable({"a": [1.0]})
    assert refusal(rows.mutate(b=no_such_function(rows.a)), dialect) == "no_such_function is no function there"
    assert refusal(rows.mutate(b=rows.a.hash(), c=rows.a.cast("string").re_split("x")), dialect)
    assert refusal(rows.mutate(b=rows.a + 1), dialect) == ""


@pytest.mark.parametrize(
    ("url", "module", "extra"),
    [
        ("bigquery://bank/work", "google.cloud.bigquery", "bigquery"),
        ("snowflake://acme/DB/WORK", "snowflake.connector", "snowflake"),
    ],
)
def test_missing_driver_is_told(monkeypatch, url, module, extra):
    """With the extra that brings it."""
    for name in (module, f"ibis.backends.{extra}"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UserError) as caught, engines.connected(url):
        pass
    [problem] = caught.value.problems
    assert (problem.what, problem.file) == ("needs a driver that is not installed", url)
    assert f"Install kithwork with its `{extra}` extra" in problem.do
