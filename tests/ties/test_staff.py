"""What the staff list says of a pair: against networkx on trees drawn at random, and where the list is silent."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff

from kithwork.ties import staff as staff_list


def managed(managers: list[int | None], **columns: list) -> pd.DataFrame:
    """People with these managers, by number."""
    names = [None if one is None else f"p{one:03d}" for one in managers]
    return staff([None] * len(managers), manager_id=names, **columns)


def apart(people: pd.DataFrame) -> pd.DataFrame:
    """The features of all pairs, by the numbers of the two."""
    pairs = list(combinations(range(len(people)), 2))
    ends = ([f"p{pair[end]:03d}" for pair in pairs] for end in (0, 1))
    found = staff_list.apart(*(pd.Series(ids) for ids in ends), people)
    return found.set_index(pd.MultiIndex.from_tuples(pairs))


@given(st.data())
def test_tree_distance_is_the_length_of_the_path(data):
    """In a forest drawn at random, networkx's; absent between its trees. Levels differ as depths do."""
    n = data.draw(st.integers(2, 14))
    managers = [None, *(data.draw(st.none() | st.integers(0, i - 1)) for i in range(1, n))]
    found = apart(managed(managers))
    if not any(one is not None for one in managers):
        assert found["tree_distance"].isna().all()
        return
    tree = nx.Graph([(i, one) for i, one in enumerate(managers) if one is not None])
    tree.add_nodes_from(range(n))
    depth = [0] * n
    for i, one in enumerate(managers):
        depth[i] = 0 if one is None else depth[one] + 1
    for (a, b), row in found.iterrows():
        expected = nx.shortest_path_length(tree, a, b) if nx.has_path(tree, a, b) else np.nan
        assert row["tree_distance"] == pytest.approx(expected, nan_ok=True)
        assert row["level_gap"] == abs(depth[a] - depth[b])


def test_circle_of_managers_has_no_level():
    """Two who manage each other, and who works for them, stand nowhere in the tree; the others do."""
    found = apart(managed([1, 0, 1, None, 3]))
    assert found["tree_distance"].dropna().to_dict() == {(3, 4): 1}
    assert found["level_gap"].dropna().to_dict() == {(3, 4): 1}


def test_manager_who_is_not_on_the_list_is_none():
    """As one who has left: the tree ends there."""
    people = managed([None, 0, 0]).assign(manager_id=["gone", "p000", "p000"])
    assert apart(people)["tree_distance"].to_dict() == {(0, 1): 1, (0, 2): 1, (1, 2): 2}


def test_what_the_list_does_not_know_is_absent():
    """Role, place and tenure count where both have them."""
    found = apart(managed([None] * 3, role=["a", "a", None], site=["x", "y", "y"], tenure_months=[1.0, 25.0, None]))
    assert found["same_role"].tolist() == pytest.approx([1, np.nan, np.nan], nan_ok=True)
    assert found["same_site"].tolist() == [0, 0, 1]
    assert found["tenure_gap"].tolist() == pytest.approx([24, np.nan, np.nan], nan_ok=True)
    assert found[["tree_distance", "level_gap"]].isna().all(axis=None)


@given(st.data())
def test_lines_are_all_who_stand_above(data):
    """In a forest drawn at random, the ancestors that networkx finds."""
    n = data.draw(st.integers(2, 14))
    managers = [None, *(data.draw(st.none() | st.integers(0, i - 1)) for i in range(1, n))]
    below, above = staff_list.lines(managed(managers))
    down = nx.DiGraph([(one, i) for i, one in enumerate(managers) if one is not None])
    assert set(zip(below.tolist(), above.tolist(), strict=True)) == {(i, up) for i in down for up in nx.ancestors(down, i)}
    assert len(below) == len(set(zip(below, above, strict=True)))


def test_nobody_in_a_circle_is_in_a_line():
    """Two who manage each other, and who works for them, stand in no line."""
    below, above = staff_list.lines(managed([1, 0, 1, None, 3]))
    assert (below.tolist(), above.tolist()) == ([4], [3])


def test_no_pairs_have_no_features():
    """Where nobody is tied to anybody the columns are there, and empty."""
    people = pd.DataFrame({"person_id": ["a", "b"], "role": "r", "site": "s", "manager_id": None, "tenure_months": 1.0})
    nobody = pd.Series([], dtype="str")
    found = staff_list.apart(nobody, nobody, people)
    assert found.empty
    assert {"level_gap", "tenure_gap", "tree_distance"} < {*found}
