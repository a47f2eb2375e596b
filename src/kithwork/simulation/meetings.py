"""The calendar: weekly meetings of units and projects, fortnightly talks with one's manager, meetings called ad hoc."""

from __future__ import annotations

import numpy as np

from kithwork.simulation import clock
from kithwork.simulation.organisation import Organisation
from kithwork.simulation.relationships import Relationships
from kithwork.simulation.rhythms import MEETING, Contacts, Meetings

ATTENDANCE = 0.85
UNIT_MINUTES, PROJECT_MINUTES, TALK_MINUTES = 60, 45, 30
HALF_HOUR, QUARTER = 1800, 900
"""Standing meetings begin on the half hour, those called ad hoc a quarter past it: no two people begin both at once."""


def recurring(org: Organisation, bonds: Relationships, weeks: int, rng: np.random.Generator) -> Meetings:
    """Every occurrence of the standing meetings; who was there was not on leave, not gone, and came."""
    circles = [(members, UNIT_MINUTES, 1) for members in np.split(org.seats, org.first_seat[1:-1])]
    circles += [(members, PROJECT_MINUTES, 1) for members in bonds.projects]
    circles += [(org.seats[[m, i]], TALK_MINUTES, 2) for i, m in enumerate(org.manager) if m >= 0]
    at, minutes, who, counts = [], [], [], []
    week = np.arange(weeks)
    for members, length, every in circles:
        slot = clock.DAY * rng.integers(0, 5) + HALF_HOUR * rng.integers(17, 33)
        held = week[rng.integers(0, every) :: every]
        there = (rng.random((len(members), len(held))) < ATTENDANCE) & org.there[members][:, held]
        enough = there.sum(axis=0) >= 2
        there, held = there[:, enough], held[enough]
        at.append(clock.to_utc(held * clock.WEEK + slot, np.full(len(held), org.site[members[0]])))
        minutes.append(np.full(len(held), length))
        counts.append(there.sum(axis=0))
        who.append(members[np.nonzero(there.T)[1]])
    return _meetings(*(np.concatenate(parts) for parts in (at, minutes, counts, who)))


def called(contacts: Contacts, org: Organisation, rng: np.random.Generator) -> Meetings:
    """Meetings called by one person with another and, where it was not for two only, further colleagues of the unit."""
    picked = np.flatnonzero(contacts.channel == MEETING)
    start = (contacts.at[picked] // HALF_HOUR) * HALF_HOUR + QUARTER
    extra = contacts.size[picked] - 2
    meeting = np.repeat(np.arange(len(picked)), extra)
    guest = org.mates(contacts.sender[picked][meeting], rng)
    came = org.there[guest, contacts.week[picked][meeting]]
    meeting, guest = meeting[came], guest[came]
    order = np.r_[np.arange(len(picked)), np.arange(len(picked)), meeting]
    who = np.r_[contacts.sender[picked], contacts.receiver[picked], guest]
    rank = np.repeat([0, 1, 2], [len(picked), len(picked), len(guest)])
    sort = np.lexsort((who, rank, order))
    order, who = order[sort], who[sort]
    keys = order.astype(np.int64) * (who.max(initial=0) + 1) + who
    _, once = np.unique(keys, return_index=True)
    once.sort()
    minutes = rng.choice([30, 30, 45, 60], len(picked))
    return _meetings(start, minutes, np.bincount(order[once], minlength=len(picked)), who[once])


def pairs(held: Meetings, largest: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair of people in each meeting of at most `largest`: meeting, one, other (in order of the guest list)."""
    size = np.diff(held.bounds)
    found = []
    for n in range(2, largest + 1):
        some = np.flatnonzero(size == n)
        one, other = np.triu_indices(n, 1)
        guests = held.who[held.bounds[some][:, None] + np.arange(n)]
        found.append((np.repeat(some, len(one)), guests[:, one].ravel(), guests[:, other].ravel()))
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))


def _meetings(at: np.ndarray, minutes: np.ndarray, counts: np.ndarray, who: np.ndarray) -> Meetings:
    return Meetings(at, minutes, np.r_[0, np.cumsum(counts)], who)
