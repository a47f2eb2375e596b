"""What each person had seen adopt: by hand, in Granovetter's crowd, and with weeks in which one could not adopt."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER, Worlds, thresholds
from kithwork.change.histories import exposures, histories

TRIANGLE = sparse.csr_array(np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]], float))
"""Three people, each heeding both others."""
DATES = Adoptions(np.array([0, 2, NEVER], np.int16), 4)
"""The first adopts in week 0, the second in week 2, the third not within four weeks."""


def test_three_people_by_hand():
    """The second lives through week 1 and adopts in 2; the third sees half adopted in week 1, all in week 3."""
    seen = histories(TRIANGLE, DATES)
    assert seen.people.tolist() == [1, 2]
    assert seen.adopts.tolist() == [True, False]
    assert seen.lived.tolist() == [1, 3]
    assert seen.shares[seen.end].tolist() == [0.5, 1]
    assert seen.who.tolist() == [0, 1, 1]
    assert seen.shares[seen.before].tolist() == [0, 0, 0.5]
    assert seen.shares[seen.after].tolist() == [0.5, 0.5, 1]
    assert seen.age.tolist() == [1, 3, 1]
    assert seen.exposure[1, 1:].tolist() == [0.5, 0.5, 1]
    assert np.isnan(seen.exposure[0]).tolist() == [True, False, False, True]


def test_weeks_in_which_one_could_not_adopt_do_not_count():
    """Who joins in week 3 has met all at once what came before; who left before joining is not there at all."""
    seen = histories(TRIANGLE, DATES, first=np.array([0, 0, 3]), last=np.array([9, 9, 9]))
    assert (seen.lived[1], seen.age[seen.who == 1].tolist()) == (1, [1])
    assert seen.shares[seen.after[seen.who == 1]].tolist() == [1]
    gone = histories(TRIANGLE, DATES, first=np.array([0, 0, 3]), last=np.array([9, 9, 2]))
    assert gone.people.tolist() == [1]


def test_leaving_ends_a_history():
    """The third leaves after week 1: one week lived, half seen."""
    seen = histories(TRIANGLE, DATES, last=np.array([9, 9, 1]))
    assert (seen.lived[1], seen.shares[seen.end[1]]) == (1, 0.5)


def test_ties_count_by_weight():
    """Heeding the first thrice as much as the third: exposure 3/4 once the first has adopted; nobody heeded, none."""
    net = sparse.csr_array(np.array([[0, 0, 0], [3, 0, 1], [0, 1, 0]], float))
    found = exposures(net, DATES.week, 4)
    assert found[1].tolist() == [0, 0.75, 0.75, 0.75]
    assert found[0].tolist() == [0, 0, 0, 0]
    assert found[2].tolist() == [0, 0, 0, 1]


def crowd(needs: np.ndarray) -> np.ndarray:
    """Weeks in which a crowd riots whose members each need that many others to, and see all of them."""
    n = len(needs)
    everybody = sparse.csr_array(np.ones((n, n)) - np.eye(n))
    own = np.where(needs == 0, 1, NEVER)[None, :].astype(np.int16)
    worlds = Worlds(own, np.where(needs == 0, 1, (needs - 0.5) / (n - 1))[None, :], np.ones((1, n), np.int16))
    return thresholds(everybody, np.array([], int), worlds, n + 1)[0]


def test_granovetters_crowd():
    """Thresholds 0, 1, …, 99: all 100 riot, one after the other, each having seen as many as needed. With nobody who needs
    one and two who need two: one rioter (Granovetter 1978, Am. J. Sociol. 83:1424-1425)."""
    needs = np.arange(100)
    week = crowd(needs)
    assert week.tolist() == (needs + 1).tolist()
    seen = exposures(sparse.csr_array(np.ones((100, 100)) - np.eye(100)), week, 102)
    assert seen[needs, week] * 99 == pytest.approx(needs, abs=0.01)
    assert (crowd(np.where(needs == 1, 2, needs)) != NEVER).sum() == 1


def test_histories_of_some_are_their_own():
    """Read off the shares by number they are what they were; shares that nobody of them saw are gone."""
    rng = np.random.default_rng(4)
    net = sparse.random_array((30, 30), density=0.2, rng=rng, format="csr")
    seen = histories(net, Adoptions(rng.choice([0, 1, 3, 5, NEVER], 30).astype(np.int16), 7))
    some = ~seen.adopts
    own, steps = seen[some], some[seen.who]
    assert own.people.tolist() == seen.people[some].tolist()
    assert own.people[own.who].tolist() == seen.people[seen.who[steps]].tolist()
    for name in ("before", "after"):
        assert (own.shares[getattr(own, name)] == seen.shares[getattr(seen, name)[steps]]).all()
    assert (own.shares[own.end] == seen.shares[seen.end[some]]).all()
    assert 0 < len(own.shares) < len(seen.shares)
    assert (own.age == seen.age[steps]).all()
