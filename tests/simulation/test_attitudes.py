"""Traits: standard normal, with the share that units have in common recovered by a one-way analysis of variance."""

from __future__ import annotations

import numpy as np
import pytest

from kithwork.simulation import attitudes
from kithwork.simulation.attitudes import SCALES, STAGES
from kithwork.simulation.knobs import Knobs

UNITS, SIZE = 1500, 8


class Staff:
    """Units of equal size, which is all that attitudes know of an organisation."""

    unit_of = np.repeat(np.arange(UNITS), SIZE)

    def __len__(self) -> int:
        return len(self.unit_of)


def minds(unit_effect: float, seed: int = 1) -> attitudes.Attitudes:
    """Attitudes in many units of equal size."""
    return attitudes.build(Staff(), Knobs(unit_effect=unit_effect), np.random.default_rng(seed))


def icc(values: np.ndarray) -> float:
    """ICC(1) = (MSB − MSW) / (MSB + (k − 1) MSW) (Shrout & Fleiss 1979)."""
    groups = values.reshape(UNITS, SIZE)
    between = SIZE * groups.mean(axis=1).var(ddof=1)
    within = groups.var(axis=1, ddof=1).mean()
    return (between - within) / (between + (SIZE - 1) * within)


@pytest.mark.parametrize("planted", [0.0, 0.05, 0.15, 0.6])
def test_icc_of_each_trait_is_the_knob(planted):
    """Recovered within four standard errors (Donner 1986: √(2(1−ρ)²(1+(k−1)ρ)² / (k(k−1)(units−1))))."""
    found = minds(planted)
    error = np.sqrt(2 * (1 - planted) ** 2 * (1 + (SIZE - 1) * planted) ** 2 / (SIZE * (SIZE - 1) * (UNITS - 1)))
    for column in range(len(SCALES)):
        assert icc(found.traits[:, column]) == pytest.approx(planted, abs=4 * error)
    assert icc(found.readiness) == pytest.approx(planted, abs=4 * error)


@pytest.mark.parametrize("planted", [0.0, 0.3])
def test_traits_are_standard_normal_with_one_common_factor(planted):
    """Mean 0, variance 1, and every two traits correlate as the common share says."""
    traits = minds(planted).traits
    effective = UNITS if planted else UNITS * SIZE
    assert traits.mean(axis=0) == pytest.approx(np.zeros(len(SCALES)), abs=5 / np.sqrt(effective))
    assert traits.var(axis=0) == pytest.approx(np.ones(len(SCALES)), abs=5 * np.sqrt(2 / effective))
    apart = np.corrcoef(traits.T)[np.triu_indices(len(SCALES), 1)]
    assert apart == pytest.approx(np.full(len(apart), attitudes.COMMON), abs=6 / np.sqrt(effective))


def test_readiness_is_the_mean_of_commitment_and_efficacy():
    """As its name says."""
    found = minds(0.15)
    both = found.traits[:, [SCALES.index("commitment"), SCALES.index("efficacy")]]
    assert found.readiness == pytest.approx(both.mean(axis=1))


def test_the_bottleneck_is_the_steepest_step_down():
    """A unit's planted stage is where its mean falls most; without a unit effect no stage is any different."""
    found = minds(0.15)
    means = found.stages.reshape(UNITS, SIZE, len(STAGES)).mean(axis=1)
    step = -np.diff(np.column_stack([np.zeros(UNITS), means]), axis=1)
    later = found.bottleneck > 0  # a drop at the first stage lowers all alike
    assert (step[later, 1:].argmax(axis=1) + 1 == found.bottleneck[later]).mean() > 0.9
    none = minds(0.0)
    means = none.stages.reshape(UNITS, SIZE, len(STAGES)).mean(axis=1)
    for stage in range(len(STAGES) - 1):
        held = none.bottleneck <= stage
        assert means[held, stage].mean() == pytest.approx(means[~held, stage].mean(), abs=0.1)  # five standard errors


def test_thresholds_are_shares():
    """A threshold is a share of one's ties; Beta(2, 4) has mean 1/3."""
    threshold = minds(0.15).threshold
    assert ((threshold > 0) & (threshold < 1)).all()
    assert threshold.mean() == pytest.approx(1 / 3, abs=4 * np.sqrt(2 * 4 / 36 / 7 / len(threshold)))
