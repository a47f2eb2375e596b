"""Whether people with more ties of a kind write of topics earlier: a concordance over pairs of people.

    C = Σ [c_ij + ½ t_ij] / Σ n_ij

over topics and pairs i, j of one stratum: n_ij is 1 where one of the two wrote of the topic and the other later or never,
c_ij where the one who wrote first has more such ties, t_ij where both have as many (Harrell et al. 1982, JAMA 247:2543).
One half is no difference. Whoever writes more writes earlier by chance alone, so pairs are of people who wrote as much.

The variance counts people and topics, as both are a draw of those there might be: with ψ the share of C's error that a
person, a topic or a person in a topic has, ψ = (S − C·N)/Σ n over the pairs that hold it,

    V = Σ_i ψ_i² + max(0, T/(T − 1) Σ_t ψ_t² − Σ_it ψ_it²)

(Cameron, Gelbach & Miller 2011, J. Bus. Econ. Stat. 29:238). The interval is even on log odds, with Satterthwaite's (1946,
Biometrics Bull. 2:110) degrees of freedom.
"""

from __future__ import annotations

import numpy as np

from kithwork.estimates import LEVEL, Estimate

FEWEST = 20
"""People below which nothing is told."""
AT_ONCE = 4_000_000
"""Pairs held in memory at a time."""


def earlier(first: np.ndarray, ties: np.ndarray, strata: np.ndarray) -> Estimate | None:
    """C with its interval, 0 to 1; n counts people. None with too few people, pairs, or no difference in ties.

    `first`: when each person first wrote of each topic, infinite for never, (people, topics); `ties`: the same shape, or
    (people,); `strata`: whole numbers, (people,).
    """
    people = len(first)
    if people < FEWEST:
        return None
    ties = np.broadcast_to(ties[:, None] if ties.ndim == 1 else ties, first.shape)
    right, pairs = np.zeros(first.shape), np.zeros(first.shape)
    for stratum in np.unique(strata):
        rows = np.flatnonzero(strata == stratum)
        for topic in range(first.shape[1]):
            _add(first[rows, topic], ties[rows, topic], rows, right[:, topic], pairs[:, topic])
    total = pairs.sum() / 2
    if total == 0 or np.ptp(ties, axis=0).max(initial=0) == 0:
        return None
    found = float(right.sum() / 2 / total)
    error = (right - found * pairs) / total
    of_people = float(np.square(error.sum(axis=1)).sum())
    topics = int((pairs.sum(axis=0) > 0).sum())
    of_topics = 0.0
    if topics > 1:
        alone = np.square(error.sum(axis=0) / 2).sum() * topics / (topics - 1)
        of_topics = max(float(alone - np.square(error).sum()), 0.0)
    free = (
        (of_people + of_topics) ** 2 / (of_people**2 / (people - 1) + of_topics**2 / max(topics - 1, 1)) if of_people else 1
    )
    return _on_log_odds(found, np.sqrt(of_people + of_topics), free, people)


def _add(first: np.ndarray, ties: np.ndarray, rows: np.ndarray, right: np.ndarray, pairs: np.ndarray) -> None:
    """Adds the pairs of one stratum and topic to the sums of each of the two people."""
    wrote = np.flatnonzero(np.isfinite(first))
    step = max(AT_ONCE // max(len(first), 1), 1)
    for start in range(0, len(wrote), step):
        some = wrote[start : start + step]
        later = first[None, :] > first[some, None]
        score = later * (0.5 + 0.5 * np.sign(ties[some, None] - ties[None, :]))
        np.add.at(right, rows[some], score.sum(axis=1))
        np.add.at(pairs, rows[some], later.sum(axis=1))
        right[rows] += score.sum(axis=0)
        pairs[rows] += later.sum(axis=0)


def _on_log_odds(found: float, error: float, free: float, n: int) -> Estimate:
    """An estimate whose interval is even on log odds; all of 0 to 1 where that has no error to go by."""
    from scipy.special import expit, logit
    from scipy.stats import t

    if error == 0 or not 0 < found < 1:
        return Estimate(found, 0.0, 1.0, n)
    far = float(t.ppf((1 + LEVEL) / 2, free)) * error / (found * (1 - found))
    return Estimate(found, float(expit(logit(found) - far)), float(expit(logit(found) + far)), n)
