"""Recorded contact in blocks of four weeks, cleaned one at a time: what is held in memory does not grow with the record.

A block begins on a Monday, in UTC; records without a time are a block of their own, and those outside the time studied lie
in the first or the last. A short record is one block. What was made of a block is remembered by a digest of all that it
rests on (`remembered.py`), so that another month costs a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kithwork import log
from kithwork.cleaning import prints

if TYPE_CHECKING:
    import ibis
    from ibis.expr.types import IntegerColumn

    from kithwork.cleaning.staging import Staged

LENGTH = 4 * 7 * 24 * 3600
"""Seconds of a block."""

MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
"""Where block 0 begins."""

UNDATED = -1
"""The number of the block without times."""

FEWEST = 2_000_000
"""Records up to which all are one block: they are cleaned in seconds."""


@dataclass(frozen=True)
class Block:
    """One block: its number, its records, and a digest of them and of who is meant; none where it may not be remembered."""

    number: int
    contacts: ibis.Table
    digest: str | None
    alone: bool = False

    @property
    def name(self) -> str:
        """What its file is called: in order of time, the undated last."""
        if self.alone:
            return "all"
        begins = MONDAY + timedelta(seconds=self.number * LENGTH)
        return "undated" if self.number == UNDATED else f"{begins:%Y-%m-%d}"

    @property
    def first_event(self) -> int:
        """The number from which its events are counted, so that those of two blocks differ."""
        return 0 if self.alone or self.number == UNDATED else self.number << 32


def parted(staged: Staged, words: ibis.Table, period: tuple[datetime, datetime]) -> list[Block]:
    """The records in blocks, in order. `words`: code, and `mark`, which says in a number who is meant."""
    import ibis

    contacts = staged.contacts
    short = contacts.count().execute() <= FEWEST
    if short and not staged.is_elsewhere:
        return [Block(UNDATED, contacts, None, alone=True)]
    contacts = contacts.mutate(block=ibis.literal(UNDATED) if short else numbered(contacts, period))
    digests = prints.of_blocks(contacts, staged, words)
    if short:
        return [Block(UNDATED, staged.contacts, digests.get(UNDATED, "nothing"), alone=True)]
    parts = staged.parted(contacts, "block", list(digests))
    return [Block(number, parts[number], digest) for number, digest in digests.items()]


def numbered(contacts: ibis.Table, period: tuple[datetime, datetime]) -> IntegerColumn:
    """The block of each record."""
    import ibis

    first, last = (_number(moment) for moment in (period[0], period[1] - timedelta(microseconds=1)))
    number = ((log.second(contacts.at) - int(MONDAY.timestamp())) / LENGTH).floor().cast("int64")
    return contacts.at.isnull().ifelse(UNDATED, ibis.greatest(ibis.least(number, last), first)).cast("int32")


def _number(moment: datetime) -> int:
    return int((moment - MONDAY).total_seconds() // LENGTH)
