"""The organisation: one tree, names apart, sizes within bounds, and movers as many as are stated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.simulation import organisation, words
from kithwork.simulation.knobs import Knobs

people_of, weeks_of, seed_of = st.integers(20, 80), st.integers(8, 12), st.integers(0, 2**32)


def built(people: int, weeks: int, seed: int, **knobs) -> organisation.Organisation:
    """An organisation alone."""
    return organisation.build(people, weeks, Knobs(**knobs), np.random.default_rng(seed))


@given(people_of, weeks_of, seed_of)
def test_reporting_is_one_tree(people, weeks, seed):
    """Everybody but one has a manager, and the way up ends at that one in as many steps as the level says."""
    org = built(people, weeks, seed)
    [top] = np.flatnonzero(org.manager < 0)
    for person in range(people):
        at, steps = person, 0
        while org.manager[at] >= 0:
            at, steps = org.manager[at], steps + 1
            assert steps < people
        assert at == top
        assert steps == org.level[person]


@given(people_of, weeks_of, seed_of)
def test_ids_addresses_and_units_are_apart(people, weeks, seed):
    """Nobody shares an id or an address; one unit name stands for one unit, in one place and of one function."""
    org = built(people, weeks, seed)
    frame = org.people
    assert frame["person"].is_unique
    assert frame["email"].is_unique
    assert frame["email"].str.fullmatch(r"[a-z]+(\.[a-z]+)+\d*@fjordlight\.example").all()
    assert frame["unit"].nunique() == org.unit_of.max() + 1
    assert (frame.groupby("unit")[["site", "function"]].nunique() == 1).all(axis=None)


@given(people_of, weeks_of, seed_of)
def test_units_and_terms_of_employment_are_possible(people, weeks, seed):
    """Units are contiguous and no smaller than the least; nobody both joins and leaves, and no manager does either."""
    org = built(people, weeks, seed)
    sizes = np.bincount(org.unit_of)
    assert (np.diff(org.unit_of) >= 0).all()
    assert sizes.min() >= min(organisation.SMALLEST, people)
    assert sizes.max() < organisation.LARGEST + organisation.SMALLEST  # a remnant too small for a unit joins the last
    joined, left = org.people["joined_week"].to_numpy(), org.people["left_week"].to_numpy()
    moves = (joined > 0) | (left < weeks)
    assert not ((joined > 0) & (left < weeks)).any()
    assert not moves[org.manager[org.manager >= 0]].any()
    assert (joined < weeks).all()
    assert (left > 0).all()
    assert (org.there <= org.employed).all()
    assert not (org.there & org.leave).any()


@pytest.mark.parametrize("people", [100, 5000])
def test_movers_are_the_stated_share(people):
    """Over seeds, as many of those who lead nobody join, and leave, as the constant says, within four standard errors."""
    found, asked = [0, 0], 0
    for seed in range(max(1, 4000 // people)):
        org = built(people, 26, seed)
        moved = (org.people["joined_week"] > 0) | (org.people["left_week"] < 26)
        assert not moved[org.manager[org.manager >= 0]].any()
        asked += people - len(np.unique(org.manager[org.manager >= 0]))
        found[0] += (org.people["joined_week"] > 0).sum()
        found[1] += (org.people["left_week"] < 26).sum()
    share = organisation.MOVING
    slack = 4 * np.sqrt(share * (1 - share) / asked)
    assert np.array(found) / asked == pytest.approx([share, share], abs=slack)


@given(st.integers(1, 120))
def test_season_is_one_on_average(weeks):
    """The season moves contacts between weeks and adds none."""
    busy = organisation.season(weeks)
    assert busy.mean() == pytest.approx(1)
    assert (busy > 0).all()


def test_propensities_follow_segments():
    """Mean log propensities of segments lie apart as far as the profiles say, times the knob; 0 plants none."""
    for separation in (0.0, 1.0, 2.0):
        org = built(8000, 8, 1, segments=4, segment_separation=separation)
        logs = np.log(org.propensity)
        number = org.people["segment"].map({name: i for i, name in enumerate(organisation.SEGMENTS)}).to_numpy()
        means = np.array([logs[number == i].mean(axis=0) for i in range(4)])
        planted = separation * organisation.PROFILES
        slack = 4 * np.hypot(organisation.SOCIABLE, organisation.BY_KIND) / np.sqrt(2000) * np.sqrt(2)
        assert means - means[0] == pytest.approx(planted - planted[0], abs=slack)
        assert org.propensity.mean(axis=0) == pytest.approx(np.ones(4))


@pytest.mark.parametrize("kinds", [1, 2, 3, 4])
def test_as_many_segments_as_asked(kinds):
    """The knob counts kinds of portfolio."""
    assert built(300, 8, 1, segments=kinds).people["segment"].nunique() == kinds


def test_plain_letters():
    """Names become addresses of ASCII letters."""
    assert organisation.plain("Søren Wójcik") == "soren.wojcik"
    assert organisation.plain("Élodie T Müller") == "elodie.t.muller"
    for name in (*words.FIRST, *words.LAST):
        assert organisation.plain(name).isalpha()
        name.encode("cp1252")  # what the staff list is written in
