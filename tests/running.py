"""A copy of the project that tests run as a person would: the commands typed there, and what each run left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import synthetic
import yaml

from benchmarks import studies

FEWER = {
    "ties": {"draws": 100},
    "people": {"resamples": 20, "most_segments": 2},
    "values": {"resamples": 200},
    "change": {"resamples": 200, "permutations": 199, "worlds": 100},
}
"""Resamples that make a run quick; the steps are those of a real one."""


class Running:
    """A copy of the project at `root`, with these settings and fewer resamples."""

    def __init__(self, root: Path, params: dict) -> None:
        self.root, self.params = root, params
        self.environment = studies.environment() | {"KITHWORK_KEY_FILE": str(synthetic.key(root))}
        for section, values in FEWER.items():
            self.params[section] |= values
        self.write_params()

    def write_params(self) -> None:
        """Put the settings where the project reads them."""
        (self.root / "params.yaml").write_text(yaml.safe_dump(self.params, sort_keys=False), encoding="utf-8")

    def python(self, *words: str, **environment: str) -> subprocess.CompletedProcess:
        """`python -m …` in the copy."""
        command = [sys.executable, "-m", *words]
        settings = {"cwd": self.root, "env": self.environment | environment, "capture_output": True, "text": True}
        return subprocess.run(command, check=False, **settings)

    def report(self) -> SimpleNamespace:
        """What `make report` does: status, both streams, stages that were run, files and when they were written."""
        done = self.python("pipeline", "repro")
        log = (self.root / "build" / "dvc.log").read_text(encoding="utf-8")
        ran = [line.split("'")[1] for line in log.splitlines() if line.startswith("Running stage")]
        written = {name: (self.root / name).stat().st_mtime_ns for name in studies.published(self.root)}
        seen = {"status": done.returncode, "out": done.stdout, "err": done.stderr, "ran": ran, "written": written}
        return SimpleNamespace(**seen, files=studies.published(self.root))
