"""Made-up comments for the tests: themes with words of their own, in a stated order of time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.tables import COMMENTS

THEMES = {
    "price": "price discount invoice cheaper payment budget cost tender",
    "water": "ocean river sailing harbour ship boat tide fishing",
    "music": "guitar melody concert singer orchestra violin song rhythm",
    "farms": "wheat tractor harvest cattle barn farmer milk soil",
    "space": "rocket satellite orbit planet telescope astronaut moon launch",
}
"""Words of each theme."""
BETWEEN = (
    "again",
    "today",
    "people",
    "often",
    "really",
    "would",
    "about",
    "there",
    "more",
    "than",
    "before",
    "when",
    "still",
)


def comments(texts: list[str], people: list[str] | None = None, hours: list[float] | None = None) -> pd.DataFrame:
    """The table `comments`: c0000 … an hour apart, each by a person of its own, unless said otherwise; NaN: no date."""
    rows = range(len(texts))
    after = pd.to_timedelta(pd.Series(list(rows) if hours is None else hours, dtype=float), unit="h")
    frame = pd.DataFrame(
        {
            "comment_id": [f"c{row:04d}" for row in rows],
            "person_id": [f"p{row:03d}" for row in rows] if people is None else people,
            "prompt": "M1",
            "text": texts,
            "at": pd.Timestamp("2026-01-05", tz="UTC") + after,
        }
    )
    return COMMENTS.checked(frame.assign(**{name: None for name in COMMENTS.columns if name not in frame}))


def themed(each: int, rng: np.random.Generator, themes: int = len(THEMES)) -> tuple[list[str], np.ndarray]:
    """Texts of eight words, five of them of one theme, and the theme of each by number, mixed."""
    theme = rng.permutation(np.repeat(np.arange(themes), each))
    words = [one.split() for one in THEMES.values()]
    texts = [
        " ".join(rng.permutation([*rng.choice(words[of], 5, replace=False), *rng.choice(BETWEEN, 3, replace=False)]))
        for of in theme
    ]
    return texts, theme


def shuffled(texts: list[str], rng: np.random.Generator) -> list[str]:
    """The same words dealt to texts of the same lengths by lot: nothing holds them together."""
    lengths = [len(text.split()) for text in texts]
    words = rng.permutation([word for text in texts for word in text.split()])
    return [" ".join(part) for part in np.split(words, np.cumsum(lengths)[:-1])]
