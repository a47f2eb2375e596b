"""A word on a tie: counted from either side, and weighed by Bayes' rule."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import ties

from kithwork.chapters import Word
from kithwork.ties import reports, words

WORD = Word(says=[0.8, 1.0], wrongly=[0.0, 0.05])
share = st.floats(0, 1)


def test_words_are_counted_from_either_side():
    """Who speaks of the other, whichever of the two comes first in the table; analysts and other kinds aside."""
    rows = [
        ("p000", "p001", "personal", "ego", 1), ("p001", "p000", "personal", "ego", 0),
        ("p002", "p001", "personal", "ego", 0), ("p002", "p003", "personal", "analyst", 1),
        ("p002", "p003", "strategic", "ego", 1),
    ]  # fmt: skip
    labels = pd.DataFrame(rows, columns=["ego_id", "alter_id", "kind", "by", "is"])
    said, asked = words.given(ties([(0, 1), (1, 2), (2, 3)]), labels, "personal")
    assert said.tolist() == [1, 0, 0]
    assert asked.tolist() == [2, 1, 0]


@given(st.lists(st.tuples(share, st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=8))
def test_a_word_moves_its_tie_its_own_way(given):
    """A yes never lowers P and a no never raises it, within the least that anything is taken for; silence leaves it; the
    range holds the estimate."""
    p, said, asked = (np.array(one) for one in zip(*given, strict=True))
    said = np.minimum(said, asked)
    rng = np.random.default_rng(1)
    after, low, high = words.weighed(p.astype(float), p * 0.9, p + (1 - p) * 0.1, said, asked, WORD, rng)
    assert ((low <= after) & (after <= high)).all()
    assert (after[asked == 0] == p[asked == 0]).all()
    assert (after[(said == asked)] >= p[said == asked] - reports.LEAST).all()
    assert (after[said == 0] <= p[said == 0] + reports.LEAST).all()


def test_without_any_other_knowledge_odds_are_even():
    """One who says so of .9 and wrongly of .025 (the middles of the ranges): .9 / .925 and .1 / 1.075."""
    nothing = np.full(2, np.nan)
    after, *_ = words.weighed(nothing, nothing, nothing, np.array([1, 0]), np.ones(2, int), WORD, np.random.default_rng(1))
    assert after == pytest.approx([0.9 / 0.925, 0.1 / 1.075])


def test_no_word_is_lost_on_what_the_signs_are_sure_of():
    """Without any sign P is 0, and 1 where one is stated to be certain: a word against either moves it all the same."""
    sure = np.array([0.0, 1.0])
    after, low, high = words.weighed(sure, sure, sure, np.array([1, 0]), np.ones(2, int), WORD, np.random.default_rng(1))
    yes, no = 0.001 * 0.9 / (0.001 * 0.9 + 0.999 * 0.025), 0.999 * 0.1 / (0.999 * 0.1 + 0.001 * 0.975)
    assert after == pytest.approx([yes, no])
    assert high[0] > 0.035
    assert low[1] < 0.99
