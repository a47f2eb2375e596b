"""Claims of two sets of released figures, row by row: what both have, and what one has alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

ONLY_FIRST, ONLY_SECOND = "only in the first", "only in the second"


@dataclass(frozen=True)
class Figure:
    """A released figure with its interval."""

    estimate: float
    low: float
    high: float
    n: int | None = None


@dataclass(frozen=True)
class Beside:
    """One claim of both: the second less the first is `difference`, where there is an honest one."""

    id: str
    label: str
    unit: str
    first: Figure | None
    second: Figure | None
    verdict: str
    difference: Figure | None = None

    def plain(self) -> dict[str, Any]:
        """For a script."""
        return asdict(self)


def indexed(claims: pd.DataFrame, *, groups: bool) -> pd.DataFrame:
    """Those of wholes by id, with those of groups and pairs of groups where these are asked for."""
    shown = claims[claims["group"].isna() | (claims["scope"].isin(["group", "pair"]) & groups)]
    return shown.set_index("id", drop=False)


def of_both(one: pd.Series, other: pd.Series, verdict: str, difference: Figure | None = None) -> Beside:
    """A claim that both have."""
    return Beside(one["id"], _label(one), one["unit"], figure(one), figure(other), verdict, difference)


def of_one(one: pd.DataFrame, other: pd.DataFrame) -> Iterator[Beside]:
    """What stands in one of the two; of groups nothing, since a name held back in the other would be told."""
    for rows, others, verdict in ((one, other, ONLY_FIRST), (other, one, ONLY_SECOND)):
        for name, row in rows[rows["group"].isna()].iterrows():
            if name not in others.index:
                figures = (figure(row), None) if verdict == ONLY_FIRST else (None, figure(row))
                yield Beside(str(name), _label(row), row["unit"], *figures, verdict)


def figure(row: pd.Series) -> Figure:
    """What of a claim is printed."""
    n = row.get("n")
    return Figure(*(float(row[name]) for name in ("estimate", "low", "high")), None if n is None else int(n))


def text(value: Any) -> str:
    """A cell that may be absent."""
    return value if isinstance(value, str) else ""


def _label(row: pd.Series) -> str:
    of = [text(row[name]) for name in ("group", "other") if text(row[name])]
    return f"{row['label']}: {' × '.join(of)}" if of else row["label"]
