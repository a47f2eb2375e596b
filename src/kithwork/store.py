"""Where tables and documents live on disk, and the only place that reads or writes them.

`load` and `save` check the contract of `tables.py`. A save is whole or not at all: it is written beside its place and
renamed. Floats are rounded and rows sorted by key, so that the same result is the same bytes. A table bears a seal:
one that was cut short or changed on the disk is told, and never used.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithwork import display, kept, params, sealing
from kithwork.contract import Table
from kithwork.decided_tables import DECIDED
from kithwork.engines.address import DUCKDB
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
    a `Log` of files that keep to its contract already."""
    path = _parquet(table, engagement, stage)
    if isinstance(frame, Log):
        _whole(path, lambda unfinished: _linked(frame.files, unfinished))
    elif table == LOG and _lies_elsewhere(frame):
        note = kept.keep(frame, TABLES[LOG], params.load(engagement).engagement.engine, engagement)
        _whole(path, lambda unfinished: _noted(note, unfinished))
    elif table == LOG:
        _whole(path, lambda unfinished: _alone(frame, unfinished))
    else:
        _whole(path, lambda unfinished: _written(frame, TABLES[table], unfinished))


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


def _lies_elsewhere(frame: pd.DataFrame | ibis.Table) -> bool:
    """Whether the rows are those of an engine that is not this machine's."""
    return not hasattr(frame, "iloc") and frame.get_backend().name != DUCKDB


def _noted(note: dict[str, str | int], folder: Path) -> None:
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
    _save_csv(params.ROOT / "data" / ORGANISATIONS.stage / f"{ORGANISATIONS.name}.csv", ORGANISATIONS.checked(frame))


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
        _save_json(folder("compare", engagement) / f"{name}.json", content)
    else:
        _save_csv(folder("compare", engagement) / f"{name}.csv", content)


def _no_formulas(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, no text of which a spreadsheet would take for a formula."""
    texts = rows.select_dtypes(["str", "object"])
    return rows.assign(**{name: texts[name].map(display.cell) for name in texts})


def _save_csv(path: Path, rows: pd.DataFrame) -> None:
    safe = _no_formulas(rows)
    _whole(path, lambda unfinished: safe.to_csv(unfinished, index=False, float_format="%.6g", lineterminator="\n"))


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
    _save_json(folder("report", engagement) / f"{name}.json", content)


def _save_json(path: Path, content: Any) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    _whole(path, lambda unfinished: unfinished.write_text(text + "\n", encoding="utf-8"))


def review(name: str, rows: pd.DataFrame, engagement: str, answers: tuple[str, ...] = ()) -> Path:
    """Write a list for a person to decide on, as CSV that its owner alone can read; returns where it lies.

    It names people as the client does, so it is kept out of git and is no stage's output. No cell of it is a formula.

    A list that lies there already is kept where a cell of `answers` is filled in, or it cannot be read: raises `UserError`.
    """
    path = folder("review", engagement) / f"{name}.csv"
    if answers:
        _unanswered(path, f"data/review/{engagement}/{name}.csv", answers, engagement)
    safe = _no_formulas(rows)

    return _for_its_owner(path, safe.to_csv(index=False, lineterminator="\n"))


def review_page(name: str, html: str, engagement: str) -> Path:
    """Write a page that shows people, beside the lists of `review`: its owner alone can read it. Returns where it lies."""
    return _for_its_owner(folder("review", engagement) / f"{name}.html", html)


def _for_its_owner(path: Path, text: str) -> Path:
    def write(unfinished: Path) -> None:
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(text)

    _whole(path, write)
    return path


def discard(names: Iterable[str], engagement: str) -> list[str]:
    """Remove lists that `review` wrote earlier; returns the places of those that lay there. Raises `UserError` for a list
    that cannot be removed."""
    removed = []
    for name in names:
        told = f"data/review/{engagement}/{name}.csv"
        try:
            (params.ROOT / told).unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UserError(Problem("cannot be removed", told, "Close it, or remove it.", error.strerror or "")) from None
        removed.append(told)
    return removed


def _unanswered(path: Path, told: str, answers: tuple[str, ...], engagement: str) -> None:
    """That nobody filled in the list that lies there. Raises `UserError`."""
    filled = [line for line, cells in _lines(path, told, answers) if any(cell.strip() for cell in cells.values())]
    if filled:
        do = f"Move it to data/raw/{engagement}/{DECIDED[0].stage}/, or out of that folder, and run this again."
        what = "is filled in, and would be overwritten"
        raise UserError(Problem(what, told, do, f"{len(filled):,} of its lines", filled[0]))


PASSED_OVER = (".", "~$", "desktop.ini", "thumbs.db")
"""How files begin that systems and office programs leave in a folder by themselves."""


def expect_decisions(engagement: str) -> None:
    """That every file of decisions bears a name under which it is read, and that they lie in a folder. Raises `UserError`
    naming those that do not."""
    known = {table.name for table in DECIDED}
    folder = raw(engagement) / DECIDED[0].stage
    there = _names(folder, f"data/raw/{engagement}/{folder.name}")
    unknown = [name for name in there if name not in known and not name.casefold().startswith(PASSED_OVER)]
    if unknown:
        what, place = "is no file of decisions, and would not be read", f"data/raw/{engagement}/{folder.name}"
        do = "Rename it, or take it out of that folder."
        raise UserError(Problem(what, f"{place}/{name}", f"{nearest(name.casefold(), known)} {do}") for name in unknown)


def _names(folder: Path, told: str) -> list[str]:
    """What lies in a folder, by name; nothing where it is not there. Raises `UserError` where it cannot be opened."""
    if not os.path.lexists(folder):
        return []
    try:
        return sorted(os.listdir(folder))
    except OSError as error:
        do = "Make it a folder, and let it be read."
        raise UserError(Problem("cannot be opened", told, do, found=error.strerror or "")) from None


PREVIOUS = "previous"
"""The folder of what is carried over from the wave before."""


def previous(engagement: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The `scores` and the `claims` of the values chapter of the wave before, from the raw folder; no rows where there are
    none. Raises `UserError` where one of the two is absent, cannot be read, breaks its contract, or does not go with the
    other.
    """
    told, there = f"data/raw/{engagement}/{PREVIOUS}", raw(engagement) / PREVIOUS
    if not os.path.lexists(there):
        return TABLES["scores"].empty(), TABLES["claims"].empty()
    read, faults = {}, []
    for name in ("scores", "claims"):
        try:
            read[name] = _carried(name, there / f"{name}.parquet", f"{told}/{name}.parquet")
        except UserError as error:
            faults += error.problems
    if not faults:
        faults = _strangers(read["scores"], read["claims"], told)
    if faults:
        raise UserError(faults)
    return read["scores"], read["claims"]


def _carried(name: str, path: Path, told: str) -> pd.DataFrame:
    """One table of the wave before, checked."""
    import pandas as pd
    import pyarrow as pa
    from pandera.errors import SchemaErrors

    copy = f"Copy {name}.parquet from data/values/ of the engagement of the wave before"
    anew = f"{copy}; if another version of kithwork made it, make that wave again first."
    try:
        frame = pd.read_parquet(path)
    except FileNotFoundError:
        raise UserError(Problem("is missing", told, f"{copy}, or take the folder away.")) from None
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UserError(Problem("cannot be read", told, f"{copy}.", found=str(error).splitlines()[0][:60])) from None
    columns = TABLES[name].columns
    if absent := [column for column in columns if column not in frame]:
        raise UserError(Problem("lacks a column", told, anew, found=", ".join(absent)))
    key = list(TABLES[name].key)
    if frame.duplicated(key).any():
        twice = ", ".join(map(str, frame.loc[frame.duplicated(key), key[0]].unique()[:3]))
        raise UserError(Problem(f"has rows of the same {' and '.join(key)}", told, f"{copy} as it is.", found=twice))
    try:
        return TABLES[name].checked(frame)
    except SchemaErrors as error:
        at = ", ".join(dict.fromkeys(error.failure_cases["column"].dropna().astype(str)))
        raise UserError(Problem("breaks the contract of its table", told, anew, found=at[:60])) from None
    except (ValueError, TypeError) as error:
        raise UserError(Problem("breaks the contract of its table", told, anew, found=str(error)[:60])) from None


def _strangers(scores: pd.DataFrame, claims: pd.DataFrame, told: str) -> list[Problem]:
    """What shows that the two tables are not of one run of the values chapter."""
    do = "Copy both from data/values/ of the same engagement."
    if other := sorted({*claims["stage"]} - {"values"}):
        return [Problem("has claims of another chapter", f"{told}/claims.parquet", do, found=", ".join(other))]
    alone = sorted({*scores["indicator"]} - {*claims["id"].str.removeprefix("values.")})
    what = "has scores of an indicator whose figure is not in claims.parquet"
    return [Problem(what, f"{told}/scores.parquet", do, found=", ".join(alone[:3]))] if alone else []


SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
"""What may stand between the cells of a file of decisions."""


def decided(name: str, columns: tuple[str, ...], engagement: str) -> list[tuple[int, dict[str, str]]]:
    """The lines of a CSV file of decisions in the raw folder, with their numbers; none where the file is not there.

    As a spreadsheet saves it: in UTF-8, in UTF-16 with its mark, or else in Windows-1252; with commas, semicolons or tabs;
    its header in capitals or not. An apostrophe of `review` is taken off. Raises `UserError` where it cannot be opened, is
    no CSV, lacks a column or has it twice, or is ragged.
    """
    return _lines(raw(engagement) / name, f"data/raw/{engagement}/{name}", columns)


def _lines(path: Path, told: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The lines of a list that a person filled in; `told` is what messages call it."""
    if not os.path.lexists(path):  # a link that leads nowhere is there
        return []
    try:
        text = _text(path.read_bytes(), told)
        sign = max(SEPARATORS, key=text.partition("\n")[0].count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
        header = [cell.strip().casefold() for cell in next(reader, [])]
        body, start = [], reader.line_num + 1
        for record in reader:
            body.append((start, record))
            start = reader.line_num + 1
    except (UnicodeDecodeError, csv.Error) as error:
        raise UserError(Problem("cannot be read as CSV", told, "Save it as CSV in UTF-8.", found=str(error)[:60])) from None
    except OSError as error:
        do = "Put the CSV file itself there, and let it be read."
        raise UserError(Problem("cannot be opened", told, do, found=error.strerror or "")) from None
    body = [(line, record) for line, record in body if any(cell.strip() for cell in record)]
    faults = [Problem("is not in the header", told, "Add it.", column=one) for one in columns if one not in header]
    twice = [one for one in columns if header.count(one) > 1]
    faults += [Problem("is in the header more than once", told, "Keep one of them.", column=one) for one in twice]
    width = ("has another number of cells than the header", told, f"Quote cells that contain a {SEPARATORS[sign]}.")
    faults += [Problem(*width, row=line) for line, record in body if len(record) != len(header)]
    if faults:
        raise UserError(faults)
    return [(line, {one: display.from_cell(record[header.index(one)]) for one in columns}) for line, record in body]


UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _text(content: bytes, told: str) -> str:
    if content.startswith(UTF_16):
        return content.decode("utf-16")
    if 0 in content:
        do = "It looks like UTF-16 without its mark, or a workbook: save it as CSV in UTF-8."
        raise UserError(Problem("is no text", told, do, f"byte 0x00, byte {content.index(0) + 1:,} of the file"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


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


def _whole(path: Path, write: Any) -> None:
    """Write a file, or a folder, beside its place and rename it: what lay there stays until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished, before = (path.with_name(f".{path.name}.{word}") for word in ("unfinished", "before"))
    for left in (unfinished, before):
        shutil.rmtree(left, ignore_errors=True)
    write(unfinished)
    if path.is_dir():
        os.replace(path, before)
    os.replace(unfinished, path)
    shutil.rmtree(before, ignore_errors=True)
