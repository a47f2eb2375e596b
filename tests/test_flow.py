"""The whole pipeline in a copy of the project: what a run leaves, what a second one does, and what happens when one fails.

One fixture goes through the days of a study, once; each test then promises one thing about what was seen.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import synthetic
from running import Running

from benchmarks import studies
from benchmarks.interruption import inside
from kithwork.engagement import SYNTHETIC
from kithwork.pages import rendering
from kithwork.tables import STAGES

pytestmark = pytest.mark.slow


class Study(Running):
    """A copy with two engagements, `aarhus` and a synthetic one."""

    def __init__(self, root: Path) -> None:
        studies.copied(root)
        studies.forget(root)
        rows = synthetic.tables()
        for source, lines in rows.items():
            synthetic.write(root / "data" / "raw" / "synthetic" / f"{source}.csv", lines)
        settings = synthetic.committed()
        sources = {source: {"file": f"{source}.csv"} for source in rows}
        other = synthetic.settings_of(sources, synthetic.SIGNS, {"synthetic": True})["engagements"]
        settings["engagements"] = {"aarhus": settings["engagements"]["aarhus"]} | other
        super().__init__(root, settings | {"simulations": {}})


@pytest.fixture(scope="module")
def days(tmp_path_factory) -> SimpleNamespace:
    """A study from its first run on, day by day."""
    study = Study(tmp_path_factory.mktemp("flow") / "a study")
    seen = SimpleNamespace(study=study, first=study.report(), again=study.report())

    study.params["change"]["starters"] = 11
    study.write_params()
    seen.more_starters = study.report()

    path = study.root / "notebooks" / "2_ties.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    for number, cell in enumerate(cell for cell in book["cells"] if cell["cell_type"] == "code"):
        cell["execution_count"] = number
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["seen\n"]}]
    path.write_text(json.dumps(book), encoding="utf-8")
    seen.saved_notebook = study.report()

    relations = study.root / "data" / "raw" / "aarhus" / "relations.csv"
    sound = relations.read_text(encoding="utf-8")
    relations.write_text(sound + "U1,U999,work\n", encoding="utf-8")
    study.params["engagements"]["synthetic"]["title"] = "A new title"
    study.write_params()
    seen.stranger = study.report()
    half_run = [path for path in (study.root / "build").rglob("*") if path.is_file()]
    seen.quoted = [path.name for path in half_run if b"U999" in path.read_bytes()]

    relations.write_text(sound, encoding="utf-8")
    seen.mended = study.report()

    study.params["ties"]["seed"] += 1
    study.write_params()
    run = subprocess.Popen([sys.executable, "-m", "dvc", "repro"], cwd=study.root, env=study.environment, **studies.QUIET)
    started = study.root / "build" / "executed" / "aarhus" / "2_ties.ipynb"
    before = started.stat().st_mtime_ns
    while started.stat().st_mtime_ns == before and run.poll() is None:
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait()
    seen.page_after_kill = (study.root / "reports" / "aarhus" / "index.html").read_text(encoding="utf-8")
    time.sleep(5)
    seen.survivors = inside(study.root)
    seen.after_kill = study.report()

    study.params["ties"]["seed"] -= 1
    study.write_params()
    seen.back = study.report()
    return seen


def test_first_run_publishes_every_engagement(days):
    """Status 0; a report, its public edition, pages of groups and chapters, the list and the codebook are there."""
    assert days.first.status == 0, days.first.err
    chapters = {f"chapters/{stem}.html" for stem in rendering.STEMS.values()}
    for name in ("aarhus", "synthetic"):
        found = {path.split("/", 2)[2] for path in days.first.files if path.startswith(f"reports/{name}/")}
        groups = {path for path in found if path.startswith("groups/")}
        assert groups
        assert found == chapters | groups | {"index.html", "public.html"}
    assert {"reports/index.html", "reports/codebook.html"} <= set(days.first.files)


def test_only_the_synthetic_engagement_is_called_so(days):
    """Each page of it, its document and what is printed of it say that nobody there exists; no other page does."""
    pages_of = {path: content for path, content in days.first.files.items() if path.startswith("reports/")}
    labelled = {path for path, content in pages_of.items() if SYNTHETIC.encode() in content}
    assert labelled == {"reports/index.html", *(path for path in pages_of if path.startswith("reports/synthetic/"))}
    assert pages_of["reports/index.html"].count(SYNTHETIC.encode()) == 1
    told = days.first.out.split("\n\n")
    assert [SYNTHETIC in part for part in told if part.split()[0] in ("aarhus", "synthetic")] == [False, True]


def test_every_stage_runs_once_for_each_engagement(days):
    """Nothing is left out and nothing is done twice."""
    expected = {f"{stage}@{name}" for stage in (*STAGES, "publish") for name in ("aarhus", "synthetic")}
    assert set(days.first.ran) == expected | {"prepare", "index"}
    assert len(days.first.ran) == len(expected) + 2


def test_run_ends_with_what_each_report_says(days):
    """Title, three lines and the place of each report; where nobody exists, that comes first."""
    told = days.first.out.strip().split("\n\n")
    assert [block.splitlines()[0].split()[0] for block in told[:2]] == ["aarhus", "synthetic"]
    for block, lines in zip(told[:2], (5, 6), strict=True):
        assert len(block.splitlines()) == lines
        assert "n = " in block
    assert "reports/aarhus/index.html" in told[0]


def test_progress_is_one_plain_line_a_cell(days):
    """Without a terminal each code cell says stage, cell, heading and seconds; nothing else is said."""
    lines = days.first.err.splitlines()
    assert all(" stage " in line and " cell " in line and line.endswith(" s") for line in lines), lines
    assert any(line.startswith("aarhus  stage 2 of 7: ties  cell 4 of ") for line in lines)


def test_second_run_does_nothing(days):
    """No stage runs, no file is written, and the same is said of the reports."""
    assert days.again.status == 0
    assert days.again.ran == []
    assert days.again.written == days.first.written
    assert days.again.out == days.first.out


def test_changed_setting_reruns_only_what_reads_it(days):
    """More starters: the change chapters, the reports and their pages, and no chapter before them."""
    stages = {name.split("@")[0] for name in days.more_starters.ran}
    assert stages == {"prepare", "change", "report", "publish", "index"}


def test_saved_notebook_changes_nothing(days):
    """A notebook that was run and saved in JupyterLab reruns no chapter."""
    assert days.saved_notebook.ran == ["prepare"]
    assert days.saved_notebook.files == days.more_starters.files


def test_failure_is_told_in_few_lines(days):
    """At most ten lines: notebook, heading, file, row, column, what was found, what to do, the half-run notebook."""
    said = [line for line in days.stranger.err.splitlines() if " cell " not in line]
    assert days.stranger.status == 1
    assert len(said) <= 10
    text = "\n".join(said)
    assert "notebooks/1_clean.ipynb, under 'Work'" in text
    assert "data/raw/aarhus/relations.csv, row 622, column to: is not on the staff list (found: U999)" in text
    assert "Add the person there, or correct the id." in text
    assert "build/executed/aarhus/1_clean.ipynb" in text
    assert "Traceback" not in text


def test_what_was_found_in_raw_files_is_not_kept(days):
    """The message quotes the stranger on the screen; no half-run notebook or log under build/ holds the name."""
    assert days.quoted == []


def test_failure_of_one_engagement_keeps_no_other_from_its_report(days):
    """The synthetic study gets its new title although aarhus failed, and only it is told of."""
    assert "A new title" in days.stranger.out
    assert "reports/aarhus" not in days.stranger.out
    assert b"A new title" in days.stranger.files["reports/synthetic/index.html"]


def test_old_report_is_marked_stale_after_a_failure(days):
    """Every page of the failed engagement, and the list of reports, says that it shows an older run."""
    stale = {name for name, content in days.stranger.files.items() if b'class="stale"' in content}
    expected = {name for name in days.first.files if name.startswith("reports/aarhus/")} | {"reports/index.html"}
    assert stale == expected


def test_nothing_half_written_is_left_by_a_failure(days):
    """The chapter that failed left no table, and no file is unfinished."""
    assert not any(name.startswith("data/clean/aarhus/") for name in days.stranger.files)
    assert not [path for path in days.study.root.rglob("*.unfinished")]


def test_mended_data_bring_the_same_report_back(days):
    """Once the row is gone the report is what it was before, byte by byte, and not stale."""
    assert days.mended.status == 0
    before = {name: content for name, content in days.saved_notebook.files.items() if "/aarhus/" in name}
    assert {name: content for name, content in days.mended.files.items() if "/aarhus/" in name} == before
    assert b"A new title" in days.mended.files["reports/index.html"]
    assert b'class="stale"' not in days.mended.files["reports/index.html"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_killed_run_leaves_no_process_and_no_report_that_looks_current(days):
    """SIGKILL to dvc ends runner and kernel too, and the report was marked before."""
    assert days.survivors == []
    assert 'class="stale"' in days.page_after_kill


def test_run_after_a_kill_repairs_itself(days):
    """The next run ends well; with the old seed back, every file is what it was."""
    assert days.after_kill.status == 0
    assert days.after_kill.files != days.mended.files
    assert days.back.status == 0
    assert days.back.files == days.mended.files


def test_raw_ids_stay_in_raw(days):
    """No table, page or chapter holds an id of the synthetic client, nor does anything under build/."""
    kept = {name: content for name, content in days.back.files.items() if not name.startswith("data/raw/")}
    for path in (days.study.root / "build").rglob("*"):
        if path.is_file():
            kept[str(path)] = path.read_bytes()
    assert len(kept) > 60
    assert [name for name, content in kept.items() if b"synthetic-person" in content] == []


def test_dvc_itself_agrees_that_all_is_done(days):
    """`dvc repro`, typed by an analyst after `make report`, has nothing left to do."""
    done = days.study.python("dvc", "repro")
    assert done.returncode == 0
    assert "Data and pipelines are up to date." in done.stdout


def test_fault_in_a_notebook_is_told_in_few_lines(days, tmp_path):
    """An exception in a consultant's cell: its name and heading in at most ten lines, the traceback only when asked for."""
    path = days.study.root / "build" / "notebooks" / "5_market.ipynb"
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("print(f", "print(1 / 0, f"), encoding="utf-8")
    try:
        plain = days.study.python("pipeline", "run", "market", "aarhus")
        asked = days.study.python("pipeline", "run", "market", "aarhus", KITHWORK_TRACEBACK="1")
    finally:
        path.write_text(sound, encoding="utf-8")
    said = [line for line in plain.stderr.splitlines() if " cell " not in line or "Stopped" in line]
    assert plain.returncode == 1
    assert len(said) <= 10
    assert "notebooks/5_market.ipynb, under 'Look'" in said[0]
    assert "ZeroDivisionError: division by zero" in plain.stderr
    assert "Traceback" not in plain.stderr
    assert "Traceback" in asked.stderr
