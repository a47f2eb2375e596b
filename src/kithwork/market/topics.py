"""Topics of comments, language by language: what they are, who wrote of them, and how sure each is.

Texts of one language become points (`points.py`); words held out say how many topics there are, or that there are none
(`structure.py`); Ward's method and k-means find them (`clusters.py`), and c-TF-IDF their phrases (`phrases.py`). A text fits
a topic if it lies nearest to its middle and within the topic's reach: no farther than the upper fence of its texts' distances
(Tukey 1977). How sure a topic is: texts are drawn anew with replacement, topics found again, and the largest Jaccard index
|A ∩ B| / |A ∪ B| of the topic and a new one taken, over the texts drawn (Hennig 2007, Comput. Stat. Data Anal. 52:258).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate, from_draws, proportion
from kithwork.market.clusters import found_again, grouped, middles
from kithwork.market.phrases import phrases
from kithwork.market.plain import plain
from kithwork.market.points import points, unit
from kithwork.market.structure import structure
from kithwork.market_tables import KEPT, ROLES, TOPIC_PHRASES, TOPICS
from kithwork.params import Settings

if TYPE_CHECKING:
    from kithwork.claims import Ledger
    from kithwork.market.said import Said

FENCE = 1.5
"""Spreads (between quartiles) beyond the upper quartile of its texts' distances that a topic reaches."""


@dataclass(frozen=True)
class Topics:
    """`topics`: the table of that name but for its roles; `phrases`: TOPIC_PHRASES; `of`: the topic of each text read and of
    each copy, by comment, absent where it fits none; `fit`: the cosine to its topic's middle less that to the next one's, by
    comment. `points`: (texts read, dimensions), in the order of `texts`: languages do not share dimensions, and a text whose
    language is not known lies at 0. `again`: Jaccard's indices, (resamples, topics), in the order of `topics`; `number`: of
    topics, and what single deals of words would have; `roles`: the role an analyst gave a topic; `people`: who wrote."""

    topics: pd.DataFrame
    phrases: pd.DataFrame
    of: pd.Series
    fit: pd.Series
    points: np.ndarray
    again: np.ndarray
    number: Estimate | None
    roles: dict[str, str]
    people: int

    def with_roles(self, roles: pd.DataFrame) -> pd.DataFrame:
        """The table `topics`: mean chances of its texts of each role, or the role that an analyst gave. `roles`: a row per
        comment, with comment_id and p_<role>."""
        chance = roles.set_index("comment_id")[[f"p_{role}" for role in ROLES]]
        mean = chance.groupby(self.of.reindex(chance.index)).mean().reindex(self.topics["topic_id"]).fillna(0.0)
        for topic, role in self.roles.items():
            mean.loc[topic] = [float(one == f"p_{role}") for one in mean.columns]
        return TOPICS.checked(pd.concat([self.topics.reset_index(drop=True), mean.reset_index(drop=True)], axis=1))

    def claims(self, ledger: Ledger) -> None:
        """Add how many topics there are, how many texts fit one, and of each topic its share of texts and its stability."""
        if self.number is None:
            return
        read = self.number.n
        ledger.add(
            "topics", "Topics found in what people wrote", self.number, unit="count", method=NUMBER, people=self.people
        )
        if self.topics.empty:
            return
        in_topics = proportion(int(self.topics["texts"].sum()), read).times(100)
        label = "Texts read that fit a topic"
        ledger.add("in_topics", label, in_topics, unit="%", method=SHARE, people=self.people)
        size = self.topics["texts"].to_numpy()
        whole = np.nansum(self.again * size, axis=1) / (~np.isnan(self.again) * size).sum(axis=1)
        steady = from_draws(float(whole.mean()), whole, read)
        label = "How far topics are found again, mean over texts"
        ledger.add("topic_stability", label, steady, unit="index", method=STABILITY, people=self.people)
        for at, row in enumerate(self.topics.itertuples()):
            share = proportion(row.texts, read).times(100)
            label = f"Texts on topic {row.topic_id}"
            ledger.add(f"topic_texts.{row.topic_id}", label, share, unit="%", method=SHARE, people=row.people)
            steady = from_draws(row.stability, self.again[:, at], row.texts)
            label = f"How far topic {row.topic_id} is found again"
            ledger.add(f"topic_stability.{row.topic_id}", label, steady, unit="index", method=STABILITY, people=row.people)


NUMBER = "Number that tells most of words held out (Neufeld et al. 2024); range over deals of words"
SHARE = "Share of texts read, copies left out; Wilson interval (Wilson 1927)"
STABILITY = "Largest Jaccard index with a topic of a resample of texts, mean (Hennig 2007); range of 95% of resamples"


def found(
    comments: pd.DataFrame, texts: pd.DataFrame, settings: Settings, rng: np.random.Generator, said: Said | None = None
) -> Topics:
    """The topics of the comments read. `texts`: their table of that name; `said`: what an analyst decided of topics."""
    read = texts[texts["fate"] == KEPT].set_index("comment_id")
    text = plain(comments.set_index("comment_id")["text"].reindex(read.index))
    of = pd.Series(np.nan, index=read.index, dtype="str")
    blocks, groups, number = [], {}, None
    for language in sorted(read["language"].dropna().unique()):
        own = (read["language"] == language).to_numpy()
        most = min(settings.market.topics.most, int(own.sum()) // settings.market.topics.smallest)
        if most < settings.market.topics.fewest:
            continue
        place = points(text[own], language)
        blocks.append(_spread(place, own))
        told = structure(text[own], language, settings.market.topics.fewest, most, rng)
        number = _more(number, told)
        if told.found:
            groups[language] = told.groups
            of[own] = _named(place, _reached(place, told.groups, settings.market.topics.smallest, rng), language)
    place = np.hstack(blocks) if blocks else np.zeros((len(read), 1), dtype=np.float32)
    worded = _phrases(text, of, read)
    named, roles = {}, {}
    if said is not None:
        of, named, roles = said.applied(of, place, worded, rng)
        worded = _phrases(text, of, read)
    ids = np.array(sorted(of.dropna().unique()), dtype=object)
    again = _again(place, of, read["language"], ids, groups, settings.market.topics.resamples, rng)
    table = _table(of, read, ids, again).assign(named=lambda frame: frame["topic_id"].map(named).astype("str"))
    copied = texts[texts["copy_of"].notna()].set_index("comment_id")["copy_of"]
    fit = _fit(place, of, ids)
    whole = None if read.empty else Estimate(len(ids), *(number or (0, 0)), len(read))
    return Topics(
        table,
        worded,
        pd.concat([of, copied.map(of)]).sort_index(),
        pd.concat([fit, copied.map(fit)]).sort_index(),
        place,
        again,
        whole,
        roles,
        int(read["person_id"].nunique()),
    )


def _spread(place: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Points of one language among all texts read, the others at 0."""
    found = np.zeros((len(own), place.shape[1]), dtype=np.float32)
    found[own] = place
    return found


def _more(number: tuple[int, int] | None, told) -> tuple[int, int]:
    low, high = number or (0, 0)
    return low + (told.range_[0] if told.found else 0), high + told.range_[1]


def _reached(place: np.ndarray, groups: int, smallest: int, rng: np.random.Generator) -> np.ndarray:
    """The topic of each text, by size from 0 on; −1 where it lies beyond every topic's reach, or with too few."""
    of = grouped(place, groups, rng)
    middle = unit(middles(place, of))
    far = 1 - (place * middle[of]).sum(axis=1)
    low, high = (pd.Series(far).groupby(of).quantile(at).reindex(of).to_numpy() for at in (0.25, 0.75))
    of = np.where(far <= high + FENCE * (high - low), of, -1)
    size = np.bincount(of[of >= 0], minlength=len(middle))
    order = np.argsort(-size, kind="stable")
    place_of = np.empty(len(middle), dtype=int)
    place_of[order] = np.where(size[order] >= smallest, np.arange(len(middle)), -1)
    return np.where(of >= 0, place_of[of], -1)


def _named(place: np.ndarray, of: np.ndarray, language: str) -> np.ndarray:
    names = np.array([f"{language}-{at:02d}" for at in range(1, int(of.max(initial=-1)) + 2)] + [None], dtype=object)
    return names[of]


def _phrases(text: pd.Series, of: pd.Series, read: pd.DataFrame) -> pd.DataFrame:
    """The table `topic_phrases` of all languages."""
    inside = of.notna()
    parts = [
        phrases(text[own], of[own], read.loc[own, "person_id"], language)
        for language in sorted(read["language"].dropna().unique())
        if (own := inside & (read["language"] == language)).any()
    ]
    return TOPIC_PHRASES.checked(pd.concat(parts)) if parts else TOPIC_PHRASES.empty()


def _again(
    place: np.ndarray, of: pd.Series, language: pd.Series, ids: np.ndarray, groups: dict[str, int], resamples: int,
    rng: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """Jaccard's indices of topics, (resamples, topics)."""
    parts = []
    for name in sorted(set(language[of.notna()])):
        own = (language == name).to_numpy()
        codes = pd.Index([one for one in ids if (of[own] == one).any()]).get_indexer(of[own])
        parts.append(found_again(place[own], codes, max(groups[name], codes.max() + 1), resamples, rng))
    return np.hstack(parts) if parts else np.empty((resamples, 0))


def _table(of: pd.Series, read: pd.DataFrame, ids: np.ndarray, again: np.ndarray) -> pd.DataFrame:
    """The columns of `topics` but names and roles."""
    by = read.groupby(of)
    return pd.DataFrame(
        {
            "topic_id": ids,
            "language": by["language"].first().reindex(ids).to_numpy(),
            "texts": by.size().reindex(ids).to_numpy(),
            "people": by["person_id"].nunique().reindex(ids).to_numpy(),
            "stability": np.nanmean(again, axis=0) if len(ids) else np.empty(0),
            "first": by["at"].min().reindex(ids).to_numpy(),
        }
    )


def _fit(place: np.ndarray, of: pd.Series, ids: np.ndarray) -> pd.Series:
    """Cosine of each text to its topic's middle less that to the next topic's."""
    codes = pd.Index(ids).get_indexer(of)
    if not len(ids):
        return pd.Series(np.nan, index=of.index)
    cosine = place @ unit(middles(place, codes)).T
    own = np.take_along_axis(cosine, np.maximum(codes, 0)[:, None], axis=1)[:, 0]
    np.put_along_axis(cosine, np.maximum(codes, 0)[:, None], -np.inf, axis=1)
    other = cosine.max(axis=1) if len(ids) > 1 else np.zeros(len(of))
    return pd.Series(np.where(codes >= 0, own - other, np.nan), index=of.index)
