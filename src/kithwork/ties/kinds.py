"""Personal, functional, strategic: three probabilities per tie, by what people said (`told.py`) or from stated signs.

Where nobody said of what kind their ties are, signs vote (a noisy-OR):

    P(kind) = 1 − Π over signs seen (1 − w)

where w is the chance that the sign alone makes a tie of that kind (Pearl 1988, *Probabilistic Reasoning in Intelligent
Systems*, 4.3.2). The weights are assumptions, stated as ranges in `params.yaml`; nobody validated them on this
engagement. A range is carried through: each draw takes every weight uniformly from its range, the same for all ties. Where
an engagement states what share of ties is of a kind, the vote is shifted to it (`base_rate.py`).
Kinds are not exclusive, and a kind for which an engagement states no sign cannot be told: its probability is absent.
Signs speak for a kind, so that a tie is told not to be of it only where people could have named it.
It fails where signs are strongly correlated (two signs of one fact count twice) and where the stated ranges are wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from statistics import NormalDist

import numpy as np
import pandas as pd

from kithwork.estimates import LEVEL, TAILS, Estimate, from_draws
from kithwork.params import Settings
from kithwork.setting import KINDS
from kithwork.tables import ANALYST
from kithwork.ties import base_rate, reasons, words
from kithwork.ties.features import DERIVED
from kithwork.ties.told import Told

YES, NO, OPEN = "yes", "no", "open"
"""What a tie is told to be of a kind."""

NEVER = 1e-9
"""Probability below which odds are taken as those of this one."""

DRAWN, FEWEST = 500_000_000, 100
"""Draws × ties above which fewer draws are made, and how many at least."""


def voted(settings: Settings) -> tuple[str, ...]:
    """The kinds this engagement states a sign for besides `any`, in the order of every table."""
    signs = settings.engagement.signs
    return tuple(kind for kind in KINDS if set(signs.get(kind, {})) - {"any"})


def tellable(ties: pd.DataFrame) -> tuple[str, ...]:
    """The kinds that these ties have probabilities of, in the order of every table."""
    return tuple(kind for kind in KINDS if ties[f"p_{kind}"].notna().any())


def seen(ties: pd.DataFrame) -> pd.DataFrame:
    """Which sign is seen on which tie: booleans, ties × signs."""
    return ties["signs"].fillna("").str.get_dummies("+").drop(columns="", errors="ignore").astype(bool)


def noisy_or(seen: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """1 − Π(1 − w) over the signs seen. `seen`: (ties, signs) of 0 or 1; `weights`: (signs,) in 0–1; returns (ties,)."""
    return 1 - np.prod(1 - np.asarray(seen) * np.asarray(weights), axis=1)


def probabilities(
    ties: pd.DataFrame,
    settings: Settings,
    rng: np.random.Generator,
    told: dict[str, Told] | None = None,
    labels: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The ties with p_<kind>, the ends of its 95 % range, told_<kind> and why_<kind>: by what people said where it is told
    so, else by the signs, with the middle of each weight's range for the estimate, and by the words of `labels`: those of
    the two themselves, which leave open what else would be told against them, and an analyst's last."""
    for kind in KINDS:
        if told and kind in told:
            one = told[kind]
            found = {"p": one.p, "low": one.low, "high": one.high, "why": one.why}
            may_say = one.heard | one.informed
            yes, no = may_say, may_say
        elif kind in voted(settings):
            found = _vote(ties, settings, kind, rng)
            yes, no = True, set(settings.engagement.signs[kind]) - set(DERIVED) != set()
        else:
            found, yes, no = dict.fromkeys(("p", "low", "high"), np.nan) | {"why": None}, False, False
        p = np.broadcast_to(np.asarray(found["p"], dtype=float), len(ties))
        at = settings.ties.told_apart_at
        found["told"] = np.where(yes & (p >= at), YES, np.where(no & (p <= 1 - at), NO, OPEN))
        found["told"] = np.where(np.isnan(p), None, found["told"])
        ties = ties.assign(**{_column(name, kind): values for name, values in found.items()})
    return ties if labels is None else overruled(heard(ties, labels, told or {}, settings, rng), labels)


def heard(
    ties: pd.DataFrame, labels: pd.DataFrame, told: Collection[str], settings: Settings, rng: np.random.Generator
) -> pd.DataFrame:
    """The ties with what the two said of them in `labels`: of a kind that is not `told` by all such words, a tie is told by
    its own (`words.py`), without a probability where the kind has none. What would be told against a word stays open."""
    ties, at = ties.copy(), settings.ties.told_apart_at
    for kind in KINDS:
        said, asked = words.given(ties, labels, kind)
        spoken, telling = asked > 0, ties[f"told_{kind}"].to_numpy(dtype=object)
        if kind not in told and spoken.any():
            columns = [_column(name, kind) for name in ("p", "low", "high")]
            found = words.weighed(*ties[columns].to_numpy(dtype=float).T, said, asked, settings.ties.word, rng)
            telling = np.where(spoken, np.where(found[0] >= at, YES, np.where(found[0] <= 1 - at, NO, OPEN)), telling)
            if kind in tellable(ties):
                ties[columns] = np.transpose(found)
            ties[f"why_{kind}"] = reasons.after_words(ties[f"why_{kind}"], said, asked)
        against = ((telling == YES) & (said < asked)) | ((telling == NO) & (said > 0))
        ties[f"told_{kind}"] = np.where(against, OPEN, telling)
    return ties


def overruled(ties: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The ties with an analyst's word in place of whatever else is known of them. A kind that cannot be told has no
    probabilities, so that the word alone is taken: shares of one tie would be no shares."""
    last = labels[labels["by"] == ANALYST]
    pairs = pd.MultiIndex.from_frame(ties[["a_id", "b_id"]])
    ties = ties.copy()
    for kind in KINDS:
        word = last[last["kind"] == kind].set_index(["ego_id", "alter_id"])["is"].reindex(pairs).to_numpy(dtype=float)
        said = ~np.isnan(word)
        for name in ("p", "low", "high") if kind in tellable(ties) else ():
            ties.loc[said, _column(name, kind)] = word[said]
        ties.loc[said, f"told_{kind}"] = np.where(word[said] == 1, YES, NO)
        ties.loc[said, f"why_{kind}"] = "an analyst's word"
    return ties


def without_tie(ties: pd.DataFrame, labels: pd.DataFrame) -> int:
    """How many pairs an analyst spoke of that hold no tie here, so that the word is of nothing."""
    meant = labels.loc[labels["by"] == ANALYST, ["ego_id", "alter_id"]].drop_duplicates()
    return int((~pd.MultiIndex.from_frame(meant).isin(pd.MultiIndex.from_frame(ties[["a_id", "b_id"]]))).sum())


def _column(name: str, kind: str) -> str:
    return {"p": f"p_{kind}", "low": f"p_{kind}_low", "high": f"p_{kind}_high"}.get(name, f"{name}_{kind}")


def _vote(ties: pd.DataFrame, settings: Settings, kind: str, rng: np.random.Generator) -> dict[str, object]:
    """P by the signs of a kind, its range and its reasons."""
    shown, ranges = _asked(ties, settings, kind)
    patterns, of, times = np.unique(shown.to_numpy(), axis=0, return_inverse=True, return_counts=True)
    p = noisy_or(patterns, ranges.mean(axis=1))
    drawn = np.stack([noisy_or(patterns, w) for w in _weights(ranges, settings.ties.draws, rng)])
    rate = settings.engagement.base_rates.get(kind)
    if rate and len(ties):
        place = f"engagements.{settings.name}.base_rates.{kind}"
        p, drawn = base_rate.met(p, drawn, times, rate, place, rng)
    low, high = np.percentile(drawn, TAILS, axis=0)
    why = reasons.of_signs(shown.drop(columns="any", errors="ignore"), rate is not None)
    return {"p": p[of], "low": np.minimum(low, p)[of], "high": np.maximum(high, p)[of], "why": why}


def affordable(ties: int, draws: int) -> int:
    """How many draws to make: fewer of many ties, and no fewer than `FEWEST`, with which an end of an interval is off by
    0.27 of the figure's standard error: √(p(1 − p) / draws) / φ(1.96), p = 2.5 %, of a normal distribution.

    >>> affordable(1000, 1000), affordable(1_000_000, 1000), affordable(20_000_000, 1000)
    (1000, 500, 100)
    """
    return max(min(draws, DRAWN // max(ties, 1)), min(draws, FEWEST))


def chances(ties: pd.DataFrame, told: tuple[str, ...], rng: np.random.Generator, count: int) -> Iterator[np.ndarray]:
    """Yields `count` arrays (ties, kinds told) of probabilities drawn from their ranges: what was assumed or estimated of a
    kind is right or wrong for all its ties together, so that a draw moves them all one way. On the scale of log odds a
    range is two halves of a normal distribution that meet at the estimate."""
    from scipy.special import expit, logit

    middle, low, high = (ties[[f"p_{kind}{end}" for kind in told]].to_numpy(dtype=float) for end in ("", "_low", "_high"))
    odds, below, above = (logit(one.clip(NEVER, 1 - NEVER)) for one in (middle, low, high))
    up, down, sure = above - odds, odds - below, low == high
    for z in rng.standard_normal((count, len(told))) / NormalDist().inv_cdf((1 + LEVEL) / 2):
        drawn = expit(odds + z * np.where(z > 0, up, down))
        yield np.where(sure, middle, drawn)


def draws(ties: pd.DataFrame, rng: np.random.Generator, count: int) -> Iterator[np.ndarray]:
    """Yields `count` boolean arrays (ties, tellable kinds): one possible set of kinds each.

    A draw takes the probabilities from their ranges, then each tie's kinds as coin tosses, so that what is computed from
    the draws carries both what each tie leaves open and what was assumed or estimated of all.
    """
    for chance in chances(ties, tellable(ties), rng, count):
        yield rng.random(chance.shape) < chance


def left_open(ties: pd.DataFrame, settings: Settings, kind: str, rng: np.random.Generator) -> Estimate:
    """Share of ties left open (`told_<kind>`): P(kind) between 1 − t and t, t the threshold `ties.told_apart_at`, or beyond
    them with nothing that could tell."""
    at = settings.ties.told_apart_at
    p = ties[f"p_{kind}"].to_numpy(dtype=float)
    untold = (ties[f"told_{kind}"] == OPEN).to_numpy() & ((p <= 1 - at) | (p >= at))

    def share(p: np.ndarray) -> float:
        return float((untold | ((p > 1 - at) & (p < at))).mean())

    drawn = np.array([share(chance[:, 0]) for chance in chances(ties, (kind,), rng, settings.ties.draws)])
    return from_draws(share(p), drawn, len(ties))


def _asked(ties: pd.DataFrame, settings: Settings, kind: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Signs of a kind, ties × signs of booleans, and their ranges as (signs, 2)."""
    signs = settings.engagement.signs[kind]
    return seen(ties).reindex(columns=list(signs), fill_value=False), np.array(list(signs.values()))


def _weights(ranges: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    return rng.uniform(ranges[:, 0], ranges[:, 1], (count, len(ranges)))
