"""Shares of a group's ties by kind, and how far other people like these would have moved them.

What is estimated is a ratio of totals, T_k over Σ T, T_k = Σ over ties held_t p_tk. Ties are not cases of their own: all
ties of a person are alike. So the covariance of log T is the one for dyads, in which ties that share a person may move
together (Fafchamps & Gubert 2007, J. Dev. Econ. 83:326; Aronow, Samii & Assenova 2015, Political Analysis 23:564):

    V = Σ over persons S_i S_iᵀ − Σ over ties h_t h_tᵀ,   S_i = Σ over i's ties h_t,   h_tk = held_t p_tk / T_k, centred

with each S_i divided by √(1 − H_i), H_i the person's part of T_k, averaged over kinds, since those who are in most ties
pull the estimate after them (Bell & McCaffrey 2002, Survey Methodology 28:169). V is never less than if ties shared
nothing. Draws are log T plus multivariate t errors; back on shares they are compositions, and lie in 0–1 however small the
group. Their degrees of freedom are G − 1, G the number of people that carry the sum: (Σ H²)² / Σ H⁴ where people's
leanings make the errors, (Σ H)² / Σ H² where their single ties do; the harmonic mean of both is taken.

The vertex bootstrap, which weighs a tie by the product of its two ends' draws, counts three times what is of the tie alone:
its intervals are too wide. What ties leave open of their kind is in p, and no coin is tossed for it: over people like these
it averages out. It fails where probabilities are wrong in one group though right over all, which nothing computed from them
shows (`make bench-portfolios` says how much).
"""

from __future__ import annotations

import numpy as np

from kithwork import gaussian

FEWEST_TIES = 5
"""Ties below which nothing is said of a group: how they differ is not known."""
PSEUDO_TIES = 0.5
"""What stands for the total of a kind that no tie is of, with a standard error of 1 on the log scale: its share may then be
up to about three ties of all, as by the rule of three."""
LEVERAGE_MOST = 0.9


def scatter(held: np.ndarray, p: np.ndarray, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, float]:
    """Covariance of log totals less their mean, (kinds, kinds), and its degrees of freedom, at least 1.

    `held`: (ties,) how many ends of each tie are counted, above 0; `p`: (ties, kinds) in 0–1, one of them above 0; `a`,
    `b`: (ties,) row numbers of both ends.
    """
    counted = held[:, None] * p
    totals = counted.sum(axis=0)
    there = totals > 0
    part = counted[:, there] / totals[there]
    apart = np.zeros_like(counted)
    apart[:, there] = part - part.mean(axis=1, keepdims=True)
    weight = _by_person(part.mean(axis=1, keepdims=True), a, b)
    persons = _by_person(apart, a, b) / np.sqrt(1 - np.minimum(weight, LEVERAGE_MOST))
    own = apart.T @ apart
    shared, axes = np.linalg.eigh(persons.T @ persons - 2 * own)
    covariance = own + (axes * np.maximum(shared, 0)) @ axes.T + np.diag(np.where(there, 0.0, 1.0))
    by_people, by_ties = (max(float((weight**k).sum() ** 2 / (weight ** (2 * k)).sum()) - 1, 1.0) for k in (2, 1))
    return covariance, 2 / (1 / by_people + 1 / by_ties)


def drawn(
    totals: np.ndarray, sure: np.ndarray, covariance: np.ndarray, freedom: float, rng: np.random.Generator
) -> np.ndarray:
    """Compositions (draws, kinds), each row summing to 1. `totals`: (draws, kinds) by probabilities drawn from their
    ranges; `sure`: (kinds,) by the estimates."""
    from scipy.special import softmax

    count, kinds = totals.shape
    error = gaussian.heavier(np.zeros(kinds), covariance, freedom, count, rng)
    return softmax(np.log(np.where(sure > 0, totals, np.maximum(totals, PSEUDO_TIES))) + error, axis=1)


def _by_person(of_ties: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Sums over each person's ties: (people with ties, columns)."""
    who, place = np.unique(np.concatenate([a, b]), return_inverse=True)
    found = np.zeros((len(who), of_ties.shape[1]))
    np.add.at(found, place, np.concatenate([of_ties, of_ties]))
    return found
