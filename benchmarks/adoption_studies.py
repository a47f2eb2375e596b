"""Studies of adoption as files have them: who is tied to whom, who took something up when, and in which group each is.

Two forms are read. `tables`: any study as two CSV files, `people` with the columns person, group and time, and `ties` with
from and to, read as "from heeds to":

- time is a number (a year, a month, a week; fractions are cut off) or a day as 2026-05-31, read to the week; left empty
  where the person had not adopted by the end. Codes such as 99 for no answer are to be emptied first.
- without group, or where it is left empty, people are one group.
- a person who stands twice counts once, as first named; ties to others than those listed, to oneself, or twice, go, and are
  counted (`Study.left_out`).
- more than 200 periods are made 100 of equal length.

`folder`: a folder with `node_id`, `toa` (the last of them who had not adopted) and ids of which the thousands are the
group; nominations by relation, of which all together are the ties; and what netdiffuseR makes of them,
`diffnet_toa.csv` and `diffnet_edges.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER
from kithwork.errors import Problem, UserError

MOST_PERIODS, FEWER_PERIODS = 200, 100


@dataclass(frozen=True)
class Study:
    """`net`: (people, people) 0/1, [i, j] whether i names j, loops as named; `groups`: (people,) codes, −1 unknown;
    `left_out`: what of the files is not in it, in words, with its count."""

    net: sparse.csr_array
    adoptions: Adoptions
    groups: np.ndarray
    left_out: dict[str, int] = field(default_factory=dict)


def tables(people: Path, ties: Path) -> Study:
    """A study in two CSV files. Raises `UserError` where a file or a column is not there."""
    rows, named = _read(people, ("person", "time")), _read(ties, ("from", "to"))
    known = rows[rows["person"].notna()].drop_duplicates("person").reset_index(drop=True)
    group = known["group"] if "group" in known else pd.Series(np.nan, index=known.index)
    ids, period = pd.Index(known["person"]), periods(known["time"])
    net = matrix(ids, named["from"], named["to"])
    inside = named["from"].isin(ids) & named["to"].isin(ids)
    left_out = {
        "rows of people without a name, or named before": len(rows) - len(known),
        "times that are no number or day, read as not adopted": int((known["time"].notna() & np.isnan(period)).sum()),
        "ties to somebody who is not listed": int((~inside).sum()),
        "ties named before": int(inside.sum()) - net.nnz,
        "ties to oneself": int((net.diagonal() > 0).sum()),
    }
    return Study(net, adoptions(period), pd.factorize(group)[0], left_out)


def _read(path: Path, needed: tuple[str, ...]) -> pd.DataFrame:
    """The file as text, with its headings in small letters."""
    try:
        rows = pd.read_csv(path, dtype=str).rename(columns=lambda name: str(name).strip().lower())
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise UserError(Problem("cannot be read", path.name, "Give a CSV file in UTF-8.", str(error))) from None
    if absent := [name for name in needed if name not in rows]:
        do = f"Name its columns {', '.join(needed)}."
        raise UserError(Problem(f"has no column {', '.join(absent)}", path.name, do, ", ".join(map(str, rows.columns))))
    return rows


def periods(time: pd.Series) -> np.ndarray:
    """(people,) number of the period in which each adopted, from 0; NaN for who had not, or whose time cannot be read."""
    number = pd.to_numeric(time, errors="coerce")
    days = (pd.to_datetime(time.where(number.isna()), errors="coerce", utc=True) - pd.Timestamp(0, tz="UTC")).dt.days
    found = np.floor(number if number.notna().any() else days / 7).to_numpy(dtype=float)
    found = found - np.nanmin(found) if not np.isnan(found).all() else found
    last = np.nanmax(found, initial=0)
    return np.floor(found / (last + 1) * FEWER_PERIODS) if last >= MOST_PERIODS else found


def adoptions(period: np.ndarray) -> Adoptions:
    """Adoption by period from 0, NaN for never; watched up to the last adoption."""
    watched = int(np.nanmax(period, initial=0)) + 1
    return Adoptions(np.where(np.isnan(period), NEVER, np.nan_to_num(period)).astype(np.int16), watched)


def matrix(ids: pd.Index, ego: pd.Series, alter: pd.Series) -> sparse.csr_array:
    """0/1 matrix of who names whom of these people, loops kept."""
    a, b = ids.get_indexer(ego), ids.get_indexer(alter)
    pairs = np.unique(np.column_stack([a, b])[(a >= 0) & (b >= 0)], axis=0).reshape(-1, 2)
    return sparse.coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(ids), len(ids))).tocsr()


def folder(where: Path) -> Study:
    """The study as surveyed: every nomination inside the sample, once, whatever the relation."""
    nodes = _first(where, ("netdiffuseR_nodes.csv", "nodes.csv"))
    edges = _first(where, ("netdiffuseR_edges_multiplex.csv", "edges.csv"))
    toa = nodes["toa"].to_numpy(float)
    net = matrix(pd.Index(nodes["node_id"]), edges["source"], edges["target"])
    return Study(net, adoptions(np.where(toa == toa.max(), np.nan, toa - toa.min())), nodes["node_id"].to_numpy() // 1000)


def diffnet(where: Path, last_had_not: bool) -> Study:
    """The study as netdiffuseR has it: `last_had_not` says whether those of the last period count as adopters of it."""
    nodes, edges = pd.read_csv(where / "diffnet_toa.csv"), pd.read_csv(where / "diffnet_edges.csv")
    toa = nodes["toa"].to_numpy(float)
    period = np.where((toa == toa.max()) & last_had_not, np.nan, toa - toa.min())
    net = matrix(pd.Index(nodes["id"]), edges["source"], edges["target"])
    return Study(net, adoptions(period), np.zeros(len(toa), int))


def _first(where: Path, names: tuple[str, ...]) -> pd.DataFrame:
    return pd.read_csv(next(where / name for name in names if (where / name).exists()), low_memory=False)
