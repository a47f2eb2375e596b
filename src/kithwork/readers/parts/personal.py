"""What readers of personal networks share: what a respondent says of alters, and of ties between them.

What somebody says of a tie between two others is not what those two say: it is read only where the option asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts.nominated import Asked
from kithwork.readers.parts.rows import Fault, Left, Record

RELATIONS = "attributes of alters that are a relation each, by commas: those who are true or above 0 are named in it"
TOLD = Left("ties between alters, as told by another")

TRUTH = {"true": "1", "false": "0", "yes": "1", "no": "0"}
UNSAID = Left("cells that say nothing")


def listed(words: str) -> list[str]:
    """Words that commas part."""
    return [word.strip() for word in words.split(",") if word.strip()]


def has(wanted: list[str], have: Iterator[str] | list[str], name: str) -> None:
    """That each of the columns or attributes is there. Raises `UserError`."""
    have = list(have)
    if lacking := [one for one in wanted if one not in have]:
        do = {one: f"{nearest(one, have)[:200]} Name it in params.yaml as the file spells it." for one in lacking}
        raise UserError([Problem("is not in the header", name, do[one], row=1, column=one) for one in lacking])


def rows(header: list[str], body: Iterator[tuple[int, list[str]]], do: str) -> Iterator[tuple[int, list[str]] | Fault]:
    """The rows of a table; one of another length than the header is a fault."""
    width = len(header)
    for line, row in body:
        if len(row) == width:
            yield line, row
        else:
            found = f"{len(row)} cells, header has {width}"
            yield Fault(line, "row", "has another number of cells than the header", do, found)


def named(
    line: int, pair: tuple[str, str], relations: list[str], said: Callable[[str], str], asked: Asked
) -> Iterable[Record | Fault | Left]:
    """What one respondent says of one alter: a nomination, or one per relation that holds. `said` gives a cell."""
    ego, alter = pair
    if not ego or not alter:
        return (Fault(line, "alter" if ego else "ego", "has no name", "Name each, or take the row out."),)
    if not relations:
        return (Record(line, {"ego": ego, "alter": alter, "relation": asked.relation}),)
    told = (tie(line, pair, relation, said(relation), asked, directed=True) for relation in relations)
    return chain.from_iterable(told)


def tie(
    line: int, pair: tuple[str, str], relation: str, cell: str, asked: Asked, directed: bool
) -> Iterator[Record | Fault | Left]:
    """What a cell says of one tie: yes or no, or how strong it is; an empty one says nothing."""
    cell = cell.strip()
    if cell:
        yield from asked.tie(line, pair, relation, TRUTH.get(cell.lower(), cell), directed)
    else:
        yield UNSAID
