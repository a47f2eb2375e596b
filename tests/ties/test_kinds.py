"""Kinds of tie: the noisy-OR by hand, its bounds, its calibration where it holds, and what it refuses to tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from synthetic import settings, ties

from kithwork.ties import kinds

share = st.floats(0, 1)
SIGNS = {
    "personal": {"friend": [0.6, 0.8], "lunch": [0.2, 0.4], "any": [0.0, 0.1]},
    "functional": {"work": [0.8, 1.0]},
    "strategic": {"any": [0.0, 0.2]},
}


def seen_on(*signs: str | None) -> pd.DataFrame:
    """Ties with these signs seen, joined by +."""
    return pd.DataFrame({"signs": pd.Series(signs, dtype="str")})


def typed(frame: pd.DataFrame, signs: dict = SIGNS, draws: int = 2000, seed: int = 1) -> pd.DataFrame:
    """The frame with its probabilities."""
    return kinds.probabilities(frame, settings(signs, ties={"draws": draws}), np.random.default_rng(seed))


def test_noisy_or_by_hand():
    """Two signs of 0.7 and 0.3 miss together with 0.3 × 0.7 = 0.21; a sign not seen does not count."""
    found = kinds.noisy_or(np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0]]), np.array([0.7, 0.3, 0.9]))
    assert found == pytest.approx([0.79, 0.7, 0.0])


@given(st.lists(share, min_size=1, max_size=6), st.data())
def test_noisy_or_is_a_probability_at_least_as_sure_as_its_surest_sign(weights, data):
    """P lies between the largest weight seen and 1 (or the sum of weights), and one more sign never lowers it."""
    shown = np.array(data.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights))))
    weights = np.array(weights)
    [p] = kinds.noisy_or(shown[None, :], weights)
    held = weights[shown]
    assert held.max(initial=0) - 1e-12 <= p <= min(held.sum(), 1) + 1e-12
    for sign in np.flatnonzero(~shown):
        more = shown.copy()
        more[sign] = True
        assert kinds.noisy_or(more[None, :], weights)[0] >= p - 1e-12


def test_probability_uses_the_middle_of_each_range():
    """friend + lunch + any: 1 − (1 − .7)(1 − .3)(1 − .05); a tie without any sign of a kind is not of it."""
    found = typed(seen_on("any+friend+lunch", "work", None))
    assert found["p_personal"].tolist() == pytest.approx([1 - 0.3 * 0.7 * 0.95, 0, 0])
    assert found["p_functional"].tolist() == pytest.approx([0, 0.9, 0])


def test_range_is_that_of_the_stated_strengths():
    """One sign from 0.6 to 0.8: the 95 % range is the middle 95 % of a uniform draw, 0.605 to 0.795."""
    found = typed(seen_on("friend"))
    assert found["p_personal_low"][0] == pytest.approx(0.605, abs=0.003)
    assert found["p_personal_high"][0] == pytest.approx(0.795, abs=0.003)


@given(st.lists(st.sets(st.sampled_from(["friend", "lunch", "work", "any"])), min_size=1, max_size=12))
def test_range_holds_the_estimate(signs):
    """For every tie and kind told: 0 <= low <= estimate <= high <= 1."""
    found = typed(seen_on(*["+".join(sorted(one)) or None for one in signs]), draws=100)
    for kind in ("personal", "functional"):
        low, middle, high = (found[f"p_{kind}{end}"] for end in ("_low", "", "_high"))
        assert ((low >= 0) & (low <= middle + 1e-12) & (middle <= high + 1e-12) & (high <= 1)).all()


def test_kind_without_a_sign_of_its_own_cannot_be_told():
    """`any` alone says nothing about one kind rather than another: its probability is absent, not small."""
    assert kinds.tellable(typed(seen_on("any"))) == kinds.voted(settings(SIGNS)) == ("personal", "functional")
    assert kinds.tellable(typed(seen_on("any"), {})) == ()
    assert typed(seen_on("any"))[["p_strategic", "p_strategic_low", "p_strategic_high"]].isna().all(axis=None)


def test_probabilities_are_calibrated_where_the_noisy_or_holds():
    """Kinds planted by the model itself: in every decile of P, the share of ties of the kind is P, to binomial noise."""
    rng = np.random.default_rng(5)
    weights = {"friend": 0.7, "lunch": 0.3, "any": 0.05, "work": 0.2, "shared": 0.5}
    signs = {"personal": {sign: [w, w] for sign, w in weights.items()}}
    shown = rng.random((6000, len(weights))) < 0.4
    labels = (shown & (rng.random(shown.shape) < list(weights.values()))).any(axis=1)
    names = np.array(list(weights))
    found = typed(seen_on(*["+".join(sorted(names[row])) or None for row in shown]), signs, draws=100)
    p = found["p_personal"].to_numpy()
    for value in np.unique(p):
        same = p == value
        assert stats.binomtest(int(labels[same].sum()), int(same.sum()), min(max(value, 0), 1)).pvalue > 1e-3
    assert np.mean((p - labels) ** 2) == pytest.approx(np.mean(p * (1 - p)), abs=0.01)


def test_draws_average_to_the_probability():
    """One possible set of kinds per draw: over many, each tie is of a kind as often as its probability says."""
    frame = seen_on("any+friend+lunch", "work", "any", None)
    drawn = np.array(list(kinds.draws(typed(frame), np.random.default_rng(2), 4000)))
    assert drawn.shape == (4000, 4, 2)
    expected = typed(frame)[["p_personal", "p_functional"]].to_numpy()
    assert drawn.mean(axis=0) == pytest.approx(expected, abs=4 * 0.5 / np.sqrt(4000))


def test_draws_without_a_kind_to_tell_are_empty_not_an_error():
    """An engagement that states no sign still has ties; they are of no kind."""
    drawn = list(kinds.draws(typed(seen_on(None, None), {}), np.random.default_rng(2), 3))
    assert [labels.shape for labels in drawn] == [(2, 0)] * 3


def test_left_open_counts_ties_that_the_signs_do_not_settle():
    """At a threshold of 0.8: 0.7 and 0.3 are open, 0.9 and 0 are settled; the range comes from the strengths."""
    signs = {"personal": {"friend": [0.7, 0.7], "lunch": [0.3, 0.3], "kin": [0.9, 0.9]}}
    frame = seen_on("friend", "lunch", "kin", None)
    found = kinds.left_open(typed(frame, signs), settings(signs), "personal", np.random.default_rng(3))
    assert (found.estimate, found.low, found.high, found.n) == (0.5, 0.5, 0.5, 4)
    wide = {"personal": {"friend": [0.7, 0.95], "lunch": [0.3, 0.3], "kin": [0.9, 0.9]}}
    found = kinds.left_open(typed(frame, wide), settings(wide), "personal", np.random.default_rng(3))
    assert (found.low, found.high) == (0.25, 0.5)


def test_ties_are_told_yes_no_or_open():
    """From .8 on yes, up to .2 no, between open; and no only where people could have named the kind: signs that are seen in
    the network speak for it alone."""
    signs = {"personal": {"friend": [0.9, 0.9], "lunch": [0.5, 0.5]}, "strategic": {"bridges": [0.85, 0.85]}}
    found = typed(seen_on("friend", "lunch", None, "bridges"), signs, draws=100)
    assert found["told_personal"].tolist() == ["yes", "open", "no", "no"]
    assert found["told_strategic"].tolist() == ["open", "open", "open", "yes"]
    assert found["told_functional"].isna().all()
    assert found["why_personal"].tolist() == ["friend", "lunch", "no sign of it", "no sign of it"]


def test_an_analysts_word_is_the_last():
    """An overruled tie is what the analyst says, whatever the signs say, and its neighbours are what they were."""
    frame = ties([(0, 1), (1, 2)], signs="friend")
    before = typed(frame)
    word = pd.DataFrame({"ego_id": ["p000"], "alter_id": ["p001"], "kind": ["personal"], "by": ["analyst"], "is": [0]})
    after = kinds.overruled(before, word)
    row = after[["p_personal", "p_personal_low", "p_personal_high", "told_personal", "why_personal"]].iloc[0]
    assert row.tolist() == [0, 0, 0, "no", "an analyst's word"]
    assert after.iloc[1].equals(before.iloc[1])
    drawn = np.array(list(kinds.draws(after, np.random.default_rng(1), 50)))
    assert not drawn[:, 0, 0].any()
    own = word.assign(by="ego")
    assert kinds.overruled(before, own).equals(before)


def test_a_word_on_a_kind_that_cannot_be_told_is_kept_without_a_probability():
    """One tie of a kind is no share of all: what is counted stays as it was, and the tie is what the analyst says."""
    word = pd.DataFrame({"ego_id": ["p000"], "alter_id": ["p001"], "kind": ["strategic"], "by": ["analyst"], "is": [1]})
    found = kinds.overruled(typed(ties([(0, 1), (1, 2)], signs="friend")), word)
    assert found["told_strategic"].tolist()[0] == "yes"
    assert found["p_strategic"].isna().all()
    assert kinds.tellable(found) == ("personal", "functional")


def spoken(*words: tuple[str, str, str, int]) -> pd.DataFrame:
    """Labels by those they are of: ego, alter, kind, whether it is so."""
    return pd.DataFrame(words, columns=["ego_id", "alter_id", "kind", "is"]).assign(by="ego")


def test_a_word_tells_of_its_own_tie_where_too_few_spoke_to_learn_from():
    """By Bayes' rule from what the signs say, by hand: .7 before, "no" of one who says so of .9 and wrongly of .025."""
    frame, rng = ties([(0, 1), (1, 2), (2, 3)], signs="friend"), np.random.default_rng(1)
    labels = spoken(("p000", "p001", "personal", 0), ("p002", "p001", "personal", 1), ("p003", "p002", "strategic", 1))
    set_to = settings(SIGNS, ties={"draws": 100})
    found, before = (kinds.probabilities(frame, set_to, rng, {}, said) for said in (labels, None))
    prior, rest = before["p_personal"][0], 1 - before["p_personal"][0]
    assert found["p_personal"][0] == pytest.approx(prior * 0.1 / (prior * 0.1 + rest * 0.975))
    assert found["p_personal"][1] == pytest.approx(prior * 0.9 / (prior * 0.9 + rest * 0.025))
    assert found["p_personal"][2] == before["p_personal"][2]
    assert ((found["p_personal_low"] <= found["p_personal"]) & (found["p_personal"] <= found["p_personal_high"])).all()
    assert found["told_personal"].tolist() == ["no", "yes", "open"]
    assert found["why_personal"].tolist() == [
        "one was asked and does not say so; friend",
        "one was asked and says so; friend",
        "friend",
    ]
    assert found["p_strategic"].isna().all()
    assert found["told_strategic"].tolist()[2] == "yes"
    assert found["why_strategic"].tolist()[2] == "one was asked and says so"


@pytest.mark.parametrize(("p", "told"), [(0.99, "yes"), (0.01, "no")])
def test_nothing_is_told_against_a_word(p, told):
    """However sure what others said of their ties may make it: such a tie is open, also where the two contradict."""
    frame = typed(ties([(0, 1), (1, 2), (2, 3)], signs="friend")).assign(p_personal=p, told_personal=told)
    both = spoken(
        ("p000", "p001", "personal", 0),
        ("p001", "p002", "personal", 1),
        ("p002", "p003", "personal", 0),
        ("p003", "p002", "personal", 1),
    )
    found = kinds.heard(frame, both, {"personal"}, settings(SIGNS), np.random.default_rng(1))
    assert found["p_personal"].tolist() == [p] * 3
    expected = {"yes": ["open", "yes", "open"], "no": ["no", "open", "open"]}
    assert found["told_personal"].tolist() == expected[told]


def test_words_on_pairs_without_a_tie_are_counted():
    """Each pair once; a volunteer's own labels are no analyst's."""
    frame = typed(ties([(0, 1), (1, 2)], signs="friend"))
    words = pd.DataFrame(
        [("p000", "p001", "personal", "analyst", 1), ("p000", "p002", "personal", "analyst", 1),
         ("p000", "p002", "strategic", "analyst", 0), ("p003", "p004", "personal", "ego", 1)],
        columns=["ego_id", "alter_id", "kind", "by", "is"],
    )  # fmt: skip
    assert kinds.without_tie(frame, words) == 1
    assert kinds.without_tie(frame, words.iloc[:0]) == 0


def test_seen_reads_signs_back():
    """Signs joined by + become one column each; a tie without any is a row of no."""
    found = kinds.seen(seen_on("any+friend", None, "friend"))
    assert found.to_dict("list") == {"any": [True, False, False], "friend": [True, False, True]}
