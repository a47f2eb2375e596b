"""Segments across waves of one study: kept apart from the accident that each wave would be cut anew.

A run saves `segment_profiles`: where each segment lies. A later wave's people are scored by that model, never silently
cut again (`scored`); whether it still fits is tested (`drift`); and where the later wave is cut anew all the same, its
segments are matched with the earlier ones (`matched`), so that one that is found again keeps its name and its place, by
which it is coloured (`continued`). The assignment is the one with the least total distance (Kuhn 1955, Nav. Res. Logist.
2:83) among pairs no farther than `SAME` apart; the others are new, or have vanished.

An earlier run is an engagement of its own. In chapter 3, after `segment_profiles` are made:

    earlier = store.load("segment_profiles", "<the earlier engagement>")
    profiles = waves.continued(earlier, profiles)

It fails where other kinds can be told than before (an error says so), where the instrument changed between the waves, which
looks like drift, and for bands, which have no profiles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.people import mixture
from kithwork.people.composition import Placed
from kithwork.people.mixture import Mixture
from kithwork.people.segments import STARTS, Segmentation
from kithwork.tables import SEGMENT_PROFILES

SAME = 1.0
"""Most standard deviations, in the mean over coordinates, between two profiles of one segment."""


@dataclass(frozen=True)
class Matched:
    """`names` of the later wave's segments by their earlier name, and which are `new` and which have `vanished`."""

    names: dict[str, str]
    new: list[str]
    vanished: list[str]


@dataclass(frozen=True)
class Drift:
    """Whether an earlier model fails to describe a later wave.

    `statistic`: 2 (ln L of a refit − ln L of the earlier model) / (1 + n₂/n₁), which is χ² with `parameters` degrees of
    freedom where nothing changed: both waves are samples. `p`: its upper tail. `bic`: BIC of the earlier model, free of
    parameters here, less that of the refit; above 0 the refit is preferred.
    """

    statistic: float
    parameters: int
    p: float
    bic: float


def profiles(placed: Placed, segmentation: Segmentation, names: list[str]) -> pd.DataFrame:
    """The `segment_profiles` table: one row per segment and coordinate; none where no segments are supported."""
    model = segmentation.model
    if model is None or not segmentation.supported:
        return SEGMENT_PROFILES.empty()
    rows = [
        {"segment": name, "place": place + 1, "coordinate": coordinate, "share": float(model.weights[0, place]),
         "mean": float(placed.centre[at] + model.means[0, place, at] * placed.spread[at]),
         "variance": float(model.variances[0, place, at] * placed.spread[at] ** 2), "people": len(placed.people)}
        for place, name in enumerate(names) for at, coordinate in enumerate(placed.coordinates)
    ]  # fmt: skip
    return SEGMENT_PROFILES.checked(pd.DataFrame(rows))


def scored(earlier: pd.DataFrame, placed: Placed) -> pd.DataFrame:
    """P(segment) of each person placed in a later wave by the earlier model: people × segments, by person_id and name."""
    model, names = _model(earlier, placed.coordinates)
    return pd.DataFrame(model.responsibilities(placed.raw)[0], index=placed.people["person_id"].to_numpy(), columns=names)


def drift(earlier: pd.DataFrame, placed: Placed, settings: Settings) -> Drift:
    """Whether the earlier model still describes the people placed in a later wave."""
    from scipy.stats import chi2

    model, names = _model(earlier, placed.coordinates)
    rng, before, now = np.random.default_rng(settings.people.seed), int(earlier["people"].iloc[0]), len(placed.raw)
    again = mixture.fit(placed.values, len(names), rng, starts=STARTS, enough=mixture.FINE)
    refit = float(again.likelihood[0]) - now * float(np.log(placed.spread).sum())
    gain = max(2 * (refit - float(model.log_density(placed.raw).sum())), 0.0)
    statistic = gain / (1 + now / before)
    return Drift(
        statistic,
        model.parameters,
        float(chi2.sf(statistic, model.parameters)),
        gain - model.parameters * float(np.log(now)),
    )


def matched(earlier: pd.DataFrame, later: pd.DataFrame) -> Matched:
    """Which segment of the later wave is which of the earlier, by the distance of their profiles."""
    from scipy.optimize import linear_sum_assignment

    if earlier.empty or later.empty:
        return Matched({}, *(list(dict.fromkeys(one["segment"])) for one in (later, earlier)))
    coordinates = tuple(dict.fromkeys(later["coordinate"]))
    (one, old), (other, new) = _model(earlier, coordinates), _model(later, coordinates)
    between = (one.means[0][:, None] - other.means[0][None]) ** 2
    apart = np.sqrt((2 * between / (one.variances[0][:, None] + other.variances[0][None])).mean(axis=2))
    pairs = [(i, j) for i, j in zip(*linear_sum_assignment(apart.clip(max=SAME)), strict=True) if apart[i, j] < SAME]
    names = {new[j]: old[i] for i, j in pairs}
    return Matched(names, [name for name in new if name not in names], [name for name in old if name not in names.values()])


def continued(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """The later wave's profiles with the name and place of the earlier segments they match; new ones take free places, and
    are named anew where an earlier segment has their name."""
    found = matched(earlier, later)
    place = dict(zip(earlier["segment"], earlier["place"], strict=True))
    names = found.names | {name: _free(name, set(place)) for name in found.new}
    last = max(place.values(), default=0)
    place |= {names[name]: last + 1 + i for i, name in enumerate(found.new)}
    segment = later["segment"].map(names)
    moved = later.assign(segment=segment, place=segment.map(place).astype(int))
    return SEGMENT_PROFILES.checked(moved.sort_values("place", kind="stable", ignore_index=True))


def _free(name: str, taken: set[str]) -> str:
    return name if name not in taken else _free(f"{name}, new", taken)


def _model(profiles: pd.DataFrame, coordinates: tuple[str, ...]) -> tuple[Mixture, list[str]]:
    """The mixture that profiles tell, in raw coordinates, and its segments' names in their places' order."""
    if tuple(dict.fromkeys(profiles["coordinate"])) != coordinates:
        what = "was made of other kinds of tie than can be told here, so that its segments cannot be compared"
        do = "Compare waves whose questions tell the same kinds."
        raise UserError(Problem(what, "segment_profiles", do, found=", ".join(dict.fromkeys(profiles["coordinate"]))))
    rows = profiles.sort_values("place", kind="stable")
    names = list(dict.fromkeys(rows["segment"]))
    means, variances = (rows[name].to_numpy(dtype=float).reshape(1, len(names), -1) for name in ("mean", "variance"))
    weights = rows["share"].to_numpy(dtype=float).reshape(1, len(names), -1)[:, :, 0]
    return Mixture(weights, means, variances, np.zeros(1), np.zeros(1)), names
