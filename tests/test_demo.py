"""The simulated demo, in small: its files go through all chapters as committed settings say, and its truth stays unread."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
import synthetic
import yaml
from conftest import enter

from kithwork import store
from kithwork.engagement import SYNTHETIC
from kithwork.simulation import files, simulate
from kithwork.tables import CLAIMING, STAGES, TABLES

pytestmark = pytest.mark.slow

PEOPLE, WEEKS, SEED = 90, 12, 7


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> SimpleNamespace:
    """A small demo after all chapters: its folder, the dirt planted, the tables and the report's variables."""
    root = tmp_path_factory.mktemp("demo")
    content = synthetic.settings_of({}, {})
    content["engagements"] = {"demo": synthetic.committed()["engagements"]["demo"]}
    (root / "params.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        enter(root, patch)
        planted = files.write(simulate(PEOPLE, WEEKS, SEED), store.raw("demo"))
        shutil.rmtree(store.raw("demo") / "truth")
        report = synthetic.run_chapters("demo")["7_report"]
        tables = {name: store.load(name, "demo") for name in TABLES if name != "claims"}
        claims = {stage: store.load("claims", "demo", stage) for stage in CLAIMING}
    return SimpleNamespace(root=root, planted=planted, tables=tables, claims=claims, report=report)


def test_every_file_is_read_and_hardly_a_row_is_lost(demo):
    """Each source yields rows, most of them are kept, and every file that a client would bring is among them."""
    intake = demo.tables["intake"]
    brought = {path.name for path in (demo.root / "data" / "raw" / "demo").iterdir()} - {"README.txt", "previous"}
    assert {name.rsplit("/", 1)[-1] for name in intake["file"]} == brought
    assert (intake["rows_kept"] > 0).all()
    assert intake["rows_kept"].sum() > 0.9 * intake["rows_in"].sum()


def test_every_section_of_the_report_has_figures(demo):
    """With everything brought, no chapter is without claims, and no section says that something is missing."""
    assert all(len(claims) for claims in demo.claims.values())
    assert set(demo.report["made"]) == set(demo.report["settings"].report.sections)
    assert not demo.tables["indicators"]["missing"].notna().any()
    assert {stage for stage in STAGES if stage in demo.claims} == set(CLAIMING)


def test_report_says_that_it_is_synthetic(demo):
    """The document a page is made from carries the label."""
    assert demo.report["document"]["synthetic"] == SYNTHETIC


def test_faults_of_rows_are_in_quarantine(demo):
    """What no rule can mend is refused with its reason: impossible days, answers off the scale, repeated rows."""
    refused = demo.tables["quarantine"]
    counts = demo.planted.counts()
    for kind, file, reason in (
        ("out_of_scale", "survey.csv", "is (?:below|above)"),
        ("impossible_date", "adoption.csv", "is not a date"),
        ("thousands", "calls.csv", "holds a comma"),
    ):
        found = refused[refused["file"].str.endswith(file) & refused["reason"].str.contains(reason)]
        planted = sum(one == kind and where == file for one, where, _ in demo.planted.entries)
        assert counts[kind] > 0
        assert found["row"].nunique() >= planted > 0


def test_no_name_or_address_leaves_the_raw_files(demo):
    """Neither people's names nor their addresses are in any table, comments and quarantine included."""
    people = simulate(PEOPLE, WEEKS, SEED).org.people
    text = "\n".join(frame.to_csv() for frame in demo.tables.values())
    assert "fjordlight.example" not in text
    assert not [name for name in people["name"] if name in text]
