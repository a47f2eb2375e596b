"""What was made of one file: the sources it is read for, each with its columns, or why nothing could be made of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reading:
    """A file as one source: the settings that params.yaml gets, and of each field taken how sure it is.

    `sites` are the words for places in it; `as_of` is the day that a staff list is of.
    """

    source: str
    spec: dict[str, object]
    scores: dict[str, float] = field(default_factory=dict)
    sites: tuple[str, ...] = ()
    as_of: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """The client's column of each field."""
        return dict(self.spec.get("columns", {}))


@dataclass(frozen=True)
class Looked:
    """One file or folder, by its name in the raw folder: what it is called, its readings, the columns passed over with a
    reason where there is one, and `why_not`, where nothing could be made of it."""

    name: str
    called: str
    readings: tuple[Reading, ...] = ()
    passed_over: dict[str, str] = field(default_factory=dict)
    why_not: str = ""
