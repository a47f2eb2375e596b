"""Reads a CSV file with a message a row and its receivers in one cell: a log of mail, or any list of messages.

Columns are those that `columns` maps to `sender`, `recipients`, `cc`, `at`, `message` and `nature`, or else those known by
name: of the message traces of Exchange Online (Microsoft Learn, "Message trace in the new Exchange admin center in
Exchange Online": `origin_timestamp_utc`, `sender_address`, `recipient_status`, `message_id`; or `Received`,
`SenderAddress`, `RecipientAddress`, `MessageId`) and of the email log search of Google Workspace (Google Workspace Admin
Help, "Email log search export fields": `Start date`, `Sender`, `Recipient address`, `Message ID`). `constants` may give
the channel, which is mail unless told.

Receivers are separated by semicolons, or by commas where there are none; what follows `##` is the state of delivery. Rows
of one message that follow one another are one message, as logs have a row for each receiver or step. Times are ISO 8601,
or as 2026/09/07 14:30:00, or in the form that the option `dates` states. A message to n people is n records of size n + 1.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple, TextIO

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import textfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

SOURCES = ("interactions",)
TAKES = ("columns", "constants", "encoding", "timezone", "options")
OPTIONS = {"dates": "how times are written where that is not ISO 8601, as %m/%d/%Y %I:%M:%S %p"}

KNOWN = {
    "sender": ("sender", "senderaddress", "from"),
    "recipients": ("recipients", "recipientstatus", "recipientaddress", "to"),
    "cc": ("cc",),
    "at": ("at", "origintimestamputc", "origintimestamp", "received", "startdate", "date"),
    "message": ("message", "messageid"),
    "nature": ("nature",),
}
"""Fields of a message, and the columns they are known by, in small letters and without spaces and signs."""

REQUIRED = ("sender", "recipients", "at")
ISO = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?(?:[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)? ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?)?", re.ASCII)
NOBODY = ("", "<>")


class Message(NamedTuple):
    """One row: who sent it, to whom, when, its own id, and what it is."""

    line: int
    sender: str
    recipients: dict[str, None]
    at: str
    code: str
    nature: str


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """Who sent messages to whom. Raises `UserError`."""
    if odd := [name for name in spec.constants if name != "channel"]:
        do = "Only `channel` can be told for all."
        raise UserError(Problem("is not a constant of this reader", "params.yaml", do, odd[0], column="constants"))
    if odd := [name for name in spec.columns if name not in KNOWN]:
        raise UserError(
            Problem("is not a field of a message", "params.yaml", nearest(odd[0], KNOWN), odd[0], column="columns")
        )
    return in_batches(source, given.name, _found(spec, given))


def _found(spec: Reader, given: Given) -> Iterator[Record | Fault | Left]:
    channel = spec.constants.get("channel", "mail")
    faults: list[Fault] = []
    with textfile.opened(given, spec.encoding, newline="") as text:
        for message, further in _merged(_rows(text, spec, given.name, faults)):
            yield from _clear(faults)
            if further:
                yield Left("further rows of the same message", further)
            yield from _records(message, channel)
    yield from _clear(faults)


def _merged(rows: Iterator[Message]) -> Iterator[tuple[Message, int]]:
    """Messages with all their receivers, and how many rows more than one each had."""
    held, further = next(rows, None), 0
    for row in rows:
        if row.code and (row.code, row.sender) == (held.code, held.sender):
            held.recipients.update(row.recipients)
            further += 1
        else:
            yield held, further
            held, further = row, 0
    if held:
        yield held, further


def _clear(faults: list[Fault]) -> Iterator[Fault]:
    """The faults met so far, which are then forgotten."""
    yield from faults
    faults.clear()


def _records(message: Message, channel: str) -> Iterator[Record | Left]:
    alters = [alter for alter in message.recipients if alter != message.sender]
    if message.sender in NOBODY:
        yield Left("messages without a sender")
    elif not alters:
        yield Left("messages to oneself" if message.recipients else "messages without a receiver")
    told = {"channel": channel, "at": message.at, "size": str(len(alters) + 1), "message": message.code}
    for alter in alters if message.sender not in NOBODY else ():
        yield Record(message.line, {"ego": message.sender, "alter": alter, **told, "nature": message.nature})


def _rows(text: TextIO, spec: Reader, name: str, faults: list[Fault]) -> Iterator[Message]:
    """The messages of a CSV file; what cannot be understood is put with the faults. Raises `UserError`."""
    lines = csv.reader(text, strict=True)
    try:
        header = next(lines, [])
        positions = _positions([cell.strip() for cell in header], spec, name)
        moment = _moment(spec.options.get("dates", ""))
        where = [positions.get(field, -1) for field in KNOWN]
        begin = lines.line_num + 1
        for row in lines:
            line, begin = begin, lines.line_num + 1
            if len(row) != len(header):
                if row:
                    do, found = "Quote cells that contain a comma.", f"{len(row)} cells, header has {len(header)}"
                    faults.append(Fault(line, "1", "has another number of cells than the header", do, found))
                continue
            sender, to, cc, at, code, nature = (row[at].strip() if at >= 0 else "" for at in where)
            when = moment(at)
            if when is None:
                do = "Set options.dates to how times are written, as %m/%d/%Y %I:%M:%S %p."
                faults.append(Fault(line, header[positions["at"]].strip(), "is not a time of a known form", do, at[:40]))
                continue
            yield Message(line, sender, dict.fromkeys([*_split(to), *_split(cc)]), when, code, nature)
    except csv.Error as error:
        do = "Mend the quoting from that row on."
        raise UserError(Problem("cannot be read as CSV", name, do, str(error)[:60], lines.line_num)) from None


def _positions(header: list[str], spec: Reader, name: str) -> dict[str, int]:
    """Where each field stands. Raises `UserError` with all that cannot be found."""
    plain = [re.sub(r"[\W_]+", "", cell).casefold() for cell in header]
    found, problems = {}, []
    for field, names in KNOWN.items():
        told = spec.columns.get(field)
        at = [header.index(told)] if told in header else [plain.index(one) for one in names if one in plain]
        if at and (told is None or told in header):
            found[field] = at[0]
        elif told is not None or field in REQUIRED:
            do = f"Set columns.{field} in params.yaml; the header has: {', '.join(header)[:80]}."
            problems.append(Problem("is not in the header", name, do, row=1, column=told or field))
    if problems:
        raise UserError(problems)
    return found


def _split(cell: str) -> list[str]:
    """The receivers in a cell."""
    sign = ";" if ";" in cell or "##" in cell else ","
    parts = next(csv.reader([cell], delimiter=sign, skipinitialspace=True)) if '"' in cell else cell.split(sign)
    return [one for part in parts if (one := part.partition("##")[0].strip()) not in NOBODY]


def _moment(form: str) -> Callable[[str], str | None]:
    """How a time is understood: as text in ISO 8601, or None where it is in no known form."""

    def stated(written: str) -> str | None:
        try:
            return datetime.strptime(written, form).isoformat()
        except (ValueError, OverflowError, re.error):
            return None

    def iso(written: str) -> str | None:
        if not written or not ISO.fullmatch(written):
            return None
        return re.sub(r" ?(?:UTC|GMT)$", "+00:00", written).replace("/", "-")

    return stated if form else iso
