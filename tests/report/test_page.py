"""The document that the pages of a study are published from."""

from __future__ import annotations

import pytest
from synthetic import facts, released

from kithwork import params
from kithwork.report import page


@pytest.mark.parametrize(("simulated", "label"), [(True, params.SYNTHETIC), (False, "")])
def test_document_says_whether_its_people_exist(simulated, label):
    """The label is saved with the sections, so that whatever is made of the document can bear it."""
    assert page.page([], {}, released(), facts(engagement={"synthetic": simulated}))["synthetic"] == label
