"""Which raw files changed since a study's first chapter read them."""

from __future__ import annotations

import pytest

from kithwork import store
from kithwork.publishing import recorded
from pipeline import seen


@pytest.fixture
def raw(project):
    """A raw folder as a run has seen it."""
    folder = store.raw("acme")
    (folder / "decided").mkdir(parents=True)
    for name in ("staff.csv", "answers.csv", "decided/quotes.csv"):
        (folder / name).write_text(name, encoding="utf-8")
    seen.note("acme")
    return folder


def digest() -> str:
    """What dvc records of the raw folder as it is."""
    return recorded.of_a_list(recorded.listed(store.raw("acme")))


def test_each_file_that_changed_is_named(raw):
    """New, gone or changed, by its path; what is as it was is not told."""
    before = digest()
    assert seen.since("acme", before) == []
    (raw / "more.csv").write_text("x", encoding="utf-8")
    (raw / "answers.csv").unlink()
    (raw / "decided" / "quotes.csv").write_text("x", encoding="utf-8")
    assert seen.since("acme", before) == [
        "data/raw/acme/more.csv is new",
        "data/raw/acme/answers.csv is gone",
        "data/raw/acme/decided/quotes.csv changed",
    ]


def test_list_of_another_run_is_not_taken_for_that_of_the_last(raw):
    """Where what was written down is not what dvc recorded, the folder alone is named."""
    assert seen.since("acme", "0" * 32 + ".dir") == ["data/raw/acme changed"]
    (seen._place("acme")).unlink()
    assert seen.since("acme", digest()) == ["data/raw/acme changed"]
