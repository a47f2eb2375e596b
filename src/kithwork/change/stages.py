"""How far people are with a change, stage by stage, and the one stage that holds a unit back.

The stages are those of the survey, in their order (Hiatt 2006): aware of why, willing, knowing how, able, supported. A
stage is passed by an answer of 4 or 5. Shares are weighted, each with Wilson's interval; people stop at the first stage
they have not passed. That "first" makes sense only where the order holds; Loevinger's coefficient says how far it does:

    H = 1 − Σ P(t passed, s not) / Σ (min(P_s, P_t) − P_s · P_t)        over stages s before t, passed by shares P

1 where nobody passes a later stage without all earlier ones, 0 where stages have nothing to do with one another
(Loevinger 1948, Psychol. Bull. 45:507); from .3 on an order is held to be of use (Mokken 1971, *A Theory and Procedure of
Scale Analysis*). Mokken puts items in the order of their shares; here the order is given, and where shares do not fall from
stage to stage it counts against it, to below 0 where the order is the other way round.

The stage that holds a unit back is told by `bottleneck`, and only where that is sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from kithwork import replicates
from kithwork.change import bottleneck
from kithwork.change.respondents import WILSON, share, units_of, weights_of
from kithwork.claims import Ledger
from kithwork.estimates import Estimate, expanded, from_draws
from kithwork.params import Settings
from kithwork.survey.wording import STAGES

WORDS = {
    "AW": ("are aware of why", "being aware of why"),
    "DE": ("are willing", "being willing"),
    "KN": ("know how", "knowing how"),
    "AB": ("are able", "being able"),
    "RE": ("are supported", "being supported"),
}
"""The stages in words for readers: what people are, and what they are short of."""
PASSED = 4
"""Answer from which a stage counts as passed: largely true."""
ORDERED = 0.3
"""H from which an order of items is held to be of use."""
SCALABLE = "Loevinger's H of the stages in their order (Mokken 1971); bootstrap over people (Efron 1979)"
HELD = (
    "Support of the stage by a change-point of the unit's mean answers (see kithwork.change.bottleneck); the range is all"
    " support from which a stage is named"
)


@dataclass(frozen=True)
class Stages:
    """`passed`, `stops`: shares, 0 to 1, by (stage, unit), unit None for the whole; `holds`: unit, its stage, and
    the support for it, 0 to 1; `order`: H, None where the answers allow none."""

    passed: dict[tuple[str, str | None], Estimate]
    stops: dict[tuple[str, str | None], Estimate]
    holds: dict[str, tuple[str, float]]
    order: Estimate | None

    def claims(self, ledger: Ledger) -> None:
        """Add the shares of the whole in %, the stage that holds a unit back, and the index of the order.

        No share of a unit is claimed: with its n it would tell how many of the unit's few people answered so, and at 0 or
        100 % what each of them did.
        """
        for (stage, unit), found in self.passed.items():
            if unit is None:
                label = f"People who {WORDS[stage][0]}"
                _add(ledger, f"passed.{stage}", label, found, None, f"Share who answered 4 or 5, weighted; {WILSON}")
        for (stage, unit), found in self.stops.items():
            if unit is None:
                label = f"People who stop short of {WORDS[stage][1]}"
                _add(ledger, f"stops.{stage}", label, found, None, f"Share for whom it is the first not passed; {WILSON}")
        for unit, (stage, sure) in self.holds.items():
            found = Estimate(sure, bottleneck.SURE, 1.0, self.passed[stage, unit].n)
            label = f"Held back short of {WORDS[stage][1]}: how sure that is"
            _add(ledger, f"holds.{stage}", label, found, unit, HELD)
        if self.order is not None:
            beside = {"reference": ORDERED, "reference_label": "an order that is of use"}
            ledger.add(
                "stage_order", "How far stages are passed in order", self.order, unit="index", method=SCALABLE, **beside
            )


def _add(ledger: Ledger, name: str, label: str, found: Estimate, unit: str | None, method: str, **beside: object) -> None:
    scope = {} if unit is None else {"scope": "group", "group": unit}
    ledger.add(name, label, found.times(100), unit="%", method=method, **scope, **beside)


def stages(
    answers: pd.DataFrame, people: pd.DataFrame, weights: pd.DataFrame, settings: Settings, rng: np.random.Generator
) -> Stages:
    """What those who answered say of the stages; nothing in it where nobody was asked."""
    asked = answers[answers["item"].isin(list(STAGES)) & answers["person_id"].isin(people["person_id"])]
    wide = asked.pivot(index="person_id", columns="item", values="value").reindex(columns=list(STAGES))
    weight, unit = weights_of(wide.index, weights), units_of(wide.index, people)
    values, names = wide.to_numpy(dtype=float), sorted(unit.dropna().unique())
    passed, whole = values >= PASSED, ~np.isnan(values).any(axis=1)
    first = np.where(passed.all(axis=1), len(STAGES), passed.argmin(axis=1))
    groups = {None: np.ones(len(wide), dtype=bool)} | {name: (unit == name).to_numpy() for name in names}
    shares: tuple[dict, dict] = ({}, {})
    for at, stage in enumerate(STAGES):
        told = ((passed[:, at], ~np.isnan(values[:, at])), (first == at, whole))
        for of, (hits, asked) in zip(shares, told, strict=True):
            for name, group in groups.items():
                if (who := group & asked).any():
                    of[stage, name] = share(hits[who], weight[who])
    codes = pd.Index(names).get_indexer(unit[whole])
    sure = bottleneck.support(values[whole], codes)
    told = ((names[at], list(STAGES)[row.argmax()], float(row.max())) for at, row in enumerate(sure))
    holds = {unit: (stage, support) for unit, stage, support in told if support >= bottleneck.SURE}
    return Stages(*shares, holds, order(passed[whole], weight[whole], settings.change.resamples, rng))


def order(passed: np.ndarray, weights: np.ndarray, resamples: int, rng: np.random.Generator) -> Estimate | None:
    """Loevinger's H of stages in the order given, up to 1. `passed`: (people, stages) booleans, of at least two people.

    None where shares leave nothing to go together: of any two stages everybody or nobody passes one.
    """
    people, stages = passed.shape
    if people < 2:
        return None
    pairs = np.array(list(combinations(range(stages), 2)))
    wrong = passed[:, pairs[:, 1]] & ~passed[:, pairs[:, 0]]
    each = np.column_stack([np.ones(people), passed, wrong]) * weights[:, None]

    def index(sums: np.ndarray) -> np.ndarray:
        shares = sums[:, 1:] / sums[:, :1]
        single, both = shares[:, :stages], shares[:, stages:].sum(axis=1)
        before, after = single[:, pairs[:, 0]], single[:, pairs[:, 1]]
        chance = (np.minimum(before, after) - before * after).sum(axis=1)
        return 1 - np.divide(both, chance, out=np.full(len(sums), np.nan), where=chance > 1e-12)

    found = index(each.sum(axis=0)[None])[0]
    if np.isnan(found):
        return None
    draws = index(replicates.sums(replicates.counts(people, resamples, rng), each))
    return from_draws(found, draws, people, expanded(people))
