"""A scorecard made by hand: claims, and the tables beside them, of all indicators that are declared."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
from synthetic import claim, facts, released

from kithwork.release import Released
from kithwork.report import section
from kithwork.report.section import Facts
from kithwork.tables import CHANGES, GROUP_SCORES, INDICATORS, STANDARDISED
from kithwork.values import VALUES
from kithwork.values.scorecard import declared

NAMES = [f"{value}.{one.name}" for value, those in declared().items() for one in those]
"""Every indicator by value and name."""
BETTER = {f"{value}.{one.name}": one.better for value, those in declared().items() for one in those}
ASIDE = {"better": 1, "worse": -1, "neither": 0}


def scored(
    lying: dict[str, str],
    *,
    composites: dict[str, float] | None = None,
    moved: dict[str, float] | None = None,
    groups: dict[str, list[str]] | None = None,
    small: dict[str, int] | None = None,
    stands_out: bool = True,
    **about,
) -> tuple[Released, Facts]:
    """What sections are made from. `lying`: of each indicator measured, `better`, `worse` or `neither` than its reference,
    or `alone` without one; the others need a survey question.

    `composites`: by value; `moved`: points of change since the wave before; `groups`: units told apart from the rest, of
    Alpha, Beta and Gamma of 20 people each, by indicator; `small`: people behind an indicator, 40 unless said.
    """
    rows, claims, changes, marked = [], [], [], []
    for value, number, name, one in _declared():
        how = lying.get(name)
        out = stands_out and how in ("better", "worse")
        rows.append(
            {
                "value": value,
                "number": number,
                "indicator": one.name,
                "definition": one.definition,
                "better": one.better,
                "claim": f"values.{name}" if how else None,
                "missing": None if how else "survey question T9 about each unit named",
                "q": None if how in (None, "alone") else 0.01 if out else 0.4,
            }
        )
        if how is None:
            continue
        reference = None if how == "alone" else 50.0 - 20 * ASIDE[how] * one.better
        about_it = {"reference": reference, "reference_label": reference and "ties at random", "label": one.definition}
        people = (small or {}).get(name, 60)
        claims.append(claim(f"values.{name}", 50, 45, 55, n=people, **about_it))
        claims.append(claim(f"values.{name}.distance", ASIDE.get(how, 0) / 2, -0.6, 0.6, n=people, unit="index"))
        if name in (moved or {}):
            change = moved[name]
            changes.append({"indicator": name, "change": change, "changed": abs(change) >= 3})
            claims.append(claim(f"values.{name}_change", change, change - 2, change + 2, unit="points", reference=0.0))
        for at, unit in enumerate(("Alpha", "Beta", "Gamma") if name in (groups or {}) else ()):
            beside = {"reference": 50.0, "reference_label": "the whole organisation", "n": 20, "group": unit}
            claims.append(claim(f"values.{name}", 40 + 15 * at, 35 + 15 * at, 45 + 15 * at, **beside))
        marked += [{"indicator": name, "unit": unit, "above": unit == "Gamma"} for unit in (groups or {}).get(name, [])]
    stated = [_standardised(value, (composites or {}).get(value), lying) for value in VALUES]
    for value, middle in (composites or {}).items():
        claims.append(claim(f"values.{value}.composite", middle, middle - 0.2, middle + 0.2, unit="index", reference=0.0))
    tables = {
        "standardised": STANDARDISED.checked(pd.DataFrame(stated)),
        "changes": pd.DataFrame(changes, columns=list(CHANGES.columns)).assign(
            changed=lambda of: of["changed"].astype(bool)
        ),
        "marked": pd.DataFrame(marked, columns=list(GROUP_SCORES.columns)),
    }
    return released(*claims), facts(indicators=INDICATORS.checked(pd.DataFrame(rows)), of_values=tables, **about)


def _declared():
    for number, (value, those) in enumerate(declared().items(), start=1):
        for one in those:
            yield value, number, f"{value}.{one.name}", one


def _standardised(value: str, composite: float | None, lying: dict[str, str]) -> dict:
    behind = sum(name.startswith(f"{value}.") and how != "alone" for name, how in lying.items())
    ends = (None,) * 5 if composite is None else (composite - 0.2, composite + 0.2, 1, 1, 3)
    row = dict(zip(("low", "high", "rank", "rank_low", "rank_high"), ends, strict=True))
    missing = None if composite is not None else "only one indicator can be put on this scale"
    return {"value": value, "indicators": behind, "composite": composite, **row, "missing": missing}


def words(one: section.Section) -> str:
    """A section's words without its elements."""
    said = re.sub("<[^>]+>", " ", str(one.html).replace("<wbr>", ""))
    return re.sub(r"\s+(?=[,.;])|\s+(?= )", "", unescape(said).replace("\u00a0", " ").replace("\n", " "))
