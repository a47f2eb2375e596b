"""Kinds of tie by what people said: learned where they said it, carried to the ties of those who were not asked.

Three steps, each with its own module: how likely somebody is to say of a tie that it is of the kind, by all that is known
besides (`learned`); how often people say so where it is and where it is not, by those pairs of which both were asked
(`reports`); and by both, with what was said of the very tie, how likely it is to be of the kind. Where too few pairs were
asked from both sides, as where a few volunteers label their ties, how far a word goes is stated in `params.yaml`
(`ties.word`), as a range.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from kithwork.estimates import TAILS, Estimate, from_draws
from kithwork.params import Settings
from kithwork.ties import accuracy, learned, reasons, reports
from kithwork.ties.dyads import Dyads

DRAWS, REFITS = 400, 40
"""Draws of the pairs that the chances of a report rest on; of the few egos that a model was learned from."""

AT_ONCE = 20_000
"""Ties whose draws are held at once: 64 MB an array."""

CHANCES = ("sensitivity", "false_reports")
"""How people speak of a kind."""


@dataclass(frozen=True)
class Told:
    """One kind by what people said. `p`, `low`, `high`: (ties,) P(kind) with its 95 % range; `why`: (ties,) what it rests
    on, in words; `heard`: (ties,) whether anybody was asked of the tie; `model`: what was learned.

    `said`, `expected`, `ego`: (dyads,) answers, their chances by a model that never saw that ego, and egos, of dyads that
    contact makes: that others are there at all says that somebody named them, which would flatter. `informed`: whether
    contact and staff list tell anything of the kind. `sensitivity`, `false_reports`: how people speak; absent where it was
    stated.
    """

    p: np.ndarray
    low: np.ndarray
    high: np.ndarray
    why: np.ndarray
    heard: np.ndarray
    model: str
    said: np.ndarray
    expected: np.ndarray
    ego: np.ndarray
    informed: bool
    sensitivity: Estimate | None
    false_reports: Estimate | None


def by_reports(sides: Dyads, settings: Settings, rng: np.random.Generator) -> dict[str, Told]:
    """What can be told by what people said, kind by kind; a kind of which too few said anything is left to the signs."""
    heard = {kind: _heard(sides, kind) for kind in sides.said}
    heard = {kind: one for kind, one in heard.items() if one.learnable(sides.ego)}
    with learned.one_thread(), ThreadPoolExecutor(os.cpu_count()) as hands:
        models = list(hands.map(lambda one: _learned(sides, one, settings.ties.seed), heard.values()))
    each = zip(heard.items(), models, strict=True)
    return {kind: _told(sides, one, model, settings, rng) for (kind, one), model in each}


class _Heard(NamedTuple):
    """What was said of one kind, (dyads,) each: whether so, whether anybody was asked, whether it is judged by."""

    said: np.ndarray
    asked: np.ndarray
    judged: np.ndarray

    def learnable(self, egos: np.ndarray) -> bool:
        """Whether enough was said to learn from, and to judge by."""
        said, asked, judged = self
        return learned.learnable(said[asked], egos[asked]) and 0 < said[judged].sum() < judged.sum()


def _heard(sides: Dyads, kind: str) -> _Heard:
    asked = sides.asked[kind].to_numpy()
    return _Heard(np.where(asked, sides.said[kind].to_numpy(), 0), asked, asked & np.tile(_witnessed(sides), 2))


def _learned(sides: Dyads, heard: _Heard, seed: int) -> learned.Learned:
    tie = np.tile(np.arange(len(heard.said) // 2), 2)
    some = np.flatnonzero(heard.asked)[learned.enough(tie[heard.asked], seed)]
    return learned.learn(sides.features.iloc[some], heard.said[some], sides.ego[some], seed, tie[some])


def spoken(said: dict[str, Told]) -> pd.DataFrame:
    """A row per kind told, by its name: how many people it is judged by, what was learned, and how people speak, absent
    where it was stated."""
    rows = []
    for kind, one in said.items():
        chances = (chance.estimate if chance else np.nan for chance in (one.sensitivity, one.false_reports))
        rows.append((kind, len(np.unique(one.ego)), one.model, one.informed, *(round(chance, 2) for chance in chances)))
    heads = ["kind", "people judged by", "learned by", "tells anything", "such ties called so", "others called so"]
    return pd.DataFrame(rows, columns=heads).set_index("kind")


def _witnessed(sides: Dyads) -> np.ndarray:
    """The ties that two witnesses may speak of: those that contact makes, whoever named them, where contact is known."""
    return sides.in_contact if sides.in_contact.any() else np.ones(len(sides.in_contact), bool)


def _told(sides: Dyads, heard: _Heard, model: learned.Learned, settings: Settings, rng: np.random.Generator) -> Told:
    said, asked, judged = heard
    expected = model.p(sides.features, _tellers(sides.ego, asked))
    reported = _pooled(expected, said, asked) if model.name != learned.BASE else _by_tie(expected)
    times, witnesses = (one.reshape(2, -1).sum(axis=0) for one in (said, asked))
    both = (witnesses == 2) & _witnessed(sides)
    if both.sum() >= reports.FEWEST_PAIRS:
        counts = reports.grouped(reported[both], times[both])
        best, _ = reports.witnesses(counts[None])
        drawn, _ = reports.witnesses(reports.resampled(counts, DRAWS, rng))
        ranged, pairs = reported, int(both.sum())
        says, wrongly = (from_draws(getattr(best, of)[0], getattr(drawn, of), pairs) for of in CHANCES)
    else:
        best, drawn = (reports.stated(settings.ties.word, count, rng) for count in (None, REFITS))
        again = learned.refits(model.name, sides.features, said, asked, sides.ego, REFITS, rng)
        ranged, says, wrongly = _around(reported, np.stack([_by_tie(p) for p in again])), None, None
    p = best.given(reported, times, witnesses)[0]
    low, high = _range(drawn, ranged, times, witnesses)
    tried = said[judged], expected[judged], sides.ego[judged]
    return Told(
        p,
        np.minimum(low, p),
        np.maximum(high, p),
        reasons.of_reports(model.model, sides.features, times, witnesses),
        witnesses > 0,
        model.name,
        *tried,
        accuracy.informed(*tried, settings.ties.draws, rng),
        says,
        wrongly,
    )


def _tellers(ego: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Who spoke of each dyad, (dyads,): its ego, where only the other side was asked its alter, else nobody."""
    other = len(ego) // 2
    return np.where(asked, ego, np.where(np.roll(asked, other), np.roll(ego, other), ""))


def _pooled(p: np.ndarray, said: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """P that a tie is called of the kind, (ties,): the mean of both sides, set right by a sigmoid of what was said (Platt
    1999), since a mean of forecasts that are right each for itself dares too little (Ranjan & Gneiting 2010, J. R. Stat.
    Soc. B 72:71)."""
    from scipy.special import logit
    from sklearn.linear_model import LogisticRegression

    odds = logit(np.clip(_by_tie(p), reports.LEAST, reports.MOST))[:, None]
    return LogisticRegression().fit(np.tile(odds, (2, 1))[asked], said[asked]).predict_proba(odds)[:, 1]


def _around(p: np.ndarray, again: np.ndarray) -> np.ndarray:
    """P as other volunteers would have taught it, (refits, ties): the log odds of `p` moved as far as a refit lies beside
    the mean of all. The level of refits is not taken over: they saw the words that are weighed in afterwards."""
    from scipy.special import expit, logit

    odds, moved = (logit(np.clip(one, reports.LEAST, reports.MOST)) for one in (p, again))
    return expit(odds + moved - moved.mean(axis=0))


def _range(
    drawn: reports.Witnesses, reported: np.ndarray, times: np.ndarray, witnesses: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % range of P(kind) of each tie over draws, some ties at a time: all draws of all ties fill no memory."""
    parts = [slice(first, first + AT_ONCE) for first in range(0, len(times), AT_ONCE)]
    ends = [np.percentile(drawn.given(reported[..., part], times[part], witnesses[part]), TAILS, axis=0) for part in parts]
    return tuple(np.concatenate(ends, axis=1))


def _by_tie(p: np.ndarray) -> np.ndarray:
    """The mean of both sides of each tie."""
    return p.reshape(2, -1).mean(axis=0)
