"""How good told probabilities are beside what people said: how well they rank, how far off they are, and whether they mean
what they say. Every score has its interval by a bootstrap over egos, since the answers of one person hang together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kithwork.estimates import TAILS, Estimate, from_draws

BINS = 10


def scores(
    said: np.ndarray,
    p: np.ndarray,
    egos: np.ndarray,
    resamples: int,
    rng: np.random.Generator,
    alters: np.ndarray | None = None,
) -> dict[str, Estimate]:
    """Each score of `SCORES` with its interval. `said`: (dyads,) of 0 or 1; `p`: (dyads,) probabilities; `egos`: (dyads,)
    who said so; `alters`: (dyads,) of whom, where these hang together as well; n counts dyads. Both answers must occur.
    """
    drawn = resampled(egos, resamples, rng, alters)
    drawn = drawn[(drawn @ said > 0) & (drawn @ (1 - said) > 0)]
    once = np.ones(len(said))
    return {
        name: from_draws(score(said, p, once), np.array([score(said, p, weights) for weights in drawn]), len(said))
        for name, score in SCORES.items()
    }


def informed(said: np.ndarray, p: np.ndarray, egos: np.ndarray, resamples: int, rng: np.random.Generator) -> bool:
    """Whether the probabilities tell more than the base rate: their skill's interval, by egos drawn as in `scores`, lies
    above 0."""
    _, place = np.unique(egos, return_inverse=True)
    dyads, yes, loss = (np.bincount(place, of) for of in (np.ones(len(said)), said, (p - said) ** 2))
    times = rng.multinomial(len(dyads), np.full(len(dyads), 1 / len(dyads)), resamples)
    rate, brier = (times @ yes) / (times @ dyads), (times @ loss) / (times @ dyads)
    return bool(np.percentile(rate * (1 - rate) - brier, TAILS[0]) > 0)


def resampled(egos: np.ndarray, resamples: int, rng: np.random.Generator, alters: np.ndarray | None = None) -> np.ndarray:
    """(resamples, dyads): how often each dyad is drawn. Egos are drawn whole (Field & Welsh 2007, JRSS B 69:369); with
    `alters`, people are, and a dyad comes as often as ego times as often as alter (Owen 2007, Ann. Appl. Stat. 1:386)."""
    ends = egos if alters is None else np.concatenate([egos, alters])
    order, place = np.unique(ends, return_inverse=True)
    times = rng.multinomial(len(order), np.full(len(order), 1 / len(order)), resamples)
    if alters is None:
        return times[:, place]
    return times[:, place[: len(egos)]] * times[:, place[len(egos) :]]


def auc(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> float:
    """Chance that of a dyad said to be of the kind and one said not to be, the first has the higher p; .5 is guessing
    (Hanley & McNeil 1982, Radiology 143:29)."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(said, p, sample_weight=weights))


def average_precision(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> float:
    """Precision averaged over recall; guessing gives the share of dyads that are of the kind (Davis & Goadrich 2006)."""
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(said, p, sample_weight=weights))


def brier(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> float:
    """Mean squared error, 0 to 1 (Brier 1950, Mon. Weather Rev. 78:1)."""
    return float(np.average((p - said) ** 2, weights=weights))


def skill(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> float:
    """Share of the Brier score of always saying the base rate that is spared: 1 - B / π(1 - π); 0 is no use."""
    rate = np.average(said, weights=weights)
    return 1 - brier(said, p, weights) / (rate * (1 - rate))


def calibration_error(said: np.ndarray, p: np.ndarray, weights: np.ndarray) -> float:
    """Expected calibration error: |said - told| in ten bins of as many dyads each, averaged (Naeini, Cooper & Hauskrecht
    2015, AAAI; bins of equal number after Nixon et al. 2019). Above 0 by chance too, the more so the fewer dyads."""
    told, seen, weight = reliability(said, p, weights)
    return float(np.average(np.abs(told - seen), weights=weight))


def reliability(said: np.ndarray, p: np.ndarray, weights: np.ndarray | None = None) -> tuple[np.ndarray, ...]:
    """The reliability curve: of each bin its mean p, the share said to be of the kind, its weight. Equal p share a bin."""
    weights = np.ones(len(p)) if weights is None else weights
    place = bins(p)
    weight = np.bincount(place, weights, BINS)
    held = weight > 0
    told, seen = (np.bincount(place, weights * values, BINS)[held] / weight[held] for values in (p, said))
    return told, seen, weight[held]


def bins(p: np.ndarray) -> np.ndarray:
    """The bin of each p, (dyads,) from 0: ten of as many dyads each, fewer where equal p share one."""
    edges = np.unique(np.quantile(p, np.linspace(0, 1, BINS + 1)[1:-1]))
    return np.searchsorted(edges, p, side="right")


SCORES: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], float]] = {
    "auc": auc,
    "average_precision": average_precision,
    "brier": brier,
    "skill": skill,
    "calibration_error": calibration_error,
}
