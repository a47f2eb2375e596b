"""Phrases that tell a topic from the others, as they were written, by class-based TF-IDF (c-TF-IDF).

All texts of a topic count as one; of a phrase of one to three words that topic c holds tf times, and all topics f times,

    w = tf_c · ln(1 + A / f)              A: words per topic, on average

(Grootendorst 2022, arXiv:2203.05794). Phrases neither begin nor end with a stop word nor run across punctuation, and two
people or more wrote them; and they are more frequent in the topic, by `LIFT` at least, than in all others: what is said
everywhere tells nothing. From the heaviest on, a phrase is taken by maximal marginal relevance (Carbonell & Goldstein
1998, SIGIR 335), MMR = λ w / max w − (1 − λ) · likeness to those taken, likeness being the share of words in common.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.market.plain import UNSPACED, WORD
from kithwork.market.points import stop_words

LONGEST = 3
MANY = 8
"""Phrases of a topic."""
BY = 2
"""People who must have written a phrase."""
LIFT = 2
LAMBDA = 0.5
PART_OF = 0.75
"""Share of a phrase's mentions from which a longer one that holds it stands for it: "optical glass" for "optical"."""
TRIED = 40
"""Heaviest phrases of a topic among which the varied ones are chosen."""
PIECE = rf"{WORD}|[.,;:!?…()\[\]{{}}/|–—]|\s-+\s|\d\S*"
"""A word, or what stands between words that do not belong to one phrase."""


def phrases(texts: pd.Series, topic: pd.Series, who: pd.Series, language: str) -> pd.DataFrame:
    """Columns topic_id, phrase, rank, weight, people, by topic and rank. All three by comment; `topic` without gaps."""
    held = said(texts, language)
    held = held.assign(topic_id=topic.loc[held["comment"]].to_numpy(), who=who.loc[held["comment"]].to_numpy())
    heavy = weighed(held)
    heavy = heavy[(heavy["people"] >= BY) & heavy["lifted"]].assign(key=lambda frame: frame["key"].astype(str))
    heavy = heavy.sort_values(["topic_id", "weight", "key"], ascending=[True, False, True])
    heavy = heavy.groupby("topic_id").head(TRIED)
    parts = [_varied(part) for _, part in heavy.groupby("topic_id", sort=True)]
    taken = pd.concat(parts, ignore_index=True) if parts else heavy.assign(rank=1)
    taken["phrase"] = taken["key"].map(_spelling(held[held["key"].isin(taken["key"])]))
    return taken[["topic_id", "phrase", "rank", "weight", "people"]]


def _spelling(held: pd.DataFrame) -> pd.Series:
    """How each phrase is written most often, by key."""
    often = held.astype({"key": "str", "phrase": "str"}).groupby(["key", "phrase"]).size().reset_index(name="often")
    often = often.sort_values(["key", "often", "phrase"], ascending=[True, False, True]).drop_duplicates("key")
    return often.set_index("key")["phrase"]


def said(texts: pd.Series, language: str) -> pd.DataFrame:
    """One row per phrase in a text: `comment`, `phrase` as written, `key` in small letters, both as categories."""
    pieces = texts.str.findall(PIECE).reset_index(drop=True).explode().dropna()
    codes, vocabulary = pd.factorize(pieces)
    row, vocabulary = pieces.index.to_numpy(), pd.Series(np.asarray(vocabulary, dtype=object), dtype="str")
    small = vocabulary.str.lower()
    is_word = vocabulary.str.fullmatch(WORD).to_numpy(dtype=bool)
    alone = small.str.len().eq(1) & small.str.contains(r"[a-z]")
    telling = (is_word & ~small.isin(stop_words(language)) & ~alone).to_numpy(dtype=bool)[codes]
    run = np.cumsum(~is_word[codes] | (np.diff(row, prepend=-1) > 0))
    found = [np.empty((0, 1 + LONGEST), dtype=np.int64)]
    for more in range(LONGEST):
        last = len(codes) - more
        at = np.flatnonzero(telling[:last] & telling[more:] & (run[:last] == run[more:]))
        words = [codes[at + step] if step <= more else np.full(len(at), -1) for step in range(LONGEST)]
        found.append(np.column_stack([row[at], *words]))
    held = np.vstack(found)
    return pd.DataFrame(
        {
            "comment": texts.index.to_numpy()[held[:, 0]],
            "phrase": _joined(held[:, 1:], vocabulary),
            "key": _joined(held[:, 1:], small),
        }
    )


def _joined(words: np.ndarray, vocabulary: pd.Series) -> pd.Categorical:
    """Phrases of words given as rows of the vocabulary, (phrases, LONGEST), −1 where there is none."""
    base = len(vocabulary) + 1
    number = (words + 1) @ base ** np.arange(words.shape[1] - 1, -1, -1)
    unique, codes = np.unique(number, return_inverse=True)
    parts = [unique // base**power % base - 1 for power in range(words.shape[1] - 1, -1, -1)]
    lookup = np.append(vocabulary.to_numpy(dtype=object), "")
    text = pd.Series([" ".join(one).strip() for one in zip(*(lookup[part] for part in parts), strict=True)], dtype="str")
    text = text.str.replace(rf"(?<=[{UNSPACED}]) (?=[{UNSPACED}])", "", regex=True).astype(object)
    again, names = pd.factorize(text, sort=True)
    return pd.Categorical.from_codes(again[codes], categories=names)


def weighed(held: pd.DataFrame) -> pd.DataFrame:
    """c-TF-IDF of each phrase of each topic, and the people who wrote it there: topic_id, key, tf, weight, people.

    `held`: one row per phrase in a text, with `topic_id`, `key` and `who`.
    """
    by = held.groupby(["topic_id", "key"], observed=True).agg(tf=("key", "size"), people=("who", "nunique")).reset_index()
    per_topic = by["tf"].sum() / max(by["topic_id"].nunique(), 1)
    every = by.groupby("key", observed=True)["tf"].transform("sum")
    size, whole = by.groupby("topic_id")["tf"].transform("sum"), by["tf"].sum()
    beyond = (every - by["tf"]) / np.maximum(whole - size, 1)
    return by.assign(lifted=by["tf"] / size >= LIFT * beyond, weight=by["tf"] * np.log1p(per_topic / every))[
        ["topic_id", "key", "tf", "lifted", "weight", "people"]
    ]


def _varied(part: pd.DataFrame) -> pd.DataFrame:
    """The topic's phrases by maximal marginal relevance, with `rank`, and `weight` over the largest. By falling weight."""
    bags = [frozenset(key.split()) for key in part["key"]]
    tf, length = part["tf"].to_numpy(), np.array([key.count(" ") for key in part["key"]])
    shared = np.array([[len(one & other) for other in bags] for one in bags])
    size = np.array([len(bag) for bag in bags])
    within = (shared == size[:, None]) & (length > length[:, None]) & (tf >= PART_OF * tf[:, None])
    part = part[~within.any(axis=1)]
    alike = (shared / (size[:, None] + size - shared))[~within.any(axis=1)][:, ~within.any(axis=1)]
    weight = (part["weight"] / part["weight"].max()).to_numpy()
    taken: list[int] = []
    for _ in range(min(MANY, len(part))):
        near = alike[:, taken].max(axis=1) if taken else np.zeros(len(part))
        worth = LAMBDA * weight - (1 - LAMBDA) * near
        worth[taken] = -np.inf
        taken.append(int(worth.argmax()))
    return part.iloc[taken].assign(rank=np.arange(1, len(taken) + 1), weight=weight[taken])
