"""How likely a signal is real."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hearing import DAY, register, telling
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit
from synthetic import settings

from kithwork.market.belief import STRENGTH, Record, chances, drawn, middle, record, weights
from kithwork.market_tables import LEARNED

ASSUMED = settings().market.corroboration
HEARD = np.array([ASSUMED.heard[way] for way in LEARNED])


def reports(*groups: list[str]) -> pd.DataFrame:
    """Reports of one signal by group, from how each was learned."""
    rows = [("en-01", number, way) for number, group in enumerate(groups) for way in group]
    return pd.DataFrame(rows, columns=["signal_id", "group", "learned"])


def chance(*groups: list[str], echo: float = 0.8, real: float = 0.2) -> float:
    """P(real) of one signal."""
    return float(chances(weights(reports(*groups), HEARD, echo).to_numpy(), HEARD, real)[0])


def test_two_independent_reports_by_hand():
    """Odds of 1 to 4, times 3 to 1, times 3 to 2: 9 to 8."""
    assert chance(["directly"], ["second hand"]) == pytest.approx(9 / 17)


def test_an_echo_counts_by_what_it_adds():
    """Two who may repeat each other by .8 are worth 2/1.8 reports, the better of them whole."""
    added = 2 / 1.8 - 1
    assert chance(["second hand", "directly"]) == pytest.approx(expit(logit(0.2) + np.log(3) + added * np.log(1.5)))
    assert chance(["directly"] * 9, echo=1) == pytest.approx(chance(["directly"]))
    assert chance(["directly"] * 3, echo=0) == pytest.approx(chance(*[["directly"]] * 3))


def test_it_is_bayes_rule_over_all_that_could_have_been_said():
    """Sources that say so or not, each right with its own chance: counting every outcome gives the same (Dawid & Skene)."""
    rights = HEARD[[0, 1, 3]]
    joint = {
        (real, said): (0.2 if real else 0.8)
        * np.prod([right if so == real else 1 - right for right, so in zip(rights, said, strict=True)])
        for real in (True, False)
        for said in product((True, False), repeat=3)
    }
    all_say_so = (True, True, True)
    assert sum(joint.values()) == pytest.approx(1)
    share = joint[True, all_say_so] / (joint[True, all_say_so] + joint[False, all_say_so])
    assert chance(["directly"], ["second hand"], ["inference"]) == pytest.approx(share)


WAY = st.sampled_from(LEARNED)
GROUPS = st.lists(st.lists(WAY, min_size=1, max_size=4), min_size=1, max_size=4)


@given(GROUPS, WAY, st.floats(0, 1))
def test_no_report_makes_a_signal_less_likely(groups, way, echo):
    """Neither an independent source nor an echo of one that is there; and the source adds no less than the echo."""
    before, echoed = chance(*groups, echo=echo), chance(*groups[:-1], [*groups[-1], way], echo=echo)
    beside = chance(*groups, [way], echo=echo)
    assert before - 1e-12 <= echoed <= beside + 1e-12


@given(st.lists(st.floats(0.01, 0.99), min_size=4, max_size=4), GROUPS)
def test_ways_that_are_wrong_more_often_than_a_coin_add_nothing(right, groups):
    """Whatever reports are worth, a signal is no less likely than before anybody spoke."""
    counted = weights(reports(*groups), np.array(right), 0.8).to_numpy()
    assert chances(counted, np.array(right), 0.3)[0] >= 0.3 - 1e-12


def tried(shares: dict[str, tuple[int, int]]) -> Record:
    """The record where, by way of learning, so many signals of so many were made use of."""
    heard, entries = [], []
    for way, (used, cases) in shares.items():
        for number in range(cases):
            name = f"{way} {number}"
            heard.append((name, "p000", "acme", way))
            fate = {"scaled": DAY} if number < used else {"dropped": DAY}
            entries.append({"problem": name, "tested": DAY, **fate})
    signal_of = pd.Series({row[0]: row[0] for row in heard}, dtype="str")
    return record(telling(heard), register(entries), signal_of, ASSUMED)


def test_without_a_record_what_is_assumed_stands():
    """Beta with the stated mean and the strength of ten cases."""
    found = tried({})
    assert found.mean == pytest.approx(HEARD)
    assert found.right + found.wrong == pytest.approx(np.full(4, STRENGTH))


def test_a_record_tells_which_way_is_better():
    """What was learned directly was made use of nine times in ten, what was inferred once: one gains, the other loses."""
    found = tried({"directly": (9, 10), "inference": (1, 10)}).mean
    assert found[0] > HEARD[0] + 0.05
    assert found[3] < HEARD[3] - 0.05
    assert found[[1, 2]] == pytest.approx(HEARD[[1, 2]])


def test_a_record_that_is_alike_for_all_ways_says_nothing_of_them():
    """Three in ten of each come to something: most is given up for other reasons than not being so."""
    assert tried(dict.fromkeys(LEARNED, (3, 10))).mean == pytest.approx(HEARD, abs=0.01)


def test_the_range_is_over_what_is_assumed():
    """One report: from the low end of the shares stated to beyond the high one; drawn about the plug-in chance."""
    counted = weights(reports(["directly"]), HEARD, 0.8).to_numpy()
    draws = drawn(counted, tried({}), ASSUMED, 20_000, np.random.default_rng(1))
    low, high = ASSUMED.real
    assert draws.min() >= low
    assert draws.max() > high
    assert np.median(draws) == pytest.approx(chance(["directly"], real=middle(ASSUMED)), abs=0.04)
    assert logit(middle(ASSUMED)) == pytest.approx((logit(low) + logit(high)) / 2)


def test_planted_shares_of_right_reports_give_chances_that_hold():
    """Of 4,000 signals told by whichever of three sources believe them, those given .7 to .9 are real that often."""
    rng = np.random.default_rng(2)
    real = rng.random(4000) < 0.25
    right = HEARD[[0, 0, 2]]
    says = rng.random((4000, 3)) < np.where(real[:, None], right, 1 - right)
    odds = logit(0.25) + np.where(says, logit(right), -logit(right)).sum(axis=1)
    all_three = says.all(axis=1)
    p = chance(["directly"], ["directly"], ["published"], real=0.25)
    assert p == pytest.approx(expit(odds[all_three][0]))
    assert real[all_three].mean() == pytest.approx(p, abs=0.05)
