"""Patterns made valid, and as small as dropping cells can make them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import KINDS, K

from kithwork.disclosure.cuts import Model
from kithwork.disclosure.protection import recoverable
from kithwork.disclosure.repair import pruned, repaired


def model(kind: str, seed: int) -> tuple[Model, np.ndarray]:
    """A random table, and the places of its sensitive cells."""
    cells = KINDS[kind](np.random.default_rng(seed))
    always = (cells.sensitive | cells.hidden) & ~cells.fixed
    return Model(cells, K, ~cells.fixed & ~always, always), np.flatnonzero(cells.sensitive)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=3)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_pattern_is_made_valid_and_holds_nothing_in_vain(kind, seed):
    """Repaired from nothing, a pattern protects; pruned, it still does, and showing any one cell of it no longer would."""
    made, asked = model(kind, seed)
    valid = repaired(made, np.zeros(len(made.free), dtype=bool), asked)
    least = pruned(made, valid, asked)
    assert not recoverable(made.cells, valid | made.always, K).any()
    assert not recoverable(made.cells, least | made.always, K).any()
    assert not (least & ~valid).any()
    for cell in np.flatnonzero(least):
        less = least & (np.arange(len(least)) != cell)
        assert recoverable(made.cells, less | made.always, K).any()
