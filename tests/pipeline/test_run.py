"""Running one chapter, less the kernel: what is asked of a notebook, where its cells stand, and how a runner ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import synthetic
from cells import code, house, markdown, save

from kithwork.errors import Problem, UserError
from kithwork.pages import rendering
from kithwork.tables import STAGES
from pipeline import prepare, run

CHILD = """
import sys, time
from pipeline import run
run.die_with_dvc()
try:
    print("ready", file=sys.stderr, flush=True)
    time.sleep(60)
finally:
    print("cleaned up", flush=True)
"""
LATE = """
import os, sys, time
print("ready", file=sys.stderr, flush=True)
shell = os.getppid()
while open(f"/proc/{shell}/stat").read().split()[3] == sys.argv[1]:
    time.sleep(0.05)
from pipeline import run
run.die_with_dvc()
time.sleep(60)
print("went on", flush=True)
"""
"""A stage that is still loading when dvc is killed."""

PARENT = """
import os, shlex, signal, subprocess, sys
command = shlex.join([sys.executable, "-c", sys.argv[1]]) + "; true"  # so that the shell stays
child = subprocess.Popen(["sh", "-c", command], stderr=subprocess.PIPE, env=os.environ | {"DVC_STAGE": "ties@aarhus"})
child.stderr.readline()
os.kill(os.getpid(), signal.SIGKILL)
"""


def fault(folder: Path, *sources: str) -> Problem:
    """What is wrong with a notebook whose tagged cells hold this."""
    cells = [code(source, tags=["parameters"]) for source in sources]
    with pytest.raises(UserError) as caught:
        run.takes_engagement(save(folder / "2_ties.ipynb", markdown("# 2 · Ties"), *cells, code("other = 1")))
    [problem] = caught.value.problems
    assert problem.file == "notebooks/2_ties.ipynb"
    return problem


@pytest.mark.parametrize("stage", STAGES)
def test_notebooks_take_the_engagement(stage):
    """Each of the project's notebooks has its one tagged cell."""
    run.takes_engagement(synthetic.HOME / "notebooks" / f"{run.stem_of(stage)}.ipynb")


@pytest.mark.parametrize("source", ['engagement = "x"', '# which\nengagement: str = "x"', '\nengagement = (\n "x"\n)\n'])
def test_tagged_cell_may_be_written_freely(source, tmp_path):
    """With a comment, a type, over several lines: what counts is that it sets engagement."""
    run.takes_engagement(save(tmp_path / "2_ties.ipynb", code(source, tags=["keep", "parameters"])))


@pytest.mark.parametrize(("sources", "found"), [((), "0 tagged"), (('engagement = "a"', 'engagement = "b"'), "2 tagged")])
def test_one_cell_is_tagged(sources, found, tmp_path):
    """Without one the notebook's own value would win, silently: the remedy says which cell to tag."""
    problem = fault(tmp_path, *sources)
    assert problem.found == found
    assert "`parameters`" in problem.do


@pytest.mark.parametrize(
    ("source", "found", "do"),
    [
        ('engagment = "aarhus"', "engagment", "Did you mean 'engagement'?"),
        ('engagement = "aarhus"\nseed: int = 3', "seed", "read from params.yaml"),
        ('engagement, draws = "aarhus", 9', "draws", "read from params.yaml"),
        ("engagement = draws = 9", "draws", "read from params.yaml"),
    ],
)
def test_tagged_cell_sets_nothing_else(source, found, do, tmp_path):
    """A setting there would look as if it could be passed: it is named, with where settings belong."""
    problem = fault(tmp_path, source)
    assert problem.found == found
    assert do in problem.do


@pytest.mark.parametrize("source", ["", "# engagement = 1", "print(engagement)", "settings.engagement = 1"])
def test_tagged_cell_sets_engagement(source, tmp_path):
    """A tagged cell that does not set it could not be told which study to read."""
    assert "does not set engagement" in fault(tmp_path, source).what


def test_tagged_cell_is_python(tmp_path):
    """A slip of the pen is told as such, with what Python says of it."""
    problem = fault(tmp_path, 'engagement = "aarhus')
    assert "not Python" in problem.what
    assert "line 1" in problem.found


def test_unknown_stage_is_told_the_nearest():
    """`tie` is not a stage; `ties` is."""
    assert [run.stem_of(stage) for stage in STAGES] == list(rendering.STEMS.values())
    with pytest.raises(UserError, match=r"is not a stage \(found: tie\)\. Did you mean 'ties'"):
        run.stem_of("tie")


def test_cells_stand_under_the_heading_before_them():
    """Code cells are counted, each with the last heading above it, of whatever level; prose between changes nothing."""
    cells = [
        code("0"),
        markdown("# 2 · Ties\n\n**What?**"),
        code("1"),
        markdown("## Load\n\ntext\n\n### In short"),
        code("2"),
        markdown("no heading here, and #none there"),
        code("3"),
    ]
    assert run.headings(cells) == {
        0: (1, 4, "start"),
        2: (2, 4, "2 · Ties"),
        4: (3, 4, "In short"),
        6: (4, 4, "In short"),
    }


@pytest.mark.parametrize(("stage", "engagement"), [("ties", "nobody"), ("tie", "synthetic"), ("ties", "synthetic")])
def test_what_is_wrong_before_a_run_leaves_the_old_report_alone(stage, engagement, project):
    """An unknown study or stage, or a notebook that cannot take the study: no page is marked, no kernel is started."""
    house(project)
    save(prepare.copy_of("2_ties"), markdown("# 2 · Ties"), code("1"))
    page = project / "reports" / engagement / "index.html"
    rendering.write(page, "<!--stale-->")
    with pytest.raises(UserError):
        run.run(stage, engagement)
    assert page.read_text(encoding="utf-8") == "<!--stale-->"
    assert not (project / "build" / "executed").exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="looks up who a process belongs to as Linux tells it")
def test_runner_dies_with_a_dvc_that_was_killed_before_it_looked():
    """Whoever the shell between them belongs to then is not taken for dvc."""
    parent = PARENT.replace("sys.argv[1]]", "sys.argv[1], str(os.getpid())]")
    command = [sys.executable, "-c", parent, LATE]
    told = {"stdout": subprocess.PIPE, "text": True, "cwd": synthetic.HOME, "start_new_session": True}
    done = subprocess.run(command, timeout=50, check=False, **told)
    assert done.returncode == -signal.SIGKILL
    assert done.stdout == ""


def test_runner_dies_with_dvc():
    """A dvc killed outright takes the runner with it past the shell between them, and the runner still cleans up."""
    command = [sys.executable, "-c", PARENT, CHILD]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=synthetic.HOME, timeout=30, check=False)
    assert done.returncode == -signal.SIGKILL
    assert done.stdout == "cleaned up\n"  # all of it: nobody is left who holds the other end
