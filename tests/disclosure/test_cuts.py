"""Cuts: what every pattern of hidden cells that protects must satisfy."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_tables import K, one_way, two_way

from kithwork.disclosure.cuts import Model, bridges, capacity, of_relations
from kithwork.disclosure.protection import recoverable


def model(seed: int) -> Model:
    """A small table of at most seven cells that may be hidden or shown."""
    rng = np.random.default_rng(seed)
    cells = one_way(rng) if seed % 3 == 0 else two_way(rng, 4)
    always = (cells.sensitive | cells.hidden) & ~cells.fixed
    assume(cells.sensitive.any() and (~always & ~cells.fixed).sum() <= 7)
    return Model(cells, K, ~cells.fixed & ~always, always)


def protecting(made: Model) -> np.ndarray:
    """(patterns, cells): every pattern that protects all sensitive cells."""
    free = np.flatnonzero(made.free)
    patterns = np.zeros((2 ** len(free), len(made.free)), dtype=bool)
    patterns[:, free] = list(product([False, True], repeat=len(free)))
    sound = [not recoverable(made.cells, one | made.always, K).any() for one in patterns]
    return patterns[sound]


@settings(max_examples=5)
@given(st.integers(0, 2**32 - 1))
def test_no_cut_forbids_a_pattern_that_protects(seed):
    """Every pattern that protects keeps the cuts of relations, and those found at the pattern that hides least."""
    made = model(seed)
    nothing = np.zeros(len(made.free))
    found = [capacity(made, nothing, cell) for cell in np.flatnonzero(made.cells.sensitive)]
    cuts = [*of_relations(made, made.cells.sensitive).toarray(), *(cut for cut in found if cut is not None)]
    for pattern in protecting(made):
        assert all(cut @ pattern >= 1 - 1e-6 for cut in cuts)


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1))
def test_a_cut_forbids_the_pattern_it_was_found_at(seed):
    """Where a pattern leaves a cell recoverable, the cut found for it is broken by that pattern."""
    made = model(seed)
    nothing = np.zeros(len(made.free))
    for cell in np.flatnonzero(recoverable(made.cells, made.always, K)):
        assert capacity(made, nothing, cell) @ nothing < 1


@settings(max_examples=5)
@given(st.integers(0, 2**32 - 1))
def test_the_best_pattern_hides_no_cell_alone(seed):
    """A pattern of least loss keeps all bridges, so that they forbid no optimum."""
    made = model(seed)
    sound = protecting(made)
    assume(len(sound))
    best = sound[np.argmin(sound @ made.cells.weights)]
    rows = bridges(made)
    assert rows.shape[0] == 0 or (rows @ best >= 0).all()
