"""Recorded contacts on their way from files to table: typed, their words as numbers, on disk, however many there are.

A batch is judged cell by cell as every source is (`rules.py`); what passes is appended to a parquet file whose ego, alter
and column are numbers of words, so that no name is in it. It lies in a passing folder that goes with the connection, at
the latest with the process. Nothing is counted here: whose records may not be used is known only when all is read.
"""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork import passing
from kithwork.cleaning import rules, times
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.readers.parts.rows import Rows

if TYPE_CHECKING:
    import ibis
    import pandas as pd


@dataclass
class Arrived:
    """One file: its name, its columns, and what its reader noticed or passed over."""

    file: str
    header: dict[str, str]
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


@dataclass(frozen=True)
class Staged:
    """The contacts of all files, and the records at fault.

    `contacts` has a row per record: file, line, cell, ego, alter, channel, at, offset, day_only, minutes, size, message,
    nature, with `file`, `cell`, `ego` and `alter` as numbers. Where only the day is known, `at` is its noon as if in UTC,
    and `offset` that of its file's zone. `faults` has a row per fault: record, file, row, column, reason, remedy, found,
    and the words `ego` and `alter`, absent where a record has none.
    """

    contacts: ibis.Table
    files: list[Arrived]
    words: list[str]
    cells: list[str]
    faults: pd.DataFrame
    folder: Path
    has_lines: bool = True
    is_elsewhere: bool = False

    def made(self, name: str, what: ibis.Table | pd.DataFrame) -> ibis.Table:
        """A result, or a frame, put down beside the records under a name, to be asked several times."""
        return self.contacts.get_backend().create_table(name, obj=what, temp=True, overwrite=True)

    def known(self, name: str) -> ibis.Table | None:
        """What `made` put down under a name."""
        connection = self.contacts.get_backend()
        return connection.table(name) if name in connection.list_tables() else None

    def release(self, name: str) -> None:
        """Take away what `made` put down under a name, if anything: it is not needed any more."""
        self.contacts.get_backend().drop_table(name, database=("temp", "main"), force=True)

    def read(self, files: list[Path]) -> ibis.Table:
        """Parquet files, unread."""
        return self.contacts.get_backend().read_parquet([str(file) for file in files])

    def parted(self, contacts: ibis.Table, column: str, numbers: list[int]) -> dict[int, ibis.Table]:
        """The records by the number in a column, each part to be read without the others."""
        connection, folder = contacts.get_backend(), self.folder / "parts"
        sql = connection.compile(contacts)
        connection.raw_sql(f"COPY ({sql}) TO '{folder}' (FORMAT parquet, PARTITION_BY ({column}), OVERWRITE_OR_IGNORE)")
        found = {number: connection.read_parquet(str(folder / f"{column}={number}" / "*.parquet")) for number in numbers}
        return {number: part.drop(column) if column in part.columns else part for number, part in found.items()}

    def without(self, whose: Callable[[pd.Series], pd.Series]) -> Staged:
        """What is left without the records of those whom `whose` says yes to, sound or at fault."""
        import pandas as pd

        words, met = pd.Series(self.words, dtype="str"), self.contacts
        if gone := words.index[whose(words)].tolist():
            met = met.filter(met.ego.notin(gone) & met.alter.notin(gone))
        return replace(self, contacts=met, faults=self.faults[~(whose(self.faults["ego"]) | whose(self.faults["alter"]))])

    def said(self) -> set[str]:
        """The words that stand in any record, sound or at fault."""
        ends = self.contacts.select(word="ego").union(self.contacts.select(word="alter"), distinct=True).to_pandas()
        return {self.words[code] for code in ends["word"]} | {*self.faults["ego"].dropna(), *self.faults["alter"].dropna()}

    def rows(self) -> pd.DataFrame:
        """Records read and records at fault, by name of the file."""
        import pandas as pd

        names = [one.file for one in self.files]
        sound = self.contacts.group_by("file").agg(rows=self.contacts.count()).to_pandas().set_index("file")["rows"]
        sound = sound.reindex(range(len(names)), fill_value=0).set_axis(names)
        faulty = self.faults.groupby("file")["record"].nunique().reindex(names, fill_value=0)
        return pd.DataFrame({"rows": sound + faulty, "faulty": faulty})


def staged(files: Iterable[Iterable[Rows]], settings: Settings) -> Staged:
    """Read every file through. Raises one `UserError` with what makes files unreadable."""
    import ibis
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = passing.made()
    connection = ibis.duckdb.connect(temp_directory=str(folder / "spill"))
    weakref.finalize(connection, passing.removed, folder)
    schema = pa.schema(
        {
            **dict.fromkeys(("file", "cell", "ego", "alter"), pa.int32()),
            "line": pa.int64(),
            "channel": pa.string(),
            "at": pa.timestamp("us", tz="UTC"),
            "offset": pa.int16(),
            "day_only": pa.bool_(),
            "minutes": pa.float64(),
            "size": pa.float64(),
            "message": pa.uint64(),
            "nature": pa.string(),
        }
    )
    words, cells, arrived = Words(), Words(), []
    faults: list[pd.DataFrame] = []
    unreadable: list[Problem] = []
    with pq.ParquetWriter(folder / "contacts.parquet", schema) as writer:
        for batches in files:
            try:
                for rows in batches:
                    if not arrived or arrived[-1].file != rows.file:
                        arrived.append(Arrived(rows.file, rows.header))
                    typed, found = _typed(rows, words, cells, len(arrived) - 1, settings)
                    arrived[-1].notes |= dict.fromkeys(rows.notes)
                    arrived[-1].left_out += rows.left_out
                    if len(found):
                        faults.append(found.assign(record=found["record"].astype("str") + f" of batch {len(faults)}"))
                    writer.write_table(pa.Table.from_pandas(typed, schema, preserve_index=False))
            except UserError as error:
                unreadable.extend(error.problems)
    if unreadable:
        raise UserError(dict.fromkeys(unreadable))
    names = ["record", "file", "row", "column", "reason", "remedy", "found", "ego", "alter"]
    table = pd.concat(faults, ignore_index=True) if faults else pd.DataFrame(columns=names, dtype="str")
    contacts = connection.read_parquet(folder / "contacts.parquet")
    return Staged(contacts, arrived, words.listed(), cells.listed(), table, folder)


def _typed(rows: Rows, words: Words, cells: Words, file: int, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The records of a batch that can be understood, coded; and the faults of the others."""
    import pandas as pd

    records, columns, faults = rules.understood([rows], settings)
    found = faults.table()
    found = found.assign(**{name: found["record"].map(columns[name]).astype("str") for name in ("ego", "alter")})
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
            **timed(frame, records.frame["at"].loc[frame.index].str.strip() if "at" in frame else None),
            "message": message,
            **{name: frame.get(name) for name in ("channel", "minutes", "size", "nature")},
        },
        index=frame.index,
    )
    return typed, found


def timed(frame: pd.DataFrame, written: pd.Series | None) -> dict[str, object]:
    """The columns at, offset and day_only of records whose times are written so."""
    import pandas as pd

    if written is None:
        return {"at": None, "offset": pd.NA, "day_only": False}
    written = written.mask(written == "")
    offset, alone = times.ahead(written, frame["at"]), times.day_alone(written)
    noon = frame["at"] + pd.to_timedelta(offset.astype("float64"), unit="m") + pd.Timedelta(hours=12)
    return {"at": frame["at"].mask(alone, noon), "offset": offset, "day_only": alone}
