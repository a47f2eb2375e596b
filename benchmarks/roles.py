"""How well it is told what part of the market texts are about, by phrases alone and with more and more ticks.

    make bench-roles
    make bench-roles FOLDERS="my.csv"

Simulated organisations of 400 people and 26 weeks; the part of each text is that of its planted topic, or none. Ticks are
as their writers set them, one in seven or so wrongly. Figures are of the texts of a third of the writers, drawn by lot, of
whom no text teaches. Beside it the same regression on plain TF-IDF with the same examples. "Set right": the mean distance
between the chance of the likeliest part and how often it is right, over ten bins of as many texts (expected calibration
error; bins after Nixon et al. 2019). Chances of none count too. Intervals are over worlds (Student's t).

`my.csv` has columns text and label: customer, competitor, supplier, regulation, technology or none. Each text has a writer
of its own, labels of those that teach are ticks, and all that are labelled none teach what none is. Its intervals are over
draws of the third and of ticks.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork.market.plain import plain
from kithwork.market.roles import CLASSES, COLUMNS, NOT_ACTED_ON, roles
from kithwork.market.texts import prepared
from kithwork.market.themes import NONE, THEMES
from kithwork.market_tables import KEPT, ROLES
from kithwork.params import load
from kithwork.simulation import simulate
from kithwork.simulation.tables import tables
from kithwork.tables import COMMENTS
from kithwork.ties.accuracy import calibration_error

WORLDS, FIRST_SEED = 8, 7000
TICKS = (0, 1, 3, 5, 10, None)
"""Ticks of each part; None: all there are."""
ALONE, LEARNED, APART = 0.6, 0.9, 0.1
"""Goals: texts told rightly by phrases alone, and by all ticks; how far chances may be from how often they are right."""
OTHER = "M1"
"""A question whose answers teach nothing where they are not ticked."""
SCORES = {
    "right": "texts told rightly",
    "plain": "by plain TF-IDF",
    "told": "texts of chance market.tell_at or more",
    "of_told": "of these, told rightly",
    "apart": "chances set right to within",
    "second": "texts in Portuguese told rightly",
}


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    seeds = range(FIRST_SEED, FIRST_SEED + WORLDS)
    with ProcessPoolExecutor(2) as hands:
        figures = _figures(list(hands.map(world, product(seeds, TICKS))), goals=True)
        for path in map(Path, sys.argv[1:]):
            measured = partial(labelled, pd.read_csv(path, dtype=str)[["text", "label"]])
            figures += _figures(list(hands.map(measured, product(seeds, TICKS))), f"{path.stem}, ")
    return publish("roles", figures)


def world(job: tuple[int, int | None]) -> dict[str, float | None]:
    """Scores in one simulated organisation with so many ticks; job: seed and ticks."""
    made = simulate(400, 26, job[0])
    notes, part = made.voices.notes, made.voices.topics["role"].to_numpy()
    truth = pd.Series(np.where(notes["topic"] >= 0, part[notes["topic"]], NONE), index=[str(i) for i in range(len(notes))])
    return scored(tables(made)["comments"], truth, *job)


def labelled(frame: pd.DataFrame, job: tuple[int, int | None]) -> dict[str, float | None]:
    """The same of texts with labels."""
    frame = frame.dropna().reset_index(drop=True)
    if wrong := sorted(set(frame["label"]) - set(CLASSES)):
        raise SystemExit(f"Labels that are no part of the market: {', '.join(wrong[:5])}. Known: {', '.join(CLASSES)}.")
    none = frame["label"] == NONE
    rows = pd.DataFrame(
        {"comment_id": frame.index.astype(str), "person_id": frame.index.astype(str), "text": frame["text"]}
    )
    rows = rows.assign(prompt=np.where(none, NOT_ACTED_ON, OTHER), about=frame["label"].mask(none))
    comments = COMMENTS.checked(rows.assign(**{name: None for name in COMMENTS.columns if name not in rows}))
    return scored(comments, frame["label"].set_axis(rows["comment_id"]), *job)


def scored(comments: pd.DataFrame, truth: pd.Series, seed: int, ticks: int | None) -> dict[str, float | None]:
    """How texts of a third of the writers are told where others tick so many of each part. `truth`: part by comment."""
    settings, rng = load("demo"), np.random.default_rng(seed)
    texts = prepared(comments, settings)
    read = texts[texts["fate"] == KEPT].set_index("comment_id")
    out = comments["person_id"].isin(_third(read["person_id"], rng))
    about = _some(comments["about"].mask(out), ticks, rng)
    comments = comments.assign(about=about, prompt=comments["prompt"].mask(out, OTHER))
    said = comments.assign(out=out).set_index("comment_id").loc[read.index]
    told = roles(comments, texts, settings).table.set_index("comment_id").loc[read.index, COLUMNS].to_numpy()
    right = np.array(CLASSES, dtype=object)[told.argmax(axis=1)] == truth[read.index].to_numpy()
    english = (read["language"] == "en").to_numpy()
    first, second = (one & said["out"].to_numpy() for one in (english, (read["language"] == "pt").to_numpy()))
    sure = told.max(axis=1)[first]
    enough = sure >= settings.market.tell_at
    beside = _plain(plain(said["text"])[english], said["about"][english], said["prompt"][english])
    return {
        "ticks": ticks,
        "right": right[first].mean(),
        "plain": (beside == truth[read.index][english])[said["out"][english]].mean(),
        "told": enough.mean(),
        "of_told": right[first][enough].mean() if enough.any() else np.nan,
        "apart": calibration_error(right[first].astype(float), sure, np.ones(len(sure))),
        "second": right[second].mean() if second.any() else np.nan,
    }


def _third(writer: pd.Series, rng: np.random.Generator) -> np.ndarray:
    """A third of the writers, by lot."""
    writers = np.sort(writer.unique())
    return rng.permutation(writers)[: len(writers) // 3]


def _some(ticks: pd.Series, most: int | None, rng: np.random.Generator) -> pd.Series:
    """So many ticks of each part, drawn; all where `most` is None."""
    if most is None:
        return ticks
    kept = [rng.permutation(np.flatnonzero(ticks == role))[:most] for role in ROLES]
    return ticks.where(np.isin(np.arange(len(ticks)), np.concatenate(kept)))


def _plain(text: pd.Series, about: pd.Series, prompt: pd.Series) -> np.ndarray:
    """What the regression tells on TF-IDF of words, with the same examples."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    teaches = about.notna() | (prompt.eq(NOT_ACTED_ON) & about.notna().any())
    seeds = [(phrase, role) for role, theme in THEMES.items() for phrase in theme]
    reader = TfidfVectorizer(sublinear_tf=True)
    place = reader.fit_transform([*text, *(phrase for phrase, _ in seeds)])
    rows = np.append(np.flatnonzero(teaches), len(text) + np.arange(len(seeds)))
    label = [*about.fillna(NONE)[teaches], *(role for _, role in seeds)]
    model = LogisticRegression(max_iter=1000, class_weight="balanced").fit(place[rows], label)
    return model.predict(place[: len(text)])


def _figures(rows: list[dict[str, float | None]], of: str = "", *, goals: bool = False) -> list[Figure]:
    """The mean of each score by number of ticks; scores that could not be measured are left out."""
    found, figures = pd.DataFrame(rows), []
    for ticks in TICKS:
        some = found[found["ticks"].isna() if ticks is None else found["ticks"] == ticks]
        name = "phrases alone" if ticks == 0 else "all ticks" if ticks is None else f"{ticks} ticks a part"
        for score, label in SCORES.items():
            goal = {"right": {0: ALONE, None: LEARNED}.get(ticks), "apart": APART}.get(score) if goals else None
            if some[score].notna().all():
                figures.append(
                    _mean(f"{of}{name}: {label}", some[score], goal, "at least" if score == "right" else "at most")
                )
    return figures


def _mean(name: str, values: pd.Series, goal: float | None, sense: str) -> Figure:
    """The mean, with its interval by the values' spread."""
    from scipy.stats import t

    mean, far = float(values.mean()), float(t.ppf(0.975, len(values) - 1)) * values.std() / np.sqrt(len(values))
    return Figure(name, (mean,), "", goal, sense, (max(mean - far, 0.0), min(mean + far, 1.0)))


if __name__ == "__main__":
    sys.exit(main())
