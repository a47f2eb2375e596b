"""Cells of published tables, and the sums between them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import KINDS, K, frame

from kithwork.disclosure.cells import REST, WHOLE, Cells, joined, partition
from kithwork.disclosure.crosstable import of_table


def value(cells: Cells, name) -> int:
    """The people of one cell."""
    return int(cells.values[cells.names.index(name)])


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=5)
@given(seed=st.integers(0, 2**32 - 1))
def test_small_cells_are_sensitive_whatever_the_table(kind, seed):
    """In every kind of table the sensitive cells are those about 1 to K − 1 people, and none is known to all."""
    cells = KINDS[kind](np.random.default_rng(seed))
    assert (cells.sensitive == ((cells.values > 0) & (cells.values < K))).all()
    assert not (cells.fixed & cells.sensitive).any()


def test_tables_over_the_same_columns_share_their_margins():
    """Joined, the cells of one name are one; the tables' own cells stay."""
    rows = frame(np.arange(12).reshape(2, 3, 2), ["a", "b", "c"])
    parts = [of_table(rows, ["a", "b"], "n", K), of_table(rows, ["c", "a"], "n", K)]
    both = joined(parts)
    assert len(both) == len(parts[0]) + len(parts[1]) - 3
    assert both.relations.shape[0] == parts[0].relations.shape[0] + parts[1].relations.shape[0]


def test_tables_that_disagree_are_refused():
    """One name with two values is a fault of whoever joined them."""
    with pytest.raises(ValueError, match="disagree"):
        joined([partition(pd.Series({"g": 9}), total, K) for total in (12, 13)])


def test_people_in_no_group_are_a_cell_published_nowhere():
    """A partition has a cell for the whole, known to all, and one for the rest, which nothing shows."""
    cells = partition(pd.Series({"g": 9, "h": 20}), 32, K, of="survey")
    assert value(cells, ("survey", REST)) == 3
    assert list(cells.hidden) == list(cells.mask([("survey", REST)]))
    assert list(cells.fixed) == list(cells.mask([("survey", WHOLE)]))
    assert cells.sensitive[cells.hidden].all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"names": ("a", "a")}, "one name"),
        ({"values": np.array([1, 2])}, "does not hold"),
        ({"values": np.array([-1, -1])}, "below 0"),
        ({"weights": np.array([1.0, 0.0])}, "not above 0"),
        ({"fixed": np.array([True, True])}, "both known"),
        ({"sensitive": np.array([True])}, "differ in number"),
    ],
)
def test_cells_that_do_not_fit_together_are_refused(change, words):
    """Whoever builds cells by hand is told what is wrong with them."""
    cells = of_table(pd.DataFrame({"a": ["x"], "n": [7]}), ["a"], "n", K)
    fields = {name: getattr(cells, name) for name in cells.__dataclass_fields__} | {"hidden": np.array([False, True])}
    with pytest.raises(ValueError, match=words):
        Cells(**(fields | change))
