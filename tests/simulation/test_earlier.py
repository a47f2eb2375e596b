"""The wave before: its planted change, who was there, and scores as the study of the folder's name kept them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kithwork import simulation
from kithwork.cleaning.identities import pseudonym
from kithwork.simulation import earlier
from kithwork.simulation.attitudes import SCALES
from kithwork.simulation.knobs import NOTHING_THERE, Knobs
from kithwork.simulation.questionnaire import expected_score
from kithwork.tables import CLAIMS, SCORES
from kithwork.values import VALUES


@pytest.fixture(scope="module")
def careful() -> simulation.World:
    """A large organisation of whom everybody answers with care."""
    return simulation.simulate(2500, 12, 5, Knobs(careless=0))


def test_scores_hold_the_planted_change(careful):
    """The mean of each value then is that expected of today's traits less the change, within 4.5 errors."""
    found = earlier.scores(careful)
    row = pd.Series(range(len(careful.org)), careful.org.people["person"])
    planted = earlier.changes(careful.knobs)
    for number, value in enumerate(VALUES, start=1):
        mine = found[found["indicator"] == f"{value}.as_answered"]
        trait = careful.minds.traits[row[mine["person_id"]], SCALES.index(f"V{number}")]
        gaps = mine["top"].to_numpy() - expected_score(trait - planted[value], careful.knobs.reliability)
        assert abs(gaps.mean()) < 4.5 * gaps.std() / np.sqrt(len(gaps))


def test_some_values_rose_and_some_fell(careful):
    """Two or three move by the knob, the others not at all; in points the change has the same sign."""
    planted, points = earlier.changes(careful.knobs), earlier.expected_changes(careful)
    assert list(planted.index) == list(points.index) == list(VALUES)
    assert 2 <= (planted != 0).sum() <= 3
    assert set(planted.abs()) == {0.0, careful.knobs.wave_change}
    assert (np.sign(planted) == np.sign(points)).all()
    assert points.abs().max() > 5


def test_nothing_changes_where_nothing_is_planted():
    """At 0 no value has changed."""
    world = simulation.simulate(60, 8, 1, NOTHING_THERE)
    assert (earlier.changes(world.knobs) == 0).all()
    assert (earlier.expected_changes(world) == 0).all()


def test_nobody_answered_before_joining(careful):
    """Of those there half a year before three in four answered; nobody who joined since; who left since is among them."""
    there, people = earlier.there(careful), careful.org.people.set_index("person")
    who = earlier.scores(careful)["person_id"].unique()
    assert (people.loc[who, "joined_week"] == 0).all()
    assert (people.loc[who, "tenure_months"] >= earlier.MONTHS).all()
    assert len(who) / there.sum() == pytest.approx(
        earlier.RESPONSE, abs=4 * np.sqrt(earlier.RESPONSE * (1 - earlier.RESPONSE) / there.sum())
    )
    assert (people.loc[who, "left_week"] <= careful.survey_week).any()


def test_a_score_is_the_mean_of_the_answers(world, monkeypatch):
    """Answers of 4 are 75, whatever was left out; who answered none of a value's items has no score of it."""
    drawn = earlier.answered

    def fours(*args):
        answers = drawn(*args) * 0 + 4.0
        return answers.assign(V1a=np.nan, V2a=np.nan, V2b=np.nan, V2c=np.nan)

    monkeypatch.setattr(earlier, "answered", fours)
    found = earlier.scores(world)
    assert set(found["top"]) == {75}
    assert set(found["bottom"]) == {1.0}
    assert set(found["indicator"]) == {f"{value}.as_answered" for value in VALUES if value != "return_on_impact"}


def test_scores_are_written_as_the_study_kept_them(spotless):
    """In the contract's form, people coded as a study of the folder's name with public ids has it; the change is told."""
    found = pd.read_parquet(spotless.folder / "previous" / "scores.parquet")
    kept = earlier.scores(spotless.world)
    key = spotless.folder.name.encode()
    coded = kept.assign(person_id=[pseudonym(key, person) for person in kept["person_id"]])
    pd.testing.assert_frame_equal(found, SCORES.checked(coded), check_dtype=False)
    claimed = CLAIMS.checked(pd.read_parquet(spotless.folder / "previous" / "claims.parquet")).set_index("measure")
    means = found.groupby("indicator")["top"].mean()
    assert claimed["estimate"].to_dict() == pytest.approx({f"values.{name}": value for name, value in means.items()})
    told = pd.read_csv(spotless.folder / "truth" / "changes.csv").set_index("value")["change"]
    pd.testing.assert_series_equal(told, earlier.changes(spotless.world.knobs), check_names=False)
