"""Cells of published tables, and the sums between them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from disclosure.random_tables import K, KINDS, frame
from hypothesis import given
from hypothesis import strategies as st

from kithwork.disclosure.cells import REST, WHOLE, Cells, joined, partition
from kithwork.disclosure.crosstable import AFTER, BEFORE, CAME, LEFT, STAYED, of_table, waves


def value(cells: Cells, name) -> int:
    """The people of one cell."""
    return int(cells.values[cells.names.index(name)])


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(0, 2**32 - 1))
def test_small_cells_are_sensitive_whatever_the_table(kind, seed):
    """In every kind of table the sensitive cells are those about 1 to K − 1 people, and no more is fixed than wholes or nobody."""
    cells = KINDS[kind](np.random.default_rng(seed))
    assert (cells.sensitive == ((cells.values > 0) & (cells.values < K))).all()
    assert not (cells.fixed & cells.sensitive).any()


def test_a_table_has_all_its_margins():
    """A table of two dimensions has every margin once, each the sum of its cells, and its whole is known to all."""
    cells = of_table(frame(np.array([[1, 20], [30, 9]]), ["a", "b"]), ["a", "b"], "n", K)
    assert len(cells) == 9
    assert value(cells, ()) == 60
    assert value(cells, (("a", "a0"),)) == 21
    assert value(cells, (("b", "b1"),)) == 29
    assert value(cells, (("a", "a1"), ("b", "b0"))) == 30
    assert list(cells.mask([()])) == list(cells.fixed)


def test_levels_within_levels_add_up():
    """A division is the sum of its units, and a unit is named by itself alone."""
    rows = pd.DataFrame({"division": ["x", "x", "y"], "unit": ["p", "q", "r"], "n": [3, 9, 20]})
    cells = of_table(rows, [("division", "unit")], "n", K)
    assert {name: value(cells, name) for name in cells.names} == {
        (): 32, (("division", "x"),): 12, (("division", "y"),): 20, (("unit", "p"),): 3, (("unit", "q"),): 9, (("unit", "r"),): 20,
    }  # fmt: skip
    assert cells.relations.shape[0] == 3


def test_a_unit_of_two_divisions_is_refused():
    """Levels must lie within one level above them."""
    rows = pd.DataFrame({"division": ["x", "y"], "unit": ["p", "p"], "n": [3, 9]})
    with pytest.raises(ValueError, match="more than one level"):
        of_table(rows, [("division", "unit")], "n", K)


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


def test_waves_tell_who_left_and_came():
    """Who moves leaves one cell for another but stays in the whole; that nobody came to a cell is known."""
    before = pd.DataFrame({"unit": list("aaabb")}, index=range(5))
    after = pd.DataFrame({"unit": list("aabbb")}, index=[0, 1, 2, 3, 9])
    cells = waves(before, after, ["unit"], K)
    a, b, whole = (("unit", "a"),), (("unit", "b"),), ()
    counted = {wave: [value(cells, (wave, name)) for name in (whole, a, b)] for wave in (BEFORE, AFTER, STAYED, LEFT, CAME)}
    assert counted == {BEFORE: [5, 3, 2], AFTER: [5, 2, 3], STAYED: [4, 2, 1], LEFT: [1, 1, 1], CAME: [1, 0, 2]}
    assert [name for name, known in zip(cells.names, cells.fixed, strict=True) if known] == [(CAME, a)]
    assert {name[0] for name, unseen in zip(cells.names, cells.hidden, strict=True) if unseen} == {STAYED, LEFT, CAME}


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
