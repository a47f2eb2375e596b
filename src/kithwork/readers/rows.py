"""What every reader yields, and the fields that each source may hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Field:
    """One field of a source: the table column it fills, and how its text is to be understood.

    `kind` is `person` (of the staff list), `anyone` (a person or a party), `new_person` and `new_party` (ids this source
    defines), `text`, `number` or `time`. `email`, `name` and `domain` are keys: other words for the person or party of
    their row, by which it is found; they fill no column.
    """

    column: str | None
    kind: str = "text"
    required: bool = True


FIELDS: dict[str, dict[str, Field]] = {
    "staff": {
        "person": Field("person_id", "new_person"),
        "email": Field(None, "email", required=False),
        "name": Field(None, "name", required=False),
        "unit": Field("unit", required=False),
        "role": Field("role", required=False),
        "site": Field("site", required=False),
        "manager": Field("manager_id", "person", required=False),
        "tenure_months": Field("tenure_months", "number", required=False),
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
    "answers": {
        "person": Field("person_id", "person"),
        "item": Field("item"),
        "value": Field("value", "number"),
    },
    "comments": {
        "person": Field("person_id", "person"),
        "prompt": Field("prompt"),
        "text": Field("text"),
        "at": Field("at", "time", required=False),
    },
    "interactions": {
        "ego": Field("ego_id", "anyone"),
        "alter": Field("alter_id", "anyone"),
        "channel": Field("channel"),
        "at": Field("at", "time", required=False),
        "minutes": Field("minutes", "number", required=False),
        "size": Field("size", "number", required=False),
    },
    "outcomes": {
        "person": Field("person_id", "person"),
        "outcome": Field("outcome"),
        "at": Field("at", "time", required=False),
    },
}
"""Fields of each source, in the order of its table."""

TABLE_OF = {source: "people" if source == "staff" else source for source in FIELDS}
"""The canonical table that each source fills."""


@dataclass(frozen=True)
class Rows:
    """One file of a source as it came: text only.

    `frame` has one column per field present and one row per record; its index, `row`, is the file's line number (header =
    1) unless `lines` gives the line of each record, as where one line holds several. `header` maps a field to the client's
    own column, for messages; a field that is not in it stands in the column that `cells` names for each record. `notes`
    says what the reader noticed.
    """

    source: str
    file: str
    frame: pd.DataFrame
    header: dict[str, str]
    notes: list[str] = field(default_factory=list)
    lines: list[int] | None = None
    cells: list[str] | None = None


def of_records(
    source: str, file: str, records: list[dict[str, str]], lines: list[int], cells: list[str] | None = None, **about
) -> Rows:
    """Rows of records that do not stand one to a line; `about` is `header` and `notes`."""
    import pandas as pd

    names = [name for name in FIELDS[source] if FIELDS[source][name].required or any(name in one for one in records[:1])]
    frame = pd.DataFrame(
        {name: [record[name] for record in records] for name in names},
        index=pd.RangeIndex(len(records), name="row"),
        dtype="str",
    )
    return Rows(source, file, frame, lines=lines, cells=cells, **about)
