"""What stages depend on: notebooks without what a run leaves in them, and the settings and code that each stage uses."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

import cells
import pytest
import synthetic
from conftest import enter
from hypothesis import given
from hypothesis import strategies as st

from kithwork import params
from kithwork.errors import UserError
from kithwork.pages import rendering
from kithwork.setting import Strict
from kithwork.tables import STAGES
from pipeline import imports, prepare

SECTIONS = {getattr(params, name.capitalize()): name for name in ("engagement", *STAGES)}
"""The models of the settings, by the name of their section."""

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.dictionaries(words, inner) | st.lists(inner),
    max_leaves=6,
)


def book(name: str = "2_ties") -> dict:
    """One of the project's notebooks."""
    return json.loads((synthetic.HOME / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))


def stripped(folder: Path, content: object) -> str:
    """The copy of a notebook with this content."""
    path = folder / "2_ties.ipynb"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return prepare.stripped(path)


@pytest.fixture
def house(project):
    """A project folder with notebooks and the engagements `synthetic` and `other`, prepared."""
    cells.house(project)
    prepare.prepare()
    return project


def changed(house: Path) -> set[tuple[str, str]]:
    """Prepares anew; which (engagement, stage) have other inputs than before."""
    before = cells.inputs(house)
    prepare.prepare()
    after = cells.inputs(house)
    return {key for key in before | after if before.get(key) != after.get(key)}


def test_copy_keeps_sources_tags_and_ids_only(tmp_path):
    """Outputs, counts, kernel names, widget states and what papermill notes are gone; the rest is as it was written."""
    path = cells.save(
        tmp_path / "1_clean.ipynb",
        cells.markdown("# Title\n\ntext", collapsed=True),
        cells.code("x = 1\nx", cells.shown("<b>out</b>"), tags=["parameters"], papermill={"duration": 1.5}),
        kernelspec={"name": "my-env", "display_name": "My env"},
        language_info={"name": "python", "version": "3.11.1"},
        papermill={"start_time": "2026-01-01"},
        widgets={"application/vnd.jupyter.widget-state+json": {"state": {"a": 1}}},
    )
    saved = json.loads(path.read_text(encoding="utf-8"))
    copy = json.loads(prepare.stripped(path))
    assert [cell["id"] for cell in copy["cells"]] == [cell["id"] for cell in saved["cells"]]
    assert [cell["source"] for cell in copy["cells"]] == [cell["source"] for cell in saved["cells"]]
    assert [cell["metadata"] for cell in copy["cells"]] == [{}, {"tags": ["parameters"]}]
    assert (copy["cells"][1]["outputs"], copy["cells"][1]["execution_count"]) == ([], None)
    assert copy["metadata"] == {"kernelspec": prepare.KERNEL, "language_info": {"name": "python"}}


@given(st.data())
def test_notebook_run_and_saved_gives_the_same_copy(tmp_path, data):
    """Whatever a run leaves in outputs, counts and metadata, and however a source is split, the copy has the same bytes."""
    before = stripped(tmp_path, book())
    saved = book()
    saved["metadata"] |= data.draw(st.dictionaries(words, plain, max_size=3))
    saved["nbformat_minor"] = data.draw(st.integers(4, 9))
    left = data.draw(st.dictionaries(words.filter(lambda word: word != "tags"), plain, max_size=3))
    outputs, whole = data.draw(st.lists(plain, max_size=3)), data.draw(st.booleans())
    for number, cell in enumerate(saved["cells"]):
        cell["metadata"] |= left
        cell["source"] = "".join(cell["source"]) if whole else cell["source"]
        cell |= {"execution_count": number, "outputs": outputs} if cell["cell_type"] == "code" else {}
    assert stripped(tmp_path, saved) == before


@pytest.mark.parametrize("line", ['engagement = "demo"', "engagement = 'acme-2026'", 'engagement="office"\n'])
def test_study_last_looked_at_is_no_change(line, tmp_path):
    """Whichever study the tagged cell names when the notebook is saved, the copy has the same bytes."""
    saved = book()
    [tagged] = [cell for cell in saved["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    tagged["source"] = line
    assert stripped(tmp_path, saved) == stripped(tmp_path, book())


@pytest.mark.parametrize("line", ['engagement = "demo"\ndraws = 10', "engagement = chosen()", 'study = "demo"'])
def test_tagged_cell_that_says_more_stays_as_it_is(line, tmp_path):
    """So that a run can tell what is wrong with it."""
    saved = book()
    [tagged] = [cell for cell in saved["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    tagged["source"] = line
    assert json.dumps(line.splitlines()[0])[1:-1] in stripped(tmp_path, saved)


@pytest.mark.parametrize(
    "content",
    [
        '{"cells": [',
        "",
        "\ufeff{}",
        "[]",
        '{"nbformat": 4}',
        {"cells": None},
        {"cells": [None]},
        {"cells": [{"metadata": None}]},
    ],
)
def test_what_is_no_notebook_is_named(content, tmp_path):
    """Half a file, an empty one, a list: one problem that names the notebook and how to get it back."""
    with pytest.raises(UserError) as caught:
        stripped(tmp_path, content)
    [problem] = caught.value.problems
    assert problem.file == "notebooks/2_ties.ipynb"
    assert "git checkout notebooks/2_ties.ipynb" in problem.do


@given(
    plain
    | st.fixed_dictionaries(
        {"cells": st.lists(st.dictionaries(st.sampled_from(["cell_type", "metadata", "source", "id"]), plain))}
    )
)
def test_any_json_is_a_notebook_or_a_user_error(tmp_path, content):
    """No content makes the copying fail with anything but the error for people."""
    with contextlib.suppress(UserError):
        assert json.loads(stripped(tmp_path, content))["nbformat"] == 4


def test_all_faulty_notebooks_are_named_at_once(house):
    """One is missing, one is half a file, one holds a cell that is not Python: three problems, and nothing is written."""
    (house / "notebooks" / "1_clean.ipynb").unlink()
    (house / "notebooks" / "3_people.ipynb").write_text("{", encoding="utf-8")
    cells.save(house / "notebooks" / "5_market.ipynb", cells.code("x = 1"), cells.markdown("x"), cells.code("1\nfor x in"))
    before = {path: path.read_bytes() for path in (house / "build").rglob("*.*")}
    with pytest.raises(UserError) as caught:
        prepare.prepare()
    missing, broken, wrong = caught.value.problems
    assert (missing.file, missing.what) == ("notebooks/1_clean.ipynb", "is missing")
    assert (broken.file, broken.what) == ("notebooks/3_people.ipynb", "is not a notebook")
    assert wrong.file == "notebooks/5_market.ipynb"
    assert "the 2. of them, line 2" in wrong.what
    assert {path: path.read_bytes() for path in (house / "build").rglob("*.*")} == before


def test_lines_for_ipython_are_no_fault(house):
    """A notebook may use `%matplotlib` and `!ls`: its imports are still found."""
    cells.save(
        house / "notebooks" / "5_market.ipynb", cells.code("%matplotlib inline\n!ls\nfrom kithwork.market import coverage")
    )
    prepare.prepare()
    assert "src/kithwork/market/coverage.py" in cells.inputs(house)["other", "market"]["code"]


def test_every_stage_of_every_engagement_has_its_inputs(house):
    """One copy a notebook, one file a stage and engagement; settings by name, digests of the code that runs them."""
    assert sorted(path.stem for path in (house / "build" / "notebooks").iterdir()) == sorted(rendering.STEMS.values())
    found = cells.inputs(house)
    assert set(found) == {(name, stage) for name in ("synthetic", "other") for stage in STAGES}
    for (_, stage), content in found.items():
        assert set(content["settings"]) == set(prepare.READS[stage])
        assert {"src/kithwork/store.py", *prepare.RUNNING} <= set(content["code"])


@pytest.mark.parametrize(
    ("setting", "value", "stages"),
    [
        ("clean.bad_rows", "quarantine", {"clean"}),
        ("ties.seed", 1, {"ties"}),
        ("ties.draws", 101, {"ties", "people", "values"}),
        ("people.fewest_ties", 4, {"people"}),
        ("values.resamples", 201, {"people", "values"}),
        ("market.fewest_sources", 3, {"market"}),
        ("change.starters", 6, {"change"}),
        ("change.ready_at", 61, {"values", "change"}),
        ("report.smallest_group", 6, {"clean", "ties", "people", "values", "market", "change"}),
        ("report.sections", ["summary"], set()),
    ],
)
def test_a_setting_changes_the_stages_that_read_it(setting, value, stages, house):
    """Only the inputs of those stages, and of the report, which states all settings; in both engagements."""
    section, field = setting.split(".")
    content = cells.settings(house)
    content[section][field] = value
    cells.settle(house, content)
    assert changed(house) == {(name, stage) for name in ("synthetic", "other") for stage in stages | {"report"}}


def test_an_engagements_setting_changes_that_engagement_only(house):
    """Other signs change what tells ties by them, in the one study they belong to."""
    content = cells.settings(house)
    content["engagements"]["other"]["signs"] = {"personal": {"any": [0.0, 0.2]}}
    cells.settle(house, content)
    assert changed(house) == {("other", stage) for stage in ("ties", "values", "market", "report")}


def test_study_past_its_retention_keeps_no_other_from_being_prepared(house):
    """It is refused where it would be run; what the other depends on stays as it is."""
    content = cells.settings(house)
    content["engagements"]["other"]["retention"] = "2020-12-31"
    cells.settle(house, content)
    assert changed(house) == {("other", "report")}


def test_inputs_of_an_engagement_that_is_no_more_go(house):
    """Taken out of params.yaml, a study leaves no inputs behind."""
    content = cells.settings(house)
    del content["engagements"]["other"]
    cells.settle(house, content)
    prepare.prepare()
    assert {name for name, _ in cells.inputs(house)} == {"synthetic"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "stages"),
    [
        ("src/kithwork/market/coverage.py", {"market"}),
        ("src/kithwork/values/learning.py", {"values", "report"}),
        ("src/kithwork/params.py", set(STAGES)),
        ("notebooks/5_market.ipynb", set()),
        ("pipeline/run.py", set(STAGES)),
        ("requirements.lock", set(STAGES)),
    ],
)
def test_a_file_changes_the_stages_that_use_it(file, stages, house, monkeypatch):
    """A changed source changes the inputs of those stages whose notebook imports it, directly or through others."""
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(imports.PACKAGE, house / "src" / "kithwork", ignore=left_out, dirs_exist_ok=True)
    monkeypatch.setattr(imports, "PACKAGE", house / "src" / "kithwork")
    prepare.prepare()
    with (house / file).open("a", encoding="utf-8") as text:
        text.write("\n")
    assert changed(house) == {(name, stage) for name in ("synthetic", "other") for stage in stages}


@pytest.fixture(scope="module")
def reads(tmp_path_factory) -> dict[str, set[str]]:
    """Which settings each chapter reads, as `section.field`, seen while its cells run on the synthetic engagement."""
    seen: set[str] = set()
    load = params.load

    def look(self, name):
        if name in type(self).model_fields and type(self) in SECTIONS:
            seen.add(f"{SECTIONS[type(self)]}.{name}")
        return object.__getattribute__(self, name)

    def loaded(engagement):
        before = set(seen)
        settings = load(engagement)
        seen.intersection_update(before)  # checking the settings is not reading them
        return settings

    found = {}
    with pytest.MonkeyPatch.context() as patch:
        root = enter(tmp_path_factory.mktemp("reads"), patch)
        synthetic.build(root, synthetic.tables(), synthetic.SIGNS, people={"most_segments": 2})
        patch.setattr(Strict, "__getattribute__", look)
        patch.setattr(params, "load", loaded)
        for stage, stem in rendering.STEMS.items():
            seen.clear()
            synthetic.run_chapters(chapters=(stem,))
            found[stage] = set(seen)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_every_setting_a_chapter_reads_is_listed(stage, reads):
    """READS covers all that the chapter looks up; else a changed setting would leave its old result standing."""
    listed = prepare.READS[stage]
    assert reads[stage]
    assert {name for name in reads[stage] if not {name, name.split(".")[0]} & set(listed)} == set()


@pytest.mark.slow
@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "report"])
def test_no_setting_is_listed_in_vain(stage, reads):
    """Each entry of READS stands for something that the chapter looks up; the report alone states all settings."""
    used = reads[stage] | {name.split(".")[0] for name in reads[stage]}
    assert set(prepare.READS[stage]) <= used
