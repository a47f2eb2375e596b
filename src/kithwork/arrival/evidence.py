"""How far a column's cells speak for a field, or against it: what it would take to be read as such."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kithwork.arrival import dayforms, headings
from kithwork.arrival.facts import ADDRESS, CODE, DOMAIN, FULL_NAME, MESSAGE, OTHER_DAY, Column
from kithwork.arrival.synonyms import MINUTES, MONTHS, OTHER_LENGTHS, YEARS
from kithwork.readers.parts.rewritten import HALVES
from kithwork.readers.parts.rows import FIELDS
from kithwork.tables import TABLES

LEAST = 0.6
"""Share of cells of the right form below which a column is not taken for a field."""
SOME = 0.3
"""Share of cells that are dates from which a column is one of dates, though it cannot be read as such."""
OF_ITSELF = 0.97
"""How far it speaks for ids and managers that the words of one column are those of another."""
MOST_WORDS = 0.6
"""Different words over cells from which a column names each row rather than groups them."""


@dataclass(frozen=True)
class Speaks:
    """`how_far` from 0 to 1: what the cells alone make of the field's case. `why_not`: what forbids it, in words."""

    how_far: float = 0.0
    why_not: str = ""


def of(
    column: Column, source: str, field: str, people: frozenset[str] = frozenset(), others: Sequence[Column] = ()
) -> Speaks:
    """What the cells say of this field; `people` are words for those on the staff list, in small letters, and `others` the
    columns of the same table."""
    if not column.filled:
        return Speaks(why_not="is empty")
    if source == "staff" and field == "person" and _names_rows(column) and any(_refers(one, column) for one in others):
        return Speaks(OF_ITSELF * (0.5 if column.share(ADDRESS) > LEAST else 1))
    if source == "staff" and field == "manager" and _shared_by_rows(column) and any(_refers(column, one) for one in others):
        return Speaks(OF_ITSELF)
    about = FIELDS[source][field]
    return BY_KIND.get(about.kind, _text)(column, source, field, people)


def _refers(column: Column, ids: Column) -> bool:
    """Whether a column's words are ids of the same table, several rows having the same: as managers are."""
    if not (_names_rows(ids) and _shared_by_rows(column)) or column is ids:
        return False
    return column.among({cell.casefold() for cell in ids.filled}) > 0.9


def _names_rows(column: Column) -> bool:
    return column.unlike >= 0.95 and column.whole >= 0.95


def _shared_by_rows(column: Column) -> bool:
    return column.unlike <= 0.7 and len(column.filled) >= 5


def _new_person(column: Column, source: str, field: str, people: frozenset[str]) -> Speaks:
    if column.unlike < 0.9:
        return Speaks(why_not="has words that stand in several rows")
    if column.whole < 0.9:
        return Speaks(why_not="is empty in many rows")
    if column.long or column.days > LEAST or column.share(OTHER_DAY) > LEAST:
        return Speaks(why_not="holds no ids")
    return Speaks(0.5 if any(letter.isdigit() for letter in column.filled[0]) else 0.2)


def _person(column: Column, source: str, field: str, people: frozenset[str]) -> Speaks:
    if column.long or column.days > LEAST or column.share(OTHER_DAY) > LEAST:
        return Speaks(why_not="names nobody")
    if field == "manager":
        if people and column.among(people) < LEAST:
            return Speaks(why_not="holds no words for people of the list")
        return Speaks(0.9 if column.unlike < 0.9 and people else 0.0)
    if source == "responses" and column.unlike < MOST_WORDS:
        return Speaks(why_not="has people who stand in several rows; each answers once")
    known = column.among(people)
    if people and known < 0.3 and column.share(ADDRESS) < LEAST:
        return Speaks(why_not=f"holds hardly anybody of the staff list{_without_zeros(column, people)}")
    return Speaks(0.5 * known + (0.3 if column.share(ADDRESS) > LEAST else 0))


def _without_zeros(column: Column, people: frozenset[str]) -> str:
    """What to do where ids are those of the list but for zeros in front, which a spreadsheet drops."""
    bare = {word.lstrip("0"): word for word in sorted(people) if word.isdecimal()}
    found = next((cell for cell in column.filled if cell not in people and cell.lstrip("0") in bare), "")
    if not found or column.among({*bare, *bare.values()}) < LEAST:
        return ""
    there = bare[found.lstrip("0")]
    return f": {found} there is {there} on the list; write ids alike in both, with their zeros in front"


def _anyone(column: Column, source: str, field: str, people: frozenset[str]) -> Speaks:
    if column.several_addresses > 0.02:
        return Speaks(why_not="holds several people in one cell")
    return _person(column, source, field, people)


def _email(column: Column, source: str, *_: object) -> Speaks:
    if column.share(ADDRESS) <= LEAST:
        return Speaks(why_not="holds no e-mail addresses")
    return Speaks(0.85) if column.unlike > 0.9 else Speaks(why_not="holds addresses that several rows share")


def _domain(column: Column, *_: object) -> Speaks:
    return Speaks(0.7) if column.share(DOMAIN) > LEAST and not column.numbers else Speaks(why_not="holds no domains")


def _name(column: Column, source: str, field: str, people: frozenset[str]) -> Speaks:
    if column.numbers > 0.1 or column.share(ADDRESS) > 0.1 or column.days > 0.1:
        return Speaks(why_not="holds no names")
    spaces = sum(" " in cell for cell in column.filled) / len(column.filled)
    if source == "staff" and spaces < LEAST:
        return Speaks(why_not="holds names in part; a name is first and last in one cell")
    if column.unlike < MOST_WORDS:
        return Speaks(why_not="holds words that many share")
    return Speaks(0.75 if column.unlike > 0.9 and column.share(FULL_NAME) > 0.9 else 0.3)


def _number(column: Column, source: str, field: str, people: frozenset[str]) -> Speaks:
    if column.numbers < LEAST:
        return Speaks(why_not="holds no plain numbers")
    low, high = column.span
    if field == "tenure_months":
        if headings.holds(column.heading, YEARS) and not headings.holds(column.heading, MONTHS):
            return Speaks(why_not="is in years or days; months are wanted")
        return Speaks(0.6) if headings.holds(column.heading, MONTHS) else Speaks()
    if field == "minutes" and headings.holds(column.heading, OTHER_LENGTHS):
        return Speaks(why_not="is not in minutes")
    if field == "minutes":
        return Speaks(0.5) if headings.holds(column.heading, MINUTES) else Speaks()
    if field == "value":
        return Speaks(0.4 if column.distinct <= 15 and low >= -99 and high <= 100 else 0.0)
    return Speaks()


def _time(column: Column, *_: object) -> Speaks:
    if column.days >= LEAST:
        return Speaks(0.7)
    if column.share(OTHER_DAY) >= LEAST and dayforms.fitting(column.filled):
        return Speaks(0.7)
    if column.days + column.share(OTHER_DAY) > SOME:
        return Speaks(why_not="holds dates in several forms, or dates and words: write them all as 2026-01-31")
    return Speaks(why_not="holds no dates or times")


def _zone(column: Column, *_: object) -> Speaks:
    return Speaks(0.95) if column.zones > LEAST else Speaks(why_not="holds no time zones such as Europe/Copenhagen")


def _word(column: Column, source: str, field: str, people: frozenset[str]) -> Speaks:
    allowed = _allowed(source, field)
    if column.among(allowed) < LEAST:
        return Speaks(why_not=f"holds other words than {', '.join(sorted(allowed)[:3])} …")
    return Speaks(0.6)


def _allowed(source: str, field: str) -> frozenset[str]:
    table = TABLES["people" if source == "staff" else source]
    return frozenset(table.columns[FIELDS[source][field].column or field].allowed)


def _text(column: Column, source: str, field: str, people: frozenset[str]) -> Speaks:
    if field in HALVES:
        names = column.numbers == 0 and column.share(ADDRESS) == 0 and not column.long
        return Speaks(0.3) if names else Speaks(why_not="holds no names")
    if field == "text":
        return Speaks(0.6 if column.long else 0.0)
    if column.long:
        return Speaks(why_not="holds whole sentences")
    if column.share(ADDRESS) > LEAST and column.share(ADDRESS) > 0:
        return Speaks(why_not="holds e-mail addresses")
    if field in ("unit", "role", "site", "segment", "relation", "channel", "outcome", "kind") and (
        column.days > LEAST or column.share(OTHER_DAY) > LEAST
    ):
        return Speaks(why_not="holds dates")
    if field == "item":
        return Speaks(0.4) if column.share(CODE) > LEAST and column.unlike < MOST_WORDS else Speaks()
    if (field in ("channel",) or (source, field) == ("parties", "kind")) and (allowed := _allowed(source, field)):
        return (
            Speaks(0.7)
            if column.among(allowed) > LEAST
            else Speaks(why_not=f"holds other words than {', '.join(sorted(allowed)[:3])} …")
        )
    grouping = field in ("unit", "role", "site", "relation", "outcome", "prompt", "question")
    if grouping and len(column.filled) >= 20 and column.unlike > 0.8:
        return Speaks(why_not="has a word of its own in nearly every row")
    if field in ("unit", "site") and column.numbers > 0.95 and column.distinct > 30:
        return Speaks(why_not="holds numbers")
    return Speaks(0.35 if grouping and 1 < column.distinct <= len(column.filled) / 2 and column.numbers < 0.5 else 0.0)


def _code(column: Column, *_: object) -> Speaks:
    if column.days > LEAST or (column.long and column.share(MESSAGE) < LEAST):
        return Speaks(why_not="holds no ids of messages")
    return Speaks(0.7 if column.share(MESSAGE) > LEAST else 0.3 if column.unlike > 0.1 else 0.0)


BY_KIND: dict[str, Callable[..., Speaks]] = {
    "new_person": _new_person, "new_party": _new_person, "person": _person, "anyone": _anyone, "party": _text,
    "email": _email, "domain": _domain, "name": _name, "number": _number, "time": _time, "zone": _zone, "word": _word,
    "code": _code,
}  # fmt: skip
"""By the kind of a field: what its cells must show."""
