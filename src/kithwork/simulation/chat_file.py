"""The chat as a Slack export: users, channels, direct messages, one JSON file per conversation and day; no content.

What is between two goes into a direct conversation; the rest is an answer in a thread of the sender's unit, whose first
message the receiver wrote shortly before.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.simulation.rhythms import CHAT, Contacts

if TYPE_CHECKING:
    from kithwork.simulation import World

WRITTEN = (1980, 1, 1, 0, 0, 0)
"""The date in the archive's directory: fixed, so that the same world gives the same bytes."""
SHORTLY = 900
TEXT = "(not exported)"


def write(path: Path, world: World, sent: Contacts) -> int:
    """Write the export; returns the number of messages in it."""
    people = len(world.org)
    rows = np.flatnonzero((sent.channel == CHAT) & (sent.sender < people) & (sent.receiver < people) & (sent.tie >= 0))
    rows = rows[np.argsort(sent.at[rows], kind="stable")]
    sender, receiver, at, size = sent.sender[rows], sent.receiver[rows], sent.at[rows], sent.size[rows]
    user = np.array([f"U{number:06d}" for number in range(people)])
    units = world.org.people["unit"].str.lower().str.replace(" ", "-", regex=False).to_numpy()
    direct = size == 2
    low, high = np.minimum(sender, receiver), np.maximum(sender, receiver)
    pairs = np.unique(low[direct].astype(np.int64) * people + high[direct])
    stamp = [f"{second}.{number % 1_000_000:06d}" for number, second in enumerate(at)]
    asked = [f"{second - SHORTLY}.{number % 1_000_000:06d}" for number, second in enumerate(at)]
    day, day_asked = (pd.to_datetime(seconds, unit="s").strftime("%Y-%m-%d") for seconds in (at, at - SHORTLY))
    talk = np.searchsorted(pairs, low.astype(np.int64) * people + high)
    files: dict[str, list[dict]] = {}
    for i in range(len(rows)):
        who, other = user[sender[i]], user[receiver[i]]
        if direct[i]:
            files.setdefault(f"D{talk[i]:06d}/{day[i]}.json", []).append(_message(who, stamp[i]))
            continue
        channel = units[sender[i]]
        question = _message(other, asked[i]) | {"thread_ts": asked[i], "reply_count": 1}
        answer = _message(who, stamp[i]) | {"thread_ts": asked[i], "parent_user_id": other}
        files.setdefault(f"{channel}/{day_asked[i]}.json", []).append(question)
        files.setdefault(f"{channel}/{day[i]}.json", []).append(answer)
    head = {
        "users.json": _users(world, user),
        "channels.json": [
            {"id": f"C{number:06d}", "name": name, "members": user[units == name].tolist()}
            for number, name in enumerate(np.unique(units))
        ],
        "dms.json": [
            {"id": f"D{number:06d}", "members": [user[pair // people], user[pair % people]]}
            for number, pair in enumerate(pairs)
        ],
        "mpims.json": [],
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for messages in files.values():
            messages.sort(key=lambda message: float(message["ts"]))
        for name, content in [*head.items(), *sorted(files.items())]:
            archive.writestr(
                zipfile.ZipInfo(name, WRITTEN), json.dumps(content, ensure_ascii=False), zipfile.ZIP_DEFLATED, 1
            )
    return sum(map(len, files.values()))


def _users(world: World, user: np.ndarray) -> list[dict]:
    people = world.org.people
    return [
        {
            "id": user[i],
            "name": mail.split("@")[0],
            "is_bot": False,
            "deleted": bool(left < world.weeks),
            "profile": {"real_name": name, "email": mail},
        }
        for i, (mail, name, left) in enumerate(zip(people["email"], people["name"], people["left_week"], strict=True))
    ]


def _message(user: str, stamp: str) -> dict:
    return {"type": "message", "user": str(user), "text": TEXT, "ts": stamp}
