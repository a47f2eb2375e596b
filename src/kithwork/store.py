"""Where tables and documents live on disk, and the only place that reads or writes them.

`load` and `save` check the contract of `tables.py`. A save is whole or not at all (`writing.py`). Floats are rounded and
rows sorted by key, so that the same result is the same bytes. A table bears a seal: one that was cut short or changed on
the disk is told, and never used.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithwork import kept, params, sealing, writing
from kithwork.contract import Table
from kithwork.errors import Problem, UserError, nearest
from kithwork.log import Log
from kithwork.tables import CLAIMING, ORGANISATIONS, STAGES, TABLES

if TYPE_CHECKING:
    import ibis
    import pandas as pd

LOG = "interactions"
"""The table that is a folder of parquet files: it may be larger than memory."""

ROWS = 250_000
"""Rows of a table larger than memory that are held at a time."""

DECIMALS = 10
"""Digits kept after the point: beyond what any figure means, short of what threads and platforms disagree about."""


ANEW = "Remove it and run `make report`, which makes it anew."
"""What is to be done with a broken table: dvc, which goes by size and date, may take it for whole."""


class NotMade(UserError, FileNotFoundError):  # noqa: N818 (nothing is wrong but the order)
    """A table that a chapter writes, before that chapter was run."""


def raw(engagement: str) -> Path:
    """The folder of what the client gave; never written to."""
    return params.ROOT / "data" / "raw" / engagement


def folder(stage: str, engagement: str) -> Path:
    """The folder a stage writes for one engagement."""
    return params.ROOT / "data" / stage / engagement


def remembered(engagement: str) -> Path:
    """The folder of what chapter 1 made before and may use again: nothing rests on its being there."""
    return params.ROOT / "build" / "remembered" / engagement


def load(table: str, engagement: str, stage: str | None = None) -> pd.DataFrame:
    """One table, checked. `stage` is needed for `claims` alone, which several stages write.

    Raises `NotMade` if it was not made yet, `UserError` for a table that there is not, is broken or of another version.
    """
    import pandas as pd
    import pyarrow as pa
    from pandera.errors import SchemaErrors

    path = _made(table, engagement, stage)
    told = path.relative_to(params.ROOT).as_posix()
    _expect_whole(_files(path))
    try:
        return TABLES[table].checked(pd.read_parquet(path))
    except SchemaErrors as error:
        at = ", ".join(dict.fromkeys(error.failure_cases["column"].dropna().astype(str)))
        anew = "Run `make report`, which makes it anew."
        raise UserError(Problem("was made by another version of kithwork", told, anew, at[:60])) from error
    except (pa.ArrowException, OSError) as error:
        if getattr(error, "errno", None) or isinstance(error, MemoryError):  # the machine's, not the table's
            raise
        raise UserError(Problem("is broken", told, ANEW, str(error).rpartition(": ")[2][:60])) from error


def scan(table: str, engagement: str) -> Log:
    """One table where it lies, unread: for `interactions`, which is never loaded whole. Raises `NotMade`, and
    `UserError` for files that are broken."""
    path = _made(table, engagement, None)
    if (note := path / kept.NOTE).is_file():
        return Log(note=json.loads(note.read_text(encoding="utf-8")))
    files = _files(path)
    _expect_whole(files)
    return Log(files)


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]


def _expect_whole(files: Iterable[Path]) -> None:
    """That files are as they were written. Raises `UserError`."""
    broken = [path.relative_to(params.ROOT).as_posix() for path in files if sealing.is_broken(path)]
    if broken:
        raise UserError(Problem("is broken", told, ANEW, "bytes changed since it was written") for told in broken)


def save(table: str, frame: pd.DataFrame | ibis.Table | Log, engagement: str, stage: str | None = None) -> None:
    """Check one table and write it; a table larger than memory comes as an expression, and is written part by part, or as
    a `Log` that keeps to its contract already; parts at an engine that it does not name are taken away."""
    path = _parquet(table, engagement, stage)
    if isinstance(frame, Log) and frame.note:
        writing.whole(path, lambda unfinished: _noted(frame.note, unfinished))
        kept.sweep(frame.note, TABLES[LOG])
    elif isinstance(frame, Log):
        writing.whole(path, lambda unfinished: _linked(frame.files, unfinished))
    elif table == LOG:
        writing.whole(path, lambda unfinished: _alone(frame, unfinished))
    else:
        writing.whole(path, lambda unfinished: _written(frame, TABLES[table], unfinished))


def _written(frame: pd.DataFrame | ibis.Table, table: Table, path: Path) -> None:
    import pyarrow.parquet as pq

    if hasattr(frame, "iloc"):
        checked = table.checked(frame)
        floats = checked.select_dtypes("float").columns
        checked[floats] = checked[floats].round(DECIMALS) + 0.0  # + 0.0: no negative zero
        checked.to_parquet(path, index=False)
    else:
        with pq.ParquetWriter(path, table.arrow) as writer:
            for part in table.checked_parts(frame, ROWS, DECIMALS):
                writer.write_table(part)
    sealing.seal(path)


def _noted(note: dict, folder: Path) -> None:
    """A log that is kept at an engine."""
    folder.mkdir()
    (folder / kept.NOTE).write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")


def write_log(expression: ibis.Table, path: Path) -> None:
    """Check records of contact and write them, for a `Log` that `save` takes."""
    _written(expression, TABLES[LOG], path)


def _alone(frame: pd.DataFrame | ibis.Table, folder: Path) -> None:
    """A log that is not parted into files."""
    folder.mkdir()
    _written(frame, TABLES[LOG], folder / "all.parquet")


def _linked(files: Iterable[Path], folder: Path) -> None:
    """The files under their names in another folder: as one file with two names where the disk has such."""
    folder.mkdir()
    for file in files:
        sealing.seal(file)
        try:
            os.link(file, folder / _plain(file))
        except OSError:
            shutil.copyfile(file, folder / _plain(file))


def _plain(file: Path) -> str:
    """The name of a file of the log without what tells it from others of its block."""
    return file.name.replace(".log.", ".")


def claims(engagement: str) -> pd.DataFrame:
    """The claims of every stage, in chapter order."""
    import pandas as pd

    return pd.concat([load("claims", engagement, stage) for stage in CLAIMING], ignore_index=True)


def organisations() -> pd.DataFrame:
    """Figures of the bundled organisations; no rows where the study's folder has no such file."""
    import pandas as pd

    path = params.ROOT / "data" / ORGANISATIONS.stage / f"{ORGANISATIONS.name}.csv"
    return ORGANISATIONS.checked(pd.read_csv(path)) if path.is_file() else ORGANISATIONS.empty()


def save_organisations(frame: pd.DataFrame) -> None:
    """Write that file, whole or not at all."""
    writing.csv(params.ROOT / "data" / ORGANISATIONS.stage / f"{ORGANISATIONS.name}.csv", ORGANISATIONS.checked(frame))


def save_ways(curves: pd.DataFrame, engagement: str) -> None:
    """The `curves` of scenarios for dvc to compare: `ways.csv` for its plots; for its metrics `ways.json`, with the share
    of people, in %, that each way to start comes to in the end."""
    rows = TABLES["curves"].checked(curves)
    ends = rows.groupby("scenario")["median"].last()
    save_compared("ways", {"start": {name: round(100 * end, 2) for name, end in ends.items()}}, engagement)
    save_compared("ways", rows, engagement)


def save_compared(name: str, content: dict[str, Any] | pd.DataFrame, engagement: str) -> None:
    """What dvc compares between runs: numbers by name as JSON, a metric; a table as CSV, a plot."""
    if isinstance(content, dict):
        writing.document(folder("compare", engagement) / f"{name}.json", content)
    else:
        writing.csv(folder("compare", engagement) / f"{name}.csv", content)


def load_document(name: str, engagement: str) -> Any:
    """A JSON document of the report stage. Raises `UserError` for one that is broken."""
    path = folder("report", engagement) / f"{name}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        told = path.relative_to(params.ROOT).as_posix()
        raise UserError(Problem("is broken", told, ANEW, str(error)[:60])) from None


def save_document(name: str, content: Any, engagement: str) -> None:
    """Write a JSON document of the report stage."""
    writing.document(folder("report", engagement) / f"{name}.json", content)


def _made(table: str, engagement: str, stage: str | None) -> Path:
    """Where a table lies. Raises `NotMade`."""
    if table not in TABLES:
        raise UserError(Problem("is not a table", "kithwork's tables", nearest(table, TABLES), found=table))
    own = TABLES[table].stage
    writer, writers = stage or own, (own,) if own else CLAIMING
    if not writer:
        do = f'Say which, as in load("{table}", "{engagement}", stage="ties"): {", ".join(CLAIMING)}.'
        raise UserError(Problem("is written by several chapters", table, do))
    if writer not in writers:
        raise UserError(Problem("is no chapter that writes it", table, nearest(writer, writers), found=writer))
    path = _parquet(table, engagement, stage)
    if not path.exists():
        chapter = f"{STAGES.index(writer) + 1}_{writer}"
        do = f"Run `dvc repro {writer}@{engagement}`, or all cells of notebooks/{chapter}.ipynb for {engagement}."
        raise NotMade(Problem(f"is not there yet: chapter {chapter} makes it", str(path.relative_to(params.ROOT)), do))
    return path


def _parquet(table: str, engagement: str, stage: str | None) -> Path:
    return folder(stage or TABLES[table].stage, engagement) / (table if table == LOG else f"{table}.parquet")
