"""Indicators by unit: by hand, against other ways to the same number, at the gate, and without any effect."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings, staff

from kithwork.claims import Ledger
from kithwork.estimates import Estimate, expanded, proportion
from kithwork.release import release
from kithwork.values.evidence import Evidence, Measured
from kithwork.values.groups import AS_FOUND, claims, group_scores, marked
from kithwork.values.persons import over_people

NAMES = ["influence.as_answered", "learning.as_answered", "people_power.as_answered"]

SETTINGS = settings(values={"resamples": 100})


def evidence(sizes: list[int], nowhere: int = 0) -> Evidence:
    """People in units of these sizes, and some in none."""
    units = [f"U{unit:02d}" for unit, size in enumerate(sizes) for _ in range(size)] + [None] * nowhere
    return Evidence(SETTINGS, staff(units), None, None, None, np.random.default_rng(1))


def share(
    of: Evidence, top: np.ndarray, bottom: np.ndarray | None = None, unit: str = "%", factor: float = 100
) -> Measured:
    """The indicator that sums these over people."""
    bottom = np.ones(len(top)) if bottom is None else bottom
    return over_people(of, top, bottom, unit=unit, method="Counted", needs="people", factor=factor)


def test_found_figures_by_hand():
    """Two of four, none of three, both of two; a unit of one person and people of no unit have no row."""
    of = evidence([4, 3, 2, 1], nowhere=2)
    scores = group_scores({NAMES[0]: share(of, np.array([1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1.0]))}, of)
    assert scores["unit"].tolist() == ["U00", "U01", "U02"]
    assert scores["found"].tolist() == [50, 0, 100]
    assert scores["people"].tolist() == [4, 3, 2]
    none = proportion(0, 3).times(100)
    assert scores.loc[1, ["found_low", "found_high"]].tolist() == pytest.approx([none.low, none.high])


def test_people_alike_have_an_interval():
    """All five of a unit answer 75 of 100: resampling moves nothing, and the interval is that of 3.75 of 5."""
    of = evidence([5, 6])
    scores = group_scores({NAMES[0]: share(of, np.array([0.75] * 5 + [0, 0.25, 0.5, 0.5, 1, 1]), unit="score")}, of)
    alike = proportion(3.75, 5).times(100)
    assert scores.loc[0, ["found_low", "found_high"]].tolist() == pytest.approx([alike.low, alike.high])


@pytest.mark.parametrize(("unit", "ends"), [("scale points", (-4, 4)), ("per 100 hours", None)])
def test_people_alike_have_an_interval_in_every_unit(unit, ends):
    """A unit in which all say 0, or nobody has a result, is not certain of it, as the whole would not be."""
    of = evidence([5, 6])
    top = np.array([0.0] * 5 + [1, 2, 0, 3, 1, 2])
    one = over_people(of, top, np.full(11, 2.0), unit=unit, method="Counted", needs="people", ends=ends)
    alike = over_people(evidence([5]), np.zeros(5), np.full(5, 2.0), unit=unit, method="Counted", needs="people", ends=ends)
    scores = group_scores({NAMES[0]: one}, of)
    assert scores.loc[0, ["found_low", "found_high"]].tolist() == pytest.approx([alike.estimate.low, alike.estimate.high])
    assert alike.estimate.low < alike.estimate.high


def test_the_figures_are_in_the_indicators_unit():
    """Units' means weigh up to the organisation's, whatever factor made the figure."""
    of = evidence([5, 10, 15])
    rng = np.random.default_rng(2)
    one = share(of, rng.uniform(0, 1, 30), unit="score")
    scores = group_scores({NAMES[0]: one}, of)
    assert scores["people"] @ scores["found"] / 30 == pytest.approx(one.estimate.estimate)


def test_intervals_agree_with_a_bootstrap_of_one_unit():
    """The ends of each unit's interval are those of the same draws taken one unit and one indicator at a time, its tails by
    the people who are part of that indicator."""
    of = evidence([6, 9, 12])
    rng = np.random.default_rng(3)
    asked = np.arange(27)[:, None] % 3 < [3, 3, 2]
    top, bottom = rng.uniform(0, 1, (27, 3)) * asked, rng.integers(1, 5, (27, 3)) * asked.astype(float)
    measured = {name: share(of, *columns) for name, *columns in zip(NAMES, top.T, bottom.T, strict=True)}
    scores = group_scores(measured, of).set_index(["indicator", "unit"])
    for name, one in measured.items():
        for code, unit in enumerate(of.units):
            who = of.unit_codes == code
            drawn = of.drawn_by_unit[:, who].astype(float)
            draws = 100 * (drawn @ one.per_person.top[who]) / (drawn @ one.per_person.bottom[who])
            ends = scores.loc[(name, unit), ["found_low", "found_high"]].tolist()
            assert ends == pytest.approx(np.nanpercentile(draws, expanded(int((one.per_person.bottom[who] > 0).sum()))))


@given(st.integers(0, 10**6), st.integers(2, 8))
def test_shrunk_lies_between_found_and_the_whole(seed, units):
    """Whatever the figures, a unit is pulled towards the organisation's figure and not past it; q is a probability."""
    rng = np.random.default_rng(seed)
    of = evidence(rng.integers(2, 9, units).tolist(), nowhere=int(rng.integers(0, 3)))
    bottom = rng.integers(0, 4, len(of.people)).astype(float)
    bottom[:2] = 1
    one = share(of, rng.binomial(bottom.astype(int), 0.4), bottom)
    scores, whole = group_scores({NAMES[0]: one}, of), one.estimate.estimate
    assert (scores["shrunk"] >= np.minimum(scores["found"], whole) - 1e-9).all()
    assert (scores["shrunk"] <= np.maximum(scores["found"], whole) + 1e-9).all()
    assert scores["shrunk_low"].min() >= 0 if len(scores) else True


@pytest.mark.parametrize("apart", [0.5, 1.0])
def test_shrunk_intervals_hold_planted_shares(apart):
    """Units of 4 to 40 people whose log odds of yes lie `apart` about 0: 93 to 97 % of the intervals hold their share."""
    rng = np.random.default_rng(8)
    held = []
    for _ in range(60):
        of = evidence(rng.integers(4, 41, rng.integers(8, 21)).tolist())
        true = 1 / (1 + np.exp(-rng.normal(0, apart, (len(NAMES), len(of.units)))))
        top = (rng.random((len(NAMES), len(of.people))) < true[:, of.unit_codes]).astype(float)
        scores = group_scores(dict(zip(NAMES, (share(of, each) for each in top), strict=True)), of)
        planted = 100 * true.ravel()
        held.append((scores["shrunk_low"] <= planted) & (planted <= scores["shrunk_high"]))
    assert 0.93 <= np.concatenate(held).mean() <= 0.97


def test_a_planted_difference_is_marked():
    """One unit of twenty at 90 % among units at 40 %: marked, alone, and pulled towards the whole."""
    of = evidence([20] * 8)
    top = np.concatenate([[1] * 18 + [0] * 2, np.tile([1] * 8 + [0] * 12, 7)]).astype(float)
    scores = group_scores({NAMES[0]: share(of, top)}, of)
    assert marked(scores)[["unit", "above"]].to_numpy().tolist() == [["U00", True]]
    assert not scores["above"][1:].any()
    assert 46 < scores["shrunk"][0] < 90


def test_ties_by_unit_are_taken_as_given():
    """An indicator over ties brings its units' figures; they are shrunk, and held against the other units'."""
    of = evidence([10, 12, 14, 16])
    by_unit = {
        unit: Estimate(value, value - 5, value + 5, n)
        for unit, value, n in zip(of.units, (20, 22, 24, 60), (10, 11, 12, 16), strict=True)
    }
    whole = Estimate(35.0, 30.0, 40.0, 52)
    scores = group_scores({NAMES[0]: Measured(whole, "%", "Counted", by_unit=by_unit)}, of)
    assert scores["found"].tolist() == [20, 22, 24, 60]
    assert scores["people"].tolist() == [10, 11, 12, 16]
    assert "U03" in marked(scores)["unit"].tolist()
    assert (scores["shrunk"] > scores["found"]).tolist() == (scores["found"] < (20 + 22 + 24 + 60) / 4).tolist()


def test_units_tied_across_are_shrunk_towards_one_another():
    """Every unit's E-I lies above the whole's, which counts a tie across once: units alike stay alike, and above it."""
    of = evidence([10, 10, 10])
    by_unit = {unit: Estimate(0.5, 0.2, 0.8, 10) for unit in of.units}
    measured = {NAMES[0]: Measured(Estimate(0.2, 0.0, 0.4, 30), "index", "Counted", by_unit=by_unit)}
    scores, ledger = group_scores(measured, of), Ledger("values")
    claims(ledger, scores, measured)
    assert scores["shrunk"].tolist() == pytest.approx([0.5] * 3)
    shown = release(ledger.frame(), 5).of(f"values.{NAMES[0]}")
    assert shown["reference"].tolist() == [0.2] * 3
    assert shown["method"].str.contains("shrunk towards the mean of the units").all()


def test_a_unit_above_the_whole_may_lie_below_all_others():
    """Of ties a unit is set against the other units, as its P is: the side is that of 0.3 among 0.8, not beside 0.2."""
    of = evidence([12, 12, 12])
    by_unit = {unit: Estimate(e_i, e_i - 0.1, e_i + 0.1, 12) for unit, e_i in zip(of.units, (0.3, 0.8, 0.8), strict=True)}
    one = Measured(Estimate(0.2, 0.0, 0.4, 36), "index", "Counted", by_unit=by_unit)
    scores = group_scores({NAMES[0]: one}, of)
    assert scores["above"].tolist() == [False, True, True]
    assert "U00" in marked(scores)["unit"].tolist()


def test_people_of_a_unit_with_too_few_ties_are_covered():
    """Three of the 36 with ties are of a unit without a figure: the smallest unit is held back with them, though all people
    of the other three are 36 too."""
    of = evidence([10, 12, 14, 4])
    by_unit = {unit: Estimate(0.5, 0.2, 0.8, n) for unit, n in zip(of.units, (9, 11, 13), strict=False)}
    measured = {NAMES[0]: Measured(Estimate(0.2, 0.0, 0.4, 36), "index", "Counted", by_unit=by_unit)}
    ledger = Ledger("values")
    claims(ledger, group_scores(measured, of), measured)
    assert release(ledger.frame(), 5).of(f"values.{NAMES[0]}{AS_FOUND}")["group"].tolist() == ["U01", "U02"]


def test_no_units_no_rows():
    """One unit, or none: there is nothing to set beside one another."""
    for of in (evidence([6]), evidence([], nowhere=6)):
        assert group_scores({NAMES[0]: share(of, np.arange(6.0))}, of).empty
    of = evidence([3, 3])
    assert group_scores({NAMES[0]: Measured(Estimate(1, 0, 2, 6), "%", "Counted")}, of).empty


def test_claims_pass_the_gate_as_parts_of_their_whole():
    """Both measures hold back the unit of three, and one more to cover it: nobody can take the rest from the whole."""
    of = evidence([3, 6, 9, 12])
    rng = np.random.default_rng(6)
    measured = {NAMES[0]: share(of, rng.uniform(0, 1, 30), unit="score")}
    ledger = Ledger("values")
    ledger.add(NAMES[0], "How far people learn", measured[NAMES[0]].estimate, unit="score", method="Counted")
    claims(ledger, group_scores(measured, of), measured)
    shown = release(ledger.frame(), 5)
    for measure in (NAMES[0], NAMES[0] + AS_FOUND):
        assert shown.of(f"values.{measure}")["group"].tolist() == ["U02", "U03"]
    rows = shown.of(f"values.{NAMES[0]}")
    assert rows["label"].str.contains("drawn towards the whole").all()
    assert rows["method"].str.contains("empirical Bayes").all()
    assert rows["reference"].tolist() == pytest.approx([round(measured[NAMES[0]].estimate.estimate)] * 2)


def test_the_whole_stands_beside_units_that_lack_people():
    """Two people in no unit are counted in the whole's figure: units as found are held back until they are covered."""
    of = evidence([6, 7, 9], nowhere=2)
    measured = {NAMES[0]: share(of, np.random.default_rng(7).uniform(0, 1, 24), unit="score")}
    ledger = Ledger("values")
    claims(ledger, group_scores(measured, of), measured)
    frame: pd.DataFrame = ledger.frame()
    whole = frame[(frame["measure"] == f"values.{NAMES[0]}{AS_FOUND}") & frame["group"].isna()]
    assert whole["people"].tolist() == [24]
    assert release(frame, 5).of(f"values.{NAMES[0]}{AS_FOUND}")["group"].tolist() == ["U01", "U02"]
