"""market/reach.py: which texts fit a topic."""

import numpy as np
import pytest

from kithwork.market.points import unit
from kithwork.market.reach import fit, reached


def test_far_texts_fit_none_and_small_groups_are_no_topics():
    """The larger group is number 0; a text off its group's fence, and all of a group of three, are left out."""
    rng = np.random.default_rng(1)
    of = np.repeat([0, 1, 2], [10, 20, 3])
    points = unit(np.eye(4)[of] + rng.normal(size=(33, 4)) / 20)
    points[0] = unit(np.array([[1.0, 0, 0, 1]]))[0]
    found = reached(points, of, 5)
    assert found[0] == -1
    assert (found[1:10] == 1).all()
    assert (found[10:30] == 0).sum() >= 18
    assert (found[30:] == -1).all()


def test_fit_by_hand():
    """The cosine to one's own middle less that to the other's; of one topic alone, the cosine itself."""
    points = np.array([[1.0, 0], [0, 1], [1 / np.sqrt(2), 1 / np.sqrt(2)]])
    assert fit(points, np.array([0, 1, -1]))[:2] == pytest.approx([1, 1])
    assert np.isnan(fit(points, np.array([0, 1, -1]))[2])
    assert fit(points, np.array([0, -1, 0]))[2] == pytest.approx(np.cos(np.pi / 8))
    assert np.isnan(fit(points, np.array([-1, -1, -1]))).all()
