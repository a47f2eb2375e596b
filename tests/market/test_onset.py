"""When topics began: the published change-point, planted onsets with mistaken texts, and the sum over courses by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.stats import multinomial
from talk import planted

from kithwork.market import series
from kithwork.market.onset import BEFORE, FADES, RISES, course, onsets

MINES = [
    4, 5, 4, 0, 1, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1,
    3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0,
    1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1,
]  # fmt: skip
"""Disasters in British coal mines by year, 1851 to 1961 (Jarrett 1979, Biometrika 66:191, as Carlin, Gelfand & Smith have
them)."""


def test_change_point_as_published():
    """Read backwards, disasters rise for good in 1891 or a year or two to either side (Raftery & Akman 1986; Carlin,
    Gelfand & Smith 1992, Appl. Stat. 41:389)."""
    counts = np.array([MINES[::-1]], dtype=float)
    found = onsets(counts, np.ones(counts.shape[1]))
    year = 1851 + counts.shape[1] - 1 - found.week[0]
    assert abs(year - 1891) <= 2
    assert found.high[0] - found.low[0] <= 20


def test_course_by_hand():
    """Onset in week 2, four weeks up, fading by half in 13: a quarter, a half, …, then less; from before, there at once."""
    g = course(np.array([2, -1]), 8, 4, 13, 0.2)
    assert g[0, :6] == pytest.approx([0.2, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert g[0, 6] == pytest.approx(0.2 + 0.8 * 0.5 ** (1 / 13))
    assert course(np.array([-1]), 4, 13, np.inf, 0.0)[0] == pytest.approx(np.ones(4))


def test_posterior_is_the_sum_over_courses():
    """Multinomial probabilities of the counts under every onset and course, summed one by one, give the same median and
    interval, where counts scatter no more than a Poisson's."""
    texts, of = np.array([0.0, 0, 0, 1, 1, 2, 3, 3, 3, 4]), np.full(10, 12.0)
    posterior = np.zeros(11)
    for rise, fade, before in product(RISES, FADES, BEFORE):
        for at, g in enumerate(course(np.arange(-1, 10), 10, rise, fade, before)):
            posterior[at] += multinomial.pmf(texts, texts.sum(), of * g / (of @ g))
    reached = posterior.cumsum() / posterior.sum()
    found = onsets(texts[None], of)
    by_hand = [int(np.searchsorted(reached, tail)) - 1 for tail in (0.5, 0.025, 0.975)]
    assert [found.week[0], found.low[0], found.high[0]] == by_hand


def dated(people: int, weeks: int, seeds: range, mistaken: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of the topics of simulated organisations: whether the onset is within two weeks, whether the first text is, and
    whether the interval holds it."""
    rows = []
    for seed in seeds:
        texts, of, true = planted(people, weeks, seed, mistaken)
        counts = series.counts(series.weekly(texts, of))
        found, week = onsets(counts.texts, counts.of), true[counts.topics].to_numpy()
        first = (counts.texts > 0).argmax(axis=1)
        held = (np.maximum(found.low, 0) <= week) & (week <= np.maximum(found.high, 0))
        rows.append((np.abs(np.maximum(found.week, 0) - week) <= 2, np.abs(first - week) <= 2, held))
    return tuple(np.concatenate(one) for one in zip(*rows, strict=True))


def test_planted_onsets_are_dated_within_two_weeks():
    """Nine in ten topics of organisations of 800 people watched for half a year; intervals hold nearly all."""
    near, _, held = dated(800, 26, range(6), 0.0)
    assert near.mean() >= 0.9
    assert held.mean() >= 0.93


def test_mistaken_texts_do_not_date_an_onset():
    """With one text in twenty put anywhere, first texts date few topics, the model most of them."""
    near, first, held = dated(800, 26, range(6), 0.05)
    assert near.mean() >= 0.75
    assert near.mean() >= first.mean() + 0.2
    assert held.mean() >= 0.93


def test_a_level_topic_was_there_before_the_first_week():
    """Of a hundred level topics with two texts a week, nine in ten begin before the first week or within two weeks of
    it."""
    rng = np.random.default_rng(1)
    found = onsets(rng.poisson(2, (100, 52)).astype(float), np.full(52, 20.0))
    assert (found.low < 0).mean() >= 0.9
    assert (found.week <= 2).mean() >= 0.9
    assert (found.week < 0).mean() >= 0.5


def test_scattered_counts_make_wider_intervals():
    """The same texts, in clumps of six, tell less of when they began."""
    rng = np.random.default_rng(2)
    share = np.r_[np.zeros(20), np.full(32, 1.0)]
    even = onsets(rng.poisson(3 * share, (60, 52)) + 0.0, np.full(52, 30.0))
    clumped = onsets(6.0 * rng.poisson(share / 2, (60, 52)) + np.eye(60, 52, 25), np.full(52, 30.0))
    assert np.mean(clumped.high - clumped.low) > 2 * np.mean(even.high - even.low)
    assert ((even.low <= 20) & (even.high >= 20)).mean() >= 0.93
    assert ((clumped.low <= 20) & (clumped.high >= 20)).mean() >= 0.9
