"""Records that may be judged where they lie: a table of the toolkit's own fields, at the engine that holds it.

It is also what every file is, batches of rows, for whoever reads it through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithwork.readers.parts.rows import Rows

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True)
class Found:
    """The table at its engine: columns by field, in the engine's own types, and `line` where its rows keep an order.

    `header` maps a field to the client's own column; `constants` are fields that every record has alike. What is
    asked of the table is asked within `asked`, which makes one `UserError` of all that goes wrong there.
    """

    table: ibis.Table
    header: dict[str, str]
    constants: dict[str, str]
    notes: list[str]
    has_lines: bool
    asked: Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Lying:
    """One table of records: `file` is what messages call it, `at` opens it on a connection to where it lies, `timezone` is
    that of times that name none."""

    file: str
    timezone: str
    at: Callable[[ibis.BaseBackend], AbstractContextManager[Found]]
    rows: Callable[[], Iterator[Rows]]

    def __iter__(self) -> Iterator[Rows]:
        """Its rows as text, batch by batch."""
        return self.rows()
