"""`kithwork open`: a page in the browser, its path in any case."""

from __future__ import annotations

import pytest
import synthetic
from typer.testing import CliRunner

from kithwork.cli import app
from kithwork.pages import rendering
from pipeline import stale


@pytest.fixture
def opened(project, monkeypatch):
    """A study with a report, a chapter and a codebook; what a browser was asked to show."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, synthetic.SIGNS)
    for name in ("synthetic/index.html", "synthetic/chapters/3_people.html", "codebook.html"):
        rendering.write(project / "reports" / name, stale.PLACE)
    shown = []
    monkeypatch.setattr("webbrowser.open", shown.append)
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    return shown


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, ["open", "synthetic", *words])


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ((), "synthetic/index.html"),
        (("--page", "chapters/3_people"), "synthetic/chapters/3_people.html"),
        (("--page", "codebook"), "codebook.html"),
    ],
)
def test_page_is_opened_and_its_path_printed(words, place, opened, project):
    """The report where no other is named."""
    found = run(*words)
    assert found.exit_code == 0
    assert found.output.strip() == str(project / "reports" / place)
    assert opened == [(project / "reports" / place).as_uri()]


def test_without_a_display_the_path_is_enough(opened, project, monkeypatch):
    """Status 0, and no text browser takes over the terminal."""
    monkeypatch.delenv("DISPLAY")
    assert run().output.strip() == str(project / "reports" / "synthetic" / "index.html")
    assert run().exit_code == 0
    assert opened == []


def test_stale_page_says_so_and_what_to_run(opened):
    """It is opened all the same."""
    stale.mark("synthetic")
    found = run()
    assert "Stale" in found.stderr
    assert "kithwork run synthetic" in found.stderr
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("chapter/3_people", "Did you mean 'chapters/3_people'?"),
        ("network", "Run `kithwork explore synthetic`."),
        ("../other/index", "is no page of the study"),
        ("/etc/passwd", "is no page of the study"),
    ],
)
def test_page_that_is_not_there_is_answered_with_what_to_do(page, told, opened):
    """Status 1, and nothing opened: neither what is missing nor what lies elsewhere."""
    found = run("--page", page)
    assert found.exit_code == 1
    assert told in found.stderr
    assert opened == []


def test_study_that_was_not_run_yet_says_so(opened, project):
    """Whichever page was asked for."""
    (project / "reports" / "synthetic" / "index.html").unlink()
    (project / "reports" / "synthetic" / "chapters" / "3_people.html").unlink()
    for words in ((), ("--page", "public")):
        assert "is not there yet. Run `kithwork run synthetic`." in run(*words).stderr
