"""The three forms that the instrument is written in: each asks everything, and each is what its readers take."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import bs4
import pytest
import python_calamine
from pyxform.xls2xform import convert
from typer.testing import CliRunner

from kithwork.cli import app
from kithwork.survey import files, instrument, paper, qualtrics_text, xlsform
from kithwork.survey.instrument import Terms

TERMS = Terms("acme", "the <new> billing system & more", form="x")
CODES = {one.code for section in instrument.sections(TERMS) for one in instrument.fields(section)}


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, ["survey", *words])


def binds(warnings: list[str]) -> dict[str, str | None]:
    """What pyxform makes of the workbook: each field's path, and when it is shown."""
    found = convert(xlsform=xlsform.written(TERMS), file_type=".xlsx", validate=False, warnings=warnings)
    tags = ElementTree.fromstring(found.xform).iter("{http://www.w3.org/2002/xforms}bind")
    return {tag.attrib["nodeset"]: tag.attrib.get("relevant") for tag in tags}


def test_workbook_is_a_valid_xlsform():
    """pyxform turns it into an XForm without a warning; every code is a field of it."""
    warnings: list[str] = []
    assert {path.rsplit("/", 1)[1] for path in binds(warnings)} >= CODES | {"A", "form", "start", "end"}
    assert not warnings


def test_workbook_shows_nothing_to_who_does_not_take_part():
    """Every group after the notice asks for the tick first."""
    found = binds([])
    groups = [section.code for section in instrument.sections(TERMS)]
    assert [found.get(f"/data/{group}") is None for group in groups] == [True] + [False] * (len(groups) - 1)


def test_workbook_is_the_same_bytes_every_time_and_reads_back():
    """Cells come back as they were written, signs of markup included."""
    first = xlsform.written(TERMS)
    assert first == xlsform.written(TERMS)
    rows = python_calamine.load_workbook(io.BytesIO(first)).get_sheet_by_name("survey").to_python()
    [label] = [row[2] for row in rows if row[1] == "CC2"]
    assert label == "We would put time into the <new> billing system & more even if nobody checked."


def test_qualtrics_text_asks_everything_by_its_code():
    """Each question has its type, its code and its words, and choices their values."""
    text = qualtrics_text.written(TERMS).decode()
    assert text.startswith("[[AdvancedFormat]]\n")
    assert set(re.findall(r"^\[\[ID:(\w+)\]\]$", text, flags=re.M)) >= CODES
    assert "[[ED:form:x]]" in text
    assert "[[ID:S7]]\nTo show that this row was read, choose 2, slightly true.\n[[AdvancedChoices]]\n[[Choice:1]]" in text
    assert all(re.fullmatch(r"\[\[[A-Za-z]+(:[^\]]*)?\]\]", line) for line in text.splitlines() if line.startswith("[["))


def test_page_asks_everything_and_fetches_nothing():
    """It is whole in itself: no address, no script, no picture."""
    page = paper.written(TERMS).decode()
    soup = bs4.BeautifulSoup(page, "html.parser")
    assert {code.get_text() for code in soup.find_all(class_="code")} >= CODES | {"A1", "A15"}
    assert not soup.find_all(["script", "img", "link", "iframe"])
    assert "://" not in page
    assert "the &lt;new&gt; billing system &amp; more" in page


def test_command_writes_three_files(tmp_path):
    """One of each form, named after the survey; again gives the same files, without a word against it."""
    for _ in range(2):
        found = run("acme", "--out", str(tmp_path))
        assert found.exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"acme.xlsx", "acme.txt", "acme.html"}
    assert "Loop & Merge" in found.output


def test_command_writes_three_forms(tmp_path):
    """With planned missingness there are three of each, and who gets which is said."""
    found = run("acme", "--out", str(tmp_path / "new"), "--forms", "--change", "the new billing system")
    assert len(list((tmp_path / "new").iterdir())) == 9
    assert "at random" in found.output
    assert b"new billing system" in (tmp_path / "new" / "acme-z.txt").read_bytes()


def test_other_files_are_kept_unless_forced(tmp_path):
    """A file of that name that is another is named and left as it is; --force overwrites it."""
    (tmp_path / "acme.txt").write_text("mine")
    found = run("acme", "--out", str(tmp_path))
    assert found.exit_code == 1
    assert "acme.txt: is there already and differs" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["acme.txt"]
    assert run("acme", "--out", str(tmp_path), "--force").exit_code == 0
    assert (tmp_path / "acme.txt").read_bytes() == files.contents(Terms("acme"), False)["acme.txt"]


@pytest.mark.parametrize("name", ["../acme", "1st", "", "a b", "a/b"])
def test_name_that_is_no_file_name_is_refused(tmp_path, name):
    """One message, and nothing written."""
    found = run(name, "--out", str(tmp_path))
    assert found.exit_code == 1
    assert "is not a name for a survey" in found.stderr


def test_folder_that_cannot_be_written_is_named(tmp_path):
    """As where a file stands in its place."""
    (tmp_path / "here").write_text("mine")
    found = run("acme", "--out", str(tmp_path / "here"))
    assert found.exit_code == 1
    assert "cannot be written" in found.stderr


def test_help_shows_an_example():
    """What to type stands in the help."""
    assert 'kithwork survey acme --change "the new billing system"' in " ".join(run("--help").output.split())
