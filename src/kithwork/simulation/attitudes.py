"""What people think: readiness, values and candour as latent traits with a share that units have in common, and the points
at which they would adopt a change.

    trait = √ICC · unit + √(1 − ICC) · own          both standard normal, so that ICC(1) is what the knob says

All scales share a common factor, as such scales do. What differs between units is planted, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kithwork.simulation.knobs import Knobs
from kithwork.simulation.organisation import Organisation

SCALES = (
    *(f"V{number}" for number in range(1, 11)),
    "commitment",
    "efficacy",
    "belief",
    "support",
    "gain",
    "candour",
    "purpose",
)
"""Traits that a scale of items measures."""
COMMON = 0.45
"""Share of each trait's variance that all have in common."""
STAGES = ("AW", "DE", "KN", "AB", "RE")
"""Stages of taking up a change, in the order in which people pass them."""
STAGE_BEGUN, STAGE_STEP = 1.1, 0.35
"""Latent mean of the first stage, and by how much it falls from stage to stage."""
BOTTLENECK_DROP = 0.9


@dataclass(frozen=True)
class Attitudes:
    """`traits`: (people, scales), standard normal over the organisation; `readiness`: mean of commitment and efficacy.

    `stages`: (people, 5) latent; `bottleneck`: by unit, the stage that holds it back; `threshold`: the share of a
    person's ties that would have to have adopted first, 0 to 1.
    """

    traits: np.ndarray
    readiness: np.ndarray
    stages: np.ndarray
    bottleneck: np.ndarray
    threshold: np.ndarray


def build(org: Organisation, knobs: Knobs, rng: np.random.Generator) -> Attitudes:
    """Traits, stages and thresholds of everybody."""
    people, units, scales = len(org), org.unit_of.max() + 1, len(SCALES)

    def common(rows: int) -> np.ndarray:
        return np.sqrt(COMMON) * rng.normal(size=(rows, 1)) + np.sqrt(1 - COMMON) * rng.normal(size=(rows, scales))

    traits = np.sqrt(knobs.unit_effect) * common(units)[org.unit_of] + np.sqrt(1 - knobs.unit_effect) * common(people)
    ready = traits[:, [SCALES.index("commitment"), SCALES.index("efficacy")]].mean(axis=1)
    bottleneck = rng.integers(0, len(STAGES), units)
    held = np.arange(len(STAGES)) >= bottleneck[org.unit_of][:, None]
    drop = BOTTLENECK_DROP * (knobs.unit_effect > 0)
    stages = (
        0.7 * ready[:, None]
        + 0.5 * rng.normal(size=(people, len(STAGES)))
        + STAGE_BEGUN
        - STAGE_STEP * np.arange(len(STAGES))
        - drop * held
    )
    threshold = rng.beta(2, 4, people)
    return Attitudes(traits, ready, stages, bottleneck, threshold)
