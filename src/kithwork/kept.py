"""The table `interactions` kept at an engine: parts that are written there, and a note of them here, by which a change is
seen.

A part is a table of its own, named after all that it was made of, so that one that is there already need not be made again
and one that is in use is never written over. The note, `where.json`, names the engine and of each part its table, its rows
and a digest: SHA-256 of sums over what stands for each row (`engines/summed.py`), so that it depends neither on the order
of rows nor on the engine. dvc may bring back an old note, and others may change a table: parts are held against their note
when they are opened.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from kithwork import engines
from kithwork.contract import Table
from kithwork.engines import summed
from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    import ibis

    from kithwork.engines.working import WorkingEngine

NOTE = "where.json"

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
    return _digested({name: kept}, there)[0]


def noted(study: str, engine: str, parts: list[Part]) -> dict:
    """The note of a table that is kept in these parts."""
    return {"study": study, "engine": engine, "rows": sum(int(part["rows"]) for part in parts), "parts": parts}


def is_there(part: Part, table: Table, there: WorkingEngine) -> bool:
    """Whether a part is at its engine, as it was kept. Raises `UserError`."""
    found = there.found(str(part["table"]), there.schema)
    return found is not None and _is_whole(found, table) and _digested({part["table"]: found}, there) == [part]


def table(note: dict, table: Table) -> ibis.Table:
    """The rows that a note tells of. Raises `UserError` where they are not there, or are others."""
    import ibis

    with engines.connected(note["engine"]) as there:
        parts = {str(part["table"]): there.found(str(part["table"]), there.schema) for part in note["parts"]}
        if gone := [name for name, found in parts.items() if found is None]:
            raise _anew("is not at its engine any more", gone[0], note, table, there)
        other = [name for name, found in parts.items() if not _is_whole(found, table)]
        told = [] if other else _digested(parts, there)
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


def _digested(parts: dict[str, ibis.Table], there: WorkingEngine) -> list[Part]:
    """What is to be noted of parts, all asked at once."""
    import ibis

    sums = [_summed(kept).mutate(part=ibis.literal(number)) for number, kept in enumerate(parts.values())]
    told = there.fetched(ibis.union(*sums)).sort_values("part", kind="stable").drop(columns="part")
    return [_noted(name, *map(int, row)) for name, row in zip(parts, told.itertuples(index=False), strict=True)]


def _noted(name: str, rows: int, *sums: int) -> Part:
    return {"table": name, "rows": rows, "digest": hashlib.sha256(json.dumps([rows, *sums]).encode()).hexdigest()}


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


def _summed(kept: ibis.Table) -> ibis.Table:
    """How many rows, and sums of what stands for each. Moments are told to the second."""
    import ibis

    def whole(column: ibis.Column, of_one: int = 1) -> ibis.Value:
        return (column * of_one + 0.5).floor().cast("int64")

    fractions = (whole(kept.minutes, 1000), whole(kept["size"], 10), whole(kept.off_hours), whole(kept.weekend))
    at = kept.at.epoch_seconds().floor().cast("int64")
    flags = kept.day_only.ifelse(1, 0)
    told = summed.sums([kept.ego_id, kept.alter_id, kept.channel, at, flags, kept.event, *fractions])
    return kept.agg(rows=ibis._.count(), **{f"sum_{number}": one.fill_null(0) for number, one in enumerate(told)})
