"""The pipeline as a process of its own: what runs stages needs dvc, which no verb imports."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import typer

from kithwork import params
from kithwork.errors import Problem, UserError


def status_of(*words: str) -> int:
    """Run `python -m pipeline …` on this terminal; its status. Ctrl-C is the pipeline's to answer. Raises `UserError`."""
    with subprocess.Popen(_command(words), cwd=params.ROOT) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def answer_of(*words: str) -> Any:
    """What `python -m pipeline …` prints, read as JSON; ends with 1 where it fails, having told why. Raises `UserError`."""
    done = subprocess.run(_command(words), cwd=params.ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        raise typer.Exit(1)
    return json.loads(done.stdout)


def _command(words: tuple[str, ...]) -> list[str]:
    if not (params.ROOT / "pipeline" / "__main__.py").is_file():
        do = "Go into the folder that holds params.yaml, dvc.yaml and pipeline/, and run this there."
        raise UserError(Problem("is missing, so nothing can be run", "pipeline/", do, found=f"in {params.ROOT.name}/"))
    return [sys.executable, "-m", "pipeline", *words]
