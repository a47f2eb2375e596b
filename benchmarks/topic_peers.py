"""Plain ways to find topics, that ours are held against: NMF and LDA of counted words, k-means of an LSA."""

from __future__ import annotations

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation, TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize

STOPS = "english"
LSA = 100
"""Dimensions."""


def nmf(texts: list[str], groups: int) -> np.ndarray:
    """Largest part of each text in a non-negative factorisation of TF-IDF (Lee & Seung 1999, Nature 401:788)."""
    weighed = TfidfVectorizer(stop_words=STOPS, min_df=2, token_pattern=r"\b\w\w+\b").fit_transform(texts)
    return NMF(groups, random_state=0, max_iter=1000, init="nndsvd").fit_transform(weighed).argmax(axis=1)


def lda(texts: list[str], groups: int) -> np.ndarray:
    """Largest part in latent Dirichlet allocation (Blei, Ng & Jordan 2003, JMLR 3:993)."""
    counts = CountVectorizer(stop_words=STOPS, token_pattern=r"\b\w\w+\b").fit_transform(texts)
    return LatentDirichletAllocation(groups, random_state=0).fit_transform(counts).argmax(axis=1)


def kmeans_lsa(texts: list[str], groups: int) -> np.ndarray:
    """K-means, ten starts, of TF-IDF in `LSA` dimensions of length 1 (Deerwester et al. 1990, JASIS 41:391)."""
    weighed = TfidfVectorizer(stop_words=STOPS, min_df=2, sublinear_tf=True, token_pattern=r"\b\w\w+\b").fit_transform(
        texts
    )
    place = TruncatedSVD(min(LSA, weighed.shape[1] - 1), random_state=0).fit_transform(weighed)
    return KMeans(groups, n_init=10, random_state=0).fit_predict(normalize(place))


PEERS = {"NMF": nmf, "LDA": lda, "k-means of LSA": kmeans_lsa}


def purity(labels: np.ndarray, of: np.ndarray) -> float:
    """Share of texts with the commonest label of their group."""
    table = np.zeros((of.max() + 1, labels.max() + 1))
    np.add.at(table, (of, labels), 1)
    return float(table.max(axis=1).sum() / len(of))
