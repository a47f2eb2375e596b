"""The page that lies in a new study's folder: which files to drop, and what each holds, from the tables' contracts."""

from __future__ import annotations

from kithwork.arrival.proposal import PURPOSES
from kithwork.readers.parts.rows import FIELDS, TABLE_OF, Field
from kithwork.tables import TABLES

FIRST = ("staff", "nominations", "answers", "interactions")
"""The sources that most of a report rests on, the first of which no study can do without."""
USUAL = {
    "staff": "the list of employees from the personnel system",
    "nominations": "who named whom, from a survey; our own questionnaire (`kithwork survey`) holds it too",
    "answers": "the export of our questionnaire as it comes, from any tool; it needs no preparing",
    "interactions": "a mail trace, mailbox, calendar (.ics), Slack or Teams export, or list of calls",
}
WHAT = {
    "person": "a word for a person of the staff list: id, e-mail address or name",
    "anyone": "a word for a person or an outside party",
    "party": "a word for an outside party",
    "new_person": "an id, each once",
    "new_party": "an id, each once",
    "email": "an e-mail address",
    "name": "first and last name in one cell",
    "domain": "a domain, as example.org",
    "number": "a number, with a point for decimals",
    "time": "a day or time, year first: 2026-01-31 or 2026-01-31T14:05:00Z",
    "zone": "a time zone, as Europe/Copenhagen",
    "code": "an id of the message or event",
    "nature": "list, automated or auto_reply",
}
"""What the cells of a field hold, by its kind."""


def text(name: str) -> str:
    """The page, as Markdown."""
    lines = [
        f"# Files of the study {name}",
        "",
        "Drop the client's files here as they came. They stay as they are, and out of git. Then:",
        "",
        "```",
        f"kithwork check {name}    # what they are taken for, and what is lacking; writes nothing",
        f"kithwork map {name}      # writes it into params.yaml; asks where it is not sure",
        "```",
        "",
        "Columns may have any heading, in any order; further columns are passed over. CSV (comma, semicolon, tab or bar;",
        "UTF-8 or Windows), Excel (.xlsx) and parquet are read; so are mbox, .ics, vCard, Slack and Teams exports, and",
        "networks (GraphML, GEXF, Pajek, UCINET). A file of any name will do.",
        "",
        "## To begin with",
        "",
        *(f"* **{source}**: {USUAL[source]}." for source in FIRST),
        "",
        "The staff list is the one file that a study cannot do without. Each other adds to the report.",
        "",
        "## Every source",
    ]
    for source in [*FIRST, *(one for one in PURPOSES if one not in FIRST)]:
        lines += ["", f"### {source}", "", f"{PURPOSES[source]} {TABLES[TABLE_OF[source]].grain}.", ""]
        lines += [f"* `{field}`{_needed(about)}: {_meant(source, about)}" for field, about in FIELDS[source].items()]
    return "\n".join([*lines, ""])


def _needed(about: Field) -> str:
    return " (needed)" if about.required and about.default is None else ""


def _meant(source: str, about: Field) -> str:
    """What a field holds: its column's meaning in the tables, and the form of its cells."""
    column = TABLES[TABLE_OF[source]].columns.get(about.column or "")
    meaning = (
        column.meaning if column and about.kind not in ("person", "anyone", "party", "new_person", "new_party") else ""
    )
    words = f"one of {', '.join(column.allowed)}" if column and column.allowed else ""
    unit = f"in {column.unit}" if column and column.unit and about.kind == "number" else ""
    told = [meaning.split(" (")[0] if meaning else "", words or WHAT.get(about.kind, "text" if not meaning else ""), unit]
    return "; ".join(one for one in told if one)
