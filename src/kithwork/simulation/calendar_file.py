"""The calendar as iCalendar (RFC 5545): one event per meeting, who was there by address, times in UTC, no subject."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from kithwork.simulation import words
from kithwork.simulation.rhythms import Meetings

LINE = 75
"""Octets after which a line is folded."""


def write(path: Path, calendars: tuple[Meetings, ...], address: np.ndarray) -> int:
    """Write all meetings in order of time; returns how many."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{words.COMPANY} (synthetic)//EN"]
    events = [event for number, held in enumerate(calendars) for event in _events(held, f"{number}", address)]
    for _, event in sorted(events):
        lines += event
    lines.append("END:VCALENDAR")
    path.write_bytes(("\r\n".join(map(_folded, lines)) + "\r\n").encode())
    return len(events)


def _events(held: Meetings, series: str, address: np.ndarray) -> list[tuple[str, list[str]]]:
    """Each meeting's start and lines."""
    start = pd.to_datetime(held.at, unit="s")
    begin = start.strftime("%Y%m%dT%H%M%SZ")
    end = (start + pd.to_timedelta(held.minutes, unit="min")).strftime("%Y%m%dT%H%M%SZ")
    found = []
    for number, (first, last) in enumerate(zip(held.bounds[:-1], held.bounds[1:], strict=True)):
        guests = address[held.who[first:last]]
        event = [
            "BEGIN:VEVENT",
            f"UID:{series}-{number:07d}@{words.DOMAIN}",
            f"DTSTAMP:{begin[number]}",
            f"DTSTART:{begin[number]}",
            f"DTEND:{end[number]}",
            f"ORGANIZER:mailto:{guests[0]}",
        ]
        event += [f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{guest}" for guest in guests[1:]]
        found.append((f"{begin[number]} {series}-{number:07d}", [*event, "END:VEVENT"]))
    return found


def _folded(line: str) -> str:
    """The line, folded; the space that begins a folded part counts."""
    return "\r\n ".join([line[:LINE], *(line[at : at + LINE - 1] for at in range(LINE, len(line), LINE - 1))])
