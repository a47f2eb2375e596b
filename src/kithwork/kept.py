"""The table `interactions` kept at an engine: what is written there, and a note of it here, by which a change is seen.

The note, `where.json`, names the engine, the table and its rows, and a digest: SHA-256 of whole numbers summed by week
(rows, events, lengths, sizes, hours, and pseudonyms as numbers), so that it depends neither on the order of rows nor on the
engine. dvc may bring back an old note, and others may change the table: it is held against its note when it is opened.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from kithwork import engines
from kithwork.contract import Table
from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    import ibis

    from kithwork.engines.working import WorkingEngine

NOTE = "where.json"


def keep(expression: ibis.Table, table: Table, engine: str, study: str) -> dict[str, str | int]:
    """Write the rows of an expression into the schema that is ours at its engine; the note of them. Raises `UserError`, and
    ValueError where they break the contract of their table."""
    name = f"{study}_{table.name}"
    with engines.connected(engine) as there:
        kept = there.kept(name, expression.select(list(table.columns)))
        if broken := _broken(kept, table):
            there.drop(name)
            raise ValueError(f"{name}: {broken}")
        return {"engine": engine, "table": name, **_digested(kept, table, there)}


def table(note: dict[str, str | int], table: Table) -> ibis.Table:
    """The rows that a note tells of. Raises `UserError` where they are not there, or are others."""
    name = str(note["table"])
    with engines.connected(str(note["engine"])) as there:
        found = there.found(name, there.schema)
        if found is None:
            raise _anew("is not at its engine any more", name, table, there.name)
        if not {*table.columns} <= {*found.columns} or _digested(found, table, there)["digest"] != note["digest"]:
            raise _anew("is not what was kept at its engine", name, table, there.name)
    return found


def _anew(what: str, name: str, table: Table, engine: str) -> UserError:
    stage = f"{table.stage}@{name.removesuffix(f'_{table.name}')}"
    do = f"Run `dvc repro --force --single-item {stage}`, which makes it anew, then `make report`."
    return UserError(Problem(what, name, do, found=engine))


def _digested(kept: ibis.Table, table: Table, there: WorkingEngine) -> dict[str, str | int]:
    """The number of rows, and their digest."""
    weeks = there.fetched(_by_week(kept, table)).sort_values("week", na_position="first")
    told = [[str(week.date()) if week == week else "", *map(int, sums)] for week, *sums in weeks.itertuples(index=False)]
    return {"rows": int(weeks["rows"].sum()), "digest": hashlib.sha256(json.dumps(told).encode()).hexdigest()}


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


def _by_week(kept: ibis.Table, table: Table) -> ibis.Table:
    """Whole numbers by week."""
    import ibis

    def whole(column: ibis.Column, of_one: int) -> ibis.Value:
        return (column.fill_null(-1) * of_one + 0.5).floor().cast("int64").sum()

    def spelt(name: str) -> ibis.Value:
        first, second, third = (kept[name].substr(at, 1).ascii_str().cast("int64") for at in range(3))
        return (first * 128 + second) * 128 + third

    pair = (spelt("ego_id") * 3 + spelt("alter_id") * 5) * (kept.event % 97 + 1)
    channels = [(kept.channel == name, 2**number) for number, name in enumerate(table.columns["channel"].allowed)]
    moment = kept.at.hour() * 3600 + kept.at.minute() * 60 + kept.at.second()
    return kept.group_by(week=kept.at.truncate("W").date()).agg(
        rows=kept.count(),
        pairs=pair.cast("int64").sum(),
        events=kept.event.cast("int64").sum(),
        moments=(moment * (kept.at.day_of_week.index() + 1)).fill_null(0).cast("int64").sum(),
        minutes=whole(kept.minutes, 1000),
        size=whole(kept["size"], 10),
        off_hours=whole(kept.off_hours, 1),
        weekend=whole(kept.weekend, 1),
        days=kept.day_only.ifelse(1, 0).sum(),
        channels=ibis.cases(*channels, else_=0).cast("int64").sum(),
    )
