"""The linter: a checklist over finished pages, each promise a small function that tells what breaks it.

It looks at what a reader is given, file by file, and needs no browser. What only a browser can tell (contrast as painted,
labels that overlap, scrolling sideways, time to load) the browser's tests tell; whom a page betrays, the audit.
"""

from __future__ import annotations

from pathlib import Path

from kithwork.pages.fault import Fault


def lint(folder: Path) -> list[Fault]:
    """The faults of every page under a folder, by page and in the order of the checks; none where all is well.

    Raises `UserError` where the folder holds no page.
    """
    from kithwork import params
    from kithwork.errors import Problem, UserError
    from kithwork.lint.checks import faults
    from kithwork.lint.site import Site

    site = Site.of(folder, tuple(params.read().report.sections))
    if not site.pages:
        raise UserError(Problem("holds no page", str(folder), "Run `make report`, which writes reports/."))
    return [fault for page in site.pages.values() for fault in faults(page, site)]
