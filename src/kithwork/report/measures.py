"""What two runs of a study are compared by, with dvc: a handful of its figures, the kinds of its ties, the ten values.

All are figures that may be shown, as rounded as on the page. What could not be measured, or is held back, has no entry.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from kithwork.release import Released
from kithwork.report import brought
from kithwork.report.findings import types
from kithwork.report.readings import readings, title_of
from kithwork.report.section import Facts
from kithwork.setting import KINDS

PLAIN = {"responded": "clean.responded", "ties_per_person": "ties.per_person"}
"""Measures told by their figure alone, by the claim they are read from."""
RANGED = {**{kind: f"people.share_{kind}" for kind in KINDS}, "readiness": "change.readiness"}
"""Measures told with the ends of their interval; those of kinds are shares of the portfolio, in %."""
ENDS = ("low", "estimate", "high")
"""What is told of a figure with an interval."""
WHOLE = "all together"
"""What a value's own row is called, among those of its indicators."""


def measures(document: dict, released: Released, facts: Facts) -> dict[str, Any]:
    """A study in a handful of numbers: people, ties and their kinds, rows refused, answers, segments, readiness, findings.

    `document`: the page that `page.page` made of the same.
    """
    found = {name: released.get(claim) for name, claim in (PLAIN | RANGED).items()}
    several, split = released.get("ties.multiplex"), types(released, facts)
    made = {
        "people": document["people"],
        "ties": None if several is None else int(several["n"]),
        "rows_refused": int(brought.counted(facts.intake)["rows_refused"].sum()),
        **{name: _figure(found[name]) for name in PLAIN},
        **{name: None if found[name] is None else _ends(found[name]) for name in RANGED},
        "segments": None if split is None else _segments(released),
        "findings": len(document["findings"]),
    }
    return {name: value for name, value in made.items() if value is not None}


def kinds(released: Released) -> pd.DataFrame:
    """The share of the portfolio that each kind makes up, in %, a row a kind."""
    found = {kind: released.get(RANGED[kind]) for kind in KINDS}
    rows = [{"kind": kind, **_ends(claim)} for kind, claim in found.items() if claim is not None]
    return pd.DataFrame(rows, columns=["kind", *ENDS])


def values(released: Released, facts: Facts) -> pd.DataFrame:
    """How far each value and each of its indicators lies from its reference, in standard deviations between people."""
    told: list[tuple[int, str, str, pd.Series | None]] = []
    for number, (value, found) in enumerate(readings(released, facts).items(), start=1):
        told.append((number, title_of(value), WHOLE, released.get(f"values.{value}.composite")))
        told += [(number, title_of(value), one.name, one.distance) for one in found]
    of = ("number", "value", "measure")
    rows = [{**dict(zip(of, named, strict=True)), **_ends(claim)} for *named, claim in told if claim is not None]
    return pd.DataFrame(rows, columns=[*of, *ENDS])


def _figure(claim: pd.Series | None) -> float | None:
    return None if claim is None else float(claim["estimate"])


def _ends(claim: pd.Series) -> dict[str, float]:
    return {end: float(claim[end]) for end in ENDS}


def _segments(released: Released) -> int:
    """How many segments the data support; none where people form a continuum."""
    return len(released.of("people.segment_share")) + released.held_back.get("people.segment_share", 0)
