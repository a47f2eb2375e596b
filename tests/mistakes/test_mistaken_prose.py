"""Mistakes in notebooks: a lost tag, a broken file, a misspelt heading, a reference to nothing."""

from __future__ import annotations

import nbformat
import pytest
from mistaken import tells
from nbformat import v4

from kithwork.errors import UserError
from pipeline import prepare, run
from pipeline.prose import read_prose

CLAIMS = {"ties.connected": {"shown": "61%", "scope": "organisation"}}


def saved(path, *cells):
    """A notebook of these cells, at its place."""
    nbformat.write(v4.new_notebook(cells=list(cells)), path)
    return path


def said_of(prose: str, tmp_path) -> str:
    """What is said of this prose."""
    with pytest.raises(UserError) as caught:
        read_prose(saved(tmp_path / "7_report.ipynb", v4.new_markdown_cell(prose)), ["Summary"], CLAIMS, "acme", ["acme"])
    return str(caught.value)


def test_misspelt_heading_is_told(tmp_path):
    """Its words would be lost."""
    assert tells("misspelt-heading", said_of("### Sumary (acme)\n\nWords.", tmp_path))


def test_misspelt_reference_is_told(tmp_path):
    """No page shows braces."""
    assert tells("misspelt-claim", said_of("### Summary (acme)\n\nOf all, {ties.conected} are.", tmp_path))


def test_lost_tag_is_told(tmp_path):
    """The notebook would be run for whatever study it names itself."""
    with pytest.raises(UserError) as caught:
        run.takes_engagement(saved(tmp_path / "1_clean.ipynb", v4.new_code_cell('engagement = "aarhus"')))
    assert tells("untagged-notebook", caught.value)


@pytest.mark.parametrize("text", ["", "<<<<<<< HEAD\n{}", '{"cells": [{}]}', "[]"])
def test_broken_notebook_is_told(text, tmp_path):
    """Saved half, or merged half."""
    path = tmp_path / "1_clean.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        prepare.stripped(path)
    assert tells("not-a-notebook", caught.value)


def test_cell_that_is_no_python_is_told(tmp_path):
    """Before anything runs."""
    copy = prepare.stripped(saved(tmp_path / "1_clean.ipynb", v4.new_code_cell("x = = 1")))
    with pytest.raises(UserError) as caught:
        prepare._code(copy, "notebooks/1_clean.ipynb")
    assert tells("cell-not-python", caught.value)


def test_notebook_saved_with_an_error_is_no_fault(tmp_path):
    """What a cell showed last does not count: outputs are left out before a run."""
    error = v4.new_output("error", ename="KeyError", evalue="'unit'", traceback=["x"])
    copy = prepare.stripped(saved(tmp_path / "1_clean.ipynb", v4.new_code_cell("1", outputs=[error])))
    assert "KeyError" not in copy
