"""market/languages.py: the language of short texts."""

import numpy as np
import pandas as pd
import pytest

from kithwork.market.languages import languages, likelihoods, mixed

ENGLISH = [
    "The customers ask for lower prices", "We have too many meetings", "The canteen should open earlier",
    "A supplier told me that glass is late", "My screen flickers", "Travel bookings take too long", "The lift is slow",
]  # fmt: skip
GERMAN = [
    "Die Kunden fragen nach niedrigeren Preisen", "Wir haben zu viele Besprechungen", "Die Kantine sollte früher öffnen",
    "Ein Lieferant sagte mir, dass Glas knapp ist", "Mein Bildschirm flackert", "Der Aufzug ist langsam",
]  # fmt: skip


def test_languages_of_a_mixed_engagement():
    """Each text in its own, and a few words in what the others are in."""
    found = languages(pd.Series([*ENGLISH, *GERMAN]))
    assert found.tolist() == ["en"] * len(ENGLISH) + ["de"] * len(GERMAN)
    assert languages(pd.Series([*ENGLISH, "late glass"])).iloc[-1] == "en"


def test_what_cannot_be_told_is_absent():
    """A lone text in another script is no language of the engagement, and letters without a language are in none."""
    found = languages(pd.Series([*ENGLISH * 3, "प्रिंटर काम नहीं करता", "xqzt"]))
    assert found.iloc[:-2].eq("en").all()
    assert pd.isna(found.iloc[-2])
    assert languages(pd.Series([], dtype="str")).empty


def test_shares_are_those_of_expectation_and_maximisation():
    """With likelihoods that tell outright, posteriors are certain; with none, each has the shares of the others."""
    sure = np.array([[1.0, 0.0]] * 30 + [[0.0, 1.0]] * 10)
    posterior = mixed(np.vstack([sure, [[0.5, 0.5]]]))
    np.testing.assert_allclose(posterior[:-1], sure)
    np.testing.assert_allclose(posterior[-1], [0.75, 0.25], atol=0.01)
    np.testing.assert_allclose(likelihoods(pd.Series(ENGLISH)).sum(axis=1), 1, rtol=1e-3)


@pytest.mark.parametrize("few", [1, 2])
def test_a_language_of_too_few_texts_is_left_out(few):
    """Two texts that letters put elsewhere by a little are in the language of all others."""
    posterior = mixed(np.array([[0.9, 0.1]] * 60 + [[0.4, 0.6]] * few))
    assert (posterior[:, 0] > 0.99).all()
