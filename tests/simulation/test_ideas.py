"""The register of ideas: possible entries, planted chances that are found again, the same in files, tables and truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from simulated import worlds

from kithwork import simulation
from kithwork.simulation import ideas, tables
from kithwork.values.incidence import END, OTHER_END, WATCHED, cumulative_incidence


@pytest.fixture(scope="module")
def many() -> pd.DataFrame:
    """The register of a large organisation."""
    return ideas.draw(simulation.simulate(8000, 26, 3))


@given(worlds)
def test_entries_are_possible(world):
    """Raised by somebody at work there, on a topic only from its onset on and from one of its parties; ends in order."""
    found, topics, people = ideas.draw(world), world.voices.topics, world.org.people
    week = (found["raised"] // 7).to_numpy()
    assert found["raised"].is_monotonic_increasing
    assert found["raised"].between(-7 * ideas.WEEKS_BEFORE, 7 * world.weeks - 1).all()
    assert found["number"].is_unique
    named = found["person"] >= 0
    assert (week[named] < people["left_week"].to_numpy()[found["person"][named]]).all()
    on = (found["topic"] >= 0).to_numpy()
    assert (week[on] >= topics["onset_week"].to_numpy()[found["topic"][on]]).all()
    assert all(row.party in (-1, *topics["sources"].iloc[row.topic]) for row in found[on].itertuples())
    assert (found["party"][~on] == -1).all()
    for later, earlier in (("tested", "raised"), ("scaled", "tested"), ("dropped", "raised")):
        both = found[found[later].notna()]
        assert (both[later] > both[earlier]).all()
    assert not (found["scaled"].notna() & found["dropped"].notna()).any()
    assert (found["realised"].notna() == found["scaled"].notna()).all()


def test_a_demo_has_a_register_of_a_hundred_or_so():
    """Of 400 people in half a year and the year before."""
    assert 80 <= len(ideas.draw(simulation.simulate(400, 26, 7))) <= 150


def test_planted_chances_are_found(many):
    """Tested within 90 days as stated, by the estimator that is to find it; so many scaled, and so much brought."""
    last = 26 * 7 - 1
    ends = {END: many["tested"], OTHER_END: many["dropped"], WATCHED: pd.Series(last + 0.5, index=many.index)}
    fate, until = pd.DataFrame(ends).idxmin(axis=1).to_numpy(), np.floor(pd.DataFrame(ends).min(axis=1))
    days = (until - many["raised"]).astype(int).to_numpy()
    found = cumulative_incidence(days, fate, 90, np.ones((1, len(many)), dtype=int))[0]
    truth = ideas.chance_tested(90)
    assert found == pytest.approx(truth, abs=4 * np.sqrt(truth * (1 - truth) / len(many)))
    old = many[many["tested"] < last - 8 * ideas.TO_SCALE]
    assert old["scaled"].notna().mean() == pytest.approx(ideas.SCALED, abs=4 * np.sqrt(0.25 / len(old)))
    gain = (many["realised"] / many["expected"]).dropna()
    assert gain.mean() == pytest.approx(ideas.GAIN, abs=4 * gain.std() / np.sqrt(len(gain)))


def test_file_table_and_truth_tell_the_same(spotless):
    """Entry by entry, in the client's words here and by the world's ids there."""
    entries, table = ideas.draw(spotless.world), tables.tables(spotless.world)["opportunities"]
    file = pd.read_csv(spotless.folder / "ideas.csv")
    assert file["Idea No"].tolist() == entries["number"].tolist() == table["opportunity_id"].tolist()
    for name, column in (
        ("raised", "Raised on"),
        ("tested", "Tested on"),
        ("scaled", "Scaled on"),
        ("dropped", "Dropped on"),
    ):
        assert file[column].fillna("").tolist() == table[name].dt.strftime("%Y-%m-%d").fillna("").tolist()
    people = spotless.world.org.people.set_index("email")["person"]
    assert file["Raised by"].map(people).fillna("").tolist() == table["person_id"].fillna("").tolist()
    assert file["Realised value"].fillna(0).tolist() == table["realised"].fillna(0).tolist()
    told = pd.read_csv(spotless.folder / "truth" / "ideas.csv")
    assert told["to_test"].tolist() == entries["to_test"].tolist()
    assert set(told["tested_a_day"]) == {ideas.TESTED}
