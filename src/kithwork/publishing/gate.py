"""What the audit and the linter find in a folder that is about to be published: any finding refuses it."""

from __future__ import annotations

from pathlib import Path

from kithwork.errors import Problem
from kithwork.pages.fault import Fault


def problems(folder: Path, engagement: str) -> list[Problem]:
    """Each finding of the privacy of one engagement's pages in a folder, and of their quality."""
    from kithwork.audit import audit
    from kithwork.lint import lint

    found = [*audit.audit([folder / engagement], engagement).faults, *lint.lint(folder)]
    return [_told(fault) for fault in sorted(found)]


def _told(fault: Fault) -> Problem:
    return Problem(f"fails the check '{fault.check}'", fault.page, fault.remedy, fault.found[:160])
