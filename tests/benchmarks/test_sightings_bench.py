"""A small part of `make bench-sightings`: what its makes plant is there."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.sightings import MAKES, study


@pytest.mark.parametrize("name", MAKES)
def test_the_concordance_is_above_one_half_only_where_ties_help(name):
    """Over six larger studies, one half where nothing helps, and more where ties do."""
    mean = np.mean([study(MAKES[name], 900, seed).estimate for seed in range(6)])
    assert (mean > 0.52) == (MAKES[name].helps > 0)
    assert mean > 0.48
