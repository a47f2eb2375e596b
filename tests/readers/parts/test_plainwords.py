"""Contacts read a column at a time: the same best word as one by one, or none."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from kithwork.readers.parts import plainwords
from kithwork.readers.parts.contacts import word

NAMES = st.sampled_from(
    ["", "Bo", "Ek", " ", "Bo Ek", "Bo  Ek", " Bo", "Bo <b>", "Li\u00a0Wu", "\t", "bo@x.example", "Løv"]
)
MAILS = st.sampled_from(["", "bo@x.example", "bo@y.example", " bo@x.example", "/o=x", "a@x ::: b@x", "bø@x.example"])
KINDS = st.sampled_from(["", "Work", "Home"])
ENTRY = st.tuples(st.lists(NAMES, min_size=4, max_size=4), st.lists(st.tuples(MAILS, KINDS), min_size=3, max_size=3))


def column(cells) -> pa.Array:
    """Cells as Arrow holds them."""
    return pa.array(cells, pa.large_string())


@given(st.lists(ENTRY, min_size=1, max_size=8), st.booleans())
@example([(["Bo", "", "Ek", ""], [("a@x", "Home"), ("b@x", "Work"), ("a@x", "Home")])], True)
def test_a_plain_entry_has_the_word_it_has_alone(entries, kinds):
    """What is not plain has none, and is left for the careful way."""
    names = [column([entry[0][at] for entry in entries]) for at in range(3)]
    whole = [column([entry[0][3] for entry in entries])]
    mails = [column([entry[1][at][0] for entry in entries]) for at in range(3)]
    found = plainwords.words(names, whole, mails, kinds=kinds).to_pylist()
    for best, ((*parts, full), pairs) in zip(found, entries, strict=True):
        name = " ".join(parts) if any(map(str.strip, parts)) else full
        assert best in (None, word(name, pairs if kinds else [(mail, "") for mail, _ in pairs]))


def test_ordinary_entries_are_plain():
    """With and without an address, a middle name, or a name at all."""
    names = [column(["Bo", "Cid", "", ""]), column(["", "M", "", ""]), column(["Ek", "Li", "", ""])]
    whole, mails = [column(["", "", "North", ""])], [column(["bo@x.example", "", "", "d@x.example"])]
    found = plainwords.words(names, whole, mails, kinds=True)
    assert found.to_pylist() == ["Bo Ek <bo@x.example>", "Cid M Li", "North", "d@x.example"]
