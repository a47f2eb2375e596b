"""Composites: by hand, what they refuse to be made of, and how far the order of the values hangs on weights.

The interval covers a planted composite; values far apart keep their order under all weights, equal ones do not.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau
from synthetic import settings, staff

from kithwork.chapters import indicators
from kithwork.claims import Ledger
from kithwork.estimates import Estimate
from kithwork.release import DECIMALS
from kithwork.values import VALUES, composite, scorecard
from kithwork.values.distances import distances
from kithwork.values.evidence import Evidence, Measured
from kithwork.values.persons import over_people
from kithwork.values.scorecard import Scorecard

FIRST, SECOND, THIRD = VALUES[0], VALUES[6], VALUES[9]
REDUNDANCY, REACH = f"{FIRST}.redundancy", f"{SECOND}.reach_across"


def evidence(people: int, weights: dict | None = None) -> Evidence:
    """Nothing but people to draw, and weights."""
    values = {} if weights is None else {"weights": weights}
    return Evidence(settings(values=values), staff([None] * people), None, None, None, np.random.default_rng(1))


def answered(within: Evidence, *levels: object) -> Measured:
    """Answers of each person, 0 to 1; NaN for none."""
    given = np.array(levels, dtype=float)
    return over_people(within, np.nan_to_num(given), ~np.isnan(given), unit="score", factor=100, method="x", needs="x")


def whole(figure: float, reference: float | None = 0.0, spread: float | None = 1.0, error: float = 0.01) -> Measured:
    """A measure of the whole network."""
    found = Estimate(figure, figure - 2 * error, figure + 2 * error, 30)
    return Measured(found, "index", "x", reference, "chance", spread=spread)


def shared(within: Evidence, levels: np.ndarray, reference: float) -> Measured:
    """A mean over people, with draws."""
    every = np.ones(len(levels))
    return over_people(within, levels, every, unit="index", method="x", needs="x", reference=reference)


def by_hand(weights: dict | None = None) -> composite.Composites:
    """Two people answer 5 and 3, 3 and 1 of two values; the first one's ties lie 2 deviations on the wrong side."""
    within = evidence(2, weights)
    found = {
        REDUNDANCY: whole(0.5, 0.3, 0.1),
        f"{FIRST}.as_answered": answered(within, 1, 0.5),
        f"{SECOND}.as_answered": answered(within, 0.5, 0),
    }
    return composite.standardise(within, Scorecard(found))


def test_a_composite_by_hand():
    """Each answers the first value a quarter above the own mean, of people sd √2/4 apart: 1/√2; redundancy is −2."""
    found = by_hand()
    answers = 0.25 / (np.sqrt(2) / 4)
    assert found.distances[REDUNDANCY].estimate == pytest.approx(-2)
    assert found.distances[f"{FIRST}.as_answered"].estimate == pytest.approx(answers)
    assert found.distances[f"{SECOND}.as_answered"].estimate == pytest.approx(-answers)
    assert found.composites[FIRST].estimate == pytest.approx((-2 + answers) / 2)
    heavier = by_hand({FIRST: {"redundancy": 3.0}})
    assert heavier.composites[FIRST].estimate == pytest.approx((3 * -2 + answers) / 4)


def test_agreeing_to_everything_moves_nothing():
    """One who answers two points more to all ten than before: distances have the same upper sum, by person."""
    rng = np.random.default_rng(3)
    within, levels = evidence(20), rng.uniform(0, 0.5, (20, 10))
    generous = levels + 0.5 * (np.arange(20) == 4)[:, None]
    sums = []
    for given_ in (levels, generous):
        card = Scorecard({f"{value}.as_answered": answered(within, *given_[:, at]) for at, value in enumerate(VALUES)})
        spread = {name: one.spread / 100 for name, one in card.measured.items()}
        sums.append({name: one.value * spread[name] for name, one in distances(within, card).items()})
    assert sums[0] == pytest.approx(sums[1])
    assert sum(sums[0].values()) == pytest.approx(0)


def test_answers_to_one_value_alone_are_no_distance():
    """Whoever answered of one value has nothing to set it against, and nor has a study that asked of one."""
    within = evidence(4)
    card = Scorecard({f"{FIRST}.as_answered": answered(within, 1, 0.5, 0, 0)})
    assert distances(within, card) == {}
    second = answered(within, 0.5, 0, 0.5, np.nan)
    both = distances(within, Scorecard(card.found | {f"{SECOND}.as_answered": second}))
    assert both[f"{FIRST}.as_answered"].people == 3


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        ((), "no indicator can be put on this scale"),
        ((REACH,), "only one indicator can be put on this scale"),
        (("answers", "other answers"), "only one indicator can be put on this scale"),
    ],
)
def test_a_value_with_too_little_says_why(kept, why):
    """No composite of one indicator."""
    within = evidence(4)
    every = {
        REACH: whole(1.0),
        "answers": answered(within, 1, 0.5, 0, 0.5),
        "other answers": answered(within, 0, 0.5, 1, 0),
    }
    names = {"answers": f"{SECOND}.as_answered", "other answers": f"{FIRST}.as_answered"}
    found = composite.standardise(within, Scorecard({names.get(name, name): every[name] for name in kept}))
    assert found.missing[SECOND] == why
    assert SECOND not in found.composites
    row = found.table().set_index("value").loc[SECOND]
    assert (row["missing"], np.isnan(row["composite"])) == (why, True)


@pytest.mark.parametrize("part", ["reference", "spread"])
def test_an_indicator_without_reference_or_spread_is_no_distance(part):
    """What it lies away from, or how far people are apart, is not known."""
    within = evidence(4)
    held = {part: None}
    assert distances(within, Scorecard({REACH: whole(1.0, **held)})) == {}


def test_self_report_alone_is_no_composite(monkeypatch):
    """Two things people say of themselves agree for that very reason."""
    within = evidence(4)
    found = {
        "a.one": composite.Distance(1.0, np.ones(9), True, 9),
        "a.other": composite.Distance(1.0, np.ones(9), True, 9),
    }
    monkeypatch.setattr(composite, "VALUES", ("a",))
    monkeypatch.setattr(composite, "distances", lambda *_: found)
    assert composite.standardise(within, Scorecard({})).missing == {"a": "stands on what people say of themselves alone"}


def test_an_indicator_of_no_weight_is_left_out():
    """It is none of the two that a composite needs."""
    assert by_hand({FIRST: {"redundancy": 0.0}}).missing[FIRST].startswith("only one indicator")


@given(st.integers(0, 10**6), st.integers(2, 10))
def test_agreement_of_orders_is_scipys_tau(seed, values):
    """Where no two composites are alike."""
    rng = np.random.default_rng(seed)
    shown, others = rng.normal(size=values), rng.normal(size=(5, values))
    found = composite.agreements(shown, others)
    assert found == pytest.approx([kendalltau(shown, other).statistic for other in others])


def test_places_are_shared_by_what_is_in_no_order():
    """As in a race: two firsts, then a third."""
    assert composite.ranked(np.array([[1.0, 2.0, 2.0], [3.0, 1.0, 2.0]])).tolist() == [[3, 1, 1], [1, 3, 2]]


def drawn(seed: int, weights: dict | None = None, apart: float = 3.0, people: int = 60) -> composite.Composites:
    """Three values of two indicators, planted 0, ½ and 1 times `apart` deviations above their references."""
    rng, within, found = np.random.default_rng(seed), evidence(people, weights), {}
    level = rng.normal(0, 1, people)
    for value, one in ((FIRST, "redundancy"), (SECOND, "reach_across"), (THIRD, "two_step_reach")):
        at = (FIRST, SECOND, THIRD).index(value) / 2
        sign = -1 if one == "redundancy" else 1
        figure = rng.normal(sign * at * apart, 1, people)
        found[f"{value}.{one}"] = shared(within, figure, 0.0)
        found[f"{value}.as_answered"] = answered(within, *(level + apart * (at - 0.5) + rng.normal(0, 0.01, people)))
    return composite.standardise(within, Scorecard(found))


def test_values_far_apart_keep_their_order_and_equal_ones_do_not():
    """Three deviations, answers and figures alike: every weighting has the same order. None: most have another."""
    ledger = Ledger("values")
    drawn(1).claims(ledger)
    told = ledger.frame().set_index("id")
    assert told.loc["values.order_kept", "estimate"] == 100
    assert told.loc["values.order_tau", "low"] == 1
    assert told.loc["values.order_first", "estimate"] == 100
    table = drawn(1).table().set_index("value")
    assert table.loc[[THIRD, SECOND, FIRST], "rank"].tolist() == [1, 2, 3]
    assert (table["rank_low"].dropna() == table["rank"].dropna()).all()
    assert (table["rank_high"].dropna() == table["rank"].dropna()).all()

    held, first = [], []
    for seed in range(10):
        ledger = Ledger("values")
        drawn(seed, apart=0.0).claims(ledger)
        told = ledger.frame().set_index("id")["estimate"]
        held.append(told["values.order_kept"])
        first.append(told["values.order_first"])
    assert np.mean(held) < 90
    assert np.mean(first) < 80


@pytest.mark.parametrize("times", [0.5, 4.0, 10.0])
def test_weights_all_times_the_same_change_nothing(times):
    """Only how they stand to one another counts."""
    weights = {FIRST: {"redundancy": 2.0}, SECOND: {"as_answered": 3.0}, THIRD: {"two_step_reach": 1.0}}
    every = {value: {one: 1.0 for one in of} for value, of in by_value().items()}
    for value, of in weights.items():
        every[value] |= of
    scaled = {value: {one: times * weight for one, weight in of.items()} for value, of in every.items()}
    one, other = drawn(2, every, 0.2), drawn(2, scaled, 0.2)
    assert (
        one.table()
        .drop(columns=["composite", "low", "high"])
        .equals(other.table().drop(columns=["composite", "low", "high"]))
    )
    for value in (FIRST, SECOND, THIRD):
        assert other.composites[value].estimate == pytest.approx(one.composites[value].estimate)
        assert other.composites[value].high == pytest.approx(one.composites[value].high)


def by_value() -> dict[str, list[str]]:
    """Every indicator's name, by value."""
    return {value: [one.name for one in of] for value, of in scorecard.declared().items()}


def test_params_knows_the_indicators_and_writes_out_their_weights():
    """Read off the files as they are imported, and every one of them stands in params.yaml with its weight."""
    declared = {f"{value}.{one}" for value, of in by_value().items() for one in of}
    assert set(indicators()) == declared
    stated = settings().values.weights
    assert {f"{value}.{one}" for value, of in stated.items() for one in of} == declared
    assert {weight for of in stated.values() for weight in of.values()} == {1.0}


def test_intervals_hold_a_planted_composite():
    """Half a deviation from figures of 60 people, of a value whose answers lie 0 from all others': 95 of 100 hold 0.25."""
    held, many = 0, 200
    for seed in range(many):
        rng, within = np.random.default_rng(seed), evidence(60)
        level = rng.normal(0, 1, 60)
        found = {
            REACH: shared(within, rng.normal(0.5, 1, 60) + level, 0.5 * (1 - np.sqrt(2))),
            f"{FIRST}.as_answered": answered(within, *(level + rng.normal(0, 1, 60))),
            f"{SECOND}.as_answered": answered(within, *(level + rng.normal(0, 1, 60))),
        }
        one = composite.standardise(within, Scorecard(found)).composites[SECOND]
        held += one.low <= 0.25 <= one.high
    assert 0.9 * many <= held <= 0.985 * many


def test_claims_keep_to_their_contract():
    """Units that the gate knows, people behind them, and labels that say what is meant."""
    ledger = Ledger("values")
    drawn(4, apart=0.5).claims(ledger)
    told = ledger.frame()
    assert set(told["unit"]) <= set(DECIMALS)
    assert (told["people"] == 60).all()
    assert len(told) == 3 + 6 + 3
    assert not told["label"].str.contains("_").any()


def test_nothing_measured_is_ten_reasons():
    """And no claim."""
    ledger, found = Ledger("values"), composite.standardise(evidence(3), Scorecard({}))
    found.claims(ledger)
    assert found.table()["missing"].notna().all()
    assert ledger.frame().empty
