"""How far indicators lie from their references, in standard deviations between people.

For an indicator with a direction, a reference and a spread between people,

    d = better · (figure − reference) / spread:

0 is at the reference, 1 one standard deviation on the better side of it. The spread is drawn anew with the people where it
is known of each; the reference is taken as it stands.

What people answered of a value has no reference of its own. It is set against the mean of the ten values' answers, each
person against the own mean over the values answered, so that who agrees to everything moves none (ipsative scores: Hicks
1970, Psychol. Bull. 74:167; Baron 1996, J. Occup. Organ. Psychol. 69:49). Such distances sum to zero over the values that a
person answered: one rises only as others fall. They tell the order of the values within this organisation, and neither how
high all ten lie nor how they compare with another's.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from kithwork import replicates
from kithwork.estimates import LEVEL
from kithwork.values import VALUES
from kithwork.values.evidence import Evidence, Measured
from kithwork.values.scorecard import Scorecard, declared

ANSWERED = "as_answered"
"""The indicator of each value that is what people answered of it."""
FEWEST = 2
"""Values below which a person's answers are not set against one another, and people below which nobody's are."""
ALIKE = 1e-12
"""Spread at or below which people are all alike."""


@dataclass(frozen=True)
class Distance:
    """How far an indicator lies from its reference, on the better side where above 0, in standard deviations of people.

    `draws`: (resamples,) of it, drawn jointly with others where the indicator was resampled over people.
    """

    value: float
    draws: np.ndarray
    self_report: bool
    people: int


def distances(evidence: Evidence, card: Scorecard) -> dict[str, Distance]:
    """Those of all indicators that have one, by `value.indicator`, in the framework's order."""
    found = _answers_apart(evidence, card)
    names = []
    for value, indicators in declared().items():
        for one in indicators:
            name = f"{value}.{one.name}"
            names.append(name)
            measured = card.measured.get(name)
            if one.name == ANSWERED or measured is None or not one.better or measured.reference is None:
                continue
            if not measured.spread or measured.spread <= ALIKE:
                continue
            draws, spreads = _drawn(evidence, name, measured)
            found[name] = Distance(
                one.better * (measured.estimate.estimate - measured.reference) / measured.spread,
                one.better * (draws - measured.reference) / spreads,
                one.self_report,
                measured.estimate.n if measured.people is None else measured.people,
            )
    return {name: found[name] for name in names if name in found}


def _drawn(evidence: Evidence, name: str, measured: Measured) -> tuple[np.ndarray, np.ndarray | float]:
    """Draws of an indicator's figure, and of its spread where it is known of each person; without draws of people, normal
    ones as wide as the figure's interval."""
    if measured.draws is None:
        error = (measured.estimate.high - measured.estimate.low) / (2 * NormalDist().inv_cdf((1 + LEVEL) / 2))
        rng = evidence.drawing(f"draws of {name}").rng
        return rng.normal(measured.estimate.estimate, error, evidence.settings.values.resamples), measured.spread
    if measured.per_person is None:
        return measured.draws, measured.spread
    own, who = _own(measured)
    spread = own[who].std(ddof=1)
    return measured.draws, measured.spread * _spreads(evidence, own, who) / spread if spread > ALIKE else measured.spread


def _own(measured: Measured) -> tuple[np.ndarray, np.ndarray]:
    """(people,) what each has of a figure that is a sum over people, but for its factor; and who is part of it."""
    who = measured.per_person.bottom > 0
    return np.divide(measured.per_person.top, measured.per_person.bottom, out=np.zeros(len(who)), where=who), who


def _spreads(evidence: Evidence, own: np.ndarray, who: np.ndarray) -> np.ndarray:
    """(resamples,) standard deviation between the people drawn of what each has; NaN where they are all alike."""
    apart = np.where(who, own - own[who].mean(), 0.0)
    n, once, squared = replicates.sums(evidence.drawn, np.column_stack([who, apart, apart**2])).T
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.maximum(squared - once**2 / n, 0) / (n - 1))
    return np.where(spread > ALIKE, spread, np.nan)


def _answers_apart(evidence: Evidence, card: Scorecard) -> dict[str, Distance]:
    """What people answered of each value, each person against the own mean over the values answered.

    Of those who answered of two values or more: of one alone it would be no distance.
    """
    asked = [card.measured.get(f"{value}.{ANSWERED}") for value in VALUES]
    told = {f"{value}.{ANSWERED}": one for value, one in zip(VALUES, asked, strict=True) if one and one.per_person}
    if len(told) < FEWEST:
        return {}
    level, who = (np.column_stack(of) for of in zip(*(_own(one) for one in told.values()), strict=True))
    who &= (who.sum(axis=1) >= FEWEST)[:, None]
    mean = np.divide((level * who).sum(axis=1), who.sum(axis=1), out=np.zeros(len(who)), where=who.any(axis=1))
    found = {}
    for name, own, among in zip(told, level.T, who.T, strict=True):
        spread = own[among].std(ddof=1) if among.sum() >= FEWEST else 0.0
        if spread <= ALIKE:
            continue
        sums = replicates.sums(evidence.drawn, np.column_stack([np.where(among, own - mean, 0.0), among]))
        draws = np.divide(sums[:, 0], sums[:, 1], out=np.full(len(sums), np.nan), where=sums[:, 1] > 0)
        far = float((own - mean)[among].mean() / spread)
        found[name] = Distance(far, draws / _spreads(evidence, own, among), True, int(among.sum()))
    return found
