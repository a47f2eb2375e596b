"""Waves: a change by hand, its interval on planted changes, what is called one, and whom it could tell of.

Intervals hold planted changes of waves whose people are partly the same, and people found again narrow them; where nothing
changed hardly anything is called a change; few who came or went are not told of.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from synthetic import settings, staff

from kithwork import simulation, store
from kithwork.claims import Ledger
from kithwork.estimates import Estimate, proportion
from kithwork.release import release
from kithwork.simulation import earlier
from kithwork.simulation.earlier import CHANGED
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.tables import tables as clean
from kithwork.tables import OPT_OUTS
from kithwork.values import VALUES, groups, turnover, waves
from kithwork.values.evidence import Evidence, Measured
from kithwork.values.groups import AS_FOUND
from kithwork.values.persons import over_people
from kithwork.values.scorecard import Scorecard, declared
from kithwork.values.turnover import Sums

READINESS, REACH, ANSWERED = "learning.as_answered", "influence.reach_across", "influence.as_answered"
NOBODY = OPT_OUTS.empty()


def parts(people: range, top: object, bottom: object = 1.0) -> pd.DataFrame:
    """What people by number add to a figure."""
    return pd.DataFrame({"person_id": [f"p{i:03d}" for i in people], "top": top, "bottom": bottom})


def wave(people: range, **levels: object) -> tuple[Evidence, Scorecard]:
    """A wave of these people; `levels` by indicator, its dot written as two bars, as a list of what each adds, 0 to 1, or a
    figure of the whole."""
    frame = staff([None] * len(people)).assign(person_id=[f"p{i:03d}" for i in people])
    within = Evidence(settings(), frame, None, None, None, np.random.default_rng(1))
    return within, Scorecard({name.replace("__", "."): _measured(within, one) for name, one in levels.items()})


def _measured(within: Evidence, one: object) -> Measured:
    if isinstance(one, Measured):
        return one
    top = np.nan_to_num(np.array(one, dtype=float))
    return over_people(within, top, ~np.isnan(np.array(one, dtype=float)), unit="score", factor=100, method="x", needs="x")


def whole(figure: float, half: float = 0.1, people: int = 30) -> Measured:
    """A figure of a network."""
    return Measured(Estimate(figure, figure - half, figure + half, people), "index", "x")


def carried(within: Evidence, card: Scorecard) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What a wave leaves for the next."""
    ledger = Ledger("values")
    card.claims(ledger)
    for name in set(card.measured) - {f"{value}.{one.name}" for value, of in declared().items() for one in of}:
        one = card.measured[name]
        ledger.add(name, "An indicator that is no more", one.estimate, unit=one.unit, method="x")
    for name, one in card.measured.items():
        ledger.add(f"{name}{AS_FOUND}", "The whole beside units as found", one.estimate, unit=one.unit, method="x")
    return card.scores(within), ledger.frame()


@pytest.fixture
def lenient(monkeypatch):
    """Cards of some indicators alone can be claimed."""
    found = Scorecard.claims

    def claims(self, ledger):
        every = {f"{value}.{one.name}" for value, of in declared().items() for one in of}
        found(Scorecard(dict.fromkeys(every) | self.found), ledger)

    monkeypatch.setattr(Scorecard, "claims", claims)


def compared(before, now, opt_outs=NOBODY) -> waves.Changes:
    """Two waves, each as `wave` makes it."""
    return waves.compared(*now, carried(*before), opt_outs)


def test_a_change_by_hand():
    """Persons 0 to 3 answer 0, 1, 0, 1; then 1 to 4 answer 1, 1, 1, 0: from 1/2 to 3/4.

    u before: −1/8, 1/8, −1/8, 1/8; now 1/16, 1/16, 1/16, −3/16. Those in both move by −1/16, 3/16, −1/16, whose variance
    is 1/48; times three people 1/16. One each came and went: (1/8)² + (3/16)².
    """
    sums = turnover.aligned(parts(range(4), [0.0, 1, 0, 1]), parts(range(1, 5), [1.0, 1, 1, 0]))
    assert [of.sum() for of in (sums.both, sums.only_before, sums.only_now, sums.moved)] == [3, 1, 1, 3]
    change = turnover.ratio(sums.now) - turnover.ratio(sums.before)
    assert change == 0.25
    found = turnover.of_people(sums, change)
    variance = 3 / 48 + 1 / 64 + 9 / 256
    freedom = variance**2 / ((3 / 48) ** 2 / 2 + (1 / 64) ** 2 + (9 / 256) ** 2)
    from scipy.stats import t

    assert found.high - change == pytest.approx(t.ppf(0.975, freedom) * np.sqrt(variance))
    assert found.p == pytest.approx(2 * t.sf(0.25 / np.sqrt(variance), freedom))
    assert found.low == pytest.approx(2 * change - found.high)


@given(st.integers(0, 10**6), st.integers(3, 40))
def test_the_same_people_twice_are_a_paired_t_test(seed, n):
    """Everybody in both waves: the interval of the mean of the differences; nobody in both: Welch's."""
    from scipy.stats import ttest_ind, ttest_rel

    rng = np.random.default_rng(seed)
    before, now = rng.normal(size=n), rng.normal(size=n)
    change = float(now.mean() - before.mean())
    same = turnover.of_people(turnover.aligned(parts(range(n), before), parts(range(n), now)), change)
    paired = ttest_rel(now, before)
    assert (same.low, same.high) == pytest.approx(tuple(paired.confidence_interval()))
    assert same.p == pytest.approx(paired.pvalue)
    other = turnover.of_people(turnover.aligned(parts(range(n), before), parts(range(n, 2 * n), now)), change)
    welch = ttest_ind(now, before, equal_var=False)
    assert (other.low, other.high) == pytest.approx(tuple(welch.confidence_interval()))
    assert other.p == pytest.approx(welch.pvalue)


@given(st.integers(0, 30), st.integers(0, 30))
def test_two_shares_taken_as_independent_are_newcombes_interval(few, many):
    """Made of the ends of Wilson's, as scipy has them; it shuts out 0 just where P is below 5 %."""
    before, now = proportion(few, 30), proportion(many, 30)
    found = turnover.of_figures(before, now)
    one, other = (binomtest(k, 30).proportion_ci(method="wilson") for k in (few, many))
    below = np.hypot(many / 30 - other.low, one.high - few / 30)
    above = np.hypot(other.high - many / 30, few / 30 - one.low)
    assert (found.low, found.high) == pytest.approx((found.change - below, found.change + above), abs=1e-6)
    if abs(found.p - 0.05) > 1e-9:
        assert (found.p < 0.05) == (found.low > 0 or found.high < 0)


def test_waves_side_by_side(lenient):
    """What can be compared is, in its own unit; the rest says why not."""
    rng = np.random.default_rng(2)
    level = rng.uniform(0, 0.5, 60)
    before = wave(
        range(40),
        learning__as_answered=level[:40],
        influence__reach_across=whole(0.2),
        learning__shadowing=whole(0.3),
        transformation__load=whole(3.0),
        people_power__as_answered=level[:40],
    )
    now = wave(
        range(10, 60),
        learning__as_answered=level[10:] + 0.2 + rng.normal(0, 1e-3, 50),
        influence__reach_across=whole(0.6, people=4),
        influence__as_answered=level[10:],
        transformation__load=Measured(Estimate(3.0, 2.9, 3.1, 30), "minutes", "x"),
    )
    found = compared(before, now)
    table = found.table().set_index("indicator")
    told = table.loc[READINESS]
    assert (told["both"], told["only_before"], told["only_now"], told["compared"]) == (30, 10, 20, "matched")
    assert told["panel"] == pytest.approx(20, abs=0.1)
    assert told["panel_low"] == pytest.approx(20, abs=0.2)
    assert told["changed"]
    assert table.loc[REACH, "compared"] == "apart"
    assert table.loc[REACH, "change"] == pytest.approx(0.4)
    assert np.isnan(table.loc[REACH, "both"])
    assert table["missing"].dropna().to_dict() == {
        ANSWERED: "was not measured in the wave before",
        "learning.shadowing": "is no indicator any more",
        "people_power.as_answered": "is not measured in this wave",
        "transformation.load": "was told in index and is now told in minutes",
    }
    ledger = Ledger("values")
    found.claims(ledger)
    claims = ledger.frame().set_index("id")
    assert set(claims.index) == {f"values.{READINESS}_change", f"values.{REACH}_change"}
    assert claims.loc[f"values.{REACH}_change", "people"] == 4
    assert claims.loc[f"values.{READINESS}_change", ["n", "people", "reference"]].tolist() == [40, 40, 0]
    assert f"values.{REACH}_change" not in set(release(ledger.frame(), 5).claims["id"])


def test_the_whole_beside_its_units_is_no_indicator(lenient):
    """The whole's figure, claimed once more beside units as found, is not taken for an indicator that is no more."""
    level = np.random.default_rng(2).uniform(0, 1, 40)
    within, card = wave(range(40), learning__as_answered=level)
    within = replace(within, people=within.people.assign(unit=list("AB") * 20))
    scores, _ = carried(within, card)
    ledger = Ledger("values")
    card.claims(ledger)
    groups.claims(ledger, groups.group_scores(card.measured, within), card.measured)
    found = waves.compared(within, card, (scores, ledger.frame()), NOBODY)
    assert (list(found.found), found.missing) == ([READINESS], {})


def test_adjusted_for_the_number_of_indicators(lenient):
    """The least of p · m / rank over all as large; changes and composites among the claims before are no indicators."""
    rng, names = np.random.default_rng(5), [f"{value}__{one.name}" for value, of in declared().items() for one in of]
    first = wave(range(60), **{name: rng.uniform(0, 1, 60) for name in names})
    second = wave(range(60), **{name: rng.uniform(0, 1, 60) for name in names})
    third = wave(range(60), **{name: rng.uniform(0.1, 1, 60) for name in names})
    ledger = Ledger("values")
    second[1].claims(ledger)
    compared(first, second).claims(ledger)
    ledger.add("learning.composite", "Learning", Estimate(0.1, 0.0, 0.2, 60), unit="index", method="x")
    found = waves.compared(*third, (second[1].scores(second[0]), ledger.frame()), NOBODY)
    assert len(found.found) == len(names)
    assert not found.missing
    table = found.table()
    p = table["p"].sort_values()
    step = p * len(p) / np.arange(1, len(p) + 1)
    assert table["q"].sort_index().to_numpy() == pytest.approx(step[::-1].cummin().clip(upper=1).sort_index().to_numpy())
    assert found.called == [name for name in found.found if table.set_index("indicator").loc[name, "q"] <= 0.05]


def pair(rng: np.random.Generator, change: float, n: int = 80, indicators: int = 3):
    """Two waves, three in four of whose people are the same, of ratios of sums; change in points; people alike in both.

    Three sorts by turns: answers, yes or no, and shares of unequally many ties.
    """
    stayed = round(0.75 * n)
    ids = range(n), range(n - stayed, 2 * n - stayed)
    own = rng.normal(size=2 * n - stayed)
    found = []
    for at in range(indicators):
        both = []
        for plus, people in zip((0.0, change / 100), ids, strict=True):
            latent = 0.7 * own[list(people)] + 0.7 * rng.normal(size=n)
            if at % 3 == 0:
                both.append((np.clip(0.5 + plus + 0.1 * latent, 0, 1), np.ones(n)))
            elif at % 3 == 1:
                both.append(((_uniform(latent) < 0.3 + plus).astype(float), np.ones(n)))
            else:
                ties = 1.0 + rng.poisson(4, n)
                both.append((rng.binomial(ties.astype(int), np.clip(0.4 + plus + 0.08 * latent, 0, 1)), ties))
        found.append([parts(people, *of) for people, of in zip(ids, both, strict=True)])
    return found


def _uniform(latent: np.ndarray) -> np.ndarray:
    from scipy.stats import norm

    return norm.cdf(latent / np.sqrt(0.98))


def turned_over(before: pd.DataFrame, now: pd.DataFrame, independent: bool = False) -> turnover.Turnover:
    """The change in points."""
    if independent:
        now = now.assign(person_id="other " + now["person_id"])
    before, now = (wave.assign(top=100 * wave["top"]) for wave in (before, now))
    sums = turnover.aligned(before, now)
    return turnover.of_people(sums, turnover.ratio(sums.now) - turnover.ratio(sums.before))


@pytest.mark.parametrize("sort", [0, 1, 2])
def test_intervals_hold_planted_changes(sort):
    """Six points in 100 pairs of waves: about 95 intervals hold it; taken as independent they are wider, and hold more."""
    rng, held, widths = np.random.default_rng(11 + sort), 0, []
    for _ in range(100):
        before, now = pair(rng, 6.0)[sort]
        found, apart = turned_over(before, now), turned_over(before, now, independent=True)
        held += found.low <= 6 <= found.high
        widths.append((found.high - found.low) / (apart.high - apart.low))
    assert 89 <= held <= 99
    assert np.mean(widths) < 1


def test_no_change_is_hardly_ever_called_one():
    """Of 25 waves of 21 indicators without any, no more than a few have one that is called a change."""
    from scipy.stats import false_discovery_control

    rng, wrong = np.random.default_rng(4), 0
    for _ in range(25):
        p = [turned_over(*one).p for one in pair(rng, 0.0, indicators=21)]
        wrong += (false_discovery_control(p) <= waves.RATE).any()
    assert wrong <= 4


def simulated(seed: int, people: int = 120) -> tuple[waves.Changes, pd.Series]:
    """What is told of an organisation simulated with its wave before, and the points planted."""
    world = simulation.simulate(people, 8, seed, Knobs(careless=0))
    frames = clean(world)
    within = Evidence(settings(), frames["people"], None, None, frames["answers"], np.random.default_rng(1))
    card = {f"{value}.as_answered": import_module(f"kithwork.values.{value}").as_answered(within) for value in VALUES}
    scores = earlier.scores(world)
    found = waves.compared(within, Scorecard(card), (scores, earlier.claims(scores, seed)), NOBODY)
    return found, earlier.expected_changes(world)


def test_changes_planted_in_an_organisation_are_found():
    """Two values rose and one fell, by half a deviation: these are called changes, with their signs, and few others."""
    found, planted = simulated(3, people=400)
    changed = {f"{value}.as_answered" for value, points in planted.items() if points}
    assert changed <= set(found.called)
    assert len(set(found.called) - changed) <= 1
    assert all(np.sign(found.found[f"{value}.as_answered"].found.change) == np.sign(planted[value]) for value in CHANGED)


@pytest.mark.slow
def test_intervals_hold_changes_planted_in_organisations():
    """Of 50 organisations, ten values each: 95 of 100 intervals hold what was planted."""
    held = []
    for seed in range(50):
        found, planted = simulated(seed)
        table = found.table().set_index("indicator").loc[[f"{value}.as_answered" for value in planted.index]]
        held.append((table["low"].to_numpy() <= planted.to_numpy()) & (planted.to_numpy() <= table["high"].to_numpy()))
    assert 0.93 <= np.mean(held) <= 0.975


def test_who_takes_part_may_turn_the_sign(lenient):
    """Those who stayed rise by 5, and 20 who are at 0 join: the figure falls, and both are told."""
    rng = np.random.default_rng(8)
    level = rng.uniform(0.4, 0.8, 40)
    before = wave(range(40), learning__as_answered=level)
    now = wave(range(60), learning__as_answered=[*(level + 0.05 + rng.normal(0, 0.02, 40)), *[0.0] * 20])
    found = compared(before, now)
    ledger = Ledger("values")
    found.claims(ledger)
    told = ledger.frame().set_index("id")
    assert told.loc[f"values.{READINESS}_change", "estimate"] < 0
    assert told.loc[f"values.{READINESS}_change_panel", "low"] > 0
    assert told.loc[f"values.{READINESS}_change_panel", ["n", "people"]].tolist() == [40, 20]
    assert len(release(ledger.frame(), 5).claims) == 2


def test_few_newcomers_are_not_told_of_by_the_panel(lenient):
    """Three who joined turn the sign: what those who stayed did would tell of them, and is held back; the change is not."""
    rng = np.random.default_rng(8)
    level = rng.uniform(0.7, 0.9, 40)
    now = wave(range(43), learning__as_answered=[*(level + 0.01 + rng.normal(0, 0.01, 40)), 0.0, 0.0, 0.0])
    ledger = Ledger("values")
    compared(wave(range(40), learning__as_answered=level), now).claims(ledger)
    told = ledger.frame().set_index("id")["people"]
    assert told.to_dict() == {f"values.{READINESS}_change": 40, f"values.{READINESS}_change_panel": 3}
    assert set(release(ledger.frame(), 5).claims["id"]) == {f"values.{READINESS}_change"}
    assert 43 not in ledger.frame()["n"].to_numpy()


@pytest.mark.parametrize(("who", "people"), [((3,), 1), ((3, 4, 5, 6), 4), (range(20), 20), ((), 40)])
def test_a_change_of_few_is_about_few(lenient, who, people):
    """All others answer as before, so that the change is that of those who did not; of nobody, it tells of no one."""
    level = np.linspace(0.2, 0.7, 40)
    moved = level + 0.1 * np.isin(np.arange(40), list(who))
    found = compared(wave(range(40), learning__as_answered=level), wave(range(40), learning__as_answered=moved))
    assert found.found[READINESS].people == people


def test_one_who_left_is_covered_only_by_those_who_changed(lenient):
    """Where nobody else's part moved, the two figures tell what the leaver answered: the change is about one."""
    level = np.linspace(0.2, 0.7, 40)
    found = compared(wave(range(40), learning__as_answered=level), wave(range(39), learning__as_answered=level[:39]))
    assert found.found[READINESS].people == 1


def test_who_withdrew_is_taken_out_of_the_wave_before(lenient):
    """Of every indicator with all, of those that are no self-report with records; the published figure stands."""
    rng = np.random.default_rng(9)
    level = rng.uniform(0, 1, 40)
    names = {"learning__as_answered": level, "influence__reach_across": level}
    withdrew = OPT_OUTS.checked(pd.DataFrame({"person_id": ["p000", "p001"], "scope": ["all", "records"]}))
    found = compared(wave(range(40), **names), wave(range(2, 40), **{name: level[2:] for name in names}), withdrew).found
    assert (found[READINESS].gone, found[REACH].gone) == (1, 2)
    assert int(found[READINESS].sums.only_before.sum()) == 1
    assert found[READINESS].before.estimate.estimate == pytest.approx(100 * level.mean())
    assert found[REACH].people == 2


def test_a_share_of_none_keeps_an_interval(lenient):
    """From nobody in 30 to nobody in 30: no variance, and still no certainty."""
    share = Measured(proportion(0, 30).times(100), "%", "x")
    found = compared(wave(range(30), influence__reach_across=share), wave(range(30), influence__reach_across=share))
    one = found.found[REACH]
    assert one.found.low < -10 < 10 < one.found.high
    ledger = Ledger("values")
    found.claims(ledger)
    assert ledger.frame()["unit"].tolist() == ["points"]


def test_where_nobody_differs_the_figures_stand_apart(lenient):
    """All answered alike before: a linear error would call that certain."""
    rng = np.random.default_rng(6)
    before = wave(range(30), learning__as_answered=[0.5] * 30)
    found = compared(before, wave(range(30), learning__as_answered=rng.uniform(0, 1, 30))).found[READINESS]
    assert (found.compared, found.panel) == ("apart", None)
    assert found.people == 30


def test_parts_may_be_kept_in_another_scale(lenient):
    """As shares then and in hundredths now: what counts is the figure that they make."""
    rng = np.random.default_rng(7)
    before, now = (wave(range(30), learning__as_answered=rng.uniform(0, 1, 30)) for _ in range(2))
    scores, claims = carried(*before)
    one = waves.compared(*now, (scores, claims), NOBODY).found[READINESS]
    other = waves.compared(*now, (scores.assign(top=scores["top"] / 100), claims), NOBODY).found[READINESS]
    assert one.compared == other.compared == "matched"
    assert (other.found.low, other.people) == (pytest.approx(one.found.low), one.people)


def test_a_figure_of_nought_takes_the_other_waves_scale(lenient):
    """Answers that cancel out make 0, of which no scale can be read."""
    level = np.linspace(-0.5, 0.5, 31)
    moved = level + 0.2 + 0.01 * np.random.default_rng(1).normal(size=31)
    found = compared(wave(range(31), learning__as_answered=level), wave(range(31), learning__as_answered=moved))
    assert found.found[READINESS].compared == "matched"


def test_strangers_throughout_are_noted(lenient):
    """Two keys give two pseudonyms: nobody is found again, which is told."""
    level = np.linspace(0.2, 0.7, 30)
    one, other, same = (wave(people, learning__as_answered=level) for people in (range(30), range(30, 60), range(30)))
    assert "one key" in compared(one, other).note
    assert not compared(one, same).note


def test_no_wave_before_is_no_change():
    """No rows, no claims."""
    found = waves.compared(*wave(range(4)), (store.TABLES["scores"].empty(), store.TABLES["claims"].empty()), NOBODY)
    assert found.table().empty
    assert not found.note


def test_sums_of_some_are_of_those_alone():
    """Parts keep their order."""
    sums = Sums(np.array([[1.0, 1], [0, 0]]), np.array([[0.0, 1], [1, 1]]))
    assert sums.among(sums.both).now.tolist() == [[0, 1]]
