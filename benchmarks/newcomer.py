"""A new client, scripted: what a newcomer types, how long it takes, what is guessed rightly, and what has to be asked.

    make bench-newcomer

The client is simulated, 60 people for eight weeks; its staff list comes with German headings, its mail with French ones,
its survey as the tool exports it. All commands run in a fresh copy of the project, whose environment is there. Beside it,
how much of the labelled headings in six languages is right without asking (`tests/headed.py`), and of headings put down
after the synonyms were finished. A field counts as wrong where another column was taken for it without asking.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from benchmarks import studies
from benchmarks.figures import Figure, publish
from benchmarks.sampled import headed
from kithwork.arrival import folder, questions
from kithwork.cli import VERBS

STUDY = "acme"
STAFF = {
    "Employee ID": ("Personalnummer", "person"), "Name": ("Vollständiger Name", "name"),
    "E-mail": ("E-Mail-Adresse", "email"),
    "Department": ("Abteilung", "unit"), "Job title": ("Stellenbezeichnung", "role"), "Location": ("Standort", "site"),
    "Manager ID": ("Vorgesetzter", "manager"), "Tenure (months)": ("Betriebszugehörigkeit (Monate)", "tenure_months"),
}  # fmt: skip
MAIL = {
    "Received": ("Reçu le", "at"), "SenderAddress": ("Expéditeur", "ego"), "RecipientAddress": ("Destinataire", "alter"),
    "MessageId": ("ID message", "message"),
}  # fmt: skip
SURVEY = ("nominations", "interpreters", "answers", "responses", "comments")
"""The client's headings by the simulated ones, each with its field; and what its survey holds."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as place:
        root = studies.copied(Path(place) / "project")
        seconds, told = session(root)
        entry = yaml.safe_load((root / "params.yaml").read_text(encoding="utf-8"))["engagements"][STUDY]
        right, wrong, whole = compared(entry["sources"])
        assert (root / "reports" / STUDY / "index.html").is_file()
    labelled, unseen = (learned(tables) for tables in (headed.TABLES, headed.UNSEEN))
    return publish("newcomer", [
        Figure("commands from nothing to a report", (len(seconds),), "commands", 6),
        Figure("from nothing to a report, files at hand", (sum(seconds.values()) / 60,), "minutes", 10),
        *(Figure(f"of these: {words}", (spent,), "s") for words, spent in seconds.items()),
        Figure("fields of the client right without asking", (right / whole,), "share", 0.95, "at least"),
        Figure("fields of the client wrong silently", (wrong,), "fields", 0, "exactly"),
        Figure("questions left open", (len(told["unsure"]),), "questions"),
        Figure("labelled headings right without asking", (labelled[0],), "share", 0.95, "at least"),
        Figure("labelled headings wrong silently", (labelled[1],), "columns", 0, "exactly"),
        Figure("unseen headings right without asking", (unseen[0],), "share"),
        Figure("unseen headings wrong silently", (unseen[1],), "columns", 0, "exactly"),
    ])  # fmt: skip


def session(root: Path) -> tuple[dict[str, float], dict]:
    """The commands in order with their seconds, and what `map` said."""
    seconds: dict[str, float] = {}

    def typed(*words: str, called: str = "", status: int = 0) -> str:
        started = time.monotonic()
        surroundings = studies.environment() | {
            "PYTHONPATH": str(root / "src"),
            "KITHWORK_KEY_FILE": str(root.with_suffix(".key")),
        }
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=root, env=surroundings, capture_output=True, text=True, check=False
        )
        if done.returncode != status:
            raise SystemExit(
                f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
            )
        seconds[called or " ".join(words)] = time.monotonic() - started
        return done.stdout

    typed("kithwork", "new", STUDY)
    dropped(root / "data" / "raw" / STUDY)
    typed("kithwork", "check", STUDY, called="kithwork check, before")
    told = json.loads(typed("kithwork", "map", STUDY, "--yes", "--json"))
    typed("kithwork", "check", STUDY, called="kithwork check, after")
    if "run" in VERBS:
        typed("kithwork", "run", STUDY)
    else:
        typed("dvc", "repro", f"publish@{STUDY}")
    return seconds, told


def dropped(raw: Path) -> None:
    """The client's three files, under headings unlike ours."""
    with tempfile.TemporaryDirectory() as made:
        made = Path(made)
        words = ["--people", "60", "--weeks", "8", "--seed", "12", "--out", str(made / "files")]
        subprocess.run([sys.executable, "-m", "kithwork", "simulate", *words], check=True, **studies.QUIET)
        renamed(made / "files" / "staff.csv", raw / "Mitarbeiter.csv", STAFF, "cp1252")
        renamed(made / "files" / "mail.csv", raw / "courriels.csv", MAIL, "utf-8")
        (raw / "umfrage.csv").write_bytes((made / "files" / "survey.csv").read_bytes())


def renamed(old: Path, new: Path, headings: dict[str, tuple[str, str]], encoding: str) -> None:
    """A file with other headings."""
    with old.open(encoding=encoding, newline="") as lines:
        head, *rows = csv.reader(lines)
    with new.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([[headings[one][0] for one in head], *rows])


def compared(sources: dict) -> tuple[int, int, int]:
    """Fields right, wrong, and all there are; each source of the survey counts as one."""
    found = {}
    for source, spec in (("staff", STAFF), ("interactions", MAIL)):
        columns = sources.get(source, {}).get("columns", {})
        found |= {(source, field): (heading, columns.get(field)) for heading, field in spec.values()}
    found |= {("survey", one): ("umfrage.csv", sources.get(one, {}).get("file")) for one in SURVEY}
    right = sum(wanted == got for wanted, got in found.values())
    wrong = sum(got not in (None, wanted) for wanted, got in found.values())
    return right, wrong, len(found)


def learned(tables: tuple[headed.Headed, ...]) -> tuple[float, int]:
    """The share of fields of labelled tables taken rightly without asking, and the columns taken wrongly."""
    right = wrong = whole = 0
    for table in tables:
        with tempfile.TemporaryDirectory() as place:
            there = Path(place)
            (there / table.file).write_text(table.text(), encoding="utf-8")
            if table.source != "staff":
                (there / headed.TABLES[0].file).write_text(headed.TABLES[0].text(), encoding="utf-8")
            looked, _ = folder.looked_at(there, folder.files(there), questions.Noted(questions.by_leaving))
            readings = next(one for one in looked if one.name == table.file).readings
        got = readings[0].columns if readings else {}
        same = readings and readings[0].source == table.source
        hits = sum(got.get(field) == heading for field, heading in table.fields.items()) if same else 0
        right, whole, wrong = right + hits, whole + len(table.fields), wrong + len(got) - hits
    return right / whole, wrong


if __name__ == "__main__":
    sys.exit(main())
