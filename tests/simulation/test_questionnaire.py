"""The survey: reliability and expected answers in closed form, who answers, who straight-lines, whom they name."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats
from simulated import worlds

from kithwork.simulation import questionnaire
from kithwork.simulation.attitudes import SCALES, STAGES, Attitudes
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.questionnaire import ITEMS
from kithwork.simulation.relationships import KIND_COLUMNS


def alpha(items: np.ndarray) -> float:
    """Cronbach's alpha of columns."""
    k = items.shape[1]
    return k / (k - 1) * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1))


@given(st.floats(0.4, 0.95))
def test_loading_gives_the_asked_alpha(reliability):
    """α = 3λ² / (1 + 2λ²) for three parallel items of variance 1 and correlation λ² (Spearman–Brown)."""
    square = questionnaire.loading(reliability) ** 2
    assert 3 * square / (1 + 2 * square) == pytest.approx(reliability)


@pytest.mark.parametrize(("reliability", "known"), [(0.75, np.sqrt(0.5)), (0.6, np.sqrt(1 / 3)), (0.9, np.sqrt(0.75))])
def test_known_loadings(reliability, known):
    """By hand: λ² = α / (3 − 2α)."""
    assert questionnaire.loading(reliability) == pytest.approx(known)


@given(st.floats(-3, 3), st.floats(0.4, 0.95))
def test_expected_score_agrees_with_integration(trait, reliability):
    """The mean answer over the error's normal density, integrated by scipy between the cuts."""
    weight = questionnaire.loading(reliability)
    density = stats.norm(weight * trait, np.sqrt(1 - weight**2)).pdf
    edges = [-12, *questionnaire.CUTS, 12]
    mean = sum(
        (answer - 1) / 4 * 100 * integrate.quad(density, low, high)[0]
        for answer, (low, high) in enumerate(pairwise(edges), start=1)
    )
    assert questionnaire.expected_score(np.array([trait]), reliability)[0] == pytest.approx(mean, abs=1e-5)


def filled(reliability: float, people: int = 10_000, careless: float = 0.0) -> tuple[np.ndarray, pd.DataFrame]:
    """Traits and answers of many people, nobody being any unit's."""
    rng = np.random.default_rng(3)
    traits = rng.normal(size=(people, len(SCALES)))
    minds = Attitudes(traits, traits[:, 0], rng.normal(size=(people, 5)), np.zeros(1), rng.random(people))
    who, careless = np.arange(people), rng.random(people) < careless
    form = rng.integers(0, 3, people)
    return traits, questionnaire.answered(minds, who, form, careless, Knobs(reliability=reliability), rng)


@pytest.mark.parametrize("reliability", [0.6, 0.8, 0.9])
def test_answers_have_nearly_the_asked_alpha(reliability):
    """Five points keep most of it: alpha of the answers lies below the knob by no more than .06 (Bollen & Barb 1981)."""
    _, answers = filled(reliability)
    found = alpha(answers[["CC1", "CC2", "CC3"]].dropna().to_numpy())
    assert reliability - 0.06 < found < reliability


def test_answers_have_the_expected_mean():
    """Over many people, the mean answer at a trait is the expected score; reversed items mirror it."""
    traits, answers = filled(0.8)
    expected = questionnaire.expected_score(traits, 0.8)
    for item, (scale, sign) in ITEMS.items():
        known = expected[:, SCALES.index(scale)]
        given_ = (answers[item] - 1) / 4 * 100
        gap = given_ - (known if sign > 0 else 100 - known)
        assert gap.mean() == pytest.approx(0, abs=5 * gap.std() / np.sqrt(gap.count()))


def test_forms_leave_out_one_item_of_each_value():
    """Each respondent is shown two items of every value; a few of those shown are skipped, as stated."""
    _, answers = filled(0.8)
    for number in range(1, 11):
        shown = answers[[f"V{number}{letter}" for letter in "abc"]].notna().sum(axis=1)
        assert shown.max() == 2
        share = 1 - questionnaire.SKIPPED
        assert shown.mean() / 2 == pytest.approx(share, abs=0.01)
    assert answers[list(STAGES)].notna().all(axis=None)


def test_answers_are_on_the_scale(world):
    """1 to 5 in whole points, the thermometer 0 to 10, the check 1 to 5."""
    answers = world.survey.answers
    for item in (*ITEMS, *STAGES, "S7"):
        assert set(answers[item].dropna()) <= {1, 2, 3, 4, 5}
    assert set(answers["TH"]) <= set(range(11))


def test_careless_people_give_one_answer_quickly(crowd):
    """As many as the knob says, each with one answer throughout and in less time than anybody else."""
    survey, knobs = crowd.world.survey, crowd.world.knobs
    count = len(survey.respondents)
    assert survey.careless.mean() == pytest.approx(knobs.careless, abs=4 * np.sqrt(knobs.careless / count))
    lines = survey.answers[[*ITEMS, *STAGES, "S7"]].nunique(axis=1)
    assert (lines[survey.careless] == 1).all()
    assert (lines[~survey.careless] > 1).all()
    assert survey.seconds[survey.careless].max() < survey.seconds[~survey.careless].min()
    assert (survey.answers["S7"][~survey.careless] == 2).all()


@pytest.mark.parametrize("response", [0.2, 0.5, 0.78, 0.95, 1.0])
@pytest.mark.parametrize("by_position", [0.0, 0.5, 2.0])
def test_response_is_what_the_knob_says(world, response, by_position):
    """The mean chance to answer is the knob, whatever answering depends on."""
    knobs = Knobs(response=response, response_by_position=by_position)
    chance = questionnaire._chance_to_answer(world.org, world.bonds, knobs)
    assert chance.mean() == pytest.approx(response)


def test_answering_falls_with_workload(crowd):
    """One SD of workload changes the log odds by the knob; at 0 by nothing."""
    org, bonds = crowd.world.org, crowd.world.bonds
    load = np.bincount(np.r_[bonds.ties["a"], bonds.ties["b"]], minlength=len(org)) - 2.0 * org.level
    load = (load - load.mean()) / load.std()
    for by_position in (0.0, 0.5):
        chance = questionnaire._chance_to_answer(org, bonds, Knobs(response_by_position=by_position))
        assert np.polyfit(load, np.log(chance / (1 - chance)), 1)[0] == pytest.approx(-by_position, abs=1e-9)


@given(worlds)
def test_names_are_possible(world):
    """Whoever answers and whoever is named is employed; nobody names themselves or anybody twice, nor more than fit."""
    survey, now = world.survey, world.org.employed[:, world.survey_week]
    assert now[survey.respondents].all()
    named = survey.named
    assert not named.duplicated().any()
    for generator, (_, cap) in questionnaire.GENERATORS.items():
        mine = named[named["generator"] == generator]
        assert now[mine["alter"]].all()
        assert (survey.respondents[mine["respondent"]] != mine["alter"]).all()
        assert (mine.groupby("respondent").size() <= cap).all()
    outside = named[named["generator"] == "GM"]
    assert outside["alter"].isin(range(len(world.bonds.parties))).all()
    assert (outside.groupby("respondent").size() <= questionnaire.OUTSIDE_NAMES).all()
    assert (survey.alters.groupby("respondent").size() <= questionnaire.MOST_ALTERS).all()
    asked = named[named["generator"] != "GM"][["respondent", "alter"]]
    assert survey.alters[["respondent", "alter"]].merge(asked.drop_duplicates()).shape[0] == len(survey.alters)


def test_names_speak_for_true_ties(crowd):
    """A name given is a true tie of the kind asked for but where drawn as a stray; a tick is wrong as often as stated."""
    world = crowd.world
    survey, ties = world.survey, world.bonds.ties.set_index(["a", "b"])[KIND_COLUMNS]
    for generator, (kind, _) in questionnaire.GENERATORS.items():
        mine = survey.named[survey.named["generator"] == generator]
        ends = np.sort(np.column_stack([survey.respondents[mine["respondent"]], mine["alter"]]), axis=1)
        true = ties.reindex(pd.MultiIndex.from_arrays(ends.T), fill_value=False).to_numpy(bool)[:, kind]
        strays = (~true).sum() / len(survey.respondents)
        assert strays == pytest.approx(questionnaire.WRONGLY_NAMED, abs=0.08)  # some fall beyond the cap, some are ties
    alters = survey.alters
    ends = np.sort(np.column_stack([survey.respondents[alters["respondent"]], alters["alter"]]), axis=1)
    true = ties.reindex(pd.MultiIndex.from_arrays(ends.T), fill_value=False).to_numpy(bool)
    slips = alters[list(questionnaire.TICKS)].to_numpy() != true
    share = questionnaire.TICK_SLIPS
    assert slips.mean(axis=0) == pytest.approx([share] * 3, abs=4 * np.sqrt(share * (1 - share) / len(alters)))
