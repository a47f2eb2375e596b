"""What the market chapter says, put together for sentences, tables and figures: topics, signals, and cells of the market.

Figures come from released claims; names, dates and decisions from the chapter's tables, which pass the gate here: rows
about fewer people than the smallest group are held back, and so is every phrase that fewer people wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from kithwork.market_tables import MARKET_TABLES
from kithwork.release import HELD_BACK, Edition, Phrases, Quotations, Released, by_row, enough, phrases, quotations
from kithwork.report import sentences as say

TABLES = ("topics", "topic_phrases", "trends", "signals", "market_cells", "quotes")
"""The tables of chapter 5 that the report reads."""
ABOUT = {
    "customer": "customers",
    "competitor": "competitors",
    "supplier": "suppliers",
    "regulation": "regulation",
    "technology": "technology",
}
"""What a text may be about, in words."""
SAID = 2
"""Phrases that name a topic."""
HEARD, ALONE, BLIND, FEW = STATES = ("Heard", "On one person", "Blind spot", "Few or nobody")
"""How well a part of the market is heard: by strategic ties, through one person alone, by no strategic tie, or by fewer
people than may be told of."""
UNKNOWN = "unknown"
"""The segment of parties that the client named none of."""
EMPTY = {table.name: table.empty() for table in MARKET_TABLES}


@dataclass(frozen=True)
class Market:
    """What of the chapter's tables may be shown: names of topics and signals by id, rows about enough people, and how well
    each part of the market, a kind of party and a segment, is heard, as one of `STATES`."""

    names: dict[str, str] = field(default_factory=dict)
    topics: pd.DataFrame = field(default_factory=EMPTY["topics"].copy)
    trends: pd.DataFrame = field(default_factory=EMPTY["trends"].copy)
    signals: pd.DataFrame = field(default_factory=EMPTY["signals"].copy)
    parts: dict[tuple[str, str], str] = field(default_factory=dict)
    quotes: Quotations | None = None
    signals_held_back: int = 0


@dataclass(frozen=True)
class Topic:
    """One topic that may be shown: its name, what it is about, its claims, and when it began and burst."""

    id: str
    name: str
    role: str | None
    share: pd.Series
    rise: pd.Series | None
    trend: pd.Series | None

    @property
    def of_market(self) -> bool:
        """Whether it is rather about the market than not."""
        return self.role is not None

    @property
    def rising(self) -> bool:
        """Whether it rises, by the chapter's verdict."""
        return self.trend is not None and self.trend["trend"] == "rising"


def told(tables: Mapping[str, pd.DataFrame], smallest_group: int, edition: Edition = Edition.SPONSOR) -> Market:
    """The chapter's tables through the gate."""
    topics, trends, signals = (enough(tables[name], "people", smallest_group) for name in ("topics", "trends", "signals"))
    cells = by_row(tables["market_cells"].set_index(["kind", "segment"]), "people", smallest_group)
    names = _names(topics, phrases(tables["topic_phrases"], smallest_group))
    for row in signals.itertuples():
        names.setdefault(row.signal_id, names.get(row.topic_id) or say.sentence(str(row.problem)))
    return Market(
        names,
        topics,
        trends,
        signals,
        {part: _state(row) for part, row in cells.iterrows()},
        quotations(tables["quotes"], smallest_group, edition=edition),
        len(tables["signals"]) - len(signals),
    )


def topics(released: Released, market: Market) -> list[Topic]:
    """The topics whose share of texts may be shown, the largest first."""
    trends = {row["topic_id"]: row for _, row in market.trends.iterrows()}
    found = []
    for _, row in market.topics.iterrows():
        share = released.get(f"market.topic_texts.{row['topic_id']}")
        if share is not None:
            rise = released.get(f"market.rise.{row['topic_id']}")
            name = market.names[row["topic_id"]]
            found.append(Topic(row["topic_id"], name, _role(row), share, rise, trends.get(row["topic_id"])))
    return sorted(found, key=lambda one: (-one.share["estimate"], one.name))


def _names(topics: pd.DataFrame, said: Phrases) -> dict[str, str]:
    """An analyst's name, else the phrases that enough people wrote, else what the topic is about and its number."""
    return {
        row["topic_id"]: str(row["named"])
        if pd.notna(row["named"])
        else say.sentence(said.called(row["topic_id"], ABOUT.get(_role(row)), SAID))
        for _, row in topics.iterrows()
    }


def _state(cell: pd.Series) -> str:
    if cell["people"] == HELD_BACK:
        return FEW
    if cell["blind"]:
        return BLIND
    return ALONE if cell["named"] == cell["single"] else HEARD


def _role(row: pd.Series) -> str | None:
    """What most of its texts are likely about; None where that is none of the parts of the market."""
    chances = {role: row[f"p_{role}"] for role in ABOUT}
    best = max(chances, key=lambda role: chances[role])
    return best if chances[best] > 1 - sum(chances.values()) else None
