"""Shares of what ties hold: by hand, by pandas, with errors that hold planted truth, within 0 and 100, and by unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from evidence_of import evidence
from synthetic import staff

from kithwork.values.evidence import Missing
from kithwork.values.ties import over_ties

HALVES = staff(["A"] * 20 + ["B"] * 20)


def share(of, a, b, top, bottom, **more):
    """The share in per cent."""
    return over_ties(of, a, b, top, bottom, unit="%", factor=100, method="Share", needs="ties", **more)


def random_ties(people: int, count: int, rng: np.random.Generator):
    """Ends of random ties, each once."""
    pairs = np.unique(np.sort(rng.integers(0, people, (count, 2)), axis=1), axis=0)
    return pairs[pairs[:, 0] != pairs[:, 1]].T


def test_shares_of_the_whole_and_of_units_by_hand():
    """Of six ties two count, 33.3 %; in A two of its seven ends do, the tie within it twice; B has too few ties."""
    people = staff(["A"] * 4 + ["B"] * 3)
    a, b = np.array([0, 0, 1, 1, 2, 4]), np.array([1, 4, 2, 5, 3, 6])
    found = share(evidence(people), a, b, [1, 0, 0, 1, 0, 0], np.ones(6))
    assert found.estimate.estimate == pytest.approx(100 / 3)
    assert found.estimate.n == 7
    assert {unit: (one.estimate, one.n) for unit, one in found.by_unit.items()} == {"A": (pytest.approx(300 / 8), 4)}


def test_agrees_with_pandas_and_spreads_between_people():
    """Sums of weighted ties over all, over each unit's ends, and over each person's ties, by groupby."""
    rng = np.random.default_rng(2)
    a, b = random_ties(40, 120, rng)
    bottom = rng.gamma(1, 30, len(a))
    top = bottom * rng.random(len(a))
    found = share(evidence(HALVES), a, b, top, bottom)
    assert found.estimate.estimate == pytest.approx(100 * top.sum() / bottom.sum())
    ends = pd.DataFrame({"who": np.r_[a, b], "top": np.tile(top, 2), "bottom": np.tile(bottom, 2)})
    by_person = ends.groupby("who").sum()
    assert found.spread == pytest.approx((100 * by_person["top"] / by_person["bottom"]).std())
    by_unit = ends.groupby(ends["who"].map(HALVES["unit"]))[["top", "bottom"]].sum()
    for unit, row in by_unit.iterrows():
        assert found.by_unit[unit].estimate == pytest.approx(100 * row["top"] / row["bottom"])


def test_ties_that_count_nothing_are_no_part():
    """A tie without a bottom changes neither figure nor interval; five that count are the fewest."""
    a, b = np.arange(5), np.arange(5, 10)
    alone = share(evidence(HALVES), a, b, [1, 0, 1, 0, 1], np.ones(5))
    beside = share(evidence(HALVES), np.r_[a, 30], np.r_[b, 31], [1, 0, 1, 0, 1, 0], [1, 1, 1, 1, 1, 0])
    assert alone.estimate == beside.estimate
    assert share(evidence(HALVES), a[:4], b[:4], np.ones(4), np.ones(4)) == Missing("ties")


@pytest.mark.parametrize("end", [0, 1])
def test_none_or_all_has_an_interval_about_three_ties_wide(end):
    """Of 40 ties that share nobody none counts, or each does: up to about three in 40, whatever the ties are counted in."""
    people = staff(["A"] * 80)
    for weight in (1.0, 600.0):
        bottom = np.full(40, weight)
        found = share(evidence(people, resamples=2000), np.arange(40), np.arange(40, 80), end * bottom, bottom)
        low, high = found.estimate.low, found.estimate.high
        assert found.estimate.estimate == 100 * end
        assert high - low == pytest.approx(100 * 3.5 / 40, rel=0.25)
        assert 0 <= low < high <= 100


def test_ties_of_one_person_are_no_cases_of_their_own():
    """Twenty people of five ties each, all of one person alike: an interval as of twenty cases, not of a hundred."""
    people = staff(["A"] * 120)
    a, b = np.repeat(np.arange(20), 5), np.arange(20, 120)
    alike = share(evidence(people, resamples=2000), a, b, np.repeat(np.arange(20) < 8, 5), np.ones(100)).estimate
    dealt = share(evidence(people, resamples=2000), b, b[::-1], np.arange(100) < 40, np.ones(100)).estimate
    assert alike.high - alike.low > 1.8 * (dealt.high - dealt.low)


def test_doubt_about_what_ties_hold_widens_the_interval():
    """Every tie counts half, or all of it, in the draws of what it may be: the interval holds both."""
    rng = np.random.default_rng(4)
    a, b = random_ties(40, 150, rng)
    top = rng.random(len(a)) < 0.4
    sure = share(evidence(HALVES, resamples=1000), a, b, top, np.ones(len(a)))
    drawn = [(top * part, top * part + ~top) for part in np.linspace(0.25, 4, 100)]
    open_ = share(evidence(HALVES, resamples=1000), a, b, top, np.ones(len(a)), drawn=drawn)
    assert open_.estimate.estimate == sure.estimate.estimate
    assert open_.estimate.high - open_.estimate.low > 1.5 * (sure.estimate.high - sure.estimate.low)
    assert open_.draws.shape == (1000,)


def test_intervals_hold_a_planted_share():
    """Ties of 40 people who lean one way or the other, in 200 networks: 92 to 98 of 100 intervals hold the true share."""
    truth = (1 / (1 + np.exp(-np.random.default_rng(1).normal(-0.8, 0.7 * np.sqrt(2), 400_000)))).mean()
    of, held = evidence(HALVES, resamples=500), []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        a, b = random_ties(40, 140, rng)
        lean = rng.normal(0, 0.7, 40)
        top = rng.random(len(a)) < 1 / (1 + np.exp(0.8 - lean[a] - lean[b]))
        found = share(replace(of, rng=rng), a, b, top, np.ones(len(a))).estimate
        held.append(found.low <= 100 * truth <= found.high)
    assert 0.92 <= np.mean(held) <= 0.98
