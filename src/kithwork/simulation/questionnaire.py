"""The survey as people filled it in: a graded response to each item, whom they named, and what they left out.

An item's answer is the normal-ogive graded response model (Samejima 1969, Psychometrika Monograph 17): a latent λ·trait +
√(1 − λ²)·error is cut at four thresholds, λ chosen so that three items reach the knob `reliability` as Cronbach's alpha,
α = 3λ² / (1 + 2λ²). Who answers depends on workload; careless people answer every item alike; items are skipped; each of
three forms leaves out one item of each value (planned missingness: Graham et al. 2006, Psychol. Methods 11:323).

Names: a true tie is named with the probability below, the strongest first, up to the caps of the questionnaire; now and
then somebody is named without a tie.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.scales import ITEMS
from kithwork.simulation.attitudes import SCALES, STAGES, Attitudes
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.organisation import Organisation
from kithwork.simulation.relationships import FUNCTIONAL, KIND_COLUMNS, PERSONAL, STRATEGIC, Relationships

CUTS = np.array([-1.5, -0.6, 0.3, 1.3])
"""Where the latent answer passes to 2, 3, 4 and 5."""
FORMS = "abc"
SKIPPED = 0.03
SHORTEST, USUAL = 150, 780
"""Seconds to fill in: carelessly, and as planned (13 minutes)."""
GENERATORS = {"GF": (FUNCTIONAL, 8), "GP": (PERSONAL, 5), "GS": (STRATEGIC, 8)}
"""Name generator: the kind it asks for, and how many names fit."""
OUTSIDE_NAMES = 5
MOST_ALTERS = 15
TICKS = ("friends", "jobs", "widens")
"""Ticks about an alter; each speaks for one kind: personal, functional, strategic."""
NAMED = (0.9, 0.85, 0.7)
"""Chance that a true personal, functional, strategic tie is named."""
WRONGLY_NAMED = 0.25
"""Names given without a tie, per respondent and generator."""
TICK_SLIPS = 0.06
"""Chance that a tick about an alter is the wrong way round."""


@dataclass(frozen=True)
class Survey:
    """`respondents`: row numbers of people. `answers`: (respondents, items) with NaN where none; `form`: the letter of the
    items each was not shown; `careless`: booleans.

    `named`: respondent, generator, alter (person, or for GM a party), in the order written. `alters`: respondent, alter and
    the ticks friends, jobs, widens, one row per distinct alter. `seconds`: time taken.
    """

    respondents: np.ndarray
    answers: pd.DataFrame
    form: np.ndarray
    careless: np.ndarray
    seconds: np.ndarray
    named: pd.DataFrame
    alters: pd.DataFrame


def fill_in(org: Organisation, bonds: Relationships, minds: Attitudes, week: int, knobs: Knobs, rng) -> Survey:
    """The survey held in a week, among those then employed."""
    chance = _chance_to_answer(org, bonds, knobs)
    answering = (rng.random(len(org)) < chance) & org.employed[:, week]
    who = np.flatnonzero(answering)
    careless = rng.random(len(who)) < knobs.careless
    form = rng.integers(0, len(FORMS), len(who))
    answers = answered(minds, who, form, careless, knobs, rng)
    usual = rng.lognormal(np.log(USUAL), 0.35, len(who))
    seconds = np.where(careless, rng.uniform(0.6, 1.2, len(who)) * SHORTEST, np.maximum(usual, 2 * SHORTEST)).astype(int)
    named = _named(org, bonds, who, org.employed[:, week], rng)
    letter = np.array(list(FORMS))[form]
    return Survey(who, answers, letter, careless, seconds, named, _ticks(named, who, bonds, rng))


def _chance_to_answer(org: Organisation, bonds: Relationships, knobs: Knobs) -> np.ndarray:
    """Answering falls with workload (ties and level); on average as the knob says."""
    from scipy.optimize import brentq
    from scipy.special import expit

    if knobs.response >= 1:
        return np.ones(len(org))
    load = np.bincount(np.r_[bonds.ties["a"], bonds.ties["b"]], minlength=len(org)) - 2.0 * org.level
    odds = -knobs.response_by_position * (load - load.mean()) / load.std()
    usual = brentq(lambda base: expit(base + odds).mean() - knobs.response, -50, 50)
    return expit(usual + odds)


def loading(reliability: float) -> float:
    """λ of three parallel items whose Cronbach's alpha is `reliability`."""
    return float(np.sqrt(reliability / (3 - 2 * reliability)))


def expected_score(trait: np.ndarray, reliability: float) -> np.ndarray:
    """Mean answer, 0 to 100, that a person with this trait gives to an item over all chance: the truth behind a scale."""
    from scipy.stats import norm

    weight = loading(reliability)
    above = norm.cdf((weight * np.asarray(trait)[..., None] - CUTS) / np.sqrt(1 - weight**2))
    return above.sum(axis=-1) / len(CUTS) * 100


def answered(
    minds: Attitudes, who: np.ndarray, form: np.ndarray, careless: np.ndarray, knobs: Knobs, rng: np.random.Generator
) -> pd.DataFrame:
    """Answers of some people, by item; `form` is the number of the form that each was given, `careless` booleans."""
    weight = loading(knobs.reliability)
    found = {}
    same = rng.integers(2, 6, len(who))
    for item, (scale, sign) in ITEMS.items():
        latent = weight * minds.traits[who, SCALES.index(scale)] + np.sqrt(1 - weight**2) * rng.normal(size=len(who))
        value = 1.0 + np.searchsorted(CUTS, latent)
        value = np.where(sign > 0, value, 6 - value)
        value = np.where(careless, same, value)
        shown = form != FORMS.index(item[-1]) if item[0] == "V" else True
        found[item] = np.where(shown & (rng.random(len(who)) >= SKIPPED), value, np.nan)
    for column, stage in enumerate(STAGES):
        found[stage] = np.where(careless, same, 1.0 + np.searchsorted(CUTS, minds.stages[who, column]))
    found["TH"] = np.clip(np.round(10 * minds.threshold[who] + rng.normal(0, 1, len(who))), 0, 10)
    found["S7"] = np.where(careless, same, 2.0)
    return pd.DataFrame(found)


def _named(
    org: Organisation, bonds: Relationships, who: np.ndarray, known: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Names by generator, of those now employed; the order is that of the ties' strength, which nobody sees."""
    n = len(org)
    row = np.full(n, -1)
    row[who] = np.arange(len(who))
    ties = bonds.ties
    strength = ties["strength"].to_numpy()
    found = []
    for generator, (kind, cap) in GENERATORS.items():
        true = ties[KIND_COLUMNS].to_numpy()[:, kind]
        ends = (
            np.r_[ties["a"][true], ties["b"][true]],
            np.r_[ties["b"][true], ties["a"][true]],
            np.r_[strength[true], strength[true]],
        )
        said = (row[ends[0]] >= 0) & known[ends[1]] & (rng.random(len(ends[0])) < NAMED[kind])
        ego, alter, weight = (values[said] for values in ends)
        wrong = rng.choice(who, rng.poisson(WRONGLY_NAMED * len(who)))
        stray = rng.integers(0, n, len(wrong))
        apart = (stray != wrong) & known[stray]
        frame = pd.DataFrame(
            {
                "ego": np.r_[ego, wrong[apart]],
                "alter": np.r_[alter, stray[apart]],
                "weight": np.r_[weight, np.zeros(apart.sum())],
            }
        )
        frame = frame.sort_values(["ego", "weight", "alter"], ascending=[True, False, True]).drop_duplicates(
            ["ego", "alter"]
        )
        frame = frame[frame.groupby("ego").cumcount() < cap]
        found.append(pd.DataFrame({"respondent": row[frame["ego"]], "generator": generator, "alter": frame["alter"]}))
    outside = bonds.outside[bonds.outside["strategic"] & (row[bonds.outside["person"]] >= 0)]
    outside = outside[rng.random(len(outside)) < NAMED[STRATEGIC]]
    party = bonds.contacts["party"].to_numpy()[outside["contact"]]
    frame = pd.DataFrame({"respondent": row[outside["person"]], "generator": "GM", "alter": party}).drop_duplicates()
    found.append(frame[frame.groupby("respondent").cumcount() < OUTSIDE_NAMES])
    return (
        pd.concat(found, ignore_index=True).sort_values(["respondent", "generator"], kind="stable").reset_index(drop=True)
    )


def _ticks(named: pd.DataFrame, who: np.ndarray, bonds: Relationships, rng: np.random.Generator) -> pd.DataFrame:
    """What each respondent ticks about each distinct alter inside: friends, jobs, widens; with slips."""
    inside = named[named["generator"] != "GM"]
    asked = inside.drop_duplicates(["respondent", "alter"])[["respondent", "alter"]]
    asked = asked[asked.groupby("respondent").cumcount() < MOST_ALTERS].reset_index(drop=True)
    ends = np.sort(np.column_stack([who[asked["respondent"]], asked["alter"]]), axis=1)
    pairs = pd.MultiIndex.from_arrays(ends.T)
    truth = bonds.ties.set_index(["a", "b"])[KIND_COLUMNS].reindex(pairs, fill_value=False).to_numpy(dtype=bool)
    ticked = truth ^ (rng.random(truth.shape) < TICK_SLIPS)
    return asked.assign(**dict(zip(TICKS, ticked.T, strict=True)))
