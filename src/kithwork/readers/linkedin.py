"""Reads LinkedIn's `Connections.csv`: whom its owner is connected with (LinkedIn, Help: "Export your connections").

Below a few lines of notes, which older exports lack, stands the header: `First Name`, `Last Name`, `URL` (since 2023),
`Email Address`, `Company`, `Position`, `Connected On`. Few connections let their address be exported; the others are named
by name. Rows that hold a date alone, of members who are gone, are counted only.
"""

from __future__ import annotations

from collections.abc import Iterator

from kithwork.engagement import Reader
from kithwork.readers.parts import contacts
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows

SOURCES = ("nominations",)
TAKES = ("encoding", "options")
OPTIONS = contacts.OPTIONS

NAMES = ("First Name", "Last Name")
MAIL = "Email Address"


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The owner's connections, as the relation `connection`. Raises `UserError`."""
    return contacts.parse(spec, given, "connection", _layout, "LinkedIn's Connections.csv")


def _layout(header: list[str]) -> contacts.Layout | None:
    if not set(NAMES) <= set(header):
        return None
    mails = [(header.index(MAIL), None)] if MAIL in header else []
    return contacts.Layout([header.index(name) for name in NAMES], [], mails)
