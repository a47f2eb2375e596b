"""How well it is told what part of the market texts are about, by phrases alone and with more and more ticks.

    make bench-roles

Simulated organisations of 400 people and 26 weeks; the part of each text is that of its planted topic, or none. Ticks are
as their writers set them, one in seven or so wrongly. Beside it the same regression on plain TF-IDF with the same examples.
"Set right": the mean distance between the chance of the likeliest part and how often it is right, over ten bins (expected
calibration error: Guo et al. 2017).
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork.market.plain import plain
from kithwork.market.roles import CLASSES, COLUMNS, roles
from kithwork.market.texts import prepared
from kithwork.market.themes import NONE, THEMES
from kithwork.market_tables import KEPT, ROLES
from kithwork.params import load
from kithwork.simulation import simulate
from kithwork.simulation.tables import tables

WORLDS, FIRST_SEED = 8, 7000
TICKS = (0, 1, 3, 10, None)
"""Ticks of each part; None: all there are."""
ALONE, LEARNED, APART = 0.6, 0.9, 0.1
"""Goals: texts told rightly by phrases alone, and by all ticks; how far chances may be from how often they are right."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with ProcessPoolExecutor(2) as hands:
        found = pd.DataFrame(list(hands.map(_one, product(range(FIRST_SEED, FIRST_SEED + WORLDS), TICKS))))
    figures = []
    for ticks in TICKS:
        some = found[found["ticks"].isna() if ticks is None else found["ticks"] == ticks]
        name = "phrases alone" if ticks == 0 else "all ticks" if ticks is None else f"{ticks} ticks a part"
        goal = {0: ALONE, None: LEARNED}.get(ticks)
        figures += [
            _mean(f"{name}: texts told rightly", some["right"], goal, "at least"),
            _mean(f"{name}: by plain TF-IDF", some["plain"]),
            _mean(f"{name}: texts of chance market.tell_at or more", some["told"]),
            _mean(f"{name}: of these, told rightly", some["of_told"]),
            _mean(f"{name}: chances set right to within", some["apart"], APART),
            _mean(f"{name}: texts in Portuguese told rightly", some["second"]),
        ]
    return publish("roles", figures)


def _one(job: tuple[int, int | None]) -> dict[str, float | None]:
    """One world with so many ticks."""
    seed, ticks = job
    settings, made = load("demo"), simulate(400, 26, seed)
    notes, part = made.voices.notes, made.voices.topics["role"].to_numpy()
    truth = pd.Series(np.where(notes["topic"] >= 0, part[notes["topic"]], NONE), index=[str(i) for i in range(len(notes))])
    comments = tables(made)["comments"]
    texts = prepared(comments, settings)
    comments = comments.assign(about=_some(comments["about"], ticks, np.random.default_rng(seed)))
    read = texts[texts["fate"] == KEPT].set_index("comment_id")
    told = roles(comments, texts, settings).table.set_index("comment_id").loc[read.index, COLUMNS].to_numpy()
    said = comments.set_index("comment_id").loc[read.index]
    first, second = ((read["language"] == language).to_numpy() for language in ("en", "pt"))
    right = np.array(CLASSES, dtype=object)[told.argmax(axis=1)] == truth[read.index].to_numpy()
    sure, of = told.max(axis=1)[first], right[first]
    bins = np.minimum((sure * 10).astype(int), 9)
    apart = sum(abs(of[bins == one].sum() - sure[bins == one].sum()) for one in range(10)) / len(of)
    enough = sure >= settings.market.tell_at
    beside = _plain(plain(said["text"])[first], said["about"][first], said["prompt"][first]) == truth[read.index][first]
    return {
        "ticks": ticks, "right": of.mean(), "plain": beside.mean(), "told": enough.mean(), "of_told": of[enough].mean(),
        "apart": apart, "second": right[second].mean(),
    }  # fmt: skip


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

    teaches = about.notna() | (prompt.eq("M3") & about.notna().any())
    seeds = [(phrase, role) for role, theme in THEMES.items() for phrase in theme]
    reader = TfidfVectorizer(sublinear_tf=True)
    place = reader.fit_transform([*text, *(phrase for phrase, _ in seeds)])
    rows = np.append(np.flatnonzero(teaches), len(text) + np.arange(len(seeds)))
    label = [*about.fillna(NONE)[teaches], *(role for _, role in seeds)]
    model = LogisticRegression(max_iter=1000, class_weight="balanced").fit(place[rows], label)
    return model.predict(place[: len(text)])


def _mean(name: str, values: pd.Series, goal: float | None = None, sense: str = "at most") -> Figure:
    """The mean over worlds, with its interval by their spread."""
    far = 1.96 * values.std() / np.sqrt(len(values))
    return Figure(name, (float(values.mean()),), "", goal, sense, (float(values.mean() - far), float(values.mean() + far)))


if __name__ == "__main__":
    sys.exit(main())
