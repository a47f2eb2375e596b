"""What the toolkit is set beside finds the same features, and the made-up log is one of the product's tables."""

from __future__ import annotations

import importlib

import pandas as pd
import pytest

from benchmarks import contact_log
from kithwork.tables import INTERACTIONS
from kithwork.ties import local


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """A short log."""
    path = tmp_path_factory.mktemp("log") / "interactions.parquet"
    contact_log.write(path, 20_000)
    return path


def test_log_is_a_table_of_interactions_and_repeats(log, tmp_path):
    """In order of time; the same seed gives the same bytes."""
    frame = pd.read_parquet(log)
    assert len(INTERACTIONS.checked(frame)) == len(frame)
    assert frame["at"].is_monotonic_increasing
    contact_log.write(tmp_path / "again.parquet", 20_000)
    assert (tmp_path / "again.parquet").read_bytes() == log.read_bytes()


@pytest.mark.parametrize("peer", ["pandas", "polars"])
def test_peer_finds_the_same(log, peer):
    """Within what DECIMAL rounds: a millionth of a contact, a hundredth part of that in `decayed`."""
    pytest.importorskip(peer)
    found = importlib.import_module(f"benchmarks.contact_{peer}").features(log)
    found = found if peer == "pandas" else found.to_pandas()
    expected = local.features([log])
    same = found.astype(expected.dtypes.to_dict())[list(expected)]
    pd.testing.assert_frame_equal(same, expected, rtol=1e-5, atol=1e-5)
