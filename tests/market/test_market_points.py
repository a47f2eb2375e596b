"""market/points.py: texts of a language as points."""

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from written import themed

from kithwork.market.points import PLAIN, WEIGHT, lsa, points, stop_words


def test_points_have_length_one_and_both_views():
    """Words of like meaning, and words shared, bring texts together; the weight is as stated."""
    texts = pd.Series(["glass deliveries are late", "our supplier of glass is slow", "the canteen should open earlier"])
    place = points(texts, "en")
    np.testing.assert_allclose(np.linalg.norm(place, axis=1), 1, rtol=1e-5)
    assert place[0] @ place[1] > place[0] @ place[2] + 0.2
    split = (place[:, :256] ** 2).sum(axis=1) / (place**2).sum(axis=1)
    np.testing.assert_allclose(split, 1 / (1 + WEIGHT**2), rtol=1e-4)


@pytest.mark.filterwarnings("ignore:Your stop_words")
@pytest.mark.parametrize("language", ["en", "ko"])
def test_lsa_is_that_of_scikit_learn(language):
    """Cosines of the fallback are those of scikit-learn's TF-IDF and truncated SVD on the same words."""
    texts, _ = themed(30, np.random.default_rng(1))
    reader = TfidfVectorizer(sublinear_tf=True, min_df=2, token_pattern=r"\b\w+\b", stop_words=sorted(stop_words(language)))
    other = TruncatedSVD(30, algorithm="arpack").fit_transform(reader.fit_transform(texts))
    other /= np.linalg.norm(other, axis=1, keepdims=True)
    mine = lsa(pd.Series(texts), language)
    assert np.corrcoef((mine @ mine.T).ravel(), (other @ other.T).ravel())[0, 1] > 0.98


def test_languages_that_the_vectors_do_not_know_have_the_fallback_alone():
    """And a text without a word lies nowhere."""
    texts = pd.Series(["유리 납품 지연", "유리 가격 인상", "…"])
    assert "ko" in PLAIN
    place = points(texts, "ko")
    np.testing.assert_array_equal(place, lsa(texts, "ko"))
    assert not place[2].any()
    assert not lsa(pd.Series(["the", "and"]), "en").any()
