"""Words of chat posts: as people see them, and without whom they mention."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.readers.parts import posts


def test_examples_hold():
    """The docstrings' examples."""
    assert doctest.testmod(posts).failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<mailto:a@x.org|a@x.org> or <tel:+45123|call>", "a@x.org or call"),
        ("<https://x.org>", "https://x.org"),
        ("<!subteam^S1|@sales> hi", "hi"),
        ("<#C1> and <#C2|prices>", "# and #prices"),
        ("5 &lt; 6 &amp;amp; more", "5 < 6 &amp; more"),
    ],
)
def test_marks_of_slack_are_undone(text, expected):
    """Links show their label, calls to groups vanish, and signs are what they stand for."""
    assert posts.from_slack(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>one<br>two</div><ul><li>three</li></ul>", "one\ntwo\nthree"),
        ("a<style>p {x: y}</style> b", "a b"),
        ("<at>Anna <b>Ek</b></at> knows", "[person] knows"),
        ("no <b>end", "no end"),
        ("</at></p>left over", "left over"),
    ],
)
def test_words_of_a_body_are_its_text(text, expected):
    """A line for each block; nothing of mentions and styles, broken markup or not."""
    assert posts.from_html(text) == expected


@given(st.text())
def test_any_text_has_words_or_none(text):
    """No markup, however broken, is an error, and words have no blank line."""
    assert "\n\n" not in posts.from_html(text)
    posts.from_slack(text)
