"""Whether any damage to a client's files gives anything but rows or an error that says what to do.

    make bench-fuzz

Of each reader's samples 10,000 damaged ones are read, half with broken structure and half with broken bytes; one in
100 is cleaned too. What took too long is tried once more, alone, so that a busy machine is not taken for a hang. An
input is known by its reader and number: `python -m benchmarks.fuzz slack 123` does it again, with the traceback.
Readers of archives are given zip files that should not be opened.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from random import Random

from benchmarks import archives, mutations
from benchmarks.figures import Figure, publish
from benchmarks.sampled import samples, synthetic
from benchmarks.watchdog import DIED, SLOW, watched
from kithwork import cleaning
from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.params import Settings
from kithwork.readers import UNBOUNDED, csvfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

INPUTS = 10_000
LIMIT = 5
"""Seconds that one input may take."""

CLEANED = 100
"""Every so many inputs, one is cleaned, which takes a hundred times as long as reading it."""

ROWS, REFUSED, TRACEBACK, UNEVEN = "rows", "refused", "traceback", "uneven"
"""What may become of an input: it gives rows, one error for people, another error, or rows that do not add up."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    found: dict[str, Counter[str]] = {reader: Counter() for reader in samples.SAMPLED}
    tasks = product(samples.SAMPLED, range(INPUTS))
    for (reader, number), (kind, told) in outcomes(tasks):
        found[reader][kind] += 1
        if kind not in (ROWS, REFUSED):
            print(f"{reader} {number}: {kind} {told}", flush=True)
    figures = [figure for reader, counts in found.items() for figure in figures_of(reader, counts)]
    for reader in filter(of_archives, samples.SAMPLED):
        left = [wrong for wrong in archives.HOSTILE if not turned_away(reader, wrong)]
        print(*(f"{reader}: opens {wrong}" for wrong in left), sep="\n", end="\n" if left else "")
        count, known = len(archives.HOSTILE) - len(left), len(archives.HOSTILE)
        figures.append(Figure(f"{reader}: hostile archives refused by name", (count,), "archives", known, "exactly"))
    return publish("fuzz", figures)


def outcomes(tasks):
    """Each task, and what became of it in words. What was slow is done again, alone: what hangs, hangs again."""
    slow = []
    for task, result in watched(tried, tasks, LIMIT, os.cpu_count() or 1, warm):
        if result == SLOW:
            slow.append(task)
        else:
            yield task, _told(result)
    for task, result in watched(tried, slow, LIMIT, 1, warm):
        yield task, _told(result)


def _told(result) -> tuple[str, str]:
    return {SLOW: (SLOW, f"more than {LIMIT} s"), DIED: (TRACEBACK, "the process died")}.get(result, result)


def warm() -> None:
    """Import what readers and cleaning need: read and clean one sample of each reader."""
    for reader in samples.SAMPLED:
        sample = samples.module(reader).SAMPLES[0]
        with tempfile.TemporaryDirectory() as folder, suppress(Exception):  # counted when it is tried
            _cleaned(samples.read(reader, sample, Path(folder)), reader, sample)


def figures_of(reader: str, counts: Counter[str]) -> list[Figure]:
    """One reader's figures."""
    total = counts.total()
    return [
        Figure(f"{reader}: damaged inputs", (total,), "inputs", INPUTS, "exactly"),
        Figure(f"{reader}: of these, read at least in part", (100 * counts[ROWS] / total,), "%"),
        Figure(f"{reader}: tracebacks", (counts[TRACEBACK],), "inputs", 0, "exactly"),
        Figure(f"{reader}: more than {LIMIT} s", (counts[SLOW],), "inputs", 0, "exactly"),
        Figure(f"{reader}: rows that do not add up", (counts[UNEVEN],), "inputs", 0, "exactly"),
    ]


def tried(task: tuple[str, int]) -> tuple[str, str]:
    """What becomes of one input, and where it went wrong."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            uneven = attempt(*task)
    except UserError as error:
        return (
            (REFUSED, "")
            if all(one.what and one.do and one.file for one in error.problems)
            else (TRACEBACK, "says nothing")
        )
    except Exception as error:  # whatever it is: no reader may raise it, and it is told with its place
        return TRACEBACK, f"{type(error).__name__} at {_place(error)}"
    return (UNEVEN, uneven) if uneven else (ROWS, "")


def attempt(reader: str, number: int) -> str:
    """Read one input, and clean it if it is one of those; what does not add up. Raises whatever is raised."""
    dice = Random(f"{reader} {number}")
    sample = dice.choice(samples.module(reader).SAMPLES)
    content = mutations.damaged(sample.content, _pieces(reader), dice)
    with tempfile.TemporaryDirectory() as folder:
        rows = samples.read(reader, sample, Path(folder), content)
    if any(len(told) != len(rows.frame) for told in (rows.lines, rows.cells) if told is not None):
        return "lines and records differ in number"
    if not all(isinstance(cell, str) for name in rows.frame for cell in rows.frame[name]):
        return "a cell is no text"
    return "" if number % CLEANED else _cleaned(rows, reader, sample)


def _cleaned(rows: Rows, reader: str, sample: samples.Sample) -> str:
    handed = [iter([rows])] if rows.source in UNBOUNDED else [rows]
    raw = {rows.source: handed} if rows.source == "staff" else {"staff": [_staff(reader, sample.name)], rows.source: handed}
    counts = cleaning.clean(raw, _settings())["intake"].set_index("source").loc[rows.source]
    if counts["rows_in"] != len(rows.frame) + len(rows.faults):
        return "rows read are not rows in"
    told = counts["rows_kept"] + counts["rows_refused"] + counts["rows_set_aside"]
    return "" if counts["rows_in"] == told else "rows in are not kept, refused or set aside"


@cache
def _pieces(reader: str) -> list[bytes]:
    """The bytes of all its samples, file by file."""
    contents = [sample.content for sample in samples.module(reader).SAMPLES]
    return [data for one in contents for data in (one.values() if isinstance(one, dict) else [one])]


@cache
def _settings() -> Settings:
    return synthetic.settings(engagement={"ids": "public"}, clean={"bad_rows": "quarantine"})


@cache
def _staff(reader: str, name: str) -> Rows:
    """A staff list of those whom a sample names."""
    sample = next(one for one in samples.module(reader).SAMPLES if one.name == name)
    with tempfile.TemporaryDirectory() as folder:
        frame = samples.read(reader, sample, Path(folder)).frame
    people = sorted({word for field in ("ego", "alter", "person") if field in frame for word in frame[field]} - {""})
    content = "\n".join(["person", *(f'"{word}"' for word in people or ["anna"])])
    return whole(csvfile.parse("staff", Reader(file="staff.csv"), Given("staff.csv", content=content.encode())))


def of_archives(reader: str) -> bool:
    """Whether a reader opens zip files."""
    return hasattr(import_module(f"kithwork.readers.{reader}"), "archive")


def turned_away(reader: str, wrong: str) -> bool:
    """Whether a hostile archive is refused with one of its members named, in time."""
    sample = next(one for one in samples.module(reader).SAMPLES if (members := _members(one.content)))
    content, started = archives.HOSTILE[wrong](members), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            samples.read(reader, sample, Path(folder), content)
        except UserError as error:
            named = any(one in str(problem) for problem in error.problems for one in (*members, "above.json", "link.json"))
            return named and time.monotonic() - started < LIMIT
        except Exception:  # a traceback is no refusal
            return False
    return False


def _members(content: mutations.Content) -> dict[str, bytes]:
    if isinstance(content, dict):
        return content
    return mutations.unzipped(content) if content.startswith(b"PK") else {}


def _place(error: Exception) -> str:
    """The file and line of ours where an error arose: nothing of what was read."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "kithwork" in frame.filename]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "no line of ours"


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(attempt(sys.argv[1], int(sys.argv[2])) or ROWS)
    else:
        sys.exit(main())
