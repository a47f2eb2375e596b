"""What published pages call the files of a study, whose names may be people's, and what of them is counted."""

from __future__ import annotations

import pandas as pd
from synthetic import settings

from kithwork.report import brought

LOGS = [
    "clara.smith.mbox",
    "old/clara.smith.mbox",
    "mail/*.eml",
    "postgres://jane:${SECRET}@db.example/logs?sslmode=require",
]
SOURCES = {"staff": {"file": "staff.csv"}, "interactions": [{"file": file} for file in LOGS]}
STORED = [f"data/raw/synthetic/{file}" for file in LOGS[:3]] + ["postgres://db.example/logs"]


def test_files_are_called_by_source_and_place():
    """A source of one file is called by itself; of several, each by its place in params.yaml."""
    called = [words for _, _, words in brought.files(settings(engagement={"sources": SOURCES}))]
    assert called == ["staff", *(f"interactions, file {number} of 4" for number in (1, 2, 3, 4))]


def test_tables_lose_the_names_of_files():
    """Rows stand in the order of params.yaml, however the names are sorted, and keep the order they had in each file."""
    files = sorted(STORED) + sorted(STORED)
    table = pd.DataFrame({"source": "interactions", "file": files, "n": range(8)})
    found = brought.unnamed(table, settings(engagement={"sources": SOURCES}))
    assert list(found) == ["source", "n"]
    assert found["source"].tolist() == [f"interactions, file {1 + at // 2} of 4" for at in range(8)]
    assert [files[n] for n in found["n"]] == [file for file in STORED for _ in range(2)]
    assert (found["n"].diff()[1::2] == 4).all()


def test_file_of_a_package_is_found():
    """It is stored by package and file."""
    spec = {"reader": "package", "package": "onadata", "file": "data/a.csv", "sha256": "0" * 64}
    table = pd.DataFrame({"source": ["staff"], "file": ["onadata/data/a.csv"]})
    assert brought.unnamed(table, settings(engagement={"sources": {"staff": spec}}))["source"].tolist() == ["staff"]


def test_whoever_opted_out_is_not_counted():
    """The list of them is not among what a page shows of what was read."""
    intake = pd.DataFrame({"source": ["opt_outs", "staff"], "rows_in": [1, 40]})
    assert brought.counted(intake)["source"].tolist() == ["staff"]
