"""A study shared by dvc: what a store gets to hold, and what a colleague without raw files or key can do with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sharing

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def shared(full, store, tmp_path_factory) -> sharing.Shared:
    return sharing.shared(full.root, tmp_path_factory.mktemp("shared"), ("add", "-d", "store", str(store)))


def test_store_holds_no_raw_word(shared, store):
    """No raw id, no line of a list for review and no key is in any file of the store, tables read cell by cell."""
    contents = [sharing.words_in(path.read_bytes()) for path in store.rglob("*") if path.is_file()]
    assert len(contents) > 50
    assert any("person_id" in text for text in contents)
    assert [word for word in sharing.raw_words() if any(word in text for text in contents)] == []


def test_colleague_gets_all_but_what_stays_home(shared):
    """Every output is there with the same bytes; raw files, lists for review and the key are not."""
    for folder in ("data/values", "data/report", "data/compare", "reports", "build/chapters"):
        mine = {path.relative_to(shared.mine): path for path in (shared.mine / folder).rglob("*") if path.is_file()}
        assert mine
        assert all((shared.theirs / name).read_bytes() == path.read_bytes() for name, path in mine.items())
    left = [
        *(shared.theirs / "data").glob("raw/*"),
        *(shared.theirs / "data").glob("review/*"),
        *shared.theirs.glob("*.key"),
    ]
    assert left == []


def test_nothing_is_to_be_done_after_a_pull(shared):
    """`dvc data status --json`, which editors ask, finds the folder as it was recorded."""
    assert json.loads(sharing.dvc(shared.theirs, "data", "status", "--json")) == {}


def test_metrics_of_a_pulled_study(shared):
    """`dvc metrics show --json` tells the study in numbers, and where each way to start ends."""
    [told] = json.loads(sharing.dvc(shared.theirs, "metrics", "show", "--json")).values()
    found = {path: one["data"] for path, one in told["data"].items()}
    assert found["data/compare/synthetic/study.json"]["people"] > 0
    assert 0 <= found["data/compare/synthetic/study.json"]["strategic"]["low"] <= 100
    assert "random" in found["data/compare/synthetic/ways.json"]["start"]


def test_plots_of_a_pulled_study(shared):
    """`dvc plots show --json`, from which editors draw, holds the rows of three plots in our templates, and no error."""
    told = json.loads(sharing.dvc(shared.theirs, "plots", "show", "--json"))
    assert not told.get("errors")
    drawn = {Path(path).name: one["content"] for path, [one] in told["data"].items()}
    assert set(drawn) == {"ways.csv", "kinds.csv", "values.csv"}
    assert all(content["data"]["values"] for content in drawn.values())
    assert not [name for name, content in drawn.items() if "<DVC_METRIC" in json.dumps(content)]


def test_experiments_table_of_a_pulled_study(shared):
    """`dvc exp show --json` has metrics, settings and no error for what is committed and for the folder."""
    for row in json.loads(sharing.dvc(shared.theirs, "exp", "show", "--json")):
        assert row["error"] is None
        assert row["data"]["metrics"]["data/compare/synthetic/study.json"]["data"]["people"] > 0
        assert "engagements" not in json.dumps(row["data"]["metrics"])
