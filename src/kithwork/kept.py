"""The table `interactions` kept at an engine: parts that are written there, and a note of them here, by which a change is
seen.

A part is a table of its own, named after all that it was made of, so that one that is there already need not be made again
and one that is in use is never written over. The note, `where.json`, names the engine and of each part its table, its rows
and a digest: SHA-256 of whole numbers summed by week (rows, events, lengths, sizes, hours, and pseudonyms as numbers), so
that it depends neither on the order of rows nor on the engine. dvc may bring back an old note, and others may change a
table: parts are held against their note when they are opened.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from kithwork import engines
from kithwork.contract import Table
from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from kithwork.engines.working import WorkingEngine

NOTE = "where.json"

EVENTS = 1_000_003
"""By what the numbers of events are divided before they are summed: those of late blocks are large."""

LONGEST = 16
"""Letters of a study's name that stand in the name of a part as they are."""

Part = dict[str, str | int]
"""What the note says of a part: table, rows, digest."""


def name_of(study: str, table: Table, block: str, digest: str) -> str:
    """The name of a part: letters, digits and _, and no more than 63 of them while it is unfinished, which is what
    PostgreSQL and Spark take (PostgreSQL documentation, "Identifiers and Key Words"; Spark's rule for names of tables)."""
    return f"{_prefix(study, table)}{block.replace('-', '_')}_{digest[:8]}"


def _prefix(study: str, table: Table) -> str:
    """A study's own: its name, or, of one that is long or has other signs, its beginning and four signs for the whole."""
    plain = study.replace("-", "_")
    if plain != study or len(study) > LONGEST:
        plain = f"{plain[: LONGEST - 5]}_{hashlib.sha256(study.encode()).hexdigest()[:4]}"
    return f"{plain}_{table.name}_"


def keep(expression: ibis.Table, table: Table, there: WorkingEngine, name: str) -> Part:
    """Write the rows of an expression as a part, into the schema that is ours; what is to be noted of it. Raises
    `UserError`, and ValueError where they break the contract of their table."""
    kept = there.kept(name, expression.select(list(table.columns)))
    if broken := _broken(kept, table):
        there.drop(name)
        raise ValueError(f"{name}: {broken}")
    return _digested({name: kept}, table, there)[0]


def noted(study: str, engine: str, parts: list[Part]) -> dict:
    """The note of a table that is kept in these parts."""
    return {"study": study, "engine": engine, "rows": sum(int(part["rows"]) for part in parts), "parts": parts}


def is_there(part: Part, table: Table, there: WorkingEngine) -> bool:
    """Whether a part is at its engine, as it was kept. Raises `UserError`."""
    found = there.found(str(part["table"]), there.schema)
    return found is not None and _is_whole(found, table) and _digested({part["table"]: found}, table, there) == [part]


def table(note: dict, table: Table) -> ibis.Table:
    """The rows that a note tells of. Raises `UserError` where they are not there, or are others."""
    import ibis

    with engines.connected(note["engine"]) as there:
        parts = {str(part["table"]): there.found(str(part["table"]), there.schema) for part in note["parts"]}
        if gone := [name for name, found in parts.items() if found is None]:
            raise _anew("is not at its engine any more", gone[0], note, table, there)
        other = [name for name, found in parts.items() if not _is_whole(found, table)]
        told = [] if other else _digested(parts, table, there)
        other += [str(was["table"]) for was, now in zip(note["parts"], told, strict=False) if was != now]
        if other:
            raise _anew("is not what was kept at its engine", other[0], note, table, there)
    return ibis.union(*parts.values()) if len(parts) > 1 else next(iter(parts.values()))


def sweep(note: dict, table: Table) -> None:
    """Take away the parts of a study that its note does not name. Raises `UserError`."""
    named = {part["table"] for part in note["parts"]}
    ours = re.compile(rf"{_prefix(note['study'], table)}(all|undated|\d{{4}}_\d\d_\d\d)_[0-9a-f]{{8}}")
    with engines.connected(note["engine"]) as there:
        for name in there.listed(there.schema):
            if ours.fullmatch(name) and name not in named:
                there.drop(name)


def _is_whole(found: ibis.Table, table: Table) -> bool:
    return {*table.columns} <= {*found.columns}


def _anew(what: str, name: str, note: dict, table: Table, there: WorkingEngine) -> UserError:
    do = f"Run `dvc repro --force --single-item {table.stage}@{note['study']}`, which makes it anew, then `make report`."
    return UserError(Problem(what, name, do, found=there.name))


def _digested(parts: dict[str, ibis.Table], table: Table, there: WorkingEngine) -> list[Part]:
    """What is to be noted of parts, all asked at once."""
    import ibis

    by_part = [_by_week(kept, table).mutate(part=ibis.literal(number)) for number, kept in enumerate(parts.values())]
    told = there.fetched(ibis.union(*by_part) if len(by_part) > 1 else by_part[0])
    return [_noted(name, told[told["part"] == number].drop(columns="part")) for number, name in enumerate(parts)]


def _noted(name: str, weeks: pd.DataFrame) -> Part:
    weeks = weeks.sort_values("week", na_position="first")
    told = [[str(week.date()) if week == week else "", *map(int, sums)] for week, *sums in weeks.itertuples(index=False)]
    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    return {"table": name, "rows": int(weeks["rows"].sum()), "digest": digest}


def _broken(kept: ibis.Table, table: Table) -> str:
    """What in these rows breaks their contract; nothing where all is well."""
    import ibis

    faults = {}
    for name, about in table.columns.items():
        wrong = [] if about.nullable else [kept[name].isnull()]
        wrong += [kept[name].notin(about.allowed)] if about.allowed else []
        wrong += [kept[name] < about.low] if about.low is not None else []
        wrong += [kept[name] > about.high] if about.high is not None else []
        for number, one in enumerate(wrong):
            faults[f"{name}_{number}"] = one.fill_null(False).ifelse(1, 0).sum()
    counts = kept.agg(**faults).to_pandas().iloc[0].fillna(0)
    if (counts > 0).any():
        return f"{counts[counts > 0].index[0].rpartition('_')[0]} breaks its contract"
    twice = kept.group_by(list(table.key)).agg(rows=ibis._.count()).filter(ibis._.rows > 1).count().to_pandas()
    return "a key stands twice" if twice else ""


def spelt(text: ibis.Value, start: int = 0) -> ibis.Value:
    """Three ASCII letters of a text as a whole number, on whichever engine."""
    first, second, third = (text.substr(start + at, 1).ascii_str().cast("int64") for at in range(3))
    return (first * 128 + second) * 128 + third


def _by_week(kept: ibis.Table, table: Table) -> ibis.Table:
    """Whole numbers by week."""
    import ibis

    def whole(column: ibis.Column, of_one: int) -> ibis.Value:
        return (column.fill_null(-1) * of_one + 0.5).floor().cast("int64").sum()

    pair = (spelt(kept.ego_id) * 3 + spelt(kept.alter_id) * 5) * (kept.event % 97 + 1)
    channels = [(kept.channel == name, 2**number) for number, name in enumerate(table.columns["channel"].allowed)]
    moment = kept.at.hour() * 3600 + kept.at.minute() * 60 + kept.at.second()
    return kept.group_by(week=kept.at.truncate("W").date()).agg(
        rows=kept.count(),
        pairs=pair.cast("int64").sum(),
        events=(kept.event % EVENTS).cast("int64").sum(),
        moments=(moment * (kept.at.day_of_week.index() + 1)).fill_null(0).cast("int64").sum(),
        minutes=whole(kept.minutes, 1000),
        size=whole(kept["size"], 10),
        off_hours=whole(kept.off_hours, 1),
        weekend=whole(kept.weekend, 1),
        days=kept.day_only.ifelse(1, 0).sum(),
        channels=ibis.cases(*channels, else_=0).cast("int64").sum(),
    )
