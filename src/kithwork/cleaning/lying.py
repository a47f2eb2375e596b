"""Recorded contacts judged where they lie: what `staging` does batch by batch, as one expression at their engine.

A table is gone through once for the texts that are not plain (`cells.py`, `odd.py`), which are judged here, and once to put
numbers in place of words (`coding.py`). What comes here are distinct texts; what is at fault is counted there, and of each
kind the first `LISTED` rows are told one by one.

Where rows keep an order, as in parquet, `line` is the number of a row. Elsewhere there is none: `line` tells the records of
one pair of words apart, in the order of time and then of all else that a record says, absent things last, so that which of
several repeats is kept is the same at every engine; and a row that is told of bears the number it has among those of its
fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cleaning.coding import Coded
from kithwork.cleaning.staging import Arrived, Staged, Words
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.readers.parts.lying import Lying
from kithwork.readers.parts.rows import Rows

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from kithwork.cleaning.workplace import Workplace

LISTED = 1000
"""Rows at fault of one kind in one file that are told one by one."""


@dataclass(frozen=True)
class Judged:
    """The contacts of all tables as `staging.Staged` has them, `faulty` records beside them, and what faults there are.

    `faulty` has a row per record: file, line, ego, alter (-1 where none is), and by field the number of its odd text,
    absent where nothing is wrong with that; `kinds` a row per fault of such a text: file, field,
    number, column, reason, remedy, found.
    """

    place: Workplace
    contacts: ibis.Table
    files: list[Arrived]
    words: list[str]
    faulty: ibis.Table | None
    kinds: pd.DataFrame
    has_lines: bool
    put_down: dict[str, ibis.Table] = field(default_factory=dict)
    cells: tuple[str, ...] = ()

    @property
    def is_elsewhere(self) -> bool:
        """Whether they lie at an engine that is not this machine's."""
        return self.place.is_elsewhere

    @property
    def folder(self) -> Path:
        """A temporary folder here."""
        return self.place.folder

    def made(self, name: str, what: ibis.Table | pd.DataFrame) -> ibis.Table:
        """A result, or a frame, put down beside the records under a name."""
        put = self.place.uploaded if hasattr(what, "iloc") else self.place.made
        self.put_down[name] = put(name, what)
        return self.put_down[name]

    def known(self, name: str) -> ibis.Table | None:
        """What `made` put down under a name."""
        return self.put_down.get(name)

    def release(self, name: str) -> None:
        """Take away what `made` put down under a name, if anything: it is not needed any more."""
        if (gone := self.put_down.pop(name, None)) is not None:
            self.place.release(gone)

    def read(self, files: list[Path]) -> ibis.Table:
        """Parquet files of this machine, unread."""
        return self.place.here.read_parquet([str(file) for file in files])

    def parted(self, contacts: ibis.Table, column: str, numbers: list[int]) -> dict[int, ibis.Table]:
        """The records by the number in a column: laid apart here, picked out at an engine."""
        if not self.is_elsewhere:
            return Staged.parted(self, contacts, column, numbers)
        return {number: contacts.filter(contacts[column] == number).drop(column) for number in numbers}

    def without(self, whose: Callable[[pd.Series], pd.Series]) -> Judged:
        """What is left without the records of those whom `whose` says yes to, sound or at fault."""
        import pandas as pd

        words = pd.Series(self.words, dtype="str")
        gone = words.index[whose(words)].tolist()
        if not gone:
            return self
        left = [one if one is None else one.filter(one.ego.notin(gone) & one.alter.notin(gone))
                for one in (self.contacts, self.faulty)]  # fmt: skip
        return replace(self, contacts=left[0], faulty=left[1])

    def said(self) -> set[str]:
        """The words that stand in any record, sound or at fault."""
        tables = [one for one in (self.contacts, self.faulty) if one is not None]
        ends = [one.select(word=one[end]) for one in tables for end in ("ego", "alter")]
        found = reduce(lambda one, other: one.union(other, distinct=True), ends).distinct().to_pandas()["word"]
        return {self.words[code] for code in found if code >= 0}

    def rows(self) -> pd.DataFrame:
        """Records read and records at fault, by name of the file."""
        import pandas as pd

        names = [one.file for one in self.files]
        sound, faulty = (self._counted(one).set_axis(names) for one in (self.contacts, self.faulty))
        return pd.DataFrame({"rows": sound + faulty, "faulty": faulty})

    def _counted(self, table: ibis.Table | None) -> pd.Series:
        import pandas as pd

        if table is None:
            return pd.Series(0, index=range(len(self.files)))
        found = table.group_by("file").agg(rows=table.count()).to_pandas().set_index("file")["rows"]
        return found.reindex(range(len(self.files)), fill_value=0)

    @cached_property
    def faults(self) -> pd.DataFrame:
        """A row per fault as `staging.Staged` has them; of a kind the first `LISTED`, and one that counts the others."""
        import pandas as pd

        names = ["record", "file", "row", "column", "reason", "remedy", "found", "ego", "alter"]
        if self.faulty is None:
            return pd.DataFrame(columns=names, dtype="str")
        parts = [self._listed(field, kinds) for field, kinds in self.kinds.groupby("field", sort=False)]
        return pd.concat(parts, ignore_index=True)[names]

    def _listed(self, field: str, kinds: pd.DataFrame) -> pd.DataFrame:
        """The faults of one field."""
        import ibis
        import pandas as pd

        kinds = kinds.assign(kind=kinds.groupby(["file", "column", "reason"]).ngroup())
        codes = self.place.uploaded(f"kinds_{field}", kinds[["file", "number", "kind"]].rename(columns={"file": "of"}))
        there = self.faulty.select("file", "line", "ego", "alter", number=self.faulty[f"{field}_at_fault"])
        met = there.inner_join(codes, [there.file == codes.of, there.number == codes.number])
        met = met.select("file", "line", "ego", "alter", "number", "kind")
        order = [met.line, met.ego, met.alter, met.number]
        met = met.mutate(
            nth=ibis.row_number().over(group_by=met.kind, order_by=order), count=met.count().over(group_by=met.kind)
        )
        few = met.filter(met.nth <= LISTED).to_pandas().sort_values(["kind", "nth"])
        about = kinds.drop(columns="field")
        told = few.merge(about, on=["file", "number", "kind"])
        told["row"] = told["line"].where(told["line"] > 0, told["nth"] + 1)
        told["record"] = told["file"].astype("str") + "/" + told["row"].astype("str")
        rest = told["nth"] == LISTED
        others = told["count"] - LISTED
        told["reason"] = told["reason"].mask(
            rest, told["reason"] + others.map("; so do {:,} rows, of which this is the first".format)
        )
        word = pd.Series([*self.words, None], dtype="str")
        ends = {end: word.iloc[told[end].fillna(-1).astype(int)].to_numpy() for end in ("ego", "alter")}
        return told.assign(file=[self.files[file].file for file in told["file"]], **ends)


def staged(tables: Iterable[Lying], place: Workplace, settings: Settings) -> Judged:
    """Judge the records of every table where it lies. Raises one `UserError` with what makes tables unreadable."""
    import pandas as pd

    words, arrived, contacts, faulty, kinds = Words(), [], [], [], []
    unreadable: list[Problem] = []
    numbered = []
    for one in tables:
        try:
            with one.at(place.connection) as found:
                numbered.append(found.has_lines)
                arrived.append(Arrived(one.file, found.header, dict.fromkeys(found.notes)))
                about = Rows("interactions", one.file, pd.DataFrame(), found.header, timezone=one.timezone)
                file = Coded(len(arrived) - 1, about, found, place, words, settings)
                contacts.append(file.sound())
                faulty += [] if file.faulty is None else [file.faulty]
                kinds.append(file.kinds)
        except UserError as error:
            unreadable.extend(error.problems)
    if unreadable:
        raise UserError(dict.fromkeys(unreadable))
    together = [None if not some else reduce(lambda a, b: a.union(b), some) for some in (contacts, faulty)]
    faults = pd.concat(kinds, ignore_index=True)
    return Judged(place, together[0], arrived, words.listed(), together[1], faults, all(numbered))
