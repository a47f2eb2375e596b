"""Lab's files: a notebook opens as its kernel would describe it, and is saved without what tells of this machine."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest
from ipykernel.ipkernel import IPythonKernel

from pipeline.lab_files import Files


def waited(coroutine: Coroutine) -> Any:
    """What it gives, in a thread of its own: where a browser of other tests is open, a loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A manager of files on an empty folder."""
    return Files(root_dir=str(tmp_path))


def book(language: str = "python") -> dict:
    """A notebook without cells, in a language."""
    return nbformat.v4.new_notebook(metadata={"language_info": {"name": language}})


def test_it_opens_as_its_kernel_describes_it(files, tmp_path):
    """So that Lab finds nothing to write into it, and does not count it as changed."""
    nbformat.write(book(), tmp_path / "a.ipynb")
    opened = waited(files.get("a.ipynb"))
    assert opened["content"]["metadata"]["language_info"] == IPythonKernel.language_info


def test_it_is_saved_without_what_tells_of_this_machine(files, tmp_path):
    """Only the language's name, so that two people's Pythons make no difference in git."""
    nbformat.write(book(), tmp_path / "a.ipynb")
    opened = waited(files.get("a.ipynb"))
    waited(files.save({"type": "notebook", "format": "json", "content": opened["content"]}, "a.ipynb"))
    saved = json.loads((tmp_path / "a.ipynb").read_text(encoding="utf-8"))
    assert saved["metadata"]["language_info"] == {"name": "python"}


def test_other_languages_and_files_stay_as_they_are(files, tmp_path):
    """A notebook in R, and a text."""
    nbformat.write(book("R"), tmp_path / "r.ipynb")
    (tmp_path / "notes.txt").write_text("a note", encoding="utf-8")
    assert waited(files.get("r.ipynb"))["content"]["metadata"]["language_info"] == {"name": "R"}
    assert waited(files.get("notes.txt"))["content"] == "a note"
