"""What every reader yields, and the fields that each source may hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Field:
    """One field of a source: the table column it fills, and how its text is to be understood.

    `kind` is `person` (an id of the staff list), `new_person` and `new_party` (ids this source defines), `alter` (a person
    or a party), `text`, `number` or `time`.
    """

    column: str
    kind: str = "text"
    required: bool = True


FIELDS: dict[str, dict[str, Field]] = {
    "staff": {
        "person": Field("person_id", "new_person"),
        "unit": Field("unit", required=False),
        "role": Field("role", required=False),
        "site": Field("site", required=False),
        "manager": Field("manager_id", "person", required=False),
        "tenure_months": Field("tenure_months", "number", required=False),
    },
    "parties": {
        "party": Field("party_id", "new_party"),
        "kind": Field("kind"),
        "segment": Field("segment", required=False),
    },
    "nominations": {
        "ego": Field("ego_id", "person"),
        "alter": Field("alter_id", "alter"),
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
    },
    "interactions": {
        "ego": Field("ego_id", "person"),
        "alter": Field("alter_id", "person"),
        "channel": Field("channel"),
        "at": Field("at", "time", required=False),
        "minutes": Field("minutes", "number"),
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
    """A source as it came: text only.

    `frame` has one column per field present and the file's line number (header = 1) as index; `header` maps field to the
    client's own column name, for messages; `notes` says what the reader noticed.
    """

    source: str
    file: str
    frame: pd.DataFrame
    header: dict[str, str]
    notes: list[str] = field(default_factory=list)
