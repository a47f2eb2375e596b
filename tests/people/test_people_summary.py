"""What the people chapter claims of segments and bands, and the table of who is where."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import settings

from kithwork.claims import Ledger
from kithwork.estimates import Estimate
from kithwork.people import composition, segments, summary
from kithwork.people.naming import BAND_NAMES
from kithwork.setting import KINDS
from kithwork.tables import SEGMENTS, TIES

TWO = {"personal": {"friend": [0.5, 0.5]}, "functional": {"work": [0.5, 0.5]}}


def held(labels: list[int]) -> pd.DataFrame:
    """Portfolios whose personal share follows a label, of ten ties each."""
    share = 0.2 + 0.6 * np.array(labels)
    people = pd.DataFrame({"person_id": [f"p{i:02d}" for i in range(len(labels))], "ties": 10})
    for kind, part in zip(KINDS, (share, 1 - share, np.full(len(labels), np.nan)), strict=True):
        people[f"{kind}_ties"], people[f"{kind}_share"] = 10 * part, part
    return people


def made(labels: list[int], supported: bool) -> segments.Segmentation:
    """A segmentation with these labels."""
    whole = Estimate(0.9, 0.8, 1.0, len(labels))
    chances = np.eye(2 if supported else 3)[labels]
    chosen, scores = np.full((2, 40), 2), {1: 2.0, 2: 1.0}
    split = np.array(labels)
    return segments.Segmentation(
        chances,
        scores,
        scores,
        2,
        2,
        whole,
        [whole, whole],
        np.linspace(0, 0.5, 21),
        chosen,
        supported,
        None,
        split,
        np.ones(2),
    )


def claimed(labels: list[int], supported: bool, membership: np.ndarray | None = None) -> pd.DataFrame:
    """The claims about these people."""
    portfolios, found, set_to = held(labels), made(labels, supported), settings(TWO)
    portfolios = portfolios.assign(**dict.fromkeys(summary.SPREAD, np.nan))
    placed = composition.placed(portfolios, set_to)
    called = ["Functional-leaning", "Personal-leaning"] if supported else list(BAND_NAMES)
    table = summary.segments(placed, called, found.chances if membership is None else membership, found)
    people = pd.DataFrame({"person_id": portfolios["person_id"], "unit": None, "site": None})
    alike = {name: Estimate(0.7, 0.6, 0.8, len(labels)) for name in ("kmeans", "hdbscan")}
    rng = np.random.default_rng(1)
    return (
        summary.claims(TIES.empty(), people, portfolios, table, found, called, alike, set_to, rng).frame().set_index("id")
    )


def test_names_follow_the_verdict():
    """Segments are named by what sets them apart, bands by their place."""
    rng, labels = np.random.default_rng(2), [0] * 20 + [1] * 20
    portfolios = held(labels)
    part = (portfolios["personal_share"] + rng.normal(0, 0.05, 40)).clip(0.01, 0.99)
    portfolios = portfolios.assign(personal_ties=10 * part, functional_ties=10 - 10 * part)
    placed = composition.placed(portfolios, settings(TWO))
    assert summary.names(placed, made(labels, True)) == ["Functional-leaning", "Personal-leaning"]
    assert summary.names(placed, made(labels, False)) == list(BAND_NAMES)


def test_who_is_in_no_segment_for_six_tenths_is_mixed():
    """Placed with the nearest, and marked; .6 is clear; a band never is mixed."""
    placed = composition.placed(held([0, 0, 1]), settings(TWO))
    chances = np.array([[0.95, 0.05], [0.55, 0.45], [0.4, 0.6]])
    table = SEGMENTS.checked(summary.segments(placed, ["A", "B"], chances, made([0, 0, 1], True)))
    assert table["segment"].tolist() == ["A", "A", "B"]
    assert table["membership"].tolist() == pytest.approx([0.95, 0.55, 0.6])
    assert table["mixed"].tolist() == [0, 1, 0]
    thirds = np.array([[0.3, 0.7, 0.0], [0.5, 0.5, 0.0], [0.0, 0.2, 0.8]])
    bands = summary.segments(placed, list(BAND_NAMES), thirds, made([0, 1, 2], False))
    assert bands["segment"].tolist() == list(BAND_NAMES)
    assert bands["membership"].tolist() == pytest.approx([0.3, 0.5, 0.8])
    assert bands["mixed"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("supported", [True, False])
def test_every_verdict_says_what_it_rests_on(supported):
    """Stability beside its null, both criteria's numbers, and other methods' agreement, each with interval and n."""
    rows = claimed([0] * 8 + [1] * 4, supported)
    assert rows.loc["people.stability", "reference"] == pytest.approx(made([0], True).bar)
    assert rows.loc[["people.preferred_icl", "people.preferred_bic"], "estimate"].tolist() == [2, 2]
    assert rows.loc[["people.agreement_kmeans", "people.agreement_hdbscan"], "estimate"].tolist() == [0.7, 0.7]
    assert (rows["n"] > 0).all()


def test_segments_are_claimed_with_size_stability_and_membership():
    """Four of twelve in the personal-leaning one; one of the twelve is mixed."""
    chances = np.eye(2)[[0] * 8 + [1] * 4]
    chances[0] = [0.5, 0.5]
    rows = claimed([0] * 8 + [1] * 4, True, chances)
    assert rows.loc["people.segment_share.Personal-leaning", "estimate"] == pytest.approx(100 / 3)
    assert rows.loc["people.segment_share.Personal-leaning", ["n", "people"]].tolist() == [12, 4]
    assert rows.loc["people.segment_personal.Personal-leaning", "estimate"] == pytest.approx(80)
    assert rows.loc["people.segment_stability.Functional-leaning", ["estimate", "people"]].tolist() == [0.9, 8]
    assert rows.loc["people.segment_membership.Functional-leaning", "estimate"] == pytest.approx(100 * 7.5 / 8)
    assert rows.loc["people.mixed", "estimate"] == pytest.approx(100 / 12)


def test_bands_are_not_segments():
    """Thirds are thirds by making: no share, no stability of each, nobody mixed."""
    rows = claimed([0] * 8 + [1] * 4, False)
    assert not rows["measure"].str.match("people.(segment_share|segment_stability|segment_membership|mixed)").any()
    assert rows.loc["people.segment_personal.First third", "estimate"] == pytest.approx(20)


def test_how_portfolios_are_spread_is_a_mean_over_those_of_whom_it_is_known():
    """Of three people with ties two reach one of two units, one both; who names nobody has no share outside."""
    ledger, people = Ledger("people"), pd.DataFrame({"unit": ["A", "B", None, "A"], "site": None})
    portfolios = pd.DataFrame({"ties": [1, 2, 1, 0], "units_reached": [1, 2, 1, 0], "outside": [0.5, 0.25, np.nan, np.nan]})
    portfolios = portfolios.assign(**dict.fromkeys(set(summary.SPREAD) - {"units_reached", "outside"}, np.nan))
    summary._spread(ledger, portfolios, people, settings(TWO), np.random.default_rng(1))
    found = ledger.frame().set_index("measure")[["estimate", "n"]]
    assert found.loc["people.spread_units_reached"].tolist() == pytest.approx([200 / 3, 3])
    assert found.loc["people.spread_outside"].tolist() == pytest.approx([37.5, 2])
    assert len(found) == 2


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nothing_is_said_of_the_share_outside_where_all_name_one_side_only(share):
    """They may have been asked for no others."""
    ledger, people = Ledger("people"), pd.DataFrame({"unit": ["A"] * 3, "site": None})
    portfolios = pd.DataFrame({"ties": [0] * 3, "outside": [share, share, np.nan]})
    portfolios = portfolios.assign(**dict.fromkeys(set(summary.SPREAD) - {"outside"}, np.nan))
    summary._spread(ledger, portfolios, people, settings(TWO), np.random.default_rng(1))
    assert not ledger.rows
