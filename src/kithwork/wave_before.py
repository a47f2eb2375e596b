"""What is carried over from the wave before: two tables of its values chapter, in the raw folder of this one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork import store
from kithwork.errors import Problem, UserError
from kithwork.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

PREVIOUS = "previous"
"""The folder of what is carried over from the wave before."""


def previous(engagement: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The `scores` and the `claims` of the values chapter of the wave before, from the raw folder; no rows where there are
    none. Raises `UserError` where one of the two is absent, cannot be read, breaks its contract, or does not go with the
    other.
    """
    told, there = f"data/raw/{engagement}/{PREVIOUS}", store.raw(engagement) / PREVIOUS
    if not os.path.lexists(there):
        return TABLES["scores"].empty(), TABLES["claims"].empty()
    read, faults = {}, []
    for name in ("scores", "claims"):
        try:
            read[name] = _carried(name, there / f"{name}.parquet", f"{told}/{name}.parquet")
        except UserError as error:
            faults += error.problems
    if not faults:
        faults = _strangers(read["scores"], read["claims"], told)
    if faults:
        raise UserError(faults)
    return read["scores"], read["claims"]


def _carried(name: str, path: Path, told: str) -> pd.DataFrame:
    """One table of the wave before, checked."""
    import pandas as pd
    import pyarrow as pa
    from pandera.errors import SchemaErrors

    copy = f"Copy {name}.parquet from data/values/ of the engagement of the wave before"
    anew = f"{copy}; if another version of kithwork made it, make that wave again first."
    try:
        frame = pd.read_parquet(path)
    except FileNotFoundError:
        raise UserError(Problem("is missing", told, f"{copy}, or take the folder away.")) from None
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UserError(Problem("cannot be read", told, f"{copy}.", found=str(error).splitlines()[0][:60])) from None
    columns = TABLES[name].columns
    if absent := [column for column in columns if column not in frame]:
        raise UserError(Problem("lacks a column", told, anew, found=", ".join(absent)))
    key = list(TABLES[name].key)
    if frame.duplicated(key).any():
        twice = ", ".join(map(str, frame.loc[frame.duplicated(key), key[0]].unique()[:3]))
        raise UserError(Problem(f"has rows of the same {' and '.join(key)}", told, f"{copy} as it is.", found=twice))
    try:
        return TABLES[name].checked(frame)
    except SchemaErrors as error:
        at = ", ".join(dict.fromkeys(error.failure_cases["column"].dropna().astype(str)))
        raise UserError(Problem("breaks the contract of its table", told, anew, found=at[:60])) from None
    except (ValueError, TypeError) as error:
        raise UserError(Problem("breaks the contract of its table", told, anew, found=str(error)[:60])) from None


def _strangers(scores: pd.DataFrame, claims: pd.DataFrame, told: str) -> list[Problem]:
    """What shows that the two tables are not of one run of the values chapter."""
    do = "Copy both from data/values/ of the same engagement."
    if other := sorted({*claims["stage"]} - {"values"}):
        return [Problem("has claims of another chapter", f"{told}/claims.parquet", do, found=", ".join(other))]
    alone = sorted({*scores["indicator"]} - {*claims["id"].str.removeprefix("values.")})
    what = "has scores of an indicator whose figure is not in claims.parquet"
    return [Problem(what, f"{told}/scores.parquet", do, found=", ".join(alone[:3]))] if alone else []
