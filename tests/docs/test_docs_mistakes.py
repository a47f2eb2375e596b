"""The page of mistakes shows every entry of the list, under its heading, as it stands there."""

from __future__ import annotations

from docs import filling, markdown, mistakes

LIST = """\
# What this is.

# The folder

- {name: one, title: A *title*, when: "`make x`", message: "no {rule}: x", remedy: Go there.}
- {name: two, title: Two, when: Then., message: m, remedy: Do.}

# The files

- {name: three, title: Three, when: Then., message: m, remedy: Do.}
"""


def test_entries_stand_under_their_headings(tmp_path, monkeypatch):
    """A comment between entries is a heading; one above all others is none."""
    monkeypatch.setattr(mistakes, "LIST", tmp_path / "mistakes.yaml")
    mistakes.LIST.write_text(LIST, encoding="utf-8")
    found = {heading: [one["name"] for one in listed] for heading, listed in mistakes.mistakes().items()}
    assert found == {"The folder": ["one", "two"], "The files": ["three"]}
    page = markdown.guide(filling.filled("mistakes"))
    assert [part.title for part in page.parts] == ["The folder", "The files"]
    first = page.parts[0].html
    assert '<h3 id="a-title">A *title*</h3>' in first
    assert "no {rule}: x" in first
    assert "<strong>What to do.</strong> Go there." in first


def test_entries_without_a_heading_have_one(tmp_path, monkeypatch):
    """So that none is passed over."""
    monkeypatch.setattr(mistakes, "LIST", tmp_path / "mistakes.yaml")
    mistakes.LIST.write_text("- {name: one, title: T, when: W, message: m, remedy: r}\n", encoding="utf-8")
    assert list(mistakes.mistakes()) == [mistakes.OTHERS]


def test_every_mistake_is_on_the_page():
    """With its message and its remedy."""
    page = filling.filled("mistakes")
    for listed in mistakes.mistakes().values():
        for one in listed:
            assert one["message"].strip() in page
            assert filling.plain(one["title"]) in page
