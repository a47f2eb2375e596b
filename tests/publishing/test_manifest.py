"""A manifest, read again: ours, or none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.pages import own_pages
from kithwork.publishing import manifest
from kithwork.publishing.manifest import Manifest

FILES = st.dictionaries(st.text(min_size=1, max_size=9), st.binary(max_size=9).map(manifest.described), max_size=3)
SAID = st.dictionaries(st.text(max_size=5), st.dictionaries(st.text(max_size=5), st.booleans(), max_size=1), max_size=2)


@given(FILES, SAID)
def test_what_is_written_is_read(tmp_path, files, said):
    """Whatever the names, a manifest is itself again."""
    found = Manifest("public", said, files)
    (tmp_path / manifest.NAME).write_bytes(manifest.text(found))
    assert manifest.read(tmp_path) == found


OTHERS = [
    "",
    "{",
    "[]",
    "3",
    "null",
    '{"what": "else"}',
    json.dumps({"what": manifest.WHAT, "files": 3, "edition": "public"}),
]
OTHERS += [json.dumps({"what": manifest.WHAT} | more) for more in ({}, {"edition": 3}, {"edition": "public", "x": 1})]
OTHERS += [json.dumps({"what": manifest.WHAT, "edition": "public", "files": {"a": {"sha256": ""}}, "engagements": {}})]


@pytest.mark.parametrize("text", OTHERS)
def test_anything_else_is_not_ours(tmp_path, text):
    """A manifest of another program, or a broken one, is no sign that kithwork wrote the folder."""
    (tmp_path / manifest.NAME).write_text(text, encoding="utf-8")
    assert manifest.read(tmp_path) is None


def test_the_address_of_an_own_page_is_not_told():
    """Two pages have two entries, neither of which leads to it; other files stand by their path."""
    assert manifest.OWN.strip("/") == own_pages.FOLDER
    listed = [manifest.listed_as(f"alpha{manifest.OWN}{token}.html") for token in ("q7", "z3")]
    assert len({*listed}) == 2
    assert all(len(one) == len("alpha/own/") + 64 and "q7.html" not in one for one in listed)
    assert manifest.listed_as("alpha/groups/own.html") == "alpha/groups/own.html"
    assert manifest.sums({"alpha/own/q7.html": b"", "a": b""}).count(b"\n") == 1
