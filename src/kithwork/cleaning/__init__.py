"""Cleaning: the client's rows become the canonical tables, and every row refused or set aside is kept with its reason.

`clean` is the one call of chapter 1. Rows in = rows kept + rows refused + rows set aside, for every file of every source,
or it raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork import store
from kithwork.cleaning import (
    collaboration,
    consent,
    corrections,
    filters,
    identities,
    meaning,
    redaction,
    rules,
    staging,
    survey,
)  # fmt: skip
from kithwork.cleaning.known import Known
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.readers.parts.rows import FIELDS, TABLE_OF
from kithwork.tables import INTAKE, QUARANTINE, TABLES

if TYPE_CHECKING:
    import ibis
    import pandas as pd

BOUNDED = tuple(source for source in FIELDS if source != "interactions")
"""Sources that are judged in memory, in the order in which they are known to each other."""
LISTS = ("staff", "parties")
"""Sources that say who and what there is, which words of all others are held against."""


class Cleaned(dict):
    """The tables of the clean stage by name; and in `review`, by name, lists with raw words for a person to decide on."""

    review: dict[str, pd.DataFrame]


def clean(raw: dict[str, list], settings: Settings) -> Cleaned:
    """Every table of the clean stage by name: the client's own, empty ones for what it lacks, and what became of each row.

    `raw` is what `readers.read` gives. `interactions` and `set_aside`, which may be larger than memory, are expressions.

    Raises `UserError` with every row at fault where `bad_rows` is `stop`.
    """
    if "staff" not in raw:
        where = f"engagements.{settings.name}.sources"
        raise UserError(Problem("has no staff list", "params.yaml", "Add `staff:`, the list ties refer to.", column=where))
    correct = corrections.listed(
        store.decided(corrections.FILE, corrections.COLUMNS, settings.name), f"data/raw/{settings.name}/{corrections.FILE}"
    )
    bounded = {source: list(correct.correct(raw[source])) for source in BOUNDED if source in raw}
    logs = [correct.correct(rows) for rows in raw.get("interactions", [])]
    staged = staging.staged(logs, settings) if logs else None
    corrected = correct.finish()
    known = Known()
    first = {source: rules.judge(bounded.pop(source), known, settings) for source in LISTS if source in bounded}
    meant = meaning.found(known, bounded, staged, _staff(first["staff"]), settings)
    judged = first | {source: rules.judge(parts, known, settings) for source, parts in bounded.items()}
    agreed = consent.given(judged)
    pseudonym = identities.pseudonyms(settings)
    met = collaboration.nothing()
    if staged:
        out = agreed.of({"all", "records"})
        met = collaboration.cleaned(staged, judged["staff"].kept, known, meant, out, settings, pseudonym)
    if settings.bad_rows == "stop" and (problems := _problems(judged, met.problems, settings)):
        raise UserError(problems)
    tables = Cleaned({name: table.empty() for name, table in TABLES.items() if table.stage == "clean"})
    tables.review = meant.review
    withdrawn = {source: agreed.withdrawn(source, one.kept) for source, one in judged.items()}
    for source, one in judged.items():
        tables[TABLE_OF[source]] = _table(source, one, ~withdrawn[source], known, agreed, settings, pseudonym)
    tables["intake"] = _intake(judged, withdrawn, met)
    tables["interactions"], tables["set_aside"] = met.interactions, _set_aside(judged, withdrawn, met)
    _conserved(tables)
    tables["parties"] = _with_unlisted(tables["parties"], meant, pseudonym)
    tables |= survey.assessed(tables["people"], tables["answers"], tables["responses"], settings)
    tables["quarantine"] = _quarantine(judged, met.faults)
    told = {"filters": met.steps, "clocks": met.shifts, "person_weeks": met.person_weeks, "arrivals": met.arrivals}
    tables |= {name: TABLES[name].checked(frame) for name, frame in told.items()} | {"corrections": corrected}
    return tables


def _staff(judged: rules.Judged) -> pd.DataFrame:
    """The staff list as names are held against it: person, and email, name, unit, tenure_months where it has them."""
    text = judged.records.frame.loc[judged.kept.index]
    found = text[[name for name in ("email", "name", "unit") if name in text]].apply(lambda cells: cells.str.strip())
    found = found.mask(found == "")
    tenure = {"tenure_months": judged.kept["tenure_months"]} if "tenure_months" in judged.kept else {}
    return found.assign(person=judged.kept["person_id"], **tenure).reset_index(drop=True)


def _with_unlisted(parties: pd.DataFrame, meant: meaning.Meaning, pseudonym) -> pd.DataFrame:
    """The parties, with those known by their domain alone."""
    import pandas as pd

    rows = [(pseudonym(domain), kind, segment or None) for domain, (kind, segment) in meant.parties.items()]
    found = pd.DataFrame(rows, columns=["party_id", "kind", "segment"])
    return TABLES["parties"].checked(pd.concat([parties, found], ignore_index=True)) if rows else parties


def _table(source, one, used, known, agreed, settings, pseudonym) -> pd.DataFrame:
    """The clean table of one source, under pseudonyms."""
    frame = one.kept[used]
    contract = TABLES[TABLE_OF[source]]
    if source == "comments":
        frame = frame.assign(text=redaction.redact(frame["text"], known.spelt), comment_id=_numbers(one)[used])
    if source == "staff":
        silent = frame["person_id"].isin(agreed.out["all"])
        rest = [column for column in frame if column != "person_id"]
        frame = frame.assign(**{column: frame[column].mask(silent) for column in rest})
    ids = [field.column for field in FIELDS[source].values() if field.kind in rules.ID_KINDS and field.column in frame]
    frame = frame.assign(**{column: identities.each(frame[column], pseudonym) for column in ids})
    if not settings.engagement.directed and {"ego_id", "alter_id"} <= set(frame):
        ego, alter = frame["ego_id"], frame["alter_id"]
        frame = frame.assign(ego_id=ego.mask(ego > alter, alter), alter_id=alter.mask(ego > alter, ego))
    absent = {column: None for column in contract.columns if column not in frame}
    return contract.checked(frame.assign(**absent))


def _problems(judged: dict[str, rules.Judged], staged: list[Problem], settings: Settings) -> list[Problem]:
    """Every fault once, with the two ways out of it."""
    from dataclasses import replace

    remedy = f"Mend it there, or set {settings.bad_rows_place}: quarantine in params.yaml to go on without such rows."
    faults = [row for one in judged.values() for row in one.refused.itertuples()]
    found = [Problem(r.reason, r.file, r.remedy, r.found, int(r.row), r.column) for r in faults] + staged
    return list(dict.fromkeys(replace(one, do=f"{one.do} {remedy}") for one in found))


def _numbers(one: rules.Judged) -> pd.Series:
    """What a comment is found by: its line, with its file's number and its column where those are needed."""
    places = one.records.places.loc[one.kept.index]
    number = places["row"].astype("str") + ("." + places["cell"]).fillna("")
    files = [part.file for part in one.records.parts]
    return number if len(files) == 1 else places["file"].map(lambda file: f"{files.index(file) + 1}.") + number


def _set_aside(judged: dict[str, rules.Judged], withdrawn: dict[str, pd.Series], met: collaboration.Cleaned) -> ibis.Table:
    """Where rows were set aside, and by which step."""
    import ibis
    import pandas as pd

    names = ["source", "file", "row", "column", "step", "records"]
    rows = met.set_aside.mutate(source=ibis.literal("interactions")).select(names)
    others = pd.concat(
        [one.records.places.loc[gone.index[gone]].assign(source=source) for source, one, gone in _zipped(judged, withdrawn)]
    )
    if not len(others):
        return rows
    others = others.rename(columns={"cell": "column"}).assign(step=filters.STEPS[0].name)
    others = others.groupby(names[:-1], dropna=False, as_index=False).size().rename(columns={"size": "records"})
    return rows.union(ibis.memtable(others[names]))


def _zipped(judged, withdrawn):
    return [(source, one, withdrawn[source]) for source, one in judged.items()]


def _intake(judged, withdrawn, met: collaboration.Cleaned) -> pd.DataFrame:
    import pandas as pd

    found = []
    for source, one in judged.items():
        refused = one.refused.groupby("file")["record"].nunique()
        used = one.kept.index[~withdrawn[source]]
        kept = one.records.places.loc[used, "file"].value_counts()
        aside = one.records.places.loc[one.kept.index.difference(used), "file"].value_counts()
        found += [
            {
                "source": source,
                "file": part.file,
                "note": _note(part.notes, part.left_out),
                "rows_in": len(part.frame) + len(part.faults),
                "rows_kept": int(kept.get(part.file, 0)),
                "rows_refused": int(refused.get(part.file, 0)),
                "rows_set_aside": int(aside.get(part.file, 0)),
            }
            for part in one.records.parts
        ]
    counts = met.arrivals.groupby("file")[["records", "kept"]].sum()
    for one in met.files:
        records, kept = (int(counts[name].get(one.file, 0)) for name in ("records", "kept"))
        found.append(
            {
                "source": "interactions",
                "file": one.file,
                "note": _note(one.notes, one.left_out),
                "rows_in": one.rows,
                "rows_kept": kept,
                "rows_refused": one.faulty,
                "rows_set_aside": records - kept,
            }
        )
    return INTAKE.checked(pd.DataFrame(found, columns=list(INTAKE.columns)))


def _note(notes, left_out) -> str | None:
    return "; ".join([*notes, *(f"{what} left out: {count:,}" for what, count in sorted(left_out.items()))]) or None


def _quarantine(judged: dict[str, rules.Judged], faults: pd.DataFrame) -> pd.DataFrame:
    """The faults by place; records that share a place and a fault, as the pairs of one meeting, share a row."""
    import pandas as pd

    found = [one.refused.assign(source=source) for source, one in judged.items() if len(one.refused)]
    if len(faults):
        found.append(faults.assign(source="interactions"))
    if not found:
        return QUARANTINE.empty()
    faults = pd.concat(found)[list(QUARANTINE.columns)]
    return QUARANTINE.checked(faults.drop_duplicates(list(QUARANTINE.key)))


def _conserved(tables: dict) -> None:
    counts = tables["intake"]
    gone = counts["rows_refused"] + counts["rows_set_aside"]
    assert (counts["rows_in"] == counts["rows_kept"] + gone).all(), "rows were lost in cleaning"
    for source, kept in counts.groupby("source")["rows_kept"].sum().items():
        table = tables[TABLE_OF[source]]
        rows = len(table) if source in BOUNDED else table.count().execute()
        assert rows == kept, f"rows of {source} were lost"
    aside = tables["set_aside"].records.sum().execute() or 0
    assert int(aside) == counts["rows_set_aside"].sum(), "rows set aside were lost"
