"""Reads queries of Viva Insights as CSV: pairs of people as interactions or nominations, people as staff.

A person-to-person query has a row per pair and period (Microsoft, Viva Insights: "Cross-collaboration: person-to-person
query"): `PrimaryCollaborator_PersonId`, `SecondaryCollaborator_PersonId`, `MetricDate` (the period's first day),
`Strong_tie_score`, `Strong_tie_type`, `Diverse_tie_score`, `Diverse_tie_type`; a type of 0 is no tie. Its scores are made
of mail, meetings, calls and chats together, and are no counts and no hours. So as `interactions` a row with a tie is one
contact in its period, on the channel that the option `channel` names; as `nominations` it is a relation `strong_tie`,
`diverse_tie` or both. A pair is told of in each period; relations of later ones are counted only.

A person query has a row per person and period, with attributes as the client's organisational data names them: `staff`
takes `PersonId`, `Organization` as unit, `FunctionType`, else `LevelDesignation`, as role, and what `columns` names
instead, from the first row of each person. What else a row holds is not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers import csvfile
from kithwork.readers.parts import mapping
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Fault, Rows

if TYPE_CHECKING:
    import pandas as pd

SOURCES = ("staff", "nominations", "interactions")
OPTIONS = {
    "channel": "for interactions: the channel that contacts of all kinds are put under",
    "dates": "whether dates written with slashes have the `day` or the `month` first",
}
TAKES = ("columns", "encoding", "timezone", "options")

PAIR = {"ego": "PrimaryCollaborator_PersonId", "alter": "SecondaryCollaborator_PersonId"}
TYPES = {"strong_tie": "Strong_tie_type", "diverse_tie": "Diverse_tie_type"}
DATE = "MetricDate"
STAFF = {"person": ("PersonId",), "unit": ("Organization",), "role": ("FunctionType", "LevelDesignation")}
"""Columns of a person query by the field they fill, the best first."""

NO_TIE = ("", "0", "0.0")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?")

WITHOUT = "pairs without a tie"
AGAIN = "ties of a pair that an earlier row tells of"
WEEKS = "rows of a person whom an earlier row tells of"


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The pairs or people of a query. Raises `UserError`."""
    _options(source, spec)
    line, header, pieces = csvfile.headed(given, spec.encoding, ",")
    if source == "staff":
        used = _staff_columns(spec, header, given.name, line)
    else:
        wanted = {**PAIR, **TYPES, **({"at": DATE} if source == "interactions" else {})}
        used = {field: header.index(column) for field, column in wanted.items() if column in header}
        _expect(given.name, header, line, [column for field, column in wanted.items() if field not in TYPES])
        if not TYPES.keys() & used.keys():
            _expect(given.name, header, line, list(TYPES.values()))
    words = {field: header[at] for field, at in used.items()}
    seen: set[tuple[str, ...]] = set()
    for rows in csvfile.batches(source, given.name, pieces, header, used, ","):
        yield replace(READS[source](rows, spec, seen), header=words)


def _options(source: str, spec: Reader) -> None:
    """That interactions have a channel, and dates an order that is one. Raises `UserError`."""
    from kithwork.tables import CHANNELS

    channel, order = spec.options.get("channel", ""), spec.options.get("dates", "day")
    if source == "interactions" and channel not in CHANNELS:
        do = nearest(channel, CHANNELS)
        raise UserError(Problem("needs a channel", "params.yaml", do, channel, column="options.channel"))
    if order not in ("day", "month"):
        do = "Write `day` or `month`."
        raise UserError(Problem("is not what a date begins with", "params.yaml", do, order, column="options.dates"))


def _expect(name: str, header: list[str], line: int, columns: list[str]) -> None:
    """That these columns are in the header. Raises `UserError`."""
    do = "Export the query from Viva Insights as CSV, and leave its header as it is."
    found = ", ".join(header)[:80]
    problems = [
        Problem("is not in the header", name, do, found, line, column) for column in columns if column not in header
    ]
    if problems:
        raise UserError(problems)


def _staff_columns(spec: Reader, header: list[str], name: str, line: int) -> dict[str, int]:
    """Where each field of the staff list stands. Raises `UserError`."""
    found = {field: next((column for column in columns if column in header), "") for field, columns in STAFF.items()}
    _expect(name, header, line, [spec.columns.get("person", STAFF["person"][0])])
    columns = {field: column for field, column in found.items() if column} | spec.columns
    used = mapping.positions("staff", spec.model_copy(update={"columns": columns}), header, name, line)
    return {field: at for field, at in used.items() if field in columns}


def _staff(rows: Rows, spec: Reader, seen: set[tuple[str, ...]]) -> Rows:
    """The first row of each person."""
    first = ~rows.frame["person"].duplicated() & ~rows.frame["person"].isin([person for (person,) in seen])
    kept = rows.frame[first]
    seen.update((person,) for person in kept["person"])
    return replace(rows, frame=kept, left_out=_counted(rows, WEEKS, len(first) - len(kept)))


def _nominations(rows: Rows, spec: Reader, seen: set[tuple[str, ...]]) -> Rows:
    """A row per pair and kind of tie, the first time it is told of."""
    import pandas as pd

    ties = [
        rows.frame[~_none(rows.frame[kind])][["ego", "alter"]].assign(relation=kind) for kind in TYPES if kind in rows.frame
    ]
    told = pd.concat(ties).sort_index(kind="stable")
    new = [not (key in seen or seen.add(key)) for key in told.itertuples(index=False, name=None)]
    without = len(rows.frame) - told.index.nunique()
    left_out = _counted(rows, WITHOUT, without) + Counter({AGAIN: len(told) - sum(new)})
    return replace(rows, frame=told[new].astype("str"), left_out=+left_out)


def _interactions(rows: Rows, spec: Reader, seen: set[tuple[str, ...]]) -> Rows:
    """A contact of two per pair that has a tie, at the beginning of its period."""
    import pandas as pd

    frame = rows.frame
    tie = ~_all_none(frame[[kind for kind in TYPES if kind in frame]])
    order = spec.options.get("dates", "")
    at = _meant(frame["at"], lambda date: _date(date, order), "str")
    do = "Write dates as 2026-09-07, or say what comes first: `options: {dates: day}` or `month`."
    faults = [
        Fault(int(line), DATE, "is not a date that can be read one way only", do, date[:40])
        for line, date in frame["at"][tie & (at == "")].items()
    ]
    told = frame[["ego", "alter"]].assign(at=at)[tie & (at != "")]
    constant = pd.DataFrame({"channel": spec.options["channel"], "size": "2"}, index=told.index, dtype="str")
    kept = pd.concat([told, constant], axis="columns")[["ego", "alter", "channel", "at", "size"]]
    return replace(rows, frame=kept, faults=[*rows.faults, *faults], left_out=_counted(rows, WITHOUT, int((~tie).sum())))


def _meant(cells: pd.Series, meaning: Callable[[str], object], kind: str) -> pd.Series:
    """What each cell means, worked out once for each text; `kind` is of the pandas type."""
    import pandas as pd

    codes, texts = pd.factorize(cells)
    return pd.Series(list(map(meaning, texts)), dtype=kind).take(codes).set_axis(cells.index)


def _none(types: pd.Series) -> pd.Series:
    return _meant(types, lambda text: text.strip() in NO_TIE, "bool")


def _all_none(types: pd.DataFrame) -> pd.Series:
    return types.apply(_none).all(axis="columns")


def _counted(rows: Rows, what: str, count: int) -> Counter[str]:
    return +(rows.left_out + Counter({what: count}))


def _date(text: str, order: str) -> str:
    """The ISO date; empty where the text is none, or could be two."""
    from datetime import date

    text = text.strip()
    if ISO.fullmatch(text):
        return text
    if not (match := SLASHED.fullmatch(text)):
        return ""
    first, second, year = map(int, match.groups())
    orders = {"day": (second, first), "month": (first, second)}
    found = set()
    for month, day in [orders[order]] if order else orders.values():
        try:
            found.add(date(year, month, day).isoformat())
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else ""


READS = {"staff": _staff, "nominations": _nominations, "interactions": _interactions}
