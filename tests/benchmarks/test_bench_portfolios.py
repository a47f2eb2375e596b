"""`make bench-portfolios` plants mixes it knows, and asks of every unit and kind whether its interval holds them."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import portfolios


@pytest.fixture
def quick(monkeypatch):
    """Few organisations to find what a plan gives on average."""
    monkeypatch.setattr(portfolios, "PLANNED", 60)
    for cached in (portfolios.expected, portfolios.crossed, portfolios.study):
        cached.cache_clear()
    yield
    for cached in (portfolios.expected, portfolios.crossed, portfolios.study):
        cached.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize("way", portfolios.WAYS)
def test_every_unit_and_kind_is_held_against_what_is_planted(quick, way):
    """A row each, and what is planted and the census are compositions."""
    found = portfolios.held(way, 5)
    assert len(found) == portfolios.UNITS * 3
    assert found["width"].between(0, 1).all()
    one = portfolios.WAYS[way](np.random.default_rng(5))
    for shares in (one.planted, one.census):
        assert shares.shape == (portfolios.UNITS, 3)
        assert shares.sum(axis=1) == pytest.approx(1)
