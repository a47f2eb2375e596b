"""The verdict: planted groups found, no types where there are none, and bands in their place."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score
from synthetic import settings

from kithwork.people import segments
from kithwork.people.composition import Placed

TWO = {"personal": {"friend": [0.5, 0.5]}, "functional": {"work": [0.5, 0.5]}}


def quick(most: int = 3, resamples: int = 20):
    """Settings with fewer resamples than a study may have, for speed."""
    return settings(TWO, people={"resamples": resamples, "most_segments": most})


def placed_at(raw: np.ndarray) -> Placed:
    """People at these coordinates."""
    spread = raw.std(axis=0)
    people = pd.DataFrame({"person_id": [f"p{i:03d}" for i in range(len(raw))]})
    return Placed(people, ("personal", "functional"), raw, raw.mean(axis=0), np.where(spread > 0, spread, 1))


def three(rng: np.random.Generator, apart: float) -> tuple[Placed, np.ndarray]:
    """Three planted groups of 60, 40 and 30 people, and who is in which."""
    truth = np.repeat([0, 1, 2], [60, 40, 30])
    return placed_at(apart * np.array([[0, 0], [1, 0], [0, 1]])[truth] + rng.normal(size=(130, 2))), truth


def test_planted_groups_are_found_and_supported():
    """Three groups six standard deviations apart: k = 3, everybody in the right one, largest first, each stable."""
    placed, truth = three(np.random.default_rng(2), 6)
    found = segments.segment(placed, quick(most=4))
    assert found.supported
    assert (found.components, found.tried) == (3, 3)
    assert adjusted_rand_score(truth, found.labels) > 0.9
    assert np.bincount(found.labels).tolist() == sorted(np.bincount(found.labels), reverse=True)
    assert found.stability.estimate > found.bar
    assert min(one.estimate for one in found.jaccard) > 0.75
    assert (found.split == found.labels).all()
    assert found.of(placed.values) == pytest.approx(found.chances)
    assert np.median(found.chosen[0]) == 3


def test_groups_that_overlap_wholly_are_not_named():
    """Three groups at one place are one: both criteria prefer one, and what a split of two would be worth is told."""
    placed, _ = three(np.random.default_rng(3), 0)
    found = segments.segment(placed, quick())
    assert not found.supported
    assert (found.components, found.tried, len(found.jaccard)) == (1, 2, 2)
    assert min(found.bic, key=found.bic.get) == 1
    assert set(np.unique(found.chances)) == {0, 1}


def test_a_segment_that_is_not_found_again_refuses_them_all(monkeypatch):
    """Three groups apart, of which one were found with a Jaccard below .6: no clear segments."""
    placed, _ = three(np.random.default_rng(2), 6)
    repeated = segments.stability.repeated

    def weak(*given):
        found = repeated(*given)
        return segments.stability.Repeated(found.agreement, found.jaccard * [1, 1, 0.5])

    monkeypatch.setattr(segments.stability, "repeated", weak)
    assert not segments.segment(placed, quick(most=4)).supported


@pytest.mark.slow
@pytest.mark.parametrize("shape", [lambda values: values, np.exp, lambda values: np.floor(np.exp(values))])
def test_one_cloud_is_not_cut_into_types(shape):
    """Correlated values of one group, plain, skewed or lumpy: unsupported in at least eleven of twelve organisations."""
    supported = 0
    for seed in range(12):
        rng = np.random.default_rng(100 + seed)
        raw = shape(rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], 45))
        supported += segments.segment(placed_at(raw), quick()).supported
    assert supported <= 1


def test_unsupported_segments_become_thirds_along_the_longest_axis():
    """On a continuum people are shown in three bands of equal size, in order along its main direction."""
    rng = np.random.default_rng(4)
    along = rng.permutation(np.linspace(-3, 3, 60))
    found = segments.segment(placed_at(np.column_stack([along + 0.1 * rng.normal(size=60), along])), quick())
    assert not found.supported
    assert np.bincount(found.labels).tolist() == [20, 20, 20]
    assert (np.abs(found.labels[np.argsort(along)] - np.repeat([0, 1, 2], 20)) > 0).mean() < 0.1


@pytest.mark.parametrize("sign", [1, -1])
def test_bands_rise_with_the_last_coordinate_that_differs(sign, monkeypatch):
    """Where all have as many ties the bands go by the mix, whichever sign linear algebra gives the axis."""
    plain, along = np.linalg.svd, np.random.default_rng(7).permutation(15).astype(float)
    monkeypatch.setattr(np.linalg, "svd", lambda x, **told: [one * sign for one in plain(x, **told)])
    found = segments.segment(placed_at(np.column_stack([along, np.full(15, 0.1)])), quick())
    assert found.labels.tolist() == (along // 5).tolist()


def test_people_at_one_place_are_in_bands_in_their_order():
    """Whatever the last digits of where they lie are."""
    x = np.repeat(np.random.default_rng(8).normal(size=(4, 3)), 6, axis=0)
    moved = x * (1 + np.random.default_rng(9).normal(0, 1e-16, x.shape))
    axis = np.array([0.6, 0.64, 0.48])
    assert (segments._bands(moved, axis) == segments._bands(x, axis)).all()


@pytest.mark.parametrize("people", [15, 2, 1, 0])
def test_too_few_people_are_not_split(people):
    """Below twenty people no split is tried, and no stability is made up for it."""
    placed = placed_at(np.random.default_rng(5).normal(size=(people, 2))) if people else Placed(
        pd.DataFrame({"person_id": []}), ("personal", "functional"), np.empty((0, 2)), np.zeros(2), np.ones(2)
    )  # fmt: skip
    found = segments.segment(placed, quick())
    assert (found.tried, found.supported, found.bic, found.jaccard) == (1, False, {}, [])
    assert found.chances.shape == (people, segments.BANDS)


def test_segmentation_repeats_with_its_seed():
    """The same people and seed give the same segments, stability and null."""
    placed = placed_at(np.random.default_rng(6).normal(size=(40, 2)))
    one, same = (segments.segment(placed, quick()) for _ in range(2))
    assert (one.chances == same.chances).all()
    assert one.stability == same.stability
    assert (one.null == same.null).all()


def test_another_seed_gives_the_same_segments():
    """Groups apart are the same people whatever the seed of starts and resamples."""
    placed, _ = three(np.random.default_rng(7), 5)
    sets = [settings(TWO, people={"resamples": 20, "most_segments": 4, "seed": seed}) for seed in (1, 2)]
    one, other = (segments.segment(placed, set_to) for set_to in sets)
    assert one.supported
    assert other.supported
    assert adjusted_rand_score(one.labels, other.labels) > 0.97


def test_many_people_are_sampled(monkeypatch):
    """Above the stated sizes models are fitted and resampled on some of the people, and everybody is placed."""
    monkeypatch.setattr(segments, "FITTED", 80)
    monkeypatch.setattr(segments, "RESAMPLED", 60)
    placed, truth = three(np.random.default_rng(8), 6)
    found = segments.segment(placed, quick(most=4))
    assert found.stability.n == 60
    assert len(found.labels) == 130
    assert adjusted_rand_score(truth, found.labels) > 0.9
