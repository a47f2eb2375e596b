"""What an engine works out where the log lies: whom it is of is joined there, and a row per pair comes, part by part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis
    import pandas as pd

ROWS = 100_000
"""Rows that are fetched at a time, by engines that can."""


def among(met: ibis.Table, people: Iterable[str]) -> ibis.Table:
    """The records between two of these people."""
    import ibis

    ids = {"person_id": sorted(people)}
    one, other = (ibis.memtable(ids, schema={"person_id": "string"}) for _ in range(2))
    return met.semi_join(one, met.ego_id == one.person_id).semi_join(other, met.alter_id == other.person_id)


def by_pair(pairs: ibis.Table) -> pd.DataFrame:
    """Every row, in order of its ids here: servers have orders of their own."""
    import pyarrow as pa

    schema = pairs.schema().to_pyarrow()
    rows = pa.Table.from_batches((batch.cast(schema) for batch in pairs.to_pyarrow_batches(chunk_size=ROWS)), schema)
    ordered = rows.sort_by([("a_id", "ascending"), ("b_id", "ascending")])
    return ordered.to_pandas(split_blocks=True, self_destruct=True)
