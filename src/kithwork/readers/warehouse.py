"""Reads a table where it lies, through Ibis, in batches: parquet files, a DuckDB database, a server's table, or Spark's.

`file` is a parquet file, a folder of such or a pattern (`contacts/*.parquet`), with columns in the names of folders
(`year=2026/`, as Hive has them) or without, here or in a bucket (`s3://bucket/prefix`); a DuckDB file; or an address, as
`postgres://host/database` or `spark://host:port` (see `engines/address.py`), for which kithwork is installed with the extra
of that name.
`columns` and `constants` mean what they mean for a CSV file. Only mapped columns are asked for. Every engine writes values
as text by itself; times become ISO 8601, those with a zone in UTC, since that is how all engines keep them (PostgreSQL
documentation, "Date/Time Types"; DuckDB documentation, "Timestamp Types"; Spark documentation, "Data Types").

Rows are numbered from 1: in a file as they lie in it (DuckDB documentation, "Order Preservation"), files by their names; on
a server and in a view, which keep no order, sorted by all columns read. So the same table gives the same rows, and rows
that could change places are alike.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork import engines
from kithwork.engagement import Reader
from kithwork.engines import address, bucket, duck
from kithwork.engines.engine import Engine
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import afar, checksums, given, mapping
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.lying import Found
from kithwork.readers.parts.rows import BATCH, FIELDS, Rows

if TYPE_CHECKING:
    import ibis
    import pandas as pd
    import pyarrow as pa
    from ibis.backends.duckdb import Backend as DuckDB

SOURCES = tuple(FIELDS)
TAKES = ("columns", "constants", "timezone", "options")
OPTIONS = {
    "table": "the table's name, `schema.name` on a server; not needed where there is one only",
    "seconds": "how long the engine may take for one answer (300)",
}
SECONDS = 300
"""An answer may need a whole table sorted."""

PARQUET, DUCKDB = b"PAR1", b"DUCK"
"""What a parquet file begins with, and what a DuckDB file has after a checksum of eight bytes."""

NESTED = ("Array", "Binary", "Map", "Struct")
"""Kinds of column whose values are not one text."""

PATTERN = re.compile(r"[*?\[]")


def located(source: str, spec: Reader, folder: Path) -> Given:
    """An address as it is, a pattern of files, or one file or folder. Raises `UserError` where it is not there."""
    if address.is_one(spec.file):
        return Given(address.shown(spec.file))
    if not PATTERN.search(spec.file):
        return given.located(source, spec, folder)
    given.inside(source, spec, folder)
    name = f"data/raw/{folder.name}/{spec.file}"
    if not next(folder.glob(spec.file), None):
        do = f"Put files into data/raw/{folder.name}/, or change sources.{source}.file in params.yaml."
        raise UserError(Problem("matches no file", name, do))
    return Given(name, folder / spec.file)


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The rows of a table. Raises `UserError`."""
    with _opened(source, spec, given) as table:
        header, notes = _mapped(source, spec, table.columns, given)
        done = 0
        for batch in table.batches(header):
            frame = _frame(batch, done, list(header)).assign(**spec.constants)
            yield Rows(source, given.name, frame, header, [] if done else notes)
            done += len(frame)
    if not done:
        raise _without_rows(given)


def is_at_hand(spec: Reader, given: Given) -> bool:
    """Whether this is parquet, here or in a bucket, which any connection to DuckDB reads where it lies. Raises
    `UserError`."""
    if address.kind(spec.file) == address.S3:
        return True
    return given.path is not None and not address.is_one(spec.file) and not _is_database(given.path, given.name)


@contextmanager
def at_hand(source: str, spec: Reader, given: Given, connection: DuckDB) -> Iterator[Found]:
    """Parquet files as one table on a connection to DuckDB; those of this machine with the number of each row. Raises
    `UserError`."""
    _takes_no_table(source, spec)
    engine = duck.DuckDB(given.name, _seconds(source, spec), given.path, connection)
    if address.kind(spec.file) == address.S3:
        table = bucket.parquet(engine, spec.file, f"sources.{source}.file")
        yield _lying(source, spec, given, Asked(engine, table, in_order=False))
        return
    files = _files(given.path, given.name)
    checksums.expect_right(files, given.name, spec.columns.values())
    table = duck.numbered(engine, files)
    yield _lying(source, spec, given, Asked(engine, table, in_order=True))


@contextmanager
def at_engine(source: str, spec: Reader, given: Given, engine: Engine) -> Iterator[Found]:
    """A table of the engine that the study is worked on at. Raises `UserError`."""
    yield _lying(source, spec, given, Asked(engine, _table(engine, source, spec), in_order=False))


def state(source: str, spec: Reader, given: Given) -> afar.State:
    """What tells this table or bucket from what lay there before: of contacts by their time, of all else by every column
    that is read. Raises `UserError`."""
    where = f"sources.{source}.file"
    if address.kind(spec.file) == address.S3:
        return afar.of_parts(bucket.listed(given.name, spec.file, where))
    with engines.reading(address.parsed(spec.file, where), _seconds(source, spec)) as engine:
        table = _table(engine, source, spec)
        header, _ = _mapped(source, spec, table.columns, given)
        _expect_plain(table, header, given.name)
        columns = [header["at"]] if source == "interactions" and "at" in header else list(header.values())
        with engine.asked():
            return afar.of_table(table, columns)


def _lying(source: str, spec: Reader, given: Given, asked: Asked) -> Found:
    """The columns wanted of a table, as they lie there."""
    table = asked.table
    lines = duck.NUMBERED if asked.in_order else ()
    header, notes = _mapped(source, spec, tuple(name for name in table.columns if name not in lines), given)
    _expect_plain(table, header, given.name)
    with asked.engine.asked():
        there = table.limit(1).count().execute()
    if not there:
        raise _without_rows(given)
    wanted = table.select(*lines[:1], **{field: table[column] for field, column in header.items()})
    return Found(wanted, header, spec.constants, notes, asked.in_order, asked.engine.asked)


def _mapped(source: str, spec: Reader, columns: tuple[str, ...], given: Given) -> tuple[dict[str, str], list[str]]:
    """The column of each field, and a note on those left out. Raises `UserError`."""
    used = mapping.positions(source, spec, list(columns), given.name, None)
    return {field: columns[at] for field, at in used.items()}, mapping.left_out(list(columns), used)


def _without_rows(given: Given) -> UserError:
    return UserError(Problem("has columns but no rows", given.name, "Export it again, with its rows."))


def _expect_plain(table: ibis.Table, header: dict[str, str], name: str) -> None:
    """That the columns wanted hold one value each. Raises `UserError`."""
    problems = [
        Problem("holds no plain values", name, "Map a column of texts, numbers or times.", str(kind), column=column)
        for column in header.values()
        if type(kind := table.schema()[column]).__name__ in NESTED
    ]
    if problems:
        raise UserError(problems)


@dataclass(frozen=True)
class Asked:
    """A table of an engine, and whether it keeps its rows in an order."""

    engine: Engine
    table: ibis.Table
    in_order: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of its columns."""
        return self.table.columns

    def batches(self, header: dict[str, str]) -> Iterator[pa.RecordBatch]:
        """The columns wanted, as text under the names of our fields. Raises `UserError`."""
        kinds = {field: self.table.schema()[column] for field, column in header.items()}
        _expect_plain(self.table, header, self.engine.name)
        with self.engine.asked():
            found = self.table.select(**{field: self.table[column].cast("string") for field, column in header.items()})
            found = found if self.in_order else found.order_by(list(header))
            coming = self.engine.batches(found, BATCH)
        while True:
            with self.engine.asked("breaks off while it is read"):
                batch = next(coming, None)
                plain = None if batch is None else as_written(batch, kinds)
            if plain is None:
                return
            yield plain


def as_written(batch: pa.RecordBatch, kinds: dict) -> pa.RecordBatch:
    """Texts as the toolkit writes them: nothing where nothing is, whole numbers without a point, times in ISO 8601."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = {}
    for name, kind in kinds.items():
        text = pc.fill_null(batch[name].cast(pa.large_string()), "")
        if kind.is_floating():
            text = pc.replace_substring_regex(text, r"\.0$", "")
        if kind.is_timestamp():
            text = pc.replace_substring(text, " ", "T", max_replacements=1)
        if kind.is_timestamp() and kind.timezone:
            text = pc.replace_substring_regex(text, r"(\d)(?:\+00)?$", r"\1+00:00")
        columns[name] = text
    return pa.RecordBatch.from_pydict(columns)


def _frame(batch: pa.RecordBatch, done: int, names: list[str]) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    kind = pd.StringDtype("pyarrow", na_value=np.nan)
    rows = pd.RangeIndex(done + 1, done + 1 + batch.num_rows, name="row")
    return pd.DataFrame({name: pd.Series(kind.__from_arrow__(batch[name]), index=rows) for name in names}, index=rows)


@contextmanager
def _opened(source: str, spec: Reader, given: Given) -> Iterator[Asked]:
    seconds = _seconds(source, spec)
    where = f"sources.{source}.file"
    if address.kind(spec.file) == address.S3:
        _takes_no_table(source, spec)
        with duck.duckdb(given.name, None, seconds) as engine:
            found = bucket.parquet(engine, spec.file, where)
            duck.confine(engine, [])
            yield Asked(engine, found, in_order=True)
        return
    if address.is_one(spec.file):
        told = address.parsed(spec.file, where)
        with engines.reading(told, seconds) as engine:
            yield Asked(engine, _table(engine, source, spec), in_order=False)
        return
    with _on_disk(given) as path:
        if _is_database(path, given.name):
            with duck.duckdb(given.name, path, seconds, path) as engine:
                duck.confine(engine, [path])
                table = _table(engine, source, spec)
                yield Asked(engine, table, in_order=not duck.is_view(engine, table.get_name()))
            return
        _takes_no_table(source, spec)
        files = _files(path, given.name)
        checksums.expect_right(files, given.name, spec.columns.values())
        with duck.duckdb(given.name, path, seconds) as engine:
            duck.confine(engine, files)
            yield Asked(engine, duck.parquet(engine, files), in_order=True)


@contextmanager
def _on_disk(given: Given) -> Iterator[Path]:
    if given.path:
        yield given.path
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "content"
        path.write_bytes(given.content)
        yield path


def _is_database(path: Path, name: str) -> bool:
    """Whether this is a DuckDB file; a folder or pattern is of parquet files. Raises `UserError` for another file."""
    if path.is_dir() or not path.exists():
        return False
    with path.open("rb") as file:
        head = file.read(12)
    if not head.startswith(PARQUET) and head[8:] != DUCKDB:
        do = "Export the table as parquet; a CSV file needs no `reader`."
        raise UserError(Problem("is neither a parquet file nor a DuckDB database", name, do, repr(head[:8])))
    return not head.startswith(PARQUET)


def _files(path: Path, name: str) -> list[Path]:
    """The parquet files meant, by name; those that begin with a point or underscore are other programs' notes."""
    if path.is_file():
        return [path]
    below = path.rglob("*.parquet") if path.is_dir() else path.parent.glob(path.name)
    files = sorted(file for file in below if file.is_file() and not file.name.startswith((".", "_")))
    if not files:
        raise UserError(Problem("holds no parquet file", name, "Put files that end in .parquet there."))
    return files


def _table(engine: Engine, source: str, spec: Reader) -> ibis.Table:
    """The table named, or the only one. Raises `UserError`."""
    word, where = spec.options.get("table", ""), f"sources.{source}.options.table"
    schema, _, name = word.rpartition(".")
    known = engine.listed(schema or None)
    if not word and len(known) != 1:
        told = ("holds several tables", nearest("", known)) if known else ("holds no table", "See which database is meant.")
        raise UserError(Problem(told[0], engine.name, f"Name one under options as `table`. {told[1]}", column=where))
    table = engine.found(name or known[0], schema or None)
    if table is None:
        raise UserError(Problem("is not a table there", engine.name, nearest(name, known), word, column=where))
    return table


def _takes_no_table(source: str, spec: Reader) -> None:
    if "table" in spec.options:
        where = f"sources.{source}.options.table"
        do = "Take it out: parquet files hold one table."
        raise UserError(Problem("means nothing here", "params.yaml", do, spec.options["table"], column=where))


def _seconds(source: str, spec: Reader) -> int:
    word = spec.options.get("seconds", str(SECONDS))
    if not re.fullmatch(r"[1-9]\d{0,4}", word):
        where = f"sources.{source}.options.seconds"
        raise UserError(Problem("is not a number of seconds", "params.yaml", "Write it as 300.", word, column=where))
    return int(word)
