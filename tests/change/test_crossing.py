"""Exposure: whole units of weight, what each lacks, and one answer whichever way new adopters are added."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kithwork.change import crossing
from kithwork.change.crossing import Heeding, lacking, push, satisfied


def random(seed: int, weights: np.ndarray) -> sparse.csr_array:
    """Fifteen people, a fifth of pairs tied, with these weights."""
    rng = np.random.default_rng(seed)
    held = (rng.random((15, 15)) < 0.2) * rng.choice(weights, (15, 15))
    return sparse.csr_array(held)


def test_units_are_the_largest_that_all_weights_share():
    """Equal weights count as ties; 0.25 and 0.4 in twentieths; weights below half a millionth not at all."""
    assert set(Heeding.of(random(1, np.array([0.37]))).net.data) == {1}
    assert set(Heeding.of(random(1, np.array([0.25, 0.4]))).net.data) == {5, 8}
    assert Heeding.of(random(1, np.array([1e-7, 1.0]))).net.data.min() == 1
    assert Heeding.of(random(1, np.array([1e-7]))).net.nnz == 0


def test_units_take_as_many_bits_as_their_sums_need():
    """Ties without weights fit in 16 bits, weights in 32, and large ones in 64: no sum overflows."""
    for weights, bits in ((np.ones(1), 16), (np.linspace(0.1, 1, 8), 32), (np.array([1.000001, 9_000.0]), 64)):
        heeding = Heeding.of(random(2, weights))
        assert heeding.net.dtype.itemsize * 8 == bits
        assert (heeding.net.astype(np.int64).sum(axis=1) == heeding.total).all()


@given(st.integers(0, 10**6), st.floats(0, 1.2))
def test_what_is_lacking_is_the_fewest_units_that_are_enough(seed, enough):
    """The share of what is lacking is enough, and that of one unit less is not; without ties it never is."""
    heeding = Heeding.of(random(seed, np.array([0.25, 0.5, 1.0])))
    lack = lacking(heeding, np.full((15, 1), enough)).astype(int).ravel()
    heeds = heeding.total > 0
    reachable = heeds & (lack <= heeding.total)
    assert (lack[reachable] / heeding.total[reachable] >= enough).all()
    assert ((lack[heeds] - 1) / heeding.total[heeds] < enough).all()
    assert (lack[~heeds] == 1).all()


@given(st.integers(0, 10**6))
def test_by_ties_and_by_product_the_same_people_are_exposed(seed):
    """Three times new adopters: each way gives the same places, each of them once over all times, as sums say."""
    heeding = Heeding.of(random(seed, np.array([0.25, 0.5, 1.0])))
    rng = np.random.default_rng(seed)
    enough = rng.integers(1, 9, (15, 6)) / 8
    waves = np.array_split(rng.permutation(15 * 6)[:30], 3)
    told = []
    for many in (0.0, 99.0):
        crossing.MANY, kept = many, crossing.MANY
        lack = lacking(heeding, enough)
        told.append([set(push(heeding, lack, wave).tolist()) for wave in waves])
        crossing.MANY = kept
    assert told[0] == told[1]
    adopted, before = np.zeros((15, 6)), set()
    for wave, found in zip(waves, told[0], strict=True):
        adopted.reshape(-1)[wave] = 1
        share = (heeding.net @ adopted) / np.maximum(heeding.total, 1)[:, None]
        now = set(np.flatnonzero(share >= enough).tolist())
        assert found == now - before
        before = now


def test_who_needs_nobody_is_told_of_once():
    """A threshold of 0 is met before anybody has adopted, by those who heed somebody, and never again."""
    heeding = Heeding.of(sparse.csr_array(np.array([[0, 1], [0, 0]])))
    lack = lacking(heeding, np.zeros((2, 1)))
    assert satisfied(lack).tolist() == [0]
    assert satisfied(lack).tolist() == []
    assert push(heeding, lack, np.array([1])).tolist() == []


@given(st.integers(0, 10**6))
def test_some_heed_one_another_and_the_others(seed):
    """Units among them and units of all others add up to each one's total."""
    heeding = Heeding.of(random(seed, np.array([0.25, 0.5, 1.0])))
    rows = np.flatnonzero(np.random.default_rng(seed).random(15) < 0.5)
    own, others = heeding.among(rows)
    assert (own.net.toarray() == heeding.net.toarray()[np.ix_(rows, rows)]).all()
    assert (own.heard.toarray() == own.net.toarray().T).all()
    assert (np.asarray(own.net.sum(axis=1)).ravel() + others == own.total).all()
