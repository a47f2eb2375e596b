"""Transcripts of chat rooms: Second Life with and without dates, IRC, and WhatsApp in its forms."""

from __future__ import annotations

import io
from datetime import datetime

from kithwork.readers.parts.given import Given
from samples import Sample

WORLD = """[2009/11/16 14:23]  Anna Lind: good morning
[2009/11/16 14:23]  Bo Berg: morning
[2009/11/16 14:24:10]  Cid Dahl entered the room.
[2009/11/16 14:24:31]  Cid Dahl: Anna: shall we begin
[2009/11/16 14:25]  Second Life: Your inventory is ready
"""
ROOM = """[23:58] -!- anna [~anna@north.example] has joined #harbour
[23:58] <anna> good evening
[23:59] <@bo> evening
[00:01] * anna waves
[00:02] <anna> bo, are you there
"""
PHONE = """16/11/2009, 14:22 - Messages and calls are end-to-end encrypted.
16/11/2009, 14:23 - Anna Lind: good morning
and a second line
16/11/2009, 14:24 - Bo Berg: morning
"""
BRACKETS = """[11/16/09, 2:23:05\u202fPM] Anna Lind: good morning
\u200e[11/16/09, 2:24:11\u202fPM] Bo Berg: \u200eimage omitted
"""
SAMPLES = (
    Sample("world.txt", "interactions", WORLD.encode()),
    Sample("room.log", "interactions", ROOM.encode(), {"options": {"date": "2009-11-16"}}),
    Sample("phone.txt", "interactions", PHONE.encode(), {"options": {"order": "dmy", "gap": "30"}}),
    Sample("brackets.txt", "interactions", BRACKETS.encode(), {"options": {"order": "mdy"}}),
)


def many(n: int) -> bytes:
    """Two who take turns, a record a line."""
    lines = [
        f"[2009/{number // 40320 % 12 + 1:02d}/{number // 1440 % 28 + 1:02d} {number // 60 % 24:02d}:{number % 60:02d}]  "
        f"{('Anna Lind', 'Bo Berg')[number % 2]}: words of the length that people write in a chat, a sentence or so\n"
        for number in range(n)
    ]
    return "".join(lines).encode()


def plain(given: Given) -> None:
    """Every line, and its time by the standard library."""
    with given.open() as file:
        for line in io.TextIOWrapper(file, "utf-8"):
            datetime.strptime(line[1:17], "%Y/%m/%d %H:%M").isoformat()
