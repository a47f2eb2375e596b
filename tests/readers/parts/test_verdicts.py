"""What many cells say of ties: each text is judged as it would be alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kithwork.readers.parts.verdicts import NONE, REMEMBERED, TIE, UNKNOWN, WEAK, WRONG, Judge

CODES = {"0": NONE, "1": TIE, "0.5": WEAK, "": UNKNOWN, "x": WRONG}


@given(st.lists(st.sampled_from(list(CODES))))
def test_each_cell_has_its_verdict(cells):
    """Cells are counted, and what stands beside them is found, by what they say."""
    verdicts = Judge(CODES.__getitem__).verdicts(cells)
    for cell, code in CODES.items():
        places = [at for at, one in enumerate(cells) if one == cell]
        assert verdicts.of(code, range(len(cells))) == places
        assert verdicts.count(code) == len(places)


def test_what_is_remembered_is_bounded():
    """Memory stays flat where every cell differs."""
    judge = Judge(lambda cell: TIE)
    assert judge.verdicts(map(str, range(3 * REMEMBERED))).count(TIE) == 3 * REMEMBERED
    assert len(judge) <= REMEMBERED
