"""Texts as points by the vectors of their words, so that texts of one meaning lie near one another.

Each text is the mean of its tokens' vectors: static ones, trained so that means of them tell of meaning (wordllama: tokens
of Llama 2, 256 numbers each). Their lengths already say how much a token tells; weighting them anew by rarity (SIF: Arora,
Liang & Ma 2017, ICLR) made topics of labelled corpora worse. `points.py` joins them with the words that texts share.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wordllama.inference import WordLlamaInference


@cache
def _model() -> WordLlamaInference:
    import wordllama

    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)


def embed(texts: Sequence[str]) -> np.ndarray:
    """Each text's place, a row of length 1, in small letters: the mean of its words' vectors (texts × 256).

    A text's place does not depend on the other texts; one without a word lies at 0. The vectors are part of the installed
    package wordllama: nothing is fetched.
    """
    if not len(texts):
        return np.zeros((0, 256))
    order = np.argsort([len(text) for text in texts], kind="stable")  # those embedded at once are padded to the longest
    place = np.empty((len(texts), 256))
    place[order] = _model().embed([texts[at].lower() for at in order])
    return place / np.maximum(np.linalg.norm(place, axis=1, keepdims=True), 1e-9)
