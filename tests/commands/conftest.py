"""What the tests of verbs share: a study that has been run."""

from __future__ import annotations

import pytest

from kithwork import params


@pytest.fixture
def studied(full, monkeypatch):
    """The complete synthetic engagement as the project folder."""
    monkeypatch.setattr(params, "ROOT", full.root)
    return full
