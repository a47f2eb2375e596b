"""Texts as points, so that texts of one meaning lie near one another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def embed(texts: Sequence[str]) -> np.ndarray:
    """Each text's place, a row of length 1: the mean of its words' vectors (float32, texts × 256).

    The vectors are part of the installed package wordllama: nothing is fetched.
    """
    import wordllama

    model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    return model.embed(list(texts), norm=True).astype(np.float32)
