"""All sources of an engagement: the package reader, and one error with the problems of every file."""

from __future__ import annotations

import hashlib
import sys
from importlib import import_module

import pytest
import synthetic

from kithwork import params, readers
from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import package
from kithwork.readers.parts import given
from kithwork.readers.parts.rows import FIELDS, whole

CONTENT = b"id,team\na,A\nb,B\n"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """An importable package that carries one CSV file."""
    home = tmp_path / "lib" / "syntheticdata"
    home.mkdir(parents=True)
    (home / "__init__.py").write_text("", encoding="utf-8")
    (home / "staff.csv").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(str(home.parent))
    yield "syntheticdata"
    sys.modules.pop("syntheticdata", None)


def spec(**changes) -> Reader:
    """A package source whose content is the one it was set up with."""
    given = {
        "reader": "package",
        "package": "syntheticdata",
        "file": "staff.csv",
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "columns": {"person": "id", "unit": "team"},
    }
    return Reader(**{**given, **changes})


def problem_of(reader: Reader, tmp_path):
    """The one problem that reading this source raises."""
    with pytest.raises(UserError) as caught:
        package.located("staff", reader, tmp_path / "synthetic")
    [problem] = caught.value.problems
    return problem


def test_packaged_file_is_read_in_place(installed, tmp_path):
    """A file of an installed package reads like one of the raw folder, under the package's name."""
    found = whole(package.parse("staff", spec(), package.located("staff", spec(), tmp_path / "synthetic")))
    assert found.frame.to_dict("list") == {"person": ["a", "b"], "unit": ["A", "B"]}
    assert found.file == "syntheticdata/staff.csv"


@pytest.mark.parametrize("name", ["syntheticdatum", "syntheticdatum.deeper", "..", "json"])
def test_package_that_is_not_there_is_named(installed, tmp_path, name):
    """A package that is not installed, or does not carry the file, is asked for with the command that installs it."""
    problem = problem_of(spec(package=name), tmp_path)
    assert (problem.file, problem.what) == (f"{name}/staff.csv", "is not installed")
    assert "make setup" in problem.do


def test_other_content_than_expected_is_refused(installed, tmp_path):
    """A file whose SHA-256 has changed is not silently used: the message shows the new one and where to accept it."""
    problem = problem_of(spec(sha256="0" * 64), tmp_path)
    assert (problem.file, problem.what) == (
        "syntheticdata/staff.csv",
        "is not the content this engagement was set up with",
    )
    assert hashlib.sha256(CONTENT).hexdigest()[:12] in problem.found
    assert "engagements.synthetic.sources.staff.sha256" in problem.do


def test_package_and_digest_must_both_be_stated(tmp_path):
    """A package source without its content's digest is a fault of params.yaml."""
    problem = problem_of(spec(sha256=None), tmp_path)
    assert (problem.file, problem.column) == ("params.yaml", "engagements.synthetic.sources.staff")
    assert problem.do == "State both."


def test_unknown_reader_is_answered_with_the_nearest(project):
    """A reader is a file of `readers/`; a misspelt one is a fault of params.yaml."""
    settings = synthetic.settings(engagement={"sources": {"staff": {"file": "staff.csv", "reader": "csvfil"}}})
    with pytest.raises(UserError) as caught:
        readers.read(settings)
    [problem] = caught.value.problems
    assert (problem.file, problem.found, problem.do) == ("params.yaml", "csvfil", "Did you mean 'csvfile'?")


def test_readers_are_the_files_of_the_folder():
    """The readers there are: one file each, and not the modules they share."""
    assert {"csvfile", "ics", "package", "qualtrics", "slack"} <= set(readers.READERS)
    for name in readers.READERS:
        reader = import_module(f"kithwork.readers.{name}")
        assert reader.__doc__
        assert set(reader.SOURCES) <= set(FIELDS)
        assert set(reader.TAKES) <= set(given.SETTINGS)
        assert ("options" in reader.TAKES) == bool(getattr(reader, "OPTIONS", {}))


def test_source_of_several_files_is_read_in_their_order(project):
    """Each file of the list becomes its own rows, read by its own reader."""
    folder = project / "data" / "raw" / "synthetic"
    folder.mkdir(parents=True)
    (folder / "one.csv").write_text("person\na\n", encoding="utf-8")
    (folder / "two.csv").write_text("Id\nb\n", encoding="utf-8")
    staff = [{"file": "two.csv", "columns": {"person": "Id"}}, {"file": "one.csv"}]
    found = readers.read(synthetic.settings(engagement={"sources": {"staff": staff}}))
    assert [rows.frame["person"].tolist() for rows in found["staff"]] == [["b"], ["a"]]


@pytest.mark.parametrize(("most", "pairs"), [(2, 0), (30, 435)])
def test_calendars_know_how_many_are_a_broadcast(project, most, pairs):
    """The threshold of the settings, by which mail is judged, is that of meetings."""
    folder = project / "data" / "raw" / "synthetic"
    folder.mkdir(parents=True)
    people = [f"ATTENDEE:mailto:p{number}@x.org" for number in range(30)]
    event = ["BEGIN:VEVENT", "UID:1", "DTSTART:20260907T120000Z", "DTEND:20260907T130000Z", *people, "END:VEVENT"]
    (folder / "team.ics").write_text("\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""]), encoding="utf-8")
    sources = {"interactions": {"reader": "ics", "file": "team.ics"}}
    study = synthetic.settings(engagement={"sources": sources}, clean={"broadcast_above": most})
    [batches] = readers.read(study)["interactions"]
    assert sum(len(rows.frame) for rows in batches) == pairs


@pytest.mark.parametrize(
    ("reader", "source", "change", "words"),
    [
        ("ics", "staff", {}, "is not read by this reader"),
        ("slack", "answers", {}, "It reads interactions, comments."),
        ("qualtrics", "interactions", {}, "It reads answers, nominations, comments, interpreters, responses."),
        ("ics", "interactions", {"columns": {"ego": "x"}}, "here.columns: means nothing to this reader"),
        ("slack", "interactions", {"constants": {"channel": "chat"}}, "means nothing to this reader"),
    ],
)
def test_reader_refuses_what_it_cannot_serve(reader, source, change, words):
    """A source that the format does not hold, or a mapping that would do nothing, is a fault of params.yaml."""
    with pytest.raises(UserError) as caught:
        given.expect(source, Reader(reader=reader, file="x", **change), import_module(f"kithwork.readers.{reader}"), "here")
    assert words in str(caught.value)
    assert {problem.file for problem in caught.value.problems} == {"params.yaml"}


def test_problems_of_all_files_come_at_once(project):
    """One run names what is wrong with every source, not with the first."""
    synthetic.build(project, {"staff": [{"persn": "a"}], "answers": [{"person": "a", "itm": "V1a", "value": "3"}]}, {})
    content = (project / "params.yaml").read_text(encoding="utf-8")
    content = content.replace("purposes:\n", "purposes:\n      comments: To try.\n")
    (project / "params.yaml").write_text(content.replace("staff:\n", "comments:\n        file: none.csv\n      staff:\n"))
    with pytest.raises(UserError) as caught:
        readers.read(params.load("synthetic"))
    files = {problem.file.rsplit("/", 1)[-1] for problem in caught.value.problems}
    assert files == {"staff.csv", "answers.csv", "none.csv"}


@pytest.mark.parametrize("reader", ["csvfile", "warehouse"])
@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("/etc/passwd", "leads out of the study's folder"),
        ("../../../params.yaml", "leads out of the study's folder"),
        ("../synthetic-2/staff.csv", "leads out of the study's folder"),
        ("..", "leads out of the study's folder"),
        ("", "names no file"),
        (".", "names no file"),
        ("in/..", "names no file"),
    ],
)
def test_file_outside_the_study_is_refused_by_name(project, reader, file, what):
    """Nothing but what lies in the study's own raw folder is opened, and no name means nothing."""
    (project / "data" / "raw" / "synthetic-2").mkdir(parents=True)
    (project / "data" / "raw" / "synthetic").mkdir()
    (project / "data" / "raw" / "synthetic-2" / "staff.csv").write_text("person\na\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        readers.read(synthetic.settings(engagement={"sources": {"staff": {"file": file, "reader": reader}}}))
    [problem] = caught.value.problems
    assert (problem.what, problem.file, problem.found) == (what, "params.yaml", repr(file))
    assert problem.column == "engagements.synthetic.sources.staff.file"


@pytest.mark.parametrize("pattern", ["../*/staff.parquet", "/etc/*"])
def test_pattern_that_leads_out_of_the_study_is_refused(project, pattern):
    """A pattern of files is held to the same folder."""
    with pytest.raises(UserError, match="leads out of the study's folder"):
        readers.read(synthetic.settings(engagement={"sources": {"staff": {"file": pattern, "reader": "warehouse"}}}))


def test_file_in_a_folder_of_the_study_is_read(project):
    """A path that stays inside is as good as a name."""
    folder = project / "data" / "raw" / "synthetic" / "in"
    folder.mkdir(parents=True)
    (folder / "staff.csv").write_text("person\na\n", encoding="utf-8")
    found = readers.read(synthetic.settings(engagement={"sources": {"staff": {"file": "in/../in/staff.csv"}}}))
    assert found["staff"][0].frame["person"].tolist() == ["a"]


def test_folder_is_refused_by_a_reader_of_files(tmp_path):
    """Only formats that may be unpacked are read from one."""
    with pytest.raises(UserError, match="is a folder where one file was to be"):
        given.Given("data", tmp_path).open()


def test_file_that_cannot_be_opened_is_told(tmp_path):
    """As one that has gone since it was named."""
    with pytest.raises(UserError, match="cannot be opened"):
        given.Given("gone.csv", tmp_path / "gone.csv").open()
