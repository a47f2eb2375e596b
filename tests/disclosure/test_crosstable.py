"""Tables with all their margins as cells, and the same table at two times."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from random_tables import K, frame

from kithwork.disclosure.cells import Cells
from kithwork.disclosure.crosstable import AFTER, BEFORE, CAME, LEFT, STAYED, of_table, waves


def value(cells: Cells, name) -> int:
    """The people of one cell."""
    return int(cells.values[cells.names.index(name)])


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
        (): 32, (("division", "x"),): 12, (("division", "y"),): 20,
        (("unit", "p"),): 3, (("unit", "q"),): 9, (("unit", "r"),): 20,
    }  # fmt: skip
    assert cells.relations.shape[0] == 3


def test_a_unit_of_two_divisions_is_refused():
    """Levels must lie within one level above them."""
    rows = pd.DataFrame({"division": ["x", "y"], "unit": ["p", "p"], "n": [3, 9]})
    with pytest.raises(ValueError, match="more than one level"):
        of_table(rows, [("division", "unit")], "n", K)


def test_people_of_no_level_are_refused():
    """They would be in the whole and in none of its parts; whoever counts gives them a level of their own."""
    rows = pd.DataFrame({"unit": ["p", None], "n": [30, 9]})
    with pytest.raises(ValueError, match="missing"):
        of_table(rows, ["unit"], "n", K)


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
