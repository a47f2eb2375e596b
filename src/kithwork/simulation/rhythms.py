"""How ties show in mail, chat, calls and meetings: contacts by rhythms that differ by kind of tie.

A tie's contacts are a Poisson cluster process (Hawkes & Oakes 1974, J. Appl. Prob. 11:493): first moves come at a rate,
in busy spells, and each draws answers after a lognormal latency (Stouffer, Malmgren & Amaral 2006,
arXiv:physics/0605027), which may draw answers in turn. How often, when in the day, with whom else, by which channel and
how fast depends on the kinds of the tie, as far as the knob `tie_signal` lets it: at 0 every tie has the average rhythm.

Contacts come in chunks of ties, each with its own random numbers: memory does not grow with the number of contacts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kithwork.simulation import clock
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.organisation import Organisation, season
from kithwork.simulation.relationships import KIND_COLUMNS, Relationships

CHANNELS = ("mail", "chat", "meeting", "call")
MAIL, CHAT, MEETING, CALL = range(4)


@dataclass(frozen=True)
class Rhythm:
    """One kind's habits: first moves a week, answers per contact, shares outside hours and between two, hours to answer."""

    rate: float
    answers: float
    after_hours: float
    one_to_one: float
    latency: float
    channels: tuple[float, float, float, float]


RHYTHMS = (
    Rhythm(1.1, 0.82, 0.60, 0.96, 0.3, (0.06, 0.78, 0.03, 0.13)),  # personal
    Rhythm(1.5, 0.82, 0.08, 0.45, 2.0, (0.68, 0.15, 0.15, 0.02)),  # functional
    Rhythm(1.2, 0.65, 0.12, 0.97, 18.0, (0.22, 0.02, 0.56, 0.20)),  # strategic
)
"""In the order personal, functional, strategic. Assumed; their direction follows Wuchty & Uzzi 2011 (answers to close
ties are fast) and Min et al. 2013 (personal contact comes outside working hours). Answers, hours and the constants below
bring burstiness, reciprocity, degrees and hours near those of real data (benchmarks/likeness.py); the differences
between kinds make them as hard to tell apart as real ones (benchmarks/difficulty.py).
"""

CHUNK = 20_000
"""Ties simulated at a time."""
SPELL, IN_SPELLS, SPELLS = 0.1, 0.95, (0.5, 0.25, 0.15, 0.1)
"""Weeks that a busy spell lasts (SD), the share of first moves that fall into one, and how they divide among a tie's."""
ACTIVITY = 0.5
"""Spread of the logarithm of people's own volume of contact."""
ONE_WAY = 2.0
"""Shape of the symmetric Beta of one side's share of a tie's first moves: the smaller, the more one-sided."""
OTHERS = 0.8
"""People copied in on average beyond the first, where a contact is not between two only."""
UNIT_MATES, ANYBODY = 0.15, 0.18
"""Shares of those copied in who are of the sender's unit, and of anywhere, tied or not; the others are tied."""
PROMINENCE, BY_LEVEL = 2.5, 0.5
"""Some are copied in far more than others: spread of the logarithm, and what each level above the lowest adds to it."""
COPIED_ANSWERS = 0.19
"""Share of those copied in who answer the sender."""
ANSWERED_BY_OTHER = 0.85
BOTH_THERE = 0.77
"""Share of contacts that find all at work before the last week ends: what is lost otherwise is made up for."""


class Contacts(NamedTuple):
    """Contacts, one entry each: arrays of sender, receiver, channel, UTC second, week on the sender's wall clock, minutes
    (0 unless a call), number of people in it (of a meeting: those asked), `message` (equal where one message went to
    several), and the tie behind it (−1: copied in, or the answer of one who was).

    Numbers from `len(organisation)` on are contacts outside.
    """

    sender: np.ndarray
    receiver: np.ndarray
    channel: np.ndarray
    at: np.ndarray
    week: np.ndarray
    minutes: np.ndarray
    size: np.ndarray
    message: np.ndarray
    tie: np.ndarray


@dataclass(frozen=True)
class Meetings:
    """Meetings: start (UTC second) and minutes of each; who was there is `who[start:end]` by `bounds`, organiser first."""

    at: np.ndarray
    minutes: np.ndarray
    bounds: np.ndarray
    who: np.ndarray

    def parts(self, most: int) -> Iterator[Meetings]:
        """The meetings, so many at a time."""
        for first in range(0, len(self.at), most):
            bounds = self.bounds[first : first + most + 1]
            part = slice(first, first + most)
            yield Meetings(self.at[part], self.minutes[part], bounds - bounds[0], self.who[bounds[0] : bounds[-1]])


def profiles(kinds: np.ndarray, signal: float) -> dict[str, np.ndarray]:
    """The rhythm of each tie from its kinds (ties, 3): a mean over its kinds by rate, blended with the average of all ties.

    `rate`, `answers`, `after_hours`, `one_to_one`, `latency`: (ties,); `channels`: (ties, 4).
    """
    rate = np.array([kind.rate for kind in RHYTHMS])
    share = kinds * rate
    share = share / share.sum(axis=1, keepdims=True)

    def blended(values: np.ndarray) -> np.ndarray:
        own = share @ values
        return signal * own + (1 - signal) * own.mean(axis=0)

    found = {
        name: blended(np.array([getattr(kind, name) for kind in RHYTHMS]))
        for name in ("answers", "after_hours", "one_to_one")
    }
    found["latency"] = np.exp(blended(np.log([kind.latency for kind in RHYTHMS])))
    found["channels"] = blended(np.array([kind.channels for kind in RHYTHMS]))
    volume = np.log(kinds @ rate)
    found["rate"] = np.exp(signal * volume + (1 - signal) * volume.mean())
    return found


def contacts(
    org: Organisation, bonds: Relationships, weeks: int, knobs: Knobs, seeds: np.random.SeedSequence
) -> Iterator[Contacts]:
    """Messages, calls and the first moves of ad-hoc meetings, a chunk of ties at a time, in no order of time."""
    n = len(org)
    a = np.r_[bonds.ties["a"], bonds.outside["person"]]
    b = np.r_[bonds.ties["b"], n + bonds.outside["contact"]]
    kinds = np.vstack([bonds.ties[KIND_COLUMNS], bonds.outside[KIND_COLUMNS]]).astype(float)
    habits = profiles(kinds, knobs.tie_signal)
    written = habits["channels"][:, MAIL] + habits["channels"][:, CHAT]
    copied = 1 + (1 - habits["one_to_one"]) * (1 + OTHERS) * (1 + COPIED_ANSWERS) * written
    sent = habits["rate"] / (1 - habits["answers"]) * copied * (1 - habits["channels"][:, MEETING])
    expected = sent.sum() * weeks * BOTH_THERE
    habits["rate"] *= knobs.contact * n * weeks / 2 / expected
    chunks = range(0, len(a), CHUNK)
    *parts, last = seeds.spawn(len(chunks) + 1)
    around = _Around(org, bonds, np.random.default_rng(last))
    habits["rate"] *= around.busy(a, b) * np.r_[bonds.ties["strength"], bonds.outside["strength"]]
    for first, seed in zip(chunks, parts, strict=True):
        part = slice(first, first + CHUNK)
        some = {name: values[part] for name, values in habits.items()}
        yield _chunk(a[part], b[part], first, some, around, weeks, np.random.default_rng(seed))


class _Around:
    """What a chunk needs to know of everybody: place, leave and employment by person and contact; whom one copies in."""

    def __init__(self, org: Organisation, bonds: Relationships, rng: np.random.Generator) -> None:
        n, outside = len(org), len(bonds.contacts)
        self.people = n
        self.site = np.r_[org.site, np.zeros(outside, dtype=int)]
        self.there = np.vstack([org.there, np.ones((outside, org.there.shape[1]), dtype=bool)])
        a, b = bonds.ties["a"].to_numpy(), bonds.ties["b"].to_numpy()
        ends, others = np.r_[a, b], np.r_[b, a]
        self.tied = others[np.argsort(ends, kind="stable")]
        fame = np.exp(rng.normal(0, PROMINENCE, n) + BY_LEVEL * (org.level.max() - org.level))
        self.fame, self.fame_of_tied = np.r_[0, fame[org.seats].cumsum()], np.r_[0, fame[self.tied].cumsum()]
        self.activity = np.r_[np.exp(rng.normal(0, ACTIVITY, n)), np.ones(outside)]
        self.first_tied = np.searchsorted(np.sort(ends), np.arange(n + 1))
        self.seats, self.circle_of, self.first_seat = org.seats, org.circle_of, org.first_seat

    def busy(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """By how much ties are busier for who their ends are, 1 on average."""
        found = self.activity[a] * self.activity[b]
        return found / found.mean()

    def others(self, person: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Somebody to copy in for each person, the prominent more often: of the unit, of anywhere, or tied to them."""
        circle, dice = self.circle_of[person], rng.random((2, len(person)))
        near, far = dice[0] < UNIT_MATES, dice[0] >= 1 - ANYBODY
        first = np.where(near, self.first_seat[circle], np.where(far, 0, self.first_tied[person]))
        last = np.where(near, self.first_seat[circle + 1], np.where(far, self.people, self.first_tied[person + 1]))
        tied = ~(near | far)
        found = np.empty(len(person), dtype=int)
        for which, mass in ((tied, self.fame_of_tied), (~tied, self.fame)):
            at = mass[first[which]] + dice[1][which] * (mass[last[which]] - mass[first[which]])
            found[which] = np.minimum(np.searchsorted(mass, at, side="right") - 1, len(mass) - 2)
        found[tied], found[~tied] = self.tied[found[tied]], self.seats[found[~tied]]
        return found


def _chunk(
    a, b, first: int, habits: dict[str, np.ndarray], around: _Around, weeks: int, rng: np.random.Generator
) -> Contacts:
    ties = len(a)
    tie = np.repeat(np.arange(ties), rng.poisson(habits["rate"] * weeks))
    forward = rng.random(len(tie)) < rng.beta(ONE_WAY, ONE_WAY, ties)[tie]
    week = _weeks(tie, ties, weeks, rng)
    late = rng.random(len(tie)) < habits["after_hours"][tie]
    local = clock.moments(week, late, rng)
    waves = [(tie, forward, local)]
    while len(tie):  # answers, answers to answers, …
        parent = np.repeat(np.arange(len(tie)), rng.poisson(habits["answers"][tie]))
        writer = np.where(forward, a[tie], b[tie])[parent]
        forward = forward[parent] ^ (rng.random(len(parent)) < ANSWERED_BY_OTHER)
        tie = tie[parent]
        places = around.site[writer], around.site[np.where(forward, a[tie], b[tie])]
        local = _answered(local[parent], *places, habits["latency"][tie], habits["after_hours"][tie], rng)
        waves.append((tie, forward, local))
    tie, forward, local = (np.concatenate(parts) for parts in zip(*waves, strict=True))
    sender, receiver = np.where(forward, a[tie], b[tie]), np.where(forward, b[tie], a[tie])
    week = np.floor(local / clock.WEEK).astype(int)
    within = (week >= 0) & (week < weeks)
    kept = within.copy()
    kept[within] = around.there[sender[within], week[within]] & around.there[receiver[within], week[within]]
    tie, sender, receiver, local, week = tie[kept], sender[kept], receiver[kept], local[kept], week[kept]
    return _marked(tie, first, sender, receiver, local, week, habits, around, rng)


def _weeks(tie: np.ndarray, ties: int, weeks: int, rng: np.random.Generator) -> np.ndarray:
    """The week of each first move: with the season, or in one of the tie's own busy spells."""
    plain = rng.choice(weeks, len(tie), p=season(weeks) / weeks)
    which = rng.choice(len(SPELLS), len(tie), p=SPELLS)
    spell = rng.uniform(0, weeks, (ties, len(SPELLS)))[tie, which] + rng.normal(0, SPELL, len(tie))
    return np.where(rng.random(len(tie)) < IN_SPELLS, np.abs(spell) % weeks, plain).astype(int)


def _marked(tie, first: int, sender, receiver, local, week, habits, around: _Around, rng: np.random.Generator) -> Contacts:
    """Channel, length and further receivers of each contact; nobody meets at weekends, nor meets or calls at night."""
    count = len(tie)
    channel = (rng.random((count, 1)) > habits["channels"][tie].cumsum(axis=1)[:, :-1]).sum(axis=1)
    channel = np.where((channel == MEETING) & (local % clock.WEEK >= 5 * clock.DAY), CALL, channel)
    channel = np.where((channel >= MEETING) & ~clock.is_for_talk(local), MAIL, channel)
    alone = (rng.random(count) < habits["one_to_one"][tie]) | (channel == CALL) | (sender >= around.people)
    extra = np.where(alone, 0, 1 + rng.poisson(OTHERS, count))
    copy = np.repeat(np.arange(count), np.where(channel == MEETING, 0, extra))
    other = around.others(sender[copy], rng)
    fresh = (other != sender[copy]) & (other != receiver[copy]) & around.there[other, week[copy]]
    pairs = np.unique(copy[fresh].astype(np.int64) * (len(around.site) + 1) + other[fresh])
    copy, other = pairs // (len(around.site) + 1), pairs % (len(around.site) + 1)
    size = 2 + np.where(channel == MEETING, extra, np.bincount(copy, minlength=count))
    answered = np.flatnonzero(rng.random(len(copy)) < COPIED_ANSWERS)
    to, who = copy[answered], other[answered]
    places = around.site[sender[to]], around.site[who]
    then = _answered(local[to], *places, habits["latency"][tie[to]], habits["after_hours"][tie[to]], rng)
    later = np.floor(then / clock.WEEK).astype(int)
    can = (later >= 0) & (later < around.there.shape[1])
    can[can] = around.there[who[can], later[can]] & around.there[sender[to[can]], later[can]]
    to, who, then, later = to[can], who[can], then[can], later[can]
    minutes = np.where(channel == CALL, np.ceil(rng.exponential(9, count)), 0)
    at = clock.to_utc(local, around.site[sender])
    back = clock.to_utc(then, around.site[who])
    whole = np.r_[np.arange(count), copy]
    return Contacts(
        np.r_[sender[whole], who],
        np.r_[receiver, other, sender[to]],
        channel[np.r_[whole, to]],
        np.r_[at[whole], back],
        np.r_[week[whole], later],
        np.r_[minutes[whole], np.zeros(len(to))],
        np.r_[size[whole], np.full(len(to), 2)],
        np.r_[whole, count + np.arange(len(to))],
        np.r_[first + tie, np.full(len(copy) + len(to), -1)],
    )


def _answered(local, here, there, latency, after_hours, rng: np.random.Generator) -> np.ndarray:
    """When contacts are answered, on the answerer's wall clock; outside working hours most wait, at night all.

    `local` is on the writer's wall clock; `here` and `there` are their sites; `latency` is in hours.
    """
    delay = np.minimum(rng.lognormal(np.log(latency * 3600), 1.3), 10 * clock.DAY)
    then = clock.elsewhere(local + delay, here, there)
    waits = clock.is_after_hours(then) & (rng.random(len(then)) > 2 * after_hours) | clock.is_night(then)
    return np.where(waits, clock.next_morning(then, rng), then)
