"""JupyterLab as an analyst meets it: how soon it is there, what fails in its notebooks, and what it asks of a network.

    make bench-lab

A Lab is started as `make lab` starts it, on a copy of the project in which the aarhus study was run, with a broken kernel
of its user's beside the environment's own. Each chapter and each notebook of `notebooks/explore/` is opened in Chromium and
runs all its cells. Requests out are the browser's, and what the server and its kernels turn to on other machines.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import benchmarks.sampled  # noqa: F401  puts the tests' own modules in reach
from benchmarks import studies
from benchmarks.figures import Figure, publish

import labs  # isort: skip

ENGAGEMENT = "aarhus"


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = studies.copied(Path(folder) / "study")
        studies.dvc(root, "repro", f"report@{ENGAGEMENT}")
        found = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        return publish("lab", measured(root, Path(folder) / "lab", browser))


def measured(root: Path, place: Path, browser: Browser) -> list[Figure]:
    """The figures of one Lab on a project that was run."""
    books = sorted(path.relative_to(root).as_posix() for path in (root / "notebooks").rglob("*.ipynb"))
    opening, changed, failed = [], 0, 0
    with labs.running(root, place) as lab:
        for book in books:
            page, seconds = lab.opened(browser, book)
            page.wait_for_timeout(1000)
            opening.append(seconds)
            changed += page.locator(".lm-TabBar-tab.jp-mod-dirty").count()
            saved = lab.run(page, book)
            failed += bool(labs.errors(saved)) or not all(
                cell.execution_count for cell in saved.cells if cell.cell_type == "code"
            )
            page.context.close()
        asked = [fault for fault in lab.faults if fault.startswith("foreign")] + lab.outside()
        said = len(lab.faults) + len(lab.outside()) - len(asked)
        ready = lab.ready
    return [
        Figure("from the command to a Lab that answers", (ready,), "s"),
        Figure("from an address to a notebook with its kernel at rest", tuple(opening), "s"),
        Figure("notebooks that were run in the browser", (len(books),), "notebooks"),
        Figure("of them, with an error or not to their end", (failed,), "notebooks", 0, "exactly"),
        Figure("of them, changed by being opened", (changed,), "notebooks", 0, "exactly"),
        Figure("errors in the browser's console", (said,), "errors", 0, "exactly"),
        Figure("requests to other machines", (len(asked),), "requests", 0, "exactly"),
    ]


if __name__ == "__main__":
    sys.exit(main())
