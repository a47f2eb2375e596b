"""Pages of people who asked for one: made when they are published, and left nowhere else."""

from __future__ import annotations

from kithwork.pages import own_pages
from kithwork.publishing import own


def test_pages_are_taken_from_a_folder_that_is_gone(monkeypatch):
    """What is written for the engagement is given back by its path in the published folder."""
    seen = []

    def write(engagement, folder):
        seen.append(folder)
        (folder / own_pages.FOLDER).mkdir()
        (folder / own_pages.FOLDER / "q7.html").write_text(engagement, encoding="utf-8")

    monkeypatch.setattr(own_pages, "write", write)
    assert own.pages("alpha") == {"alpha/own/q7.html": b"alpha"}
    assert not seen[0].exists()
