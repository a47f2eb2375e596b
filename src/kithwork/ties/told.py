"""Kinds of tie by what people said: learned where they said it, carried to the ties of those who were not asked.

Three steps, each with its own module: how likely somebody is to say of a tie that it is of the kind, by all that is known
besides (`learned`); how often people say so where it is and where it is not, by those pairs of which both were asked
(`reports`); and by both, with what was said of the very tie, how likely it is to be of the kind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kithwork.estimates import TAILS, Estimate, from_draws
from kithwork.params import Settings
from kithwork.ties import learned, reports
from kithwork.ties.dyads import Dyads

DRAWS = 400
"""Draws of the pairs that both chances rest on."""


@dataclass(frozen=True)
class Told:
    """One kind by what people said. `p`, `low`, `high`: (ties,) P(kind) with its 95 % range; `model`: what was learned;
    `said`, `expected`, `ego`: (dyads,) answers, their chances by a model that never saw that ego, and egos, of dyads that
    contact makes: that others are there at all says that somebody named them, which would flatter."""

    p: np.ndarray
    low: np.ndarray
    high: np.ndarray
    model: str
    said: np.ndarray
    expected: np.ndarray
    ego: np.ndarray
    sensitivity: Estimate
    false_reports: Estimate


def by_reports(sides: Dyads, settings: Settings, rng: np.random.Generator) -> dict[str, Told]:
    """What can be told by what people said, kind by kind; a kind of which too few said anything is left to the signs."""
    found = {}
    for kind in sides.said:
        said = sides.said[kind].to_numpy()
        asked = sides.asked
        both = asked.reshape(2, -1).all(axis=0) & _witnessed(sides)
        if both.sum() >= reports.FEWEST_PAIRS and learned.learnable(said[asked], sides.ego[asked]):
            found[kind] = _told(sides, said, both, settings, rng)
    return found


def _witnessed(sides: Dyads) -> np.ndarray:
    """The ties that two witnesses may speak of: those that contact makes, whoever named them, where contact is known."""
    return sides.in_contact if sides.in_contact.any() else np.ones(len(sides.in_contact), bool)


def _told(sides: Dyads, said: np.ndarray, both: np.ndarray, settings: Settings, rng: np.random.Generator) -> Told:
    asked = sides.asked
    model = learned.learn(sides.features[asked], said[asked], sides.ego[asked], settings.ties.seed)
    expected = np.empty(len(said))
    expected[asked] = model.p
    if not asked.all():
        expected[~asked] = model.model.predict_proba(sides.features[~asked].to_numpy(dtype=float))[:, 1]
    reported = expected.reshape(2, -1).mean(axis=0)
    times = said.reshape(2, -1).sum(axis=0, where=asked.reshape(2, -1))
    counts = reports.grouped(reported[both], times[both])
    best, _ = reports.witnesses(counts[None])
    drawn, _ = reports.witnesses(reports.resampled(counts, DRAWS, rng))
    witnesses = asked.reshape(2, -1).sum(axis=0)
    p = best.given(reported, times, witnesses)[0]
    low, high = np.percentile(drawn.given(reported, times, witnesses), TAILS, axis=0)
    pairs, judged = int(both.sum()), asked & np.tile(_witnessed(sides), 2)
    return Told(
        p,
        np.minimum(low, p),
        np.maximum(high, p),
        model.name,
        said[judged],
        expected[judged],
        sides.ego[judged],
        from_draws(best.sensitivity[0], drawn.sensitivity, pairs),
        from_draws(best.false_reports[0], drawn.false_reports, pairs),
    )
