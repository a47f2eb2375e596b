"""How far people heed one another: each tie by the chance that it is of a kind that counts."""

from __future__ import annotations

import numpy as np
import pytest
from synthetic import staff, ties

from kithwork.change.heeding import heeded

KINDS = {"p_personal": [0.5, None, 0.8], "p_functional": [0.2, None, None], "p_strategic": [0.0, None, None]}
TIES = ties([(0, 1), (1, 2), (2, 3)], **KINDS)


def test_a_tie_counts_by_its_kinds():
    """By hand: 1 - (1 - .5)(1 - .5 · .2); fully where nothing is told; by the one kind that is told."""
    net = heeded(TIES, staff([None] * 4), {"personal": 1, "functional": 0.5, "strategic": 1}).toarray()
    assert net[[0, 1, 2], [1, 2, 3]] == pytest.approx([0.55, 1, 0.8])
    assert (net == net.T).all()
    assert np.count_nonzero(net) == 6


def test_ties_that_do_not_count_are_none():
    """Where no kind counts only ties of unknown kind are left, and no entry of 0 is kept."""
    net = heeded(TIES, staff([None] * 4), dict.fromkeys(("personal", "functional", "strategic"), 0))
    assert (net.nnz, net[1, 2], net[2, 1]) == (2, 1, 1)
    assert heeded(TIES.iloc[:0], staff([None] * 4), {"personal": 1, "functional": 1, "strategic": 1}).nnz == 0
