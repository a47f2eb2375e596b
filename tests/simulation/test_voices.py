"""Notes: topics never before their onset, heard more by those tied to their source, and none where none is planted."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from simulated import worlds

from kithwork import simulation
from kithwork.simulation import voices, words
from kithwork.simulation.knobs import Knobs


@given(worlds)
def test_notes_are_possible(world):
    """Each is written in a week watched, by somebody at work, and on a topic only from its onset on."""
    notes, topics = world.voices.notes, world.voices.topics
    assert notes["week"].between(0, world.weeks - 1).all()
    assert notes["week"].is_monotonic_increasing
    assert world.org.there[notes["person"], notes["week"]].all()
    about = notes[notes["topic"] >= 0]
    assert (about["week"].to_numpy() >= topics["onset_week"].to_numpy()[about["topic"]]).all()
    assert (about["prompt"] != "M3").all()
    assert (notes["prompt"][notes["topic"] < 0] == "M3").all()
    assert topics["onset_week"].between(0, world.weeks - 1).all()


def test_words_say_the_topic(world):
    """A note on a topic holds one of its sentences; chatter holds none of any."""
    sentences = {topic: said for topic, (_, said) in words.TOPICS.items()}
    for note in world.voices.notes.itertuples():
        held = {topic for topic, said in sentences.items() if any(re.search(one, note.text, re.I) for one in said)}
        assert held == ({world.voices.topics["topic"][note.topic]} if note.topic >= 0 else set())


@pytest.mark.parametrize("signal", [0.0, 0.6, 1.0])
def test_share_of_notes_on_topics_is_the_knob(signal):
    """The first topic begins at once, so that the share holds from the first week on."""
    world = simulation.simulate(600, 16, 2, Knobs(topic_signal=signal))
    notes = world.voices.notes
    slack = 4 * np.sqrt(signal * (1 - signal) / len(notes))
    assert (notes["topic"] >= 0).mean() == pytest.approx(signal, abs=slack)
    expected = voices.NOTES_PER_PERSON_WEEK * 600 * 16
    assert len(notes) == pytest.approx(expected, abs=4 * np.sqrt(expected))


def test_those_tied_to_a_source_write_of_it(crowd):
    """Per head, people with a tie to a topic's source write of it as many times more as stated, within a fifth."""
    world = crowd.world
    notes, topics, outside = world.voices.notes, world.voices.topics, world.bonds.outside
    party = world.bonds.contacts["party"].to_numpy()[outside["contact"]]
    rates = []
    for number, sources in enumerate(topics["sources"]):
        tied = np.isin(np.arange(len(world.org)), outside["person"][np.isin(party, sources)])
        by = tied[notes["person"][notes["topic"] == number]]
        rates.append([by.sum(), tied.sum(), (~by).sum(), (~tied).sum()])
    direct, tied, other, apart = np.sum(rates, axis=0)
    assert direct / tied / (other / apart) == pytest.approx(voices.DIRECT, rel=0.2)


def test_sources_are_parties_of_the_topic_s_role(world):
    """Each topic has up to three sources, all of one kind of party."""
    parties, topics = world.bonds.parties, world.voices.topics
    for topic in topics.itertuples():
        assert 1 <= len(topic.sources) <= voices.SOURCES
        assert set(parties["kind"].iloc[topic.sources]) == {voices.TO_ROLE[topic.role]}
