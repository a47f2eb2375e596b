"""market/phrases.py: phrases that tell topics apart."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer
from written import themed

from kithwork.market.phrases import LONGEST, phrases, said, weighed
from kithwork.market.points import stop_words


def of(texts, topic, people=None, language="en"):
    """The phrases of texts, each by a person of its own unless said otherwise."""
    index = [f"c{row}" for row in range(len(texts))]
    who = people or index
    return phrases(*(pd.Series(one, index=index) for one in (texts, topic, who)), language)


def test_weights_by_hand():
    """ "glass" twice in topic a of two words, once in b of four: 2 ln(1 + 3/3) and 1 ln(1 + 3/3)."""
    held = pd.DataFrame(
        {
            "topic_id": list("aabbbb"),
            "key": ["glass", "glass", "glass", "rent", "rent", "rent"],
            "who": ["p", "q", "p", "p", "p", "q"],
        }
    )
    found = weighed(held).set_index(["topic_id", "key"])
    assert found["weight"].to_dict() == pytest.approx(
        {("a", "glass"): 2 * np.log(2), ("b", "glass"): np.log(2), ("b", "rent"): 3 * np.log(2)}
    )
    assert found["people"].to_dict() == {("a", "glass"): 2, ("b", "glass"): 1, ("b", "rent"): 2}


@pytest.mark.filterwarnings("ignore:Your stop_words")
@given(st.integers(0, 10**6))
def test_weights_are_those_of_counted_matrices(seed):
    """As Grootendorst (2022) writes them, on scikit-learn's counts of single words."""
    rng = np.random.default_rng(seed)
    texts, topic = themed(6, rng, 3)
    held = said(pd.Series(texts), "en")
    held = held[~held["key"].str.contains(" ")].assign(topic_id=lambda frame: topic[frame["comment"]], who=held["comment"])
    reader = CountVectorizer(stop_words=sorted(stop_words("en")), token_pattern=r"\b\w+\b")
    counts = np.asarray(reader.fit_transform([" ".join(np.array(texts)[topic == one]) for one in range(3)]).todense())
    other = counts * np.log(1 + counts.sum() / 3 / counts.sum(axis=0))
    found = weighed(held.assign(key=held["key"].astype(str)))
    place = found["key"].map(reader.vocabulary_)
    np.testing.assert_allclose(found["weight"], other[found["topic_id"], place], rtol=1e-9)
    assert len(found) == (counts > 0).sum()


def test_phrases_are_as_written_and_end_in_words_that_tell():
    """Up to three words, not across signs, numbers or what was taken out; no stop word at either end."""
    found = said(pd.Series(["Price of Sensors falls, probes … rise 20 times"], index=["c"]), "en")
    assert set(found["phrase"]) == {
        "Price",
        "Price of Sensors",
        "Sensors",
        "Sensors falls",
        "falls",
        "probes",
        "rise",
        "times",
    } - ({"times", "rise", "falls"} & stop_words("en"))
    assert set(found["key"]) == {one.lower() for one in found["phrase"]}


def test_themes_are_told_by_their_own_words():
    """Every phrase of a planted theme holds a word of it, ranks run from 1, and the first weighs most."""
    texts, topic = themed(25, np.random.default_rng(2))
    found = of(texts, [f"en-{one:02d}" for one in topic])
    words = {one: set(" ".join(np.array(texts)[topic == one]).split()) for one in range(5)}
    only = {one: words[one] - set.union(*(words[other] for other in words if other != one)) for one in words}
    for name, part in found.groupby("topic_id"):
        assert part["rank"].tolist() == list(range(1, len(part) + 1))
        assert part["weight"].iloc[0] == 1 == part["weight"].max()
        assert all(set(phrase.split()) & only[int(name[-2:])] for phrase in part["phrase"])
        assert all(one != other for one, other in pairwise(part["phrase"]))


def test_a_phrase_stands_for_its_parts_as_most_write_it():
    """ "optical glass" for "optical" and for "glass", in the letters used most; what one person alone wrote is none."""
    texts = [
        "Optical glass is late",
        "optical glass rations",
        "our optical glass",
        "xylophone xylophone",
        "rent a probe",
        "rent it",
    ]
    found = of(texts, ["a"] * 4 + ["b"] * 2)
    assert found.loc[found["topic_id"] == "a", "phrase"].tolist() == ["optical glass"]
    assert found.loc[found["topic_id"] == "a", "people"].tolist() == [3]
    assert found.loc[found["topic_id"] == "b", "phrase"].tolist() == ["rent"]


def test_nothing_written_twice_gives_no_phrases():
    """Nor do stop words; and scripts without spaces are not given any."""
    assert of(["and then", "so what"], ["a", "a"]).empty
    assert of(["玻璃涨价", "玻璃涨价"], ["a", "a"], language="zh")["phrase"].str.contains(" ").sum() == 0
    assert LONGEST == 3
