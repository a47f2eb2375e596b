"""Two studies' released figures set beside one another: what may be said of how they differ.

Two organisations are two samples: a difference has the interval of square-and-add (Zou & Donner 2008, Stat. Med. 27:1693),
and it is called one only where that holds after correction for how many are compared (`comparisons.py`), in the words of
`verdicts.py`. Two waves of the same people are not two samples: of them only what the values chapter found to have changed
is told with an interval. Figures of groups are left out: the gate guards one partition of people at a time.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from kithwork.params import Settings
from kithwork.release import Released
from kithwork.report import comparisons, verdicts
from kithwork.report.beside_rows import Beside, figure, indexed, of_both, of_one, text
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
DIFFERENT = ("clearly higher", "higher", "clearly lower", "lower")


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
        of_both(one.loc[name], other.loc[name], told[name], figure(apart.loc[name]) if name in tested else None)
        for name in both
    ]
    return [*sorted(rows, key=_weight, reverse=True), *of_one(one, other)]


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
            of_both(one.loc[name], other.loc[name], verdict or SAME_PEOPLE, None if change is None else figure(change))
        )
    return [*sorted(rows, key=_weight, reverse=True), *of_one(one, other)]


def _of_the_whole(released: Released) -> pd.DataFrame:
    rows = indexed(released.claims, groups=False)
    fits = [bool(OF_THE_ORGANISATION.fullmatch(name)) and not name.endswith(VARIANTS) for name in rows.index]
    return rows[(rows["scope"] == "organisation").to_numpy() & np.array(fits, dtype=bool)]


def _kinds_alike(first: Released, second: Released, *, same_signs: bool) -> bool:
    """Whether both tell kinds of tie by what people said, or both by the same stated signs."""
    told = [frame.claims.dropna(subset=["basis"]).set_index("id")["basis"].to_dict() for frame in (first, second)]
    return told[0] == told[1] and (same_signs or {*told[0].values()} <= {ESTIMATED})


def _not_comparable(one: pd.Series, other: pd.Series) -> str:
    """Why no difference of the two is one of people; nothing where it is."""
    if any(text(one[name]) != text(other[name]) for name in ("unit", "label", "basis", "method")):
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


def _weight(row: Beside) -> tuple[int, float]:
    """What differs before what does not; of it the clear, and of these what lies most of its own half-widths away."""
    rank = (row.verdict in DIFFERENT) + row.verdict.startswith("clearly")
    if row.difference is None:
        return rank, -1.0
    half = max((row.difference.high - row.difference.low) / 2, 1e-9)
    return rank, abs(row.difference.estimate) / half
