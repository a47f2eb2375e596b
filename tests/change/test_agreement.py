"""Whether group means are shared views: planted views, the two ways to fail, and units that say nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import synthetic

from kithwork import simulation
from kithwork.change.agreement import agreement
from kithwork.claims import Ledger
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.tables import tables

SETTINGS = synthetic.settings()
ITEMS = ("PS1", "PS2", "PS3", "PS4")


def rng() -> np.random.Generator:
    """The same numbers for every test."""
    return np.random.default_rng([2016, 9])


def said(middle: np.ndarray, spread: float, seed: int = 1) -> pd.DataFrame:
    """Answers on candour of persons p000 …, about each one's middle and so far apart; PS3 is worded the other way."""
    dice = np.random.default_rng(seed)
    points = np.clip(np.round(middle[:, None] + spread * dice.normal(size=(len(middle), 4))), 1, 5)
    points[:, 2] = 6 - points[:, 2]
    rows = [(f"p{i:03d}", item, points[i, at]) for i in range(len(middle)) for at, item in enumerate(ITEMS)]
    return pd.DataFrame(rows, columns=["person_id", "item", "value"])


def units(groups: int, size: int) -> tuple[pd.DataFrame, np.ndarray]:
    """A staff list of so many units of that size, and the unit's number of each person."""
    codes = np.repeat(np.arange(groups), size)
    return synthetic.staff([f"Unit {code:02d}" for code in codes]), codes


def test_a_shared_view():
    """Units that differ, people of one who answer alike: shared, all three figures high, and each claimed with n."""
    people, codes = units(12, 8)
    found = agreement(said(2.0 + codes % 3, 0.5), people, SETTINGS, rng())
    row = found.table.set_index("scale").loc["candour"]
    assert found.shared == {"candour"}
    assert row["icc1"] > 0.6
    assert row["icc2"] > 0.9
    assert row["rwg_low"] <= row["rwg"] <= row["rwg_high"]
    assert row["rwg_skewed"] < row["rwg"]
    assert row["agreeing"] == 1.0
    ledger = Ledger("change")
    found.claims(ledger)
    frame = ledger.frame().set_index("id")
    assert list(frame.index) == ["change.icc1.candour", "change.icc2.candour", "change.rwg.candour"]
    assert set(frame["people"]) == {96}
    assert frame["reference"].notna().tolist() == [False, False, True]


def test_people_agree_but_units_do_not_differ():
    """Everybody answers alike but for chance: agreement is high, and yet no mean is a unit's own."""
    people, _ = units(12, 8)
    found = agreement(said(np.full(96, 3.0), 0.5, seed=4), people, SETTINGS, rng())
    assert found.shared == frozenset()
    assert found.table["rwg"].iloc[0] > 0.9
    assert found.table["why"].iloc[0].startswith("groups differ no more than by chance (F ")


def test_units_differ_but_people_do_not_agree():
    """Answers all over the scale, units a little apart, many people: the F test sees them, agreement is missing."""
    people, codes = units(8, 40)
    dice = np.random.default_rng(2)
    found = agreement(said(1.0 + 2 * dice.integers(0, 3, 320) + 0.5 * (codes % 3 - 1), 1.2), people, SETTINGS, rng())
    row = found.table.iloc[0]
    assert row["p"] < 0.05
    assert not row["shared"]
    assert row["why"].startswith("people of the middle group agree by 0.")


def test_chance_is_rarely_taken_for_a_shared_view():
    """Units made up by lot, people who answer much alike: of 60 studies about one in twenty is called shared."""
    people, _ = units(10, 6)
    found = [agreement(said(np.full(60, 3.0), 0.6, seed), people, SETTINGS, rng()).shared for seed in range(60)]
    assert sum(map(bool, found)) <= 8


def test_units_of_one_and_none():
    """A unit of one person counts as a group but has no agreement; who has no unit is in none."""
    people = synthetic.staff(["A"] * 6 + ["B"] * 6 + ["C", None])
    row = agreement(said(np.r_[np.full(6, 2.0), np.full(8, 4.0)], 0.4), people, SETTINGS, rng()).table.iloc[0]
    assert (row["people"], row["groups"], row["rwg_groups"]) == (13, 3, 2)


@pytest.mark.parametrize("unit", ["one", "each"])
def test_it_cannot_be_told(unit):
    """One unit, or each person a unit: no figure, no claim, and the mean is not called shared."""
    people = synthetic.staff(["A" if unit == "one" else f"U{i}" for i in range(20)])
    found = agreement(said(np.full(20, 3.0), 1.0), people, SETTINGS, rng())
    ledger = Ledger("change")
    found.claims(ledger)
    assert found.shared == frozenset()
    assert found.table["why"].iloc[0].endswith("it cannot be told")
    assert ledger.frame().empty


def test_all_alike():
    """One answer from everybody: agreement is 1, differences there are none, and the mean is nobody's own."""
    people, _ = units(4, 5)
    found = agreement(said(np.full(20, 4.0), 0.0), people, SETTINGS, rng())
    assert found.table["rwg"].iloc[0] == 1.0
    assert found.table["icc1"].isna().all()
    assert found.shared == frozenset()


def test_no_survey():
    """Nobody answered: an empty table."""
    people, _ = units(2, 3)
    assert agreement(said(np.array([]), 1.0), people, SETTINGS, rng()).table.empty


def test_a_planted_share_between_units_is_found():
    """Simulated surveys with a unit effect and without: mean ICC(1) over scales is near what errors of items leave."""
    for effect, expected in ((0.0, 0.0), (0.4, 0.33)):
        world = simulation.simulate(300, 8, 6, Knobs(unit_effect=effect, reliability=0.9, careless=0, response=1.0))
        made = tables(world)
        found = agreement(made["answers"], made["people"], SETTINGS, rng())
        assert found.table["icc1"].mean() == pytest.approx(expected, abs=0.05)
