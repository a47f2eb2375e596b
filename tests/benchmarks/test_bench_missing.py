"""`make bench-missing` silences a quarter of an organisation whose top tenth by each measure is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks import missing


@pytest.mark.slow
def test_chances_stand_beside_who_is_at_the_top(monkeypatch):
    """A row per person and measure; both add up to a tenth of the people, and chances go with what is so."""
    monkeypatch.setattr(missing, "NETWORKS", 10)
    found = missing.told(5, "at random")
    assert len(found) == missing.PEOPLE * len(missing.MEASURES)
    for _, of in found.groupby("measure"):
        assert of[["p", "top"]].sum().tolist() == pytest.approx([missing.PEOPLE / 10] * 2)
        assert np.corrcoef(of["p"], of["top"])[0, 1] > 0.5


def test_a_chance_that_is_right_is_not_off():
    """Of ten people given P .8 eight are at the top: no error; of ten given .8 none is: an error of .8."""
    frame = pd.DataFrame({"p": [0.8] * 10, "top": [1.0] * 8 + [0.0] * 2})
    assert missing.off(frame) == pytest.approx(0)
    assert missing.off(frame.assign(top=0.0)) == pytest.approx(0.8)
