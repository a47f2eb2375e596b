"""The pages of the synthetic engagement, as they are published, hold every promise of the linter."""

from __future__ import annotations

from pathlib import Path

import pytest

from kithwork import lint

from .conftest import DRAWN_ALONE

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("folder", ["site", "simulated"])
def test_published_pages_have_no_fault(folder: str, request: pytest.FixtureRequest):
    """Of people and of simulated ones: no check tells a fault of any page."""
    site: Path = request.getfixturevalue(folder)
    assert [str(fault) for fault in lint.lint(site) if fault.page not in DRAWN_ALONE] == []
