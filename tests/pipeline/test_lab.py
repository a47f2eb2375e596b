"""What `make lab` starts: the study's folder, the environment's own kernel, and nothing that asks a network."""

from __future__ import annotations

import json
import os

import synthetic

from pipeline import __main__ as entry
from pipeline import lab


def test_lab_opens_the_studys_folder_whatever_the_working_directory(project, tmp_path_factory, monkeypatch):
    """The root is the project's, the first view its notebooks; options of a person's own come last, and win."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    told = lab.options(["--no-browser"])
    assert f"--ServerApp.root_dir={project}" in told
    assert "--LabApp.default_url=/lab/tree/notebooks" in told
    assert told[-1] == "--no-browser"


def test_lab_asks_nothing_of_a_network():
    """News, a newer version, the catalogue of extensions: off; and so is the question about news."""
    assert {option.partition("=")[0] for option in lab.QUIET} == {
        "--LabApp.news_url",
        "--LabApp.check_for_updates_class",
        "--LabApp.extension_manager",
    }
    page = json.loads((lab.SETTINGS / "labconfig" / "page_config.json").read_text(encoding="utf-8"))
    assert page["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"] is True


def test_a_persons_own_settings_are_kept(monkeypatch):
    """Folders of settings that somebody named are read as well, after ours."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    assert lab.environment()["JUPYTER_CONFIG_PATH"] == f"{lab.SETTINGS}{os.pathsep}theirs"
    assert lab.environment()["JUPYTER_PREFER_ENV_PATH"] == "1"


def test_options_of_lab_pass_through(monkeypatch):
    """`python -m pipeline lab --no-browser` hands the option on; another verb refuses it."""
    seen = []
    monkeypatch.setitem(entry.VERBS, "lab", lambda own: seen.append(own))
    assert entry.main(["lab", "--no-browser", "--port=9999"]) == 0
    assert seen == [["--no-browser", "--port=9999"]]


def test_make_lab_starts_it():
    """The Makefile's target is this verb."""
    assert "\t@$(RUN) -m pipeline lab\n" in (synthetic.HOME / "Makefile").read_text(encoding="utf-8")
