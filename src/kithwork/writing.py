"""How files are written: whole or not at all, by being written beside their place and renamed; and no cell is a formula."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithwork import display

if TYPE_CHECKING:
    import pandas as pd


def whole(path: Path, write: Callable[[Path], Any]) -> None:
    """Write a file, or a folder, beside its place and rename it: what lay there stays until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished, before = (path.with_name(f".{path.name}.{word}") for word in ("unfinished", "before"))
    for left in (unfinished, before):
        shutil.rmtree(left, ignore_errors=True)
    write(unfinished)
    if path.is_dir():
        os.replace(path, before)
    os.replace(unfinished, path)
    shutil.rmtree(before, ignore_errors=True)


def document(path: Path, content: Any) -> None:
    """Write a JSON document."""
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    whole(path, lambda unfinished: unfinished.write_text(text + "\n", encoding="utf-8"))


def csv(path: Path, rows: pd.DataFrame) -> None:
    """Write rows for programs and spreadsheets, their numbers to six digits."""
    safe = without_formulas(rows)
    whole(path, lambda unfinished: safe.to_csv(unfinished, index=False, float_format="%.6g", lineterminator="\n"))


def without_formulas(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, no text of which a spreadsheet would take for a formula."""
    texts = rows.select_dtypes(["str", "object"])
    return rows.assign(**{name: texts[name].map(display.cell) for name in texts})


def for_its_owner(path: Path, text: str) -> Path:
    """Write a text that its owner alone can read; returns where it lies."""

    def write(unfinished: Path) -> None:
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(text)

    whole(path, write)
    return path
