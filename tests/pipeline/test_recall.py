"""A study's figures as they were at a revision, out of dvc's cache."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
import yaml

from kithwork.errors import UserError
from kithwork.tables import CLAIMING, STAGES
from pipeline import recall, studies

CODE = {"src/kithwork/ties/kinds.py": "1"}


def run(project, *words: str) -> None:
    """A command that has to succeed, whoever runs it."""
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"] if words[0] == "git" else []
    subprocess.run([words[0], *who, *words[1:]], cwd=project, check=True, capture_output=True)


def lay(project, draws: int, content: str) -> None:
    """What a run with so many draws reads and writes."""
    files = {"data/raw/acme/staff.csv": "person\n", "build/notebooks/2_ties.ipynb": f"{{{' ' * (draws // 100)}}}"}
    read = {"settings": {"ties": {"draws": draws}, "report": {"smallest_group": 6}}, "code": CODE}
    files |= {f"build/inputs/acme/{name}.json": json.dumps(read) for name in STAGES}
    files |= {f"data/{name}/acme/claims.parquet": f"{name} {content}" for name in STAGES}
    for path, text in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """A project whose chapters were recorded with 100 draws, committed, and recorded again with 200."""
    from dvc.repo import Repo

    project = tmp_path_factory.mktemp("twice")
    chapters = {
        name: {
            "cmd": "true",
            "deps": [f"build/inputs/${{item}}/{name}.json", "data/raw/${item}", "build/notebooks/2_ties.ipynb"],
            "outs": [f"data/{name}/${{item}}"],
        }
        for name in STAGES
    }
    stages = {"prepare": {"cmd": "true", "outs": ["build/inputs"]}}
    stages |= {name: {"foreach": ["acme"], "do": stage} for name, stage in chapters.items()}
    (project / "dvc.yaml").write_text(yaml.safe_dump({"stages": stages}), encoding="utf-8")
    (project / ".gitignore").write_text("data/\nbuild/\n", encoding="utf-8")
    run(project, "git", "init", "-q")
    with Repo.init(str(project)):
        pass
    for draws, content in ((100, "then"), (200, "now")):
        lay(project, draws, content)
        with pytest.MonkeyPatch.context() as patch, Repo(str(project)) as repo:
            patch.chdir(project)
            repo.commit(force=True)
        if draws == 100:
            run(project, "git", "add", "-A")
            run(project, "git", "commit", "-qm", "then")
    return project


@pytest.fixture
def project_twice(twice, monkeypatch):
    """That project as the project folder, with one study."""
    monkeypatch.chdir(twice)
    monkeypatch.setattr("kithwork.params.ROOT", twice)
    monkeypatch.setattr("kithwork.params.read", lambda: None)
    monkeypatch.setattr(studies, "chosen", lambda asked, names: names)
    return twice


@pytest.mark.slow
def test_figures_of_then_are_brought_and_what_differs_is_told(project_twice, tmp_path):
    """The claims of each chapter as they were, settings and notebooks that are others now, and that the data are not."""
    told = recall.recall("acme", "HEAD", tmp_path)
    assert [(tmp_path / f"{name}.parquet").read_text() for name in CLAIMING] == [f"{name} then" for name in CLAIMING]
    assert told | {"revision": ""} == {
        "revision": "",
        "settings": ["ties.draws 100 → 200"],
        "code": [],
        "notebooks": ["2_ties.ipynb"],
        "same_data": True,
        "smallest_group": 6,
    }


@pytest.mark.slow
def test_revision_and_study_have_to_be_there(project_twice, tmp_path):
    """A word that is no revision, and a study that the revision did not have, each with what to do."""
    with pytest.raises(UserError, match="is no revision and no experiment"):
        recall.recall("acme", "nonsense", tmp_path)
    with pytest.raises(UserError, match="has no results of this study"):
        recall.recall("other", "HEAD", tmp_path)


@pytest.mark.slow
def test_what_the_cache_has_lost_is_said(project_twice, tmp_path):
    """Where there is no remote either: how many chapters, and how to make them again."""
    cache = project_twice / ".dvc" / "cache"
    shutil.move(cache, tmp_path / "cache")
    try:
        with pytest.raises(
            UserError, match=f"not in dvc's cache \\({len(CLAIMING)} of {len(CLAIMING)} chapters\\)"
        ) as caught:
            recall.recall("acme", "HEAD", tmp_path)
        assert "git worktree add" in str(caught.value)
    finally:
        shutil.move(tmp_path / "cache", cache)


def test_folder_that_the_cache_never_had_is_said_too(tmp_path):
    """A fresh clone has no cache: dvc's own error for a folder that it cannot load is no traceback."""
    from types import SimpleNamespace

    from dvc.repo.data import DataIndexDirError

    def lost(path: str) -> bytes:
        raise DataIndexDirError(f"failed to load directory {path}")

    with pytest.raises(UserError, match="not in dvc's cache"):
        recall._fetch(SimpleNamespace(dvcfs=SimpleNamespace(cat_file=lost)), "acme", "HEAD", tmp_path)
