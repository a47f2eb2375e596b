"""Bad input, as a person meets it: one clear message, nothing half-written, no traceback.

Each fault is put into a copy of the aarhus study and met by the runner of the first chapter.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import studies

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """A copy of the project with its stages prepared."""
    root = studies.copied(tmp_path_factory.mktemp("bad") / "a study")
    studies.forget(root)
    subprocess.run([sys.executable, "-m", "pipeline", "prepare"], cwd=root, env=studies.environment(), check=True)
    return root


@pytest.fixture
def raw(prepared, tmp_path) -> Path:
    """The raw folder of aarhus; put back afterwards."""
    folder = prepared / "data" / "raw" / "aarhus"
    shutil.copytree(folder, tmp_path / "sound")
    yield folder
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "sound", folder)


def edited(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A fault: the content of one file changed."""

    def put(folder: Path) -> None:
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return put


def line(number: int, text: str) -> Callable[[bytes], bytes]:
    """One line of a file replaced; the header is line 1."""

    def change(content: bytes) -> bytes:
        lines = content.decode().splitlines()
        lines[number - 1] = text
        return ("\n".join(lines) + "\n").encode()

    return change


LATIN = "U1,G\xe9,Associate".encode("latin-1")
PEOPLE, RELATIONS = "data/raw/aarhus/people.csv", "data/raw/aarhus/relations.csv"
FAULTS = {
    "a missing file": (
        lambda folder: (folder / "people.csv").unlink(),
        [PEOPLE, "is missing", "params.yaml names it under sources.staff.file"],
    ),
    "an empty file": (edited("people.csv", lambda _: b""), [PEOPLE, "is empty", "(found: 0 bytes)", "Export it again"]),
    "a wrong delimiter": (
        edited("people.csv", lambda content: content.replace(b",", b";")),
        [f"{PEOPLE}, row 1", "is not separated by commas", "id;group;role", "semicolon"],
    ),
    "a column renamed": (
        edited("people.csv", line(1, "id,team,role")),
        [f"{PEOPLE}, row 1, column group", "is not in the header", "id, team, role", "Rename it in the file, or set"],
    ),
    "a duplicate id": (
        edited("people.csv", line(5, "U10,G1,Postdoc")),
        [f"{PEOPLE}, row 5, column id", "repeats row 3", "(found: U10)", "Keep one of the two."],
    ),
    "a tie to an unknown person": (
        edited("relations.csv", line(9, "U1,U999,work")),
        [f"{RELATIONS}, row 9, column to", "is not on the staff list", "(found: U999)", "Add the person there"],
    ),
    "Latin-1 text": (
        edited("people.csv", lambda content: content + LATIN + b"\n"),
        [f"{PEOPLE}, row 63, column 2", "is not utf-8 text", "byte 0xe9", "Save it as UTF-8, or state its encoding"],
    ),
}


def run(root: Path) -> subprocess.CompletedProcess:
    """The first chapter of aarhus."""
    shutil.rmtree(root / "data" / "clean", ignore_errors=True)
    command = [sys.executable, "-m", "pipeline", "run", "clean", "aarhus"]
    return subprocess.run(command, cwd=root, env=studies.environment(), capture_output=True, text=True, check=False)


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named_with_place_finding_and_remedy(fault, prepared, raw):
    """One message of at most ten lines names file, row and column where there are any, what was found and what to do."""
    put, expected = FAULTS[fault]
    put(raw)
    done = run(prepared)
    said = done.stderr[done.stderr.index("Stopped in") :]
    assert done.returncode == 1
    assert len(said.splitlines()) <= 10
    assert [part for part in expected if part not in said] == []
    assert "Traceback" not in done.stderr
    assert not (prepared / "data" / "clean").exists()


def test_letters_in_a_number_are_named(prepared, raw):
    """A tenure of `long` months: row, column, finding and remedy."""
    lines = (raw / "people.csv").read_text(encoding="utf-8").splitlines()
    longer = [lines[0] + ",tenure_months", *(f"{text},{'long' if n == 3 else 12}" for n, text in enumerate(lines[1:]))]
    (raw / "people.csv").write_text("\n".join(longer) + "\n", encoding="utf-8")
    said = run(prepared).stderr
    assert f"{PEOPLE}, row 5, column tenure_months: is not a number (found: long). Write it in digits" in said
    assert not (prepared / "data" / "clean").exists()


def test_byte_order_mark_is_dropped_and_noted(prepared, raw):
    """What a spreadsheet puts before the header is no fault: the study runs, and its intake says so."""
    edited("people.csv", lambda content: b"\xef\xbb\xbf" + content)(raw)
    done = run(prepared)
    assert done.returncode == 0, done.stderr
    import pandas as pd

    intake = pd.read_parquet(prepared / "data" / "clean" / "aarhus" / "intake.parquet").set_index("source")
    assert "byte-order mark dropped" in intake.loc["staff", "note"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("draws: 1000", "drawz: 1000"), ["ties.drawz", "is not a known parameter", "Did you mean 'draws'?"]),
        (("draws: 1000", "draws: many"), ["ties.draws", "found: 'many'"]),
        (("smallest_group: 5", "smallest_group: 2"), ["report.smallest_group", "greater than or equal to 5"]),
        (("engagements:", "engagements: ["), ["params.yaml", "is not valid YAML"]),
    ],
    ids=["a misspelt setting", "a word for a number", "a group too small", "broken YAML"],
)
def test_faulty_settings_stop_before_anything_runs(change, expected, prepared):
    """`make report` names the setting and the remedy, and no stage is run."""
    path = prepared / "params.yaml"
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace(*change, 1), encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "repro"]
    try:
        done = subprocess.run(command, cwd=prepared, env=studies.environment(), capture_output=True, text=True, check=False)
    finally:
        path.write_text(sound, encoding="utf-8")
    assert done.returncode == 1
    assert [part for part in expected if part not in done.stderr] == []
    assert len(done.stderr.splitlines()) <= 10
    assert "Traceback" not in done.stderr
    assert not (prepared / "dvc.lock").exists()
