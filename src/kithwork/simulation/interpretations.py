"""What respondents say of each one they named: the questions T2 to T10, of people inside and of parties outside.

An answer on points is an ordered probit (McKelvey & Zavoina 1975, J. Math. Sociol. 4:103). Its latent is

    w · (personal, functional, strategic, log((1 + strength) / 2)) + √TIE · tie + √STYLE · ego + √(1 − TIE − STYLE) · own

cut at the question's `cuts`; tie, ego and own are standard normal: common to both ends of a tie, to all that a respondent
says on the question, and to nothing. Help is such a probit for each direction with one cut at 0, and T8 says which of the
two happened, so that both ends mostly tell of the same help. What a pair says depends on its planted kinds and strength
alone (of help, on whether the party is a customer too), so that the chance of every answer has a closed form: `planted`,
for those `rated` or for the `census`.

    T2 in touch in a year, 1-5     T3 own choice, 1-5    T4 how often, 1-5     T5 years known: a uniform share of the
    T6 unwelcome truths, 1-5       T7 energy, −2 to 2    T8 help, 1-4          shorter tenure, the same from both ends
    T9 what came of it, 0-3        T10 view of the market, 1-6, of parties only: by what the party is, or by chance

People inside come first, as in the survey's ticks, then the parties of GM, while there is room; parties are not ticked.
Careless people choose the same place in every list; some answers are skipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.simulation.organisation import Organisation
from kithwork.simulation.questionnaire import MOST_ALTERS, SKIPPED, Survey
from kithwork.simulation.relationships import KIND_COLUMNS, Relationships

if TYPE_CHECKING:
    from kithwork.simulation import World


@dataclass(frozen=True)
class Scale:
    """Answers by their `codes`, in order; `weights` of personal, functional, strategic and log strength, and `cuts`, both
    in standard deviations of the latent."""

    codes: tuple[int, ...]
    weights: tuple[float, float, float, float]
    cuts: tuple[float, ...]


POINTS = (1, 2, 3, 4, 5)
SCALES = {
    "T2": Scale(POINTS, (1.6, -0.2, 0.3, 0.4), (-0.8, 0.0, 0.7, 1.5)),
    "T3": Scale(POINTS, (1.5, -0.8, 0.4, 0.0), (-1.0, -0.3, 0.4, 1.2)),
    "T4": Scale(POINTS, (0.2, 0.8, -0.3, 1.2), (-1.0, -0.3, 0.5, 1.4)),
    "T6": Scale(POINTS, (1.2, 0.0, 0.4, 0.3), (-1.1, -0.4, 0.4, 1.3)),
    "T7": Scale((-2, -1, 0, 1, 2), (0.6, -0.1, 0.5, 0.0), (-1.6, -0.7, 0.5, 1.5)),
    "T9": Scale((0, 1, 2, 3), (0.0, 0.3, 1.0, 0.5), (0.0, 0.9, 1.7)),
}
"""Questions answered on points."""
HELP, HELP_BASE = (0.2, 0.7, 0.5, 0.4), -0.7
"""Weights of the help that one gives the other in three months, and the latent without a tie's kinds."""
TO_CUSTOMERS = 0.4
"""Latent by which help to customers is likelier, and help from them less likely."""
TIE, STYLE = 0.3, 0.15
"""Shares of the latent's chance that both ends have in common, and all that one respondent says."""
VIEW_OF = {"competitor": 1, "supplier": 2, "regulator": 3, "customer": 4, "university": 5}
"""What a party gives a view of, by its kind; any other kind of nothing in particular."""
NO_VIEW, VIEWS = 6, (1, 2, 3, 4, 5, 6)
VIEW_MEANT = 0.8
"""Chance that T10 says so; else any of the other answers, evenly."""
CODES = {name: scale.codes for name, scale in SCALES.items()} | {"T8": (1, 2, 3, 4), "T10": VIEWS}
"""The answers of each question, in the order of the columns of `chances`; T5 is a number."""
QUESTIONS = ("T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10")
MONTHS = 12
"""Months in a year."""


@dataclass(frozen=True)
class Pairs:
    """Who speaks of whom, and what is planted between them: arrays of one length.

    `ego` is a row of people; `alter` too, or a party's row after all people. `seen`: (pairs, 4) kinds and log strength.
    `customer` of booleans; `view`: the code of T10 that is meant, 0 of people; `years`: the shorter tenure.
    """

    ego: np.ndarray
    alter: np.ndarray
    seen: np.ndarray
    customer: np.ndarray
    view: np.ndarray
    years: np.ndarray

    @property
    def outside(self) -> np.ndarray:
        """Whether the alter is a party."""
        return self.view > 0


def pairs(org: Organisation, bonds: Relationships, ego: np.ndarray, alter: np.ndarray) -> Pairs:
    """What is planted between any ego and alter; without a tie no kind, and strength 0."""
    n = len(org)
    ends = pd.MultiIndex.from_arrays([np.minimum(ego, alter), np.maximum(ego, alter)])
    tied = _tied(org, bonds).reindex(ends)
    kinds = tied[KIND_COLUMNS].eq(True).to_numpy()
    strength = np.log((1 + tied["strength"].fillna(0).to_numpy()) / 2)
    outside = alter >= n
    kind = bonds.parties["kind"].to_numpy()[np.where(outside, alter - n, 0)]
    view = np.where(outside, pd.Series(kind).map(VIEW_OF).fillna(NO_VIEW).to_numpy(dtype=int), 0)
    tenure = org.people["tenure_months"].to_numpy() / MONTHS
    years = np.minimum(tenure[ego], tenure[np.where(outside, ego, alter)])
    return Pairs(ego, alter, np.column_stack([kinds, strength]), outside & (kind == "customer"), view, years)


def census(world: World) -> Pairs:
    """Every tie of a world from both ends, and every person's tie to a party from the person's."""
    low, high = (_tied(world.org, world.bonds).index.get_level_values(end).to_numpy() for end in (0, 1))
    inside = high < len(world.org)
    return pairs(world.org, world.bonds, np.r_[low, high[inside]], np.r_[high, low[inside]])


def rated(world: World) -> Pairs:
    """Those of whom something was asked, in the order of the world's `interpretations`."""
    said = world.interpretations
    alter = said["alter"].to_numpy() + len(world.org) * said["outside"].to_numpy()
    return pairs(world.org, world.bonds, world.survey.respondents[said["respondent"]], alter)


def planted(world: World, of: Pairs, question: str) -> pd.DataFrame:
    """The truth behind a question, by the ids of the clean tables: ego_id, alter_id, and a column for the chance of each of
    its `CODES`; of T5 the mean as `years`."""
    ids = np.r_[world.org.people["person"].to_numpy(), world.bonds.parties["party"].to_numpy()]
    about = pd.DataFrame({"ego_id": ids[of.ego], "alter_id": ids[of.alter]})
    if question == "T5":
        return about.assign(years=mean_years(of))
    return pd.concat([about, pd.DataFrame(chances(question, of), columns=CODES[question])], axis=1)


def chances(question: str, of: Pairs) -> np.ndarray:
    """(pairs, answers) the probability of each answer of `CODES`, over all chance but that of being asked and of skipping.

    Of T10, which is asked of parties only, zeros for people.
    """
    from scipy.stats import norm

    if question == "T8":
        gets, gives = (norm.cdf(mean) for mean in _help(of))
        return np.column_stack([gets * (1 - gives), gives * (1 - gets), gets * gives, (1 - gets) * (1 - gives)])
    if question == "T10":
        meant = of.view[:, None] == VIEWS
        return np.where(meant, VIEW_MEANT, (1 - VIEW_MEANT) / (len(VIEWS) - 1)) * of.outside[:, None]
    scale = SCALES[question]
    below = norm.cdf(np.array(scale.cuts) - (of.seen @ scale.weights)[:, None])
    ends = np.zeros(len(below)), np.ones(len(below))
    return np.diff(np.column_stack([ends[0], below, ends[1]]), axis=1)


def mean_years(of: Pairs) -> np.ndarray:
    """The mean answer to T5 over all chance: of a uniform share of the shorter tenure, in whole years."""
    half = np.arange(of.years.max(initial=0)) + 0.5
    share = half / np.where(of.years > 0, of.years, 1)[:, None]
    return np.where(of.years > 0, np.clip(1 - share, 0, 1).sum(axis=1), 0.0)


def draw(org: Organisation, bonds: Relationships, survey: Survey, rng: np.random.Generator) -> pd.DataFrame:
    """What was said: respondent, alter (row of people, or of parties where `outside`), outside, and an answer to each
    question, absent where skipped or not asked; in the order in which the survey asks."""
    n = len(org)
    asked = _asked(survey, n)
    respondent = asked["respondent"].to_numpy()
    of = pairs(org, bonds, survey.respondents[respondent], asked["alter"].to_numpy())
    said = _said(of, respondent, rng)
    same = survey.answers["S7"].to_numpy()[respondent]
    careless = survey.careless[respondent]
    for question in QUESTIONS:
        codes = np.array(CODES.get(question, range(1, 6)))
        alike = codes[np.clip(same, 1, len(codes)).astype(int) - 1]
        kept = (rng.random(len(asked)) >= SKIPPED) & (of.outside | (question != "T10"))
        said[question] = np.where(kept, np.where(careless, alike, said[question]), np.nan)
    alter = np.where(of.outside, of.alter - n, of.alter)
    return pd.DataFrame({"respondent": respondent, "alter": alter, "outside": of.outside, **said})[
        ["respondent", "alter", "outside", *QUESTIONS]
    ]


def _asked(survey: Survey, n: int) -> pd.DataFrame:
    """Respondent and alter, a party after all people: those ticked, then the parties named."""
    parties = survey.named.loc[survey.named["generator"] == "GM", ["respondent", "alter"]]
    found = pd.concat([survey.alters[["respondent", "alter"]], parties.assign(alter=parties["alter"] + n)])
    found = found.sort_values("respondent", kind="stable")
    return found[found.groupby("respondent").cumcount() < MOST_ALTERS].reset_index(drop=True)


def _tied(org: Organisation, bonds: Relationships) -> pd.DataFrame:
    """Kinds and strength by pair of ends, the lower first; several contacts of a person at a party are one tie."""
    party = len(org) + bonds.contacts["party"].to_numpy()[bonds.outside["contact"]]
    outside = bonds.outside.assign(a=bonds.outside["person"], b=party).groupby(["a", "b"])[[*KIND_COLUMNS, "strength"]]
    return pd.concat([bonds.ties.set_index(["a", "b"])[[*KIND_COLUMNS, "strength"]], outside.max()])


def _said(of: Pairs, respondent: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """An answer of each pair to each question."""
    width = len(SCALES) + 2
    ends = np.column_stack([np.minimum(of.ego, of.alter), np.maximum(of.ego, of.alter)])
    tie = np.unique(ends, axis=0, return_inverse=True)[1].ravel()
    common = rng.normal(size=(tie.max(initial=-1) + 1, width))[tie]
    common[:, -2:] = np.where((of.ego < of.alter)[:, None], common[:, -2:], common[:, :-3:-1])
    style = rng.normal(size=(respondent.max(initial=-1) + 1, width))[respondent]
    chance = np.sqrt(TIE) * common + np.sqrt(STYLE) * style
    chance += np.sqrt(1 - TIE - STYLE) * rng.normal(size=(len(of.ego), width))
    found = {}
    for column, (question, scale) in enumerate(SCALES.items()):
        at = np.searchsorted(scale.cuts, of.seen @ scale.weights + chance[:, column])
        found[question] = np.array(scale.codes, dtype=float)[at]
    gets, gives = (mean + chance[:, side] > 0 for mean, side in zip(_help(of), (-2, -1), strict=True))
    found["T8"] = np.select([gets & gives, gets, gives], [3.0, 1.0, 2.0], 4.0)
    known = rng.random(tie.max(initial=-1) + 1)[tie] * of.years
    found["T5"] = np.floor(known + 0.5)
    other = rng.integers(1, len(VIEWS), len(of.view))
    other += other >= of.view
    found["T10"] = np.where(rng.random(len(of.view)) < VIEW_MEANT, of.view, other).astype(float)
    return found


def _help(of: Pairs) -> tuple[np.ndarray, np.ndarray]:
    """Latent means of the help that ego gets, and gives."""
    usual = HELP_BASE + of.seen @ HELP
    return usual - TO_CUSTOMERS * of.customer, usual + TO_CUSTOMERS * of.customer
