"""`kithwork compare`: two studies, or one and what it was."""

from __future__ import annotations

import json
import shutil

import conftest
import pandas as pd
import pytest
import synthetic
from typer.testing import CliRunner

from kithwork import store, wave_before
from kithwork.cli import app
from kithwork.commands import process
from kithwork.tables import CLAIMING, CLAIMS

BOOT = "Mean over people; bootstrap over people (Efron 1979)"
NAME = "values.influence.reach_across"


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, ["compare", *words])


def keep(study: str, *rows: dict, people: tuple[str, ...]) -> None:
    """These claims of the values as a study's, beside empty ones of its other chapters, and its people."""
    for stage in CLAIMING:
        if stage == "values":
            store.save("claims", pd.DataFrame(list(rows), columns=list(CLAIMS.columns)), study, stage)
        elif not (store.folder(stage, study) / "claims.parquet").is_file():
            store.save("claims", CLAIMS.empty(), study, stage)
    store.save("people", synthetic.staff([None] * len(people)).assign(person_id=people), study)


def figures(middle: float) -> list[dict]:
    """A figure of the whole with two groups, one of them of four people."""
    whole = synthetic.claim(NAME, middle, middle - 5, middle + 5, method=BOOT, n=60)
    return [whole, *(synthetic.claim(NAME, middle, group=name, n=many) for name, many in (("Big", 50), ("Tiny", 4)))]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Studies `alpha` and `beta` without anybody in common, made once."""
    root = tmp_path_factory.mktemp("two")
    content = synthetic.settings_of({"staff": {"file": "staff.csv"}}, synthetic.SIGNS)
    [study] = content["engagements"].values()
    content["engagements"] = {"alpha": study, "beta": study}
    (root / "params.yaml").write_text(json.dumps(content), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        conftest.enter(root, patch)
        keep("alpha", *figures(50), people=("a", "b"))
        keep("beta", *figures(80), people=("c", "d"))
    return root


@pytest.fixture
def two(kept, project):
    """A copy of them as the project folder."""
    shutil.copytree(kept, project, dirs_exist_ok=True)
    return project


def test_two_organisations_are_told_apart(two):
    """Both figures with their intervals, the difference in points, and what may be said; no group is named."""
    found = run("alpha", "beta")
    assert found.exit_code == 0
    assert "clearly higher in beta: Share of people who answered | 50% (45 to 55%) | 80% (75 to 85%)" in found.output
    assert "difference 30 points (23 to 37)" in found.output
    assert "two samples" in found.output
    assert "Big" not in found.output
    assert "Tiny" not in found.output


def test_script_gets_every_figure(two):
    """One document, with how the two are related."""
    found = json.loads(run("alpha", "beta", "--json").output)
    assert (found["first"], found["second"], found["samples"]) == ("alpha", "beta", "independent")
    assert [(one["id"], one["verdict"]) for one in found["figures"]] == [(NAME, "clearly higher")]


def test_studies_that_share_people_are_not_tested(two):
    """They are no two samples; how many they share is nobody's to know."""
    keep("beta", *figures(80), people=("a", "d"))
    found = run("alpha", "beta", "--all")
    assert "Some people are in both" in found.output
    assert "same people: no test" in found.output
    assert "difference" not in found.output


def test_waves_are_found_in_either_order(two):
    """The one that carries the other's figures is the later; what changed is what its values chapter found."""
    changed = synthetic.claim(f"{NAME}_change", 30, 20, 40, method=BOOT, n=60)
    keep("beta", *figures(80), changed, people=("a", "d"))
    row = dict.fromkeys(store.TABLES["changes"].columns) | {"indicator": NAME.removeprefix("values."), "changed": True}
    store.save("changes", pd.DataFrame([row]), "beta")
    before = store.raw("beta") / wave_before.PREVIOUS
    before.mkdir(parents=True)
    shutil.copy(store.folder("values", "alpha") / "claims.parquet", before)
    store.TABLES["scores"].empty().to_parquet(before / "scores.parquet")
    for words in (("alpha", "beta"), ("beta", "alpha")):
        found = json.loads(run(*words, "--json").output)
        assert (found["first"], found["second"], found["samples"]) == ("alpha", "beta", "two waves")
        [row] = [one for one in found["figures"] if one["id"] == NAME]
        assert (row["verdict"], row["difference"]["low"]) == ("higher", 20)


def answer(project, monkeypatch, rows: list[dict], **changes) -> None:
    """The pipeline finds these claims at any revision."""
    told = {"revision": "abc1234", "settings": ["ties.draws 100 → 200"], "code": [], "notebooks": ["2_ties.ipynb"]}
    told |= {"same_data": True, "smallest_group": 5} | changes

    def answer_of(verb, study, revision, folder):
        assert (verb, study, revision) == ("recall", "alpha", "HEAD~1")
        for stage in CLAIMING:
            own = pd.DataFrame(rows, columns=list(CLAIMS.columns))
            (CLAIMS.checked(own) if stage == "values" else CLAIMS.empty()).to_parquet(f"{folder}/{stage}.parquet")
        return dict(told)

    monkeypatch.setattr(process, "answer_of", answer_of)


def test_revision_tells_what_moved_and_what_differs(two, monkeypatch):
    """Settings and notebooks that are others, the figures that moved, groups too; no group below the smallest."""
    answer(two, monkeypatch, figures(40))
    found = run("alpha", "--to", "HEAD~1")
    assert found.exit_code == 0
    for words in ("ties.draws 100 → 200", "notebook 2_ties.ipynb changed", "nothing is tested", "moved: Share of people"):
        assert words in found.output
    assert "40% (35 to 45%) | 50% (45 to 55%)" in found.output
    assert "Tiny" not in found.output


def test_smallest_group_is_the_larger_of_both(two, monkeypatch):
    """What was held back then is not told now."""
    rows = [synthetic.claim(NAME, 40, n=60), *(synthetic.claim(NAME, 40, group=name, n=20) for name in "ABC")]
    keep("alpha", *(row | {"estimate": 50.0, "high": 50.0} for row in rows), people=("a", "b"))
    answer(two, monkeypatch, rows)
    assert "answered: A" in run("alpha", "--to", "HEAD~1").output
    answer(two, monkeypatch, rows, smallest_group=21)
    assert "answered: A" not in run("alpha", "--to", "HEAD~1").output


def test_other_data_leave_groups_out(two, monkeypatch):
    """And it is said that what moved may be due to them."""
    answer(two, monkeypatch, figures(40), same_data=False)
    found = run("alpha", "--to", "HEAD~1")
    assert "The data differ too" in found.output
    assert "Big" not in found.output


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("alpha",), 2, "name another study, or a revision"),
        (("alpha", "beta", "--to", "HEAD"), 2, "name another study, or a revision"),
        (("alpha", "alpha"), 2, "is named twice"),
        (("alpha", "btea"), 1, "Did you mean 'beta'?"),
    ],
)
def test_what_cannot_be_compared_is_told(words, status, told, two):
    """A command that is not whole is 2, a study that is none 1."""
    found = run(*words)
    assert found.exit_code == status
    assert told in " ".join(found.stderr.split())


def test_study_without_results_says_what_to_run(two):
    """Which one, and the command."""
    shutil.rmtree(store.folder("market", "beta"))
    found = run("alpha", "beta")
    assert found.exit_code == 1
    assert "Run `kithwork run beta`." in found.stderr
