"""A small part of `make bench-segments`: one organisation with segments, one without, and ties that follow propensities."""

from __future__ import annotations

import numpy as np

from benchmarks import segments


def test_planted_segments_are_found_and_none_where_there_are_none():
    """One organisation far apart, one with nothing planted."""
    apart = segments.run(segments.POPULATIONS["plain"], 2.0, 1)
    assert apart.named
    assert apart.agreement > 0.9
    assert apart.right > 0.9
    assert not segments.run(segments.POPULATIONS["lumpy"], 0.0, 1).named


def test_people_hold_the_ties_of_their_segment():
    """At a separation of 2 most signs about a person's segment are of its kind."""
    planted = np.repeat([0, 1, 2], 40)
    ties = segments.drawn_ties(segments.POPULATIONS["plain"], planted, 2.0, np.random.default_rng(1))
    first = [i < 40 for i in ties["a_id"].str[1:].astype(int)]
    assert ties.loc[first, "signs"].str.contains("friend").mean() > 0.6
    assert (ties["a_id"] < ties["b_id"]).all()
