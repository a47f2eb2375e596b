"""Topics of comments, language by language: what they are, who wrote of them, and how sure each is.

Texts of one language become points (`points.py`); words held out say how many topics there are, or that there are none
(`structure.py`); Ward's method and k-means find them (`clusters.py`); each reaches so far (`reach.py`), and c-TF-IDF has
its phrases (`phrases.py`). How sure a topic is: texts are drawn anew with replacement, topics found again, and the largest
Jaccard index |A ∩ B| / |A ∪ B| of the topic and a new one is taken, over the texts drawn (Hennig 2007, Comput. Stat. Data
Anal. 52:258).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate
from kithwork.market import topic_claims
from kithwork.market.clusters import found_again, grouped
from kithwork.market.phrases import phrases
from kithwork.market.plain import plain
from kithwork.market.points import points
from kithwork.market.reach import fit, reached
from kithwork.market.said import Applied, Said
from kithwork.market.structure import structure
from kithwork.market_tables import KEPT, ROLES, TEXT_TOPICS, TOPIC_PHRASES, TOPICS
from kithwork.params import Settings
from kithwork.ties.learned import one_thread

if TYPE_CHECKING:
    from kithwork.claims import Ledger


@dataclass(frozen=True)
class Topics:
    """What was found.

    `topics`: the columns of the table of that name but those of roles. `phrases`: the table `topic_phrases`. `of`: topic of
    each text read and of each copy, by comment, absent where it fits none; `fit`: the cosine to its topic's middle less
    that to the next one's. `points`: (texts read, dimensions), in the order of the table `texts`; languages share no
    dimension, and a text whose language is not known lies at 0. `again`: Jaccard indices, (resamples, topics). `number` of
    topics, with the range over deals of words; None where no text was read. `roles`: by topic, where an analyst said so.
    `people`: writers of the texts read. `missed`: an analyst's lines that are like no topic.
    """

    topics: pd.DataFrame
    phrases: pd.DataFrame
    of: pd.Series
    fit: pd.Series
    points: np.ndarray
    again: np.ndarray
    number: Estimate | None
    roles: dict[str, str]
    people: int
    missed: tuple[str, ...]

    def table(self, roles: pd.DataFrame) -> pd.DataFrame:
        """The table `topics`. `roles`: comment_id and p_<role> of each text; what an analyst said of a topic goes first."""
        names = [f"p_{role}" for role in ROLES]
        chance = roles.set_index("comment_id")[names]
        mean = chance.groupby(self.of.reindex(chance.index)).mean().reindex(self.topics["topic_id"]).fillna(0.0)
        for topic, role in self.roles.items():
            mean.loc[topic] = [float(name == f"p_{role}") for name in names]
        return TOPICS.checked(self.topics.merge(mean, left_on="topic_id", right_index=True))

    def of_texts(self, roles: pd.DataFrame) -> pd.DataFrame:
        """The table `text_topics`: one row per text read and per copy. `roles`: as above, with p_none."""
        frame = pd.DataFrame({"topic_id": self.of, "fit": self.fit}).rename_axis("comment_id").reset_index()
        return TEXT_TOPICS.checked(frame.merge(roles[["comment_id", *(f"p_{role}" for role in (*ROLES, "none"))]], "left"))

    def claims(self, ledger: Ledger) -> None:
        """Add how many topics there are, how many texts fit one, and of each topic its share of texts and its stability."""
        topic_claims.claim(self, ledger)


def found(
    comments: pd.DataFrame, texts: pd.DataFrame, settings: Settings, rng: np.random.Generator, said: Said | None = None
) -> Topics:
    """The topics of the comments read. `texts`: their table of that name; `said`: what an analyst decided of topics.

    One thread: how many there are changes sums in the last digit, and a text between two topics its place.
    """
    with one_thread():
        return _found(comments, texts, settings, rng, said)


def _found(
    comments: pd.DataFrame, texts: pd.DataFrame, settings: Settings, rng: np.random.Generator, said: Said | None
) -> Topics:
    wanted = settings.market.topics
    read = texts[texts["fate"] == KEPT].set_index("comment_id")
    text = plain(comments.set_index("comment_id")["text"].reindex(read.index))
    of = pd.Series(None, index=read.index, dtype="str")
    blocks, groups, low, high = [np.zeros((len(read), 1))], {}, 0, 0
    for language, own in _languages(read):
        most = min(wanted.most, int(own.sum()) // wanted.smallest)
        if most < wanted.fewest:
            continue
        place = points(text[own], language)
        told = structure(text[own], language, wanted.fewest, most, rng)
        blocks.append(np.zeros((len(read), place.shape[1])))
        blocks[-1][own] = place
        high += told.range_[1]
        if told.found:
            low, groups[language] = low + told.range_[0], told.groups
            number = reached(place, grouped(place, told.groups, rng), wanted.smallest)
            names = [f"{language}-{at:02d}" for at in range(1, int(number.max(initial=-1)) + 2)]
            of[own] = np.array([*names, None], dtype=object)[number]
    place = np.hstack(blocks)
    worded, decided = _phrases(text, of, read), Applied(of)
    if said is not None:
        decided = said.applied(of, place, worded, rng)
        of, worded = decided.of, _phrases(text, decided.of, read)
    ids = pd.Index(sorted(of.dropna().unique()), dtype="str")
    again = _again(place, of, read, groups, wanted.resamples, rng)
    table = _table(of, read, ids).assign(
        stability=[float(np.nanmean(one)) for one in again.T], named=[decided.named.get(one) for one in ids]
    )
    fits = pd.Series(fit(place, ids.get_indexer(of)), index=of.index)
    copied = texts[texts["copy_of"].notna()].set_index("comment_id")["copy_of"]
    whole, fits = (pd.concat([one, copied.map(one)]).sort_index() for one in (of, fits))
    number = Estimate(len(ids), low, high, len(read)) if len(read) else None
    people = int(read["person_id"].nunique())
    table = table.astype({"named": "str"})
    return Topics(table, worded, whole, fits, place, again, number, decided.roles, people, decided.missed)


def _languages(read: pd.DataFrame) -> list[tuple[str, np.ndarray]]:
    """Each language of the texts read, and which are in it."""
    return [(one, (read["language"] == one).to_numpy()) for one in sorted(read["language"].dropna().unique())]


def _phrases(text: pd.Series, of: pd.Series, read: pd.DataFrame) -> pd.DataFrame:
    """The table `topic_phrases` of all languages. A topic in several has the first phrases of each first.

    A phrase in several counts the people who wrote it in one: they may be the same people in the others.
    """
    parts = []
    for language, own in _languages(read[of.notna()]):
        mine = of.dropna()[own]
        parts.append(phrases(text[mine.index], mine, read.loc[mine.index, "person_id"], language))
    if not parts:
        return TOPIC_PHRASES.empty()
    key = ["topic_id", "phrase"]
    one = pd.concat(parts).groupby(key, as_index=False).agg({"rank": "min", "weight": "max", "people": "max"})
    one = one.sort_values(["topic_id", "rank", "weight", "phrase"], ascending=[True, True, False, True])
    return TOPIC_PHRASES.checked(one.assign(rank=one.groupby("topic_id").cumcount() + 1))


def _again(
    place: np.ndarray, of: pd.Series, read: pd.DataFrame, groups: dict[str, int], resamples: int, rng: np.random.Generator
) -> np.ndarray:
    """Jaccard indices of topics in order of ids, (resamples, topics), mean over languages; 0 of one in no resample."""
    parts: dict[str, list[np.ndarray]] = {}
    for language, own in _languages(read):
        mine = pd.Index(sorted(of[own].dropna().unique()))
        if len(mine):
            many = max(groups.get(language, 1), len(mine))
            again = found_again(place[own], mine.get_indexer(of[own]), many, resamples, rng)
            for one, column in zip(mine, again.T, strict=True):
                parts.setdefault(one, []).append(column)
    means = [np.mean(parts[one], axis=0) for one in sorted(parts)]
    found = np.column_stack(means) if means else np.empty((resamples, 0))
    return np.where(np.isnan(found).all(axis=0), 0.0, found)


def _table(of: pd.Series, read: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    """Language, texts, people and first sighting of each topic."""
    by = read.groupby(of)
    frame = by.agg(
        language=("language", "first"), texts=("language", "size"), people=("person_id", "nunique"), first=("at", "min")
    )
    return frame.reindex(ids).rename_axis("topic_id").reset_index()
