"""A market chapter of its own making, for tests of what the report says of it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from synthetic import claim, facts, released

from kithwork.market_tables import MARKET_TABLES, ROLES
from kithwork.release import Released
from kithwork.report import market_readings
from kithwork.report.section import Facts

TABLE = {table.name: table for table in MARKET_TABLES}


def week(number: int) -> pd.Timestamp:
    """The Monday of a week, counted from January 2026."""
    return pd.Timestamp("2026-01-05", tz="UTC") + pd.Timedelta(weeks=number)


def topic(number: int, named: str | None = None, people: int = 20, role: str | None = "customer") -> dict:
    """A row of `topics`."""
    chances = {f"p_{one}": 0.8 if one == role else 0.02 for one in ROLES}
    fixed = {"language": "en", "texts": 30, "stability": 0.8, "first": week(1)}
    return {"topic_id": f"en-{number:02d}", "named": named, "people": people, **fixed, **chances}


def phrase(number: int, words: str, rank: int = 1, people: int = 8) -> dict:
    """A row of `topic_phrases`."""
    return {"topic_id": f"en-{number:02d}", "phrase": words, "rank": rank, "weight": 1 / rank, "people": people}


def trend(number: int, which: str = "rising", people: int = 20, **changes) -> dict:
    """A row of `trends`."""
    fixed = {"first": week(1), "onset": week(2), "onset_low": week(1), "onset_high": week(3)}
    burst = {"burst_from": week(5), "burst_until": week(8), "burst_weight": 4.0}
    slope = {"slope": 2.0, "slope_low": 1.0, "slope_high": 3.0, "p": 0.01, "p_adjusted": 0.02, "novelty": 0.4}
    return {"topic_id": f"en-{number:02d}", "people": people, "trend": which, **fixed, **burst, **slope} | changes


def signal(number: int, decision: str = "act", people: int = 12, **changes) -> dict:
    """A row of `signals`, of a topic."""
    counts = {"reports": 20, "people": people, "customers": 3, "suppliers": 1, "others": 0}
    fixed = {"origin": "topic", "problem": None, "role": "customer", "independent": 4, "effective": 4.2}
    spread = {
        f"{name}{end}": middle
        for name, middle in (("p_real", 0.8), ("p_repeats", 0.5), ("value", 9e5), ("rank", float(number)))
        for end in ("", "_low", "_high")
    }
    name = f"en-{number:02d}"
    return {"signal_id": name, "topic_id": name, "p_top": 0.9, "decision": decision, **fixed, **counts, **spread} | changes


def cell(kind: str = "customer", segment: str = "health", people: int = 10, **changes) -> dict:
    """A row of `market_cells`."""
    fixed = {"parties": 4, "named": 3, "single": 1, "strategic": 2.0, "coverage": 0.6, "coverage_low": 0.4}
    rest = {"coverage_high": 0.8, "routes": 3.0, "fragility": 0.2, "blind": False}
    return {"kind": kind, "segment": segment, "people": people, **fixed, **rest} | changes


def quote(number: int, words: str, comment: str = "1", people: int = 20) -> dict:
    """A row of `quotes`."""
    return {"comment_id": comment, "topic_id": f"en-{number:02d}", "language": "en", "words": words, "people": people}


def market(smallest_group: int = 5, **rows: Sequence[dict]) -> market_readings.Market:
    """The tables of these rows through the gate; those not given are empty."""
    frames = {
        name: TABLE[name].checked(pd.DataFrame(rows[name])) if rows.get(name) else TABLE[name].empty()
        for name in market_readings.TABLES
    }
    return market_readings.told(frames, smallest_group)


def of_topic(number: int, share: float = 20.0, rise: float | None = 2.0) -> list[dict]:
    """The claims of a topic: its share of texts and, where it is watched, its change a month."""
    name = f"en-{number:02d}"
    rows = [claim(f"market.topic_texts.{name}", share, share - 5, share + 5)]
    return rows + ([claim(f"market.rise.{name}", rise, rise - 1, rise + 1, unit="points")] if rise is not None else [])


def of_signal(number: int) -> list[dict]:
    """The claims of a signal: its chance to be real, its worth and its rank."""
    name = f"en-{number:02d}"
    return [
        claim(f"market.real.{name}", 80, 60, 92, n=20),
        claim(f"market.value.{name}", 900_000, 3e5, 2e6, unit="money"),
        claim(f"market.rank.{name}", number, 1, number + 2, unit="count"),
    ]


def study(*claims: dict, **rows: Sequence[dict]) -> tuple[Released, Facts]:
    """What the gate lets through of claims and tables, and the facts with them."""
    return released(claim("people.share_personal"), *claims), facts(of_values={"market": market(**rows)})
