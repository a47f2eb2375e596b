"""Reads vCards, one or many in a file, of version 2.1 (versit consortium 1996), 3.0 (RFC 2426) or 4.0 (RFC 6350).

Each card is a contact of the file's owner. Only its name (`FN`, else `N`) and addresses (`EMAIL`) are read: photographs,
notes and telephone numbers are passed over as they come, so that a card is small however much it holds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import contacts, delimited
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

SOURCES = ("nominations",)
TAKES = ("encoding", "options")
OPTIONS = contacts.OPTIONS

NAMED = re.compile(r"(?:[\w-]+\.)?(?:FN|N|EMAIL|VERSION)\s*[;:]", re.IGNORECASE)
"""Lines that are read of a card."""

LARGEST = 20_000
"""Characters of a card's names and addresses."""

AGAIN = "Export it again as vCards, with their beginnings and ends."


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The owner's contacts, as the relation `contact`. Raises `UserError`."""
    ego = contacts.owner(spec)
    return in_batches(source, given.name, _found(ego, spec, given), {"alter": "FN / EMAIL"})


def _found(ego: str, spec: Reader, given: Given) -> Iterator[Record | Fault | Left]:
    for line, card in _cards(spec, given):
        try:
            alter = _word(card)
        except _unreadable() as error:
            yield Fault(line, "EMAIL", "is a card that cannot be read", "Mend or remove it.", str(error)[:60])
            continue
        if alter:
            yield Record(line, {"ego": ego, "alter": alter, "relation": "contact"})
        else:
            yield Left(contacts.NAMELESS)


def _cards(spec: Reader, given: Given) -> Iterator[tuple[int, str]]:
    """The line where each card begins, and its lines that are read. Raises `UserError` where a card has no end."""
    name = given.name
    text = map(bytes.decode, delimited.blocks(given, spec.encoding))
    begun, depth, room, any_card = 0, 0, 0, False
    card: list[str] = []
    wanted = soft = False
    for number, line in enumerate(delimited.lines(text, name), start=1):
        folded = soft or line[:1] in (" ", "\t")
        bare = line.rstrip("\r\n")
        sign = "" if folded else bare.strip().upper()
        if sign == "BEGIN:VCARD":
            depth += 1
            if depth == 1:
                begun, card, room, any_card = number, [], LARGEST, True
        elif sign == "END:VCARD" and depth:
            depth -= 1
            if not depth:
                yield begun, "".join(card)
            wanted = False
            continue
        wanted = depth == 1 and (wanted if folded else bool(NAMED.match(line)))
        soft = bare.endswith("=") and (soft or "QUOTED-PRINTABLE" in sign)
        if wanted and room > 0:
            card.append(f"{bare}\r\n")
            room -= len(card[-1])
    if depth or not any_card:
        what = "breaks off in the middle of a card" if depth else "has no vCards"
        raise UserError(Problem(what, name, AGAIN, row=begun or None))


def _word(card: str) -> str:
    """The best word for whom these lines describe."""
    from vobject.base import getLogicalLines, textLineToContentLine
    from vobject.vcard import NameBehavior, VCardTextBehavior

    if len(card) >= LARGEST:
        raise ValueError("names and addresses without an end")
    names: dict[str, str] = {}
    mails = []
    for text, number in getLogicalLines(io.StringIO(card, newline=""), allowQP=True):
        line = textLineToContentLine(text, number)
        kind = line.name.upper()
        if kind == "N":
            line = NameBehavior.transformToNative(line)
        else:
            VCardTextBehavior.decode(line)
        if kind == "EMAIL":
            mails.append((line.value, " ".join([*line.singletonparams, *line.params.get("TYPE", [])])))
        elif str(line.value).strip():
            names.setdefault(kind, str(line.value))
    return contacts.word(names.get("FN") or names.get("N", ""), mails)


def _unreadable() -> tuple[type[Exception], ...]:
    """What vobject raises of a card that is broken."""
    from vobject.base import VObjectError

    return (VObjectError, ValueError, LookupError, TypeError, AttributeError, AssertionError)
