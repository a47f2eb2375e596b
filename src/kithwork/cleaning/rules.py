"""The rules that a row must pass, whole columns at a time. Each refusal names row, column, what was found and the remedy.

A row is judged by every rule, so that one pass shows all its faults; the rules of a table's contract (range, allowed
values) come from `tables.py`. The files of a source are judged as one, so that a row repeated in another file is found.
A person stays on the staff list though a cell that can be done without cannot be understood: such a cell is emptied.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from kithwork import display
from kithwork.cleaning import spoilt, tenure, times
from kithwork.cleaning.consent import Consent
from kithwork.cleaning.identities import each, normal
from kithwork.cleaning.known import TWO_PARTIES, TWO_PEOPLE, Known, spaced
from kithwork.cleaning.points import onto_points
from kithwork.cleaning.records import Records, gathered
from kithwork.cleaning.redaction_places import EMAIL
from kithwork.contract import Column
from kithwork.errors import nearest
from kithwork.params import Settings
from kithwork.readers.parts.rows import FIELDS, NATURES, TABLE_OF, Rows
from kithwork.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

ID_KINDS = ("person", "party", "anyone", "new_person", "new_party")
"""Kinds of field that hold ids."""

KEY_KINDS = ("email", "name", "domain")
"""Kinds of field that hold other words for the person or party of their row."""

FORMS = {
    "email": (EMAIL, "is not an e-mail address", "Write it as name@example.org, or leave it empty."),
    "domain": (re.compile(r"[\w-]+(?:\.[\w-]+)+"), "is not a domain", "Write it as example.org, or leave it empty."),
}
"""The form that a key must have."""

LABELS = ("unit", "role", "site", "segment", "kind", "relation", "channel", "outcome", "problem")
"""Fields whose words name something on pages."""

Refuse = Callable[..., None]
"""`Faults.refuse`, as the rules are given it."""


@dataclass(frozen=True)
class Judged:
    """The rows of a source, by record and under field names: ids resolved, values typed, as far as they were understood.

    `refused` has a row per fault of the rows that are not kept, `emptied` a row per cell that was emptied in others. Rows
    of people who opted out are in none of these.
    """

    records: Records
    rows: pd.DataFrame
    refused: pd.DataFrame
    emptied: pd.DataFrame

    @cached_property
    def kept(self) -> pd.DataFrame:
        """The rows kept, under table column names and in table types, by record."""
        fields = FIELDS[self.records.source]
        filled = {name: fields[name].column for name in self.rows if fields[name].column}
        return self.rows.drop(index=self.refused["record"].unique(), errors="ignore")[list(filled)].rename(columns=filled)

    def silent_of(self, people: set[str]) -> Judged:
        """The same, with no cell told of that was emptied in a row of these people."""
        theirs = self.emptied["record"].isin(self.rows.index[self.rows["person"].isin(people)])
        return replace(self, emptied=self.emptied[~theirs])


@dataclass
class Faults:
    """The faults of one source, gathered rule by rule."""

    records: Records
    found: list[pd.DataFrame] = field(default_factory=list)

    def refuse(self, where: pd.Series, name: str, reason: str | pd.Series, remedy: str | pd.Series) -> None:
        """Note a fault of the records where `where` is true, in the field called `name`."""
        at = where.index[where]
        if not len(at):
            return
        told = {"reason": reason, "remedy": remedy}
        told = {word: text if isinstance(text, str) else text[at] for word, text in told.items()}
        here = {"record": at, "column": self.records.columns(name, at), "found": self.records.found(name, at)}
        self.found.append(self.records.places.loc[at, ["file", "row"]].assign(**here, **told, field=name))

    def told(self, part: Rows) -> None:
        """Take over what a file's reader could not understand; such a record has a negative number of its own."""
        import pandas as pd

        rows = [(part.file, one.line, one.column, one.reason, one.remedy, one.found) for one in part.faults]
        if rows:
            frame = pd.DataFrame(rows, columns=["file", "row", "column", "reason", "remedy", "found"])
            before = sum(len(one) for one in self.found)
            self.found.append(frame.assign(record=-1 - before - frame.index, field=""))

    def table(self) -> pd.DataFrame:
        """A row per fault."""
        import pandas as pd

        names = ["record", "file", "row", "column", "reason", "remedy", "found", "field"]
        return pd.concat(self.found, ignore_index=True) if self.found else pd.DataFrame(columns=names)


def judge(parts: list[Rows], known: Known, settings: Settings, agreed: Consent) -> Judged:
    """Apply every rule to the files of one source; ids and keys that it defines are added to `known`.

    Rows of people who opted out are taken out as soon as it is known whose they are.
    """
    import pandas as pd

    records, columns, faults = understood(parts, settings)
    source, fields = records.source, FIELDS[records.source]
    optional = [name for name, about in fields.items() if source == "staff" and not about.required]
    frame = _emptied(pd.DataFrame(columns), optional, faults)
    known.learn(source, frame)
    if source == "staff":
        known.spelt.update(*(records.frame[name].str.strip() for name in ("person", "email", "name") if name in frame))
        known.spelt.update(frame["person"].dropna())
        known.spelt.discard("")
        _duplicates(frame, records, settings, faults.refuse)
        found = faults.table()
        lost = frame.index.intersection(found.loc[~found["field"].isin(optional), "record"])
        known.learn_refused(frame.loc[lost], records.lines(lost))
    for name in frame:
        if fields[name].kind in ("person", "party", "anyone"):
            frame[name] = _resolved(frame[name], name, fields[name].kind, known, faults.refuse)
    if source == "staff":
        frame = tenure.with_tenure(frame, settings, faults.refuse)
    frame = _emptied(frame, optional, faults)
    gone = frame.index[agreed.withdrawn(source, frame)]
    frame, records = frame.drop(index=gone), records.without(gone)
    _relations(frame, faults.refuse)
    _ends(frame, known, faults.refuse)
    _order(frame, records.zones(), faults.refuse)
    if source != "staff":
        _duplicates(frame, records, settings, faults.refuse)
    found = faults.table()
    found = found[~found["record"].isin(gone)]
    whole = found.loc[~found["field"].isin(optional), "record"]
    of_a_cell = ~found["record"].isin(whole)
    judged = Judged(records, frame, found[~of_a_cell], found[of_a_cell])
    if settings.bad_rows == "quarantine":
        known.learn(source, frame.loc[judged.kept.index])
    return judged


def _emptied(frame: pd.DataFrame, names: list[str], faults: Faults) -> pd.DataFrame:
    """The rows without the cells of these fields that are at fault."""
    found = faults.table()
    at_fault = {name: found.loc[found["field"] == name, "record"] for name in names if name in frame}
    return frame.assign(**{name: frame[name].mask(frame.index.isin(at)) for name, at in at_fault.items()})


def understood(parts: list[Rows], settings: Settings) -> tuple[Records, dict[str, pd.Series], Faults]:
    """The records of these files, their cells by field in the types of their columns, and what could not be understood."""
    records = gathered(parts)
    faults = Faults(records)
    for part in parts:
        faults.told(part)
    given = onto_points(records, settings, faults.refuse)
    return records, {name: _value(name, given, faults.refuse) for name in records.frame}, faults


def _value(name: str, records: Records, refuse: Refuse) -> pd.Series:
    """One field's cells in the type of its column; absent where empty, or not to be understood."""
    rule, text = FIELDS[records.source][name], records.frame[name].str.strip()
    column = TABLES[TABLE_OF[records.source]].columns.get(rule.column)
    if name in LABELS:
        text = each(text, display.label)
        do = f"Name it in {display.LONGEST_LABEL} at most."
        refuse(text.str.len() > display.LONGEST_LABEL, name, f"has more than {display.LONGEST_LABEL} signs", do)
    if rule.required:
        refuse(text == "", name, "is empty", "Fill it in, or remove the row.")
    value = text.mask(text == "", rule.default)
    if rule.kind in ID_KINDS:
        lost = spoilt.rounded(value)
        refuse(lost, name, *spoilt.ROUNDED_FAULT)
        value = value.mask(lost)
    if rule.kind == "number":
        return _numbers(value, name, column, refuse)
    if rule.kind == "time":
        return _times(value, name, records, refuse)
    if rule.kind in ("new_person", "new_party", *KEY_KINDS):
        return _keys(value, name, rule.kind, refuse)
    if rule.kind == "zone":
        unknown = value.notna() & ~value.isin(available_timezones())
        refuse(unknown, name, "is not a time zone", "Write it as Europe/Copenhagen, or leave it empty.")
        return value
    allowed = NATURES if rule.kind == "nature" else column.allowed if column else ()
    if rule.kind == "word":
        value = value.str.casefold()
    if allowed:
        unknown = value.notna() & ~value.isin(allowed)
        remedy = each(value.where(unknown), lambda word: nearest(word, allowed))
        refuse(unknown, name, "is not an allowed value", remedy)
    return value


def _keys(text: pd.Series, name: str, kind: str, refuse: Refuse) -> pd.Series:
    """Ids and other keys, normalised; those with a form must have it."""
    value = each(text, normal)
    if kind == "name":
        return each(value, spaced)
    if kind in FORMS:
        form, reason, remedy = FORMS[kind]
        refuse(value.notna() & ~value.str.fullmatch(form).fillna(True).astype(bool), name, reason, remedy)
    return value


def _resolved(text: pd.Series, name: str, kind: str, known: Known, refuse: Refuse) -> pd.Series:
    """The ids that these words mean; a word that means nobody, or several, is refused and stays as it is."""
    value = known.resolve(text, kind)
    stranger = ("is not on the staff list", "Add the person there, or correct the id.")
    if kind == "anyone" and known.parties:
        stranger = ("is neither on the staff list nor a known party", "Add it to one of the two, or correct it.")
    if kind == "party":
        stranger = ("is not a known party", "Add it to the list of parties, correct it, or leave it empty.")
    own = known.refused_at(text).where(value.isna() & (kind != "party"))
    refuse(own.notna(), name, "is of the staff list, but its own row there was refused: " + own, "Mend that row.")
    unknown = text.notna() & value.isna() & own.isna()
    refuse(unknown, name, stranger[0], spoilt.remedy(text, unknown, {*known.people, *known.parties}, stranger[1]))
    do = "Name the person by id or e-mail address."
    refuse(value == TWO_PEOPLE, name, "fits two people of the staff list", do)
    refuse(value == TWO_PARTIES, name, "fits two parties", "Name the party by its id.")
    return value.mask(value.isin([TWO_PEOPLE, TWO_PARTIES])).fillna(each(text, normal))


def _relations(frame: pd.DataFrame, refuse: Refuse) -> None:
    if "relation" in frame:
        plus = frame["relation"].str.contains("+", regex=False).fillna(False).astype(bool)
        refuse(plus, "relation", "holds a +, which joins relations here", "Write another sign in its place.")


def _ends(frame: pd.DataFrame, known: Known, refuse: Refuse) -> None:
    """A tie has two ends, and one of them at least is a person."""
    if not {"ego", "alter"} <= set(frame):
        return
    ego, alter = frame["ego"], frame["alter"]
    refuse(ego == alter, "alter", "is the same person as ego", "Remove the row.")
    people, parties = set(known.people.values()), set(known.parties.values())
    outside = parties - people
    both = ego.isin(outside) & alter.isin(outside) & (ego != alter)
    refuse(both, "alter", "is a party, as ego is: nobody of the staff list is in it", "Remove the row.")


def _order(frame: pd.DataFrame, zones: pd.Series, refuse: Refuse) -> None:
    """Nothing becomes of an idea before the day on which it was raised, by the clock of its file."""
    if "raised" not in frame:
        return
    raised = times.days(frame["raised"], zones)
    for name in ("tested", "scaled", "dropped"):
        if name in frame:
            early = times.days(frame[name], zones) < raised
            refuse(early, name, "is before the day on which it was raised", "Correct the earlier or the later of the two.")


def _numbers(text: pd.Series, name: str, column: Column, refuse: Refuse) -> pd.Series:
    import numpy as np
    import pandas as pd

    value = pd.to_numeric(text, errors="coerce").astype("float64")
    broken = text.notna() & ~np.isfinite(value)
    comma = broken & text.str.fullmatch(r"-?\d+(,\d+)+(\.\d+)?").fillna(False).astype(bool)
    do = "Write it without thousands separators, with a point before decimals."
    refuse(comma, name, "holds a comma, which may part thousands or decimals", do)
    refuse(broken & ~comma, name, "is not a number", "Write it in digits, with a point before decimals.")
    unit = "" if column.unit == "money" else f" {column.unit}"
    if column.low is not None:
        refuse(value < column.low, name, f"is below {column.low:g}", f"The smallest allowed is {column.low:g}{unit}.")
    if column.high is not None:
        refuse(value > column.high, name, f"is above {column.high:g}", f"The largest allowed is {column.high:g}{unit}.")
    return value


def _times(text: pd.Series, name: str, records: Records, refuse: Refuse) -> pd.Series:
    value = times.in_utc(text, records.zones())
    do = "Write it as 2026-09-07 or 2026-09-07T14:30+02:00."
    do += " Or say beside `file:` how the file writes them all: `options: {dates: '%d/%m/%Y %H:%M:%S'}`."
    refuse(text.notna() & value.isna(), name, "is not a date", do)
    return value


def _duplicates(frame: pd.DataFrame, records: Records, settings: Settings, refuse: Refuse) -> None:
    """Refuse a row whose key an earlier row has; without direction, a pair is the same either way round."""
    fields, key = FIELDS[records.source], TABLES[TABLE_OF[records.source]].key
    names = [name for name in frame if fields[name].column in key]
    if not names or records.source == "comments":
        return
    keys = frame[names].dropna(subset=[name for name in names if fields[name].required])
    if not settings.engagement.directed and {"ego", "alter"} <= set(names):
        turned = keys["ego"] > keys["alter"]
        keys = keys.assign(ego=keys["ego"].mask(turned, keys["alter"]), alter=keys["alter"].mask(turned, keys["ego"]))
    repeats = keys.duplicated(names)
    if repeats.any():
        alike = keys[keys.duplicated(names, keep=False)]
        first = alike.assign(record=alike.index).groupby(names, dropna=False)["record"].transform("min")[repeats]
        refuse(repeats, names[0], "repeats " + records.named(first, first.index), "Keep one of the two.")
