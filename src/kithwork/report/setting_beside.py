"""Two studies' figures set beside one another, and one study's before and after: what may be said of how they differ.

Two organisations are two samples: a difference has the interval of square-and-add (Zou & Donner 2008, Stat. Med. 27:1693),
and it is called one only where that holds after correction for how many are compared (`comparisons.py`), in the words of
`verdicts.py`. Two waves of the same people are not two samples: of them only what the values chapter found to have changed
is told with an interval. The same data under other settings have no chance in them: figures moved, or they did not.

Figures of groups are left out wherever people may have come or gone: the gate guards one partition of people at a time, and
groups that overlap, set beside each other, could tell of the few by whom they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from kithwork.params import Settings
from kithwork.release import Released
from kithwork.report import comparisons, verdicts
from kithwork.tables import ESTIMATED

OF_THE_ORGANISATION = re.compile(
    r"values\.\w+\.(?!composite$)\w+|values\.(introduced|open_doors)|people\.(share|spread|effort|network)_\w+"
    r"|ties\.(connected|per_person|multiplex)|market\.\w+_(coverage|single_thread)|market\.(full_)?reach\.\w+"
    r"|change\.(readiness|commitment|efficacy|support)|change\.(passed|stops)\.\w+"
)
"""Claims that say something of an organisation, rather than of how it was measured, or of a topic or unit of its own."""
VARIANTS = ("_as_found", "_change", "_change_panel")
"""What ids end in of another reading of a figure that has a claim of its own."""
OF_KINDS = re.compile(r"(personal|functional|strategic)(_crossing)?$|multiplex|breadth|market\.(full_)?reach\.")
"""Claims that rest on telling kinds of tie apart."""
NO_SAMPLE = re.compile(r"\brange\b|middle 95|nobody differs|weeks drawn anew")
"""Words of methods whose interval is no doubt about people: what was assumed, or drawn, is not independent of anything."""

ALIKE, UNTOLD = "about the same", "cannot be told apart"
SAME_PEOPLE = "same people: no test"
OTHERWISE_MADE = "made in another way"
OTHER_KINDS = "kinds of tie told in another way"
NOT_OF_PEOPLE = "interval is not one of people"
ONLY_FIRST, ONLY_SECOND = "only in the first", "only in the second"
MOVED, INTERVAL_ALONE = "moved", "interval alone moved"
DIFFERENT = ("clearly higher", "higher", "clearly lower", "lower")


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


def studies(first: Released, second: Released, settings: Settings, *, same_signs: bool) -> list[Beside]:
    """Of two organisations: those that differ first, the largest difference in its own errors before others.

    `same_signs`: whether kinds of tie are told by the same stated signs, where nobody said of what kind theirs are.
    """
    one, other = _of_the_whole(first), _of_the_whole(second)
    both = [name for name in one.index if name in other.index]
    alike = _kinds_alike(first, second, same_signs=same_signs)
    why_not = {
        name: OTHER_KINDS if OF_KINDS.search(name) and not alike else _not_comparable(one.loc[name], other.loc[name])
        for name in both
    }
    tested = [name for name in both if not why_not[name]]
    apart = pd.DataFrame([_difference(one.loc[name], other.loc[name]) for name in tested], index=tested)
    sides = comparisons.sides(apart, reference=0.0)
    told = {name: _told(apart.loc[name], sides[name], settings) for name in tested} | {
        k: v for k, v in why_not.items() if v
    }
    rows = [
        _beside(one.loc[name], other.loc[name], told[name], _figure(apart.loc[name]) if name in tested else None)
        for name in both
    ]
    return [*sorted(rows, key=_weight, reverse=True), *_alone(one, other)]


def waves(earlier: Released, later: Released, changed: set[str], settings: Settings) -> list[Beside]:
    """Of the same people twice: `changed` are the indicators that the values chapter of the later wave calls changed."""
    one, other = _of_the_whole(earlier), _of_the_whole(later)
    rows = []
    for name in (name for name in one.index if name in other.index):
        change, verdict = later.get(f"{name}_change"), _not_comparable(one.loc[name], other.loc[name])
        if change is not None:
            verdict = UNTOLD
            if name.removeprefix("values.") in changed and (way := verdicts.change(change, settings)):
                verdict = "higher" if way > 0 else "lower"
        rows.append(
            _beside(one.loc[name], other.loc[name], verdict or SAME_PEOPLE, None if change is None else _figure(change))
        )
    return [*sorted(rows, key=_weight, reverse=True), *_alone(one, other)]


def moved(before: Released, now: Released, *, same_data: bool) -> list[Beside]:
    """Of one study: each figure that reads otherwise than before, or stands in one of the two alone.

    Groups are set beside each other only where the data are the same, and then those that both show.
    """
    one, other = (_indexed(frame.claims, groups=same_data) for frame in (before, now))
    rows = []
    for name in (name for name in one.index if name in other.index):
        old, new = one.loc[name], other.loc[name]
        if any(old[end] != new[end] for end in ("estimate", "low", "high")):
            verdict = INTERVAL_ALONE if old["estimate"] == new["estimate"] else MOVED
            rows.append(_beside(old, new, verdict, None))
    return [*sorted(rows, key=lambda row: (row.verdict == MOVED, _step(row)), reverse=True), *_alone(one, other)]


def _of_the_whole(released: Released) -> pd.DataFrame:
    rows = _indexed(released.claims, groups=False)
    fits = [bool(OF_THE_ORGANISATION.fullmatch(name)) and not name.endswith(VARIANTS) for name in rows.index]
    return rows[(rows["scope"] == "organisation").to_numpy() & np.array(fits, dtype=bool)]


def _indexed(claims: pd.DataFrame, *, groups: bool) -> pd.DataFrame:
    shown = claims[claims["group"].isna() | (claims["scope"].isin(["group", "pair"]) & groups)]
    return shown.set_index("id", drop=False)


def _kinds_alike(first: Released, second: Released, *, same_signs: bool) -> bool:
    """Whether both tell kinds of tie by what people said, or both by the same stated signs."""
    told = [frame.claims.dropna(subset=["basis"]).set_index("id")["basis"].to_dict() for frame in (first, second)]
    return told[0] == told[1] and (same_signs or {*told[0].values()} <= {ESTIMATED})


def _not_comparable(one: pd.Series, other: pd.Series) -> str:
    """Why no difference of the two is one of people; nothing where it is."""
    if any(_text(one[name]) != _text(other[name]) for name in ("unit", "label", "basis", "method")):
        return OTHERWISE_MADE
    return NOT_OF_PEOPLE if NO_SAMPLE.search(one["method"]) else ""


def _difference(one: pd.Series, other: pd.Series) -> dict[str, Any]:
    apart = other["estimate"] - one["estimate"]
    down = np.hypot(other["estimate"] - other["low"], one["high"] - one["estimate"])
    up = np.hypot(other["high"] - other["estimate"], one["estimate"] - one["low"])
    return {
        "id": one["id"],
        "estimate": apart,
        "low": apart - down,
        "high": apart + up,
        "unit": one["unit"],
        "stage": one["stage"],
        "reference": 0.0,
    }


def _told(apart: pd.Series, side: str, settings: Settings) -> str:
    least = verdicts.useful(apart, settings)
    words = verdicts.verdict(apart["low"], apart["high"], 0.0, least or 0.0)
    if side == "between":
        return ALIKE if words == "about the same as" and least else UNTOLD
    clearly = "clearly " if words.startswith("clearly") and least is not None else ""
    return f"{clearly}{'higher' if side == 'above' else 'lower'}"


def _beside(one: pd.Series, other: pd.Series, verdict: str, difference: Figure | None) -> Beside:
    return Beside(one["id"], _label(one), one["unit"], _figure(one), _figure(other), verdict, difference)


def _alone(one: pd.DataFrame, other: pd.DataFrame) -> Iterator[Beside]:
    """What stands in one of the two; of groups nothing, since a name held back in the other would be told."""
    for rows, others, verdict in ((one, other, ONLY_FIRST), (other, one, ONLY_SECOND)):
        for name, row in rows[rows["group"].isna()].iterrows():
            if name not in others.index:
                figures = (_figure(row), None) if verdict == ONLY_FIRST else (None, _figure(row))
                yield Beside(str(name), _label(row), row["unit"], *figures, verdict)


def _figure(row: pd.Series) -> Figure:
    n = row.get("n")
    return Figure(*(float(row[name]) for name in ("estimate", "low", "high")), None if n is None else int(n))


def _label(row: pd.Series) -> str:
    of = [_text(row[name]) for name in ("group", "other") if _text(row[name])]
    return f"{row['label']}: {' × '.join(of)}" if of else row["label"]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _weight(row: Beside) -> tuple[int, float]:
    """What differs before what does not; of it the clear, and of these what lies most of its own half-widths away."""
    rank = (row.verdict in DIFFERENT) + row.verdict.startswith("clearly")
    if row.difference is None:
        return rank, -1.0
    half = max((row.difference.high - row.difference.low) / 2, 1e-9)
    return rank, abs(row.difference.estimate) / half


def _step(row: Beside) -> float:
    """By how many of its own half-widths a figure moved."""
    half = max((row.first.high - row.first.low) / 2, 1e-9)
    return abs(row.second.estimate - row.first.estimate) / half
