"""Cumulative incidence: by hand, a published table, another library, laws that hold always, and planted chances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kithwork import replicates
from kithwork.estimates import TAILS
from kithwork.values.incidence import END, OTHER_END, WATCHED, cumulative_incidence

entries = st.lists(st.tuples(st.integers(0, 120), st.sampled_from([WATCHED, END, OTHER_END])), min_size=1, max_size=30)


def at(days, fate, horizon: int) -> float:
    """The share at one day, of the entries as they are."""
    return cumulative_incidence(np.array(days), np.array(fate), horizon, np.ones((1, len(days)), dtype=int))[0]


def test_by_hand():
    """1/6 on day 10; 4/6 open after a dropped one, and 1 of the 3 still watched on day 40: 1/6 + 4/6 · 1/3."""
    days, fate = [10, 20, 30, 40, 120, 120], [END, OTHER_END, WATCHED, END, END, WATCHED]
    assert at(days, fate, 90) == pytest.approx(7 / 18)
    assert at(days, fate, 9) == 0


def test_without_a_competing_end_it_is_the_published_survival_of_freireich():
    """Remission under 6-mercaptopurine (Freireich et al. 1963; Gehan 1965, Biometrika 52:203): the survival printed in
    textbooks is 0.857 at 6 weeks, 0.690 at 13 and 0.448 at 23."""
    over = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    going_on = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    days, fate = over + going_on, [END] * len(over) + [WATCHED] * len(going_on)
    for week, survival in ((6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448)):
        assert 1 - at(days, fate, week) == pytest.approx(survival, abs=6e-4)


@given(entries, st.integers(0, 130))
def test_without_a_competing_end_it_is_scipys_kaplan_meier(watched, horizon):
    """One less survival, wherever it can be told."""
    days, fate = np.array([day for day, _ in watched]), np.array([min(end, END) for _, end in watched])
    found = at(days, fate, horizon)
    sample = stats.CensoredData(uncensored=days[fate == END].astype(float), right=days[fate == WATCHED].astype(float))
    known = horizon <= days.max() or fate[days == days.max()].all()
    assert np.isnan(found) != known
    if known:
        assert found == pytest.approx(float(stats.ecdf(sample).cdf.evaluate(horizon)))


@given(entries, st.integers(0, 130))
def test_both_ends_and_what_is_open_are_the_whole(watched, horizon):
    """The shares of the two ends add up to the share at either end, taken as one."""
    days, fate = np.array([day for day, _ in watched]), np.array([end for _, end in watched])
    turned = np.array([WATCHED, OTHER_END, END])[fate]
    either = np.where(fate == WATCHED, WATCHED, END)
    assert at(days, fate, horizon) + at(days, turned, horizon) == pytest.approx(at(days, either, horizon), nan_ok=True)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([END, OTHER_END])), min_size=1, max_size=30))
def test_with_everything_watched_to_its_end_it_is_the_plain_share(watched):
    """No entry lost from sight: the share of all that came to the end by then."""
    days, fate = np.array([day for day, _ in watched]), np.array([end for _, end in watched])
    assert at(days, fate, 30) == pytest.approx(((days <= 30) & (fate == END)).mean())


@given(entries, st.integers(0, 10**6))
def test_a_resample_is_the_entries_repeated(watched, seed):
    """Drawing an entry twice is having it twice, not drawing it is not having it."""
    days, fate = np.array([day for day, _ in watched]), np.array([end for _, end in watched])
    drawn = replicates.counts(len(days), 5, np.random.default_rng(seed))
    together = cumulative_incidence(days, fate, 90, drawn)
    one_by_one = [at(np.repeat(days, often), np.repeat(fate, often), 90) for often in drawn]
    assert together == pytest.approx(one_by_one, nan_ok=True)


def test_intervals_cover_a_planted_chance():
    """Tested at 1/100 a day and dropped at 1/200, 150 entries raised over a year of 365 days, in 300 registers: the 95 %
    interval holds the chance of being tested within 90 days, 2/3 · (1 − e^(−1.35)), in 93 to 97 of 100."""
    rng, held, truth = np.random.default_rng(3), 0, 2 / 3 * (1 - np.exp(-1.35))
    for _ in range(300):
        tested, dropped = rng.exponential(100, 150), rng.exponential(200, 150)
        ends = np.array([np.floor(rng.uniform(0, 365, 150)) + 0.5, np.ceil(tested), np.ceil(dropped)])
        days = np.floor(ends.min(axis=0)).astype(int)
        draws = cumulative_incidence(days, ends.argmin(axis=0), 90, replicates.counts(150, 300, rng))
        low, high = np.nanpercentile(draws, TAILS)
        held += low <= truth <= high
    assert 0.93 <= held / 300 <= 0.97
