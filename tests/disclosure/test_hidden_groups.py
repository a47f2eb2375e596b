"""Groups hidden in all families of measures of one partition together."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.disclosure.groups import hidden_groups

K = 5


@st.composite
def families(draw, most_groups: int = 6, most_families: int = 4) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Sizes, totals and weights of a few families of measures."""
    groups, count = draw(st.integers(1, most_groups)), draw(st.integers(1, most_families))
    size = st.one_of(st.none(), st.integers(1, K + 1), st.integers(1, 40))
    sizes = pd.DataFrame(
        [[draw(size) for _ in range(count)] for _ in range(groups)],
        index=[f"group {i}" for i in range(groups)],
        columns=[f"family {i}" for i in range(count)],
        dtype="float64",
    )
    totals = sizes.sum() + [draw(st.sampled_from([0, 0, 1, 4, 20])) for _ in range(count)]
    weights = pd.Series([draw(st.integers(1, 9)) for _ in range(count)], index=sizes.columns)
    return sizes, totals, weights


def sound(hidden: np.ndarray, sizes: np.ndarray, total: float) -> bool:
    """Whether one family's hidden groups keep the rule, counted afresh."""
    if any(not hid and size < K for hid, size in zip(hidden, sizes, strict=True) if not np.isnan(size)):
        return False
    shown = sum(size for hid, size in zip(hidden, sizes, strict=True) if not hid and not np.isnan(size))
    return shown == 0 or total - shown == 0 or total - shown >= K


@given(families())
def test_no_family_leaves_a_few_people(given_families):
    """In each family no group below the smallest is shown, and those shown leave nobody, enough people, or everybody."""
    sizes, totals, weights = given_families
    hidden = hidden_groups(sizes, totals, weights, K)
    for family in sizes:
        assert sound(hidden[family].to_numpy(), sizes[family].to_numpy(), totals[family])
    assert not (hidden & sizes.isna()).any(axis=None)


@given(families(most_groups=4, most_families=3))
def test_no_other_way_hides_fewer_groups_or_loses_less(given_families):
    """Of all ways that keep the rule, found by trying each, none hides fewer groups anywhere, or as few at less loss."""
    sizes, totals, weights = given_families
    hidden = hidden_groups(sizes, totals, weights, K)
    people = sizes.fillna(0).to_numpy()
    ways = []
    for family in sizes:
        there = sizes[family].notna().to_numpy()
        every = (np.array(one) & there for one in product([False, True], repeat=len(sizes)))
        ways.append([one for one in every if sound(one, sizes[family].to_numpy(), totals[family])])

    def judged(pattern: np.ndarray) -> tuple[int, float]:
        return int(pattern.any(axis=1).sum()), float((pattern * people * weights.to_numpy()).sum())

    best = min(judged(np.column_stack(one)) for one in product(*ways))
    assert judged(hidden.to_numpy()) == best


@given(families(), st.randoms(use_true_random=False))
def test_the_order_of_groups_and_families_does_not_matter(given_families, random):
    """The same is hidden however rows and columns are sorted."""
    sizes, totals, weights = given_families
    rows, columns = list(sizes.index), list(sizes.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    again = hidden_groups(sizes.loc[rows, columns], totals, weights, K)
    pd.testing.assert_frame_equal(again.loc[sizes.index, sizes.columns], hidden_groups(sizes, totals, weights, K))


def test_a_group_hidden_elsewhere_goes_first():
    """A family that needs one more hides the group that another family hides, though a smaller one would lose less."""
    sizes = pd.DataFrame({"staff": [3, 30, 9], "survey": [12, 4, 9], "mail": [12, 30, 9]}, index=list("abc"), dtype=float)
    totals = pd.Series({"staff": 42, "survey": 25, "mail": 53})
    hidden = hidden_groups(sizes, totals, pd.Series(1, index=sizes.columns), K)
    assert [set(hidden.index[hidden[family]]) for family in sizes] == [{"a", "b"}, {"a", "b"}, {"a"}]


def test_families_of_the_same_people_hide_the_same():
    """Families whose groups hold the same people have one hidden set, whatever they are worth."""
    sizes = pd.DataFrame({"one": [3, 30, 9], "two": [3, 30, 9]}, index=list("abc"), dtype=float)
    hidden = hidden_groups(sizes, sizes.sum(), pd.Series({"one": 1, "two": 7}), K)
    assert (hidden["one"] == hidden["two"]).all()
    assert list(hidden["one"]) == [True, False, True]


def test_two_groups_are_opened_where_no_one_will_do():
    """Families that share no group each hide one of their own, the cheapest."""
    nan = float("nan")
    sizes = pd.DataFrame({"one": [10, 8, nan, nan], "two": [nan, nan, 7, 9]}, index=list("abcd"))
    totals = pd.Series({"one": 20, "two": 17})
    hidden = hidden_groups(sizes, totals, pd.Series(1, index=sizes.columns), K)
    assert list(hidden["one"]) == [False, True, False, False]
    assert list(hidden["two"]) == [False, False, True, False]


@pytest.mark.parametrize("total", [float("nan"), 33])
def test_a_total_that_is_unknown_or_too_small_is_that_of_the_groups(total):
    """Then nobody is outside the groups."""
    sizes = pd.DataFrame({"one": [10, 24]}, index=list("ab"), dtype=float)
    assert not hidden_groups(sizes, pd.Series({"one": total}), pd.Series({"one": 1}), K).any(axis=None)


@pytest.mark.parametrize("copies", [1, 40])
def test_where_two_groups_will_not_do_each_family_still_hides_one(copies):
    """Three sets of families that share no group: three are opened, one for each, however many families there are."""
    own = pd.DataFrame(np.where(np.kron(np.eye(3), np.ones((2, copies))) > 0, 9.0, np.nan))
    own = own.set_axis([f"family {i:03}" for i in own.columns], axis=1).set_axis(list("abcdef"))
    hidden = hidden_groups(own, own.sum() + 2, pd.Series(1, index=own.columns), K)
    assert (hidden.sum() == 1).all()
    assert hidden.any(axis=1).sum() == 3
