"""market/copies.py: who told first, and who repeats it."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from kithwork.market.copies import copies, pairs
from kithwork.market.plain import words

LONG = "two hospitals in the north want to rent the instruments instead of buying them from us this year"


def of(*texts, who=None, alike=0.9):
    """The copies among texts a, b, c … in order of time."""
    series = pd.Series(texts, index=list("abcdefgh")[: len(texts)])
    by = pd.Series(who or list("stuvwxyz")[: len(texts)], index=series.index)
    return copies(series, by, words(series), alike).dropna().to_dict()


def test_copies_point_to_the_earliest_telling():
    """The same words, in whatever letters and signs, and a chain of small changes, are one telling."""
    assert of("other things are told in this text of enough words", LONG, LONG.upper() + "!!") == {"c": "b"}
    changed = LONG.replace("north", "nort")
    twice = changed.replace("instruments", "instrument")
    assert of(LONG, changed, twice, alike=0.93) == {"b": "a", "c": "a"}
    assert of(LONG, changed, alike=0.999) == {}


def test_few_common_words_are_no_copy_unless_the_same_person_wrote_them():
    """Two people may both write of too many meetings; one person who sends it twice has said it once."""
    assert of("too many meetings", "Too many meetings.") == {}
    assert of("too many meetings", "Too many meetings.", who=["s", "s"]) == {"b": "a"}


def test_nothing_to_compare():
    """No text, and one."""
    assert of() == {}
    assert of(LONG) == {}


@given(st.integers(0, 10**6), st.sampled_from([0.5, 0.7, 0.9, 0.95, 1.0]))
def test_pairs_are_those_of_brute_force(seed, alike):
    """The same pairs as of all cosines (scikit-learn's)."""
    rng = np.random.default_rng(seed)
    base = [" ".join(rng.choice(["glass", "price", "rent", "late", "buyers", "probe"], 9)) for _ in range(8)]
    texts = np.array([*base, *(f"{one} {rng.choice(['now', 'soon', 'x'])}" for one in base)], dtype=object)
    cosine = cosine_similarity(CountVectorizer(analyzer="char_wb", ngram_range=(4, 4)).fit_transform(texts))
    sure = np.abs(cosine - alike) > 1e-5
    found = np.zeros_like(cosine, dtype=bool)
    found[pairs(texts, alike)] = True
    upper = np.triu(np.ones_like(found), 1)
    assert ((found == (cosine >= alike)) | ~sure)[upper > 0].all()
    assert not found[upper == 0].any()
