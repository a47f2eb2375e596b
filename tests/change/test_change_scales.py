"""Scores by declared keys, and the verdict on each scale: sound ones are reported, random ones are not, and why is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import synthetic
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kithwork import simulation
from kithwork.change import scales
from kithwork.change.scales import SCALES, reliability, score
from kithwork.claims import Ledger
from kithwork.scales import ITEMS, of
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.tables import tables

SETTINGS = synthetic.settings()


def rng() -> np.random.Generator:
    """The same numbers for every test."""
    return np.random.default_rng([2016, 8])


def said(**answers: list[float | None]) -> pd.DataFrame:
    """The table `answers` of persons p000, p001 …, by item; None where there is no answer."""
    wide = pd.DataFrame(answers, index=[f"p{i:03d}" for i in range(len(next(iter(answers.values()))))], dtype=float)
    long = wide.rename_axis("person_id").reset_index().melt("person_id", var_name="item").dropna()
    return long.sort_values(["person_id", "item"], ignore_index=True)


def planted(people: int, share: float, seed: int = 1, scale: str = "candour") -> pd.DataFrame:
    """Answers to a scale's items, reversed ones the other way, that share so much; 0 for answers at random."""
    dice = np.random.default_rng(seed)
    latent = np.sqrt(share) * dice.normal(size=(people, 1)) + np.sqrt(1 - share) * dice.normal(
        size=(people, len(of(scale)))
    )
    points = 1 + np.searchsorted([-1.2, -0.4, 0.4, 1.2], latent)
    return said(
        **{item: list(points[:, at] if ITEMS[item][1] > 0 else 6 - points[:, at]) for at, item in enumerate(of(scale))}
    )


def test_scores_by_hand():
    """Reversed items turned, the mean as 0 to 100; three of four are enough, two of four are not, nor is one of two."""
    answers = said(
        PS1=[5, 4, 2, None],
        PS2=[5, 3, None, 1],
        PS3=[1, 3, None, None],
        PS4=[5, None, 5, 1],
        AP1=[5, 4, 3, 2],
        AP2=[1, None, 3, 5],
    )
    found = score(answers, "candour")
    assert found.to_dict() == pytest.approx({"p000": 100, "p001": 100 * (10 / 3 - 1) / 4})
    assert score(answers, "belief").to_dict() == pytest.approx({"p000": 100, "p002": 50, "p003": 100 * 0.5 / 4})
    assert score(answers, "purpose").empty


def test_two_of_three_asked_items_are_enough():
    """The form of a value leaves one item out: who answers both others has a score, who skips one of them has none."""
    assert score(said(V1a=[4, 4], V1b=[2, None], V1c=[None, None]), "V1").to_dict() == {"p000": 50.0}


def test_readiness_is_commitment_and_efficacy():
    """Six items as one: four of six are enough."""
    assert scales.items("readiness") == [*of("commitment"), *of("efficacy")]
    answers = said(CC1=[5, 1], CC2=[5, 1], CC3=[5, 1], CE1=[1, None])
    assert score(answers, "readiness").to_dict() == {"p000": 75.0}


@examples(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_scores_keep_to_their_ends(seed):
    """Whatever is answered and left out: scores from 0 to 100, and of people who answered two thirds, nobody else."""
    dice = np.random.default_rng(seed)
    grid = np.where(dice.random((15, len(ITEMS))) < 0.4, np.nan, dice.integers(1, 6, (15, len(ITEMS))))
    answers = said(**{item: list(grid[:, at]) for at, item in enumerate(ITEMS)})
    for scale in SCALES:
        at = [list(ITEMS).index(item) for item in scales.items(scale)]
        found = score(answers, scale)
        assert found.between(0, 100).all()
        assert len(found) == (3 * (~np.isnan(grid[:, at])).sum(axis=1) >= 2 * len(at)).sum()


def test_a_sound_scale_is_reliable():
    """Four items that share half their variance: alpha about .77, one thing, no reason against it."""
    found = reliability(planted(250, 0.5), SETTINGS, rng())
    row = found.table.set_index("scale").loc["candour"]
    assert found.reliable == {"candour"}
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"]
    assert row["alpha"] == pytest.approx(0.77, abs=0.06)
    assert (row["dimensions"], row["people"], row["scored"]) == (1, 250, 250)
    assert pd.isna(row["why"])
    assert list(found.items["item"]) == of("candour")
    assert (found.items["item_rest"] > 0.4).all()


def test_random_answers_are_called_unreliable():
    """In 40 sets of random answers, of 12 to 300 people and to two or four items, no scale is reliable, and why is said."""
    for seed in range(40):
        people, scale = (12, 30, 100, 300)[seed % 4], ("candour", "gain")[seed // 4 % 2]
        found = reliability(planted(people, 0.0, seed, scale), SETTINGS, rng())
        assert found.reliable == frozenset()
        assert found.table["why"].iloc[0].startswith("alpha ")


def test_few_answers_do_not_make_a_scale():
    """Twelve people whose alpha reaches the threshold, but whose interval goes below one half: not reported as one."""
    answers = next(
        answers
        for answers in (planted(12, 0.35, seed) for seed in range(200))
        if reliability(answers, SETTINGS, rng()).table["alpha"].iloc[0] > 0.72
    )
    found = reliability(answers, SETTINGS, rng())
    assert found.reliable == frozenset()
    assert "as likely as not error" in found.table["why"].iloc[0]


def test_two_things_are_not_one_scale():
    """Two pairs of items that measure different things, many answers: unreliable as one; a composite may have its parts."""
    dice, items = np.random.default_rng(3), of("candour")
    things = 0.45 * dice.normal(size=(400, 1)) + 0.9 * dice.normal(size=(400, 2))
    points = np.clip(np.round(3 + things[:, [0, 0, 1, 1]] + 0.3 * dice.normal(size=(400, 4))), 1, 5)
    points[:, 2] = 6 - points[:, 2]
    row = reliability(said(**{item: list(points[:, at]) for at, item in enumerate(items)}), SETTINGS, rng()).table.iloc[0]
    assert row["alpha"] > 0.7
    assert not row["reliable"]
    assert row["why"].endswith("items measure 2 things, not one")


def test_what_cannot_be_told_is_said_so():
    """All alike, and nine people: no figure, no verdict in its favour, no claim, and no word of how few they are."""
    alike = reliability(said(CE1=[4] * 20, CE2=[4] * 20, CE3=[4] * 20), SETTINGS, rng())
    assert alike.table.set_index("scale")["why"]["efficacy"] == "its items, or answers to them, do not vary enough to tell"
    few = reliability(planted(9, 0.9), SETTINGS, rng())
    assert few.table["why"].tolist() == ["answered by fewer than 10 people"]
    for found in (alike, few):
        ledger = Ledger("change")
        found.claims(ledger)
        assert ledger.frame().empty
        assert found.reliable == frozenset()


def test_nobody_answered():
    """No survey: empty tables, nothing reliable."""
    found = reliability(said(CC1=[None]), SETTINGS, rng())
    assert found.table.empty
    assert found.items.empty
    assert found.reliable == frozenset()


def test_claims_of_all_scales_against_the_threshold():
    """Alpha of every scale, omega of those of three items or more, reliable or not; n is the people behind it."""
    answers = pd.concat([planted(80, 0.5), planted(80, 0.0, scale="gain")])
    ledger = Ledger("change")
    reliability(answers, SETTINGS, rng()).claims(ledger)
    frame = ledger.frame().set_index("id")
    assert set(frame.index) == {"change.alpha.candour", "change.omega.candour", "change.alpha.gain"}
    assert set(frame["reference"]) == {SETTINGS.change.reliable_at}
    assert set(frame["people"]) == {80}


def test_same_numbers_at_every_run():
    """One generator, one result; the threshold comes from the settings."""
    answers = planted(60, 0.4)
    pd.testing.assert_frame_equal(reliability(answers, SETTINGS, rng()).table, reliability(answers, SETTINGS, rng()).table)
    strict = synthetic.settings(change={"reliable_at": 0.99})
    assert reliability(answers, strict, rng()).reliable == frozenset()


def test_a_simulated_survey_is_recovered():
    """One that plants an alpha of .9 for three items, a third of those on values not asked: every scale of three is found
    reliable, near what five points leave of it; readiness is one scale of two parts."""
    world = simulation.simulate(300, 8, 5, Knobs(reliability=0.9, careless=0, response=1.0))
    found = reliability(tables(world)["answers"], SETTINGS, rng())
    row = found.table.set_index("scale")
    three = row[row["items"] == 3]
    assert found.reliable >= set(three.index) | {"readiness", "candour", "purpose"}
    assert three["alpha"].mean() == pytest.approx(0.88, abs=0.02)
    assert row["dimensions"]["readiness"] == 2


def test_tails_are_moved_by_the_bias_of_resampling():
    """Half the draws below the figure: tails stay; a quarter below: both move down, to Φ(2 · −0.674 ∓ 1.96) in %."""
    draws = np.arange(1, 1000) / 1000
    assert scales._moved((2.5, 97.5), 0.5005, draws) == pytest.approx((2.5, 97.5), abs=0.05)
    assert scales._moved((2.5, 97.5), 0.25, draws) == pytest.approx((0.047, 72.9), abs=0.15)


def test_omega_of_gaps_is_not_flattered():
    """Alpha and omega .77, two of three items asked of 300 people, 60 times: 54 intervals of omega or more hold it."""
    dice, held = np.random.default_rng(8), 0
    for _ in range(60):
        latent = dice.normal(size=(300, 1)) + np.sqrt(0.9) * dice.normal(size=(300, 3))
        gaps = dice.integers(0, 3, 300)[:, None] == np.arange(3)
        values = np.where(gaps, np.nan, latent)
        spread = scales.consistency.covariances(values)
        drawn = scales.consistency.covariances(values, scales.replicates.counts(300, 200, dice))
        found = scales._estimated(scales.one_factor.omega(spread)[0], scales.one_factor.omega(drawn), 300, corrected=True)
        held += found.low <= 3 / 3.9 <= found.high
    assert held >= 54
