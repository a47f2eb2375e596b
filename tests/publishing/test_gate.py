"""The gate of publishing: what audit and linter find refuses, in their words."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest

from kithwork import lint
from kithwork.pages.fault import Fault
from kithwork.publishing import gate
from kithwork.publishing.refusal import Refused
from publishing.conftest import body

LOOK = gate.look
"""Before a fixture puts another in its place."""

FAULT = Fault("names", "index.html", "Anna Li", "Leave the name out.")


def test_both_are_asked_and_all_is_told(tmp_path, monkeypatch):
    """The audit looks at the engagement, the linter at the whole folder; their findings come with place and remedy."""
    asked = []
    audited = SimpleNamespace(faults=[FAULT], summary="Looked at: 1 page.")
    monkeypatch.setattr(import_module("kithwork.audit.audit"), "audit", lambda *words: asked.append(words) or audited)
    monkeypatch.setattr(lint, "lint", lambda *words: asked.append(words) or [FAULT])
    with pytest.raises(Refused) as told:
        gate.look(tmp_path, "alpha")
    assert asked == [([tmp_path / "alpha"], "alpha"), (tmp_path,)]
    assert [str(one) for one in told.value.problems] == [
        f"{place}: fails the check 'names' (found: Anna Li). Leave the name out."
        for place in ("alpha/index.html", "index.html")
    ]
    audited.faults.clear()
    monkeypatch.setattr(lint, "lint", lambda folder: [])
    assert gate.look(tmp_path, "alpha") == "Looked at: 1 page."


def test_a_raw_id_on_a_page_is_found(studies, tmp_path):
    """The real audit and the real linter: a page with an id of the staff list and no policy never leaves."""
    (tmp_path / "alpha").mkdir()
    page = body("report", "<p>Ask synthetic-person-07.</p>", ' data-edition="public" data-smallest="20"')
    (tmp_path / "alpha" / "index.html").write_text(page, encoding="utf-8")
    with pytest.raises(Refused) as told:
        LOOK(tmp_path, "alpha")
    assert "audit" in str(told.value)
    assert "policy" in str(told.value)
