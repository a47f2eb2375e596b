"""A vote shifted to a stated share of ties: what its mean, order and range are, and how right it is where the share is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import minimize_scalar
from scipy.special import expit, logit
from sklearn.metrics import log_loss
from synthetic import settings, ties

from kithwork.errors import UserError
from kithwork.ties import accuracy, base_rate, kinds

SIGNS = {"personal": {"friend": [0.6, 0.8], "lunch": [0.2, 0.4], "any": [0.0, 0.1]}}
chance = st.floats(0.001, 0.999)


def voted(signs: list[str], rate: list[float] | None = None, strengths: dict = SIGNS, draws: int = 400):
    """Ties with these signs and their probabilities, by the signs and a stated share."""
    frame = ties([(i, i + 1) for i in range(len(signs))], signs=signs)
    rates = {"personal": rate} if rate else {}
    set_to = settings(strengths, {"base_rates": rates}, ties={"draws": draws})
    return kinds.probabilities(frame, set_to, np.random.default_rng(1))


def middle_and_ends(found) -> np.ndarray:
    """Low end, estimate and high end, (3, ties)."""
    return found[["p_personal_low", "p_personal", "p_personal_high"]].to_numpy(dtype=float).T


@given(st.lists(st.tuples(chance, st.integers(1, 900)), min_size=1, max_size=8), chance)
def test_mean_over_ties_is_the_stated_share_and_order_is_kept(patterns, rate):
    """Whatever the signs say, and of however many ties; the odds between two are what they were."""
    p, times = (np.array(one) for one in zip(*patterns, strict=True))
    found = base_rate.shifted(p, times, rate)
    assert np.average(found, weights=times) == pytest.approx(rate, abs=1e-9)
    assert (np.diff(found[np.argsort(p)]) >= 0).all()
    assert logit(found) - logit(p) == pytest.approx(np.full(len(p), logit(found[0]) - logit(p[0])), abs=1e-6)


def test_shift_by_hand():
    """Odds of 1/3 and 3 times 3 are 1 and 9: probabilities of a quarter and three quarters, shifted to a mean of .7."""
    assert base_rate.shifted(np.array([0.25, 0.75]), np.array([1, 1]), 0.7) == pytest.approx([0.5, 0.9])


def test_shift_is_the_intercept_of_least_log_loss():
    """Agreement with scikit-learn: of all shifts, the one under which kinds that are so of 40 % of ties lose least."""
    rng = np.random.default_rng(3)
    p, is_so = rng.beta(1, 3, 300).clip(0.01), np.arange(300) % 5 < 2
    step = minimize_scalar(lambda b: log_loss(is_so, expit(logit(p) + b))).x
    assert base_rate.shifted(p, np.ones(300), 0.4) == pytest.approx(expit(logit(p) + step), abs=1e-5)


def test_every_draw_meets_a_share_drawn_from_its_range():
    """Between its ends, uniformly; the estimate meets its middle."""
    rng, times = np.random.default_rng(1), np.array([5, 3, 2])
    p, drawn = np.array([0.1, 0.3, 0.6]), rng.uniform(0.05, 0.9, (2000, 3))
    middle, moved = base_rate.met(p, drawn, times, [0.2, 0.4], "here", rng)
    means = np.average(moved, axis=1, weights=times)
    assert np.average(middle, weights=times) == pytest.approx(0.3)
    assert stats.kstest(means, stats.uniform(0.2, 0.2).cdf).pvalue > 1e-3


def test_range_carries_that_of_the_share():
    """Ties that all show the same can only be told by the share: their range is the middle 95 % of what was stated. A wider
    share makes every range wider, and an exact one has no other range than the signs'."""
    low, p, high = middle_and_ends(voted(["friend"] * 4, [0.2, 0.4], draws=4000))[:, 0]
    assert (low, p, high) == (pytest.approx(0.205, abs=0.003), pytest.approx(0.3), pytest.approx(0.395, abs=0.003))
    seen = ["any+friend+lunch", "any+friend", "any+lunch", "any"] * 5
    exact, wide = (middle_and_ends(voted(seen, rate)) for rate in ([0.3, 0.3], [0.2, 0.4]))
    assert ((wide[2] - wide[0]) > (exact[2] - exact[0])).all()
    assert exact[1] == pytest.approx(wide[1])
    assert exact[1].mean() == pytest.approx(0.3)
    for low, p, high in (exact, wide):
        assert ((low <= p) & (p <= high)).all()


def test_without_a_share_nothing_changes_and_with_one_it_is_said():
    """The vote is the noisy-OR itself, and names no share; with one, what each tie rests on says so."""
    plain, rated = voted(["any+friend", "any"]), voted(["any+friend", "any"], [0.1, 0.3])
    assert plain["p_personal"].tolist() == pytest.approx([1 - 0.3 * 0.95, 0.05])
    assert plain["why_personal"].tolist() == ["friend", "no sign of it"]
    assert rated["why_personal"].tolist() == [f"{why}; shifted to a stated base rate" for why in plain["why_personal"]]
    none, set_to = ties([(0, 1)], signs="any").iloc[:0], settings(SIGNS, {"base_rates": {"personal": [0.1, 0.3]}})
    assert kinds.probabilities(none, set_to, np.random.default_rng(1)).empty


@pytest.mark.parametrize(
    ("rate", "leave"),
    [([0.2, 0.6], "0.25 to 0.5"), ([0.25, 0.3], "0.25 to 0.5")],
)
def test_share_that_certain_signs_leave_no_room_for_is_refused(rate, leave):
    """A quarter of ties shows a sign of strength 1, half shows none at all: less or more cannot be met, and is not met
    nearly."""
    strengths = {"personal": {"kin": [1.0, 1.0], "lunch": [0.2, 0.4]}}
    with pytest.raises(UserError) as caught:
        voted(["kin", "lunch", None, None], rate, strengths)
    [problem] = caught.value.problems
    assert (problem.file, problem.column) == ("params.yaml", "engagements.synthetic.base_rates.personal")
    assert problem.found.endswith(f"signs leave {leave}")
    certain = middle_and_ends(voted(["kin", "lunch", None, None], [0.3, 0.45], strengths))
    assert certain[:, 0] == pytest.approx(1)
    assert certain[:, 2:] == pytest.approx(0)


def test_stated_share_recovers_planted_chances():
    """Kinds planted by the signs at half the strengths stated: the vote errs one way, and with the planted share stated its
    chances mean what they say, to a third of the error at most; how ties are ranked stays the same."""
    rng, names = np.random.default_rng(5), np.array(["friend", "lunch", "any"])
    shown = rng.random((6000, 3)) < [0.3, 0.4, 1]
    planted = np.array([0.35, 0.15, 0.025])
    is_so = (shown & (rng.random(shown.shape) < planted)).any(axis=1).astype(int)
    seen = ["+".join(names[row]) for row in shown]
    rate = is_so.mean()
    plain, rated = (voted(seen, to, draws=100)["p_personal"].to_numpy() for to in (None, [rate, rate]))
    once = np.ones(len(is_so))
    errors = [accuracy.SCORES["calibration_error"](is_so, p, once) for p in (plain, rated)]
    assert errors[0] > 0.1
    assert errors[1] < errors[0] / 3
    ranks = [accuracy.SCORES["auc"](is_so, p, once) for p in (plain, rated)]
    assert ranks[0] == pytest.approx(ranks[1])
