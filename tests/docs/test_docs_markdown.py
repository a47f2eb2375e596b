"""Markdown becomes a page's parts: anchors, tables that stack, links between pages, nothing obeyed that is not Markdown."""

from __future__ import annotations

from bs4 import BeautifulSoup

from docs.filling import plain
from docs.markdown import guide

TEXT = """# A page's title

First `sentence`. Second *one*.

Before.

## One part

| a | b |
|---|---|
| x | "y" |

## One part

See [there](start.md#two-commands), [here](#one-part) and <b>this</b>. Write to a@b.example.
"""


def test_head_and_parts_are_told_apart():
    """Title, first sentence, first paragraph, what stands before the sections, and those."""
    page = guide(TEXT)
    assert (page.title, page.description) == ("A page’s title", "First sentence.")
    assert page.lede == "First <code>sentence</code>. Second <em>one</em>."
    assert page.opening == "<p>Before.</p>\n"
    assert [(part.id, part.title) for part in page.parts] == [("one-part", "One part"), ("one-part-2", "One part")]


def test_tables_keep_their_headings_when_stacked():
    """Each cell knows its column, each row its head, each table where it stands."""
    table = BeautifulSoup(guide(TEXT).parts[0].html, "html.parser").table
    assert table.caption.text == "One part"
    assert table.td["data-l"] == "b"
    assert table.td.text == "“y”"
    assert table.tbody.th["scope"] == "row"


def test_links_lead_from_page_to_page():
    """A Markdown file's name becomes that of its page; raw HTML is shown; no address can be harvested."""
    html = guide(TEXT).parts[1].html
    assert '<a href="start.html#two-commands">' in html
    assert '<a href="#one-part">' in html
    assert "&lt;b&gt;" in html
    assert "@" not in html


def test_words_of_the_program_are_no_markdown():
    """But what stands between backticks is code."""
    assert plain("a_b | *c* [d] <e>") == "a\\_b \\| \\*c\\* \\[d\\] \\<e\\>"
    assert plain("see `a_b|c`\nthere") == "see `a_b\\|c` there"
