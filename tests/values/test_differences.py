"""Whether a unit differs from all others: against dealing units anew, by a published example, and without any effect."""

from __future__ import annotations

import numpy as np
import pytest

from kithwork.values.differences import adjusted, of_figures, of_people


@pytest.mark.parametrize("more", [0, 2, 4])
def test_agrees_with_dealing_units_anew(more):
    """P of eight among thirty, as by 20,000 deals of units among people, half of the deals that tie counted."""
    rng = np.random.default_rng(4)
    top = np.zeros(30)
    top[: 2 + more] = 1
    top[8:14] = 1
    dealt = rng.permuted(np.tile(top, (20_000, 1)), axis=1)[:, :8].sum(axis=1)
    here = top[:8].sum()
    above, below = ((np.sign(dealt - here) == way).mean() + (dealt == here).mean() / 2 for way in (1, -1))
    within = (np.arange(30) < 8)[None].astype(float)
    found = of_people(top[:, None], np.ones((30, 1)), within)
    assert found.item() == pytest.approx(2 * min(above, below), abs=0.04)


def test_one_unit_of_two_has_the_others_p():
    """What one unit is above the other, the other is below it."""
    rng = np.random.default_rng(5)
    bottom = rng.integers(0, 6, (40, 3)).astype(float)
    top = rng.binomial(bottom.astype(int), 0.4).astype(float)
    one = np.arange(40) % 3 == 0
    found = of_people(top, bottom, one[None].astype(float))
    other = of_people(top, bottom, 1.0 - one[None])
    assert found == pytest.approx(other)


def test_nobody_else_and_no_difference_tell_nothing():
    """A unit that is everybody, and people who are all alike: not a number, rather than a certain one."""
    everybody = np.ones((1, 6))
    assert np.isnan(of_people(np.arange(6.0)[:, None], np.ones((6, 1)), everybody)).all()
    half = (np.arange(6) < 3)[None].astype(float)
    assert np.isnan(of_people(np.ones((6, 1)), np.ones((6, 1)), half)).all()


def test_figures_of_ties_by_hand():
    """10 and 20 with variances of 2 each: (20 − 10)/√4 = 5 standard errors; Student's t of 5 on 9 gives 0.00074."""
    found = of_figures(np.array([10.0, 20.0]), np.array([2.0, 2.0]), np.array([10, 10]))
    assert found == pytest.approx([0.00074, 0.00074], abs=5e-6)


def test_q_is_benjamini_and_hochbergs():
    """Their own example (1995, section 3.1): of 15 P values the four smallest are found at 0.05; what has no P has no q."""
    chances = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    q = adjusted(np.array([*chances, np.nan]))
    assert (q[:-1] <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert q[:4] == pytest.approx([0.0015, 0.0030, 0.0095, 0.035625])
    assert np.isnan(q[-1])


@pytest.mark.parametrize("kind", ["even", "rare", "uneven"])
def test_no_effect_is_seldom_marked(kind):
    """300 organisations of 8 to 30 units that do not differ, ten indicators each: any unit marked in at most 5 % of them,
    also for rare answers, and where the people of some units have many more ties than those of others.
    """
    rng = np.random.default_rng(6)
    wrongly = 0
    for _ in range(300):
        sizes = rng.integers(3, 40, rng.integers(8, 31))
        codes = np.repeat(np.arange(len(sizes)), sizes)
        shape = (len(codes), 10)
        many = rng.choice([2, 5, 12], len(sizes))[codes][:, None]
        bottom = rng.poisson(many, shape) if kind == "uneven" else np.ones(shape, dtype=int)
        share = rng.beta(1, 3, shape) if kind == "uneven" else {"even": 0.5, "rare": 0.05}[kind]
        chances = of_people(rng.binomial(bottom, share), bottom, (codes == np.arange(len(sizes))[:, None]).astype(float))
        wrongly += bool((adjusted(chances.ravel()) <= 0.05).any())
    assert wrongly <= 15
