"""Names: contrasts by hand, words by rule, and no name where nothing stands out."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.people import naming
from kithwork.people.composition import Placed, coordinates
from kithwork.setting import KINDS


def placed_with(held: np.ndarray, **more: np.ndarray) -> Placed:
    """People with these expected ties of each kind; `more` are columns of their portfolios."""
    people = pd.DataFrame({f"{kind}_ties": held[:, i] for i, kind in enumerate(KINDS)})
    people = people.assign(ties=held.sum(axis=1), person_id=[f"p{i}" for i in range(len(held))], **more)
    raw = coordinates(held, held.sum(axis=1))
    return Placed(people, KINDS, raw, raw.mean(axis=0), raw.std(axis=0))


def about(mix: list[float], people: int, seed: int) -> np.ndarray:
    """Ties of people around one mix."""
    return np.random.default_rng(seed).gamma(60, np.array(mix) / 60, (people, 3))


def test_contrast_by_hand():
    """Means 2 and 0, both variances 1 (four people each): s² = (4 + 4)/6, d = 2/√(4/3) = 1.732;
    its standard error √(8/16 + 3/16) = .829."""
    a, b = np.array([1.0, 3, 1, 3]), np.array([-1.0, 1, -1, 1])
    found = naming._cohen(a, b)
    assert found.estimate == pytest.approx(1.7321, abs=1e-4)
    assert (found.low, found.high) == pytest.approx((1.7321 - 1.96 * 0.8292, 1.7321 + 1.96 * 0.8292), abs=1e-3)


def test_segments_are_named_by_what_sets_them_apart():
    """More personal ties and more ties; more strategic and fewer: each leads with its kind."""
    placed = placed_with(np.concatenate([about([8, 4, 2], 30, 1), about([2, 4, 1], 30, 2), about([1, 3, 6], 30, 3)]))
    assert naming.names(placed, np.repeat([0, 1, 2], 30), 3) == [
        "Personal-leaning, many ties",
        "Functional-leaning, few ties",
        "Strategic-leaning",
    ]


def test_what_a_segment_has_less_of_names_it_where_nothing_is_more():
    """No kind stands out upwards: the one that stands out downwards does."""
    found = {"personal": naming.Estimate(-0.9, -1.4, -0.4, 60), "functional": naming.Estimate(0.4, 0.1, 0.7, 60)}
    assert naming._words(found)[0] == ["less personal"]


@pytest.mark.parametrize(("d", "low", "high"), [(0.4, 0.1, 0.7), (0.8, -0.1, 1.7)])
def test_small_or_unsure_contrasts_name_nothing(d, low, high):
    """Below half a standard deviation, or with an interval that holds 0."""
    assert naming._words({"personal": naming.Estimate(d, low, high, 60)}) == ([], [])


def test_segments_that_nothing_sets_apart_are_lettered():
    """People drawn from one mix, split at random: Group A and Group B."""
    placed = placed_with(about([4, 4, 4], 200, 4))
    assert naming.names(placed, np.arange(200) % 2, 2) == ["Group A", "Group B"]


def test_what_else_portfolios_hold_tells_repeats_apart():
    """Two segments lean the same way; the one with more ties outside says so, and numbers come last."""
    held = np.concatenate([about([8, 2, 2], 40, 5), about([8, 2, 2], 40, 6), about([2, 8, 2], 40, 7)])
    across = np.repeat([0.9, -0.9, -0.2], 40) + np.random.default_rng(8).normal(0, 0.1, 120)
    labels = np.repeat([0, 1, 2], 40)
    plain, more = (naming.names(one, labels, 3) for one in (placed_with(held), placed_with(held, outside=across)))
    assert len(set(plain)) == 3
    assert more[0].startswith("Personal-leaning")
    assert "many outside" in more[0]
    assert "few outside" in more[1]


@given(st.lists(st.integers(0, 3), min_size=8, max_size=30))
def test_names_are_always_different(labels):
    """Whatever the partition, empty segments and single people too."""
    placed = placed_with(about([4, 4, 4], len(labels), 9))
    found = naming.names(placed, np.array(labels), 4)
    assert len(set(found)) == 4
    assert all(found)


def test_lexicon_covers_what_may_be_compared_and_judges_nobody():
    """Every kind and the number of ties have a word for more and for less; all words are different, and none is a value."""
    words = list(itertools.chain.from_iterable(naming.LEXICON.values()))
    assert set(KINDS) | {"ties"} <= set(naming.LEXICON)
    assert len(set(words)) == len(words)
    assert not {"star", "weak", "isolated", "good", "poor", "strong", "best", "overloaded"} & set(" ".join(words).split())
