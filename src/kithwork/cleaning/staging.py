"""Recorded contacts on their way from files to table: typed, their words as numbers, on disk, however many there are.

A batch is judged cell by cell as every source is (`rules.py`); what passes is appended to a parquet file whose ego, alter
and column are numbers of words, so that no name is in it. It lies in a temporary folder that goes with the connection, at
the latest with the process.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cleaning import rules
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.readers.parts.rows import Rows

if TYPE_CHECKING:
    import ibis
    import pandas as pd

NAMED = 1_000
"""Problems kept word by word where rows at fault stop the run; a message shows three and counts the rest."""


@dataclass
class Arrived:
    """What one file held: rows read, rows at fault, and what its reader noticed or passed over."""

    file: str
    header: dict[str, str]
    rows: int = 0
    faulty: int = 0
    notes: dict[str, None] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass
class Words:
    """Distinct words, numbered in the order met."""

    numbers: dict[str, int] = field(default_factory=dict)

    def coded(self, words: pd.Series) -> pd.Series:
        """The number of each word, -1 where there is none."""
        import pandas as pd

        positions, distinct = pd.factorize(words)
        known = [self.numbers.setdefault(word, len(self.numbers)) for word in distinct]
        return pd.Series([*known, -1], dtype="int32").iloc[positions].set_axis(words.index)

    def listed(self) -> list[str]:
        """All words, by number."""
        return list(self.numbers)


@dataclass
class Staged:
    """The contacts of all files. `contacts` has a row per record: file, line, cell, ego, alter, channel, at, offset,
    minutes, size, message, nature, with `file`, `cell`, `ego` and `alter` as numbers.
    """

    contacts: ibis.Table
    files: list[Arrived]
    words: list[str]
    cells: list[str]
    faults: pd.DataFrame
    problems: list[Problem]


def staged(files: Iterable[Iterable[Rows]], settings: Settings) -> Staged:
    """Read every file through. Raises one `UserError` with what makes files unreadable."""
    import ibis
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = Path(tempfile.mkdtemp(prefix="kithwork-"))
    connection = ibis.duckdb.connect(temp_directory=str(folder / "spill"))
    weakref.finalize(connection, shutil.rmtree, folder, ignore_errors=True)
    schema = pa.schema(
        {
            **dict.fromkeys(("file", "cell", "ego", "alter"), pa.int32()),
            "line": pa.int64(),
            "channel": pa.string(),
            "at": pa.timestamp("us", tz="UTC"),
            "offset": pa.int16(),
            "minutes": pa.float64(),
            "size": pa.float64(),
            "message": pa.uint64(),
            "nature": pa.string(),
        }
    )
    words, cells, arrived = Words(), Words(), []
    faults: list[pd.DataFrame] = []
    problems: list[Problem] = []
    unreadable: list[Problem] = []
    with pq.ParquetWriter(folder / "contacts.parquet", schema) as writer:
        for batches in files:
            try:
                for rows in batches:
                    if not arrived or arrived[-1].file != rows.file:
                        arrived.append(Arrived(rows.file, rows.header))
                    typed, found = _typed(rows, words, cells, len(arrived) - 1, settings)
                    _count(arrived[-1], rows, found)
                    if len(found):
                        faults.append(found.drop(columns=["record", "found"]).drop_duplicates())
                        problems += _problems(found)[: NAMED - len(problems)]
                    writer.write_table(pa.Table.from_pandas(typed, schema, preserve_index=False))
            except UserError as error:
                unreadable.extend(error.problems)
    if unreadable:
        raise UserError(dict.fromkeys(unreadable))
    names = ["file", "row", "column", "reason", "remedy"]
    table = pd.concat(faults, ignore_index=True) if faults else pd.DataFrame(columns=names)
    contacts = connection.read_parquet(folder / "contacts.parquet")
    return Staged(contacts, arrived, words.listed(), cells.listed(), table, problems)


def _count(arrived: Arrived, rows: Rows, found: pd.DataFrame) -> None:
    arrived.rows += len(rows.frame) + len(rows.faults)
    arrived.faulty += found["record"].nunique()
    arrived.notes |= dict.fromkeys(rows.notes)
    arrived.left_out += rows.left_out


def _typed(rows: Rows, words: Words, cells: Words, file: int, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The records of a batch that can be understood, coded; and the faults of the others."""
    import pandas as pd

    records, columns, faults = rules.understood([rows], settings)
    found = faults.table()
    frame = pd.DataFrame(columns).drop(index=found["record"].unique(), errors="ignore")
    places = records.places.loc[frame.index]
    ids = {name: words.coded(frame[name]) for name in ("ego", "alter")}
    message = pd.Series(pd.NA, index=frame.index, dtype="UInt64")
    if "message" in frame and (told := frame["message"].notna()).any():
        message[told] = pd.util.hash_array(frame.loc[told, "message"].to_numpy(dtype=object), categorize=False)
    typed = pd.DataFrame(
        {
            "file": file,
            "cell": cells.coded(places["cell"]),
            **ids,
            "line": places["row"],
            "offset": _offset(records.frame["at"].loc[frame.index]) if "at" in frame else pd.NA,
            "message": message,
            **{name: frame.get(name) for name in ("channel", "at", "minutes", "size", "nature")},
        },
        index=frame.index,
    )
    return typed, found


def _offset(written: pd.Series) -> pd.Series:
    """Minutes that the clock which wrote a time was ahead of UTC; absent where it said UTC or nothing."""
    import pandas as pd

    parts = written.str.strip().str.extract(r"([+-])(\d\d):?(\d\d)\Z")
    sign = parts[0].map({"+": 1, "-": -1})
    return (sign * (pd.to_numeric(parts[1]) * 60 + pd.to_numeric(parts[2]))).astype("Int16")


def _problems(found: pd.DataFrame) -> list[Problem]:
    return [Problem(r.reason, r.file, r.remedy, r.found, int(r.row), r.column) for r in found.itertuples()]
