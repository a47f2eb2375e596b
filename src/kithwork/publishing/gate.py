"""What the audit and the linter find in a folder that is about to be published: any finding refuses it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kithwork.errors import Problem
from kithwork.pages.fault import Fault
from kithwork.publishing.refusal import Refused


def look(folder: Path, engagement: str) -> str:
    """Audit one engagement's pages in a folder for whom they betray, and lint every page there; returns what the audit
    looked at, in words. Raises `Refused` with everything found.
    """
    from kithwork.audit.audit import audit
    from kithwork.lint import lint

    audited = audit([folder / engagement], engagement)
    found = [*_told(audited.faults, f"{engagement}/"), *_told(lint(folder))]
    if found:
        raise Refused(found)
    return audited.summary


def _told(faults: Iterable[Fault], inside: str = "") -> list[Problem]:
    return [
        Problem(f"fails the check '{fault.check}'", f"{inside}{fault.page}", fault.remedy, fault.found[:160])
        for fault in faults
    ]
