"""Which problems on the register are of which topic."""

from __future__ import annotations

import pandas as pd
from hearing import WORDS, topics
from hypothesis import given, settings
from hypothesis import strategies as st

from kithwork.market.matched import matched
from kithwork.market_tables import TOPIC_PHRASES, TOPICS


def found(problems, names: dict[str, str], phrases: list[tuple[str, str]] = ()) -> dict:
    """topic_id by problem, given topics' names (empty: none) and phrases."""
    frame, none = topics(names)
    frame = frame.assign(named=frame["named"].where(frame["named"] != ""))
    rows = pd.DataFrame(list(phrases), columns=["topic_id", "phrase"]).assign(rank=1, weight=1.0, people=2)
    said = TOPIC_PHRASES.checked(rows) if phrases else none
    return {key: None if pd.isna(value) else value for key, value in matched(problems, frame, said).items()}


PHRASES = [
    ("en-01", "cheap sensors"), ("en-01", "price of sensors"), ("en-01", "tenders"),
    ("en-02", "glass supplier"), ("en-02", "shortage of optical glass"), ("en-02", "lead times"),
]  # fmt: skip


def test_a_problem_goes_to_the_topic_that_means_the_same():
    """By one phrase that is like it, though the topic's others are not; what is like none is of none."""
    of = found(["cheaper sensors", "glass shortage", "noise", "reports typed twice"], {"en-01": "", "en-02": ""}, PHRASES)
    assert of == {"cheaper sensors": "en-01", "glass shortage": "en-02", "noise": None, "reports typed twice": None}


def test_the_analysts_name_counts_as_a_phrase():
    """A topic without phrases is found by the name it was given."""
    assert found(["hydrogen plants"], {"en-01": "hydrogen plants", "en-02": ""}, PHRASES) == {"hydrogen plants": "en-01"}


def test_a_problem_as_near_to_two_topics_is_of_neither():
    """Where two topics say the same, nobody can tell which one is meant."""
    same = [("en-01", "cheap sensors"), ("en-02", "cheap sensors")]
    assert found(["cheaper sensors"], {"en-01": "", "en-02": ""}, same) == {"cheaper sensors": None}


def test_without_topics_or_problems_nothing_is_matched():
    """Every problem is on its own, and no problem is no error."""
    assert matched(["noise"], TOPICS.empty(), TOPIC_PHRASES.empty()).isna().tolist() == [True]
    assert matched([], *topics({"en-01": "noise"})).empty


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.randoms())
def test_order_and_repetition_are_nothing(words, random):
    """Each word is of the topic that has its name, however often and wherever it stands."""
    names = {f"en-{at:02d}": word for at, word in enumerate(WORDS[:20])}
    ids = {word: topic for topic, word in names.items()}
    shuffled = random.sample(words * 2, 2 * len(words))
    of = found(shuffled, names)
    assert of == {word: ids.get(word) for word in sorted(set(words))}
