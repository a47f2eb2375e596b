"""Reads an address book as CSV: whom its owner keeps as contacts, as Outlook and Google Contacts export them.

Outlook has `First Name`, `Middle Name`, `Last Name` and `E-mail Address`, `E-mail 2 Address`, `E-mail 3 Address`
(Microsoft, Support: "Create or edit .csv files to import into Outlook"); an address of its own directory (`/o=…`) is none.
Google has `Name`, `Given Name`, `Additional Name`, `Family Name` with `E-mail 1 - Type` and `E-mail 1 - Value` in older
exports, and `First Name`, `Middle Name`, `Last Name` with `E-mail 1 - Label` in newer ones; ` ::: ` parts several addresses
in one cell. What services that are gone, as Plaxo and Spoke, handed over is read where it has the columns of one of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kithwork.engagement import Reader
from kithwork.readers.parts import contacts
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows

SOURCES = ("nominations",)
TAKES = ("encoding", "options")
OPTIONS = contacts.OPTIONS

PARTS = (("First Name", "Given Name"), ("Middle Name", "Additional Name"), ("Last Name", "Family Name"))
"""Columns that make up a name, in its order, each under its words."""

WHOLE = ("Name", "E-mail Display Name", "File As", "Organization Name", "Organization 1 - Name", "Company")
"""Columns that name an entry whose parts of a name are empty; the first that is filled does."""

MAIL = re.compile(r"E-mail (?:(\d+) )?Address|E-mail (\d+) - Value", re.IGNORECASE)
KINDS = ("Type", "Label")


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The owner's contacts, as the relation `contact`. Raises `UserError`."""
    return contacts.parse(spec, given, "contact", _layout, "CSV from Outlook or Google Contacts")


def _layout(header: list[str]) -> contacts.Layout | None:
    parts = [header.index(name) for names in PARTS for name in names if name in header]
    mails = [(at, _kind(header, match[2])) for at, column in enumerate(header) if (match := MAIL.fullmatch(column))]
    whole = [header.index(name) for name in WHOLE if name in header]
    return contacts.Layout(parts, whole, mails) if mails and (parts or whole) else None


def _kind(header: list[str], number: str | None) -> int | None:
    """The column that tells the kind of Google's address of this number; Outlook tells none."""
    return next((header.index(name) for word in KINDS if (name := f"E-mail {number} - {word}") in header), None)
