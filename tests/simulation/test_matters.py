"""Planted topics: when they begin and fade, who tells of them, what they are worth."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from simulated import worlds

from kithwork.market_tables import ROLES
from kithwork.simulation import matters


@given(worlds)
def test_topics_are_possible(world):
    """Over every part of the market, begun within the weeks; sources are parties that tell of it, one of its own kind."""
    topics, kind = world.voices.topics, world.bonds.parties["kind"].to_numpy()
    assert set(topics["role"]) == set(ROLES)
    assert topics["onset_week"].between(0, world.weeks - 1).all()
    assert topics["at_once"].sum() == matters.AT_ONCE
    for topic in topics.itertuples():
        told = kind[topic.sources]
        assert 1 <= len(topic.sources) <= (matters.SOURCES if topic.real else 1)
        assert set(told) <= set(matters.TOLD_BY[topic.role])
        assert matters.TOLD_BY[topic.role][0] in told


@given(worlds)
def test_onsets_are_spread(world):
    """No two topics that begin while we watch do so in one week, where there are weeks enough."""
    begun = world.voices.topics.loc[~world.voices.topics["at_once"], "onset_week"]
    assert (begun > 0).all()
    assert world.weeks < 10 or begun.is_unique
    assert begun.max() <= np.ceil(matters.LAST_ONSET * world.weeks)


@given(worlds)
def test_weights_follow_onset_and_fading(world):
    """Nothing before the onset, full from the start where a topic is there at once, and less each week once it fades."""
    topics = world.voices.topics
    weight = matters.weights(topics, world.weeks)
    assert (weight.sum(axis=1) > 0).all()
    for number, topic in topics.iterrows():
        mine = weight[:, number]
        assert (mine[: topic["onset_week"]] == 0).all()
        end = world.weeks if topic["fades_week"] == matters.NEVER else topic["fades_week"]
        assert (np.diff(mine[:end]) >= 0).all()
        assert (np.diff(mine[end:]) < 0).all()
        assert mine[0] == (matters.FULL if topic["at_once"] else 0)
    assert (topics["fades_week"] != matters.NEVER).sum() == 2


def test_worth_is_of_what_is_real(world):
    """Nothing for hearsay; else how far it repeats, times its value."""
    topics = world.voices.topics
    worth = matters.worth(topics)
    assert (worth[~topics["real"]] == 0).all()
    assert (worth[topics["real"]] <= topics["value"][topics["real"]]).all()
    assert worth[topics["real"]].min() > 0
