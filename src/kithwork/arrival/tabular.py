"""What a table is: one source or a survey of several, its columns as fields, and what must be asked to be sure."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from textwrap import shorten

from kithwork.arrival import dayforms, fields, headings, surveys
from kithwork.arrival.facts import ADDRESS, MESSAGE, OTHER_DAY, Column
from kithwork.arrival.fields import Fit, Match
from kithwork.arrival.looked import Looked, Reading
from kithwork.arrival.questions import Noted, Question
from kithwork.arrival.sampled import Table
from kithwork.arrival.synonyms import CHANNELS, FILES
from kithwork.readers.parts.rewritten import HALVES
from kithwork.readers.parts.rows import FIELDS
from kithwork.tables import CHANNELS as ALL_CHANNELS

SURE_OF_SOURCE, SURE_OF_ANOTHER_LIST, APART = 0.55, 0.8, 0.06
"""Score from which a source is taken without asking; from which a second staff list is; how far the next must lie below."""
TIMES = frozenset(name for fields_of in FIELDS.values() for name, about in fields_of.items() if about.kind == "time")
WITH_FORMS, SURE_OF_FORM = ("csvfile", "xlsx"), 0.6
"""Fields that hold days or times; the readers that can be told how these are written; how many cells must show it."""
SEVERAL = 0.02
"""Share of cells with several addresses from which a column is one of receivers."""
MOST_LISTED = 0.5
"""Share of people who are on the staff list already, above which another list is the same one again."""
MOST_COLUMNS = 512
"""Columns of a table that are looked at; those after them are passed over."""
NONE_OF_THESE = "none of these"
CLOCK = re.compile(r".*\d[T ]\d\d?:\d\d.*")
TICKS = frozenset({"0", "1", "x", "yes", "no", "ja", "nein", "oui", "non", "si", "nej", "sim", "nao", "true", "false"})


def looked(name: str, table: Table, people: frozenset[str], ask: Noted, sheet: str = "") -> Looked:
    """A table as what it is; `people` are words for those on the staff list, none where there is no list yet."""
    called = f"{name}, sheet {sheet}" if sheet else name
    if not table.rows:
        return Looked(called, "a table", why_not="has a heading and no rows: export it again, with its rows")
    reader, columns, sources = surveys.sources(table)
    if sources:
        return _survey(name, table, (reader, columns, sources), people, ask)
    if known := _known(name, table):
        return known
    ask.header = table.header
    if (sent := _sent(table)) and table.reader == "csvfile":
        return _messages(name, called, table, sent, ask)
    hint = headings.told(PurePosixPath(name).stem, FILES)
    fits = fields.best(table.columns[:MOST_COLUMNS], people, hint)
    if share := _listed(table, fits, people):
        if fits[0].source == "staff" and fits[0].score >= SURE_OF_ANOTHER_LIST:
            why = f"is a second staff list: {share:.0%} of its people are on the first. Keep here the one that counts"
            return Looked(called, "a table", why_not=why)
        fits = [fit for fit in fits if fit.source != "staff"]
    fit = _source(called, fits, ask, bool(people))
    if fit is None:
        return Looked(called, "a table", why_not=_why_not(table, fits))
    return _as(name, called, table, fit, ask)


def _listed(table: Table, fits: list[Fit], people: frozenset[str]) -> float:
    """The share of a table's people who are on the staff list already, so that it is none itself; 0 where it may be one."""
    as_staff = next(fit for fit in fits if fit.source == "staff")
    ids = next((match.column for match in as_staff.matches if match.field == "person"), "")
    share = _of(table, ids).among(people) if ids else 0.0
    return share if share > MOST_LISTED else 0.0


def _source(called: str, fits: list[Fit], ask: Noted, listed: bool) -> Fit | None:
    """The source that a table is, asked where two come near or none is sure; None where it is none."""
    able = [fit for fit in fits if fit.score > 0]
    if not able:
        return None
    first, *others = able
    near = [fit for fit in others if fit.score > first.score - APART]
    if first.score >= (SURE_OF_ANOTHER_LIST if listed and first.source == "staff" else SURE_OF_SOURCE) and not near:
        return first
    choices = tuple(fit.source for fit in sorted(fits, key=lambda fit: fit not in able))
    said = ask(Question(called, "what is this file?", (*choices, NONE_OF_THESE), first.source))
    return next((fit for fit in fits if fit.source == said), None)


def _as(name: str, called: str, table: Table, fit: Fit, ask: Noted) -> Looked:
    """A table as one source."""
    against = dict(fit.against)
    if fit.source == "nominations" and (side_by_side := _side_by_side(table, fit)):
        return Looked(called, "a table", passed_over=against, why_not=side_by_side)
    taken: dict[str, tuple[str, float]] = {}
    for match in fit.matches:
        column, score = _column(called, fit.source, match, ask)
        if column and column not in {one for one, _ in taken.values()}:
            taken[match.field] = column, score
        elif not column:
            against.setdefault(match.column, f"may be {_worded(match.field)}, which nobody said")
    as_of = ""
    if fit.source == "staff":
        _whole_or_halves(taken)
        as_of = _day_of_list(called, table, taken, against, ask)
    form = _form_of_days(called, table, taken, against, ask)
    if fit.source == "nominations" and "relation" not in taken and (only := _only_words_left(table, taken)):
        taken["relation"] = only, fields.SURE
        against.pop(only, None)
    constants = {}
    for field in fields.CONSTANTS:
        if field in FIELDS[fit.source] and field not in taken and (said := _constant(called, field, table, name, ask)):
            constants[field] = said
    lacks = [one for one, about in FIELDS[fit.source].items()
             if about.required and about.default is None and one not in taken and one not in constants]  # fmt: skip
    if lacks:
        why = f"looks like {fit.source}, but which column is {', '.join(map(_worded, lacks))} is not sure"
        return Looked(called, "a table", passed_over=against, why_not=why)
    spec: dict[str, object] = {"file": name} | ({} if table.reader == "csvfile" else {"reader": table.reader})
    spec |= _settings(table)
    if form:
        spec["options"] = {**spec.get("options", {}), "dates": form}
    if zone := _zone(called, table, taken, ask):
        spec["timezone"] = zone
    order = [one for one in FIELDS[fit.source] if one in taken]
    spec["columns"] = {one: taken[one][0] for one in order}
    if constants:
        spec["constants"] = constants
    scores = {one: taken[one][1] for one in order}
    reading = Reading(fit.source, spec, scores, _sites(table, fit, taken), as_of)
    against |= dict.fromkeys(table.header[MOST_COLUMNS:], f"stands after the first {MOST_COLUMNS} columns, not looked at")
    others = {one: against.get(one, "") for one in table.header if one and one not in spec["columns"].values()}
    return Looked(called, "a table", (reading,), others)


def _column(called: str, source: str, match: Match, ask: Noted) -> tuple[str, float]:
    """The column of a field, asked where it is not sure; nothing where it is left out."""
    if match.sure:
        return match.column, match.score
    if not FIELDS[source][match.field].required and match.score < 0.6 and not match.rivals:
        return "", 0.0
    choices = (match.column, *match.rivals, NONE_OF_THESE)
    said = ask(Question(called, f"which column is {_worded(match.field)}?", choices, match.column))
    return ("", 0.0) if said in ("", NONE_OF_THESE) else (said, match.score)


def _side_by_side(table: Table, fit: Fit) -> str:
    """That relations are columns of ticks, which no reader takes; nothing where they are not."""
    ticked = [one.heading for one in table.columns if one.filled and one.among(TICKS) == 1.0 and one.distinct <= 2]
    if len(ticked) < 2 or "relation" in {match.field for match in fit.matches}:
        return ""
    return f"has a column for each relation ({', '.join(ticked[:3])}): make it a row for each relation named"


def _whole_or_halves(taken: dict[str, tuple[str, float]]) -> None:
    """Takes no halves of a name beside the whole, and none alone."""
    if "name" in taken or not {*HALVES} <= taken.keys():
        for half in HALVES:
            taken.pop(half, None)


def _day_of_list(
    called: str, table: Table, taken: dict[str, tuple[str, float]], against: dict[str, str], ask: Noted
) -> str:
    """The day that a staff list is of, where it has days of starting and no tenure; without it they are passed over."""
    if "started" not in taken:
        return ""
    heading, _ = taken["started"]
    if "tenure_months" in taken:
        taken.pop("started")
        return ""
    column = _of(table, heading)
    form = next(iter(dayforms.fitting(column.filled)), "")
    last = max((dayforms.in_iso(cell, form) if form else cell[:10] for cell in column.filled), default="")
    what = "of which day is this list (as 2026-09-30; - leaves tenure out)? Tenure is counted up to it"
    said = ask(Question(called, what, (), last))
    if dayforms.in_iso(said, "%Y-%m-%d"):
        return said
    taken.pop("started")
    against[heading] = "of which day the list is was not said, up to which tenure would be counted"
    return ""


def _form_of_days(
    called: str, table: Table, taken: dict[str, tuple[str, float]], against: dict[str, str], ask: Noted
) -> str:
    """How times are written whose year is not first: asked where day and month could be either."""
    found = ""
    for field, (heading, _) in list(taken.items()):
        column = _of(table, heading)
        if field not in TIMES or column.share(OTHER_DAY) < SURE_OF_FORM:
            continue
        forms = dayforms.fitting(column.filled)
        if table.reader not in WITH_FORMS or (found and found not in forms):
            taken.pop(field)
            against[heading] = "has dates in a form that cannot be told for it alone: write them as 2026-01-31"
        elif not found:
            what = f"how are days under {heading} written (as {column.filled[0]})?"
            found = forms[0] if len(forms) == 1 else ask(Question(called, what, forms, forms[0]))
            if not found:
                taken.pop(field)
                against[heading] = "may have the day or the month first, which nobody said"
    return found


def _of(table: Table, heading: str) -> Column:
    return next(one for one in table.columns if one.heading == heading)


def _only_words_left(table: Table, taken: dict[str, tuple[str, float]]) -> str:
    """Of a table of who names whom, the one further column, if it holds few words: in which relation."""
    rest = [one for one in table.columns if one.heading and one.heading not in {heading for heading, _ in taken.values()}]
    if len(rest) != 1 or len(taken) != 2:
        return ""
    words = not rest[0].numbers and not rest[0].days and not rest[0].long
    return rest[0].heading if words and 1 < rest[0].distinct <= len(rest[0].filled) / 2 else ""


def _constant(called: str, field: str, table: Table, name: str, ask: Noted) -> str:
    """What a field is for the whole file, told by the file's name or its headings, or asked."""
    stem = PurePosixPath(name).stem
    if field == "channel":
        mailed = any(column.share(MESSAGE) > 0.6 for column in table.columns)
        by_heading = "mail" if mailed else headings.told(" ".join(table.header), CHANNELS)
        by_name = headings.told(stem, CHANNELS)
        best = by_name or by_heading
        if best and by_heading in ("", best):
            return best
        return ask(Question(called, "by which channel was this contact?", ALL_CHANNELS, best or ALL_CHANNELS[0]))
    return "_".join(headings.words(stem)) or "tie"


def _worded(field: str) -> str:
    return f"`{field}`"


def _settings(table: Table) -> dict[str, object]:
    """What the reader must be told of the file: its encoding where not UTF-8, what parts its cells, its heading's row."""
    return {key: value for key, value in table.settings.items() if value != "utf-8"}


def _encoding(table: Table) -> dict[str, object]:
    """The encoding alone, for readers that find out themselves what parts cells."""
    return {key: value for key, value in _settings(table).items() if key == "encoding"}


def _zone(called: str, table: Table, taken: dict[str, tuple[str, float]], ask: Noted) -> str:
    """The zone of clock times that name none: asked, unless the heading says UTC."""
    for field, (heading, _) in taken.items():
        column = next(one for one in table.columns if one.heading == heading)
        if field in ("at", "started", "ended") and column.share(CLOCK) > 0.5 and column.zoned < 0.5:
            if {"utc", "gmt"} & {*headings.words(heading)}:
                return "UTC"
            what = f"in which time zone are the times under {heading} (for example Europe/Copenhagen)?"
            return ask(Question(called, what, (), "UTC"))
    return ""


def _words(table: Table, heading: str) -> tuple[str, ...]:
    column = next((one for one in table.columns if one.heading == heading), None)
    return tuple(sorted(set(column.filled))) if column else ()


def _sites(table: Table, fit: Fit, taken: dict[str, tuple[str, float]]) -> tuple[str, ...]:
    return _words(table, taken["site"][0]) if fit.source == "staff" and "site" in taken else ()


def _sent(table: Table) -> dict[str, str]:
    """The columns of a list of messages with several receivers in a cell, by field; nothing where it is none."""

    def headed(field: str, several: bool) -> list[str]:
        return [
            one.heading for one in table.columns
            if (one.several_addresses > SEVERAL) == several and one.share(ADDRESS) + one.several_addresses > SURE_OF_FORM
            and headings.of_field(one.heading, "interactions", field) >= fields.SURE
        ]  # fmt: skip

    moments = [one for one in table.columns if max(one.days, one.share(OTHER_DAY)) >= SURE_OF_FORM]
    moments.sort(key=lambda one: -headings.of_field(one.heading, "interactions", "at"))
    senders, receivers = headed("ego", several=False), headed("alter", several=True)
    if not (senders and receivers and moments):
        return {}
    found = {"sender": senders[0], "recipients": receivers[0], "at": moments[0].heading}
    copied = [one.heading for one in table.columns if headings.words(one.heading) == ("cc",)]
    named = {one.heading: headings.of_field(one.heading, "interactions", "message") for one in table.columns}
    ids = [heading for heading, score in named.items() if score >= fields.SURE]
    return found | ({"cc": copied[0]} if copied else {}) | ({"message": ids[0]} if ids else {})


def _messages(name: str, called: str, table: Table, columns: dict[str, str], ask: Noted) -> Looked:
    """A message a row, read by the reader of messages."""
    if table.settings.get("options"):
        why = "has several receivers in a cell: save it with commas between cells, without lines above the heading"
        return Looked(called, "a list of messages", why_not=why)
    taken, against = {"at": (columns["at"], 1.0)}, {}
    form = _form_of_days(called, table, taken, against, ask)
    if not taken:
        return Looked(called, "a list of messages", passed_over=against, why_not="has times whose form is not sure")
    spec: dict[str, object] = {"file": name, "reader": "messages"} | _encoding(table)
    spec |= {"options": {"dates": form}} if form else {}
    spec |= {"timezone": zone} if (zone := _zone(called, table, taken, ask)) else {}
    spec["columns"] = columns
    if (channel := _constant(called, "channel", table, name, ask)) not in ("", "mail"):
        spec["constants"] = {"channel": channel}
    others = {one: "" for one in table.header if one not in columns.values()}
    return Looked(called, "a list of messages", (Reading("interactions", spec, dict.fromkeys(columns, 1.0)),), others)


def _survey(
    name: str, table: Table, found: tuple[str, dict[str, str], tuple[str, ...]], people: frozenset[str], ask: Noted
) -> Looked:
    """A survey of ours, for each source that it holds."""
    reader, columns, sources = found
    person, score = surveys.respondent(table, people)
    if not score:
        return Looked(name, "a survey", why_not="is a survey of ours, but no column says who answered")
    if person and score < fields.SURE:
        person = ask(Question(name, "which column says who answered?", (person, NONE_OF_THESE), person))
        if person in ("", NONE_OF_THESE):
            return Looked(name, "a survey", why_not="is a survey of ours, but which column says who answered is not sure")
    told = columns | ({"person": person} if person else {})
    spec = {"file": name, "reader": reader} | _encoding(table)
    spec |= {"columns": told} if told else {}
    return Looked(name, "a survey of ours", tuple(Reading(source, dict(spec), {"person": score}) for source in sources))


def _known(name: str, table: Table) -> Looked | None:
    """A table that one of our readers knows by its headings alone."""
    there = {*table.header}
    spec: dict[str, object] = {"file": name} | _settings(table)
    if {"PrimaryCollaborator_PersonId", "SecondaryCollaborator_PersonId"} <= there:
        return Looked(name, "a query of Viva Insights", (Reading("nominations", spec | {"reader": "viva"}),))
    if {"PersonId", "MetricDate"} <= there:
        return Looked(name, "a query of Viva Insights", (Reading("staff", spec | {"reader": "viva"}),))
    if "AuditData" in there:
        return Looked(name, "an audit log", (Reading("interactions", {"file": name, "reader": "teams"}),))
    if {"First Name", "Last Name", "Connected On"} <= there or any(re.fullmatch(r"E-mail [12] .*", one) for one in there):
        kind = "LinkedIn's connections" if "Connected On" in there else "an address book"
        why = f"is {kind}: say whose, in params.yaml (reader, and options: {{owner: …}})"
        return Looked(name, kind, why_not=why)
    labels = [row[0] for row in table.rows]
    if len(table.header) > 3 and len({*table.header[1:]} & {*labels}) >= 0.8 * (len(table.header) - 1):
        relation = "_".join(headings.words(PurePosixPath(name).stem)) or "tie"
        spec = {"file": name, "reader": "matrix", "options": {"relation": relation}}
        return Looked(name, "a matrix", (Reading("nominations", spec),))
    return None


def _why_not(table: Table, fits: list[Fit]) -> str:
    """Why a table is none of the sources: what the nearest of them lacks in it."""
    nearest = next((fit for fit in fits if fit.matches), fits[0])
    lacking = ", ".join(map(_worded, nearest.lacks))
    if not lacking:
        return f"may be {nearest.source}, which nobody said; name it under `sources` in params.yaml if it is"
    shown = shorten(", ".join(one for one in table.header if one), 80, placeholder=" …")
    against = "".join(f"; {heading} {why}" for heading, why in list(nearest.against.items())[:1])
    return f"is a table of no source known here (columns: {shown}); as {nearest.source} it lacks {lacking}{against}"


def people_of(table: Table, reading: Reading) -> frozenset[str]:
    """The words for people that a staff list has: ids, addresses and names, in small letters."""
    wanted = [reading.columns[one] for one in ("person", "email", "name") if one in reading.columns]
    words = [cell for column in table.columns if column.heading in wanted for cell in column.filled]
    if {*HALVES} <= reading.columns.keys():
        first, last = (_of(table, reading.columns[half]).cells for half in HALVES)
        words += [" ".join(both) for both in zip(first, last, strict=True) if all(both)]
    return frozenset(word.casefold() for word in words)


def with_manager(looked_at: Looked, table: Table, ids: frozenset[str]) -> Looked:
    """A staff list whose manager's column is known by its cells, where no heading told it."""
    [reading] = looked_at.readings
    if "manager" in reading.columns:
        return looked_at
    free = [one for one in table.columns if one.heading not in reading.columns.values() and one.filled]
    found = [one for one in free if one.among(ids) > 0.9 and one.unlike < 0.7 and len(one.filled) >= 5]
    if len(found) != 1:
        return looked_at
    spec = {**reading.spec, "columns": {**reading.columns, "manager": found[0].heading}}
    others = {one: why for one, why in looked_at.passed_over.items() if one != found[0].heading}
    changed = replace(reading, spec=spec, scores={**reading.scores, "manager": 0.9})
    return replace(looked_at, readings=(changed,), passed_over=others)
