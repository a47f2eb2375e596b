"""Texts that an engine does not understand beyond doubt: each comes here once, and is judged as a file's cells are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithwork.cleaning import rules, staging
from kithwork.cleaning.staging import Words
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.readers.parts.rows import Rows

if TYPE_CHECKING:
    import pandas as pd

MOST = 20_000_000
"""Distinct texts of one field that this machine takes in."""

FAULTS = ("number", "column", "reason", "remedy", "found")


@dataclass(frozen=True)
class Odd:
    """The odd texts of one field of one file. `worth` has a row per text: key (as the engine writes it), what it is worth,
    and `fault`, a number of its own where it may not stand; `faults` says why, a row per fault, by that number."""

    worth: pd.DataFrame
    faults: pd.DataFrame


def judged(field: str, keys: pd.Series, texts: pd.Series, about: Rows, words: Words, settings: Settings) -> Odd:
    """Judge the texts of a field. `about` is the file that they are of, without its rows; `words` takes in new ones."""
    import pandas as pd

    if len(keys) > MOST:
        do = "Let the table hold it as a moment or a number, or map another column."
        raise UserError(Problem("holds too many different texts", about.file, do, f"{len(keys):,}", column=field))
    rows = Rows(about.source, about.file, pd.DataFrame({field: texts}), about.header, timezone=about.timezone)
    _, columns, faults = rules.understood([rows], settings)
    found = faults.table()
    value = columns[field].mask(keys.index.isin(found["record"]))
    worth = pd.DataFrame({"key": keys, **_worth(field, value, texts.str.strip(), words)})
    at_fault = pd.Series(keys.index.where(keys.index.isin(found["record"])), index=keys.index).astype("Int64")
    told = found.rename(columns={"record": "number"}).astype({"number": "int64"})
    return Odd(worth.assign(fault=at_fault), told[list(FAULTS)])


def _worth(field: str, value: pd.Series, text: pd.Series, words: Words) -> dict[str, object]:
    if field in ("ego", "alter"):
        return {field: words.coded(value)}
    if field == "at":
        import pandas as pd

        return staging.timed(pd.DataFrame({"at": value}), text.where(value.notna() | (text == "")))
    return {field: value}
