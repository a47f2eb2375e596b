"""Sums over people: the figure and its bootstrap, and an interval with a width where nobody differs."""

from __future__ import annotations

import numpy as np
import pytest
from evidence_of import evidence
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import staff

from kithwork.estimates import proportion, rate
from kithwork.values.evidence import Missing
from kithwork.values.persons import over_people

PEOPLE = evidence(staff([None] * 12))
ABOUT = {"unit": "index", "method": "Counted", "needs": "answers"}


def test_a_ratio_of_sums_by_hand():
    """1 of 2 and 3 of 8: 4 of 10, in the mean 0.4; those with nothing below the line are no part of it."""
    top, bottom = np.zeros(12), np.zeros(12)
    top[:2], bottom[:2] = (1, 3), (2, 8)
    found = over_people(PEOPLE, top, bottom, **ABOUT)
    assert (found.estimate.estimate, found.estimate.n) == (0.4, 2)
    assert found.spread == pytest.approx(np.std([0.5, 0.375], ddof=1))
    assert found.method == "Counted; bootstrap over people (Efron 1979)"


def test_one_person_is_too_few():
    """A figure of one person would be about that person."""
    assert over_people(PEOPLE, np.eye(12)[0], np.eye(12)[0], **ABOUT) == Missing("answers")


@pytest.mark.parametrize("ends", [(0, 1), (-1, 1), (-4, 4)])
@pytest.mark.parametrize("place", [0.0, 0.3, 0.5, 1.0])
def test_all_alike_has_wilsons_interval_between_the_ends(ends, place):
    """As if each person were at one end or the other: the figure's place between the ends is a share of n people."""
    low, high = ends
    own, bottom = low + place * (high - low), np.arange(1, 13) / 7
    found, share = (
        over_people(PEOPLE, own * bottom, bottom, ends=ends, factor=10, **ABOUT).estimate,
        proportion(12 * place, 12),
    )
    expected = [10 * (low + at * (high - low)) for at in (share.estimate, share.low, share.high)]
    assert [found.estimate, found.low, found.high] == pytest.approx(expected)
    assert found.low < found.high


def test_all_alike_without_ends_has_poissons_interval():
    """Twelve events in six units of exposure, two to each: the interval of twelve by chance."""
    found = over_people(PEOPLE, np.ones(12), np.full(12, 0.5), ends=None, **ABOUT)
    assert found.estimate == rate(12, 6, 12)
    assert "Garwood" in found.method


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=12, max_size=12))
def test_no_interval_is_without_width(own):
    """Whatever people's figures, the interval has a width and stays between the ends."""
    found = over_people(PEOPLE, np.array(own), np.ones(12), **ABOUT).estimate
    assert 0 <= found.low < found.high <= 1
    assert found.estimate == pytest.approx(np.mean(own))


def test_wilsons_interval_is_the_widest_that_fits():
    """Answers between the ends vary less than yes and no with the same mean: their interval is no wider."""
    rng = np.random.default_rng(3)
    bare = evidence(staff([None] * 200), resamples=2000)
    found = over_people(bare, rng.beta(3, 2, 200), np.ones(200), **ABOUT).estimate
    most = proportion(200 * found.estimate, 200)
    assert found.high - found.low < most.high - most.low
