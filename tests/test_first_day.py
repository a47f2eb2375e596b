"""A client's first day, from `kithwork new` to clean tables, with headings unlike ours and nobody to ask."""

from __future__ import annotations

import csv
import shutil

import pytest
import synthetic
from typer.testing import CliRunner

from kithwork import params
from kithwork.cli import app

pytestmark = pytest.mark.slow

GERMAN = {
    "Employee ID": "Personalnummer", "Name": "Vollständiger Name", "E-mail": "E-Mail-Adresse", "Department": "Abteilung",
    "Job title": "Stellenbezeichnung", "Location": "Standort", "Manager ID": "Vorgesetzter",
    "Tenure (months)": "Dienstmonate", "Received": "Gesendet am", "SenderAddress": "Absender",
    "RecipientAddress": "Empfänger", "MessageId": "Nachrichten-ID",
}  # fmt: skip


def run(*words: str) -> str:
    """What the command prints; it must be done."""
    told = CliRunner().invoke(app, list(words))
    assert told.exit_code == 0, told.output
    return told.output


def renamed(old, new, encoding):
    """A file under German headings."""
    with old.open(encoding=encoding, newline="") as lines:
        head, *rows = csv.reader(lines)
    with new.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows([[GERMAN[one] for one in head], *rows])


def test_from_nothing_to_clean_tables(project):
    """Four commands and three files: every field is found, nothing is unsure, and the first chapter runs to its end."""
    shutil.copy(synthetic.HOME / "params.yaml", project)
    run("new", "acme")
    raw = project / "data" / "raw" / "acme"
    run("simulate", "--people", "30", "--weeks", "8", "--seed", "5", "--out", str(project / "made"))
    renamed(project / "made" / "staff.csv", raw / "liste.csv", "cp1252")
    renamed(project / "made" / "mail.csv", raw / "post.csv", "utf-8")
    shutil.copy(project / "made" / "survey.csv", raw / "umfrage.csv")
    before = run("check", "acme")
    assert "Next: kithwork map acme" in before
    told = run("map", "acme", "--yes")
    study = params.read().engagements["acme"]
    assert len(study.sources["staff"][0].columns) == 8
    assert set(study.sources["interactions"][0].columns) == {"ego", "alter", "at", "message"}
    assert {"nominations", "interpreters", "answers", "responses", "comments"} <= set(study.sources)
    assert [line for line in told.splitlines() if "which column" in line or "what is this file" in line] == []
    assert "Next: kithwork run acme" in run("check", "acme")
    chapter = synthetic.run_chapters("acme", ("1_clean",))["1_clean"]
    assert len(chapter["tables"]["people"]) >= 28
    assert len(chapter["tables"]["answers"]) > 300
