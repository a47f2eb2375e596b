"""The calendar: who can be there, when, how long, and every pair counted once."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated import worlds

from kithwork import simulation
from kithwork.simulation import clock, meetings, rhythms


def held_in(world: simulation.World) -> dict[str, rhythms.Meetings]:
    """Standing meetings, and those called ad hoc."""
    sent = next(
        iter(rhythms.contacts(world.org, world.bonds, world.weeks, world.knobs, simulation.seeds(world.seed, "contacts")))
    )
    dice = np.random.default_rng(1)
    return {
        "called": meetings.called(sent, world.org, dice),
        "standing": meetings.recurring(world.org, world.bonds, world.weeks, dice),
    }


@given(worlds)
def test_meetings_are_possible(world):
    """Two or more meet, each once, at work in that week, within the weeks, on the half hour or a quarter past it."""
    people, weeks = len(world.org), world.weeks
    for name, held in held_in(world).items():
        size = np.diff(held.bounds)
        assert (size >= 2).all()
        meeting = np.repeat(np.arange(len(size)), size)
        assert len(np.unique(np.column_stack([meeting, held.who]), axis=0)) == len(held.who)
        assert (held.at % meetings.HALF_HOUR == (meetings.QUARTER if name == "called" else 0)).all()
        start = clock.START.timestamp()
        assert (held.at >= start - 9 * 3600).all()  # Monday's midnight in Singapore
        assert (held.at < start + weeks * clock.WEEK + 6 * 3600).all()  # Sunday's in Toronto
        if name == "standing":
            week = ((held.at - start) // clock.WEEK).astype(int)  # of UTC
            assert world.org.there[held.who, np.repeat(week, size)].all()
        inside = held.who < people
        assert world.org.employed[held.who[inside]].any(axis=1).all()


def test_standing_meetings_are_held_in_working_hours(crowd):
    """Half past eight to half past four on the wall clock of the first member's place, on working days."""
    world = crowd.world
    held = meetings.recurring(world.org, world.bonds, world.weeks, np.random.default_rng(1))
    talks = held.minutes == meetings.TALK_MINUTES
    hosts = world.org.site[held.who[held.bounds[:-1]]][talks]  # of a talk the manager is the first, if not alone
    shown = (held.at[talks] - clock.START.timestamp()) + clock._offsets(200)[
        hosts, (held.at[talks] - int(clock.START.timestamp())) // clock.DAY
    ]
    assert not clock.is_after_hours(shown).any()


def test_attendance_is_as_stated(crowd):
    """Of those at work, the stated share comes to each unit's meeting, within four standard errors."""
    world = crowd.world
    held = meetings.recurring(world.org, world.bonds, world.weeks, np.random.default_rng(1))
    unit = held.minutes == meetings.UNIT_MINUTES
    came, asked = np.diff(held.bounds)[unit].sum(), world.org.there.sum()
    share = meetings.ATTENDANCE
    assert came / asked == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / asked))


def test_pairs_are_all_pairs_of_small_meetings(world):
    """Every pair of a meeting up to the largest size, in the order of its guest list, and none of a larger one."""
    for held in held_in(world).values():
        found = sorted(zip(*(part.tolist() for part in meetings.pairs(held, 6)), strict=True))
        expected = sorted(
            (number, *pair)
            for number, (first, last) in enumerate(zip(held.bounds[:-1], held.bounds[1:], strict=True))
            if last - first <= 6
            for pair in combinations(held.who[first:last].tolist(), 2)
        )
        assert found == expected


@given(st.integers(1, 500))
def test_parts_are_the_whole(most):
    """Meetings a few at a time are the same meetings."""
    rng = np.random.default_rng(most)
    size = rng.integers(2, 6, 400)
    held = rhythms.Meetings(np.arange(400), np.full(400, 30), np.r_[0, size.cumsum()], rng.integers(0, 90, size.sum()))
    parts = list(held.parts(most))
    assert all(len(part.at) <= most for part in parts)
    assert np.concatenate([part.at for part in parts]).tolist() == held.at.tolist()
    assert np.concatenate([np.diff(part.bounds) for part in parts]).tolist() == size.tolist()
    assert np.concatenate([part.who for part in parts]).tolist() == held.who.tolist()


def test_called_meetings_hold_those_of_the_contact(world):
    """Whoever calls a meeting and whom it is called with are its first two guests; others are of the caller's unit."""
    sent = next(
        iter(rhythms.contacts(world.org, world.bonds, world.weeks, world.knobs, simulation.seeds(world.seed, "contacts")))
    )
    held = meetings.called(sent, world.org, np.random.default_rng(1))
    picked = sent.channel == rhythms.MEETING
    assert held.who[held.bounds[:-1]].tolist() == sent.sender[picked].tolist()
    assert held.who[held.bounds[:-1] + 1].tolist() == sent.receiver[picked].tolist()
    for number in np.flatnonzero(np.diff(held.bounds) > 2):
        guests = held.who[held.bounds[number] : held.bounds[number + 1]]
        assert (world.org.unit_of[guests[2:]] == world.org.unit_of[guests[0]]).all()
        assert world.org.there[guests[guests < len(world.org)], sent.week[picked][number]].all()
