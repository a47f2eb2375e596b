"""Runs every indicator of the ten values. A value's file lists its indicators; a function added there appears here.

There is no total: the indicators have different scales and must not be averaged.
"""

from __future__ import annotations

from importlib import import_module

import pandas as pd

from kithwork.claims import Ledger
from kithwork.tables import INDICATORS
from kithwork.values import VALUES
from kithwork.values.evidence import Evidence, Measured


def score(evidence: Evidence) -> tuple[pd.DataFrame, Ledger]:
    """The `indicators` table, and the claims of those that could be computed."""
    ledger, rows = Ledger("values"), []
    for number, value in enumerate(VALUES, start=1):
        for indicator in import_module(f"kithwork.values.{value}").INDICATORS:
            definition = indicator.__doc__.strip().splitlines()[0]
            result = indicator(evidence)
            claim, missing = None, None
            if isinstance(result, Measured):
                claim = ledger.add(
                    f"{value}.{indicator.__name__}",
                    definition.rstrip("."),
                    result.estimate,
                    unit=result.unit,
                    method=result.method,
                    reference=result.reference,
                    reference_label=result.reference_label,
                )
            else:
                missing = result.needs
            rows.append(
                {
                    "value": value,
                    "number": number,
                    "indicator": indicator.__name__,
                    "definition": definition,
                    "claim": claim,
                    "missing": missing,
                }
            )
    return INDICATORS.checked(pd.DataFrame(rows)), ledger
