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
    assert of("mail.csv") == {"Interactions": hashlib.sha256(b"a,b\n").hexdigest()[:12]}


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
    assert name == "Interactions"
    assert of(file) == {name: digest}
    if change == "content":
        (raw / "chat" / "other.json").write_bytes(b"three")
    elif change == "name":
        (raw / "chat" / "other.json").rename(raw / "chat" / "else.json")
    else:
        (raw / "chat" / "third.json").write_bytes(b"")
    assert of(file)[name] != digest


def test_server_has_no_digest(raw):
    """Nothing is asked of it, and neither its address nor a user or password is told."""
    assert of("postgres://jane:${SECRET}@warehouse.example:5432/hr?sslmode=require") == {"Interactions": ELSEWHERE}


def test_files_are_told_by_source_and_place(raw):
    """The name of a file may be that of a person: provenance is public, and does not hold it."""
    for name in ("clara.smith.mbox", "adam.jones.mbox"):
        (raw / name).write_text(name, encoding="utf-8")
    files = [{"file": "clara.smith.mbox"}, {"file": "adam.jones.mbox"}]
    assert list(origins(settings(engagement={"sources": {"interactions": files}}))) == [
        "Interactions, file 1 of 2",
        "Interactions, file 2 of 2",
    ]


def test_list_of_those_who_opted_out_has_no_digest(raw):
    """It is so short that trying names against a digest would tell who is on it."""
    (raw / "left.csv").write_text("person\nclara\n", encoding="utf-8")
    assert origins(settings(engagement={"sources": {"opt_outs": {"file": "left.csv"}}})) == {}


def test_missing_file_is_no_digest_of_nothing(raw):
    """Figures cannot have been made from what is not there."""
    with pytest.raises(FileNotFoundError):
        of("nowhere.csv")
