"""Saves the instrument: a workbook, a text and a page, or those three of each form. Nobody's other file is overwritten."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from kithwork.errors import Problem, UserError
from kithwork.survey import paper, qualtrics_text, xlsform
from kithwork.survey.instrument import FORMS, Terms

WRITERS = {"xlsx": xlsform.written, "txt": qualtrics_text.written, "html": paper.written}
"""What writes the instrument, by the end of the file's name."""


NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}", re.ASCII)


def contents(terms: Terms, forms: bool) -> dict[str, bytes]:
    """Each file by its name: three of all items, or three for each of three forms."""
    each = [replace(terms, form=form) for form in FORMS] if forms else [terms]
    return {
        f"{one.name}{'-' + one.form if one.form else ''}.{end}": write(one)
        for one in each
        for end, write in WRITERS.items()
    }


def check_name(name: str) -> None:
    """That a survey's name can begin a file's name and be a form's id. Raises `UserError`."""
    if not NAME.fullmatch(name):
        do = "Begin with a letter, and use letters, digits, - and _."
        raise UserError(Problem("is not a name for a survey", name, do))


def save(files: dict[str, bytes], folder: Path, force: bool) -> None:
    """Write the files. Raises `UserError` where one would take another file's place, or the folder cannot be written."""
    other = [folder / name for name, content in files.items() if _is_other(folder / name, content)]
    if other and not force:
        do = "Name another survey or folder, or overwrite it with --force."
        raise UserError([Problem("is there already and differs", str(path), do) for path in other])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        do = "Name a folder that can be written."
        raise UserError(Problem("cannot be written", str(folder), do, error.strerror or "", column="--out")) from None


def _is_other(path: Path, content: bytes) -> bool:
    return path.exists() and not (path.is_file() and path.read_bytes() == content)
