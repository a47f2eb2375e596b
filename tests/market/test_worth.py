"""What a signal would bring, and whether it repeats."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hearing import DAY, register
from scipy import stats

from kithwork.market.worth import SPREAD, pooled, repeats, values
from kithwork.shrinkage import shrunk

DRAWS = 4000


def rng() -> np.random.Generator:
    """A generator of its own for each call."""
    return np.random.default_rng(4)


def entries(rows: list[dict]) -> pd.DataFrame:
    """Entries whose problem is the signal."""
    frame = register(rows)
    return frame.assign(signal_id=frame["problem"])


def test_eight_schools_as_published():
    """Posterior medians of the effects of coaching in eight schools, and A's interval (Gelman et al. 2013, table 5.3).

    The scale of these logarithms is a tenth of theirs.
    """
    effects = np.array([28.39, 7.94, -2.75, 6.82, -0.64, 0.63, 18.01, 12.16]) / 10
    errors = np.array([14.9, 10.2, 16.3, 11.0, 9.4, 11.4, 10.4, 17.6]) / 10
    draws = pooled(effects, errors**2, float(effects.mean()), 40_000, rng()) * 10
    middle = np.median(draws, axis=0)
    assert middle == pytest.approx([10, 8, 7, 8, 5, 6, 10, 8], abs=1.5)
    assert np.percentile(draws[:, 0], [2.5, 97.5]) == pytest.approx([-2, 31], abs=4)


def test_where_many_signals_have_values_it_is_as_empirical_bayes():
    """Sixty signals: figures within a tenth of those of `shrinkage`."""
    made = np.random.default_rng(5)
    own, noise = made.normal(12, 0.8, 60), made.uniform(0.05, 0.6, 60)
    own = own + made.normal(0, np.sqrt(noise))
    beside = shrunk(own, noise, float(own.mean()), np.full(60, 1 / 60))
    assert pooled(own, noise, 12.0, 20_000, rng()).mean(axis=0) == pytest.approx(beside.figures, abs=0.1)


def test_intervals_hold_planted_values():
    """Also of signals that nobody stated a value of: 93 to 97 % of 95 % intervals, over 150 registers of twenty."""
    made, held = np.random.default_rng(6), []
    for _ in range(150):
        true, noise = made.normal(12, 0.8, 20), np.full(20, 0.16)
        own = np.where(made.random(20) < 0.6, true + made.normal(0, 0.4, 20), np.nan)
        low, high = np.percentile(pooled(own, noise, 12.0, 1000, made), [2.5, 97.5], axis=0)
        held.append((low <= true) & (true <= high))
    assert 0.93 <= np.mean(held) <= 0.97


def test_few_entries_are_pulled_in_and_none_are_wide():
    """One entry of a million is pulled towards the others, ten are not; without any the interval holds all the others."""
    rows = [{"problem": f"s{number}", "expected": 10_000.0 * (1 + number)} for number in range(8)]
    rows += [{"problem": "once", "expected": 1e6}] + [{"problem": "often", "expected": 1e6}] * 10 + [{"problem": "never"}]
    names = pd.Index(sorted({row["problem"] for row in rows}))
    draws = values(entries(rows), names, np.full(len(names), "register"), DRAWS, rng())
    found = pd.Series(np.exp(np.median(draws, axis=0)), index=names)
    assert found["once"] < 0.95 * found["often"] < 1e6
    spread = pd.Series(draws.std(axis=0), index=names)
    assert spread["often"] < spread["once"] < spread["never"]
    assert spread["never"] > 0.7 * SPREAD


def test_kinds_do_not_lend_each_other_how_far_they_differ():
    """Problems at home are all alike; topics with no value stated are not therefore."""
    rows = [{"problem": f"home {number}", "expected": 40_000.0} for number in range(30)] + [{"problem": "topic"}]
    names = pd.Index(sorted({row["problem"] for row in rows}))
    kinds = np.where(names == "topic", "heard", "register")
    spread = values(entries(rows), names, kinds, DRAWS, rng()).std(axis=0)
    assert spread[names != "topic"].max() < 0.5
    assert spread[names == "topic"][0] > SPREAD


def test_without_any_value_there_is_none():
    """Nothing was stated, or nothing above nought."""
    names = pd.Index(["a"])
    assert values(entries([{"problem": "a"}, {"problem": "a", "expected": 0.0}]), names, np.array(["x"]), 10, rng()) is None
    assert values(entries([]), names, np.array(["x"]), 10, rng()) is None


def settled(counts: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Entries of which so many of so many were made use of, by signal."""
    rows = []
    for name, (used, tried) in counts.items():
        for number in range(tried):
            rows.append({"problem": name, "tested": DAY, "scaled" if number < used else "dropped": DAY})
    return entries(rows)


def test_repeats_are_a_beta_binomial():
    """Mean of each signal against the same posterior integrated by scipy's distributions on the same grid."""
    counts = {"a": (0, 4), "b": (3, 4), "c": (1, 2), "d": (9, 10)}
    found = repeats(settled(counts), pd.Index([*counts, "e"]), 60_000, rng()).mean(axis=0)
    grid = [(m * k, (1 - m) * k) for m in np.linspace(0.025, 0.975, 39) for k in np.geomspace(1, 50, 30)]
    likely = [
        np.prod([stats.betabinom.pmf(used, tried, a, b) for used, tried in counts.values()]) / np.sqrt(a + b)
        for a, b in grid
    ]
    wanted = [
        np.average([(a + used) / (a + b + tried) for a, b in grid], weights=likely)
        for used, tried in [*counts.values(), (0, 0)]
    ]
    assert found == pytest.approx(wanted, abs=0.01)


def test_repeats_hold_planted_chances():
    """Of thirty signals tried two to five times each, 93 to 97 % of intervals hold what was planted, over 60 registers."""
    made, held = np.random.default_rng(8), []
    for _ in range(60):
        true, tried = made.beta(2, 2, 30), made.integers(0, 6, 30)
        used = made.binomial(tried, true)
        counts = {f"s{at:02d}": (int(used[at]), int(tried[at])) for at in range(30)}
        low, high = np.percentile(repeats(settled(counts), pd.Index(list(counts)), 500, made), [2.5, 97.5], axis=0)
        held.append((low <= true) & (true <= high))
    assert 0.93 <= np.mean(held) <= 0.97


def test_what_was_not_tried_or_not_settled_says_nothing():
    """Ideas that were given up untried, or are still on trial, are no failures."""
    open_ones = entries([{"problem": "a", "dropped": DAY}, {"problem": "a", "tested": DAY}])
    assert repeats(open_ones, pd.Index(["a"]), DRAWS, rng()).mean() == pytest.approx(0.5, abs=0.02)
