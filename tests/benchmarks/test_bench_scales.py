"""`make bench-scales` knows what it plants, and counts what intervals held and what was called reliable."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import synthetic

from benchmarks import scales


def test_the_truth_is_what_was_planted(monkeypatch):
    """Parallel items: omega is alpha, units that do not differ have an ICC(1) of 0, and five points cost a little of .8."""
    monkeypatch.setattr(scales, "MANY", 20_000)
    found = scales.known.__wrapped__(0)
    assert found["alpha"]["commitment"] == pytest.approx(found["omega"]["commitment"], abs=0.005)
    assert found["alpha"]["commitment"] == pytest.approx(0.77, abs=0.015)
    assert found["icc1"]["candour"] == pytest.approx(0, abs=0.03)
    assert "gain" not in found["omega"]


def test_a_study_has_every_part(monkeypatch):
    """Each table has the scales that were asked, the composite among them; random answers are not reliable."""
    monkeypatch.setattr(scales, "settings", synthetic.settings)
    found = scales.study(3)
    for part in ("by lot", "units differ", "sound"):
        assert set(found[part]["scale"]) >= set(scales.SCALES)
    assert not found["random"]["reliable"].any()


def test_shares_by_hand(monkeypatch):
    """Two studies, one interval of which holds the truth: a half, .45 off; a bias of the mean less the truth."""
    truth = {name: dict.fromkeys(scales.SCALES, 0.5) for name in ("alpha", "omega", "icc1")}
    monkeypatch.setattr(scales, "known", lambda between: truth)
    monkeypatch.setattr(scales, "SCALES", ("gain",))
    row = {"scale": "gain", **{f"{name}{end}": np.nan for name in ("omega", "icc1") for end in ("", "_low", "_high")}}
    studies = [
        {of: pd.DataFrame([row | {"alpha": 0.6, "alpha_low": low, "alpha_high": 0.8}]) for of in ("by lot", "units differ")}
        for low in (0.4, 0.55)
    ]
    found = {one.name: one.measured for one in scales.intervals(studies)}
    assert found["alpha of gain: bias"] == pytest.approx(0.1)
    assert found["alpha of gain: held"] == 0.5
    assert found["alpha of gain: coverage off 95%"] == pytest.approx(0.45)
