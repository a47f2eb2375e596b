"""Cascades in many worlds, in the cheaper of two ways: drawn only where they come, or each world drawn whole.

Which arcs pass on in world w depends on the seed, on w and on its chance, and on nobody who starts: starts are compared in
the same worlds. Both ways fill `when`, (worlds, people) of which starters are 0 and all others beyond any week.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order

from kithwork.change.arcs import Arcs, ascending, length, scattered

ODD, FIRST, SECOND = (np.uint64(factor) for factor in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
"""Factors of splitmix64 (Steele, Lea & Flood 2014, OOPSLA, 453), which makes chance of a count."""

TOGETHER = 16
"""Worlds that are searched together."""


def where_it_comes(when: np.ndarray, newest: np.ndarray, arcs: Arcs, chance: np.ndarray, weeks: int, seed: int) -> None:
    """Points on the line of a person's arcs are drawn once the person has adopted, by a count of world and person.

    `newest`: places (world · people + person) of the starters.
    """
    flat, key = when.reshape(-1), _mixed(np.array([seed], dtype=np.uint64))
    for week in range(1, weeks + 1):
        if not len(newest):
            return
        reached = _passed_on(newest, arcs, chance, key)
        newest = ascending(reached[flat[reached] > week])
        flat[newest] = week


def _passed_on(newest: np.ndarray, arcs: Arcs, chance: np.ndarray, key: np.ndarray) -> np.ndarray:
    """Places, as world · people + person, that the arcs from these places lead to."""
    people = len(arcs.most)
    world = newest // people
    person = newest - world * people
    rate = length(chance[world] * arcs.most[person])
    end = rate * arcs.degree[person]
    state = _mixed(newest.astype(np.uint64) * ODD ^ key)
    at, point = np.arange(len(newest)), np.zeros(len(newest))
    hits, points, states = [], [], []
    while len(at):
        state = state + ODD
        point = point - np.log(_even(state))
        inside = (point < end).nonzero()[0]
        at, point, end, state = at[inside], point[inside], end[inside], state[inside]
        hits.append(at)
        points.append(point)
        states.append(state)
    at, point = np.concatenate([at, *hits]), np.concatenate([point, *points])
    person, rate = person[at], rate[at]
    arc = arcs.start[person] + np.minimum((point / rate).astype(np.int64), arcs.degree[person] - 1)
    reached = newest[at] - person + arcs.to[arc]
    if arcs.alike:
        return reached
    kept = _even(np.concatenate([state, *states]) ^ FIRST) * rate < length(chance[world[at]] * arcs.weight[arc])
    return reached[kept]


def _mixed(state: np.ndarray) -> np.ndarray:
    """Sixty-four bits of chance from as many of a count."""
    mixed = (state ^ (state >> np.uint64(30))) * FIRST
    mixed ^= mixed >> np.uint64(27)
    mixed *= SECOND
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _even(state: np.ndarray) -> np.ndarray:
    """Even between 0, which it never is, and 1."""
    return ((_mixed(state) >> np.uint64(11)) + np.uint64(1)) * 2.0**-53


def in_whole_worlds(when: np.ndarray, worlds: np.ndarray, arcs: Arcs, chance: np.ndarray, weeks: int, seed: int) -> None:
    """All arcs that pass on in these worlds are drawn first; then a search in breadth counts steps from the starters."""
    people = when.shape[1]
    for first in range(0, len(worlds), TOGETHER):
        some = worlds[first : first + TOGETHER]
        reached, steps = _searched([_live(arcs, chance[world], seed, world) for world in some], when[some] == 0, arcs)
        reached = reached[: np.searchsorted(steps, weeks, side="right")]
        above = (some - np.arange(len(some))) * people
        when.reshape(-1)[reached + above[reached // people]] = steps[: len(reached)]


def _live(arcs: Arcs, chance: float, seed: int, world: int) -> np.ndarray:
    """Numbers of the arcs that pass on, ascending, some of them twice: points on the line of all arcs."""
    rng = np.random.Generator(np.random.SFC64([seed, world]))
    if arcs.alike:
        end = len(arcs.to)
        points = scattered(float(length(chance * arcs.weight[0])) * end, end, rng)
        return points.astype(np.int32)
    rate = length(chance * arcs.most)
    ends = np.cumsum(rate * arcs.degree)
    points = scattered(ends[-1], ends[-1], rng)
    at = np.searchsorted(ends, points, side="right")
    live = arcs.start[at] + np.minimum(((ends[at] - points) / rate[at]).astype(np.int64), arcs.degree[at] - 1)
    return live[rng.random(len(live)) * rate[at] < length(chance * arcs.weight[live])]


def _searched(live: list[np.ndarray], started: np.ndarray, arcs: Arcs) -> tuple[np.ndarray, np.ndarray]:
    """Places (row · people + person) that the starters reach, and in how many steps, which ascend.

    One node before all leads to the starters.
    """
    rows, people = started.shape
    nodes = rows * people + 1
    starters = np.flatnonzero(started).astype(np.int32)
    heads = np.concatenate([*(arcs.to[arc] + np.int32(row * people) for row, arc in enumerate(live)), starters])
    counts = np.concatenate([np.bincount(arcs.by[arc], minlength=people) for arc in live])
    starts = np.r_[0, np.cumsum(counts), len(heads)].astype(np.int32)
    graph = sparse.csr_array((np.ones(len(heads)), heads, starts), shape=(nodes, nodes))
    order, before = breadth_first_order(graph, nodes - 1)
    place = np.empty(nodes, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    parent = place[before[order[1:]]]
    borders = [0, len(starters)]
    while borders[-1] < len(parent):
        borders.append(int(np.searchsorted(parent, borders[-1] + 1)))
    return order[1:], np.repeat(np.arange(len(borders) - 1, dtype=np.int16), np.diff(borders))
