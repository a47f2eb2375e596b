"""What dvc has in its cache from an earlier run comes back where it is whole, and is made anew where it is not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from dvc.repo import Repo

from kithwork.publishing import recorded
from pipeline import restoring

pytestmark = pytest.mark.slow

ROWS = hashlib.md5(b"first").hexdigest()
STAGES = """
stages:
  made:
    cmd: mkdir table && cp given table/rows && cp given alone && echo run >> runs
    deps: [given]
    outs: [table, alone]
"""


@pytest.fixture
def repo(tmp_path, monkeypatch):
    """A repository whose one stage, which writes a folder and a file, ran for `first`, then for `second`."""
    monkeypatch.chdir(tmp_path)
    Repo.init(".", no_scm=True).close()
    Path("dvc.yaml").write_text(STAGES, encoding="utf-8")
    with Repo(".", config={"core": {"no_scm": True}}) as opened:
        for given in ("first", "second"):
            made(opened, given)
        yield opened


def made(repo: Repo, given: str) -> str:
    """Brings what the stage makes of this up to date; what it made."""
    Path("given").write_text(given, encoding="utf-8")
    repo.reproduce()
    assert Path("alone").read_text(encoding="utf-8") == Path("table/rows").read_text(encoding="utf-8")
    return Path("alone").read_text(encoding="utf-8")


def runs() -> int:
    """How often the stage ran."""
    return len(Path("runs").read_text(encoding="utf-8").splitlines())


def spoil(repo: Repo, name: str) -> None:
    """Turn one bit of what the cache has under a name, which nobody may write to."""
    path = Path(repo.cache.local.oid_to_path(name))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    path.chmod(0o444)


def test_what_is_whole_comes_back(repo):
    """Without a run."""
    restoring.only_what_is_whole(repo)
    assert made(repo, "first") == "first"
    assert runs() == 2


@pytest.mark.parametrize("name", [ROWS, recorded.of_a_list([{"md5": ROWS, "relpath": "rows"}])], ids=["file", "list"])
def test_what_is_spoilt_is_made_anew(repo, name):
    """A file, or the list of a folder's files; and the next time it comes back."""
    restoring.only_what_is_whole(repo)
    spoil(repo, name)
    assert made(repo, "first") == "first"
    assert runs() == 3
    assert made(repo, "second") == "second"
    assert made(repo, "first") == "first"
    assert runs() == 3
