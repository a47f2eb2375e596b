"""Ratios of what people said of one another: the interval holds what answers share at both ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from evidence_of import evidence
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff

from kithwork.values.answers import BOTH_ENDS, over_answers, stretch
from kithwork.values.asked import Asked
from kithwork.values.evidence import Missing
from kithwork.values.persons import over_people


def said(ego, alter, people: int) -> Asked:
    """Answers of these egos about these alters; −1 is somebody outside."""
    ids = np.array([f"p{one:03d}" if one >= 0 else f"outside {at}" for at, one in enumerate(alter)], dtype=object)
    return Asked(np.array(ego), np.array(alter), ids, np.ones(len(ego)), people)


def test_two_who_say_the_same_of_each_other_are_one_case():
    """Four pairs, in two of which both say yes, in two both no: u is ±1/16. Σ over egos is 8/256; at both ends each person
    has 2/16, and each pair too: 8 · 4/256 − 4 · 4/256 = 16/256, twice as much, so the interval is √2 times as wide."""
    answers = said([0, 1, 2, 3, 4, 5, 6, 7], [1, 0, 3, 2, 5, 4, 7, 6], 8)
    assert stretch(answers, np.array([1.0, 1, 1, 1, 0, 0, 0, 0]), np.ones(8)) == pytest.approx(np.sqrt(2))


def test_answers_that_share_nothing_are_not_stretched():
    """Everybody rates one person outside, whom nobody else rates: the bootstrap over egos stands as it is."""
    answers = said(range(6), [-1] * 6, 6)
    top = np.array([1.0, 0, 1, 0, 1, 1])
    assert stretch(answers, top, np.ones(6)) == 1
    of = evidence(staff([None] * 6))
    given_to = {"unit": "%", "method": "x", "needs": "x", "factor": 100}
    found = over_answers(of, answers, top, np.ones(6), **given_to)
    plain = over_people(of, top, np.ones(6), **given_to)
    assert (found.estimate.low, found.estimate.high) == pytest.approx((plain.estimate.low, plain.estimate.high))
    assert BOTH_ENDS in found.method


@given(st.integers(0, 10**6))
def test_a_share_stays_a_share(seed):
    """However much answers share, the interval lies within 0 and 100 and holds the figure."""
    rng = np.random.default_rng(seed)
    ego, alter = rng.integers(0, 9, (2, 40))
    kept = ego != alter
    top = (rng.random(9)[alter] < 0.5).astype(float)[kept]
    of = evidence(staff([None] * 9))
    found = over_answers(
        of, said(ego[kept], alter[kept], 9), top, np.ones(kept.sum()), unit="%", method="x", needs="x", factor=100
    )
    assert 0 <= found.estimate.low <= found.estimate.estimate <= found.estimate.high <= 100


def test_nobody_said_anything():
    """No answers are missing evidence, not a zero."""
    nothing = said([], [], 5)
    nothing = replace(nothing, ego=np.zeros(0, int), alter=np.zeros(0, int))
    found = over_answers(evidence(staff([None] * 5)), nothing, [], [], unit="%", method="x", needs="a survey", factor=100)
    assert found == Missing("a survey")
