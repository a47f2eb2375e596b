"""Kinds by what people said: planted kinds recovered where people forget and err, and what stays with the signs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from sklearn.dummy import DummyClassifier
from synthetic import settings, staff

from kithwork.tables import CONTACT, TABLES
from kithwork.ties import accuracy, dyads, features, kinds, learned, told

SIGNS = {"personal": {"friends": [0.7, 0.9]}, "functional": {"jobs": [0.7, 0.9]}}
LABELS = {"personal": ["friends"], "functional": ["jobs"]}
SET_TO = settings(SIGNS, engagement={"labels": LABELS, "fewest_contacts": 1})
UNSURVEYED = settings({"functional": {"same_unit": [0.1, 0.3]}}, engagement={"fewest_contacts": 1})
PEOPLE, TIES = 160, 900


def world(seed: int = 1, asked: float = 0.8, says: float = 0.8, wrongly: float = 0.03, labelled: int = 0,
          silent: tuple[str, ...] = ()) -> tuple:  # fmt: skip
    """People in contact, a third of them friends and half of them for their jobs, who say so of most in a survey; or, with
    nobody surveyed, so many of whom label all their ties. Returns the ties, both sides of them, and the planted kinds."""
    rng = np.random.default_rng(seed)
    a, b = np.triu_indices(PEOPLE, 1)
    some = np.sort(rng.choice(len(a), TIES, replace=False))
    a, b = a[some], b[some]
    planted = {"personal": rng.random(TIES) < 1 / 3, "functional": rng.random(TIES) < 1 / 2}
    people = staff([None] * PEOPLE)
    ids = people["person_id"].to_numpy()
    nothing = dict.fromkeys(CONTACT.columns, 1.0) | {"group_size": 2.0}
    contact = CONTACT.checked(
        pd.DataFrame(nothing | {"a_id": ids[a], "b_id": ids[b]}).assign(
            off_hours=np.clip(planted["personal"] * 0.4 + rng.random(TIES) * 0.6, 0, 1),
            contacts=np.exp(planted["functional"] + rng.normal(size=TIES)) + 1,
        )
    )
    answered = ids[rng.random(PEOPLE) < asked] if not labelled else ids[:0]
    volunteers = rng.choice(ids, labelled, replace=False)
    rows, labels = [], [TABLES["labels"].empty()]
    for kind, [label] in LABELS.items():
        for ego, alter in ((a, b), (b, a)):
            so = np.isin(ids[ego], answered) & (rng.random(TIES) < np.where(planted[kind], says, wrongly))
            rows.append(pd.DataFrame({"ego_id": ids[ego[so]], "alter_id": ids[alter[so]], "relation": label}))
            own = np.isin(ids[ego], volunteers)
            word = {"ego_id": ids[ego[own]], "alter_id": ids[alter[own]], "kind": kind, "by": "ego"}
            labels.append(pd.DataFrame(word | {"is": planted[kind][own].astype(int)}))
    named = pd.concat(rows, ignore_index=True)
    set_to = UNSURVEYED if labelled else SET_TO
    ties = features.measure(features.relations(named, people), contact, people, set_to)
    return ties, dyads.of(ties, contact, named, pd.concat(labels), pd.Series(answered), set_to, silent), planted


@pytest.fixture(scope="module")
def studied() -> tuple:
    """Such ties, the planted kinds, and what is told of them."""
    ties, sides, planted = world()
    return ties, planted, told.by_reports(sides, SET_TO, np.random.default_rng(2))


@pytest.mark.slow
def test_planted_kinds_are_recovered_though_people_forget(studied):
    """Chances mean what they say for all ties, also of those who were not asked; how often people speak is found too."""
    ties, planted, found = studied
    once = np.ones(len(ties))
    for kind, one in found.items():
        assert one.sensitivity.low <= 0.8 <= one.sensitivity.high
        assert one.false_reports.estimate == pytest.approx(0.03, abs=0.02)
        assert accuracy.calibration_error(planted[kind], one.p, once) < 0.05
        assert accuracy.auc(planted[kind], one.p, once) > 0.95
        assert one.p.mean() == pytest.approx(planted[kind].mean(), abs=0.04)
        assert ((one.low <= one.p) & (one.p <= one.high)).all()


@pytest.mark.slow
def test_vote_of_signs_is_less_accurate(studied):
    """What this is for: the same ties by stated strengths have a larger Brier score."""
    ties, planted, found = studied
    by_signs = kinds.probabilities(ties, SET_TO, np.random.default_rng(2))
    for kind, one in found.items():
        once = np.ones(len(ties))
        vote = accuracy.brier(planted[kind], by_signs[f"p_{kind}"].to_numpy(), once)
        assert accuracy.brier(planted[kind], one.p, once) < vote


def test_kinds_that_few_spoke_of_stay_with_the_signs():
    """Where hardly anybody was asked, nothing is told by answers; nor where no label is stated."""
    ties, sides, _ = world(asked=0.01)
    assert told.by_reports(sides, SET_TO, np.random.default_rng(2)) == {}
    found = kinds.probabilities(ties, SET_TO, np.random.default_rng(2), {})
    assert found["p_personal"].notna().all()


@pytest.mark.slow
def test_probabilities_are_those_that_were_told(studied):
    """A kind told by answers has its probabilities, the others those of their signs."""
    ties, _, found = studied
    mixed = kinds.probabilities(ties, SET_TO, np.random.default_rng(2), {"personal": found["personal"]})
    assert mixed["p_personal"].tolist() == found["personal"].p.tolist()
    signs = kinds.probabilities(ties, SET_TO, np.random.default_rng(2))
    assert mixed["p_functional"].tolist() == signs["p_functional"].tolist()


def test_dyads_hold_each_tie_from_either_side():
    """What a takes to answer is ego's in the first half and alter's in the second; nothing of the survey is a feature."""
    ties, sides, _ = world()
    n = len(ties)
    assert (sides.ego[:n] == ties["a_id"]).all()
    assert (sides.ego[n:] == ties["b_id"]).all()
    one, other = sides.features[:n], sides.features[n:].reset_index(drop=True)
    assert one["latency_ego"].equals(other["latency_alter"].rename("latency_ego"))
    assert not {"relations", "strength", "signs"} & set(sides.features)
    assert sides.said.where(~sides.asked, 0).to_numpy().sum() == 0


def test_silence_about_who_withdrew_is_no_answer():
    """What others named that person for was taken out, so that nobody was asked of it; it may itself have answered."""
    ties, sides, _ = world(asked=1, silent=("p000",))
    of_it = [(ties[end] == "p000").to_numpy() for end in ("a_id", "b_id")]
    about = np.concatenate([of_it[1], of_it[0]])
    assert about.any()
    assert not sides.asked["personal"][about].any()
    assert sides.asked["personal"][~about].all()


@pytest.mark.slow
def test_a_few_volunteers_teach_kinds_of_all_ties():
    """Twelve people who label their ties: all others are told better than by guessing, their own by their word; how far a
    word goes was stated, so that nothing is claimed of it."""
    ties, sides, planted = world(labelled=12)
    found = told.by_reports(sides, UNSURVEYED, np.random.default_rng(2))
    for kind, one in found.items():
        rest, once = ~one.heard, np.ones((~one.heard).sum())
        assert one.informed
        assert one.sensitivity is None
        assert accuracy.auc(planted[kind][rest], one.p[rest], once) > 0.65
        assert accuracy.auc(planted[kind][one.heard], one.p[one.heard], np.ones(one.heard.sum())) > 0.95
        assert ((one.low <= one.p) & (one.p <= one.high)).all()
        assert (one.high - one.low)[rest].mean() > 0.05
    typed = kinds.probabilities(ties, UNSURVEYED, np.random.default_rng(2), found)
    assert {"yes", "no"} <= set(typed.loc[found["personal"].heard, "told_personal"])


def test_two_sides_that_are_right_each_for_itself_are_right_together():
    """Either side saw another half of what tells: the chances of each come true, those of the plain mean are too timid, and
    half of the answers are enough to mend that."""
    rng = np.random.default_rng(8)
    first, second = rng.normal(size=(2, 4_000))
    said = (first + second + rng.normal(size=4_000) > 0).astype(int)
    p = np.concatenate([norm.cdf(half / np.sqrt(2)) for half in (first, second)])
    said, asked = np.tile(said, 2), np.arange(8_000) % 2 == 0
    pooled, plain, once = told._pooled(p, said, asked), p.reshape(2, -1).mean(axis=0), np.ones(4_000)
    assert accuracy.calibration_error(said[:4_000], plain, once) > 0.1
    assert accuracy.calibration_error(said[:4_000], pooled, once) < 0.03


def test_range_lies_around_the_estimate():
    """Refits that lie elsewhere as a whole say how much a tie's odds would move, not where they are."""
    p, again = np.array([0.2, 0.7]), np.array([[0.4, 0.9], [0.6, 0.9]])
    found = told._around(p, again)
    assert found[:, 1].tolist() == pytest.approx([0.7, 0.7])
    assert found[0, 0] / (1 - found[0, 0]) == pytest.approx(0.25 / 1.5)
    assert found[1, 0] / (1 - found[1, 0]) == pytest.approx(0.25 * 1.5)


@pytest.mark.slow
def test_labels_that_nothing_tells_leave_the_rest_open():
    """Volunteers whose words follow nothing that is known: whoever was not asked stays open, for every tie."""
    ties, sides, _ = world(labelled=20)
    dice = np.random.default_rng(3)
    said = pd.DataFrame((dice.random(sides.said.shape) < 0.4).astype(int), columns=sides.said.columns)
    noise = replace(sides, said=said)
    found = told.by_reports(noise, UNSURVEYED, np.random.default_rng(2))
    typed = kinds.probabilities(ties, UNSURVEYED, np.random.default_rng(2), found)
    for kind, one in found.items():
        assert not one.informed
        assert (typed.loc[~one.heard, f"told_{kind}"] == "open").all()
        assert (typed.loc[one.heard, f"told_{kind}"] != "open").mean() > 0.5


@pytest.mark.slow
def test_an_answer_is_not_counted_twice(monkeypatch):
    """A tie of which one side was asked rests on a model that did not see the answer: what the one learned from all answers
    says of the other side moves nothing."""
    _, sides, _ = world(asked=0.5)
    asked = sides.asked["personal"].to_numpy().reshape(2, -1).sum(axis=0)

    def by(elsewhere: int) -> np.ndarray:
        whole, without = (
            DummyClassifier(strategy="constant", constant=says).fit([[0], [0]], [0, 1]) for says in (elsewhere, 0)
        )
        monkeypatch.setattr(learned, "learn", lambda *_: learned.Learned("base rate", whole, ((sides.ego, without),)))
        return told.by_reports(sides, SET_TO, np.random.default_rng(2))["personal"].p

    seldom, often = by(0), by(1)
    assert np.array_equal(seldom[asked == 1], often[asked == 1])
    assert (seldom[asked == 0] < often[asked == 0]).all()
