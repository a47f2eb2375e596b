"""What readers of personal networks share: what a respondent says of alters, and of ties between them.

What somebody says of a tie between two others is not what those two say: it is read only where the option asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, compress
from operator import attrgetter

from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import nominated
from kithwork.readers.parts.nominated import Asked
from kithwork.readers.parts.rows import Fault, Left, Record, Several
from kithwork.readers.parts.verdicts import TIE, UNKNOWN, WEAK, WRONG, Judge

RELATIONS = "attributes of alters that are a relation each, by commas: those who are true or above 0 are named in it"
TOLD = Left("ties between alters, as told by another")

TRUTH = {"true": "1", "false": "0", "yes": "1", "no": "0"}
UNSAID = Left("cells that say nothing")

SOME = 200
"""Rows that are read together: so few that the processor still has them at hand."""

Row = tuple[int, list[str]]
"""A row's line in its file, and its cells."""

Found = Iterator[Record | Several | Fault | Left]


def listed(words: str) -> list[str]:
    """Words that commas part."""
    return [word.strip() for word in words.split(",") if word.strip()]


def has(wanted: list[str], have: Iterator[str] | list[str], name: str) -> None:
    """That each of the columns or attributes is there. Raises `UserError`."""
    have = list(have)
    if lacking := [one for one in wanted if one not in have]:
        do = {one: f"{nearest(one, have)[:200]} Name it in params.yaml as the file spells it." for one in lacking}
        raise UserError([Problem("is not in the header", name, do[one], row=1, column=one) for one in lacking])


def rows(header: list[str], body: Iterator[Row], do: str) -> Iterator[Row | Fault]:
    """The rows of a table; one of another length than the header is a fault."""
    width = len(header)
    for line, row in body:
        if len(row) == width:
            yield line, row
        else:
            found = f"{len(row)} cells, header has {width}"
            yield Fault(line, "row", "has another number of cells than the header", do, found)


def told(
    found: Iterable[Row | Fault],
    tell: Callable[[list[Row]], Found],
    another: Callable[[list[Row], Row], bool] | None = None,
) -> Found:
    """What rows tell together, some at a time or until one begins another block; faults in the order of their lines."""
    block: list[Row] = []
    faults: list[Fault] = []
    for one in found:
        if len(block) + len(faults) >= SOME if another is None else block and type(one) is tuple and another(block, one):
            yield from _by_line(faults, tell(block))
            block, faults = [], []
        (block if type(one) is tuple else faults).append(one)
    yield from _by_line(faults, tell(block))


def _by_line(faults: list[Fault], found: Found) -> Found:
    """What was found in a block, then its faults."""
    for one in found:
        if isinstance(one, Fault):
            faults.append(one)
        else:
            yield one
    yield from sorted(faults, key=attrgetter("line"))


def named(
    lines: Sequence[int], pairs: list[tuple[str, str]], relations: list[str], said: dict[str, list[str]], asked: Asked
) -> Found:
    """What respondents say of alters: a nomination of each, or one per relation that holds by the cells that `said` has."""
    if not all(map(all, pairs)):
        for line, (ego, alter) in zip(lines, pairs, strict=True):
            if not ego or not alter:
                yield Fault(line, "alter" if ego else "ego", "has no name", "Name each, or take the row out.")
        whole = list(map(all, pairs))
        lines, pairs = list(compress(lines, whole)), list(compress(pairs, whole))
        said = {relation: list(compress(said[relation], whole)) for relation in relations}
    if not relations:
        yield _several(lines, pairs, [asked.relation] * len(lines))
        return
    cells = list(chain.from_iterable(zip(*(said[relation] for relation in relations), strict=True)))
    each = [(line, pair, relation) for line, pair in zip(lines, pairs, strict=True) for relation in relations]
    verdicts = Judge(partial(_verdict, asked)).verdicts(cells)
    if ties := verdicts.of(TIE, each):
        yield _several(*zip(*ties, strict=True))
    for (line, _, _), cell in verdicts.of(WRONG, zip(each, cells, strict=True)):
        yield nominated.no_number(line, cell.strip())
    yield Left(nominated.TOO_WEAK, verdicts.count(WEAK))
    yield UNSAID._replace(count=verdicts.count(UNKNOWN))


def _several(lines: Sequence[int], pairs: Sequence[tuple[str, str]], relations: Sequence[str]) -> Several:
    egos, alters = [ego for ego, _ in pairs], [alter for _, alter in pairs]
    return Several(lines, {"ego": egos, "alter": alters, "relation": relations})


def _verdict(asked: Asked, cell: str) -> int:
    """What a cell says of a tie: yes or no, or how strong it is; an empty one says nothing."""
    return asked.verdict(_weight(cell)) if cell.strip() else UNKNOWN


def _weight(cell: str) -> str:
    return TRUTH.get(cell.strip().lower(), cell.strip())


def tie(
    line: int, pair: tuple[str, str], relation: str, cell: str, asked: Asked, directed: bool
) -> Iterator[Record | Fault | Left]:
    """What a cell says of one tie: yes or no, or how strong it is; an empty one says nothing."""
    if cell.strip():
        yield from asked.tie(line, pair, relation, _weight(cell), directed)
    else:
        yield UNSAID
