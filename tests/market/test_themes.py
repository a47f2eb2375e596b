"""market/themes.py: the first examples of what texts about each part of the market sound like."""

from kithwork.market.themes import NONE, THEMES
from kithwork.market_tables import ROLES
from kithwork.simulation import english


def test_every_part_of_the_market_has_examples_of_its_own():
    """Each role and none have ten phrases or more, and no phrase stands under two."""
    assert set(THEMES) == {*ROLES, NONE}
    assert min(len(phrases) for phrases in THEMES.values()) >= 10
    everything = [phrase for phrases in THEMES.values() for phrase in phrases]
    assert len(everything) == len(set(everything))


def test_no_example_was_taken_from_the_simulation():
    """What is measured on simulated texts was not learned from them: no phrase here is in a sentence there."""
    planted = " | ".join(str(sentence) for ways in english.TOPICS.values() for part in ways for sentence in part).casefold()
    assert len(planted) > 1000
    assert not [phrase for phrases in THEMES.values() for phrase in phrases if phrase.casefold() in planted]
