"""Why a tie is told to be of a kind: what was said first, then what the model heeds, in words."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from synthetic import settings, ties

from kithwork.tables import CONTACT
from kithwork.ties import dyads, reasons


class Heeds:
    """A model whose log odds are the sum of some columns."""

    classes_ = np.array([0, 1])

    def __init__(self, weights: list[float]) -> None:
        self.weights = np.array(weights)

    def predict_proba(self, x: np.ndarray) -> np.ndarray:
        p = 1 / (1 + np.exp(-np.nan_to_num(x) @ self.weights))
        return np.column_stack([1 - p, p])


def told(weights: list[float], features: pd.DataFrame, times=(0, 1, 2), witnesses=(0, 1, 2)) -> list[str]:
    """Reasons of three ties, the same from either side."""
    both = pd.concat([features, features], ignore_index=True)
    return reasons.of_reports(Heeds(weights), both, np.array(times), np.array(witnesses)).tolist()


def test_reasons_name_what_moves_the_odds_and_which_way():
    """Off hours speak for, a large group against; what is as usual is not named, nor what the model does not heed."""
    features = pd.DataFrame({"off_hours": [0.1, 0.1, 0.9], "group_size": [2.0, 9.0, 2.0], "weekend": [0.0, 0.5, 0.9]})
    assert told([2, -1, 0], features) == [
        "nobody was asked",
        "one was asked and says so; against: in larger groups than most",
        "both say so; for: more outside working hours than most",
    ]


def test_what_is_not_known_is_no_reason():
    """An absent value is not replaced, and a column that is absent throughout is harmless."""
    features = pd.DataFrame({"off_hours": [np.nan, 0.1, 0.9], "span": [np.nan] * 3})
    assert told([1, 1], features, times=(0, 0, 1), witnesses=(1, 2, 2)) == [
        "one was asked and does not say so",
        "neither says so; against: less outside working hours than most",
        "one of the two says so; for: more outside working hours than most",
    ]


def test_every_feature_has_words():
    """Of both sides' features none is without a name for high and low."""
    none = pd.DataFrame(columns=["a_id", "b_id", "contacts", *dyads.OF_TIES]).astype({"contacts": float})
    nobody = pd.DataFrame(columns=["ego_id", "alter_id", "relation"])
    labels = pd.DataFrame(columns=["ego_id", "alter_id", "kind", "by", "is"])
    sides = dyads.of(none, CONTACT.empty(), nobody, labels, pd.Series(dtype="str"), settings({}))
    assert set(sides.features) == set(reasons.WORDS)


def test_words_say_no_more_than_the_median_does():
    """A twelfth of contacts outside working hours is not often, though more than most ties have."""
    features = pd.DataFrame({"off_hours": [0.02, 0.02, 0.08], "level_gap": [2.0, 2.0, 1.0]})
    assert told([20, -2], features)[2] == "both say so; for: levels closer than most, more outside working hours than most"
    for name, words in reasons.WORDS.items():
        binary = name in ("crosses_unit", "same_role", "same_site")
        assert binary or all(re.search(r" than most$|\bmore by one\b", word) for word in words)


def test_signs_are_named_as_seen():
    """Joined by commas, or that there is none."""
    shown = pd.DataFrame({"same_unit": [True, False], "friend": [True, False]})
    assert reasons.of_signs(shown).tolist() == ["same unit, friend", "no sign of it"]


def test_a_stated_share_is_no_reason_of_one_tie():
    """It stands with each tie's signs, and is not counted among the commonest reasons."""
    why = reasons.of_signs(pd.DataFrame({"friend": [True, False]}), rated=True)
    assert why.tolist() == ["friend; shifted to a stated base rate", "no sign of it; shifted to a stated base rate"]
    found = reasons.often(ties([(0, 1), (2, 3)], why_personal=why), "personal", 0)
    assert found.to_dict() == {"friend": 0.5, "no sign of it": 0.5}


def test_commonest_reasons_are_counted_without_those_against():
    """Each tie counts once for what was said of it, and once for each word for."""
    why = ["both say so; for: on days off, in bursts; against: span", "both say so", "neither says so; for: in bursts"]
    so = ties([(0, 1), (1, 2), (3, 4)], why_personal=why)
    expected = {"both say so": 0.67, "in bursts": 0.67, "on days off": 0.33, "neither says so": 0.33}
    assert reasons.often(so, "personal", 0).round(2).to_dict() == expected
    assert reasons.often(so.iloc[:1].assign(why_personal="friend, same unit"), "personal", 0).to_dict() == {
        "friend": 1,
        "same unit": 1,
    }


def test_reasons_that_join_a_few_people_are_not_shown():
    """A chapter is published: what only a pair or three have in common stays with them."""
    why = ["both say so; for: in bursts", "both say so", "neither says so; for: in bursts"]
    so = ties([(0, 1), (1, 2), (3, 4)], why_personal=why)
    assert reasons.often(so, "personal", 3).index.tolist() == ["both say so", "in bursts"]
    assert reasons.often(so, "personal", 4).index.tolist() == ["in bursts"]
    assert reasons.often(so, "personal", 5).empty
