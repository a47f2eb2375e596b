"""Who answered without reading: every sign beside its evidence, and who shows two. Nobody is dropped here.

Signs, each held against a setting of `clean.survey`:

    run          longest run of one answer, as a share of the answers given
    spread       standard deviation of the answers
    repeated     share of answers equal to the one k before, for some k up to 10
    distance     Mahalanobis distance of the answers from everybody's, χ² with as many degrees of freedom as answers;
                 p adjusted for the number of people (Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289)
    consistency  even-odd consistency over scales
    speed        seconds per answer (Huang et al. 2012, J. Bus. Psychol. 27:99)
    attention    an item that asked for one answer got another
    twin         somebody else gave the very same answers

Of who gave too few answers for a pattern (`fewest_answers`, for twins `twin_answers`) there is no evidence but speed and
attention: such signs could not be looked at.

Flagged is who shows two. One alone is common among careful people: the unusual are far from everybody, the quick are
quick. Run, spread and repeated are three sights of sameness, so ticking one column throughout is enough. A person who
answered twice is a repeated key and was refused before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kithwork.chapters import Survey
from kithwork.cleaning.survey import gaussian, indices
from kithwork.scales import ATTENTION, HIGH, ITEMS, LOW, ORDER
from kithwork.tables import CARELESS

if TYPE_CHECKING:
    import pandas as pd

SIGNS_NEEDED = 2
PATTERNS = ["longest_run", "spread", "repeated", "distance", "distance_p", "consistency"]
"""Evidence that takes a number of answers."""
PEOPLE_PER_ITEM = 2
"""People per item below which a distance over all items means nothing: the fit follows every one of them."""
MOST_FITTED = 2000
"""People on whom the distribution is fitted at most, taken evenly: more change it little and cost much."""
FIT_ACCURACY = 1e-2
SET_ASIDE = 0.01
"""The distribution is fitted twice, the second time without those whose p lies below this, who would hide each other."""

Declared = dict[str, tuple[str, int]]
"""Item: its scale, and −1 where it is reversed."""


def careless(
    answers: pd.DataFrame,
    responses: pd.DataFrame | None,
    setting: Survey,
    declared: Declared = ITEMS,
    order: Sequence[str] = ORDER,
) -> pd.DataFrame:
    """The table `careless`: a row per person who answered.

    `responses`: person_id with seconds and attention, where they are known; `declared` and `order`: those of another
    questionnaire.
    """
    import pandas as pd

    if answers.empty:
        return CARELESS.empty()
    wide = gridded(answers, order)
    items = [item for item in wide if item not in ATTENTION]
    grid = wide[items].to_numpy(dtype=float)
    answered = (~np.isnan(grid)).sum(axis=1)
    distance, chance = _distances(grid)
    found = pd.DataFrame(
        {
            "person_id": wide.index,
            "answered": answered,
            "longest_run": indices.longest_run(grid),
            "spread": indices.spread(grid),
            "repeated": indices.repeated(grid),
            "distance": distance,
            "distance_p": chance,
            "consistency": _consistency(wide, declared),
            "seconds_per_answer": _pace(wide, responses),
            "attention": _attention(wide, responses),
            "twins": indices.twins(grid, setting.twin_answers),
        }
    )
    enough = found["answered"] >= setting.fewest_answers
    found[PATTERNS] = found[PATTERNS].where(enough)
    signs = shown(found, setting)
    words = signs.apply(lambda row: "+".join(signs.columns[row]) or None, axis=1)
    return CARELESS.checked(found.assign(signs=words, flagged=signs.sum(axis=1) >= SIGNS_NEEDED))


def gridded(answers: pd.DataFrame, order: Sequence[str] = ORDER) -> pd.DataFrame:
    """Answers as a row per person and a column per item, in the order asked; items that have no place follow by name."""
    wide = answers.pivot(index="person_id", columns="item", values="value")
    rank = {item: place for place, item in enumerate(order)}
    return wide[sorted(wide, key=lambda item: (rank.get(item, len(rank)), _by_number(item)))]


def _by_number(item: str) -> list[tuple[str, int]]:
    """A key in which Q2 comes before Q10."""
    return [(word, int(digits or 0)) for word, digits in re.findall(r"(\D*)([0-9]*)", item)]


def shown(found: pd.DataFrame, setting: Survey) -> pd.DataFrame:
    """The signs as booleans, false where there is no evidence."""
    import pandas as pd

    return pd.DataFrame(
        {
            "run": found["longest_run"] > setting.longest_run * found["answered"],
            "spread": found["spread"] < setting.least_spread,
            "repeated": found["repeated"] > setting.most_repeated,
            "distance": found["distance_p"] < setting.distance_rate,
            "consistency": found["consistency"] < setting.least_consistency,
            "speed": found["seconds_per_answer"] < setting.seconds_per_answer,
            "attention": found["attention"] == 0,
            "twin": found["twins"] > 0,
        }
    )


def _distances(grid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """D² of each person over the items answered, and its p, adjusted for the number of people; NaN where people are few."""
    from scipy.special import chdtrc

    nobody = np.full(len(grid), np.nan)
    varies = np.array([len(np.unique(column[~np.isnan(column)])) > 1 for column in grid.T], dtype=bool)
    grid = grid[:, varies]
    known = (~np.isnan(grid)).sum(axis=1)
    told = known > 0
    if not grid.shape[1] or told.sum() < PEOPLE_PER_ITEM * grid.shape[1]:
        return nobody, nobody
    near = told.copy()
    for _ in range(2):
        sample = grid[near][:: 1 + (near.sum() - 1) // MOST_FITTED]
        if (np.isnan(sample).all(axis=0) | (np.nanstd(sample, axis=0) == 0)).any():
            break
        distance = gaussian.distances(grid, *gaussian.fitted(sample, FIT_ACCURACY))
        chance = chdtrc(np.maximum(known, 1), distance)
        near = told & (chance >= SET_ASIDE)
        if near.sum() < PEOPLE_PER_ITEM * grid.shape[1]:
            break
    else:
        chance[~told] = np.nan
        return np.where(told, distance, np.nan), adjusted(chance)
    return nobody, nobody


def adjusted(chance: np.ndarray) -> np.ndarray:
    """p of many tests, each the smallest share of false findings at which it would count as one; NaN where there is none.

    Benjamini & Hochberg 1995: min over larger p of p · tests / rank. Written out to spare the import of scipy.stats, which
    has it too and loads slowly; a test holds the two together.
    """
    told = np.flatnonzero(~np.isnan(chance))
    order = told[np.argsort(-chance[told], kind="stable")]
    rank = np.arange(len(order), 0, -1)
    found = np.full(len(chance), np.nan)
    found[order] = np.minimum.accumulate(chance[order] * len(order) / rank) if len(order) else 0.0
    return found


def _consistency(wide: pd.DataFrame, declared: Declared) -> np.ndarray:
    items = [item for item in declared if item in wide]
    if not items:
        return np.full(len(wide), np.nan)
    turned = [item for item in items if declared[item][1] < 0]
    scored = wide[items].assign(**{item: LOW + HIGH - wide[item] for item in turned})
    names = dict.fromkeys(declared[item][0] for item in items)
    scales = [scored[[item for item in items if declared[item][0] == name]].to_numpy(dtype=float) for name in names]
    return indices.even_odd(scales)


def _pace(wide: pd.DataFrame, responses: pd.DataFrame | None) -> np.ndarray:
    if responses is None or responses.empty:
        return np.full(len(wide), np.nan)
    seconds = responses.groupby("person_id")["seconds"].sum(min_count=1).reindex(wide.index)
    return (seconds / wide.notna().sum(axis=1)).to_numpy(dtype=float)


def _attention(wide: pd.DataFrame, responses: pd.DataFrame | None) -> np.ndarray:
    """1 where every item that asked for one answer and was answered got it, 0 where not, NaN where none was answered.

    A survey's own export holds that answer with the response (`attention`), other tables among the answers.
    """
    asked = wide.reindex(columns=list(ATTENTION))
    if responses is not None and "attention" in responses:
        told = responses.set_index("person_id")["attention"].reindex(wide.index)
        asked = asked.apply(lambda answers: answers.fillna(told))
    right = (asked == list(ATTENTION.values())) | asked.isna()
    return np.where(asked.notna().any(axis=1), right.all(axis=1).astype(float), np.nan)
