"""Trees asked by bits answer as scikit-learn's own do, to the last digit."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from kithwork.ties import learned, trees

DYADS, FEATURES = 600, 5


@pytest.fixture(scope="module", params=[1, 2, 3])
def fitted(request):
    """Trees, and dyads with many equal values, as counts have, some of them on a threshold."""
    rng = np.random.default_rng(request.param)
    x = rng.poisson(3, (DYADS, FEATURES)).astype(float)
    said = rng.random(DYADS) < 1 / (1 + np.exp(x[:, 1] - x[:, 0]))
    x[rng.random(x.shape) < 0.1] = learned.ABSENT
    model = HistGradientBoostingClassifier(**learned.TREES, random_state=request.param).fit(x, said)
    for (tree,) in model._predictors:
        for node in tree.nodes[tree.nodes["is_leaf"] == 0]:
            x[rng.integers(DYADS), node["feature_idx"]] = node["num_threshold"]
    return model, x


def test_sum_is_that_of_scikit_learn(fitted):
    """The log odds of every dyad are the same bits."""
    model, x = fitted
    assert (trees.Asked(model, x).sum == model.decision_function(x)).all()


def test_a_feature_taken_away_is_asked_as_if_it_were_so(fitted):
    """Each feature in turn at some value, or on a threshold, gives the log odds of dyads that have that value."""
    model, x = fitted
    asked = trees.Asked(model, x)
    for column in range(FEATURES):
        on = next(tree.thresholds[tree.features == column][0] for tree in asked.trees if column in tree.features)
        for usual in (3.0, on):
            without = x.copy()
            without[:, column] = usual
            assert asked.without(column, usual) == pytest.approx(model.decision_function(without), abs=1e-12)


def test_a_feature_without_a_split_changes_nothing(fitted):
    """Where no tree splits on a feature, the sum stays as it is."""
    model, x = fitted
    asked = trees.Asked(model, np.c_[x, np.zeros(DYADS)])
    assert (asked.without(FEATURES, 9.0) == asked.sum).all()


def test_trees_that_never_split_answer_with_the_base_rate():
    """Nothing to split on: every dyad has the log odds of all."""
    x, said = np.zeros((200, 2)), np.arange(200) % 4 == 0
    model = HistGradientBoostingClassifier(**learned.TREES).fit(x, said)
    assert (trees.Asked(model, x).sum == model.decision_function(x)).all()


def test_a_tree_of_too_many_splits_is_refused():
    """More than eight bits fill no byte."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(2_000, 3))
    model = HistGradientBoostingClassifier(max_leaf_nodes=31).fit(x, x[:, 0] * x[:, 1] > 0)
    with pytest.raises(ValueError, match="splits"):
        trees.Asked(model, x)
