"""market/points.py: texts of a language as points."""

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from written import themed

from kithwork.market.points import DIMENSIONS, PLAIN, WEIGHT, lsa, points, stop_words


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


ALONE = pd.Series([a + b + c + " " + c + b + a for a in "bdfgh" for b in "aeio" for c in "klm"])
"""Texts that share no word, 60."""


@pytest.mark.parametrize("texts", [ALONE[:40], pd.concat([ALONE[:30], ALONE[:30]]), ALONE])
def test_axes_of_one_size_are_not_linear_algebras_choice(texts, monkeypatch):
    """Any others that span the same give the same points, as far apart as they were; nothing is told of more than fit."""
    from sklearn.utils import extmath

    plain, turn = extmath.randomized_svd, np.random.default_rng(1)

    def turned(*of, **told):
        left, size, right = plain(*of, **told)
        same = int((size > 1e-9).sum())
        left[:, :same] = left[:, :same] @ np.linalg.qr(turn.normal(size=(same, same)))[0]
        return left, size, right

    found = lsa(texts, "el")
    monkeypatch.setattr(extmath, "randomized_svd", turned)
    assert (lsa(texts, "el") == found).all()
    if len(texts.unique()) <= DIMENSIONS:
        assert found @ found.T == pytest.approx(np.equal.outer(texts.to_numpy(), texts.to_numpy()).astype(float), abs=1e-4)
    else:
        assert not found.any()
