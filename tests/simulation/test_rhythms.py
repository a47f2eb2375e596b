"""Contacts: how many, when, by which channel; the means of the cluster process, and nobody where they could not be."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated import contacts, worlds

from kithwork import simulation
from kithwork.simulation import clock, organisation, relationships, rhythms, words
from kithwork.simulation.knobs import Knobs

KINDS = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]], dtype=float)
MARKS = ("rate", "answers", "after_hours", "one_to_one", "latency")


def local_of(world: simulation.World, sent: rhythms.Contacts) -> np.ndarray:
    """The second on the sender's wall clock, from the offset at each moment by zoneinfo."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    site = np.r_[world.org.site, np.zeros(len(world.bonds.contacts), int)][sent.sender]
    zones = [ZoneInfo(zone) for zone in words.SITES.values()]
    cases, case = np.unique(sent.at // 3600 * len(zones) + site, return_inverse=True)
    moments = [(datetime.fromtimestamp(int(one) // len(zones) * 3600, UTC), zones[one % len(zones)]) for one in cases]
    ahead = np.array([moment.astimezone(zone).utcoffset().total_seconds() for moment, zone in moments])
    return sent.at - clock.START.timestamp() + ahead[case]


def test_without_signal_all_ties_have_one_rhythm():
    """At 0 no mark depends on the kind of a tie."""
    found = rhythms.profiles(KINDS, 0)
    for mark in MARKS:
        assert np.ptp(found[mark]) == pytest.approx(0)
    assert np.ptp(found["channels"], axis=0) == pytest.approx(np.zeros(4))


def test_with_full_signal_each_kind_has_its_own():
    """At 1 a tie of one kind has that kind's habits; one of several mixes them by rate, and its contacts add up."""
    found = rhythms.profiles(KINDS, 1)
    for number, kind in enumerate(rhythms.RHYTHMS):
        for mark in MARKS:
            assert found[mark][number] == pytest.approx(getattr(kind, mark))
        assert found["channels"][number] == pytest.approx(kind.channels)
    personal, functional = rhythms.RHYTHMS[:2]
    rate = personal.rate + functional.rate
    assert found["rate"][3] == pytest.approx(rate)
    mixed = (personal.rate * personal.after_hours + functional.rate * functional.after_hours) / rate
    assert found["after_hours"][3] == pytest.approx(mixed)


@given(st.floats(0, 1), st.lists(st.sampled_from(range(5)), min_size=1, max_size=30))
def test_profiles_are_shares_and_their_mean_stands(signal, rows):
    """Shares stay shares, channels add up to one, and blending leaves the mean over ties as it is."""
    found, own = rhythms.profiles(KINDS[rows], signal), rhythms.profiles(KINDS[rows], 1)
    assert found["channels"].sum(axis=1) == pytest.approx(np.ones(len(rows)))
    for mark in ("answers", "after_hours", "one_to_one"):
        assert ((found[mark] >= 0) & (found[mark] < 1)).all()
        assert found[mark].mean() == pytest.approx(own[mark].mean())


def clusters(answers: float, weeks: int = 40, ties: int = 400) -> tuple[np.ndarray, float]:
    """Contacts of equal ties between two people always at work in one place, and first moves a week."""
    rate = 2.0
    habits = {
        "rate": np.full(ties, rate), "answers": np.full(ties, answers), "after_hours": np.zeros(ties),
        "one_to_one": np.ones(ties), "latency": np.full(ties, 0.5), "channels": np.tile([1.0, 0, 0, 0], (ties, 1)),
    }  # fmt: skip
    around = SimpleNamespace(people=2, site=np.zeros(2, int), there=np.ones((2, weeks), bool), others=lambda who, rng: who)
    end = np.zeros(ties, int)
    sent = rhythms._chunk(end, end + 1, 0, habits, around, weeks, np.random.default_rng(8))
    return sent, rate


@pytest.mark.parametrize("answers", [0.0, 0.2, 0.55])
def test_mean_of_the_cluster_process(answers):
    """Contacts a week are rate / (1 − answers) (Hawkes & Oakes 1974), less what answers past the end of the last week.

    The tolerance is four standard errors of a sum over ties: variance of the count given the tie's liveliness is
    mean / (1 − answers)², and liveliness is Gamma with variance 1/1.5.
    """
    weeks, ties = 40, 400
    sent, rate = clusters(answers, weeks, ties)
    mean = rate * weeks / (1 - answers)
    error = np.sqrt((mean / (1 - answers) ** 2 + mean**2 / 1.5) / ties)
    assert len(sent.at) / ties == pytest.approx(mean, abs=4 * error + 0.01 * mean)


def test_contact_is_what_the_knob_says(crowd):
    """Messages and calls, sent and received, per person and week: the knob within a tenth, other chances being many."""
    world, sent = crowd.world, crowd.contacts
    messages = (sent.channel != rhythms.MEETING).sum()
    assert 2 * messages / len(world.org) / world.weeks == pytest.approx(world.knobs.contact, rel=0.1)


@given(worlds)
def test_contacts_are_possible(world):
    """Nobody writes to oneself; both are at work; all lies within the weeks; one message reaches nobody twice."""
    people, weeks = len(world.org), world.weeks
    sent = contacts(world)
    assert (sent.sender != sent.receiver).all()
    assert ((sent.week >= 0) & (sent.week < weeks)).all()
    for who in (sent.sender, sent.receiver):
        inside = who < people
        assert world.org.there[who[inside], sent.week[inside]].all()
    assert (np.floor(local_of(world, sent) / clock.WEEK) == sent.week).all()
    once = np.unique(np.column_stack([sent.message, sent.receiver]), axis=0)
    assert len(once) == len(sent.message)
    for given_once in (sent.sender, sent.at, sent.channel, sent.size):
        assert all(
            len(np.unique(given_once[sent.message == one])) == 1 for one in np.unique(sent.message[sent.tie < 0])[:20]
        )


def test_size_counts_everybody_in_a_message(world):
    """A message's size is its sender and its receivers."""
    sent = contacts(world)
    written = sent.channel != rhythms.MEETING
    receivers = np.bincount(sent.message[written], minlength=sent.message.max() + 1)
    assert (sent.size[written] == 1 + receivers[sent.message[written]]).all()
    assert (sent.size[sent.channel == rhythms.CALL] == 2).all()
    assert ((sent.minutes > 0) == (sent.channel == rhythms.CALL)).all()


def test_an_answer_comes_after_what_it_answers():
    """Between Oslo and Singapore, seven or eight hours apart, an answer is never earlier in UTC than its first move.

    Ties with two contacts, one to and one fro: nearly all are a move and its answer, as first moves are rare here.
    """
    ties, weeks = 60_000, 8
    habits = {
        "rate": np.full(ties, 1 / 200), "answers": np.full(ties, 0.4), "after_hours": np.zeros(ties),
        "one_to_one": np.ones(ties), "latency": np.full(ties, 0.3), "channels": np.tile([1.0, 0, 0, 0], (ties, 1)),
    }  # fmt: skip
    site = np.array([list(words.SITES).index(place) for place in ("Oslo", "Singapore")])
    around = SimpleNamespace(people=2, site=site, there=np.ones((2, weeks), bool), others=lambda who, rng: who)
    end = np.zeros(ties, int)
    sent = rhythms._chunk(end, end + 1, 0, habits, around, weeks, np.random.default_rng(8))
    order = np.argsort(sent.tie, kind="stable")  # a tie's first entry is its first move, as waves come in order
    tie, at, sender = sent.tie[order], sent.at[order], sent.sender[order]
    first = np.flatnonzero(np.diff(tie, prepend=-1) & (np.bincount(tie)[tie] == 2))
    answered = sender[first] != sender[first + 1]
    gap = (at[first + 1] - at[first])[answered]
    assert len(gap) > 50
    assert (gap >= 0).mean() > 0.97
    from_oslo = sender[first][answered] == 0
    assert (gap[from_oslo] > 3600).mean() > 0.5  # Oslo's afternoon is Singapore's night


def test_nobody_meets_or_calls_at_night(world):
    """Meetings are called from seven to nine in the evening of working days; calls too, and at weekends."""
    sent = contacts(world)
    local = local_of(world, sent)
    hour, weekend = local % clock.DAY / 3600, local % clock.WEEK >= 5 * clock.DAY
    talk = sent.channel >= rhythms.MEETING
    assert ((hour[talk] >= 7) & (hour[talk] < 21)).all()
    assert not weekend[sent.channel == rhythms.MEETING].any()


def test_rhythms_differ_by_kind_as_far_as_the_signal_lets_them():
    """After-hours share of personal ties less that of functional ones: none at 0, that of the two rhythms at 1 within .15.

    Within .15, as answers that come after hours may wait for the morning, and a tie's own liveliness weighs.
    """
    gap = {}
    for signal in (0.0, 1.0):
        world = simulation.simulate(400, 10, 4, Knobs(tie_signal=signal))
        sent = contacts(world)
        mine = (sent.tie >= 0) & (sent.tie < len(world.bonds.ties)) & (sent.channel != rhythms.MEETING)
        late = clock.is_after_hours(local_of(world, sent))[mine]
        kind = world.bonds.ties[relationships.KIND_COLUMNS].to_numpy()[sent.tie[mine]]
        personal, functional = (kind == [1, 0, 0]).all(axis=1), (kind == [0, 1, 0]).all(axis=1)
        gap[signal] = late[personal].mean() - late[functional].mean()
    assert gap[0.0] == pytest.approx(0, abs=0.03)
    assert gap[1.0] == pytest.approx(rhythms.RHYTHMS[0].after_hours - rhythms.RHYTHMS[1].after_hours, abs=0.15)


def test_weeks_follow_the_season():
    """First moves outside busy spells come with the season: holidays hold about half of what a usual week does."""
    weeks, count = 26, 400_000
    found = np.bincount(rhythms._weeks(np.arange(count), count, weeks, np.random.default_rng(1)), minlength=weeks) / count
    plain = organisation.season(weeks) / weeks
    middle = slice(4, 22)  # at both ends spells are folded back
    expected = (1 - rhythms.IN_SPELLS) * plain + rhythms.IN_SPELLS / weeks
    assert found[middle] == pytest.approx(expected[middle], rel=0.06)


def test_ties_come_in_chunks(world, monkeypatch):
    """Ties come a chunk at a time, each once, none left out."""
    monkeypatch.setattr(rhythms, "CHUNK", 100)
    seeds = simulation.seeds(world.seed, "contacts")
    chunks = list(rhythms.contacts(world.org, world.bonds, world.weeks, world.knobs, seeds))
    ties = len(world.bonds.ties) + len(world.bonds.outside)
    assert len(chunks) == -(-ties // 100)
    for number, chunk in enumerate(chunks):
        mine = chunk.tie[chunk.tie >= 0]
        assert ((mine >= 100 * number) & (mine < 100 * (number + 1))).all()
