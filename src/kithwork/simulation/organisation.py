"""Who works there: units with a place and a function, a reporting tree, tenure, joiners and leavers, leave.

Unit sizes are lognormal (Cabral & Mata 2003, Am. Econ. Rev. 93:1075, found firm sizes so); above them, spans of control are
eight; tenure is Gamma with its mode near two years. All of this is assumed, none fitted to one company.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from kithwork.simulation import words
from kithwork.simulation.knobs import Knobs

SPAN = 8
SMALLEST, LARGEST, MEDIAN, SPREAD = 6, 40, 12, 0.4
"""People in a unit: least, most (the last takes in what is left over), median, and spread of the logarithm."""
SOCIABLE, BY_KIND = 0.9, 0.3
"""Spread of the logarithm by which people have more or fewer ties than others: of all kinds alike, and of each kind."""
HOLIDAYS = (12, 27, 28, 29, 51)
"""Weeks of the year in which many are on leave: Easter, summer, the end of the year."""
MOVING = 0.04
"""Share of people who join, and share who leave, while we watch."""
PROFILES = np.array(
    [
        # personal, functional, strategic, outside
        [-0.4, 0.6, -0.6, -0.4],  # delivery
        [-0.2, -0.5, 0.8, 0.5],  # bridging
        [0.9, -0.3, -0.6, -0.5],  # close circle
        [-0.5, -0.1, 0.1, 1.2],  # market facing
    ]
)
"""Log multiples of ties by kind for each planted segment, at a separation of 1."""
SEGMENTS = ("delivery", "bridging", "close circle", "market facing")


@dataclass(frozen=True)
class Organisation:
    """People in fixed order: `people` has one row each, the row number is the person; the arrays have that length.

    `manager` and `unit_of` are row and unit numbers (−1: no manager); `propensity` is (people, 4): ties personal,
    functional, strategic, and outside, 1 on average; `leave` is (people, weeks) of booleans. `seats` lists people so that
    those who sit and meet together, unit by unit, stand next to each other: by lot where the knob `unit_pull` is 0.
    """

    people: pd.DataFrame
    unit_of: np.ndarray
    manager: np.ndarray
    level: np.ndarray
    site: np.ndarray
    propensity: np.ndarray
    leave: np.ndarray
    seats: np.ndarray

    def __len__(self) -> int:
        return len(self.people)

    @cached_property
    def employed(self) -> np.ndarray:
        """(people, weeks) of booleans: from the week of joining until the one of leaving."""
        week = np.arange(self.leave.shape[1])
        joined, left = self.people["joined_week"].to_numpy(), self.people["left_week"].to_numpy()
        return (week >= joined[:, None]) & (week < left[:, None])

    @cached_property
    def circle_of(self) -> np.ndarray:
        """The number of those whom each person sits and meets with: the unit's, where it has a pull."""
        circle = np.empty_like(self.unit_of)
        circle[self.seats] = self.unit_of
        return circle

    @cached_property
    def first_seat(self) -> np.ndarray:
        """(circles + 1,) where in `seats` each circle begins."""
        return np.searchsorted(self.unit_of, np.arange(self.unit_of.max() + 2))

    def mates(self, person: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """One of those each person sits with, drawn at random; it may be the person."""
        first, last = self.first_seat[self.circle_of[person]], self.first_seat[self.circle_of[person] + 1]
        return self.seats[first + (rng.random(len(person)) * (last - first)).astype(int)]

    @cached_property
    def there(self) -> np.ndarray:
        """(people, weeks) of booleans: employed and not on leave."""
        return self.employed & ~self.leave


def build(people: int, weeks: int, knobs: Knobs, rng: np.random.Generator) -> Organisation:
    """An organisation of that many people."""
    unit_of = _units(people, rng)
    units = unit_of.max() + 1
    function = rng.choice(len(words.FUNCTIONS), units, p=list(words.FUNCTIONS.values()))
    place = rng.choice(len(words.SITES), units, p=[0.4, 0.25, 0.2, 0.15])
    manager = _reporting(unit_of, function)
    level = _levels(manager)
    tenure = np.clip(rng.gamma(1.8, 36, people), 1, 480).round()
    joined, left = _movers(weeks, np.isin(np.arange(people), manager), rng)
    tenure = np.where(joined > 0, np.maximum((weeks - joined) // 4, 0), tenure)
    segment = rng.integers(0, knobs.segments, people)
    spread = np.exp(rng.normal(0, SOCIABLE, (people, 1)) + rng.normal(0, BY_KIND, (people, 4)))
    propensity = spread * np.exp(knobs.segment_separation * PROFILES[segment])
    names = _names(people, rng)
    titles = np.array(words.ROLES)[rng.integers(0, len(words.ROLES), people)]
    leads = np.isin(np.arange(people), manager)
    titles = np.where(leads, np.array(words.LEADS)[np.minimum(level, len(words.LEADS) - 1)], titles)
    frame = pd.DataFrame(
        {
            "person": [f"E{number:05d}" for number in rng.permutation(people) + 1],
            "name": names,
            "email": _addresses(names),
            "unit": np.array(_unit_names(function, place))[unit_of],
            "function": np.array(list(words.FUNCTIONS))[function[unit_of]],
            "role": titles,
            "site": np.array(list(words.SITES))[place[unit_of]],
            "level": level,
            "tenure_months": tenure,
            "joined_week": joined,
            "left_week": left,
            "segment": np.array(SEGMENTS)[segment],
        }
    )
    leave = rng.random((people, weeks)) < _leave_share(weeks)
    seats = np.arange(people) if knobs.unit_pull else rng.permutation(people)
    return Organisation(frame, unit_of, manager, level, place[unit_of], propensity / propensity.mean(axis=0), leave, seats)


def season(weeks: int) -> np.ndarray:
    """How busy each week is, 1 on average: a wave of a quarter, and holidays."""
    week = np.arange(weeks)
    busy = 1 + 0.12 * np.sin(2 * np.pi * week / 13) - 0.45 * np.isin(week % 52, HOLIDAYS)
    return busy / busy.mean()


def _leave_share(weeks: int) -> np.ndarray:
    return np.where(np.isin(np.arange(weeks) % 52, HOLIDAYS), 0.45, 0.05)


def _units(people: int, rng: np.random.Generator) -> np.ndarray:
    """The unit of each person, units one after another."""
    sizes: list[int] = []
    while sum(sizes) < people:
        sizes.append(int(np.clip(rng.lognormal(np.log(MEDIAN), SPREAD), SMALLEST, LARGEST)))
    sizes[-1] -= sum(sizes) - people
    if len(sizes) > 1 and sizes[-1] < SMALLEST:
        last = sizes.pop()
        sizes[-1] += last
    return np.repeat(np.arange(len(sizes)), sizes)


def _reporting(unit_of: np.ndarray, function: np.ndarray) -> np.ndarray:
    """Each person's manager: the first of the unit; these report by function, in spans of eight, up to one at the top."""
    first = np.flatnonzero(np.r_[True, unit_of[1:] != unit_of[:-1]])
    manager = first[unit_of].copy()
    leaders = first[np.argsort(function[unit_of[first]], kind="stable")]
    while len(leaders) > 1:
        above = leaders[::SPAN]
        manager[leaders] = np.repeat(above, SPAN)[: len(leaders)]
        leaders = above
    manager[leaders] = -1
    return manager


def _levels(manager: np.ndarray) -> np.ndarray:
    """Steps down from the top, by person."""
    level = np.zeros(len(manager), dtype=int)
    at, steps = manager.copy(), 0
    while (at >= 0).any():
        steps += 1
        level[at >= 0] = steps
        at = np.where(at >= 0, manager[at], -1)
    return level


def _movers(weeks: int, leads: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Week of joining (0: before) and of leaving (`weeks`: not yet); nobody does both, and no manager does either."""
    people = len(leads)
    dice = np.where(leads, 1, rng.random(people))
    joined = np.where(dice < MOVING, rng.integers(1, weeks, people), 0)
    leaving = (dice >= MOVING) & (dice < 2 * MOVING)
    return joined, np.where(leaving, rng.integers(max(weeks // 2, 1), weeks, people), weeks)


def _names(people: int, rng: np.random.Generator) -> np.ndarray:
    """Names, of which a few are borne twice."""
    first, last = rng.choice(words.FIRST, people), rng.choice(words.LAST, people)
    middle = np.where(rng.random(people) < min(people / 4000, 0.9), rng.choice(list("ABDEFHJKLMNPRST"), people), "")
    return np.array([" ".join(filter(None, name)) for name in zip(first, middle, last, strict=True)])


def _addresses(names: np.ndarray) -> list[str]:
    """first.last@company in plain letters; namesakes are numbered."""
    stems = pd.Series([plain(name) for name in names])
    again = stems.groupby(stems).cumcount()
    return [f"{stem}{count + 1 if count else ''}@{words.DOMAIN}" for stem, count in zip(stems, again, strict=True)]


def plain(name: str) -> str:
    """A name in the letters of an address: `Søren Wójcik` is soren.wojcik."""
    letters = unicodedata.normalize("NFKD", name.translate(str.maketrans("øØıß", "oOis")))
    return ".".join(letters.encode("ascii", "ignore").decode().lower().split())


def _unit_names(function: np.ndarray, place: np.ndarray) -> list[str]:
    functions, sites = list(words.FUNCTIONS), list(words.SITES)
    stems = pd.Series([f"{functions[f]} {sites[s]}" for f, s in zip(function, place, strict=True)])
    again = stems.groupby(stems).cumcount()
    return [f"{stem} {count + 1}" if count else stem for stem, count in zip(stems, again, strict=True)]
