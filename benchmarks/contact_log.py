"""A made-up log of contact of any length: the table `interactions`, written in parts, the same bytes each time.

People come in communities; who writes most, and how often two are in contact, is heavy-tailed; a fifth of events are
answers. A longer log is of the same people, who have more to do with one another.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from kithwork.tables import INTERACTIONS

PEOPLE = 20_000
"""People in a log of a million events or more; in a shorter one there is one for fifty events."""

COMMUNITY = 60
"""People in a community."""

PART = 1_000_000
"""Events written at a time: parts follow one another in time, since the table is sorted by it."""

GROUP = 250_000
"""Rows of a row group, as `store.save` writes them."""

MOST = 4
"""Alters in an event."""

START, YEAR, HOUR, DAY = 1_767_225_600, 364 * 86_400, 3600, 86_400
"""2026-01-01 and durations, in seconds."""

CHANNELS = ("mail", "chat", "call", "review", "meeting")
SHARES = (0.5, 0.3, 0.07, 0.05, 0.08)
"""Of events, by channel."""


def write(path: Path, events: int, seed: int = 1) -> int:
    """Write a log of so many events; returns its rows, one per pair in an event, about 1.7 times as many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    ids = pa.array(pseudonyms(min(PEOPLE, max(COMMUNITY, events // 50))))
    rows, parts = 0, -(-events // PART)
    with pq.ParquetWriter(path, INTERACTIONS.arrow) as writer:
        for part in range(parts):
            span = YEAR // parts
            count = min(PART, events - part * PART)
            frame = happened(np.random.default_rng((seed, part)), len(ids), count, START + part * span, span)
            frame["event"] += part * PART
            table = pa.Table.from_pandas(frame, preserve_index=False)
            for name in ("ego_id", "alter_id"):
                table = table.set_column(table.column_names.index(name), name, ids.take(table[name]))
            writer.write_table(table.select(list(INTERACTIONS.columns)).cast(INTERACTIONS.arrow), row_group_size=GROUP)
            rows += len(table)
    return rows


def pseudonyms(people: int) -> list[str]:
    """Ids as the toolkit makes them: 20 letters and digits that say nothing."""
    return [b32encode(hashlib.sha256(str(number).encode()).digest())[:20].decode() for number in range(people)]


def happened(rng: np.random.Generator, people: int, events: int, start: int, span: int) -> pd.DataFrame:
    """The rows of so many events within `span` seconds, in order of time; people by number."""
    log = _begun(rng, people, events, start, span)
    _answered(rng, log, start + span - 1)
    rows = _deliveries(log, people)
    known = rng.random(len(rows)) < 0.97
    local = rows["at"] % DAY
    rows["off_hours"] = np.where(known & ~rows["day_only"], (local < 8 * HOUR) | (local > 18 * HOUR), np.nan)
    rows["weekend"] = np.where(known, (rows["at"] // DAY + 3) % 7 >= 5, np.nan)
    rows["at"] = pd.to_datetime(rows["at"], unit="s", utc=True).astype("datetime64[us, UTC]")
    return rows.sort_values(["at", "ego_id", "alter_id", "event"]).reset_index(drop=True)


def _begun(rng: np.random.Generator, people: int, events: int, start: int, span: int) -> pd.DataFrame:
    """Who turns to whom: mostly within the community, and there as outside mostly to the same few."""
    ego = (people * rng.random(events) ** 1.5).astype(np.int64)
    ego = ego * 7919 % people  # who writes much is not of one community
    within = rng.random(events) < 0.85
    first = ego // COMMUNITY * COMMUNITY
    size = np.minimum(first + COMMUNITY, people) - first
    near = first + (ego - first + 1 + ((size - 1) * rng.random(events) ** 2).astype(np.int64)) % size
    far = (ego + 1 + ((people - 1) * rng.random(events) ** 12).astype(np.int64)) % people
    channel = rng.choice(len(CHANNELS), events, p=SHARES)
    more = np.where(channel == 0, rng.geometric(0.65, events) - 1, np.where(channel == 4, rng.integers(0, MOST, events), 0))
    spoken = np.isin(channel, (2, 4))
    day_only = (channel == 2) & (rng.random(events) < 0.1)
    at = start + np.sort(rng.integers(0, span, events))
    return pd.DataFrame(
        {
            "ego_id": ego,
            "alter_id": np.where(within & (size > 1), near, far),
            "channel": channel,
            "event": np.arange(events),
            "at": np.where(day_only, at // DAY * DAY, at),
            "day_only": day_only,
            "alters": np.minimum(1 + more, MOST),
            "minutes": np.where(spoken, rng.integers(1, 24, events) * 5.0, np.nan),
        }
    )


def _answered(rng: np.random.Generator, log: pd.DataFrame, end: int) -> None:
    """A fifth of the events become answers to one before them, by mail or chat, within hours."""
    asked = np.arange(len(log)) - rng.integers(1, 50, len(log))
    answers = (rng.random(len(log)) < 0.2) & (asked >= 0) & (log["channel"].to_numpy()[asked] < 2)
    first = log.iloc[asked[answers]]
    late = first["at"] + rng.exponential(HOUR, len(first)).astype(np.int64)
    told = {
        "ego_id": first["alter_id"], "alter_id": first["ego_id"], "channel": first["channel"], "at": late.clip(upper=end),
        "alters": 1, "minutes": np.nan, "day_only": False,
    }  # fmt: skip
    for name, values in told.items():
        log.loc[answers, name] = getattr(values, "array", values)


def _deliveries(log: pd.DataFrame, people: int) -> pd.DataFrame:
    """A row per pair: sender and each receiver, or each two in a meeting; the others are neighbours of the first alter."""
    ego, alter, alters = (log[name].to_numpy() for name in ("ego_id", "alter_id", "alters"))
    first = alter // COMMUNITY * COMMUNITY
    size = np.minimum(first + COMMUNITY, people) - first
    present = [ego] + [first + (alter - first + place) % size for place in range(MOST)]
    met = log["channel"] == CHANNELS.index("meeting")
    parts = []
    for one, other in combinations(range(MOST + 1), 2):
        there = (other <= alters) & (present[one] != present[other]) & ((one == 0) | met)
        parts.append(log[there].assign(ego_id=present[one][there], alter_id=present[other][there]))
    rows = pd.concat(parts).drop_duplicates(["event", "ego_id", "alter_id"])
    alone = (rows["alters"] == 1) & (rows["event"] % 2 == 0)
    rows["size"] = np.where(alone, np.nan, rows.pop("alters") + 1)
    rows["channel"] = np.array(CHANNELS)[rows["channel"]]
    return rows
