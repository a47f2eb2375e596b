"""What a notebook reaches in one word: the study that is meant, its tables, and what has passed the gate."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest
import synthetic
from conftest import enter
from IPython.core.interactiveshell import InteractiveShell

import kithwork
from kithwork.desk import reached
from kithwork.errors import UserError
from kithwork.tables import TABLES


@pytest.fixture
def study(full: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The complete synthetic engagement, as the folder one works in."""
    enter(full.root, monkeypatch)
    return full


def test_a_table_by_its_name(study):
    """With its study named, or not where there is one only."""
    assert kithwork.load("ties").equals(study.tables["ties"])
    assert kithwork.load("claims", "synthetic", stage="ties").equals(study.by_stage["ties"])


def test_the_notebooks_own_study_is_meant(study, monkeypatch):
    """What its tagged cell says goes before the only study there is; a name in the call goes before both."""
    shell = InteractiveShell.instance()
    monkeypatch.setitem(shell.user_ns, "engagement", "nobody")
    try:
        with pytest.raises(UserError, match=r"is not a study of params\.yaml \(found: nobody\)"):
            reached.meant(None)
        assert reached.meant("synthetic") == "synthetic"
    finally:
        InteractiveShell.clear_instance()


def test_of_several_studies_one_must_be_named(project):
    """Nothing is guessed: the message names those there are, and the two ways to say which."""
    (project / "params.yaml").write_text((synthetic.HOME / "params.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(UserError, match=r"has several studies.*aarhus, office, demo.*kithwork\.load.*engagement ="):
        kithwork.load("ties")
    with pytest.raises(UserError, match="Did you mean 'aarhus'"):
        kithwork.load("ties", "arhus")


def test_studies_say_how_far_they_were_run(study, monkeypatch, tmp_path):
    """Of each study its title, whether anybody in it exists, and the chapters whose tables lie there."""
    assert kithwork.studies().loc["synthetic", "chapters run"] == "all"
    synthetic.build(tmp_path, {}, synthetic.SIGNS)
    (tmp_path / "data" / "ties" / "synthetic").mkdir(parents=True)
    (tmp_path / "data" / "ties" / "synthetic" / "ties.parquet").touch()
    enter(tmp_path, monkeypatch)
    assert kithwork.studies().loc["synthetic", "chapters run"] == "2"


def test_overview_counts_what_lies_there(study):
    """Every table that a chapter writes, with its rows; without reading one."""
    rows = kithwork.overview()
    assert set(rows.index) == {name for name, table in TABLES.items() if table.stage} & set(study.tables)
    assert rows.loc["ties", "rows"] == len(study.tables["ties"])


def test_codebook_says_what_columns_mean():
    """The table's contract; a slip in its name is told."""
    assert "p_personal" in kithwork.codebook("ties")._repr_html_()
    with pytest.raises(UserError, match="Did you mean 'ties'"):
        kithwork.codebook("tie")


def test_findings_and_sections_are_the_reports(study):
    """The same as the report chapter makes of the same claims: figures past the gate, and no other."""
    assert kithwork.released().claims.equals(study.released.claims)
    assert {name: one.title for name, one in kithwork.findings().items()} == {
        name: one.title for name, one in study.found.items()
    }
    assert kithwork.section("portfolio").html == study.made["portfolio"].html


def test_findings_show_themselves_as_a_list(study):
    """One entry each, with its sentence."""
    shown = kithwork.findings()._repr_html_()
    assert shown.count("<li>") == len(study.found)


def test_a_finding_that_there_is_not_is_told_with_the_nearest(study):
    """As any other word that a notebook may get wrong; who asks for one that may be absent gets nothing."""
    name = next(iter(study.found))
    with pytest.raises(UserError, match=f"is no finding of this study.*Did you mean '{name}'"):
        kithwork.findings()[f"{name}s"]
    assert kithwork.findings().get(f"{name}s") is None


def test_importing_the_package_loads_nothing():
    """`import kithwork` takes neither pandas nor the desk; a name that it does not offer is an error as usual, with the
    nearest."""
    check = "import sys, kithwork; assert not {'pandas', 'pydantic', 'kithwork.desk'} & set(sys.modules), sys.modules"
    subprocess.run([sys.executable, "-c", check], check=True)
    with pytest.raises(AttributeError, match=r"has no attribute 'lead'\. Did you mean 'load'"):
        kithwork.lead  # noqa: B018
