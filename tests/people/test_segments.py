"""Segments: log-ratio coordinates by hand, planted groups found, and no types where there are none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.metrics import adjusted_rand_score
from synthetic import settings

from kithwork.people import segments, summary
from kithwork.tables import TIES

TWO = {"personal": {"friend": [0.5, 0.5]}, "functional": {"work": [0.5, 0.5]}}
parts = st.lists(st.floats(0.01, 1), min_size=3, max_size=3).map(lambda x: np.array(x) / sum(x))


def quick(most: int = 2, resamples: int = 8):
    """Settings with fewer resamples than a study may have, for speed."""
    set_to = settings(TWO)
    fewer = set_to.people.model_copy(update={"resamples": resamples, "most_segments": most})
    return set_to.model_copy(update={"people": fewer})


def test_ilr_by_hand():
    """(0.2, 0.3, 0.5): √½ ln(0.2/0.3) and √⅔ ln(√(0.2 · 0.3)/0.5)."""
    [found] = segments.ilr(np.array([[0.2, 0.3, 0.5]]))
    assert found == pytest.approx([-0.286709, -0.582618], abs=1e-5)


@given(parts, parts)
def test_ilr_keeps_aitchison_distance(x, y):
    """Euclidean distance of coordinates is the distance of all pairwise log-ratios (Egozcue et al. 2003)."""
    a, b = segments.ilr(np.stack([x, y]))
    ratios = np.log(x[:, None] / x[None, :]) - np.log(y[:, None] / y[None, :])
    assert np.linalg.norm(a - b) == pytest.approx(np.sqrt((ratios**2).sum() / (2 * 3)), abs=1e-9)


@given(parts, parts, st.floats(0.1, 10))
def test_ilr_is_blind_to_size_and_turns_perturbation_into_addition(x, y, size):
    """Ten ties or a hundred in one mix are one point; multiplying compositions adds coordinates."""
    a, b, scaled, both = segments.ilr(np.stack([x, y, x * size, x * y]))
    assert scaled == pytest.approx(a, abs=1e-9)
    assert both == pytest.approx(a + b, abs=1e-9)


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
    placed, features = segments.coordinates(frame, settings(TWO, people={"fewest_ties": 5}))
    assert placed["person_id"].tolist() == ["p0", "p3"]
    assert features.shape == (2, 2)


def test_coordinates_are_standardised():
    """Mix and number of ties weigh alike: each coordinate has mean 0 and spread 1; one that does not vary is 0."""
    rng = np.random.default_rng(1)
    frame = held([6] * 40, rng.uniform(0, 6, 40), rng.uniform(0, 6, 40))
    _, features = segments.coordinates(frame, settings(TWO))
    assert features.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert features.std(axis=0) == pytest.approx([1, 0], abs=1e-12)


@pytest.mark.parametrize("untold", [["personal"], ["personal", "functional"]])
def test_nobody_is_placed_where_there_is_no_mix(untold):
    """With fewer than two kinds told there is no portfolio to compare, and nothing is claimed about segments."""
    set_to, portfolios = settings(TWO), held([9] * 4, [1] * 4, [2] * 4)
    portfolios[[f"{kind}_{of}" for kind in untold for of in ("ties", "share")]] = np.nan
    placed, features = segments.coordinates(portfolios, set_to)
    found = segments.segment(features, set_to)
    assert placed.empty
    assert not found.supported
    assert summary.segments(placed, found).empty


def test_planted_groups_are_found_and_supported():
    """Three groups six standard deviations apart: k = 3, everybody in the right one, largest first."""
    rng = np.random.default_rng(2)
    truth = np.repeat([0, 1, 2], [30, 20, 15])
    features = np.array([[0, 0], [6, 0], [0, 6]])[truth] + rng.normal(size=(65, 2))
    found = segments.segment(features, quick(most=4))
    assert found.supported
    assert found.components == 3
    assert adjusted_rand_score(truth, found.labels) > 0.9
    assert np.bincount(found.labels).tolist() == sorted(np.bincount(found.labels), reverse=True)
    assert found.stability.estimate > found.bar
    assert ((found.membership > 1 / 3) & (found.membership <= 1)).all()


@pytest.mark.slow
@pytest.mark.parametrize("shape", [lambda values: values, np.exp, lambda values: np.floor(np.exp(values))])
def test_one_cloud_is_not_cut_into_types(shape):
    """Correlated values of one group, plain, skewed or lumpy: unsupported in ten of twelve organisations."""
    supported = 0
    for seed in range(12):
        rng = np.random.default_rng(100 + seed)
        features = shape(rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], 45))
        supported += segments.segment(features, quick(resamples=20)).supported
    assert supported <= 2


@pytest.mark.parametrize(("draws", "beaten"), [(8, 8), (19, 19), (20, 20), (99, 95), (100, 96)])
def test_bar_is_beaten_by_chance_in_five_of_a_hundred_cases(draws, beaten):
    """By hand: what exceeds this many of so many draws has p (1 + draws - beaten) / (draws + 1), at most .05."""
    null = np.random.default_rng(3).permutation(np.arange(1.0, draws + 1))
    assert segments.bar(null) == beaten
    assert draws < 19 or (1 + draws - beaten) / (draws + 1) <= 0.05 + 1e-12


def test_one_group_keeps_distributions_and_correlation():
    """The null has exactly the values of each coordinate, joined anew with the rank correlation they had (± .1)."""
    rng = np.random.default_rng(8)
    features = np.exp(rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 2000))
    drawn = segments.one_group(features, rng)
    assert (np.sort(drawn, axis=0) == np.sort(features, axis=0)).all()
    assert not (drawn == features).all()
    assert spearmanr(drawn).statistic == pytest.approx(spearmanr(features).statistic, abs=0.1)


def test_unsupported_segments_become_thirds_along_the_longest_axis():
    """On a continuum people are shown in three bands of equal size, in order along its main direction."""
    rng = np.random.default_rng(4)
    along = rng.permutation(np.linspace(-3, 3, 30))
    features = np.column_stack([0.1 * rng.normal(size=30), along])
    found = segments.segment(features, quick(most=3))
    assert not found.supported
    assert np.bincount(found.labels).tolist() == [10, 10, 10]
    assert (found.labels[np.argsort(along)] == np.repeat([0, 1, 2], 10)).all()


def test_too_few_people_are_not_split():
    """Below twenty people no split is tried, and no stability is made up for it."""
    set_to = settings(TWO)
    features = np.random.default_rng(5).normal(size=(15, 2))
    found = segments.segment(features, set_to)
    assert (found.components, found.supported, list(found.bic)) == (1, False, [1])


def test_segmentation_repeats_with_its_seed():
    """The same people and seed give the same segments, stability and null."""
    features = np.random.default_rng(6).normal(size=(20, 2))
    one, same = (segments.segment(features, quick()) for _ in range(2))
    assert (one.labels == same.labels).all()
    assert one.stability == same.stability
    assert (one.null == same.null).all()


def placed_people(labels: list[int]) -> pd.DataFrame:
    """Placed people whose personal share follows their label."""
    share = 0.2 + 0.6 * np.array(labels)
    return pd.DataFrame(
        {
            "person_id": [f"p{i:02d}" for i in range(len(labels))],
            "personal_share": share,
            "functional_share": 1 - share,
            "strategic_share": np.nan,
        }
    )


def made(labels: list[int], supported: bool) -> segments.Segmentation:
    """A segmentation with these labels."""
    whole = segments.Estimate(0.9, 0.8, 1.0, len(labels))
    return segments.Segmentation(
        np.array(labels), np.ones(len(labels)), {1: 2.0, 2: 1.0}, 2, whole, np.linspace(0, 0.5, 21), supported
    )


def test_segments_are_named_by_what_stands_out():
    """The segment with more personal ties than the rest is personal-leaning, the other functional-leaning."""
    labels = [0] * 6 + [1] * 6
    assert summary.names(placed_people(labels), made(labels, True)) == [
        "Functional-leaning",
        "Personal-leaning",
    ]
    assert summary.names(placed_people(labels), made(labels, False)) == list(summary.BAND_NAMES)


def test_segments_of_one_leaning_are_told_apart_by_number():
    """Two segments that lean the same way do not share a name, or they would be merged."""
    frame = placed_people([0] * 4 + [1] * 4 + [1] * 4)
    names = summary.names(frame, made([0] * 4 + [1] * 4 + [2] * 4, True))
    assert len(set(names)) == 3


@pytest.mark.parametrize("supported", [True, False])
def test_claims_about_segments(supported):
    """Stability stands beside its null; shares of people are claimed for segments only: thirds are thirds by making."""
    labels = [0] * 8 + [1] * 4
    placed = placed_people(labels)
    set_to = settings(TWO)
    found = made(labels, supported)
    people = pd.DataFrame({"person_id": placed["person_id"], "unit": None})
    none = TIES.empty()
    ledger = summary.claims(
        none, people, placed, summary.segments(placed, found), found, set_to, np.random.default_rng(1)
    ).frame()
    rows = ledger.set_index("id")
    assert rows.loc["people.stability", "reference"] == pytest.approx(found.bar)
    if supported:
        assert rows.loc["people.segment_share.Personal-leaning", "estimate"] == pytest.approx(100 / 3)
        assert rows.loc["people.segment_share.Personal-leaning", ["n", "people"]].tolist() == [12, 4]
        assert rows.loc["people.segment_personal.Personal-leaning", "estimate"] == pytest.approx(80)
    else:
        assert not (ledger["measure"] == "people.segment_share").any()
        assert rows.loc["people.segment_personal.First third", "estimate"] == pytest.approx(20)
