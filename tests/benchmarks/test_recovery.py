"""`make bench-recovery` sets every claim beside the same one made on a census."""

from __future__ import annotations

import pytest

from benchmarks import recovery


@pytest.mark.slow
def test_claims_of_all_chapters_and_kinds_stand_beside_the_truth(monkeypatch):
    """Network, values, market, change and the mean probability of each kind, with errors that are not all nothing."""
    monkeypatch.setattr(recovery, "PEOPLE", 80)
    monkeypatch.setattr(recovery, "WEEKS", 8)
    found = recovery.recover(5)
    chapters = {one.measure.partition(".")[0] for one in found}
    assert {"people", "values", "market", "change"} <= chapters
    assert sum(one.measure.startswith("mean P(") for one in found) == 3
    assert any(one.error for one in found)
