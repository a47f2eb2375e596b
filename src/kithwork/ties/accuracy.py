"""How good told probabilities are beside what people said: how well they rank, how far off they are, and whether they mean
what they say. Every score has its interval by a bootstrap over egos, since the answers of one person hang together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from kithwork.estimates import TAILS, Estimate, from_draws

BINS = 10
AT_ONCE = 4_000_000
"""Most dyads times draws held at once: 32 MB an array."""


def scores(
    said: np.ndarray,
    p: np.ndarray,
    egos: np.ndarray,
    resamples: int,
    rng: np.random.Generator,
    alters: np.ndarray | None = None,
    names: Iterable[str] | None = None,
) -> dict[str, Estimate]:
    """Each score of `SCORES`, or of `names`, with its interval. `said`: (dyads,) of 0 or 1; `p`: (dyads,) probabilities;
    `egos`: (dyads,) who said so; `alters`: (dyads,) of whom, where these hang together as well; n counts dyads. Both
    answers must occur.
    """
    asked = {name: SCORES[name] for name in names or SCORES}
    drawn: dict[str, list[np.ndarray]] = {name: [] for name in asked}
    for times in resampled(egos, resamples, rng, alters):
        times = times[(times @ said > 0) & (times @ (1 - said) > 0)]
        for name, score in asked.items():
            drawn[name].append(score(said, p, times))
    once = np.ones(len(said))
    return {
        name: from_draws(float(score(said, p, once)), np.concatenate(drawn[name]), len(said))
        for name, score in asked.items()
    }


def informed(said: np.ndarray, p: np.ndarray, egos: np.ndarray, resamples: int, rng: np.random.Generator) -> bool:
    """Whether the probabilities tell more than the base rate: their skill's interval, by egos drawn as in `scores`, lies
    above 0."""
    times, place = drawn_egos(egos, resamples, rng)
    dyads, yes, loss = (np.bincount(place, of) for of in (np.ones(len(said)), said, (p - said) ** 2))
    rate, brier = (times @ yes) / (times @ dyads), (times @ loss) / (times @ dyads)
    return bool(np.percentile(rate * (1 - rate) - brier, TAILS[0]) > 0)


def drawn_egos(egos: np.ndarray, resamples: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(resamples, egos): how often each ego is drawn, and (dyads,) which ego each dyad is of. Egos are drawn whole (Field &
    Welsh 2007, JRSS B 69:369)."""
    order, place = np.unique(egos, return_inverse=True)
    return rng.multinomial(len(order), np.full(len(order), 1 / len(order)), resamples), place


def resampled(
    egos: np.ndarray, resamples: int, rng: np.random.Generator, alters: np.ndarray | None = None
) -> Iterator[np.ndarray]:
    """(some resamples, dyads): how often each dyad is drawn, in parts that fit into memory. Egos are drawn whole; with
    `alters`, people are, and a dyad comes as often as ego times as often as alter (Owen 2007, Ann. Appl. Stat. 1:386)."""
    ends = egos if alters is None else np.concatenate([egos, alters])
    order, place = np.unique(ends, return_inverse=True)
    chances, most = np.full(len(order), 1 / len(order)), max(AT_ONCE // max(len(ends), 1), 1)
    for done in range(0, resamples, most):
        times = rng.multinomial(len(order), chances, min(most, resamples - done)).astype(float)
        yield times[:, place] if alters is None else times[:, place[: len(egos)]] * times[:, place[len(egos) :]]


def auc(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Chance that of a dyad said to be of the kind and one said not to be, the first has the higher p; .5 is guessing
    (Hanley & McNeil 1982, Radiology 143:29)."""
    of_kind, other = _by_rank(said, p, weights)
    below = other.cumsum(axis=-1) - other / 2
    return (of_kind * below).sum(axis=-1) / (of_kind.sum(axis=-1) * other.sum(axis=-1))


def average_precision(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Precision averaged over recall; guessing gives the share of dyads that are of the kind (Davis & Goadrich 2006)."""
    of_kind, other = (one[..., ::-1] for one in _by_rank(said, p, weights))
    found = of_kind.cumsum(axis=-1)
    precision = found / np.maximum(found + other.cumsum(axis=-1), np.finfo(float).tiny)
    return (of_kind * precision).sum(axis=-1) / found[..., -1]


def _by_rank(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(…, distinct p), from the lowest: the weight of dyads said to be of the kind, and of the others."""
    order = np.argsort(p, kind="stable")
    first = np.flatnonzero(np.r_[True, np.diff(p[order]) > 0])
    heavy, yes = np.asarray(weights)[..., order], said[order]
    of_kind, other = (np.add.reduceat(heavy * one, first, axis=-1) for one in (yes, 1 - yes))
    return of_kind, other


def brier(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Mean squared error, 0 to 1 (Brier 1950, Mon. Weather Rev. 78:1)."""
    return weights @ (p - said) ** 2 / weights.sum(axis=-1)


def skill(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share of the Brier score of always saying the base rate that is spared: 1 - B / π(1 - π); 0 is no use."""
    rate = weights @ said / weights.sum(axis=-1)
    return 1 - brier(said, p, weights) / (rate * (1 - rate))


def calibration_error(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Expected calibration error: |said - told| in ten bins of as many dyads each, averaged (Naeini, Cooper & Hauskrecht
    2015, AAAI; bins of equal number after Nixon et al. 2019). Above 0 by chance too, the more so the fewer dyads."""
    off = np.where(bins(p)[:, None] == np.arange(BINS), (p - said)[:, None], 0.0)
    return np.abs(weights @ off).sum(axis=-1) / weights.sum(axis=-1)


def bins(p: np.ndarray) -> np.ndarray:
    """The bin of each p, (dyads,) from 0: ten of as many dyads each, fewer where equal p share one."""
    edges = np.unique(np.quantile(p, np.linspace(0, 1, BINS + 1)[1:-1]))
    return np.searchsorted(edges, p, side="right")


SCORES: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]] = {
    "auc": auc,
    "average_precision": average_precision,
    "brier": brier,
    "skill": skill,
    "calibration_error": calibration_error,
}
"""Each takes the weights of the dyads, (dyads,), or (draws, dyads) and gives one score a draw."""
