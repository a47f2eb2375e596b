"""Who offers to help start the change, and who asks for a page of their own: as often as stated, and read back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from kithwork import simulation
from kithwork.engagement import Reader
from kithwork.readers import qualtrics
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import whole
from kithwork.simulation import offering
from kithwork.simulation.questionnaire import SKIPPED


def test_ready_people_offer_more_often(crowd):
    """The log odds of a yes rise by the stated step with readiness, from the stated chance at middling readiness."""
    survey, minds = crowd.world.survey, crowd.world.minds
    said = survey.answers["HS"].to_numpy()
    careful = ~survey.careless & ~np.isnan(said)
    ready = minds.readiness[survey.respondents][careful]
    yes = said[careful] == offering.YES
    expected = 1 / (1 + (1 / offering.USUAL - 1) * np.exp(-offering.BY_READINESS * ready))
    for part in (ready < np.median(ready), ready >= np.median(ready)):
        gap = (yes[part] - expected[part]).sum() / np.sqrt((expected[part] * (1 - expected[part])).sum())
        assert abs(gap) < 4
    assert yes[ready > np.median(ready)].mean() > yes[ready < np.median(ready)].mean() + 0.1


def test_some_skip_the_question_and_the_careless_choose_either(crowd):
    """As few as skip any item; of the careless, half say yes."""
    survey = crowd.world.survey
    said = survey.answers["HS"]
    assert stats.binomtest(int(said.isna().sum()), len(said), SKIPPED).pvalue > 0.001
    careless = said[survey.careless].dropna()
    assert stats.binomtest(int((careless == offering.YES).sum()), len(careless), 0.5).pvalue > 0.001


def test_offers_are_drawn_from_numbers_of_their_own(world, monkeypatch):
    """Whatever is offered, all else in the world stays as it was."""
    monkeypatch.setattr(offering, "USUAL", 0.9)
    other = simulation.simulate(120, 12, 5)
    assert not other.survey.answers["HS"].equals(world.survey.answers["HS"])
    rest = [column for column in world.survey.answers if column != "HS"]
    pd.testing.assert_frame_equal(other.survey.answers[rest], world.survey.answers[rest])
    pd.testing.assert_frame_equal(other.interpretations, world.interpretations)
    assert (other.adopted == world.adopted).all()


def test_pages_are_asked_for_by_numbers_of_their_own(world, monkeypatch):
    """Whoever asks for a page, all else in the world stays as it was, offers too."""
    monkeypatch.setattr(offering, "ASKING", 0.9)
    other = simulation.simulate(120, 12, 5)
    assert not other.survey.answers["HP"].equals(world.survey.answers["HP"])
    pd.testing.assert_frame_equal(other.survey.answers.drop(columns="HP"), world.survey.answers.drop(columns="HP"))
    pd.testing.assert_frame_equal(other.interpretations, world.interpretations)


def test_a_page_is_asked_for_as_often_as_stated(crowd):
    """By three in ten of those who read the question, by half of the careless; as few skip it as any item."""
    said, careless = crowd.world.survey.answers["HP"], crowd.world.survey.careless
    for part, chance in ((said[~careless].dropna(), offering.ASKING), (said[careless].dropna(), 0.5)):
        assert stats.binomtest(int((part == offering.YES).sum()), len(part), chance).pvalue > 0.001
    assert stats.binomtest(int(said.isna().sum()), len(said), SKIPPED).pvalue > 0.001


@pytest.mark.parametrize(("field", "code"), [("start", "HS"), ("own_page", "HP")])
def test_offers_come_back_from_the_files(spotless, field, code):
    """The export's column is read as yes, no, or nothing, person by person."""
    survey, people = spotless.world.survey, spotless.world.org.people
    content = (spotless.folder / "survey.csv").read_bytes()
    spec = Reader(reader="qualtrics", file="survey.csv")
    found = whole(qualtrics.parse("responses", spec, Given("survey.csv", content=content))).frame.set_index("person")
    known = survey.answers[code].map({1.0: "yes", 2.0: "no"}).fillna("").set_axis(people["email"][survey.respondents])
    assert found[field].reindex(known.index).tolist() == known.tolist()


@pytest.mark.parametrize("readiness", [-2.0, 2.0])
def test_chance_of_an_offer_by_hand(world, readiness):
    """At readiness r: 1 / (1 + 3 e^−r), .043 at −2 and .711 at 2."""
    count = len(world.survey.respondents)
    minds = replace(world.minds, readiness=np.full(len(world.org), readiness))
    survey = replace(world.survey, careless=np.zeros(count, bool))
    said = [offering.offered(survey, minds, np.random.default_rng(seed)).answers["HS"] for seed in range(100)]
    yes = pd.concat(said).dropna() == offering.YES
    assert yes.mean() == pytest.approx({-2.0: 0.0432, 2.0: 0.7112}[readiness], abs=0.02)
