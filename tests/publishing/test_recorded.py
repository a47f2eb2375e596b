"""What dvc wrote of the raw files, reckoned again."""

from __future__ import annotations

import hashlib
import shutil

import pytest
import synthetic
import yaml

from kithwork.publishing import recorded


@pytest.fixture
def aarhus(project):
    """The committed raw files of a bundled study, and what the committed lock says of them and of nothing else."""
    shutil.copytree(synthetic.HOME / "data/raw/aarhus", project / "data/raw/aarhus")
    shutil.copy(synthetic.HOME / ".dvcignore", project)
    lock = yaml.safe_load((synthetic.HOME / "dvc.lock").read_text(encoding="utf-8"))
    stage = lock["stages"]["clean@aarhus"]
    deps = [one for one in stage["deps"] if one["path"] == "data/raw/aarhus"]
    assert deps
    (project / "dvc.lock").write_text(yaml.safe_dump({"stages": {"clean@aarhus": {"deps": deps}}}), encoding="utf-8")
    return project / "data/raw/aarhus"


def test_the_digest_is_dvcs_own(aarhus):
    """Of the bundled study it is what dvc recorded, whatever systems leave in a folder."""
    assert recorded.changed("aarhus") == []
    (aarhus / ".DS_Store").write_text("left behind", encoding="utf-8")
    assert recorded.changed("aarhus") == []
    assert recorded.changed("office") == []


def test_any_change_is_seen(aarhus):
    """A file added, changed, renamed or taken away, and the folder itself."""
    raw = ["data/raw/aarhus"]
    name = next(path for path in aarhus.iterdir() if path.is_file())
    (aarhus / "opt_outs.csv").write_text("person,scope\n", encoding="utf-8")
    assert recorded.changed("aarhus") == raw
    (aarhus / "opt_outs.csv").unlink()
    held = name.read_bytes()
    name.write_bytes(held + b"\n")
    assert recorded.changed("aarhus") == raw
    name.write_bytes(held)
    assert recorded.changed("aarhus") == []
    name.rename(name.with_name("other"))
    assert recorded.changed("aarhus") == raw
    shutil.rmtree(aarhus)
    assert recorded.changed("aarhus") == raw


def test_pages_changed_by_hand_are_seen(project):
    """What the last stage wrote is looked at too; what other stages wrote is, where a later one reads it."""
    made = {"path": "page.html", "hash": "md5", "md5": hashlib.md5(b"page").hexdigest()}
    lock = {"publish@a": {"outs": [made]}, "ties@a": {"outs": [made | {"path": "other"}], "deps": [made]}}
    (project / "dvc.lock").write_text(yaml.safe_dump({"stages": lock}), encoding="utf-8")
    (project / "page.html").write_bytes(b"page")
    assert recorded.changed("a") == []
    (project / "page.html").write_bytes(b"page, mended by hand")
    assert recorded.changed("a") == ["page.html"]


@pytest.mark.parametrize("lock", ["3", "stages: {}", "[]", "a: [", None])
def test_without_a_record_nothing_can_be_told(aarhus, project, lock):
    """A lock that is not there, or does not tell of the study, is no sign of a change."""
    (project / "dvc.lock").unlink()
    if lock is not None:
        (project / "dvc.lock").write_text(lock, encoding="utf-8")
    (aarhus / "opt_outs.csv").write_text("person,scope\n", encoding="utf-8")
    assert recorded.changed("aarhus") == []


def test_a_folders_list_is_what_its_digest_is_of(aarhus):
    """Names and MD5s of the files that count, by name; nothing of a folder that is not there."""
    (aarhus / ".DS_Store").write_text("left behind", encoding="utf-8")
    files = recorded.listed(aarhus)
    assert [one["relpath"] for one in files] == sorted(one.name for one in aarhus.iterdir() if one.name != ".DS_Store")
    [entry] = recorded.stages()["clean@aarhus"]["deps"]
    assert recorded.of_a_list(files) == entry["md5"]
    assert recorded.listed(aarhus / "nowhere") == []
