"""Cleaning: the client's rows become the canonical tables, and every row refused is kept with its reason.

`clean` is the one call of chapter 1. Rows in = rows kept + rows refused, for every source, or it raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork.cleaning import identities, redaction, rules
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.readers.rows import FIELDS, TABLE_OF, Rows
from kithwork.tables import INTAKE, QUARANTINE, TABLES

if TYPE_CHECKING:
    import pandas as pd


def clean(raw: dict[str, Rows], settings: Settings) -> dict[str, pd.DataFrame]:
    """Every table of the clean stage by name: the client's own, empty ones for what it lacks, intake and quarantine.

    Rows are judged, ids replaced by pseudonyms.

    Raises `UserError` with every row at fault where `clean.bad_rows` is `stop`.
    """
    import pandas as pd

    if "staff" not in raw:
        where = f"engagements.{settings.name}.sources"
        raise UserError(Problem("has no staff list", "params.yaml", "Add `staff:`, the list ties refer to.", column=where))
    known = rules.Known()
    judged = {source: rules.judge(raw[source], known, settings) for source in FIELDS if source in raw}
    refused = [refusal for one in judged.values() for refusal in one.refused]
    if refused and settings.clean.bad_rows == "stop":
        remedy = "Mend it there, or set clean.bad_rows: quarantine in params.yaml to go on without such rows."
        raise UserError([Problem(r.reason, r.file, f"{r.remedy} {remedy}", r.found, r.row, r.column) for r in refused])
    tables = {name: table.empty() for name, table in TABLES.items() if table.stage == "clean"}
    pseudonym = identities.pseudonyms(settings)
    for source, one in judged.items():
        frame = one.kept
        if source == "comments":
            frame = frame.assign(text=redaction.redact(frame["text"], known.spelt), comment_id=frame.index.astype(str))
        ids = [field.column for field in FIELDS[source].values() if field.kind in rules.ID_KINDS and field.column in frame]
        frame = frame.assign(**{column: frame[column].map(pseudonym, na_action="ignore") for column in ids})
        if not settings.engagement.directed and {"ego_id", "alter_id"} <= set(frame):
            pair = frame[["ego_id", "alter_id"]]
            frame = frame.assign(ego_id=pair.min(axis=1), alter_id=pair.max(axis=1))
        contract = TABLES[TABLE_OF[source]]
        absent = {column: None for column in contract.columns if column not in frame}
        tables[TABLE_OF[source]] = contract.checked(frame.assign(**absent))
    intake = [
        {
            "source": source,
            "file": raw[source].file,
            "note": "; ".join(raw[source].notes) or None,
            "rows_in": len(raw[source].frame),
            "rows_kept": len(one.kept),
            "rows_refused": len({refusal.row for refusal in one.refused}),
        }
        for source, one in judged.items()
    ]
    columns = list(QUARANTINE.columns)
    lines = [
        {"source": source, **{c: getattr(r, c) for c in columns[1:]}} for source, one in judged.items() for r in one.refused
    ]
    tables["intake"] = INTAKE.checked(pd.DataFrame(intake, columns=list(INTAKE.columns)))
    if lines:
        tables["quarantine"] = QUARANTINE.checked(pd.DataFrame(lines, columns=columns))
    _conserved(tables)
    return tables


def _conserved(tables: dict[str, pd.DataFrame]) -> None:
    counts = tables["intake"]
    assert (counts["rows_in"] == counts["rows_kept"] + counts["rows_refused"]).all(), "rows were lost in cleaning"
    for row in counts.itertuples():
        assert len(tables[TABLE_OF[row.source]]) == row.rows_kept, f"rows of {row.source} were lost"
