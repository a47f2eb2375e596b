"""`make bench-readers` measures what it says."""

from __future__ import annotations

import pytest
import samples

from benchmarks import readers


@pytest.mark.slow
@pytest.mark.parametrize("reader", samples.SAMPLED)
def test_samples_grow_as_asked_and_the_plain_call_reads_them(reader, tmp_path):
    """About as many records as asked, ten times as many of ten times; the plain call takes the same file."""
    counts = []
    for count in (300, 3000):
        given = readers.written(reader, count, tmp_path / str(count))
        counts.append(readers.records(reader, given))
        readers.quietly(samples.module(reader).plain, given)
    assert counts[0] >= 100
    assert 5 <= counts[1] / counts[0] <= 20
