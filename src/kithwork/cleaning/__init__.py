"""Cleaning: the client's rows become the canonical tables, and every row refused or set aside is kept with its reason.

`clean` is the one call of chapter 1. Rows of people who opted out are taken out before anything is counted; of the others,
rows in = rows kept + rows refused + rows set aside, for every file of every source, or it raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork import lists
from kithwork.cleaning import (
    collaboration,
    consent,
    corrections,
    identities,
    labels,
    lying,
    meaning,
    redaction,
    rules,
    stafflist,
    staging,
    survey,
    workplace,
)  # fmt: skip
from kithwork.cleaning.known import Known
from kithwork.cleaning.redaction_names import Names, outside
from kithwork.contract import Table
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.readers.parts.lying import Lying
from kithwork.readers.parts.rows import FIELDS, TABLE_OF
from kithwork.tables import EMPTIED, INTAKE, QUARANTINE, TABLES

if TYPE_CHECKING:
    import pandas as pd

LISTS = ("staff", "parties")
"""Sources that say who and what there is, which words of all others are held against."""
CONSENT = ("opt_outs", "responses")
"""Sources that say whose rows of the others may be used."""
BOUNDED = tuple(dict.fromkeys((*LISTS, *CONSENT, *(source for source in FIELDS if source != "interactions"))))
"""Sources that are judged in memory, in the order in which they are known to each other."""


class Cleaned(dict):
    """The tables of the clean stage by name; and in `review`, by name, lists with raw words for a person to decide on."""

    review: dict[str, pd.DataFrame]


def clean(raw: dict[str, list], settings: Settings, *, keeps: bool = True) -> Cleaned:
    """Every table of the clean stage by name: the client's own, empty ones for what it lacks, and what became of each row.

    `raw` is what `readers.read` gives. `interactions` and `set_aside`, which may be larger than memory, are a log and an
    expression, or frames without rows where no contact was brought. `keeps`: whether it is done to be kept; else it leaves
    nothing, here or at an engine.

    Raises `UserError` with every row at fault where `bad_rows` is `stop`.
    """
    if not raw:
        do = f"Put them into data/raw/{settings.name}/, then: kithwork map {settings.name}"
        raise UserError(Problem("waits for its files: no source names any", "params.yaml", do, found=settings.name))
    if "staff" not in raw:
        where = f"engagements.{settings.name}.sources"
        raise UserError(
            Problem(
                "has no staff list",
                "params.yaml",
                "Put it into the study's folder and add it as `staff:` (kithwork map does); ties refer to it.",
                column=where,
            )
        )
    lists.expect_decisions(settings.name)
    correct = corrections.listed(
        lists.decided(corrections.FILE, corrections.COLUMNS, settings.name), f"data/raw/{settings.name}/{corrections.FILE}"
    )
    bounded = {source: list(correct.correct(raw[source])) for source in BOUNDED if source in raw}
    staged = _staged(raw.get("interactions", []), correct, settings, keeps)
    corrected = correct.finish()
    known = Known()
    agreed = consent.Consent()
    judged = {source: rules.judge(bounded.pop(source), known, settings, agreed) for source in LISTS if source in bounded}
    early = consent.so_far({one: rules.judge(bounded[one], known, settings, agreed) for one in CONSENT if one in bounded})
    silent = early.of(consent.WITHDRAWS["interactions"]["ego"])
    meant = meaning.found(known, bounded, staged, stafflist.held_against(judged["staff"]), silent, settings)
    for source, parts in bounded.items():
        judged[source] = rules.judge(parts, known, settings, agreed)
        agreed = consent.given(judged)
    judged["staff"] = judged["staff"].silent_of(agreed.out["all"])
    pseudonym = identities.pseudonyms(settings)
    met, said = collaboration.nothing(), _said(judged)
    if staged:
        out = agreed.of(consent.WITHDRAWS["interactions"]["ego"])
        left = staged.without(lambda words: known.resolve(words, "anyone").isin(out))
        met = collaboration.cleaned(left, judged["staff"].kept, known, meant, settings, pseudonym, keeps=keeps)
        said |= left.said()
    meant = meant.of(said)
    if settings.bad_rows == "stop" and (problems := _problems(judged, met.problems, settings)):
        raise UserError(problems)
    tables = Cleaned({name: table.empty() for name, table in TABLES.items() if table.stage == "clean"})
    tables.review = meant.review
    names = Names.of({*known.spelt, *known.people, *outside([*said, *(staged.words if staged else ())])}, known.parties)
    for source, one in judged.items():
        tables[TABLE_OF[source]] = _table(source, one, names, agreed, settings, pseudonym)
    tables["intake"] = _intake(judged, agreed, met)
    tables["interactions"], tables["set_aside"] = met.interactions, met.set_aside
    _conserved(tables)
    tables["opt_outs"] = _opt_outs(agreed, judged["staff"], pseudonym)
    tables["parties"] = _with_unlisted(tables["parties"], meant, pseudonym)
    refused = _refused_answers(judged.get("answers"), pseudonym)
    tables |= survey.assessed(tables["people"], tables["answers"], tables["responses"], refused, settings)
    tables["quarantine"] = _places({source: one.refused for source, one in judged.items()}, QUARANTINE, met.faults)
    tables["emptied"] = _places({source: one.emptied for source, one in judged.items()}, EMPTIED)
    lines = [lists.decided(name, columns, settings.name) for name, columns in labels.FILES.items()]
    said = labels.words(*lines, f"data/raw/{settings.name}")
    tables["labels"] = labels.labels(said, known, agreed, pseudonym)
    told = {"filters": met.steps, "clocks": met.shifts, "person_weeks": met.person_weeks, "arrivals": met.arrivals}
    tables |= {name: TABLES[name].checked(frame) for name, frame in told.items()} | {"corrections": corrected}
    return tables


def _staged(
    logs: list, correct: corrections.Corrections, settings: Settings, keeps: bool
) -> staging.Staged | lying.Judged | None:
    """The contacts of all files: judged where they lie, where all of them can be and no correction speaks of a row of one;
    else gone through batch by batch, so that one numbering of messages goes through all."""
    place = workplace.of(settings)
    if place.is_elsewhere and keeps:
        place.connection.ready()
    corrected = [one.file for one in logs if isinstance(one, Lying) and correct.of(one.file)]
    if place.is_elsewhere and corrected:
        do = "Take the line out, and mend the table there: its rows have no numbers."
        raise UserError(Problem("corrects a table at an engine", correct.name, do, found=name) for name in corrected)
    if logs and not corrected and all(isinstance(one, Lying) for one in logs):
        return lying.staged(logs, place, settings)
    return staging.staged([correct.correct(rows) for rows in logs], settings) if logs else None


def _said(judged: dict[str, rules.Judged]) -> set[str]:
    """Words for people and parties in the rows of those who did not opt out."""
    found: set[str] = set()
    for source, one in judged.items():
        names = [name for name, about in FIELDS[source].items() if about.kind in (*meaning.PEOPLE_KINDS, "party")]
        found |= {word.strip() for name in names if name in one.records.frame for word in one.records.frame[name].dropna()}
    return found


def named(settings: Settings) -> pd.DataFrame:
    """Whom pseudonyms mean, for a list that a person is to fill in: person_id, person (as the staff list has it), name."""
    from kithwork import readers
    from kithwork.readers.parts.rows import whole

    parts = [whole(readers.batches("staff", spec, settings)) for spec in settings.engagement.sources["staff"]]
    staff = stafflist.held_against(rules.judge(parts, Known(), settings, consent.Consent()))
    names = staff["name"].fillna("") if "name" in staff else ""
    ids = identities.each(staff["person"], identities.pseudonyms(settings))
    return staff[["person"]].assign(person_id=ids, name=names)


def _with_unlisted(parties: pd.DataFrame, meant: meaning.Meaning, pseudonym) -> pd.DataFrame:
    """The parties, with those known by their domain alone."""
    import pandas as pd

    rows = [(pseudonym(domain), kind, segment or None) for domain, (kind, segment) in meant.parties.items()]
    found = pd.DataFrame(rows, columns=["party_id", "kind", "segment"])
    return TABLES["parties"].checked(pd.concat([parties, found], ignore_index=True)) if rows else parties


def _table(source, one, names, agreed, settings, pseudonym) -> pd.DataFrame:
    """The clean table of one source, under pseudonyms."""
    frame = one.kept
    contract = TABLES[TABLE_OF[source]]
    if source == "comments":
        words = {name: redaction.redact(frame[name], names) for name in ("prompt", "text")}
        frame = frame.assign(**words, comment_id=_numbers(one))
    if source == "opportunities" and "problem" in frame:
        frame = frame.assign(problem=redaction.redact(frame["problem"], names))
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


def _opt_outs(agreed: consent.Consent, staff: rules.Judged, pseudonym) -> pd.DataFrame:
    """Who withdrew what, by the list or by a tick: of a refused response too, which no other table has."""
    import pandas as pd

    listed = {*staff.kept["person_id"]}
    rows = [(pseudonym(person), scope) for scope, people in agreed.out.items() for person in people & listed]
    return TABLES["opt_outs"].checked(pd.DataFrame(rows, columns=["person_id", "scope"], dtype="str"))


def _problems(judged: dict[str, rules.Judged], staged: list[Problem], settings: Settings) -> list[Problem]:
    """Every fault once, with the two ways out of it."""
    from dataclasses import replace

    go_on = f"Mend it there, or set {settings.bad_rows_place}: quarantine in params.yaml to go on without such"
    rows, cells = (
        [
            Problem(fault.reason, fault.file, fault.remedy, fault.found, int(fault.row), fault.column)
            for one in judged.values()
            for fault in getattr(one, name).itertuples()
        ]
        for name in ("refused", "emptied")
    )
    told = [*((one, "rows") for one in [*rows, *staged]), *((one, "cells") for one in cells)]
    return list(dict.fromkeys(replace(one, do=f"{one.do} {go_on} {what}.") for one, what in told))


def _numbers(one: rules.Judged) -> pd.Series:
    """What a comment is found by: its line, with its file's number and its column where those are needed."""
    places = one.records.places.loc[one.kept.index]
    number = places["row"].astype("str") + ("." + places["cell"]).fillna("")
    files = [part.file for part in one.records.parts]
    return number if len(files) == 1 else places["file"].map(lambda file: f"{files.index(file) + 1}.") + number


def _intake(judged: dict[str, rules.Judged], agreed: consent.Consent, met: collaboration.Cleaned) -> pd.DataFrame:
    import pandas as pd

    found = []
    for source, one in judged.items():
        there = one.records.places["file"].value_counts()
        refused = one.refused.groupby("file")["record"].nunique()
        kept = one.records.places.loc[one.kept.index, "file"].value_counts()
        found += [
            {
                "source": source,
                "file": part.file,
                "note": _note(
                    [*part.notes, *agreed.notes(source), *(stafflist.notes(one, part.file) if source == "staff" else [])],
                    part.left_out,
                ),
                "rows_in": int(there.get(part.file, 0)) + len(part.faults),
                "rows_kept": int(kept.get(part.file, 0)),
                "rows_refused": int(refused.get(part.file, 0)),
                "rows_set_aside": 0,
            }
            for part in one.records.parts
        ]
    if not met.files:
        return INTAKE.checked(pd.DataFrame(found, columns=list(INTAKE.columns)))
    kept = met.arrivals.groupby("file")["kept"].sum()
    aside = met.set_aside.group_by("file").agg(records=met.set_aside.records.sum()).to_pandas().set_index("file")["records"]
    found += [
        {
            "source": "interactions",
            "file": one.file,
            "note": _note([*one.notes, *agreed.notes("interactions")], one.left_out),
            "rows_in": int(met.rows.loc[one.file, "rows"]),
            "rows_kept": int(kept.get(one.file, 0)),
            "rows_refused": int(met.rows.loc[one.file, "faulty"]),
            "rows_set_aside": int(aside.get(one.file, 0)),
        }
        for one in met.files
    ]
    return INTAKE.checked(pd.DataFrame(found, columns=list(INTAKE.columns)))


def _note(notes, left_out) -> str | None:
    return "; ".join([*notes, *(f"{what} left out: {count:,}" for what, count in sorted(left_out.items()))]) or None


def _refused_answers(answers: rules.Judged | None, pseudonym) -> pd.DataFrame:
    """Answers that were given and refused: person_id and item."""
    import pandas as pd

    if answers is None or "value" not in answers.rows:
        return pd.DataFrame(columns=["person_id", "item"])
    given = answers.rows[answers.records.frame["value"].str.strip() != ""]
    lost = given.loc[given.index.difference(answers.kept.index), ["person", "item"]]
    return lost.assign(person_id=identities.each(lost["person"], pseudonym))[["person_id", "item"]]


def _places(judged: dict[str, pd.DataFrame], contract: Table, met: pd.DataFrame | None = None) -> pd.DataFrame:
    """Faults by place; records that share a place and a fault, as the pairs of one meeting, share a row."""
    import pandas as pd

    by_source = judged | ({} if met is None else {"interactions": met})
    found = [faults.assign(source=source) for source, faults in by_source.items() if len(faults)]
    if not found:
        return contract.empty()
    faults = pd.concat(found)[list(contract.columns)]
    return contract.checked(faults.drop_duplicates(list(contract.key)))


def _count(table) -> int:
    """The rows of a frame, a log, or an expression at an engine."""
    if hasattr(table, "iloc"):
        return len(table)
    return table.count_rows() if hasattr(table, "count_rows") else int(table.count().to_pandas())


def _conserved(tables: dict) -> None:
    counts = tables["intake"]
    gone = counts["rows_refused"] + counts["rows_set_aside"]
    assert (counts["rows_in"] == counts["rows_kept"] + gone).all(), "rows were lost in cleaning"
    for source, kept in counts.groupby("source")["rows_kept"].sum().items():
        table = tables[TABLE_OF[source]]
        rows = _count(table)
        assert rows == kept, f"rows of {source} were lost"
