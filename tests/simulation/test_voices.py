"""Notes: topics never before their onset, heard first by those tied outside; each knob plants what it says, or nothing."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from simulated import worlds

from kithwork import simulation
from kithwork.market_tables import LEARNED, QUOTING, ROLES
from kithwork.simulation import clock, matters, voices
from kithwork.simulation.knobs import NOTHING_THERE

QUIET = NOTHING_THERE.model_copy(update={"topic_signal": 1.0})
"""Every note is on a topic, and nothing else is planted in any."""


@lru_cache
def written(**knobs: float) -> simulation.World:
    """A world of 600 with knobs of its own; all others plant nothing, but for topics."""
    return simulation.simulate(600, 16, 2, QUIET.model_copy(update=knobs))


def share(value: float, of: int):
    """A share, within four standard errors."""
    return pytest.approx(value, abs=4 * np.sqrt(value * (1 - value) / of) + 1e-9)


@given(worlds)
def test_notes_are_possible(world):
    """Each is written in a week watched, by somebody at work, and on a topic only from its onset on."""
    notes, topics = world.voices.notes, world.voices.topics
    assert notes["week"].between(0, world.weeks - 1).all()
    assert notes["second"].is_monotonic_increasing
    assert (notes["second"] // clock.WEEK == notes["week"]).all()
    assert (notes["second"] % clock.DAY).between(clock.MORNING, clock.EVENING).all()
    assert world.org.there[notes["person"], notes["week"]].all()
    assert (notes["text"].str.strip() != "").all()
    about = notes[notes["topic"] >= 0]
    assert (about["week"].to_numpy() >= topics["onset_week"].to_numpy()[about["topic"]]).all()
    assert (about["prompt"] != "M3").all()
    assert about["says"].all()
    assert (notes["prompt"][notes["says"] & (notes["topic"] < 0)] == "M3").all()
    assert set(notes["language"]) <= {"en", "pt"}


@given(worlds)
def test_what_is_passed_on_was_written_before_by_another(world):
    """On the same topic, in the same language, of the same party; its words are in it."""
    notes = world.voices.notes
    for copy in notes[notes["copy_of"] >= 0].itertuples():
        first = notes.loc[copy.copy_of]
        assert copy.copy_of < copy.Index
        assert first["person"] != copy.person
        assert (first["topic"], first["language"], first["party"]) == (copy.topic, copy.language, copy.party)
        assert copy.text.endswith(first["text"])


@given(worlds)
def test_ticks_are_of_the_choices(world):
    """And only beside notes on topics; a party named is one of the topic's sources."""
    notes, topics = world.voices.notes, world.voices.topics
    for name, choices in (("about", ROLES), ("learned", LEARNED), ("sure", (1, 2, 3, 4, 5)), ("quote", QUOTING)):
        assert set(notes[name].dropna()) <= set(choices)
        assert notes[name][notes["topic"] < 0].isna().all()
    for note in notes[notes["party"] >= 0].itertuples():
        assert note.party in topics["sources"][note.topic]


@pytest.mark.parametrize("signal", [0.0, 0.6, 1.0])
def test_share_of_notes_on_topics_is_the_knob(signal):
    """Some topics are there from the first week, so that the share holds from then on."""
    notes = written(topic_signal=signal).voices.notes
    assert (notes["topic"] >= 0).mean() == share(signal, len(notes))
    expected = voices.NOTES_PER_PERSON_WEEK * 600 * 16
    assert len(notes) == pytest.approx(expected, abs=4 * np.sqrt(expected))


def test_rate_is_given():
    """So many notes per person and week as asked for."""
    world = written()
    said = voices.write(world.org, world.bonds, world.weeks, world.knobs, np.random.default_rng(1), rate=0.3)
    assert len(said.notes) == pytest.approx(0.3 * 600 * 16, abs=4 * np.sqrt(0.3 * 600 * 16))


@pytest.mark.parametrize("empty", [0.0, 0.2])
def test_share_of_answers_that_say_nothing_is_the_knob(empty):
    """They are about nothing, whatever was asked."""
    notes = written(empty_answers=empty).voices.notes
    assert (~notes["says"]).mean() == share(empty, len(notes))
    assert (notes["topic"][~notes["says"]] == -1).all()


@pytest.mark.parametrize("forwarded", [0.0, 0.2])
def test_share_of_notes_passed_on_is_the_knob(forwarded):
    """Where all is real; but for the first notes on a topic, before which there is nothing to pass on."""
    notes = written(forwarded=forwarded).voices.notes
    assert (notes["copy_of"] >= 0).mean() == pytest.approx(forwarded, abs=0.05 if forwarded else 0)


@pytest.mark.parametrize("second", [0.0, 0.7])
def test_share_of_notes_in_a_second_language_is_the_knob(second):
    """In one place; nowhere else is there any."""
    world = written(second_language=second)
    notes, there = world.voices.notes, (world.org.people["site"] == voices.ELSEWHERE).to_numpy()
    foreign, mine = notes["language"] == "pt", there[notes["person"]]
    assert foreign[mine].mean() == share(second, int(mine.sum()))
    assert not foreign[~mine].any()


@pytest.mark.parametrize("named", [0.0, 0.3])
def test_share_of_notes_that_name_is_the_knob(named):
    """What is named stands in the words."""
    notes = written(named_in_texts=named).voices.notes
    assert (notes["named"] != "").mean() == share(named, len(notes))
    for note in notes[notes["named"] != ""].itertuples():
        assert note.named.split(": ", 1)[1] in note.text


@pytest.mark.parametrize("early", [0.0, 1.5])
def test_those_tied_outside_write_more_and_strategic_ties_bring_it_first(early):
    """Per head and as stated: from the onset on with a strategic tie, with any other some weeks later."""
    world = simulation.simulate(3000, 26, 3, QUIET.model_copy(update={"heard_early": early}))
    notes, topics, outside = world.voices.notes, world.voices.topics, world.bonds.outside
    party = world.bonds.contacts["party"].to_numpy()[outside["contact"]]
    kind, everybody = world.bonds.parties["kind"].to_numpy()[party], np.arange(len(world.org))
    first, later = [], []
    for number, topic in topics[~topics["at_once"]].iterrows():
        strategic = np.isin(
            everybody, outside["person"][outside["strategic"] & (kind == matters.TOLD_BY[topic["role"]][0])]
        )
        tied = np.isin(everybody, outside["person"][np.isin(party, topic["sources"])]) & ~strategic
        mine = notes[notes["topic"] == number]
        soon = (mine["week"] < topic["onset_week"] + voices.LATER).to_numpy()
        for said, one in ((soon, strategic), (~soon, tied)):
            by = mine["person"].to_numpy()[said]
            apart = ~strategic & ~tied
            row = [one[by].sum(), one.sum(), apart[by].sum(), apart.sum()]
            (first if one is strategic else later).append(row)
        assert tied[mine["person"].to_numpy()[soon]].mean() < 0.5
    for rates in (first, later):
        direct, many, other, rest = np.sum(rates, axis=0)
        error = np.sqrt(1 / direct + 1 / other)
        assert np.log(direct / many / (other / rest)) == pytest.approx(early, abs=0.1 + 3 * error)


@pytest.mark.parametrize("hearsay", [0.0, 0.5])
def test_hearsay_goes_round_in_few(hearsay):
    """What is not real has one source and comes from fewer people than what is real."""
    world = written(hearsay=hearsay)
    notes, topics = world.voices.notes, world.voices.topics
    assert (~topics["real"]).mean() == pytest.approx(hearsay)
    spread = notes[notes["topic"] >= 0].groupby("topic")["person"].agg(lambda who: who.nunique() / len(who))
    real = topics["real"].reindex(spread.index)
    assert (topics["sources"][~topics["real"]].map(len) == 1).all()
    assert (topics["sources"][topics["real"]].map(len) > 1).all()
    assert spread[real].min() > 0.75
    assert not hearsay or spread[~real].mean() < spread[real].mean() - 0.1


def test_most_ticks_are_right():
    """As many as stated; the wrong ones are any of the parts of the market."""
    world = written()
    notes, roles = world.voices.notes, world.voices.topics["role"].to_numpy()
    told = notes[notes["about"].notna() & (notes["topic"] >= 0)]
    right = voices.RIGHT + (1 - voices.RIGHT) / len(ROLES)
    assert (told["about"] == roles[told["topic"]]).mean() == share(right, len(told))
    assert notes["about"].notna().mean() == share(voices.TICKED, len(notes))
