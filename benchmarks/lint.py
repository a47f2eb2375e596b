"""Whether the linter bites: of seeded faults how many it finds, and cries over nothing else; and how long it takes.

    make bench-lint                     the reports of this folder
    make bench-lint FOLDERS="one two"   other finished folders

Seeded: a finished folder without fault (tests/lint/finished.py), spoilt in one place at a time (tests/lint/seeded.py). A
fault is found where the check that is meant reports it, and found alone where no other check does. False alarms: faults
told of the reports as they are made, which are meant to have none.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.figures import Figure, publish
from benchmarks.sampled import synthetic

sys.path.insert(0, str(synthetic.HOME / "tests" / "lint"))

import finished
import seeded

from kithwork import lint, params
from kithwork.lint.checks import CHECKS, faults

DEMO = "demo"
RUNS = 3


def main(folders: list[Path]) -> int:
    """Measure all of it; 1 if a goal is missed."""
    reported = [_reported(seed) for seed in seeded.SEEDS]
    meant = [seed.check for seed in seeded.SEEDS]
    found = sum(check in names for check, names in zip(meant, reported, strict=True))
    alone = sum({check} == names for check, names in zip(meant, reported, strict=True))
    of = f"of {len(meant)} seeded faults"
    figures = [
        Figure("checks", (float(len(CHECKS)),), "checks"),
        Figure("checks with a seeded fault", (float(len(set(meant))),), "checks", float(len(CHECKS)), "exactly"),
        Figure(f"{of}: found by the check meant", (float(found),), "faults", float(len(meant)), "exactly"),
        Figure(f"{of}: found by it alone", (float(alone),), "faults", float(len(meant)), "exactly"),
    ]
    for folder in folders:
        pages, told = len(list(folder.rglob("*.html"))), lint.lint(folder)
        for fault in told:
            print(fault, file=sys.stderr)
        name = f"{folder.name}, {pages} pages: faults told"
        figures.append(Figure(name, (float(len(told)),), "faults", 0, "exactly"))
        if (folder / DEMO).is_dir():
            figures.append(
                Figure(f"{folder.name}/{DEMO}, seconds", tuple(_seconds(folder / DEMO) for _ in range(RUNS)), "s", 30)
            )
    return publish("lint", figures)


def _reported(seed: seeded.Seed) -> set[str]:
    """The checks that report a page with one seeded fault."""
    site = finished.site(**{seed.page: seed.harm(finished.pages()[seed.page])})
    return {fault.check.replace(" ", "_") for fault in faults(site.pages[seed.page], site)}


def _seconds(folder: Path) -> float:
    began = time.perf_counter()
    lint.lint(folder)
    return time.perf_counter() - began


if __name__ == "__main__":
    raise SystemExit(main([Path(one) for one in sys.argv[1:]] or [params.ROOT / "reports"]))
