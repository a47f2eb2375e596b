"""The features of `contact.py` where the log is parquet files at hand: the same table in a fraction of the time.

Records are dealt into parts by pair, with numbers for ids. Each part is then put in order and measured (`ordered.py`). One
part is held at a time, whatever the length of the log; the others wait in unnamed temporary files. What the columns mean is
told in `contact.py`, whose expression is what the tests hold this against.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from kithwork.tables import CHANNELS
from kithwork.ties import ordered
from kithwork.ties.ordered import DAY_ONLY, DAYS_KNOWN, HOURS_KNOWN, MILLION, NEVER, OFF_HOURS, WEEKEND

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ROWS = 2**21
"""Records of a part, about; some 200 bytes are held for each."""

PARTS = 512
"""Parts at most, each an open file: beyond a billion records parts are longer."""

GROUPS = 4
"""Row groups of a file that are dealt at a time."""

WAITING = {
    "ego": "int32", "alter": "int32", "second": "int64", "event": "int64", "people": "float64", "minutes": "float64",
    "flags": "uint8",
}  # fmt: skip
"""Columns of a record as it waits: ids by number of first appearance, the rest as in `ordered.Records`."""


def features(files: Sequence[Path | str], directed: bool = True, people: Iterable[str] | None = None) -> pd.DataFrame:
    """A row per pair, in order of its ids, of the files of the table `interactions`: what `contact.features` finds there.

    `people`: ids of those whose pairs are wanted; without, of all who are in the log.
    """
    import pandas as pd
    import pyarrow.parquet as pq

    rows = sum(pq.read_metadata(file).num_rows for file in files)
    with ExitStack() as stack:
        parts = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(min(rows // ROWS + 1, PARTS))]
        ids, last = dealt(files, parts, people)
        order = np.argsort(ids)
        rank = np.empty(len(ids), np.int64)
        rank[order] = np.arange(len(ids))
        found = [by_pair(part, rank, last, directed) for part in parts]
    place = np.argsort(pair := np.concatenate([part.pop("pair") for part in found]))
    a, b = np.divmod(pair[place], max(1, len(ids)))
    names = pd.Series(ids[order], dtype="str").array
    columns = {name: np.concatenate([part.pop(name) for part in found])[place] for name in list(found[0])}
    return pd.DataFrame({"a_id": names.take(a), "b_id": names.take(b), **columns}, copy=False)


def by_pair(part: BinaryIO, rank: np.ndarray, last: int, directed: bool) -> dict[str, np.ndarray]:
    """The features of one part's pairs; `pair` is the rank of its first id times the number of ids, plus the other's."""
    import pyarrow as pa

    part.seek(0)
    waiting = pa.ipc.open_stream(part).read_all()
    columns = {name: waiting[name].to_numpy() for name in waiting.column_names}
    ego, alter = rank.take(columns.pop("ego")), rank.take(columns.pop("alter"))
    met = ordered.ordered(np.minimum(ego, alter) * len(rank) + np.maximum(ego, alter), ego < alter, columns)
    return {"pair": met.key, **ordered.features(met, last, directed)}


def dealt(files: Sequence[Path | str], parts: list[BinaryIO], wanted: Iterable[str] | None) -> tuple[np.ndarray, int]:
    """Write each record into the part of its pair; the ids by their number, and the last second of all."""
    import pyarrow as pa

    people, channels = Numbered(() if wanted is None else wanted), Numbered(CHANNELS)
    known = None if wanted is None else len(people.known)
    waiting = pa.schema({name: pa.type_for_alias(kind) for name, kind in WAITING.items()})
    writers = [pa.ipc.new_stream(part, waiting) for part in parts]
    last = 0
    for log in read(files):
        columns = numbers(log, people, channels)
        last = max(last, columns["second"].max(initial=0, where=columns["second"] != NEVER))
        if known is not None:
            inside = np.flatnonzero((columns["ego"] < known) & (columns["alter"] < known))
            columns = {name: values.take(inside) for name, values in columns.items()}
        part = (np.minimum(columns["ego"], columns["alter"]) % len(parts)).astype(np.uint16)
        order = np.argsort(part, kind="stable")
        batch = pa.record_batch({name: values.take(order) for name, values in columns.items()}, waiting)
        ends = np.bincount(part, minlength=len(parts)).cumsum()
        for writer, start, end in zip(writers, [0, *ends[:-1]], ends, strict=True):
            writer.write_batch(batch.slice(start, end - start))
    for writer in writers:
        writer.close()
    return np.array(people.known.to_pylist(), object), last


def read(files: Sequence[Path | str]) -> Iterator[pa.Table]:
    """The records of the files, some row groups at a time."""
    import pyarrow.parquet as pq

    for file in files:
        with pq.ParquetFile(file, read_dictionary=["ego_id", "alter_id", "channel"]) as source:
            groups = range(source.num_row_groups)
            for first in groups[::GROUPS]:
                yield source.read_row_groups(groups[first : first + GROUPS])


class Numbered:
    """Words by number: those known, then others in order of first appearance."""

    def __init__(self, known: Iterable[str]):
        import pyarrow as pa

        self.known = pa.array(list(known), pa.string())

    def __call__(self, column: pa.ChunkedArray) -> np.ndarray:
        """The number of each word of a dictionary-coded column; new words get the next ones."""
        import pyarrow as pa
        import pyarrow.compute as pc

        coded = column.combine_chunks()
        words = coded.dictionary
        found = pc.index_in(words, self.known)
        if found.null_count:
            self.known = pa.concat_arrays([self.known, words.filter(found.is_null())])
            found = pc.index_in(words, self.known)
        return found.to_numpy().take(coded.indices.to_numpy())


def numbers(log: pa.Table, people: Numbered, channels: Numbered) -> dict[str, np.ndarray]:
    """The columns of `WAITING`, from some records of `interactions`; what is absent is filled as in `contact.prepared`."""
    import pyarrow as pa

    at, day_only = log["at"].cast(pa.int64()), log["day_only"].to_numpy()
    second = at.fill_null(0).to_numpy() // int(MILLION) + day_only * np.int64(12 * 3600)
    off_hours, weekend = log["off_hours"].to_numpy(), log["weekend"].to_numpy()
    flags = channels(log["channel"]).astype(np.uint8)
    for bit, flag in (
        (DAY_ONLY, day_only), (HOURS_KNOWN, off_hours == off_hours), (OFF_HOURS, off_hours == 1),
        (DAYS_KNOWN, weekend == weekend), (WEEKEND, weekend == 1),
    ):  # fmt: skip
        flags |= flag * bit
    return {
        "ego": people(log["ego_id"]),
        "alter": people(log["alter_id"]),
        "second": np.where(at.is_null().to_numpy(), NEVER, second) if at.null_count else second,
        "event": log["event"].to_numpy(),
        "people": log["size"].fill_null(2).to_numpy(),
        "minutes": log["minutes"].fill_null(0).to_numpy(),
        "flags": flags,
    }
