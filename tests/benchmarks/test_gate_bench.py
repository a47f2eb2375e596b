"""The benchmark of the gate: the rule of one table at a time, beside which it is held."""

from __future__ import annotations

import numpy as np
import pandas as pd
from random_tables import K, frame

from benchmarks.gate import one_table_at_a_time
from kithwork.disclosure.cells import partition
from kithwork.disclosure.crosstable import of_table
from kithwork.disclosure.protection import recoverable


def test_one_whole_is_protected_by_its_own_rule():
    """In a single whole the smallest groups go until enough are hidden."""
    cells = partition(pd.Series({"a": 3, "b": 9, "c": 20}), 32, K)
    hidden = one_table_at_a_time(cells)
    assert hidden.tolist() == [True, True, False, True, False]
    assert not recoverable(cells, hidden, K).any()


def test_a_cell_hidden_for_one_sum_is_told_by_another():
    """In a table of two dimensions what covers a cell in its row stands alone in its column, and gives it away."""
    cells = of_table(frame(np.array([[3, 9, 30], [40, 20, 50]]), ["a", "b"]), ["a", "b"], "n", K)
    assert recoverable(cells, one_table_at_a_time(cells), K).any()
