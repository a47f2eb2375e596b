"""What a contract is: a table's grain, key and columns, and the check that a frame, or a log in batches, keeps to it.

`tables.py` holds the contracts themselves. Checking a frame is pandera's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis
    import pandas as pd
    import pandera.pandas as pandera
    import pyarrow as pa

DTYPES = {"text": "str", "number": "float64", "count": "int64", "flag": "bool", "time": "datetime64[us, UTC]"}
"""Column types of the contract, and the pandas dtype each is stored as."""


@dataclass(frozen=True)
class Column:
    """One column: what it means, its type, its unit, and the values it may take."""

    meaning: str
    type: str = "text"
    unit: str = ""
    low: float | None = None
    high: float | None = None
    allowed: tuple[str, ...] = ()
    nullable: bool = False

    def cells(self) -> str:
        """Meaning, type, unit and values, as cells of a row."""
        ends = [f"{end:g}" if end is not None else "" for end in (self.low, self.high)]
        values = ", ".join(self.allowed) or " to ".join(ends).strip() * any(ends)
        meaning = self.meaning[:1].upper() + self.meaning[1:]
        absent = f"{self.type}, may be absent" if self.nullable else self.type
        return "".join(f"<td>{escape(text)}</td>" for text in (meaning, absent, self.unit, values))


@dataclass(frozen=True)
class Table:
    """One table: which stage writes it, what one row is, and its columns in stored order."""

    name: str
    stage: str
    grain: str
    key: tuple[str, ...]
    columns: dict[str, Column]

    def _repr_html_(self) -> str:
        """The table's page of the codebook, in short."""
        heads = "".join(f"<th>{head}</th>" for head in ("Column", "Meaning", "Type", "Unit", "Values"))
        lines = "".join(f"<tr><th><code>{name}</code></th>{one.cells()}</tr>" for name, one in self.columns.items())
        keys = ", ".join(f"<code>{name}</code>" for name in self.key)
        return (
            f'<h3>{self.name}</h3><p class="sub">{escape(self.grain)}. Key: {keys}.</p>'
            f'<table class="txt"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'
        )

    def empty(self) -> pd.DataFrame:
        """No rows, every column in its stored type: what a client without this source has."""
        import pandas as pd

        return pd.DataFrame({name: pd.Series(dtype=DTYPES[column.type]) for name, column in self.columns.items()})

    def checked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame in stored column order and types, sorted by key; raises pandera's `SchemaErrors` otherwise.

        A column the contract does not name is an error: nothing unknown travels on.
        """
        for name, column in self.columns.items():  # astype would cut fractions off without a word
            if column.type == "count" and name in frame and frame[name].dtype.kind == "f" and (frame[name] % 1 != 0).any():
                raise ValueError(f"{self.name}.{name} counts {column.unit or 'things'}, but holds fractions or gaps")
            if (
                column.type == "flag" and name in frame and frame[name].isna().any()
            ):  # nor would it tell an absent flag from no
                raise ValueError(f"{self.name}.{name} is yes or no, but holds gaps")
        typed = frame.astype({name: DTYPES[c.type] for name, c in self.columns.items() if name in frame})
        known = [name for name in self.columns if name in typed]
        ordered = typed[known + [name for name in typed if name not in self.columns]].reset_index(drop=True)
        if ordered.empty and list(ordered) == list(self.columns):
            return ordered  # which has every column in its type, and no row to look at
        return self._schema.validate(ordered, lazy=True).sort_values(list(self.key), kind="stable").reset_index(drop=True)

    def checked_parts(self, expression: ibis.Table, rows: int, decimals: int) -> Iterator[pa.Table]:
        """An expression's rows in stored order, so many at a time, each part checked; for a table larger than memory.

        Raises ValueError with the first part that breaks it, or where a key stands twice.
        """
        import pyarrow as pa

        key = list(self.key)
        ordered = expression.select(list(self.columns)).order_by([expression[name].asc(nulls_first=True) for name in key])
        waiting: list[pa.RecordBatch] = []
        last = None
        for batch in ordered.to_pyarrow_batches(chunk_size=rows):
            waiting.append(batch)
            if sum(len(one) for one in waiting) >= rows:
                part, rest = _cut(waiting, rows)
                yield (checked := self._part(part, last, decimals))
                last, waiting = checked.slice(len(checked) - 1), rest
        if waiting:
            yield self._part(pa.Table.from_batches(waiting), last, decimals)

    def _part(self, part: pa.Table, last: pa.Table | None, decimals: int) -> pa.Table:
        """One part in stored types; `last` is the row before it."""
        import pyarrow as pa
        import pyarrow.compute as pc

        typed = part.select(list(self.columns)).cast(self.arrow).combine_chunks()
        for name, column in self.columns.items():
            if broken := _broken(typed[name], column):
                raise ValueError(f"{self.name}.{name} {broken}")
            if column.type == "number":
                rounded = pc.add(pc.round(typed[name], decimals), 0.0)
                typed = typed.set_column(typed.schema.get_field_index(name), name, rounded)
        rows = typed if last is None else pa.concat_tables([last, typed])
        if twice := _first_twice(rows.select(list(self.key)).combine_chunks()):
            raise ValueError(f"{self.name}: the key {twice} stands twice")
        return typed

    @cached_property
    def arrow(self) -> pa.Schema:
        """The stored types as Arrow names them."""
        import pyarrow as pa

        types = {"text": pa.string(), "number": pa.float64(), "count": pa.int64(), "flag": pa.bool_()}
        types["time"] = pa.timestamp("us", tz="UTC")
        return pa.schema({name: types[column.type] for name, column in self.columns.items()})

    @cached_property
    def _schema(self) -> pandera.DataFrameSchema:
        """What a frame must meet once its columns have their types, which `astype` gives them or refuses to."""
        pandera = _pandera()

        def checks(column: Column) -> list[pandera.Check]:
            found = [pandera.Check.isin(column.allowed)] if column.allowed else []
            found += [pandera.Check.ge(column.low)] if column.low is not None else []
            return found + ([pandera.Check.le(column.high)] if column.high is not None else [])

        return pandera.DataFrameSchema(
            {
                name: pandera.Column(checks=checks(column), nullable=column.nullable)
                for name, column in self.columns.items()
            },
            strict=True,
            unique=list(self.key),
            name=self.name,
        )


def _pandera() -> ModuleType:
    """pandera, without hypothesis: it loads that where it is installed, for what no contract asks of it."""
    held_back = "hypothesis" not in sys.modules
    if held_back:
        sys.modules["hypothesis"] = None
    try:
        import pandera.pandas
    finally:
        if held_back:
            del sys.modules["hypothesis"]
    return pandera.pandas


def _broken(values: pa.ChunkedArray, column: Column) -> str:
    """What is wrong with the values of a column; nothing where they keep to it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if values.null_count and not column.nullable:
        return "is absent somewhere"
    if column.allowed and not pc.all(pc.is_in(values.drop_null(), pa.array(column.allowed)), min_count=0).as_py():
        return f"is none of {', '.join(column.allowed)} somewhere"
    ends = pc.min_max(values) if column.low is not None or column.high is not None else None
    if ends is None or not ends["min"].is_valid:
        return ""
    if column.low is not None and ends["min"].as_py() < column.low:
        return f"is below {column.low:g} somewhere"
    return f"is above {column.high:g} somewhere" if column.high is not None and ends["max"].as_py() > column.high else ""


def _first_twice(keys: pa.Table) -> dict | None:
    """The first row, of rows in order, that is as the one before it."""
    import pyarrow.compute as pc

    same = None
    for name in keys.column_names:
        one, next_one = keys[name].slice(0, max(len(keys) - 1, 0)), keys[name].slice(1)
        both_absent = pc.and_(pc.is_null(one), pc.is_null(next_one))
        alike = pc.or_(pc.fill_null(pc.equal(one, next_one), False), both_absent)
        same = alike if same is None else pc.and_(same, alike)
    at = pc.index(same, True).as_py()
    return None if at < 0 else keys.slice(at, 1).to_pylist()[0]


def _cut(batches: list[pa.RecordBatch], rows: int) -> tuple[pa.Table, list[pa.RecordBatch]]:
    """The first rows of these batches, and what is over."""
    import pyarrow as pa

    whole = pa.Table.from_batches(batches)
    return whole.slice(0, rows), whole.slice(rows).to_batches()
