"""A JupyterLab of its own and a browser on it: what tests and benchmarks do there, and everything that went wrong.

The Lab is that of `make lab`, with a home of its own, in which somebody has left a `python3` kernel that does not start.
Its server and its kernels carry an ear that writes down each address they turn to, other than this machine's own.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import nbformat
import nbformat.reader
from playwright.sync_api import Browser, Page

HOME = Path(__file__).resolve().parents[1]
TOKEN = "of-the-tests"
BROKEN = {"argv": ["no-such-python", "{connection_file}"], "display_name": "Mine", "language": "python"}
EAR = """
import os, sys

def heard(event, told):
    if event != "socket.connect" or not isinstance(told[1], tuple):
        return
    if not str(told[1][0]).startswith(("127.", "::1", "localhost", "0.0.0.0")):
        with open(os.environ["KITHWORK_HEARD"], "a") as file:
            print(*told[1][:2], file=file)

sys.addaudithook(heard)
"""
READY, RUN = 120, 300
"""Seconds that Lab may take to start or to open a notebook, and a notebook to run."""


@dataclass
class Lab:
    """A running Lab: the folder it works in, its address, how long it took to answer, and what was turned to outside."""

    root: Path
    address: str
    ready: float
    heard: Path
    faults: list[str] = field(default_factory=list)

    def outside(self) -> list[str]:
        """Addresses of other machines that the server or a kernel turned to."""
        return self.heard.read_text(encoding="utf-8").splitlines() if self.heard.exists() else []

    def opened(self, browser: Browser, book: str) -> tuple[Page, float]:
        """A notebook, open with its kernel at rest, and the seconds that took."""
        page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", lambda said: self.faults.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("request", self._look)
        started = time.monotonic()
        page.goto(f"{self.address}/lab/tree/{book}?reset&token={TOKEN}")
        page.wait_for_selector(".jp-Notebook", timeout=READY * 1000)
        page.wait_for_selector('.jp-NotebookPanel-toolbar .jp-KernelName:has-text("Python")', timeout=READY * 1000)
        page.wait_for_selector(
            '.jp-Notebook-ExecutionIndicator[data-status="idle"]', state="attached", timeout=READY * 1000
        )
        return page, time.monotonic() - started

    def run(self, page: Page, book: str) -> nbformat.NotebookNode:
        """The notebook as Lab saved it, after Run All Cells came to its end or to an error."""
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        until = time.monotonic() + RUN
        while True:
            page.wait_for_timeout(500)
            page.keyboard.press("Control+s")
            page.wait_for_timeout(500)
            with suppress(nbformat.reader.NotJSONError):  # half written
                saved = nbformat.reads((self.root / book).read_text(encoding="utf-8"), as_version=4)
                cells = [cell for cell in saved.cells if cell.cell_type == "code"]
                if all(cell.execution_count for cell in cells) or errors(saved) or time.monotonic() > until:
                    return saved

    def _look(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"foreign: {request.url}")


def errors(book: nbformat.NotebookNode) -> list[str]:
    """What failed in a notebook, in its own words."""
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    return [f"{one.ename}: {one.evalue}" for one in outputs if one.output_type == "error"]


@contextmanager
def running(root: Path, place: Path) -> Iterator[Lab]:
    """Lab on a project folder; what it keeps for itself lies in `place`."""
    kernel = place / "data" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps(BROKEN), encoding="utf-8")
    (place / "sitecustomize.py").write_text(EAR, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    paths = [str(place), str(HOME), str(HOME / "src")]
    around = os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "KITHWORK_HEARD": str(place / "heard"),
        "JUPYTER_CONFIG_DIR": str(place / "config"),
        "JUPYTER_DATA_DIR": str(place / "data"),
        "JUPYTER_RUNTIME_DIR": str(place / "runtime"),
        "IPYTHONDIR": str(place / "ipython"),
    }
    words = ["--no-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"]
    words += ["--allow-root", "--ip=127.0.0.1"]
    started, address = time.monotonic(), f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "pipeline", "lab", *words]
    with (place / "log").open("w") as log:
        lab = subprocess.Popen(command, cwd=root, env=around, stdout=log, stderr=log)
    try:
        while not _answers(address):
            assert lab.poll() is None, (place / "log").read_text(encoding="utf-8")
            assert time.monotonic() - started < READY, "Lab does not answer"
            time.sleep(0.1)
        yield Lab(root, address, time.monotonic() - started, place / "heard")
    finally:
        lab.terminate()
        lab.wait(30)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/api?token={TOKEN}", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
