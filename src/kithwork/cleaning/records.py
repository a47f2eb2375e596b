"""The files of one source, put together to be judged as one: every record keeps its file, line and client's column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kithwork.readers.parts.rows import FIELDS, Rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Records:
    """All records of a source under one running number.

    `frame` holds their text, empty where a file lacks the field; `places` holds `file`, `row` (its line) and `cell`, the
    column that is the record's own, or an absent value.
    """

    source: str
    parts: list[Rows]
    frame: pd.DataFrame
    places: pd.DataFrame

    def columns(self, name: str, at: pd.Index) -> pd.Series:
        """The client's own columns that hold a field in these records."""
        shared = {part.file: part.header[name] for part in self.parts if name in part.header}
        places = self.places.loc[at]
        return places["file"].map(shared).astype("object").fillna(places["cell"]).fillna(name)

    def without(self, gone: pd.Index) -> Records:
        """The other records."""
        return replace(self, frame=self.frame.drop(index=gone), places=self.places.drop(index=gone))

    def zones(self) -> pd.Series:
        """The time zone of each record's file."""
        return self.places["file"].map({part.file: part.timezone for part in self.parts})

    def lines(self, at: pd.Index) -> pd.Series:
        """Records in words, `row 2`, with the file where there are several."""
        places = self.places.loc[at]
        return "row " + places["row"].astype("str") + (" of " + places["file"] if len(self.parts) > 1 else "")

    def found(self, name: str, at: pd.Index) -> pd.Series:
        """The start of what stands there."""
        return self.frame.loc[at, name].str[:40]

    def named(self, at: pd.Series, beside: pd.Series) -> pd.Series:
        """Records in words, `row 2` or `row 2, column Q1`, with the file where it is not that of `beside`."""
        first, other = self.places.loc[at].set_index(beside), self.places.loc[beside]
        words = "row " + first["row"].astype("str")
        words += (", column " + first["cell"]).fillna("")
        return words + (" of " + first["file"]).where(first["file"] != other["file"], "")


def gathered(parts: list[Rows]) -> Records:
    """The records of all files of one source."""
    import pandas as pd

    source = parts[0].source
    names = [name for name in FIELDS[source] if any(name in part.frame for part in parts)]
    names += [name for name, about in FIELDS[source].items() if about.default and name not in names]
    frame = pd.concat([part.frame.reindex(columns=names) for part in parts], ignore_index=True)
    places = [
        pd.DataFrame(
            {
                "file": pd.Series(part.file, index=range(len(part.frame)), dtype="str"),
                "row": pd.Series(part.frame.index if part.lines is None else part.lines, dtype="int64"),
                "cell": pd.Series(part.cells, index=range(len(part.frame)), dtype="str"),
            }
        )
        for part in parts
    ]
    return Records(source, parts, frame.astype("str").fillna(""), pd.concat(places, ignore_index=True))
