"""Words of notes: many ways to say each topic in each language, and none that says another."""

from __future__ import annotations

import re

import numpy as np
import pytest

from kithwork.simulation import matters, namings, sayings

WAYS = {"en": 10, "pt": 8}
"""The fewest ways to say a topic."""


def told(text: str, language: str) -> set[str]:
    """The topics of which one way to say them stands in a text."""
    topics = sayings.LANGUAGES[language].TOPICS
    patterns = {topic: "|".join(map(sayings.regular, ways)) for topic, (ways, _) in topics.items()}
    return {topic for topic, pattern in patterns.items() if re.search(pattern, text, re.I)}


@pytest.mark.parametrize("language", sayings.LANGUAGES)
def test_every_topic_can_be_said_in_many_ways(language):
    """The same topics in every language, none of whose ways says another; every slot can be filled."""
    words = sayings.LANGUAGES[language]
    assert list(words.TOPICS) == list(matters.ROLES)
    for topic, (ways, more) in words.TOPICS.items():
        assert len(set(ways)) >= WAYS[language]
        assert len(set(more)) >= 4
        assert all(set(sayings.SLOT.findall(way)) <= set(words.SLOTS) for way in ways)
        assert all(told(way, language) == {topic} for way in ways)
    assert set(words.NAMINGS) == set(namings.KINDS)


@pytest.mark.parametrize("language", sayings.LANGUAGES)
def test_texts_say_their_topic_and_hardly_repeat(language):
    """Of two hundred on one topic no slot is open, and nine in ten are worded like no other."""
    rng = np.random.default_rng(5)
    texts = [sayings.said("glass shortage", language, rng) for _ in range(200)]
    assert all(told(text, language) == {"glass shortage"} for text in texts)
    assert not any(set("{}") & set(text) for text in texts)
    assert len(set(texts)) > 180


def test_notes_of_a_world_say_their_topics(world):
    """Chatter and answers that say nothing say none."""
    topics = world.voices.topics["topic"]
    for note in world.voices.notes.itertuples():
        assert told(note.text, note.language) == ({topics[note.topic]} if note.topic >= 0 else set())
