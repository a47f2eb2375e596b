"""The public edition: the same sections from figures of the whole alone."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import synthetic

from kithwork.release import Edition, release
from kithwork.report import editions, market_readings
from kithwork.tables import CLAIMS


@pytest.fixture(scope="module")
def public(full) -> dict:
    """The public document of the synthetic engagement."""
    return editions.public(full.claims, full.outside, full.facts)


def test_public_figures_are_the_sponsors(public, full):
    """Whatever the public page shows, the sponsor's shows with the same figure: the two side by side tell nothing more."""
    for name, claim in public["claims"].items():
        assert {**claim, "shown": ""} == {**full.document["claims"][name], "shown": ""}


def test_public_page_names_no_group(public):
    """No unit is named in any section, nor in a claim; every claim is about enough people."""
    words = {
        word
        for one in public["sections"]
        for word in re.findall(r"\w+", re.sub("<[^>]+>", " ", one["html"]) + one["title"])
    }
    assert not (set(synthetic.UNITS) - {"Alpha"}) & words  # alpha is a measure of reliability too
    assert not {claim["group"] for claim in public["claims"].values()} & set(synthetic.UNITS)
    assert all(claim["people"] >= public["smallest_group"] for claim in public["claims"].values())


def test_nobody_is_quoted_in_public(full):
    """Texts that may be quoted to the sponsor are not quoted to everybody."""
    heard = market_readings.told(full.outside, 5, Edition.PUBLIC)
    assert heard.quotes is not None
    assert heard.quotes.rows.empty


def test_too_few_people_have_no_public_page(full):
    """Where no figure is about enough people to be public, there is no page."""
    claims = full.claims[full.claims["people"] < full.facts.settings.report.smallest_public]
    assert editions.public(claims, full.outside, full.facts) is None


def test_public_release_keeps_segments_and_drops_groups():
    """Segments are people of one mix, whoever they are; groups are colleagues who can be told by where they work."""
    rows = [
        synthetic.claim("people.share_personal", n=60),
        synthetic.claim("people.share_personal", n=30, group="Alpha"),
        synthetic.claim("people.segment_personal", n=30, group="First third", scope="segment"),
        synthetic.claim("people.segment_personal", n=12, group="Second third", scope="segment"),
    ]
    shown = release(pd.DataFrame(rows, columns=list(CLAIMS.columns)), 20, Edition.PUBLIC)
    assert shown.edition is Edition.PUBLIC
    assert "Alpha" not in set(shown.claims["group"])
    assert "people.share_personal" not in shown.held_back
    assert set(shown.of("people.segment_personal")["group"]) <= {"First third"}
