"""Cleaning: the client's rows become the canonical tables, and every row refused is kept with its reason.

`clean` is the one call of chapter 1. Rows in = rows kept + rows refused, for every file of every source, or it raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork.cleaning import identities, redaction, rules, survey
from kithwork.cleaning.known import Known
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.readers.rows import FIELDS, TABLE_OF, Rows
from kithwork.tables import INTAKE, QUARANTINE, TABLES

if TYPE_CHECKING:
    import pandas as pd


def clean(raw: dict[str, list[Rows]], settings: Settings) -> dict[str, pd.DataFrame]:
    """Every table of the clean stage by name: the client's own, empty ones for what it lacks, intake and quarantine.

    Rows are judged, ids replaced by pseudonyms.

    Raises `UserError` with every row at fault where `bad_rows` is `stop`.
    """
    if "staff" not in raw:
        where = f"engagements.{settings.name}.sources"
        raise UserError(Problem("has no staff list", "params.yaml", "Add `staff:`, the list ties refer to.", column=where))
    known = Known()
    judged = {source: rules.judge(raw[source], known, settings) for source in FIELDS if source in raw}
    if settings.bad_rows == "stop" and (problems := _problems(judged, settings.bad_rows_place)):
        raise UserError(problems)
    tables = {name: table.empty() for name, table in TABLES.items() if table.stage == "clean"}
    pseudonym = identities.pseudonyms(settings)
    for source, one in judged.items():
        frame = one.kept
        if source == "comments":
            frame = frame.assign(text=redaction.redact(frame["text"], known.spelt), comment_id=_numbers(one))
        ids = [field.column for field in FIELDS[source].values() if field.kind in rules.ID_KINDS and field.column in frame]
        frame = frame.assign(**{column: identities.each(frame[column], pseudonym) for column in ids})
        if not settings.engagement.directed and {"ego_id", "alter_id"} <= set(frame):
            ego, alter = frame["ego_id"], frame["alter_id"]
            frame = frame.assign(ego_id=ego.mask(ego > alter, alter), alter_id=alter.mask(ego > alter, ego))
        contract = TABLES[TABLE_OF[source]]
        absent = {column: None for column in contract.columns if column not in frame}
        tables[TABLE_OF[source]] = contract.checked(frame.assign(**absent))
    tables |= survey.assessed(tables["people"], tables["answers"], tables.get("responses"), settings)
    tables["intake"] = _intake(judged)
    tables["quarantine"] = _quarantine(judged)
    _conserved(tables)
    return tables


def _problems(judged: dict[str, rules.Judged], place: str) -> list[Problem]:
    """Every fault once, with the two ways out of it."""
    remedy = f"Mend it there, or set {place}: quarantine in params.yaml to go on without such rows."
    faults = [row for one in judged.values() for row in one.refused.itertuples()]
    found = [Problem(r.reason, r.file, f"{r.remedy} {remedy}", r.found, int(r.row), r.column) for r in faults]
    return list(dict.fromkeys(found))


def _numbers(one: rules.Judged) -> pd.Series:
    """What a comment is found by: its line, with its file's number and its column where those are needed."""
    places = one.records.places.loc[one.kept.index]
    number = places["row"].astype("str") + ("." + places["cell"]).fillna("")
    files = [part.file for part in one.records.parts]
    return number if len(files) == 1 else places["file"].map(lambda file: f"{files.index(file) + 1}.") + number


def _intake(judged: dict[str, rules.Judged]) -> pd.DataFrame:
    import pandas as pd

    found = []
    for source, one in judged.items():
        refused = one.refused.groupby("file")["record"].nunique()
        kept = one.records.places.loc[one.kept.index, "file"].value_counts()
        found += [
            {
                "source": source,
                "file": part.file,
                "note": "; ".join([*part.notes, *_passed_over(part)]) or None,
                "rows_in": len(part.frame) + len(part.faults),
                "rows_kept": int(kept.get(part.file, 0)),
                "rows_refused": int(refused.get(part.file, 0)),
            }
            for part in one.records.parts
        ]
    return INTAKE.checked(pd.DataFrame(found, columns=list(INTAKE.columns)))


def _passed_over(part: Rows) -> list[str]:
    return [f"{what} left out: {count}" for what, count in sorted(part.left_out.items())]


def _quarantine(judged: dict[str, rules.Judged]) -> pd.DataFrame:
    """The faults by place; records that share a place and a fault, as the pairs of one meeting, share a row."""
    import pandas as pd

    found = [one.refused.assign(source=source) for source, one in judged.items() if len(one.refused)]
    if not found:
        return QUARANTINE.empty()
    faults = pd.concat(found)[list(QUARANTINE.columns)]
    return QUARANTINE.checked(faults.drop_duplicates(list(QUARANTINE.key)))


def _conserved(tables: dict[str, pd.DataFrame]) -> None:
    counts = tables["intake"]
    assert (counts["rows_in"] == counts["rows_kept"] + counts["rows_refused"]).all(), "rows were lost in cleaning"
    for source, kept in counts.groupby("source")["rows_kept"].sum().items():
        assert len(tables[TABLE_OF[source]]) == kept, f"rows of {source} were lost"
