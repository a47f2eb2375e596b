"""The public edition of a report: the same sections, made anew from what may be shown to everybody.

Nothing is cut out of the sponsor's page: a sentence about groups is never written here, as no group passes the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from kithwork.release import Edition, release
from kithwork.report import findings, market_readings, page, section
from kithwork.report.section import Facts
from kithwork.tables import GROUP_SCORES


def public(claims: pd.DataFrame, market: Mapping[str, pd.DataFrame], facts: Facts) -> dict | None:
    """The document of the public page; None where no figure is about enough people to be public.

    `claims` are those of all chapters, `market` the tables of `market_readings.TABLES`, both before the gate.
    """
    settings = facts.settings
    least = settings.report.smallest_public
    if not (claims["people"][claims["group"].isna()] >= least).any():
        return None
    released = release(claims, least, Edition.PUBLIC)
    heard = market_readings.told(market, least, Edition.PUBLIC)
    facts = replace(facts, market=heard, marked=GROUP_SCORES.empty(), places=None)
    made = [section.build(name, released, facts) for name in settings.report.sections]
    return page.page(made, findings.findings(released, facts), released, facts)
