"""Mistakes in params.yaml: each is told by place, with what was found and what to write."""

from __future__ import annotations

from datetime import date

import pytest
import synthetic
import yaml
from mistaken import tells

from kithwork import params
from kithwork.errors import UserError

SOUND = (synthetic.HOME / "params.yaml").read_text(encoding="utf-8")
CONFLICT = "<<<<<<< HEAD\n  smallest_group: 5\n=======\n  smallest_group: 6\n>>>>>>> theirs\n"
CHANGES = {
    "misspelt-setting": ("draws: 1000", "drawz: 1000"),
    "wrong-value": ("draws: 1000", "draws: many"),
    "tab-in-yaml": ("  aarhus:\n    title:", "  aarhus:\n\ttitle:"),
    "not-yaml": ("title: How", "title: Acme: How"),
    "merge-conflict": ("  smallest_group: 5 ", f"{CONFLICT}  smallest_public: 20\n# "),
    "study-name": ("  aarhus:", '  "Aarhus 2013":'),
}


def said_of(text: str, tmp_path) -> str:
    """What is said of a params.yaml of this text."""
    path = tmp_path / "params.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        params.read(path)
    return str(caught.value)


@pytest.mark.parametrize("name", CHANGES)
def test_fault_of_a_line_is_told(name, tmp_path):
    """One change to the committed file, one message."""
    before, after = CHANGES[name]
    assert before in SOUND
    assert tells(name, said_of(SOUND.replace(before, after, 1), tmp_path))


@pytest.mark.parametrize("line", ["    title: 'How", "   title: How", "  title: [How", "    title: {How"])
def test_whatever_is_no_yaml_is_shown_with_its_line(line, tmp_path):
    """A quote or bracket left open, or a line indented too far: never a word of the parser's own."""
    assert tells("not-yaml", said_of(SOUND.replace("    title: How", line, 1), tmp_path))


@pytest.mark.parametrize("text", ["", "hello world\n", "- a\n- list\n"])
def test_file_without_settings_is_told(text, tmp_path):
    """Emptied, or overwritten by something else."""
    assert tells("no-settings", said_of(text, tmp_path))


def test_deleted_section_of_simulations_is_told(tmp_path):
    """Who takes the simulated study out needs to leave an empty section: dvc.yaml reads it."""
    content = yaml.safe_load(SOUND)
    del content["simulations"], content["engagements"]["demo"]
    assert tells("no-simulations", said_of(yaml.safe_dump(content), tmp_path))


def test_file_that_is_nowhere_is_told_with_the_folder(tmp_path):
    """The folder that was looked in is named: it is most often the wrong one."""
    with pytest.raises(UserError) as caught:
        params.read(tmp_path / "params.yaml")
    assert tells("wrong-folder", caught.value)


def test_day_of_retention_is_told():
    """From that day on nothing is read."""
    study = synthetic.settings(engagement={"retention": str(date.today())}).engagement
    assert tells("retention-past", params.past_retention("synthetic", study))


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_what_windows_does_to_the_file_is_no_fault(change, tmp_path):
    """Other line ends and a byte-order mark are read as they are meant."""
    path = tmp_path / "params.yaml"
    path.write_bytes(change(SOUND).encode())
    assert list(params.read(path).engagements) == ["aarhus", "office", "demo"]
