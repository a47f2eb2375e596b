"""How diverse sources are, so measured that groups of different size compare."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from kithwork.market.diversity import source_diversity


def of(rows: np.ndarray):
    """Diversity of a people × parties matrix of 0 and 1."""
    return source_diversity(sparse.csr_array(np.asarray(rows, dtype=float)))


def test_one_tie_each_is_hurlberts_unbiased_form():
    """Parties named by 3, 2 and 1 people: 1 − (3·2 + 2·1) / (6·5) (Hurlbert 1971); those who name nobody do not count."""
    found = of([[1, 0, 0]] * 3 + [[0, 1, 0]] * 2 + [[0, 0, 1]] + [[0, 0, 0]] * 4)
    assert (found.estimate, found.n) == (pytest.approx(1 - 8 / 30), 6)


def test_it_is_the_expected_number_of_parties_rarefied_to_two_ties_less_one():
    """E(S₂) = Σ 1 − C(N − c, 2) / C(N, 2) over parties (Hurlbert 1971, equation 3)."""
    by = np.array([4, 3, 2, 1])
    ties = by.sum()
    expected = (1 - (ties - by) * (ties - by - 1) / (ties * (ties - 1))).sum()
    assert of(np.repeat(np.eye(4), by, axis=0)).estimate == pytest.approx(expected - 1)


def test_agrees_with_every_pair_of_people():
    """Brute force over the pairs of ties of two people, and leaving each person out in turn."""
    rows = (np.random.default_rng(1).random((9, 5)) < 0.4).astype(float)
    rows[:, 0] = 1

    def slow(rows: np.ndarray) -> float:
        pairs = [(i, j) for i, j in combinations(range(len(rows)), 2)]
        return 1 - sum(rows[i] @ rows[j] for i, j in pairs) / sum(rows[i].sum() * rows[j].sum() for i, j in pairs)

    found, without = of(rows), np.array([slow(np.delete(rows, i, axis=0)) for i in range(9)])
    error = np.sqrt(8 / 9 * ((without - without.mean()) ** 2).sum())
    assert found.estimate == pytest.approx(slow(rows))
    assert found.low == pytest.approx(found.estimate - 2.306 * error, abs=1e-4)


def test_groups_of_any_size_and_of_busy_people_compare():
    """Planted shares of parties: groups of 6 and of 60 people, with 1 or 3 ties each, all have the same diversity on
    average, that of the shares."""
    rng, share = np.random.default_rng(2), np.array([0.5, 0.2, 0.1, 0.1, 0.1])
    one = [of(np.eye(5)[rng.choice(5, people, p=share)]).estimate for people in (6, 60) for _ in range(400)]
    small, large = np.mean(one[:400]), np.mean(one[400:])
    assert small == pytest.approx(1 - (share**2).sum(), abs=0.02)
    assert large == pytest.approx(1 - (share**2).sum(), abs=0.01)
    names = np.array([1, 1, 1, 0, 0, 0])
    busy = [[of(rng.permuted(np.tile(names, (n, 1)), axis=1)).estimate for _ in range(300)] for n in (4, 40)]
    assert np.mean(busy, axis=1) == pytest.approx([5 / 6, 5 / 6], abs=0.01)


def test_interval_holds_the_planted_diversity():
    """Of 400 groups of 30 people who draw parties from planted shares, at least 90 % of intervals hold it."""
    rng, share = np.random.default_rng(3), np.array([0.5, 0.2, 0.1, 0.1, 0.1])
    found = [of(np.eye(5)[rng.choice(5, 30, p=share)]) for _ in range(400)]
    assert np.mean([one.low <= 1 - (share**2).sum() <= one.high for one in found]) >= 0.9


def test_few_people_are_not_judged_and_agreement_is_not_certainty():
    """Two people give no interval; three who name different parties are diverse, with a wide one."""
    assert of(np.eye(2)) is None
    assert of(np.eye(3)).estimate == 1
    assert of(np.eye(3)).low < 0.5
