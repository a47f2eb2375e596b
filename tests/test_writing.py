"""Files are written whole or not at all, and no cell of them is a formula."""

from __future__ import annotations

import pandas as pd
import pytest

from kithwork import writing


def fails(path):
    """A disk that fills up."""
    path.mkdir()
    (path / "part").write_text("half", encoding="utf-8")
    raise OSError("No space left on device")


def test_what_fails_leaves_what_lay_there(tmp_path):
    """A folder keeps its files, and what was left unfinished goes with the next that is written."""
    place = tmp_path / "deep" / "rows"
    writing.whole(place, lambda path: (path.mkdir(), (path / "part").write_text("whole", encoding="utf-8")))
    with pytest.raises(OSError, match="No space"):
        writing.whole(place, fails)
    assert (place / "part").read_text(encoding="utf-8") == "whole"
    writing.whole(place, lambda path: path.mkdir())
    assert [path.name for path in place.parent.iterdir()] == ["rows"]


def test_document_holds_letters_as_they_are_and_no_nan(tmp_path):
    """As people and other programs read them."""
    writing.document(tmp_path / "a.json", {"name": "Bjørn"})
    assert "Bjørn" in (tmp_path / "a.json").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="JSON compliant"):
        writing.document(tmp_path / "a.json", {"share": float("nan")})
    assert "Bjørn" in (tmp_path / "a.json").read_text(encoding="utf-8")


def test_no_cell_is_a_formula(tmp_path):
    """A spreadsheet shows it as text; numbers are to six digits."""
    writing.csv(tmp_path / "a.csv", pd.DataFrame({"said": ["=1+1", "so"], "share": [1 / 3, -1.0]}))
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines() == ["said,share", "'=1+1,0.333333", "so,-1"]


def test_what_is_for_its_owner_is_read_by_nobody_else(tmp_path):
    """Also where a list that others could read lay there."""
    (tmp_path / "list.csv").write_text("old", encoding="utf-8")
    path = writing.for_its_owner(tmp_path / "list.csv", "new")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text(encoding="utf-8") == "new"
