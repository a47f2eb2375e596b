"""Finished pages read again: every one of a folder, and in words what cannot be read."""

from __future__ import annotations

import pytest

from kithwork.errors import UserError
from kithwork.pages.parsed import pages

SOUND = '<html><body data-page="report"><p>One</p></body></html>'
BROKEN = {"empty": (b"", "is no page"), "bytes": (b"<p>\xe6", "is not in UTF-8"), "frames": (b"<frameset>", "is no page")}


@pytest.fixture
def folder(tmp_path):
    """A folder with a sound page."""
    (tmp_path / "a.html").write_text(SOUND, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("content", "said"), BROKEN.values(), ids=BROKEN)
def test_a_page_that_cannot_be_read_is_told_by_its_name(folder, content, said):
    """Whoever looks at pages, linter or audit, is told which is broken; none is passed over."""
    (folder / "b.html").write_bytes(content)
    with pytest.raises(UserError, match=rf"b\.html: {said}"):
        list(pages(folder))


def test_a_link_that_leads_nowhere_is_told(folder):
    """It is no page that was looked at."""
    (folder / "b.html").symlink_to(folder / "nowhere.html")
    with pytest.raises(UserError, match=r"b\.html: cannot be read"):
        list(pages(folder))


def test_a_folder_called_like_a_page_is_none(folder):
    """What lies in it counts."""
    (folder / "b.html").mkdir()
    (folder / "b.html" / "c.html").write_text(SOUND, encoding="utf-8")
    assert [page.name for page in pages(folder)] == ["a.html", "b.html/c.html"]
