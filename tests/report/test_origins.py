"""Where figures come from: a digest of every source, whatever it is, and no name or word that is nobody's business."""

from __future__ import annotations

import hashlib
import tracemalloc

import pytest
from synthetic import settings

from kithwork import store
from kithwork.report.origins import ELSEWHERE, origins


@pytest.fixture
def raw(project):
    """The raw folder of the synthetic study, with a folder of two files."""
    folder = store.raw("synthetic")
    (folder / "chat" / "team").mkdir(parents=True)
    (folder / "chat" / "team" / "somebody.json").write_bytes(b"one")
    (folder / "chat" / "other.json").write_bytes(b"two")
    return folder


def of(file: str) -> dict[str, str]:
    """The origins of a study whose only source is this."""
    return origins(settings(engagement={"sources": {"interactions": [{"file": file}]}}))


def test_file_has_the_digest_that_sha256sum_gives(raw):
    """The first twelve digits, so that anybody can compare."""
    (raw / "mail.csv").write_bytes(b"a,b\n")
    assert of("mail.csv") == {"data/raw/synthetic/mail.csv": hashlib.sha256(b"a,b\n").hexdigest()[:12]}


def test_large_file_is_read_part_by_part(raw):
    """32 MB take less than a tenth of it in memory."""
    (raw / "mail.csv").write_bytes(bytes(2**25))
    tracemalloc.start()
    of("mail.csv")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2**25 / 10


@pytest.mark.parametrize("file", ["chat", "chat/**/*.json"])
@pytest.mark.parametrize("change", ["content", "name", "another"])
def test_folder_and_pattern_have_one_digest_of_all_in_them(raw, file, change):
    """It is the same twice, and another once a file changes, is called otherwise, or is added; no file is named."""
    [(name, digest)] = of(file).items()
    assert name == f"data/raw/synthetic/{file}"
    assert of(file) == {name: digest}
    if change == "content":
        (raw / "chat" / "other.json").write_bytes(b"three")
    elif change == "name":
        (raw / "chat" / "other.json").rename(raw / "chat" / "else.json")
    else:
        (raw / "chat" / "third.json").write_bytes(b"")
    assert of(file)[name] != digest


def test_server_is_named_without_user_or_password(raw):
    """Nothing is asked of it, and no digest is claimed."""
    found = of("postgres://jane:${SECRET}@warehouse.example:5432/hr?sslmode=require")
    assert found == {"postgres://warehouse.example:5432/hr": ELSEWHERE}


def test_missing_file_is_no_digest_of_nothing(raw):
    """Figures cannot have been made from what is not there."""
    with pytest.raises(FileNotFoundError):
        of("nowhere.csv")
