"""Rows per pair come part by part, all of them, in one order; who is meant is joined."""

from __future__ import annotations

import ibis
import pyarrow as pa

from kithwork.ties import fetched


def test_every_row_comes_in_the_order_of_its_ids(monkeypatch):
    """In parts of two, capitals before small letters, letters of other languages last: as Python sorts them."""
    monkeypatch.setattr(fetched, "ROWS", 2)
    ids = ["b", "Å", "B", "é", "a", "B", "10", "9"]
    pairs = ibis.memtable(pa.table({"a_id": ids, "b_id": ids[::-1], "contacts": list(range(len(ids)))}))
    found = fetched.by_pair(pairs)
    assert list(zip(found["a_id"], found["b_id"], strict=True)) == sorted(zip(ids, ids[::-1], strict=True))
    assert sorted(found["contacts"]) == list(range(len(ids)))


def test_records_are_of_two_of_these_people():
    """Whoever begins; a person listed twice counts once; nobody has none."""
    met = ibis.memtable(pa.table({"ego_id": ["a", "b", "a", "x"], "alter_id": ["b", "a", "x", "b"]}))
    assert fetched.among(met, ["b", "a", "a"]).count().to_pandas() == 2
    assert fetched.among(met, []).count().to_pandas() == 0
