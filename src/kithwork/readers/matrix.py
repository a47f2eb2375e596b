"""Reads an adjacency matrix as CSV: who names whom in one relation, a row per person and a column per person named.

The first row holds the words for those named, the first cell of each other row the word for who names; any other cell is
the strength of the tie from its row to its column (Wasserman & Faust, 1994, Social Network Analysis, 3.2). The two lists
need not be alike. Cells that are empty or say that nothing is known are counted apart from those that say there is no tie.
Several relations are several files. A cell that is no number is refused alone; a row of another length than the header
refuses the file, for nobody can say which of its cells is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import nominated, numbered
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.nominated import Asked
from kithwork.readers.parts.rows import Fault, Left, Rows, Several, in_batches
from kithwork.readers.parts.verdicts import NONE, TIE, UNKNOWN, WEAK, WRONG, Verdicts

SOURCES = ("nominations",)
TAKES = ("encoding", "options")
OPTIONS = {
    "relation": "the relation that the matrix is of",
    "at_least": nominated.AT_LEAST,
    "undirected": "for a symmetric matrix: both reads each pair both ways, as it stands; once reads one half",
}

UNSAID = frozenset({"", ".", "NA", "na", "NaN", "nan"})
"""Cells that say nothing is known."""

LEAST_DELIMITERS = {";": "semicolons", "\t": "tabs"}


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The nominations in a matrix. Raises `UserError`."""
    asked = nominated.asked(spec)
    if not asked.relation:
        raise nominated.unnamed(given.name)
    return in_batches(source, given.name, _found(given, spec.encoding, asked))


def _found(given: Given, encoding: str, asked: Asked) -> Iterator[Several | Fault | Left]:
    rows = numbered.cells(given, encoding)
    line, header = next(rows, (1, []))
    named = [(label, str(at)) for at, label in enumerate(_named(header, line, given.name), start=2)]
    judge = asked.judge(UNSAID)
    about: dict[str, int] = {}
    problems: list[Problem] = []
    for line, row in rows:
        if len(row) != len(header):
            found = f"{len(row)} cells, header has {len(header)}"
            do = "Give every row a label and a cell per column."
            problems.append(Problem("has another number of cells than the header", given.name, do, found, line))
            continue
        ego = row[0].strip()
        if not ego or ego in about:
            what = f"stands at the head of row {about[ego]} too" if ego else "has no label"
            problems.append(Problem(what, given.name, "Give every row its own label.", ego[:40], line, "1"))
        about[ego] = line
        yield from _row(line, ego, row[1:], named, judge.verdicts(row[1:]), asked, about)
    if problems:
        raise UserError(problems)
    if not about:
        raise UserError(Problem("has a header but no rows", given.name, "Export it again, with its rows."))


def _named(header: list[str], line: int, name: str) -> list[str]:
    """The labels of the columns. Raises `UserError`."""
    other = next((words for sign, words in LEAST_DELIMITERS.items() if len(header) == 1 and sign in header[0]), None)
    if other:
        do = f"Save it as comma-separated; this one looks separated by {other}."
        raise UserError(Problem("is not separated by commas", name, do, header[0][:60], line))
    if len(header) < 2:
        do = "Export it again, with a column per person named."
        raise UserError(Problem("is no matrix with labels", name, do, ",".join(header)[:60], line))
    labels = [cell.strip() for cell in header[1:]]
    seen: set[str] = set()
    problems = []
    for at, label in enumerate(labels, start=2):
        if not label or label in seen:
            what = "stands twice in the header" if label else "has no label"
            problems.append(Problem(what, name, "Give every column its own label.", label[:40], line, str(at)))
        seen.add(label)
    if problems:
        raise UserError(problems)
    return labels


def _row(
    line: int,
    ego: str,
    cells: list[str],
    named: list[tuple[str, str]],
    verdicts: Verdicts,
    asked: Asked,
    above: dict[str, int],
) -> Iterator[Several | Fault | Left]:
    """The ties of one person; what says there is none, or says nothing, is counted for the whole row. Columns are told by
    their number in the file, since their labels are people."""
    ties = verdicts.of(TIE, named)
    kept = ties if asked.both else [(alter, at) for alter, at in ties if alter == ego or alter not in above]
    alters, places = [alter for alter, _ in kept], [at for _, at in kept]
    values = {"ego": [ego] * len(kept), "alter": alters, "relation": [asked.relation] * len(kept)}
    yield Several([line] * len(kept), values, places)
    for (_, at), cell in verdicts.of(WRONG, zip(named, cells, strict=True)):
        do = "Write 1 for a tie, 0 for none, or its strength."
        yield Fault(line, at, "is not a number", do, cell.strip()[:40])
    yield Left("cells without a tie", verdicts.count(NONE) + verdicts.count(WEAK))
    yield Left("cells that say nothing", verdicts.count(UNKNOWN))
    yield Left("cells of the other half", len(ties) - len(kept))
