"""`kithwork new`: a folder for a client's files, and an entry in params.yaml that waits for them."""

from __future__ import annotations

import shutil

import pytest
import synthetic
from arrival.test_yamltext import added
from typer.testing import CliRunner

from kithwork import params
from kithwork.cli import app
from kithwork.readers.parts.rows import FIELDS


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def house(project):
    """A folder with the committed params.yaml."""
    shutil.copy(synthetic.HOME / "params.yaml", project)
    return project


def test_entry_is_valid_and_all_else_stays(house):
    """Lines are added and none is changed; the entry has safe settings, and every one of its lines a word on it."""
    before = (house / "params.yaml").read_text(encoding="utf-8")
    told = run("new", "acme", "--title", 'Ties: "how" #1', "--organisation", "Acme & Søn")
    assert told.exit_code == 0, told.stderr
    after = (house / "params.yaml").read_text(encoding="utf-8")
    lines = added(before, after)
    study = params.read().engagements["acme"]
    assert (study.title, study.organisation) == ('Ties: "how" #1', "Acme & Søn")
    assert (study.ids, study.waits, study.bad_rows) == ("secret", True, "quarantine")
    assert params.past_retention("acme", study) is None
    assert set(study.purposes) == set(FIELDS)
    settings = [line for line in lines if line.startswith("    ") and not line.startswith(("     ", "    #"))]
    assert [line for line in settings if "#" not in line] == ["    sources: {}\n", "    signs: {}\n"]  # have theirs above
    assert told.output.splitlines()[-1].endswith("kithwork check acme")


def test_folder_says_what_to_drop(house):
    """The page that lies there names every source and field, and what a cell of it holds."""
    assert run("new", "acme").exit_code == 0
    text = (house / "data" / "raw" / "acme" / "README.md").read_text(encoding="utf-8")
    for source, fields in FIELDS.items():
        assert f"### {source}\n" in text
        assert all(f"`{field}`" in text for field in fields)
    assert "kithwork check acme" in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Acme Ltd", "Perhaps acme-ltd."),
        ("demo", "is taken"),
        ("../x", "cannot be a study's name"),
        ("a" * 80, "cannot be"),
        ("123", "is a number or a word of YAML"),
        ("1e3", "is a number or a word of YAML"),
        ("0x1f", "is a number or a word of YAML"),
        ("null", "is a number or a word of YAML"),
        ("no", "is a number or a word of YAML"),
        ("con", "can be no folder's name under Windows"),
    ],
)
def test_name_that_cannot_be_is_refused(house, name, said):
    """A bad name or one that is taken: what is wrong and what to do, and nothing was written."""
    before = (house / "params.yaml").read_bytes()
    told = run("new", name)
    assert told.exit_code == 1
    assert said in told.stderr
    assert (house / "params.yaml").read_bytes() == before
    assert not (house / "data").exists()


def test_folder_that_is_there_is_kept_only_where_that_is_said(house):
    """Files that lie there already are never mixed with another study's without a word."""
    folder = house / "data" / "raw" / "acme"
    folder.mkdir(parents=True)
    (folder / "staff.csv").write_text("person\n1\n", encoding="utf-8")
    told = run("new", "acme")
    assert told.exit_code == 1
    assert "is there already. Choose another name; or, if the client's files lie there already, add --keep." in told.stderr
    assert run("new", "acme", "--keep").exit_code == 0
    assert (folder / "staff.csv").read_text(encoding="utf-8") == "person\n1\n"


def test_words_that_no_page_could_hold_are_told_of_params_yaml(house):
    """A title that is too long is refused as it would be in the file, and nothing is left behind."""
    before = (house / "params.yaml").read_bytes()
    told = run("new", "acme", "--title", "x" * 400)
    assert told.exit_code == 1
    assert told.stderr.startswith("params.yaml, column engagements.acme.title: has 400 signs")
    assert (house / "params.yaml").read_bytes() == before
    assert [path.name for path in house.iterdir()] == ["params.yaml"]
