"""Waves: a segment found again keeps its name and place; others are new or have vanished; drift is seen."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from test_segments import placed_at, quick

from kithwork.errors import UserError
from kithwork.people import segments, waves
from kithwork.people.composition import Placed
from kithwork.tables import SEGMENT_PROFILES

CENTRES = np.array([[0.0, 3.0], [2.5, 1.0], [-2.5, 1.5]])
NAMES = ["Balanced", "Personal-leaning", "Functional-leaning"]


def wave(seed: int, which: list[int], each: int = 60, shift: float = 0.0) -> Placed:
    """A wave of people around some of the planted centres, half a unit spread."""
    rng = np.random.default_rng(seed)
    return placed_at(CENTRES[np.repeat(which, each)] + shift + 0.5 * rng.normal(size=(each * len(which), 2)))


def profiled(placed: Placed, names: list[str] | None = None):
    """The wave's profiles, named by the nearest planted centre, or as given."""
    found = segments.segment(placed, quick(most=4))
    assert found.supported
    means = placed.centre + found.model.means[0] * placed.spread
    nearest = [NAMES[np.linalg.norm(CENTRES - mean, axis=1).argmin()] for mean in means]
    return waves.profiles(placed, found, names or nearest)


def test_profiles_tell_the_model_in_the_units_of_the_coordinates():
    """Means, variances and shares of planted groups, to the error of sixty people each; a row a segment and coordinate."""
    table = SEGMENT_PROFILES.checked(profiled(wave(1, [0, 1, 2])))
    assert len(table) == 6
    means = table.pivot(index="segment", columns="coordinate", values="mean").loc[NAMES]
    assert means[["personal/functional", "ties"]].to_numpy() == pytest.approx(CENTRES, abs=0.25)
    assert table["variance"].to_numpy() == pytest.approx(0.25, abs=0.15)
    assert table.groupby("segment")["share"].first().sum() == pytest.approx(1)


def test_later_people_are_scored_with_the_earlier_model():
    """A person at a centre of the earlier wave is in its segment, wherever the later wave lies; by Bayes' rule."""
    earlier, later = profiled(wave(1, [0, 1, 2])), wave(2, [1], shift=0.1)
    found = waves.scored(earlier, later)
    assert (found.idxmax(axis=1) == "Personal-leaning").all()
    model, names = waves._model(earlier, later.coordinates)
    by_hand = [
        model.weights[0, j] * multivariate_normal(model.means[0, j], np.diag(model.variances[0, j])).pdf(later.raw[0])
        for j in range(3)
    ]
    assert found.iloc[0][names].to_numpy() == pytest.approx(np.array(by_hand) / sum(by_hand))


def test_another_sample_keeps_names_and_places():
    """The same groups drawn anew, in other sizes and so in another order, and named otherwise: the earlier names return."""
    earlier = profiled(wave(1, [0, 1, 2]))
    again = profiled(wave(3, [2, 2, 0, 1]))
    other = again.assign(segment=again["segment"].map(lambda name: f"Group {NAMES.index(name)}"))
    found = waves.matched(earlier, other)
    assert found.names == {f"Group {i}": name for i, name in enumerate(NAMES)}
    assert (found.new, found.vanished) == ([], [])
    continued = waves.continued(earlier, other)
    assert dict(zip(continued["segment"], continued["place"], strict=True)) == dict(
        zip(earlier["segment"], earlier["place"], strict=True)
    )


def test_new_and_vanished_segments_are_said():
    """One group left and another came: the two that stayed keep name and place, the new one has a place of its own."""
    earlier, later = profiled(wave(1, [0, 1])), profiled(wave(4, [0, 2]), ["Personal-leaning", "Balanced"])
    later = later.assign(segment=later["segment"].map({"Personal-leaning": "X", "Balanced": "Personal-leaning"}))
    truly = {"X": None, "Personal-leaning": None}
    for name in truly:
        mean = later[later["segment"] == name].set_index("coordinate")["mean"]
        truly[name] = int(np.linalg.norm(CENTRES - mean[["personal/functional", "ties"]].to_numpy(), axis=1).argmin())
    found = waves.matched(earlier, later)
    stayed, came = (next(name for name, centre in truly.items() if centre == at) for at in (0, 2))
    assert found.names == {stayed: "Balanced"}
    assert found.new == [came]
    assert found.vanished == ["Personal-leaning"]
    continued = waves.continued(earlier, later)
    [new] = set(continued["segment"]) - {"Balanced"}
    assert new not in set(earlier["segment"])
    assert continued.loc[continued["segment"] == new, "place"].unique().tolist() == [3]


def test_no_drift_where_nothing_changed_and_drift_where_all_moved():
    """At level .05 drift is called in at most three of twelve samples of the same groups, and always when all move half a
    unit, one spread of a group."""
    earlier = profiled(wave(1, [0, 1, 2]))
    same = [waves.drift(earlier, wave(100 + seed, [0, 1, 2]), quick()) for seed in range(12)]
    assert sum(one.p < 0.05 for one in same) <= 3
    assert sum(one.bic > 0 for one in same) <= 1
    moved = waves.drift(earlier, wave(5, [0, 1, 2], shift=0.5), quick())
    assert moved.p < 0.001
    assert moved.bic > 0
    assert moved.parameters == 14


def test_other_kinds_than_before_cannot_be_compared():
    """A wave whose questions tell other kinds is refused, in words."""
    earlier, later = profiled(wave(1, [0, 1])), wave(6, [0, 1])
    other = Placed(later.people, ("personal", "strategic"), later.raw, later.centre, later.spread)
    with pytest.raises(UserError, match="segments cannot be compared"):
        waves.scored(earlier, other)


def test_bands_have_no_profiles():
    """Nothing is matched where a wave has no supported segments: all that were there have vanished."""
    placed = placed_at(np.random.default_rng(7).normal(size=(60, 2)))
    none = waves.profiles(placed, segments.segment(placed, quick()), ["First third", "Middle third", "Last third"])
    assert none.empty
    earlier = profiled(wave(1, [0, 1]))
    assert waves.matched(earlier, none).vanished == list(dict.fromkeys(earlier["segment"]))
    assert waves.matched(none, earlier).new == list(dict.fromkeys(earlier["segment"]))
