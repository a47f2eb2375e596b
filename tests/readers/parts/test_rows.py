"""What a reader found, one by one or several together, comes in batches of one size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kithwork.readers.parts import rows
from kithwork.readers.parts.rows import BATCH, Fault, Left, Record, Several, in_batches, whole


def several(line: int, count: int) -> Several:
    """So many nominations of one line."""
    alters = [f"{line}.{number}" for number in range(count)]
    return Several([line] * count, {"ego": ["e"] * count, "alter": alters, "relation": ["r"] * count}, alters)


def record(line: int, number: int) -> Record:
    """One of them."""
    alter = f"{line}.{number}"
    return Record(line, {"ego": "e", "alter": alter, "relation": "r"}, alter)


def test_batches_have_one_size_however_many_a_line_holds():
    """A wide row of a matrix is handed on in parts, narrow ones together."""
    wide, narrow = [several(1, 2 * BATCH + 5)], [several(line, 7) for line in range(BATCH)]
    for found, last in ((wide, 5), (narrow, 0)):
        sizes = [len(batch.frame) for batch in in_batches("nominations", "a", found)]
        assert set(sizes) <= {BATCH, last}


@given(st.lists(st.integers(0, 4), max_size=6), st.integers(1, 5))
def test_several_are_as_many_records_one_by_one(counts, size):
    """The same rows, lines and cells in the same order, whatever the size of a batch."""
    together = [several(line, count) for line, count in enumerate(counts, start=2)]
    alone = [record(line, number) for line, count in enumerate(counts, start=2) for number in range(count)]
    kept, rows.BATCH = rows.BATCH, size
    try:
        one, other = (whole(in_batches("nominations", "a", found)) for found in (together, alone))
    finally:
        rows.BATCH = kept
    assert one.frame.to_numpy().tolist() == other.frame.to_numpy().tolist()
    assert (one.lines, one.cells) == (other.lines, other.cells)


def test_fields_are_those_of_the_first_record_and_those_required():
    """A field that a later record lacks is empty; none together say nothing of fields."""
    [none] = in_batches("staff", "a", [Several([], {"person": []})])
    assert len(none.frame.columns) > 2
    first, later = Record(1, {"person": "a", "unit": "North"}), Several([2, 3], {"person": ["b", "c"]})
    [batch] = in_batches("staff", "a", [first, later])
    assert batch.frame.to_dict("list") == {"person": ["a", "b", "c"], "unit": ["North", "", ""]}
    assert batch.cells == [None, None, None]


def test_faults_and_what_is_left_out_are_handed_on_without_records():
    """One batch at least; what was left out no time is not told."""
    [batch] = in_batches(
        "nominations", "a", [Fault(1, "ego", "is no name", "Mend it."), Left("notices", 2), Left("weak", 0)]
    )
    assert (len(batch.frame), len(batch.faults), batch.left_out) == (0, 1, {"notices": 2})
    assert list(batch.frame) == ["ego", "alter", "relation"]
    assert len(list(in_batches("nominations", "a", []))) == 1
