"""Lists that a person is to decide on, and files of what was decided: CSV, as spreadsheets show and save it.

A list names people as the client does: it lies in `data/review/`, out of git, and is no stage's output. What was
decided lies with the client's files.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork import display, params, store, writing
from kithwork.decided_tables import DECIDED
from kithwork.errors import Problem, UserError, nearest

if TYPE_CHECKING:
    import pandas as pd


def review(name: str, rows: pd.DataFrame, engagement: str, answers: tuple[str, ...] = ()) -> Path:
    """Write a list for a person to decide on, as CSV that its owner alone can read; returns where it lies.

    It names people as the client does, so it is kept out of git and is no stage's output. No cell of it is a formula.

    A list that lies there already is kept where a cell of `answers` is filled in, or it cannot be read: raises `UserError`.
    """
    path = store.folder("review", engagement) / f"{name}.csv"
    if answers:
        _unanswered(path, f"data/review/{engagement}/{name}.csv", answers, engagement)
    safe = writing.without_formulas(rows)
    return writing.for_its_owner(path, safe.to_csv(index=False, lineterminator="\n"))


def review_page(name: str, html: str, engagement: str) -> Path:
    """Write a page that shows people, beside the lists of `review`: its owner alone can read it. Returns where it lies."""
    return writing.for_its_owner(store.folder("review", engagement) / f"{name}.html", html)


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
    place = f"data/raw/{engagement}/{DECIDED[0].stage}"
    there = _names(store.raw(engagement) / DECIDED[0].stage, place)
    unknown = [name for name in there if name not in known and not name.casefold().startswith(PASSED_OVER)]
    if unknown:
        what = "is no file of decisions, and would not be read"
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


SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
"""What may stand between the cells of a file of decisions."""


def decided(name: str, columns: tuple[str, ...], engagement: str) -> list[tuple[int, dict[str, str]]]:
    """The lines of a CSV file of decisions in the raw folder, with their numbers; none where the file is not there.

    As a spreadsheet saves it: in UTF-8, in UTF-16 with its mark, or else in Windows-1252; with commas, semicolons or tabs;
    its header in capitals or not. An apostrophe of `review` is taken off. Raises `UserError` where it cannot be opened, is
    no CSV, lacks a column or has it twice, or is ragged.
    """
    return _lines(store.raw(engagement) / name, f"data/raw/{engagement}/{name}", columns)


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
