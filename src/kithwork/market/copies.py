"""Texts that repeat one told before: forwarded, quoted, or sent in twice.

Two texts are alike by the cosine of their counts of four letters in a row. Those alike from a stated cosine on, directly
or through others, are one telling; all but the earliest of them are copies. Few words in common do not make a copy: two
people may well write "too many meetings". So texts of fewer than `OWN_WORDS` words count as copies only where the same
person wrote the same words. A telling that somebody adds much to is no copy.

All pairs that are alike enough are found without looking at all pairs: put the runs of letters in one order, rarest first,
and of each text keep just so many that what is left over is shorter than the cosine asked for. Two texts that are alike
share a run among those kept (Bayardo, Ma & Srikant 2007, WWW 131; Xiao et al. 2008, WWW 131).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import scipy.sparse

OWN_WORDS = 8
"""Words from which two people hardly write the same by chance."""
ROWS = 2000
"""Texts whose candidates are compared at a time."""


def copies(texts: pd.Series, who: pd.Series, words: pd.Series, alike: float) -> pd.Series:
    """The earliest telling that each plain text repeats, absent where it is that itself.

    All are indexed by comment, in order of time; `words`: of each text; `alike`: cosine, 0 to 1.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    key = texts.str.lower().str.replace(r"[\W_]+", " ", regex=True).str.strip()
    key = key.where(words >= OWN_WORDS, key + "\n" + who.astype(str))
    same, unique = pd.factorize(key)
    long = np.flatnonzero(~pd.Series(unique).str.contains("\n")) if len(unique) else np.array([], dtype=int)
    first, second = pairs(np.asarray(unique, dtype=object)[long], alike)
    links = coo_array((np.ones(len(first)), (long[first], long[second])), shape=(len(unique), len(unique)))
    told = pd.Series(connected_components(links, directed=False)[1][same], index=texts.index)
    earliest = pd.Series(texts.index, index=texts.index).groupby(told).transform("first")
    return earliest.where(earliest != texts.index)


def pairs(texts: np.ndarray, alike: float) -> tuple[np.ndarray, np.ndarray]:
    """Rows of all pairs of different texts whose cosine is at least `alike`, the smaller row first."""
    if len(texts) < 2:
        return np.array([], dtype=int), np.array([], dtype=int)
    rows = _counted(texts)
    kept = _rarest(rows, alike)
    found = []
    for start in range(0, len(texts), ROWS):
        shared = (kept[start : start + ROWS] @ kept.T).tocoo()
        one, other = shared.row + start, shared.col
        later = one < other
        one, other = one[later], other[later]
        cosine = np.asarray(rows[one].multiply(rows[other]).sum(axis=1)).ravel()
        found.append(np.array([one, other])[:, cosine >= alike - 1e-9])
    first, second = np.hstack(found)
    return first, second


def _counted(texts: np.ndarray) -> scipy.sparse.csr_matrix:
    """Counts of four letters in a row, each text's of length 1; columns from the rarest on."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    counts = CountVectorizer(analyzer="char_wb", ngram_range=(4, 4), lowercase=False, dtype=np.float32).fit_transform(texts)
    often = np.bincount(counts.indices, minlength=counts.shape[1])
    return normalize(csr_matrix(counts[:, np.argsort(often, kind="stable")]))


def _rarest(rows: scipy.sparse.csr_matrix, alike: float) -> scipy.sparse.csr_matrix:
    """The first entries of each row, up to where those left over are shorter than `alike`; ones in their place."""
    from scipy.sparse import csr_matrix

    rows.sort_indices()
    square = rows.data.astype(float) ** 2
    before = np.cumsum(square) - square
    before -= np.repeat(before[rows.indptr[:-1]], np.diff(rows.indptr))
    keep = 1 - before >= (alike - 1e-6) ** 2
    data = keep.astype(np.float32)
    kept = csr_matrix((data, rows.indices.copy(), rows.indptr.copy()), shape=rows.shape)
    kept.eliminate_zeros()
    return kept
