"""What is wrong with a finished page, as the linter and the audit tell it."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 160
"""Signs of what was found that are told."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: the check that found it, the page by its name in the folder, what was found there, and what to do."""

    check: str
    page: str
    found: str
    remedy: str

    def __str__(self) -> str:
        found = self.found if len(self.found) <= LONGEST else f"{self.found[: LONGEST - 1]}…"
        return f"{self.page}: {self.check}: {found!r}. {self.remedy}"
