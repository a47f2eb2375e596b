"""One table of recorded contacts, where it lies: what each cell is worth, with numbers in place of words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from typing import TYPE_CHECKING

from kithwork.cleaning import cells, odd, offsets
from kithwork.cleaning.staging import Words
from kithwork.params import Settings
from kithwork.readers import warehouse
from kithwork.readers.parts.lying import Found
from kithwork.readers.parts.rows import Rows

if TYPE_CHECKING:
    import ibis

    from kithwork.cleaning.workplace import Workplace

FIELDS = {
    "ego": ("ego",),
    "alter": ("alter",),
    "channel": ("channel",),
    "at": ("at", "offset", "day_only"),
    "minutes": ("minutes",),
    "size": ("size",),
    "message": ("message",),
    "nature": ("nature",),
}
"""Fields of a record, and the columns each becomes."""

TYPES = {
    "file": "int32",
    "cell": "int32",
    "ego": "int32",
    "alter": "int32",
    "line": "int64",
    "channel": "string",
    "at": "timestamp('UTC')",
    "offset": "int16",
    "day_only": "boolean",
    "minutes": "float64",
    "size": "float64",
    "nature": "string",
}
"""Columns of contacts beside `message`, whose type is the engine's number of a text."""


class Coded:
    """One table on its way: its cells, their odd texts, and what becomes of both."""

    def __init__(self, number: int, about: Rows, found: Found, place: Workplace, words: Words, settings: Settings) -> None:
        import ibis
        import pandas as pd

        self.number, self.about, self.found, self.place = number, about, found, place
        table = found.table.mutate(**{field: ibis.literal(text) for field, text in found.constants.items()})
        self.types = {field: table[field].type() for field in FIELDS if field in table.columns}
        to_utc = self._to_utc(table)
        self.cells = {field: cells.of(field, table[field], to_utc, place.number) for field in self.types}
        line = table.line if found.has_lines else ibis.literal(0)
        flat = {f"{name}_plain": value for one in self.cells.values() for name, value in one.values.items()}
        flat |= {f"{field}_text": one.text for field, one in self.cells.items()}
        flat |= {f"{field}_is_plain": one.plain for field, one in self.cells.items()}
        self.table = table.select(line=line.cast("int64"), **flat)
        self.odd = {field: self._odd(field, words, settings) for field in self.cells}
        faults = [one.faults.assign(field=field) for field, one in self.odd.items()]
        self.kinds = pd.concat(faults, ignore_index=True).assign(file=number)
        self.joined = self._joined()
        self.faulty = self._faulty()

    def _to_utc(self, table: ibis.Table) -> Callable:
        """What gives the moment of a wall clock in the file's zone, and the minutes by which it is ahead."""
        if self.about.timezone == "UTC" or "at" not in table.columns:
            return partial(offsets.to_utc, zone="UTC", years=())
        years = cells.years(table.at)
        with self.found.asked():
            there = table.select(year=years).distinct().filter(lambda row: row.year.notnull()).to_pandas()["year"]
        return partial(offsets.to_utc, zone=self.about.timezone, years=there.tolist())

    def _odd(self, field: str, words: Words, settings: Settings) -> odd.Odd:
        """The odd texts of a field, judged."""
        import pandas as pd
        import pyarrow as pa

        text = f"{field}_text"
        with self.found.asked():
            met = self.table.filter(~self.table[f"{field}_is_plain"]).select(text).distinct()
            keys = met.order_by(text).to_pyarrow()[text].combine_chunks()
        kind = self.types[field]
        batch = warehouse.as_written(pa.RecordBatch.from_pydict({field: keys.cast(pa.large_string())}), {field: kind})
        texts = batch[field].to_pandas().astype("str")
        return odd.judged(field, pd.Series(keys.to_pandas(), dtype="str"), texts, self.about, words, settings)

    def _joined(self) -> ibis.Table:
        """Every record with what its cells are worth, and a number per field where its odd text may not stand."""
        joined = self.table
        for field, one in self.odd.items():
            if len(one.worth):
                names = {name: f"{name}_odd" for name in FIELDS[field]} | {"key": f"{field}_key", "fault": f"{field}_fault"}
                there = self.place.uploaded(f"odd_{self.number}_{field}", one.worth.rename(columns=names))
                joined = joined.left_join(there, joined[f"{field}_text"] == there[f"{field}_key"])
        return joined

    def _worth(self) -> dict[str, ibis.Value]:
        """The columns of a record."""
        import ibis

        found = {"file": ibis.literal(self.number), "cell": ibis.literal(-1), "line": self.joined.line}
        for field, names in FIELDS.items():
            for name in names:
                kind = TYPES.get(name)
                plain = self.joined[f"{name}_plain"] if f"{name}_plain" in self.joined.columns else None
                other = self.joined[f"{name}_odd"] if f"{name}_odd" in self.joined.columns else None
                if name == "message" and other is not None:
                    other = other.isnull().ifelse(None, self.place.number(other))
                told = [value if kind is None else value.cast(kind) for value in (plain, other) if value is not None]
                if len(told) == 2:
                    told = [self.joined[f"{field}_is_plain"].ifelse(*told)]
                found[name] = told[0] if told else self._absent(name)
        return {name: value if name not in TYPES else value.cast(TYPES[name]) for name, value in found.items()}

    def _absent(self, name: str) -> ibis.Value:
        import ibis

        if name == "day_only":
            return ibis.literal(False)
        return ibis.null(TYPES.get(name) or self.place.number(ibis.literal("")).type())

    def _at_fault(self) -> list:
        """A flag per field with odd texts that may not stand."""
        fields = [field for field, one in self.odd.items() if one.worth["fault"].notna().any()]
        return [(field, self.joined[f"{field}_fault"]) for field in fields]

    def sound(self) -> ibis.Table:
        """The contacts, laid down."""
        columns = [*TYPES, "message"]
        wrong = [number.isnull() for _, number in self._at_fault()]
        met = self.joined.filter(wrong) if wrong else self.joined
        with self.found.asked():
            return self.place.laid_down(
                f"contacts_{self.number}", self._numbered(met.select(**self._worth())).select(columns)
            )

    def _numbered(self, met: ibis.Table) -> ibis.Table:
        """With a `line` for records that have none: of those that repeat each other, one that says more has a lower."""
        import ibis

        if self.found.has_lines:
            return met
        names = ("at", "channel", "message", "minutes", "size", "nature", "offset", "day_only")
        order = [met[name].asc(nulls_first=False) for name in names]
        return met.mutate(line=ibis.row_number().over(group_by=[met.ego, met.alter], order_by=order).cast("int64") + 1)

    def _faulty(self) -> ibis.Table | None:
        """The records at fault, laid down; None where there are none."""
        import ibis

        wrong = dict(self._at_fault())
        if not wrong:
            return None
        met = self.joined.filter(reduce(lambda one, other: one | other, (number.notnull() for number in wrong.values())))
        worth = {name: value.fill_null(-1) for name, value in self._worth().items() if name in ("ego", "alter")}
        numbers = {field: wrong.get(field, ibis.null("int64")).cast("int64") for field in FIELDS}
        numbers = {f"{field}_at_fault": number for field, number in numbers.items()}
        with self.found.asked():
            found = met.select(file=ibis.literal(self.number).cast("int32"), line=met.line, **worth, **numbers)
            return self.place.made(f"faulty_{self.number}", found)
