"""Recorded contact in blocks of four weeks, cleaned one at a time: what is held in memory does not grow with the record.

A block begins on a Monday, in UTC; records without a time are a block of their own, and those outside the time studied lie
in the first or the last. A short record is one block. What was made of a block is remembered by a digest of all that it
rests on (`remembered.py`), so that another month costs a month.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from inspect import Parameter, Signature
from typing import TYPE_CHECKING

from kithwork import log

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
    contacts = staged.contacts
    if staged.is_elsewhere or contacts.count().execute() <= FEWEST:
        return [Block(UNDATED, contacts, None, alone=True)]
    contacts = contacts.mutate(block=numbered(contacts, period))
    digests = _digests(contacts, staged, words)
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


def _digests(contacts: ibis.Table, staged: Staged, words: ibis.Table) -> dict[int, str | None]:
    """A digest of each block's records, whatever their order, by its number."""
    if contacts.get_backend().name != "duckdb":
        numbers = contacts.select("block").distinct().order_by("block").to_pandas()["block"]
        return dict.fromkeys(map(int, numbers))
    import ibis

    ego, alter = (words.select(**{f"{end}_code": "code", f"{end}_mark": "mark"}) for end in ("ego", "alter"))
    marks = [number_of(one.file) for one in staged.files]
    files = ibis.memtable({"at_file": range(len(marks)), "file_mark": marks})
    met = contacts.inner_join(files, [("file", "at_file")])
    met = met.inner_join(ego, [("ego", "ego_code")]).inner_join(alter, [("alter", "alter_code")])
    print_of = _hash()(*(met[name].cast(kind) for name, kind in HASHED.items()))
    found = met.group_by("block").agg(records=met.count(), sum=print_of.cast("decimal(38, 0)").sum()).order_by("block")
    return {int(row.block): f"{row.records} {row.sum}" for row in found.to_pandas().itertuples()}


HASHED = {
    "file_mark": "int64", "line": "int64", "cell": "int32", "ego_mark": "int64", "alter_mark": "int64", "channel": "string",
    "at": "timestamp('UTC')", "offset": "int16", "day_only": "boolean", "minutes": "float64", "size": "float64",
    "message": "string", "nature": "string",
}  # fmt: skip
"""What a digest is made of, with the types that it is read in."""


def _hash() -> Callable[..., ibis.Value]:
    """DuckDB's hash of several values."""
    import ibis

    def hashed(*values): ...

    names = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in HASHED]
    hashed.__signature__ = Signature(names)
    return ibis.udf.scalar.builtin(name="hash", signature=(tuple(HASHED.values()), "uint64"))(hashed)


def number_of(text: str) -> int:
    """A number that stands for a text: of its digest, 63 bits."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
