"""The contract of every table: grain, key, columns with type, unit and allowed values.

Checks at load and save (`store.py`), the codebook page and the tests all come from here. A table belongs to the stage
that writes it, which is also its folder under `data/`. Checking is pandera's; this file only declares.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

DTYPES = {"text": "str", "number": "float64", "count": "int64", "flag": "bool", "time": "datetime64[us, UTC]"}
"""Column types of the contract, and the pandas dtype each is stored as."""


@dataclass(frozen=True)
class Column:
    """One column: what it means, its type, its unit, and the values it may take."""

    meaning: str
    type: str = "text"
    unit: str = ""
    low: float | None = None
    high: float | None = None
    allowed: tuple[str, ...] = ()
    nullable: bool = False


@dataclass(frozen=True)
class Table:
    """One table: which stage writes it, what one row is, and its columns in stored order."""

    name: str
    stage: str
    grain: str
    key: tuple[str, ...]
    columns: dict[str, Column]

    def empty(self) -> pd.DataFrame:
        """No rows, every column in its stored type: what a client without this source has."""
        import pandas as pd

        return pd.DataFrame({name: pd.Series(dtype=DTYPES[column.type]) for name, column in self.columns.items()})

    def checked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame in stored column order and types, sorted by key; raises pandera's `SchemaErrors` otherwise.

        A column the contract does not name is an error: nothing unknown travels on.
        """
        for name, column in self.columns.items():  # astype would cut fractions off without a word
            if column.type == "count" and name in frame and frame[name].dtype.kind == "f" and (frame[name] % 1 != 0).any():
                raise ValueError(f"{self.name}.{name} counts {column.unit or 'things'}, but holds fractions or gaps")
        typed = frame.astype({name: DTYPES[c.type] for name, c in self.columns.items() if name in frame})
        known = [name for name in self.columns if name in typed]
        ordered = typed[known + [name for name in typed if name not in self.columns]].reset_index(drop=True)
        return self._schema.validate(ordered, lazy=True).sort_values(list(self.key)).reset_index(drop=True)

    @cached_property
    def _schema(self) -> pa.DataFrameSchema:
        """What a frame must meet once its columns have their types, which `astype` gives them or refuses to."""
        import pandera.pandas as pa

        def checks(column: Column) -> list[pa.Check]:
            found = [pa.Check.isin(column.allowed)] if column.allowed else []
            found += [pa.Check.ge(column.low)] if column.low is not None else []
            return found + ([pa.Check.le(column.high)] if column.high is not None else [])

        return pa.DataFrameSchema(
            {name: pa.Column(checks=checks(column), nullable=column.nullable) for name, column in self.columns.items()},
            strict=True,
            unique=list(self.key),
            name=self.name,
        )


PROBABILITY = {"type": "number", "unit": "probability", "low": 0, "high": 1}
PARTY_KINDS = (
    "customer", "supplier", "partner", "competitor", "regulator", "investor", "university", "community", "other", "unmapped",
)  # fmt: skip
UNMAPPED = PARTY_KINDS[-1]
"""The kind of a party that is known by its domain alone, until a person says what it is: no part of the market."""
CHANNELS = ("mail", "meeting", "chat", "call", "review", "face_to_face")
WHO = Column("Pseudonym of the person (HMAC-SHA256 of the client's id)")

PEOPLE = Table(
    "people", "clean", "One row per person of the organisation", ("person_id",),
    {
        "person_id": WHO,
        "unit": Column("Group, team or department as the client names it", nullable=True),
        "role": Column("Role or function as the client names it", nullable=True),
        "site": Column("Place of work", nullable=True),
        "timezone": Column("Time zone of the person's work (IANA)", nullable=True),
        "manager_id": Column("Pseudonym of the person's manager", nullable=True),
        "tenure_months": Column("Time in the organisation", "number", "months", low=0, nullable=True),
    },
)  # fmt: skip
PARTIES = Table(
    "parties", "clean", "One row per organisation outside", ("party_id",),
    {
        "party_id": Column("Pseudonym of the outside organisation"),
        "kind": Column("What it is to the client", allowed=PARTY_KINDS),
        "segment": Column("Market segment it belongs to", nullable=True),
    },
)  # fmt: skip
ANSWERS = Table(
    "answers", "clean", "One row per person and survey item", ("person_id", "item"),
    {
        "person_id": WHO,
        "item": Column("Item code of the questionnaire, for example V1a or CC2"),
        "value": Column("Answer", "number", "scale points", low=1, high=5),
    },
)  # fmt: skip
COMMENTS = Table(
    "comments", "clean", "One row per comment", ("comment_id",),
    {
        "comment_id": Column("Line of the comment in its file; with the file's number where there are several, and its column where a line holds several"),
        "person_id": WHO,
        "prompt": Column("Question the comment answers"),
        "text": Column("The words, as written"),
        "at": Column("When it was written, in UTC", "time", nullable=True),
    },
)  # fmt: skip
NOMINATIONS = Table(
    "nominations", "clean", "One row per ego, alter and relation named", ("ego_id", "alter_id", "relation"),
    {
        "ego_id": Column("Pseudonym of the person who names"),
        "alter_id": Column("Pseudonym of the person or party named"),
        "relation": Column("Relation asked about, in the client's word"),
    },
)  # fmt: skip
INTERACTIONS = Table(
    "interactions", "clean", "One row per pair, channel and time of contact", ("ego_id", "alter_id", "channel", "at"),
    {
        "ego_id": Column("Pseudonym of the person or party who starts the contact, or either where none does"),
        "alter_id": Column("Pseudonym of the person or party contacted; one of the two is a person"),
        "channel": Column("Channel of the contact", allowed=CHANNELS),
        "at": Column("When, in UTC; absent where the client holds totals only", "time", nullable=True),
        "minutes": Column("Length of the contact; absent where it has none, as a mail", "number", "minutes", low=0, high=1e8, nullable=True),
        "size": Column("People in the contact, the two included; absent means two", "number", "people", low=2, nullable=True),
    },
)  # fmt: skip
OUTCOMES = Table(
    "outcomes", "clean", "One row per person and outcome", ("person_id", "outcome"),
    {
        "person_id": WHO,
        "outcome": Column("What happened, for example adopted or left"),
        "at": Column("When, in UTC", "time", nullable=True),
    },
)  # fmt: skip
INTAKE = Table(
    "intake", "clean", "One row per source and file of the engagement", ("source", "file"),
    {
        "source": Column("Source as params.yaml names it"),
        "file": Column("File it was read from"),
        "note": Column("What was noticed while reading", nullable=True),
        "rows_in": Column("Rows read", "count", "rows", low=0),
        "rows_kept": Column("Rows in the clean table", "count", "rows", low=0),
        "rows_refused": Column("Rows in quarantine", "count", "rows", low=0),
    },
)  # fmt: skip
QUARANTINE = Table(
    "quarantine", "clean", "One row per place in a file and fault found there", ("source", "file", "row", "column", "reason"),
    {
        "source": Column("Source as params.yaml names it"),
        "file": Column("File it was read from"),
        "row": Column("Line of the file, the header being line 1; in a chat export, number of the message in its day", "count", "line", low=1),
        "column": Column("Column at fault", nullable=True),
        "reason": Column("Why it was refused"),
        "remedy": Column("What would mend it"),
    },
)  # fmt: skip
CORRECTIONS = Table(
    "corrections", "clean", "One row per cell of a file that was put right", ("file", "row", "column"),
    {
        "file": Column("File it stands in"),
        "row": Column("Line of the file, the header being line 1", "count", "line", low=1),
        "column": Column("Column that was corrected"),
        "why": Column("Why, in the words of who corrected it"),
    },
)  # fmt: skip
TIES = Table(
    "ties", "ties", "One row per pair of people with any relation or contact", ("a_id", "b_id"),
    {
        "a_id": Column("Pseudonym of the person first in sort order"),
        "b_id": Column("Pseudonym of the other person"),
        "strength": Column("Relations named plus, where contact is known, its share of the largest", "number", "relations", low=0),
        "relations": Column("Relations that name the pair, joined by +", nullable=True),
        "contacts": Column("Contacts, one of n people counting 1/(n - 1)", "number", "contacts", low=0, nullable=True),
        "minutes": Column("Minutes of contact, each contact's divided by (n - 1)", "number", "minutes", low=0, nullable=True),
        "crosses_unit": Column("1 between units, 0 within one, absent where a unit is unknown", "number", low=0, high=1, nullable=True),
        "embeddedness": Column("Common neighbours over all neighbours of the pair (Jaccard)", "number", "share", low=0, high=1),
        "signs": Column("Signs of kind seen on the tie, joined by +", nullable=True),
        **{f"p_{kind}": Column(f"P({kind}); absent where no sign could show it", **PROBABILITY, nullable=True) for kind in ("personal", "functional", "strategic")},
        **{f"p_{kind}_{end}": Column(f"{end} end of the 95% range of P({kind}) over the stated sign strengths", **PROBABILITY, nullable=True) for kind in ("personal", "functional", "strategic") for end in ("low", "high")},
    },
)  # fmt: skip
PORTFOLIOS = Table(
    "portfolios", "people", "One row per person", ("person_id",),
    {
        "person_id": WHO,
        "unit": Column("Group, team or department", nullable=True),
        "ties": Column("Ties of the person", "count", "ties", low=0),
        **{f"{kind}_ties": Column(f"Expected number of {kind} ties", "number", "ties", low=0, nullable=True) for kind in ("personal", "functional", "strategic")},
        **{f"{kind}_share": Column(f"Share of the portfolio that is {kind}", "number", "share", low=0, high=1, nullable=True) for kind in ("personal", "functional", "strategic")},
        "degree": Column("Distinct alters", "count", "people", low=0),
        "constraint": Column("Burt's constraint; absent for isolates", "number", "index", low=0, nullable=True),
        "effective_size": Column("Alters less their redundancy (Borgatti 1997)", "number", "people", low=0, nullable=True),
        "betweenness": Column("Share of shortest paths through the person", "number", "share", low=0, high=1),
        "e_i": Column("E-I index of the person's ties by unit", "number", "index", low=-1, high=1, nullable=True),
    },
)  # fmt: skip
SEGMENTS = Table(
    "segments", "people", "One row per person placed in a segment or band", ("person_id",),
    {
        "person_id": WHO,
        "segment": Column("Segment, or band of a continuum where no segments are supported"),
        "membership": Column("Probability of belonging to it", **PROBABILITY),
    },
)  # fmt: skip
INDICATORS = Table(
    "indicators", "values", "One row per value and indicator", ("value", "indicator"),
    {
        "value": Column("Which of the ten values, by file name"),
        "number": Column("Its place among the ten", "count", low=1, high=10),
        "indicator": Column("Function that computes it"),
        "definition": Column("First line of the function's docstring"),
        "claim": Column("Claim that holds the figure; absent where it could not be computed", nullable=True),
        "missing": Column("What the client would have to bring; absent where it was computed", nullable=True),
    },
)  # fmt: skip
CLAIMS = Table(
    "claims", "", "One row per published number; each stage from ties on writes its own", ("id",),
    {
        "id": Column("Name of the number: its measure, and the group where it is one group's"),
        "measure": Column("What is measured: stage.measure; groups of one measure are released together"),
        "label": Column("What it measures, in words"),
        "scope": Column("What it is about", allowed=("organisation", "group", "segment", "scenario")),
        "group": Column("Group or segment it is about", nullable=True),
        "estimate": Column("The figure", "number"),
        "low": Column("Low end of its interval", "number"),
        "high": Column("High end of its interval", "number"),
        "n": Column("People (or pairs, where the label says so) behind it", "count", low=1),
        "people": Column("People it could reveal something about: what the release gate counts", "count", "people", low=1),
        "unit": Column("Unit of the figure", allowed=("%", "index", "people", "minutes", "points", "count", "score")),
        "reference": Column("What it is set against", "number", nullable=True),
        "reference_label": Column("What that reference is", nullable=True),
        "method": Column("Estimator and interval, with source"),
        "stage": Column("Chapter that made it"),
    },
)  # fmt: skip
FINDINGS = Table(
    "findings", "report", "One row per sentence of the summary", ("rank",),
    {
        "rank": Column("Place in the summary", "count", low=1),
        "title": Column("The finding in one sentence"),
        "text": Column("What stands behind it"),
        "claim": Column("Claim it rests on"),
        "section": Column("Section that shows the evidence"),
    },
)  # fmt: skip

TABLES = {
    table.name: table
    for table in (
        PEOPLE, PARTIES, ANSWERS, COMMENTS, NOMINATIONS, INTERACTIONS, OUTCOMES, INTAKE, QUARANTINE, CORRECTIONS,
        TIES, PORTFOLIOS, SEGMENTS, INDICATORS, CLAIMS, FINDINGS,
    )
}  # fmt: skip
"""Every table, by name, in the order the data travels."""

STAGES = ("clean", "ties", "people", "values", "market", "change", "report")
"""The chapters, in order: stage = notebook stem = folder under data/ = section of params.yaml."""

CLAIMING = STAGES[1:-1]
"""The stages that hand on claims."""
