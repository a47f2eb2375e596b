"""Kinds learned from answers: nothing where nothing is, much where much is, and never by having seen who answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kithwork.ties import accuracy, learned


def answers(signal: float, egos: int = 60, each: int = 10, seed: int = 1) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Features of dyads, of which one tells the answer as strongly as `signal` says and some are absent; answers; egos."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(egos * each, 4))
    said = (rng.random(len(x)) < 1 / (1 + np.exp(1 - signal * x[:, 0]))).astype(int)
    x[rng.random(x.shape) < 0.1] = np.nan
    return pd.DataFrame(x, columns=list("abcd")), said, np.repeat(np.arange(egos), each)


def auc(p: np.ndarray, said: np.ndarray) -> float:
    """How well answers of egos not seen are ranked."""
    return accuracy.auc(said, p, np.ones(len(said)))


def test_nothing_is_learned_where_nothing_tells():
    """The base rate is taken, and chances stay there."""
    features, said, egos = answers(0)
    found = learned.learn(features, said, egos, 1)
    p = found.p(features, egos)
    assert found.name == "base rate"
    assert p.std() < 0.02
    assert p.mean() == pytest.approx(said.mean(), abs=0.01)


def test_a_weak_signal_among_many_features_is_shrunk():
    """Eighty features of which each tells a little: a strong ridge, and no more."""
    rng = np.random.default_rng(4)
    x = rng.normal(size=(800, 80))
    said = (rng.random(800) < 1 / (1 + np.exp(-0.2 * x.sum(axis=1)))).astype(int)
    assert learned.chosen(x, said, np.arange(800) // 10, 1) == "logistic regression, strong ridge"


def test_planted_signal_is_found_and_means_what_it_says():
    """A logistic signal needs no trees; its chances come true."""
    features, said, egos = answers(2, egos=200)
    found = learned.learn(features, said, egos, 1)
    p = found.p(features, egos)
    assert found.name == "logistic regression"
    assert auc(p, said) > 0.8
    assert accuracy.calibration_error(said, p, np.ones(len(said))) < 0.04


@pytest.mark.slow
def test_trees_are_taken_where_they_see_more():
    """Two features that tell only together are for trees."""
    features, _, egos = answers(0, egos=150)
    together = np.nan_to_num(features["a"]) * np.nan_to_num(features["b"]) > 0
    assert learned.learn(features, together.astype(int), egos, 1).name == "boosted trees"


def test_an_ego_is_never_on_both_sides_of_a_fold():
    """Each dyad is held out once, with all others of its ego."""
    egos = np.repeat(np.arange(17), 5)
    unseen = [set(egos[held]) for _, held in learned.folds(egos, 5, 1)]
    assert sum(map(len, unseen)) == 17
    for seen, held in learned.folds(egos, 5, 1):
        assert not set(egos[seen]) & set(egos[held])


@pytest.mark.slow
def test_what_the_other_said_of_a_tie_is_not_learned_from():
    """Features that tell nothing, the same from either side, of ties of which both mostly say the same: nothing is learned,
    though a model that saw the one side would know the other again."""
    rng = np.random.default_rng(6)
    pairs = np.transpose(np.triu_indices(120, 1))[rng.permutation(7_140)[:700]]
    true = rng.random(700) < 0.4
    said = np.concatenate([rng.random(700) < np.where(true, 0.9, 0.05) for _ in "ab"]).astype(int)
    features = pd.DataFrame(np.tile(rng.normal(size=(700, 12)), (2, 1)))
    egos, ties = pairs.T.ravel(), np.tile(np.arange(700), 2)
    found = learned.learn(features, said, egos, 1, ties)
    assert found.name == "base rate"
    assert abs(auc(found.p(features, egos), said) - 0.5) < 0.1
    for seen, held in learned.folds(egos, 5, 1, ties):
        assert not set(ties[seen]) & set(ties[held])


@pytest.mark.parametrize("few", [1, 2, 5])
@pytest.mark.parametrize("rare", [0, 1])
def test_a_few_egos_may_hold_all_answers_of_a_sort(few, rare):
    """Whichever part is held out: those left may all say the same, which then is what is expected of who is not seen."""
    features, _, egos = answers(0, egos=8, each=12)
    said = np.where(egos < few, rare, 1 - rare)
    p = learned.learn(features, said, egos, 1).p(features, egos)
    assert ((p >= 0) & (p <= 1)).all()
    if few == 1:
        assert p[egos < few] == pytest.approx(1 - rare)


@pytest.mark.parametrize(("egos", "said", "enough"), [(40, 60, True), (4, 60, False), (40, 9, False)])
def test_a_few_answers_teach_nothing(egos, said, enough):
    """Five egos who named somebody, and ten answers of either sort, are the least."""
    answer = np.zeros(400, int)
    answer[:said] = 1
    assert learned.learnable(answer, np.arange(400) % egos) is enough


def test_same_answers_same_model():
    """To the last bit."""
    features, said, egos = answers(1)
    one, other = (learned.learn(features, said, egos, 3).p(features, egos) for _ in range(2))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("others", [0, 12])
def test_one_person_may_hold_all_ties(others):
    """Held out, whoever all others are tied to leaves nobody to learn from, or one alone: then odds are even, or those of
    that one."""
    rng = np.random.default_rng(7)
    leaves = np.arange(1, 41)
    egos = np.concatenate([np.zeros(40, int), leaves, np.ones(others, int)])
    ties = np.concatenate([np.tile(leaves, 2), 100 + np.arange(others)])
    said = np.arange(len(egos)) % 2
    features = pd.DataFrame(rng.normal(size=(len(egos), 3)))
    p = learned.learn(features, said, egos, 1, ties).p(features, egos)
    assert p[egos == 0] == pytest.approx(0.5)
    assert ((p >= 0) & (p <= 1)).all()


def test_a_dyad_is_judged_by_a_model_that_heard_nothing_from_who_was_asked():
    """Where answers are noise and every dyad is told apart from all others, what was heard could be said by heart."""
    features, said, egos = answers(0)
    found = learned.Learned("", *_by_heart(features, said, egos))
    assert auc(found.p(features, np.full(len(egos), -1)), said) > 0.9
    assert auc(found.p(features, egos), said) == pytest.approx(0.5, abs=0.07)


def _by_heart(features: pd.DataFrame, said: np.ndarray, egos: np.ndarray):
    """A model that remembers what it saw, and the same without each third of the egos."""
    x = features.fillna(0).to_numpy()
    third = egos % 3
    without = tuple((np.unique(egos[third == one]), _Nearest(x[third != one], said[third != one])) for one in range(3))
    return _Nearest(x, said), without


class _Nearest:
    """Says of a dyad what was said of the one most like it."""

    def __init__(self, x: np.ndarray, said: np.ndarray) -> None:
        self.x, self.said, self.classes_ = x, said, np.array([0, 1])

    def predict_proba(self, x: np.ndarray) -> np.ndarray:
        apart = ((np.nan_to_num(x)[:, None] - self.x[None]) ** 2).sum(axis=2)
        p = self.said[apart.argmin(axis=1)]
        return np.column_stack([1 - p, p])


def test_of_too_many_dyads_whole_ties_are_learned_from(monkeypatch):
    """Both sides of each or none, as many as are enough; of fewer, all."""
    ties = np.random.default_rng(1).permutation(np.r_[np.arange(50), np.arange(30)])
    assert learned.enough(ties, 1).tolist() == list(range(80))
    monkeypatch.setattr(learned, "MOST", 41)
    taken = learned.enough(ties, 1)
    assert 39 <= len(taken) <= 41
    assert not {*ties[taken]} & {*np.delete(ties, taken)}
    assert learned.enough(ties, 2).tolist() != taken.tolist()
