"""The bundled figures of other organisations are those that the toolkit's indicators give today."""

from __future__ import annotations

import pandas as pd
import pytest
from synthetic import HOME

from benchmarks import reference
from kithwork import params, store


@pytest.mark.parametrize("key", ["aarhus", "office"])
def test_figures_are_those_of_the_data(key, monkeypatch):
    """Computed anew from the data that come with the repository, to the digits kept."""
    monkeypatch.setattr(params, "ROOT", HOME)
    kept = store.organisations()
    kept = kept[kept["organisation"] == key].reset_index(drop=True)
    pd.testing.assert_frame_equal(reference.figures(key), kept, rtol=1e-5, atol=1e-6)


def test_evidence_counts_a_pair_once():
    """A pair named from both sides is one tie; nobody is tied to oneself or to somebody who is not listed."""
    pairs = pd.DataFrame([("b", "a"), ("a", "b"), ("a", "a"), ("a", "z"), ("b", "c")])
    found = reference.evidence({"a": "X", "b": "Y", "c": None}, pairs).ties
    assert found[["a_id", "b_id"]].to_numpy().tolist() == [["a", "b"], ["b", "c"]]
    assert found["crosses_unit"].isna().tolist() == [False, True]
    assert found["crosses_unit"][0] == 1
