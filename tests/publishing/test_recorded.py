"""What dvc wrote of the raw files, reckoned again."""

from __future__ import annotations

import shutil

import pytest
import synthetic
import yaml

from kithwork.publishing import recorded


@pytest.fixture
def aarhus(project):
    """The committed raw files of a bundled study, with what the committed lock says of them."""
    shutil.copytree(synthetic.HOME / "data/raw/aarhus", project / "data/raw/aarhus")
    for name in ("dvc.lock", ".dvcignore"):
        shutil.copy(synthetic.HOME / name, project / name)
    return project / "data/raw/aarhus"


def test_the_digest_is_dvcs_own(aarhus):
    """Of the bundled study it is what dvc recorded, whatever systems leave in a folder."""
    assert not recorded.changed("aarhus")
    (aarhus / ".DS_Store").write_text("left behind", encoding="utf-8")
    assert not recorded.changed("aarhus")


def test_any_change_is_seen(aarhus):
    """A file added, changed, renamed or taken away."""
    name = next(path for path in aarhus.iterdir() if path.is_file())
    (aarhus / "opt_outs.csv").write_text("person,scope\n", encoding="utf-8")
    assert recorded.changed("aarhus")
    (aarhus / "opt_outs.csv").unlink()
    held = name.read_bytes()
    name.write_bytes(held + b"\n")
    assert recorded.changed("aarhus")
    name.write_bytes(held)
    name.rename(name.with_name("other"))
    assert recorded.changed("aarhus")
    (aarhus / "other").unlink()
    assert recorded.changed("aarhus")


@pytest.mark.parametrize("lock", ["", "stages: {}", "[]", "stages: {clean@aarhus: {deps: 3}}", "a: [", None])
def test_without_a_record_nothing_can_be_told(aarhus, project, lock):
    """A lock that is not there, or does not tell of the study, is no sign of a change."""
    (project / "dvc.lock").unlink()
    if lock is not None:
        (project / "dvc.lock").write_text(yaml.safe_dump(3) if lock == "" else lock, encoding="utf-8")
    (aarhus / "opt_outs.csv").write_text("person,scope\n", encoding="utf-8")
    assert not recorded.changed("aarhus")
