"""What every reader yields, and the fields that each source may hold.

A reader hands a file on in batches of `Rows`, so that a file may be larger than memory. One that finds its records one by
one, or several together, yields `Record`, `Several`, `Fault` and `Left`, and `in_batches` does the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

BATCH = 20_000
"""Records that a reader hands on at a time."""


@dataclass(frozen=True)
class Field:
    """One field of a source: the table column it fills, and how its text is to be understood.

    `kind` is `person` (of the staff list), `party` (of the list of parties), `anyone` (a person or a party), `new_person`
    and `new_party` (ids this source defines), `text`, `word` (one that its column allows, in capitals or not), `number` or
    `time`. `email`, `name` and `domain` are keys: other words for the person or party of
    their row, by which it is found; they fill no column. A `code` is the source's own id of a message or event; `nature`
    is one of `NATURES`; a `zone` is an IANA time zone. `default` stands for an empty cell.
    """

    column: str | None
    kind: str = "text"
    required: bool = True
    default: str | None = None


NATURES = ("list", "automated", "auto_reply")
"""What else than one person's message to others a record may be, where its source says so: mail of a distribution list,
a machine's message, an answer sent by itself."""

FIELDS: dict[str, dict[str, Field]] = {
    "staff": {
        "person": Field("person_id", "new_person"),
        "email": Field(None, "email", required=False),
        "name": Field(None, "name", required=False),
        "first_name": Field(None, required=False),
        "last_name": Field(None, required=False),
        "unit": Field("unit", required=False),
        "role": Field("role", required=False),
        "site": Field("site", required=False),
        "timezone": Field("timezone", "zone", required=False),
        "manager": Field("manager_id", "person", required=False),
        "tenure_months": Field("tenure_months", "number", required=False),
        "started": Field(None, "time", required=False),
    },
    "opt_outs": {
        "person": Field("person_id", "person"),
        "scope": Field("scope", required=False, default="all"),
    },
    "parties": {
        "party": Field("party_id", "new_party"),
        "name": Field(None, "name", required=False),
        "domain": Field(None, "domain", required=False),
        "kind": Field("kind"),
        "segment": Field("segment", required=False),
    },
    "nominations": {
        "ego": Field("ego_id", "person"),
        "alter": Field("alter_id", "anyone"),
        "relation": Field("relation"),
    },
    "interpreters": {
        "ego": Field("ego_id", "person"),
        "alter": Field("alter_id", "anyone"),
        "question": Field("question"),
        "value": Field("value", "number"),
    },
    "answers": {
        "person": Field("person_id", "person"),
        "item": Field("item"),
        "value": Field("value", "number"),
    },
    "responses": {
        "person": Field("person_id", "person"),
        "started": Field("started", "time", required=False),
        "ended": Field("ended", "time", required=False),
        "seconds": Field("seconds", "number", required=False),
        "form": Field("form", required=False),
        "finished": Field("finished", required=False),
        "attention": Field("attention", "number", required=False),
        "state": Field("state", required=False),
        "threshold": Field("threshold", "number", required=False),
        "take_part": Field("take_part", required=False),
        "use_records": Field("use_records", required=False),
        "use_reports": Field("use_reports", required=False),
        "start": Field("start", required=False),
        "own_page": Field("own_page", required=False),
    },
    "comments": {
        "person": Field("person_id", "person"),
        "prompt": Field("prompt"),
        "text": Field("text"),
        "at": Field("at", "time", required=False),
        "party": Field("party_id", "party", required=False),
        "about": Field("about", "word", required=False),
        "learned": Field("learned", "word", required=False),
        "sure": Field("sure", "number", required=False),
        "quote": Field("quote", "word", required=False),
    },
    "interactions": {
        "ego": Field("ego_id", "anyone"),
        "alter": Field("alter_id", "anyone"),
        "channel": Field("channel"),
        "at": Field("at", "time", required=False),
        "minutes": Field("minutes", "number", required=False),
        "size": Field("size", "number", required=False),
        "message": Field(None, "code", required=False),
        "nature": Field(None, "nature", required=False),
    },
    "outcomes": {
        "person": Field("person_id", "person"),
        "outcome": Field("outcome"),
        "at": Field("at", "time", required=False),
    },
    "opportunities": {
        "opportunity": Field("opportunity_id"),
        "kind": Field("kind", "word", required=False),
        "problem": Field("problem", required=False),
        "person": Field("person_id", "person", required=False),
        "party": Field("party_id", "party", required=False),
        "raised": Field("raised", "time"),
        "tested": Field("tested", "time", required=False),
        "scaled": Field("scaled", "time", required=False),
        "dropped": Field("dropped", "time", required=False),
        "expected": Field("expected", "number", required=False),
        "realised": Field("realised", "number", required=False),
    },
}
"""Fields of each source, in the order of its table."""

TABLE_OF = {source: "people" if source == "staff" else source for source in FIELDS}
"""The canonical table that each source fills."""


@dataclass(frozen=True)
class Fault:
    """A record that its reader could not understand: it counts as a row read and a row refused."""

    line: int
    column: str
    reason: str
    remedy: str
    found: str = ""


class Record(NamedTuple):
    """One record: its line (or number), its fields as text, and the column it stands in where it has one of its own."""

    line: int
    values: dict[str, str]
    cell: str | None = None


class Several(NamedTuple):
    """Records found together, one field after another: their lines, and their columns where they have one of their own."""

    lines: Sequence[int]
    values: dict[str, Sequence[str]]
    cells: Sequence[str | None] | None = None


class Left(NamedTuple):
    """Something that holds no record of the source, in words, as `cancelled events`: passed over and counted."""

    what: str
    count: int = 1


@dataclass(frozen=True)
class Rows:
    """A batch of one file as it came, or the whole of it: text only.

    `frame` has one column per field present and one row per record; its index, `row`, is the file's line number (header =
    1) unless `lines` gives the line of each record, as where one line holds several. `header` maps a field to the client's
    own column, for messages; a field that is not in it stands in the column that `cells` names for each record. `faults`
    are records that could not be understood, `left_out` counts what held no record, `notes` says what else the reader
    noticed. `timezone` is the zone of times that name none.
    """

    source: str
    file: str
    frame: pd.DataFrame
    header: dict[str, str]
    notes: list[str] = field(default_factory=list)
    lines: list[int] | None = None
    cells: list[str | None] | None = None
    faults: list[Fault] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    timezone: str = "UTC"


def in_batches(
    source: str, file: str, found: Iterable[Record | Several | Fault | Left], header: dict[str, str] | None = None
) -> Iterator[Rows]:
    """What a reader found, in batches; one at least, so that an empty file is told of too.

    Every record has the fields of the first, and those its source requires; a field it lacks is empty.
    """
    gathered = Gathering(source, file, header)
    for one in found:
        if isinstance(one, Record):
            gathered.add(*one)
        elif isinstance(one, Several):
            gathered.extend(*one)
        elif isinstance(one, Left):
            gathered.left_out[one.what] += one.count
        else:
            gathered.faults.append(one)
        while gathered.full:
            yield gathered.batch()
    yield from gathered.rest()


def framed(columns: dict[str, Sequence[str]]) -> pd.DataFrame:
    """Columns of text as a frame."""
    import pyarrow as pa

    return (
        pa.table({name: pa.array(cells, pa.large_string()) for name, cells in columns.items()})
        .to_pandas()
        .rename_axis("row")
    )


class Gathering:
    """Records of one file, field by field, gathered until there are enough for a batch."""

    def __init__(self, source: str, file: str, header: dict[str, str] | None = None) -> None:
        self.source, self.file, self.header, self.none_yet = source, file, header or {}, True
        self.columns: dict[str, list[str]] = {}
        self.lines: list[int] = []
        self.cells: list[str | None] = []
        self.faults: list[Fault] = []
        self.left_out: Counter[str] = Counter()

    def add(self, line: int, values: dict[str, str], cell: str | None = None) -> None:
        """One record."""
        self.lines.append(line)
        self.cells.append(cell)
        for name, column in (self.columns or self._columns(values)).items():
            column.append(values.get(name, ""))

    def extend(
        self, lines: Sequence[int], values: dict[str, Sequence[str]], cells: Sequence[str | None] | None = None
    ) -> None:
        """Several records, or none."""
        if not lines:
            return
        self.lines.extend(lines)
        self.cells.extend(cells or [None] * len(lines))
        for name, column in (self.columns or self._columns(values)).items():
            column.extend(values.get(name) or [""] * len(lines))

    def _columns(self, first: dict) -> dict[str, list[str]]:
        """Those of all records, by the fields of the first."""
        self.columns = {name: [] for name, about in FIELDS[self.source].items() if about.required or name in first}
        return self.columns

    @property
    def full(self) -> bool:
        """Whether there are enough records or faults for a batch."""
        return len(self.lines) >= BATCH or len(self.faults) >= BATCH

    def rest(self) -> Iterator[Rows]:
        """What is left at the end, so that there is one batch at least."""
        if self.none_yet or self.lines or self.faults or self.left_out:
            yield self.batch()

    def batch(self) -> Rows:
        """As many records as a batch has, and all else that was gathered, which is then no longer here."""
        columns = self.columns or {name: [] for name in FIELDS[self.source]}
        found = Rows(
            self.source,
            self.file,
            framed({name: column[:BATCH] for name, column in columns.items()}),
            self.header,
            lines=self.lines[:BATCH],
            cells=self.cells[:BATCH],
            faults=self.faults,
            left_out=+self.left_out,
        )
        for gathered in (self.lines, self.cells, *self.columns.values()):
            del gathered[:BATCH]
        self.none_yet, self.faults, self.left_out = False, [], Counter()
        return found


def whole(batches: Iterable[Rows]) -> Rows:
    """The batches of one file as one."""
    import pandas as pd

    parts = list(batches)
    if len(parts) == 1:
        return parts[0]
    lines = [line for part in parts for line in (part.frame.index if part.lines is None else part.lines)]
    return Rows(
        parts[0].source,
        parts[0].file,
        pd.concat([part.frame for part in parts]).rename_axis("row"),
        parts[0].header,
        list(dict.fromkeys(note for part in parts for note in part.notes)),
        lines,
        [cell for part in parts for cell in (part.cells or [None] * len(part.frame))],
        [fault for part in parts for fault in part.faults],
        sum((part.left_out for part in parts), Counter()),
        parts[0].timezone,
    )
