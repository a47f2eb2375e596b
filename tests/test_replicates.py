"""The bootstrap by matrix products: the same figures as pandas gives row by row, whatever is taken at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork import replicates


@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 40))
def test_groups_keep_their_sizes(seed, groups, people):
    """Every resample draws as many of each group as there are, those of no known group among themselves."""
    rng = np.random.default_rng(seed)
    codes = rng.integers(-1, groups, people)
    drawn = replicates.counts_within(codes, 20, rng)
    assert drawn.shape == (20, people)
    for code in np.unique(codes):
        assert (drawn[:, codes == code].sum(axis=1) == (codes == code).sum()).all()


def test_everybody_is_drawn_alike():
    """Over many resamples each is drawn once on average, with the variance of the multinomial law, 1 − 1/n."""
    drawn = replicates.counts(10, 20_000, np.random.default_rng(1)).astype(float)
    assert drawn.mean(axis=0) == pytest.approx(np.ones(10), abs=0.03)
    assert drawn.var(axis=0) == pytest.approx(np.full(10, 0.9), abs=0.05)


def test_means_agree_with_pandas_on_the_rows_drawn():
    """Items with absent answers, by group: each resample's means are those of a frame of just the rows drawn."""
    rng = np.random.default_rng(2)
    codes, given = rng.integers(0, 4, 60), rng.normal(3, 1, (60, 5))
    given[rng.random(given.shape) < 0.3] = np.nan
    given[codes == 3, 0] = np.nan
    drawn = replicates.counts_within(codes, 25, rng)
    found = np.stack(list(replicates.ratios(drawn, codes, np.nan_to_num(given), ~np.isnan(given))), axis=1)
    frame = pd.DataFrame(given).assign(group=codes)
    for often, means in zip(drawn, found, strict=True):
        same = frame.iloc[np.repeat(np.arange(60), often)].groupby("group").mean()
        assert means == pytest.approx(same.to_numpy(), abs=1e-9, nan_ok=True)


def test_draws_do_not_depend_on_how_many_are_taken_at_a_time(monkeypatch):
    """In blocks of a few counts, the same counts and the same sums."""
    codes, values = np.arange(30) % 3, np.random.default_rng(4).normal(size=(30, 2))
    at_once = replicates.counts_within(codes, 50, np.random.default_rng(3))
    sums = replicates.sums(at_once, values)
    monkeypatch.setattr(replicates, "CELLS", 70)
    assert (replicates.counts_within(codes, 50, np.random.default_rng(3)) == at_once).all()
    assert replicates.sums(at_once, values) == pytest.approx(sums)
