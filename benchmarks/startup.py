"""How long the road takes: from a fresh clone to the reports, from nothing to one report, and with nothing to do.

    make bench-startup

The first figure installs everything, so it needs a package registry and some minutes. A stage's own work is what its
cells take when they are run a second time in one process, imports done; the rest of its time is Python, kernel, imports,
papermill and dvc. How that compares to the least it could be is another figure (`make bench-overhead`).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import overhead, studies
from benchmarks.figures import Figure, publish
from kithwork import params
from kithwork.tables import STAGES

ENGAGEMENT = "aarhus"


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures = [Figure("fresh clone to all reports, installation included", (fresh(),), "s", 360)]
    with tempfile.TemporaryDirectory() as folder:
        root = studies.copied(Path(folder) / "study")
        from_nothing = []
        for _ in range(3):
            studies.forget(root)
            from_nothing.append(studies.dvc(root, "repro", f"publish@{ENGAGEMENT}"))
        studies.dvc(root, "repro")
        nothing = tuple(studies.dvc(root, "repro") for _ in range(7))
        figures += [
            Figure(f"{ENGAGEMENT} from nothing, environment present", tuple(from_nothing), "s", 45),
            Figure("a run with nothing to do", nothing, "s", 2),
            *(share(root, stage) for stage in STAGES),
        ]
    return publish("startup", figures)


def fresh() -> float:
    """Seconds that `make report` takes in a new clone without an environment or cache, in a path with a space."""
    with tempfile.TemporaryDirectory() as folder:
        root = studies.copied(Path(folder) / "a study")
        studies.forget(root)
        started = time.monotonic()
        python = f"PYTHON={Path(sys.base_prefix) / 'bin' / 'python3'}"
        subprocess.run(["make", "-C", str(root), python, "report"], check=True, **studies.QUIET)
        spent = time.monotonic() - started
        expected = sorted(["index.html", *(f"{name}/index.html" for name in params.read().engagements)])
        found = sorted(path.relative_to(root / "reports").as_posix() for path in (root / "reports").rglob("index.html"))
        assert found == expected, found
        return spent


def share(root: Path, stage: str) -> Figure:
    """Per cent of a stage's time that is not its own work, over three runs."""
    found = []
    for _ in range(3):
        whole = studies.dvc(root, "repro", "--force", "--single-item", f"{stage}@{ENGAGEMENT}")
        own, _ = overhead.own(root, stage, ENGAGEMENT)
        found.append(100 * (1 - own / whole))
    return Figure(f"share of stage {stage} that is not its own work", tuple(found), "%")


if __name__ == "__main__":
    sys.exit(main())
