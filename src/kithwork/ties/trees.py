"""Boosted trees that answer for many dyads at once, and again where one feature is another.

A tree splits a few times. Which way each of its splits sends a dyad is a bit, and its bits together are the place of its
answer in a table; where a feature takes another value, only the bits of the splits on it change. So a dyad is held against
each split once, however often the trees are asked (bitvectors of splits: Lucchese et al. 2015, SIGIR, 73). Sums are taken
tree by tree, as scikit-learn takes them, and are the same to the last digit.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier


class Tree(NamedTuple):
    """One tree: the feature and the threshold of each split, (splits,), and its answer by the bits of all, (2 ** splits,).
    A bit is set where a value is not above the threshold."""

    features: np.ndarray
    thresholds: np.ndarray
    answers: np.ndarray

    def bits(self, x: np.ndarray, splits: np.ndarray) -> np.ndarray:
        """The bits of some splits, for values by feature, (features, dyads) or (features,)."""
        found = np.zeros(x.shape[1:], dtype=np.uint8)
        for split in splits:
            found |= (x[self.features[split]] <= self.thresholds[split]).astype(np.uint8) << np.uint8(split)
        return found


def read(nodes: np.ndarray) -> Tree:
    """A tree of scikit-learn's, of at most eight splits, on numbers none of which is absent."""
    at_split = np.flatnonzero(nodes["is_leaf"] == 0)
    if len(at_split) > 8:
        raise ValueError(f"a tree of {len(at_split)} splits, whose bits fill more than a byte")
    split = dict(zip(at_split.tolist(), range(len(at_split)), strict=True))
    codes = np.arange(2 ** len(at_split))
    node = np.zeros(len(codes), dtype=int)
    bit = np.array([split.get(one, 0) for one in range(len(nodes))])
    for _ in at_split:  # no leaf lies deeper
        ahead = np.where((codes >> bit[node]) & 1, nodes["left"][node], nodes["right"][node])
        node = np.where(nodes["is_leaf"][node] == 1, node, ahead)
    return Tree(nodes["feature_idx"][at_split].astype(int), nodes["num_threshold"][at_split], nodes["value"][node])


class Asked:
    """Trees asked about some dyads: the sum of their answers, and that of any feature without what is special of it."""

    def __init__(self, model: HistGradientBoostingClassifier, x: np.ndarray) -> None:
        self.trees = [read(one.nodes) for (one,) in model._predictors]
        self.x = np.ascontiguousarray(x.T)
        self.sum = np.full(len(x), model._baseline_prediction.item())
        self.codes = np.empty((len(self.trees), len(x)), dtype=np.uint8)
        for code, tree in zip(self.codes, self.trees, strict=True):
            code[:] = tree.bits(self.x, np.arange(len(tree.features)))
            self.sum += tree.answers[code]

    @cached_property
    def splitting(self) -> list[list[int]]:
        """By feature: places of the trees that split on it."""
        return [[at for at, tree in enumerate(self.trees) if one in tree.features] for one in range(len(self.x))]

    def without(self, column: int, usual: float) -> np.ndarray:
        """The sum, (dyads,), were the feature `usual` everywhere; only trees that split on it are asked again."""
        before, after = np.zeros((2, self.x.shape[1]))
        for at in self.splitting[column]:
            tree, code = self.trees[at], self.codes[at]
            before += tree.answers[code]
            after += tree.answers[self._changed(tree, code, column, usual)]
        return self.sum + (after - before) if self.splitting[column] else self.sum

    def _changed(self, tree: Tree, code: np.ndarray, column: int, usual: float) -> np.ndarray:
        splits = np.flatnonzero(tree.features == column)
        mask = np.uint8((1 << splits).sum())
        bits = np.uint8(sum((usual <= tree.thresholds[split]).item() << split.item() for split in splits))
        return (code & ~mask) | bits
