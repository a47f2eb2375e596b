"""What is said of each one named: the chances in closed form, answers drawn by them, and the survey's file read back."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from scipy import integrate
from simulated import worlds

from kithwork import simulation
from kithwork.engagement import Reader
from kithwork.readers import qualtrics
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import whole
from kithwork.simulation import files, interpretations, survey_file, tables
from kithwork.simulation.interpretations import CODES, QUESTIONS, Pairs
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.questionnaire import MOST_ALTERS, SKIPPED
from kithwork.simulation.relationships import KIND_COLUMNS


def normal(value: float) -> float:
    """The standard normal distribution, without scipy."""
    return (1 + math.erf(value / math.sqrt(2))) / 2


def careful(world: simulation.World) -> np.ndarray:
    """Whether each row of what was said is from somebody who answers with care."""
    return ~world.survey.careless[world.interpretations["respondent"]]


def error(gaps: np.ndarray, by: np.ndarray) -> float:
    """Standard error of a mean of gaps that hang together within `by`."""
    sums = np.bincount(by, gaps - gaps.mean())
    return float(np.sqrt((sums**2).sum())) / len(gaps)


def test_chances_agree_with_a_plain_loop(world):
    """Pair by pair from the ties as drawn, with the error function: the same chances, which add up to 1."""
    found = interpretations.census(world)
    n, kinds_of = len(world.org), {}
    for row in world.bonds.ties.itertuples():
        kinds_of[row.a, row.b] = kinds_of[row.b, row.a] = ([row.personal, row.functional, row.strategic], row.strength)
    for row in world.bonds.outside.itertuples():
        pair = row.person, n + world.bonds.contacts["party"][row.contact]
        kinds, strength = kinds_of.get(pair, ([False] * 3, 0.0))
        kinds = [a or b for a, b in zip(kinds, (row.personal, row.functional, row.strategic), strict=True)]
        kinds_of[pair] = kinds, max(strength, row.strength)
    assert sorted(zip(found.ego.tolist(), found.alter.tolist(), strict=True)) == sorted(kinds_of)
    given_ = {question: interpretations.chances(question, found) for question in CODES}
    for row in range(0, len(found.ego), 37):
        kinds, strength = kinds_of[found.ego[row], found.alter[row]]
        seen = [*kinds, math.log((1 + strength) / 2)]
        for question, scale in interpretations.SCALES.items():
            mean = sum(weight * value for weight, value in zip(scale.weights, seen, strict=True))
            below = [0.0, *(normal(cut - mean) for cut in scale.cuts), 1.0]
            assert given_[question][row] == pytest.approx([b - a for a, b in pairwise(below)])
        mean = interpretations.HELP_BASE + sum(w * v for w, v in zip(interpretations.HELP, seen, strict=True))
        outside = found.alter[row] >= n
        kind = world.bonds.parties["kind"][found.alter[row] - n] if outside else ""
        more = interpretations.TO_CUSTOMERS if kind == "customer" else 0.0
        gets, gives = normal(mean - more), normal(mean + more)
        both = [gets * (1 - gives), gives * (1 - gets), gets * gives, (1 - gets) * (1 - gives)]
        assert given_["T8"][row] == pytest.approx(both)
        assert given_["T10"][row].sum() == pytest.approx(float(outside))


def test_chances_of_a_known_tie():
    """By hand, of a personal tie of strength 1: T2 of 4 or 5 is Φ(1.6 − 0.7), T9 of 0 is Φ(0); of no tie less."""
    seen = np.array([[1.0, 0, 0, 0], [0, 0, 0, np.log(0.5)]])
    of = Pairs(np.zeros(2, int), np.ones(2, int), seen, np.zeros(2, bool), np.zeros(2, int), np.ones(2))
    assert interpretations.chances("T2", of)[0, 3:].sum() == pytest.approx(normal(0.9))
    assert interpretations.chances("T9", of)[0, 0] == pytest.approx(0.5)
    assert interpretations.chances("T2", of)[1, 3:].sum() == pytest.approx(normal(-0.7 + 0.4 * math.log(0.5)))
    assert interpretations.chances("T8", of)[0, 3] == pytest.approx(normal(0.5) ** 2)


def test_customers_are_given_more_help_than_they_give():
    """Of two parties alike but for what they are, help goes to the customer more often, and comes from it less often."""
    seen = np.tile([0.0, 1, 1, 0], (2, 1))
    of = Pairs(np.zeros(2, int), np.full(2, 9), seen, np.array([True, False]), np.array([4, 2]), np.ones(2))
    they, we, both, _ = interpretations.chances("T8", of).T
    assert we[0] + both[0] > we[1] + both[1]
    assert they[0] + both[0] < they[1] + both[1]


@pytest.mark.parametrize("years", [0.0, 0.3, 0.5, 1.0, 2.7, 11.25])
def test_mean_years_agrees_with_integration(years):
    """A uniform share of the tenure in whole years, integrated step by step."""
    of = Pairs(*(np.zeros(1, int),) * 2, np.zeros((1, 4)), np.zeros(1, bool), np.zeros(1, int), np.array([years]))
    steps = [(k + 0.5) / years for k in range(12) if years and k + 0.5 < years]
    known = integrate.quad(lambda share: math.floor(share * years + 0.5), 0, 1, points=steps or None, limit=200)[0]
    assert interpretations.mean_years(of)[0] == pytest.approx(known, abs=1e-6)


@pytest.mark.parametrize("question", list(CODES))
@pytest.mark.parametrize("outside", [False, True])
def test_answers_are_drawn_by_their_chances(crowd, question, outside):
    """Among careful people each answer is as frequent as its planted chances, inside and outside, within 4.5 errors."""
    said, of = crowd.world.interpretations, interpretations.rated(crowd.world)
    rows = careful(crowd.world) & (of.outside == outside) & said[question].notna().to_numpy()
    assert rows.any() == (outside or question != "T10")
    if not rows.any():
        return
    chance = interpretations.chances(question, of)[rows]
    assert chance.sum(axis=1) == pytest.approx(1.0)
    given_ = said[question].to_numpy()[rows]
    assert set(given_) <= set(CODES[question])
    by = said["respondent"].to_numpy()[rows]
    for column, code in enumerate(CODES[question]):
        gaps = (given_ == code) - chance[:, column]
        assert abs(gaps.mean()) < 4.5 * error(gaps, by)


def test_years_are_as_planted(crowd):
    """Mean years known, within 4.5 errors; never more than the shorter tenure, rounded; the same from both ends."""
    said, of = crowd.world.interpretations, interpretations.rated(crowd.world)
    rows = careful(crowd.world) & said["T5"].notna().to_numpy()
    years = said["T5"].to_numpy()
    gaps = (years - interpretations.mean_years(of))[rows]
    assert abs(gaps.mean()) < 4.5 * error(gaps, said["respondent"].to_numpy()[rows])
    assert (years[rows] <= np.floor(of.years[rows] + 0.5)).all()
    both = mutual(crowd.world)
    assert len(both) > 300
    assert (both["T5"] == both["T5_back"]).all()


def mutual(world: simulation.World) -> pd.DataFrame:
    """Pairs of whom both careful ends spoke, the other's answers as `_back`."""
    said, of = world.interpretations, interpretations.rated(world)
    frame = said[[*QUESTIONS]].assign(ego=of.ego, alter=of.alter)[careful(world) & ~of.outside]
    both = frame.merge(frame, left_on=["ego", "alter"], right_on=["alter", "ego"], suffixes=("", "_back"))
    return both[both["ego"] < both["alter"]].dropna(subset=["T2", "T2_back", "T5", "T5_back", "T8", "T8_back"])


def test_both_ends_tell_of_the_same_tie(crowd):
    """That they helped me goes with that I helped them from the other end, more than with the help the other way."""
    both = mutual(crowd.world)
    got, gave = both["T8"].isin([1, 3]), both["T8"].isin([2, 3])
    got_back, gave_back = both["T8_back"].isin([1, 3]), both["T8_back"].isin([2, 3])
    same = (np.corrcoef(got, gave_back)[0, 1] + np.corrcoef(gave, got_back)[0, 1]) / 2
    other = (np.corrcoef(got, got_back)[0, 1] + np.corrcoef(gave, gave_back)[0, 1]) / 2
    assert same > other + 0.1
    assert np.corrcoef(both["T2"], both["T2_back"])[0, 1] > 0.3


def test_answers_without_care_stand_at_one_place(crowd):
    """Careless people give the same point of every list, which is the last of shorter ones."""
    said = crowd.world.interpretations[~careful(crowd.world)]
    same = crowd.world.survey.answers["S7"].to_numpy()[said["respondent"]].astype(int)
    assert len(said) > 50
    for question, codes in CODES.items():
        expected = np.array(codes)[np.minimum(same, len(codes)) - 1]
        given_ = said[question].to_numpy()
        assert (np.isnan(given_) | (given_ == expected)).all()
    assert (said["T5"].isna() | (said["T5"] == same)).all()


def test_as_many_are_skipped_as_stated(crowd):
    """Of all questions asked: nine about each party, eight about each person."""
    said = crowd.world.interpretations
    asked = 8 * len(said) + said["outside"].sum()
    answered = said[[*QUESTIONS]].notna().to_numpy().sum()
    assert answered / asked == pytest.approx(1 - SKIPPED, abs=4 * np.sqrt(SKIPPED * (1 - SKIPPED) / asked))


@given(worlds)
def test_whoever_was_named_is_asked_about(world):
    """People ticked come first and in the same order, then parties of GM; each once, fifteen at most; T10 of parties."""
    said, survey = world.interpretations, world.survey
    inside = said.loc[~said["outside"], ["respondent", "alter"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(inside, survey.alters[["respondent", "alter"]], check_dtype=False)
    parties = survey.named.loc[survey.named["generator"] == "GM", ["respondent", "alter"]]
    named = set(parties.itertuples(index=False, name=None))
    mine = list(said.loc[said["outside"], ["respondent", "alter"]].itertuples(index=False, name=None))
    assert set(mine) <= named
    assert len(set(mine)) == len(mine)
    for respondent, some in said.groupby("respondent"):
        room = MOST_ALTERS - (~some["outside"]).sum()
        assert some["outside"].sum() == min(room, (parties["respondent"] == respondent).sum())
        assert some["outside"].is_monotonic_increasing
    assert said.loc[~said["outside"], "T10"].isna().all()


def test_the_survey_read_back_is_the_table(spotless):
    """By the reader of Qualtrics exports: each answer of the table and no other, persons by address, parties by name."""
    world, path = spotless.world, spotless.folder / "survey.csv"
    rows = whole(qualtrics.parse("interpreters", Reader(reader="qualtrics", file=path.name), Given(path.name, path)))
    assert not rows.faults
    ids = dict(zip(world.org.people["email"], world.org.people["person"], strict=True))
    ids |= dict(zip(world.bonds.parties["name"], world.bonds.parties["party"], strict=True))
    person = rows.frame["ego"].map(lambda word: ids.get(word, word))
    found = pd.DataFrame(
        {"ego_id": person, "alter_id": rows.frame["alter"].map(ids), "question": rows.frame["question"]}
    ).assign(value=rows.frame["value"].astype(float))
    key = ["ego_id", "alter_id", "question"]
    table = tables.tables(world)["interpreters"]
    assert table["alter_id"].isin(world.bonds.parties["party"]).any()
    pd.testing.assert_frame_equal(
        found.sort_values(key).reset_index(drop=True), table.sort_values(key).reset_index(drop=True), check_dtype=False
    )


def test_nothing_else_changes_with_what_is_said(spotless, monkeypatch, tmp_path):
    """Without any of it, all other files, and all other columns of the survey, are byte for byte as they are with it."""
    drawn = interpretations.draw
    monkeypatch.setattr(interpretations, "draw", lambda *args: drawn(*args).iloc[:0])
    folder = tmp_path / spotless.folder.name
    files.write(simulation.simulate(60, 8, 11, Knobs(dirt=0)), folder)
    for path in (path for path in spotless.folder.rglob("*") if path.is_file()):
        place = path.relative_to(spotless.folder)
        assert (path.read_bytes() == (folder / place).read_bytes()) == (path.name != "survey.csv"), place
    ours, bare = (
        pd.read_csv(where / "survey.csv", dtype=str, keep_default_na=False) for where in (spotless.folder, folder)
    )
    about = [f"{number}_{question}" for number in range(1, MOST_ALTERS + 1) for question in QUESTIONS]
    about += [f"A{number}" for number in range(1, MOST_ALTERS + 1)]
    assert (bare[about].iloc[2:] == "").all(axis=None)
    pd.testing.assert_frame_equal(ours.drop(columns=about), bare.drop(columns=about))
    assert survey_file.UNANSWERED in set(ours["1_T2"])


def test_older_parts_keep_their_random_numbers():
    """Parts are numbered by their place: new ones come after those that the committed demo was drawn by."""
    older = ("organisation", "relationships", "attitudes", "questionnaire", "adoption", "voices", "contacts", "meetings")
    assert simulation.PARTS[:9] == (*older, "dirt")


def test_truth_has_the_ids_of_the_tables(crowd):
    """What is planted of those rated joins the table of answers, pair by pair; its mean answer is theirs, nearly."""
    world, of = crowd.world, interpretations.rated(crowd.world)
    told = tables.tables(world)["interpreters"]
    for question in ("T5", "T9"):
        truth = interpretations.planted(world, of, question)
        mean = truth["years"] if question == "T5" else sum(code * truth[code] for code in CODES[question])
        both = told[told["question"] == question].merge(truth.assign(mean=mean), on=["ego_id", "alter_id"])
        assert len(both) == (told["question"] == question).sum()
        assert both["value"].mean() == pytest.approx(both["mean"].mean(), abs=0.1)


def test_kinds_speak_as_planted(crowd):
    """Friends would stay in touch and are candid; of strategic ties more has come than of others."""
    found = interpretations.census(crowd.world)
    personal, _, strategic = (found.seen[:, KIND_COLUMNS.index(kind)] == 1 for kind in KIND_COLUMNS)
    for question, who in (("T2", personal), ("T6", personal), ("T9", strategic)):
        high = interpretations.chances(question, found)[:, -2:].sum(axis=1)
        assert high[who].mean() > high[~who].mean() + 0.15
