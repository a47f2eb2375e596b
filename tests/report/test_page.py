"""The document that the pages of a study are published from."""

from __future__ import annotations

import pytest
from synthetic import facts, released, settings

from kithwork.engagement import SYNTHETIC
from kithwork.report import page


@pytest.mark.parametrize(("simulated", "label"), [(True, SYNTHETIC), (False, "")])
def test_document_says_whether_its_people_exist(simulated, label):
    """The label is saved with the sections, so that whatever is made of the document can bear it."""
    assert page.page([], {}, released(), facts(engagement={"synthetic": simulated}))["synthetic"] == label


def test_whatever_was_read_has_a_digest(project):
    """A file, a folder and files that a pattern names; another content is another digest; a server has none."""
    folder = project / "data" / "raw" / "synthetic"
    (folder / "mails").mkdir(parents=True)
    for name in ("staff.csv", "mails/a.eml", "part-1.parquet", "part-2.parquet"):
        (folder / name).write_text(name, encoding="utf-8")
    log = [{"file": "mails"}, {"file": "part-*.parquet"}, {"file": "postgres://db.example/logs?user=a"}]
    about = settings(engagement={"sources": {"staff": {"file": "staff.csv"}, "interactions": log}})
    before = page.provenance(about)
    (folder / "mails" / "a.eml").write_text("other", encoding="utf-8")
    (folder / "part-2.parquet").write_text("other", encoding="utf-8")
    after = page.provenance(about)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"Interactions, file 1 of 3", "Interactions, file 2 of 3"}
    assert before["Interactions, file 3 of 3"] == "read in place"
