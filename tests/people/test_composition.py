"""Compositions: log-ratio coordinates by hand, their distances, and who is placed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings

from kithwork.people import composition

TWO = {"personal": {"friend": [0.5, 0.5]}, "functional": {"work": [0.5, 0.5]}}
parts = st.lists(st.floats(0.01, 1), min_size=3, max_size=3).map(lambda x: np.array(x) / sum(x))


def test_ilr_by_hand():
    """(0.2, 0.3, 0.5): √½ ln(0.2/0.3) and √⅔ ln(√(0.2 · 0.3)/0.5)."""
    assert composition.ilr(np.array([0.2, 0.3, 0.5])) == pytest.approx([-0.286709, -0.582618], abs=1e-5)


def test_clr_by_hand():
    """(0.1, 0.3, 0.6): ln of each over their geometric mean, (0.1 · 0.3 · 0.6)^⅓ = 0.262074."""
    found = composition.clr(np.array([0.1, 0.3, 0.6]))
    assert found == pytest.approx(np.log(np.array([0.1, 0.3, 0.6]) / 0.262074), abs=1e-5)


@given(parts, parts)
def test_ilr_keeps_aitchison_distance(x, y):
    """Euclidean distance of ilr, as of clr, is the distance of all pairwise log-ratios (Egozcue et al. 2003)."""
    ratios = np.log(x[:, None] / x[None, :]) - np.log(y[:, None] / y[None, :])
    for transform in (composition.ilr, composition.clr):
        a, b = transform(np.stack([x, y]))
        assert np.linalg.norm(a - b) == pytest.approx(np.sqrt((ratios**2).sum() / (2 * 3)), abs=1e-9)


@given(parts, parts, st.floats(0.1, 10))
def test_log_ratios_are_blind_to_size_and_turn_perturbation_into_addition(x, y, size):
    """Ten ties or a hundred in one mix are one point; multiplying compositions adds coordinates; clr sums to zero."""
    for transform in (composition.ilr, composition.clr):
        a, b, scaled, both = transform(np.stack([x, y, x * size, x * y]))
        assert scaled == pytest.approx(a, abs=1e-9)
        assert both == pytest.approx(a + b, abs=1e-9)
    assert composition.clr(x).sum() == pytest.approx(0, abs=1e-9)


def test_closing_is_the_mean_of_a_dirichlet_posterior():
    """Of 3, 1 and 0 ties under Dirichlet(½, ½, ½): 3.5, 1.5 and 0.5 of 5.5, as the mean of draws from it is (± .01)."""
    held = np.array([3.0, 1.0, 0.0])
    assert composition.closed(held) == pytest.approx(np.array([3.5, 1.5, 0.5]) / 5.5)
    drawn = np.random.default_rng(1).dirichlet(held + 0.5, 20_000)
    assert drawn.mean(axis=0) == pytest.approx(composition.closed(held), abs=0.01)


def held(ties: list[int], personal: list[float], functional: list[float]) -> pd.DataFrame:
    """Portfolios of two kinds."""
    frame = pd.DataFrame({"person_id": [f"p{i}" for i in range(len(ties))], "ties": ties})
    frame["personal_ties"], frame["functional_ties"] = personal, functional
    total = frame[["personal_ties", "functional_ties"]].sum(axis=1)
    return frame.assign(
        personal_share=frame["personal_ties"] / total.where(total > 0),
        functional_share=frame["functional_ties"] / total.where(total > 0),
        strategic_share=np.nan,
    )


def test_only_people_with_enough_ties_are_placed():
    """Below `people.fewest_ties`, or without a tie of any kind told, a portfolio is too thin to place."""
    frame = held([5, 4, 9, 8], [2, 2, 0, 3], [3, 1, 0, 4])
    placed = composition.placed(frame, settings(TWO, people={"fewest_ties": 5}))
    assert placed.people["person_id"].tolist() == ["p0", "p3"]
    assert placed.values.shape == (2, 2)
    assert placed.coordinates == ("personal/functional", "ties")


def test_coordinates_are_standardised():
    """Mix and number of ties weigh alike: each coordinate has mean 0 and spread 1; one that does not vary is 0."""
    rng = np.random.default_rng(1)
    placed = composition.placed(held([6] * 40, rng.uniform(0, 6, 40), rng.uniform(0, 6, 40)), settings(TWO))
    assert placed.values.mean(axis=0) == pytest.approx([0, 0], abs=1e-8)
    assert placed.values.std(axis=0) == pytest.approx([1, 0], abs=1e-8)


@pytest.mark.parametrize("untold", [["personal"], ["personal", "functional"]])
def test_nobody_is_placed_where_there_is_no_mix(untold):
    """With fewer than two kinds told there is no portfolio to compare."""
    portfolios = held([9] * 4, [1] * 4, [2] * 4)
    portfolios[[f"{kind}_{of}" for kind in untold for of in ("ties", "share")]] = np.nan
    assert composition.placed(portfolios, settings(TWO)).people.empty
