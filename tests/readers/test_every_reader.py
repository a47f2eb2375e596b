"""What every reader promises, over the samples of each."""

from __future__ import annotations

import pytest
import samples


@pytest.mark.parametrize("reader", samples.SAMPLED)
def test_samples_are_read_without_a_fault(reader, tmp_path):
    """Each form that a reader knows is shown by a sample, and gives rows."""
    for number, sample in enumerate(samples.module(reader).SAMPLES):
        found = samples.read(reader, sample, tmp_path / str(number))
        assert len(found.frame), sample.name
        assert not found.faults, sample.name
