"""Stages of a change: shares that pass each, where people stop, whether the order holds, what holds units back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings, staff

from kithwork.change.stages import order, stages
from kithwork.claims import Ledger
from kithwork.estimates import proportion
from kithwork.simulation import simulate
from kithwork.simulation.attitudes import STAGES
from kithwork.simulation.knobs import NOTHING_THERE, Knobs
from kithwork.simulation.tables import tables
from kithwork.tables import ANSWERS, WEIGHTS

SET_TO = settings()


def of(rows, units, weights=None):
    """The stages of persons p000, p001 … by their five answers, NaN where none."""
    given = [
        (f"p{who:03d}", stage, value)
        for who, row in enumerate(rows)
        for stage, value in zip(STAGES, row, strict=True)
        if not np.isnan(value)
    ]
    answers = ANSWERS.checked(pd.DataFrame(given, columns=list(ANSWERS.columns)))
    weighed = pd.DataFrame({"person_id": [f"p{who:03d}" for who in range(len(rows))], "weight": weights or 1.0})
    return stages(answers, staff(units), WEIGHTS.checked(weighed), SET_TO, np.random.default_rng(1))


def h(passed) -> float | None:
    """The index of the order alone."""
    passed = np.asarray(passed, dtype=bool)
    found = order(passed, np.ones(len(passed)), 100, np.random.default_rng(1))
    return None if found is None else found.estimate


NAN = float("nan")
FOUR = [(5, 5, 5, 4, 4), (4, 4, 3, 5, 5), (2, 5, 5, 5, 5), (5, 4, NAN, 1, 1)]
"""Passes all; stops at the third; at the first; left out the third, so that where it stops is not known."""


def test_shares_by_hand():
    """A stage is passed by a 4 or a 5 of those who answered it; people stop at the first they have not passed."""
    found = of(FOUR, ["A", "A", "B", "B"])
    passed = [found.passed[stage, None].estimate for stage in STAGES]
    assert passed == pytest.approx([3 / 4, 1, 2 / 3, 3 / 4, 3 / 4])
    assert [found.passed[stage, None].n for stage in STAGES] == [4, 4, 3, 4, 4]
    assert [found.stops[stage, None].estimate for stage in STAGES] == pytest.approx([1 / 3, 0, 1 / 3, 0, 0])
    assert found.stops["KN", "A"].estimate == 1 / 2
    assert found.stops["AW", "B"].n == 1


def test_weighted_share_has_wilsons_interval_at_the_effective_number():
    """Weights 3, 1, 1, 1: AW is passed by 5 of 6, as sure as 36/12 people tell it; weights alike give Wilson's own."""
    found = of(FOUR, [None] * 4, [3.0, 1, 1, 1]).passed["AW", None]
    wilson = proportion(5 / 6 * 3, 3)
    assert (found.estimate, found.low, found.high) == pytest.approx((5 / 6, wilson.low, wilson.high))
    assert of(FOUR, [None] * 4).passed["AW", None] == proportion(3, 4)


def test_order_of_two_items_as_published():
    """Means of .6 and .2, 100 people, 2 of whom pass the second alone where chance gives 8: H is .75 (notes on `loevh`)."""
    assert h([(1, 1)] * 18 + [(0, 1)] * 2 + [(1, 0)] * 42 + [(0, 0)] * 38) == pytest.approx(0.75)


def test_order_is_one_where_nobody_skips_and_nothing_where_stages_are_independent():
    """Guttman's ladder gives 1, every pattern alike often 0, the ladder upside down less than that."""
    ladder = np.tril(np.ones((6, 5)), -1)
    assert h(ladder) == 1
    assert h([[bit >> at & 1 for at in range(5)] for bit in range(32)]) == pytest.approx(0)
    assert h(ladder[:, ::-1]) < 0
    assert h(np.ones((4, 5))) is None
    assert h(np.ones((1, 5))) is None


@given(st.integers(0, 10**6))
def test_order_is_mokkens_where_shares_fall(seed):
    """Then H is the sum of covariances over the sum of the largest that these shares allow (Mokken 1971, 149)."""
    rng = np.random.default_rng(seed)
    passed = rng.normal(size=(60, 1)) + rng.normal(size=(60, 4)) > [-0.5, 0, 0.4, 1.0]
    passed = passed[:, np.argsort(-passed.mean(axis=0), kind="stable")]
    share, joint = passed.mean(axis=0), np.cov(passed.T.astype(float), bias=True)
    upper = np.triu_indices(4, 1)
    most = (share[None, :] * (1 - share[:, None]))[upper].sum()
    assert h(passed) == pytest.approx(joint[upper].sum() / most if most else None)


def test_interval_of_the_order_holds_that_of_the_many():
    """Of 100 samples of 150 people, at least 90 intervals hold the index of 100,000."""

    def drawn(people, rng):
        return 0.8 * rng.normal(size=(people, 1)) + 0.6 * rng.normal(size=(people, 5)) > np.arange(5) / 2 - 0.8

    rng = np.random.default_rng(5)
    true = h(drawn(100_000, rng))
    found = [order(drawn(150, rng), np.ones(150), 200, rng) for _ in range(100)]
    assert np.mean([one.low <= true <= one.high for one in found]) >= 0.9


def named_in(seed: int, knobs: Knobs):
    """Stages of a simulated organisation that are named by unit, the units there are, and what was planted."""
    world = simulate(300, 12, seed, knobs)
    brought = tables(world)
    found = stages(brought["answers"], brought["people"], WEIGHTS.empty(), SET_TO, np.random.default_rng(seed))
    units = world.org.people["unit"].to_numpy()
    planted = {unit: STAGES[world.minds.bottleneck[code]] for unit, code in zip(units, world.org.unit_of, strict=True)}
    return found, planted


def test_planted_bottlenecks_of_simulated_organisations_are_named():
    """Half of the units are named, nine in ten of them rightly; and the order of stages holds."""
    found = [named_in(seed, Knobs(contact=1)) for seed in range(3)]
    told = [stage == planted[unit] for one, planted in found for unit, (stage, _) in one.holds.items()]
    assert len(told) > 0.5 * sum(len(planted) for _, planted in found)
    assert np.mean(told) >= 0.9
    assert all(one.order.low > 0.3 for one, _ in found)


def test_no_bottleneck_is_named_where_none_is_planted():
    """At most one unit in twenty, where units do not differ."""
    found = [named_in(seed, NOTHING_THERE) for seed in range(2)]
    assert sum(len(one.holds) for one, _ in found) <= 0.05 * sum(len(planted) for _, planted in found)


def test_claims_are_by_stage_and_of_a_unit_the_one_that_holds_it_back():
    """Every stage's two shares of the whole in %, and for each unit at most one stage that holds it back, with its support
    alone: how many of a unit's people passed a stage is told nowhere."""
    found, planted = named_in(0, Knobs(contact=1))
    ledger = Ledger("change")
    found.claims(ledger)
    frame = ledger.frame()
    whole = frame[frame["group"].isna()]
    shares = {f"change.{kind}.{stage}" for kind in ("passed", "stops") for stage in STAGES}
    assert set(whole["measure"]) == shares | {"change.stage_order"}
    held = frame[frame["measure"].str.startswith("change.holds.")]
    assert set(frame.loc[frame["group"].notna(), "measure"]) == set(held["measure"])
    assert held["group"].is_unique
    assert set(held["group"]) <= set(planted)
    assert {group: name[-2:] for group, name in zip(held["group"], held["measure"], strict=True)} == {
        group: stage for group, (stage, _) in found.holds.items()
    }
    assert (held["estimate"].between(95, 100) & (held["low"] == 95) & (held["high"] == 100)).all()
    assert held["reference"].isna().all()


def test_without_answers_nothing_is_claimed():
    """Nobody was asked about a change."""
    found = stages(ANSWERS.empty(), staff(["A", "B"]), WEIGHTS.empty(), SET_TO, np.random.default_rng(1))
    ledger = Ledger("change")
    found.claims(ledger)
    assert ledger.frame().empty
