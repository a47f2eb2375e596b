"""What a stage takes beyond its own work, beside the least it could: a bare kernel that starts and imports the same.

    make bench-overhead

A chapter's own work is what its cells take when they are run a second time in one process, imports done. The least is a
Python that starts a kernel by jupyter_client, lets it import every module that the chapter's cells load, lazily or not, in
the order they load them, and ends it. All three are measured in turn, so that a busy machine slows them alike.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import studies
from benchmarks.figures import Figure, publish
from kithwork.pages import rendering
from kithwork.tables import STAGES

ENGAGEMENT = "aarhus"
GOAL = 1.3
TWICE = """
import json, sys, time
import IPython, ipykernel.kernelapp, matplotlib_inline.backend_inline
before = set(sys.modules)
import matplotlib; matplotlib.use("agg")
cells = [cell for cell in json.load(open(sys.argv[1]))["cells"] if cell["cell_type"] == "code"]
tagged = lambda cell: "parameters" in cell["metadata"].get("tags", [])
space = {"engagement": sys.argv[2]}
for _ in range(2):
    started = time.monotonic()
    for cell in cells:
        if not tagged(cell):
            exec("".join(cell["source"]), space)
    spent = time.monotonic() - started
print(json.dumps([spent, [name for name in sys.modules if name not in before and name != "__mp_main__"]]))
"""
BARE = """
import json, sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3", extra_arguments=["--log-level=CRITICAL"])
names = json.load(sys.stdin)
client.execute_interactive(
    f"import contextlib, importlib\\nfor name in {names!r}:\\n"
    "    with contextlib.suppress(Exception):\\n        importlib.import_module(name)"
)
client.stop_channels()
manager.shutdown_kernel(now=True)
"""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        root = studies.copied(Path(folder) / "study")
        studies.dvc(root, "repro", f"report@{ENGAGEMENT}")
        return publish("overhead", [figure(root, stage, ENGAGEMENT) for stage in STAGES])


def own(root: Path, stage: str, engagement: str) -> tuple[float, list[str]]:
    """Seconds of a chapter's own work, and the modules that its cells load."""
    command = [sys.executable, "-c", TWICE, f"notebooks/{rendering.STEMS[stage]}.ipynb", engagement]
    told = subprocess.run(command, cwd=root, env=studies.environment(), capture_output=True, text=True, check=True)
    spent, names = json.loads(told.stdout.splitlines()[-1])
    return spent, names


def figure(root: Path, stage: str, engagement: str, runs: int = 3) -> Figure:
    """The ratio of what a stage takes beyond its work to the least it could, over some runs."""
    found = []
    for _ in range(runs):
        spent, names = own(root, stage, engagement)
        least = _seconds(root, [sys.executable, "-c", BARE], json.dumps(names))
        whole = _seconds(root, [sys.executable, "-m", "pipeline", "run", stage, engagement])
        found.append((whole - spent) / least)
    return Figure(f"stage {stage} beyond its own work, to a bare kernel with the same imports", tuple(found), "times", GOAL)


def _seconds(root: Path, command: list[str], said: str = "") -> float:
    started = time.monotonic()
    subprocess.run(command, cwd=root, env=studies.environment(), input=said, text=True, check=True, **studies.QUIET)
    return time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
