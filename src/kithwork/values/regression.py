"""How much of a figure of people a linear regression leaves unexplained, 1 − adjusted R², with its bootstrap over people.

    (RSS / (n − k)) / (TSS / (n − 1)), k the coefficients that can be told apart, the constant one of them

Least squares needs sums of products only, so that all resamples are one matrix product and one stack of small systems.
A resample's population is the sample, of which the plain R² holds, not the adjusted: draws are moved by what lies between
the two. It fails where few people carry the differences, and where what is explained is not linear in what explains.
"""

from __future__ import annotations

import numpy as np

from kithwork.replicates import sums


def unexplained(values: np.ndarray, by: np.ndarray, drawn: np.ndarray) -> tuple[float, np.ndarray]:
    """The share left, 0 to 1, and what it is in each resample, (resamples,).

    `values`: (people,); `by`: (people, columns) what explains them; `drawn`: (resamples, people) how often each person is
    drawn. NaN where there are no differences, or not more people than coefficients.
    """
    columns = np.column_stack([_standardised(by), _standardised(values[:, None])])
    columns = np.column_stack([np.ones(len(values)), columns])
    rows, others = np.triu_indices(columns.shape[1])
    products = columns[:, rows] * columns[:, others]
    plain, adjusted = _left(sums(np.ones((1, len(values))), products), rows, others)
    draws = _left(sums(drawn, products), rows, others)[1] + adjusted - plain
    return float(np.clip(adjusted[0], 0, 1)), np.clip(draws, 0, 1)


def _standardised(columns: np.ndarray) -> np.ndarray:
    """Less their means, over their standard deviations: sums of products lose no digits."""
    apart = columns - columns.mean(axis=0)
    deviation = apart.std(axis=0)
    return np.divide(apart, deviation, out=np.zeros_like(apart), where=deviation > 0)


def _left(totals: np.ndarray, rows: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """1 − R² and 1 − adjusted R² by sums of products, (resamples, products); the last column is what is explained."""
    size = int(rows.max()) + 1
    moments = np.zeros((len(totals), size, size))
    moments[:, rows, others] = moments[:, others, rows] = totals
    people, inner, outer, own = moments[:, 0, 0], moments[:, :-1, :-1], moments[:, :-1, -1:], moments[:, -1, -1]
    solved = np.linalg.pinv(inner, rcond=1e-10, hermitian=True) @ outer
    rest = np.maximum(own - (outer * solved).sum(axis=(1, 2)), 0)
    whole = own - outer[:, 0, 0] ** 2 / np.maximum(people, 1)
    freedom = people - np.linalg.matrix_rank(inner, tol=1e-10 * np.maximum(people, 1), hermitian=True)
    known = (freedom > 0) & (whole > 1e-10 * people)
    plain = np.where(known, rest / np.where(known, whole, 1), np.nan)
    return plain, plain * (people - 1) / np.where(known, freedom, 1)
