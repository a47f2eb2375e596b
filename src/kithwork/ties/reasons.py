"""What the probability of a tie rests on, in words: what the two said, and what else speaks for the kind and against it.

A feature speaks for a kind by as much as the log odds fall when its value is replaced by the median of all dyads, all else
equal (occlusion: Zeiler & Fergus 2014, ECCV; of one feature at a time, Robnik-Šikonja & Kononenko 2008, IEEE Trans. Knowl.
Data Eng. 20:589). It says what the model heeds, not what causes what, and shares credit badly among features that say the
same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.tables import CHANNELS
from kithwork.ties import learned, occlusion

if TYPE_CHECKING:
    from sklearn.base import ClassifierMixin

MOST, LEAST = 3, 0.15
"""Features named of a tie; log odds below which a feature says nothing."""

WORDS = {
    "contacts": ("more contact than most", "less contact than most"),
    "minutes": ("more time together than most", "less time together than most"),
    "decayed": ("more contact of late than most", "less contact of late than most"),
    **{f"contacts_{one}": (f"more by {one} than most", f"less by {one} than most") for one in CHANNELS},
    "one_to_one": ("more often the two alone than most", "more often among others than most"),
    "group_size": ("in larger groups than most", "in smaller groups than most"),
    "off_hours": ("more outside working hours than most", "less outside working hours than most"),
    "weekend": ("more on days off than most", "less on days off than most"),
    "active_weeks": ("in more weeks than most", "in fewer weeks than most"),
    "tenure_days": ("for longer than most", "for a shorter time than most"),
    "recency_days": ("ended longer ago than most", "until later than most"),
    "regularity": ("fewer weeks without contact than most", "more weeks without contact than most"),
    "burstiness": ("more in bursts than most", "more evenly spread than most"),
    "reciprocity": ("more mutual than most", "more one-sided than most"),
    "initiative": ("begun more by one of the two", "begun more by one of the two"),
    **{f"latency_{who}": ("slower answers than most", "quicker answers than most") for who in ("ego", "alter")},
    **{f"share_{who}": ("a larger part of one's contact than most", "a smaller part of one's contact than most")
       for who in ("ego", "alter")},
    **{f"degree_{who}": ("one of more contacts than most", "one of fewer contacts than most") for who in ("ego", "alter")},
    "embeddedness": ("more contacts in common than most", "fewer contacts in common than most"),
    "span": ("a longer way around the tie than most", "a shorter way around the tie than most"),
    "crosses_unit": ("different units", "the same unit"),
    "same_role": ("the same role", "different roles"),
    "same_site": ("the same site", "different sites"),
    "tree_distance": ("farther apart in the reporting tree than most", "closer in the reporting tree than most"),
    "level_gap": ("levels farther apart than most", "levels closer than most"),
    "tenure_gap": ("lengths of service farther apart than most", "lengths of service closer than most"),
}  # fmt: skip
"""By feature: what a value above the median of all dyads is called, and one below: no more is known of it."""

SAID = {
    (0, 0): "nobody was asked",
    (1, 0): "one was asked and does not say so",
    (1, 1): "one was asked and says so",
    (2, 0): "neither says so",
    (2, 1): "one of the two says so",
    (2, 2): "both say so",
}
"""By how many were asked, and how many say so."""

RATED = "shifted to a stated base rate"
"""What a vote of signs rests on besides, where it is so: the same for all ties, and so no reason of one."""


def of_reports(model: ClassifierMixin, features: pd.DataFrame, times: np.ndarray, witnesses: np.ndarray) -> np.ndarray:
    """Reasons of each tie, (ties,) of text. `features`: both sides of the ties, as in `dyads`; `times`, `witnesses`:
    (ties,) how many of the two say so, and were asked."""
    x = features.to_numpy(dtype=float)
    with learned.one_thread():
        effects = occlusion.occluded(model, x)
    names, high = list(features), x > occlusion.medians(x)
    sides = [(effects[half], high[half]) for half in (slice(len(times)), slice(len(times), None))]
    effect = (sides[0][0] + sides[1][0]) / 2
    stronger = np.abs(sides[1][0]) > np.abs(sides[0][0])
    is_high = np.where(stronger, sides[1][1], sides[0][1])
    first = np.argsort(-np.abs(effect), axis=1, kind="stable")[:, :MOST]
    found = []
    for tie, (asked, said) in enumerate(zip(witnesses, times, strict=True)):
        told = {True: [], False: []}
        for column in first[tie]:
            if abs(effect[tie, column]) >= LEAST:
                word = WORDS[names[column]][0 if is_high[tie, column] else 1]
                told[effect[tie, column] > 0].append(word)
        parts = [SAID[asked, said]]
        parts += [f"{side}: {', '.join(dict.fromkeys(words))}" for side, words in _sides(told) if words]
        found.append("; ".join(parts))
    return np.array(found, dtype=object)


def of_signs(shown: pd.DataFrame, rated: bool = False) -> np.ndarray:
    """Reasons by stated signs: (ties,) of text. `shown`: which sign of the kind is seen on which tie; `rated`: whether the
    share of such ties was stated too."""
    names, end = np.array([name.replace("_", " ") for name in shown], dtype=object), f"; {RATED}" if rated else ""
    return np.array([(", ".join(names[row]) or "no sign of it") + end for row in shown.to_numpy(dtype=bool)], dtype=object)


def after_words(why: pd.Series, said: np.ndarray, asked: np.ndarray) -> pd.Series:
    """The reasons of ties, the words that are of a tie itself before all else. `said`, `asked`: (ties,) how many of the two
    say so, and spoke of it."""
    word = pd.Series([SAID[pair] for pair in zip(asked, said, strict=True)], index=why.index)
    return why.mask(asked > 0, word + ("; " + why).fillna(""))


def often(ties: pd.DataFrame, kind: str, smallest_group: int, most: int = 5) -> pd.Series:
    """The commonest reasons of these ties, those against left out: the share of ties with each, in falling order. A reason
    that joins fewer than `smallest_group` people is not told."""
    parts = ties[f"why_{kind}"].str.split("; ").explode()
    words = parts[~parts.str.startswith("against: ") & (parts != RATED)].str.removeprefix("for: ").str.split(", ").explode()
    ends = ties.loc[words.index, ["a_id", "b_id"]].set_axis(words, axis=0).stack()
    people = ends.groupby(level=0).nunique()
    counts = words.value_counts()
    return counts[people[counts.index] >= smallest_group].head(most) / max(len(ties), 1)


def _sides(told: dict[bool, list[str]]) -> list[tuple[str, list[str]]]:
    return [("for", told[True]), ("against", told[False])]
