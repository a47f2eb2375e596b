"""What a start adds, followed alone, against whole worlds played twice."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kithwork.change.crossing import Heeding
from kithwork.change.diffusion import NEVER, Worlds, thresholds
from kithwork.change.sooner import Course

WEEKS = 9


def drawn(seed: int) -> tuple[sparse.csr_array, np.ndarray, Worlds]:
    """A directed network with isolates; two starters a world; worlds in which some adopt alone or wait long."""
    rng = np.random.default_rng(seed)
    people, worlds = int(rng.integers(2, 30)), 4
    held = (rng.random((people, people)) < rng.choice([0.1, 0.3])) * rng.integers(1, 5, (people, people)) / 4
    np.fill_diagonal(held, 0)
    shape = (worlds, people)
    alone = np.where(rng.random(shape) < 0.3, rng.integers(1, 12, shape), NEVER).astype(np.int16)
    delay = np.where(rng.random(shape) < 0.1, NEVER, rng.integers(1, 5, shape)).astype(np.int16)
    starters = np.array([rng.choice(people, 2, replace=False) for _ in range(worlds)])
    return sparse.csr_array(held), starters, Worlds(alone, rng.integers(0, 7, shape) / 6, delay)


def since(net: sparse.csr_array, started: np.ndarray, worlds: Worlds) -> np.ndarray:
    """Weeks that each works the new way, played whole."""
    return np.maximum(WEEKS + 1 - thresholds(net, started, worlds, WEEKS).astype(int), 0)


@given(st.integers(0, 10**6))
def test_what_a_start_adds_is_what_two_games_differ_by(seed):
    """Weeks of all but the starters with the start, less those without it, world by world; a second start owes the first
    nothing."""
    net, starters, worlds = drawn(seed)
    course = Course.of(Heeding.of(net), worlds, WEEKS)
    for some in (starters, starters[:, :1], starters[:, :0], starters):
        started = np.zeros(worlds.alone.shape, dtype=bool)
        started[np.arange(len(some))[:, None], some] = True
        more = since(net, started, worlds) - since(net, np.zeros_like(started), worlds)
        assert (course.gained(some) == np.where(started, 0, more).sum(axis=1)).all()


def test_a_chain_by_hand():
    """Each follows the one before in the next week; the last adopts alone in week 5. A start by the first wins the
    second, third and fourth nine weeks, eight and seven, and the last one."""
    net = sparse.csr_array(np.eye(5, k=-1))
    alone = np.array([[NEVER, NEVER, NEVER, NEVER, 5]], dtype=np.int16)
    worlds = Worlds(alone, np.full((1, 5), 0.5), np.ones((1, 5), dtype=np.int16))
    assert Course.of(Heeding.of(net), worlds, WEEKS).gained(np.array([[0]])).tolist() == [9 + 8 + 7 + 1]
