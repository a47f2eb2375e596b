"""Graphs: the same ties in both forms, nominations in their direction, loops left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from synthetic import staff

from kithwork.network import graph


def test_a_nomination_has_its_direction():
    """i names j by two relations: one entry from i to j; outsiders and oneself are no entry."""
    people = staff([None] * 3)
    one, two, _ = people["person_id"]
    named = pd.DataFrame([(one, two, "GF"), (one, two, "GP"), (two, two, "GF"), (two, "party", "GF")])
    named.columns = ["ego_id", "alter_id", "relation"]
    assert graph.nominated(named, people).toarray().tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("directed", [True, False])
def test_a_graph_of_a_matrix_is_that_matrix_without_its_loops(directed):
    """Edges, weights and isolates come back."""
    rng = np.random.default_rng(1)
    held = np.triu(rng.integers(0, 3, (8, 8)))
    held[7] = held[:, 7] = 0
    matrix = held if directed else held + held.T
    found = graph.of(sparse.csr_array(matrix.astype(float)), directed)
    np.fill_diagonal(matrix, 0)
    assert found.vcount() == 8
    assert found.get_adjacency_sparse("weight").toarray().tolist() == matrix.tolist()
