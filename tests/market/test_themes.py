"""market/themes.py: the first examples of what texts about each part of the market sound like."""

from kithwork.market.themes import NONE, THEMES
from kithwork.market_tables import ROLES
from kithwork.simulation import words


def test_every_part_of_the_market_has_examples_of_its_own():
    """Each role and none have ten phrases or more, and no phrase stands under two."""
    assert set(THEMES) == {*ROLES, NONE}
    assert min(len(phrases) for phrases in THEMES.values()) >= 10
    everything = [phrase for phrases in THEMES.values() for phrase in phrases]
    assert len(everything) == len(set(everything))


def test_no_example_was_taken_from_the_simulation():
    """What is measured on simulated texts was not learned from them: no way to say a topic there is a phrase here."""
    planted = {
        sentence.casefold()
        for topic in words.TOPICS.values()
        for part in topic
        if isinstance(part, tuple)
        for sentence in part
    }
    assert not planted & {phrase.casefold() for phrases in THEMES.values() for phrase in phrases}
