"""When a topic bursts: weeks in which people write of it far more than over the whole time.

Kleinberg's automaton for batches (2002, Data Min. Knowl. Discov. 7:373, section 4). Of d texts in a week r are on the
topic, each with probability p₀ = Σr / Σd at rest and p₁ = s p₀ in a burst. It begins at rest; a week in state i costs

    σ(i, r, d) = −ln [C(d, r) pᵢʳ (1 − pᵢ)ᵈ⁻ʳ]

and going up costs γ ln n, n being the weeks with texts, going down nothing; the cheapest sequence of states is found by
dynamic programming (Viterbi). A burst weighs Σ [σ(0) − σ(1)] over its weeks. s = 2 and γ = 1, as in that paper.

A topic with half of all texts or more cannot double its share: it has no bursts.

Chance makes bursts too: of level topics up to one in seven has some (`benchmarks.trends`). So the heaviest burst of a topic
is set against those of as many texts that fall into the weeks as all texts do.
"""

from __future__ import annotations

import numpy as np

UP = 2.0
"""s: how many times its share over the whole time a topic has in a burst."""
RELUCTANCE = 1.0
"""γ: how much going up costs."""
SAME = 1e-9
"""Weights that differ by less are the same."""


def gains(texts: np.ndarray, of: np.ndarray) -> np.ndarray:
    """σ(0) − σ(1) of each week: how much likelier a burst makes its count, as a logarithm.

    `texts`: (topics, weeks); `of`: (weeks,). −∞ for topics that cannot burst.
    """
    share = texts.sum(axis=1, keepdims=True) / of.sum()
    able = UP * share < 1
    rest = np.where(able, share, 0)
    gain = texts * np.log(UP) + (of - texts) * (np.log1p(-UP * rest) - np.log1p(-rest))
    return np.where(able, gain, -np.inf)


def states(gain: np.ndarray, batches: int) -> np.ndarray:
    """Whether each week is in a burst (topics × weeks), on the cheapest path; of two as cheap, the one at rest."""
    climb = RELUCTANCE * np.log(batches)
    rest, burst = np.zeros(len(gain)), np.full(len(gain), np.inf)
    fell, stayed = np.zeros(gain.shape, dtype=bool), np.zeros(gain.shape, dtype=bool)
    for week in range(gain.shape[1]):
        fell[:, week], stayed[:, week] = burst < rest, burst < rest + climb
        rest, burst = np.minimum(rest, burst), np.minimum(burst, rest + climb) - gain[:, week]
    found, now = np.zeros(gain.shape, dtype=bool), burst < rest
    for week in reversed(range(gain.shape[1])):
        found[:, week] = now
        now = np.where(now, stayed[:, week], fell[:, week])
    return found


def bursts(texts: np.ndarray, of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weeks in bursts, and what each week adds to the weight of its burst; both (topics, weeks)."""
    gain = gains(texts, of)
    return states(gain, int(np.count_nonzero(of))), gain


def heaviest(bursting: np.ndarray, gain: np.ndarray) -> tuple[int, int, float] | None:
    """The first week, the last week and the weight of one topic's heaviest burst; None where it has none."""
    edges = np.flatnonzero(np.diff(np.r_[False, bursting, False].astype(int)))
    if not len(edges):
        return None
    weights = np.array([gain[first:end].sum() for first, end in edges.reshape(-1, 2)])
    at = int(weights.argmax())
    return int(edges[2 * at]), int(edges[2 * at + 1]) - 1, float(weights[at])


def chance(texts: np.ndarray, of: np.ndarray, weight: float, draws: int, rng: np.random.Generator) -> float:
    """P of a burst of this weight or more, of as many texts as one topic has (weeks,), spread over weeks as all texts are.

    Monte Carlo: (1 + draws as heavy) / (draws + 1) (Davison & Hinkley 1997).
    """
    drawn = rng.multinomial(int(texts.sum()), of / of.sum(), size=draws).astype(float)
    bursting, gain = bursts(np.minimum(drawn, of), of)
    heaviest_of, run = np.zeros(draws), np.zeros(draws)
    for week in range(len(of)):
        run = np.where(bursting[:, week], run + gain[:, week], 0)
        heaviest_of = np.maximum(heaviest_of, run)
    return float((1 + (heaviest_of >= weight - SAME).sum()) / (draws + 1))
