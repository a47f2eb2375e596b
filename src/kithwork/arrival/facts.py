"""What the cells of a column show, whatever stands above them: addresses, numbers, dates, few words or many."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from zoneinfo import available_timezones

ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
DAY = re.compile(r"\d{4}(?:[-/.]\d\d?[-/.]\d\d?|\d{4})(?:[T ]\d.*)?", re.ASCII)
"""A day, or a moment, as the readers of tables take it: the year first."""
OTHER_DAY = re.compile(r"\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d\d)(?:[T ,]+\d.*)?", re.ASCII)
"""A day with its year last, which tells nobody whether its month stands first."""
ZONED = re.compile(r".*\d(?:Z|[+-]\d\d(?::?\d\d)?|\s(?:UTC|GMT))", re.IGNORECASE)
DOMAIN = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/?")
CODE = re.compile(r"[A-Za-z]{1,4}[\s_-]?\d{1,3}[a-z]?", re.ASCII)
FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:,? [\w.'’-]+){1,5}")
MESSAGE = re.compile(r"<?[^\s<>]+@[^\s<>]+>")
LONG = 40
"""Letters in the middle cell from which a column holds what people wrote."""


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, and the cells looked at, without spaces at their ends."""

    heading: str
    cells: tuple[str, ...]

    @cached_property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold anything."""
        return tuple(cell for cell in self.cells if cell)

    def share(self, shape: re.Pattern[str]) -> float:
        """The share of filled cells that have a shape."""
        return _share(bool(shape.fullmatch(cell)) for cell in self.filled)

    def among(self, known: frozenset[str] | set[str]) -> float:
        """The share of filled cells that are known words, in capitals or not."""
        return _share(cell.casefold() in known for cell in self.filled) if known else 0.0

    @cached_property
    def distinct(self) -> int:
        """Different words in it."""
        return len({cell.casefold() for cell in self.filled})

    @cached_property
    def unlike(self) -> float:
        """Different words over filled cells: 1 where none stands twice."""
        return self.distinct / len(self.filled) if self.filled else 0.0

    @cached_property
    def whole(self) -> float:
        """The share of cells that are filled."""
        return len(self.filled) / len(self.cells) if self.cells else 0.0

    @cached_property
    def numbers(self) -> float:
        """The share of numbers."""
        return self.share(NUMBER)

    @cached_property
    def days(self) -> float:
        """The share of dates and times that can be read."""
        return self.share(DAY)

    @cached_property
    def long(self) -> bool:
        """Whether it holds what people wrote."""
        lengths = sorted(map(len, self.filled))
        return bool(lengths) and lengths[len(lengths) // 2] >= LONG

    @property
    def several_addresses(self) -> float:
        """The share of cells with more than one address."""
        return _share(cell.count("@") > 1 for cell in self.filled)

    @property
    def zones(self) -> float:
        """The share of names of time zones."""
        return _share(cell in zone_names() for cell in self.filled)

    @property
    def zoned(self) -> float:
        """The share of times that say their zone."""
        return self.share(ZONED)

    @property
    def span(self) -> tuple[float, float]:
        """The least and the largest number; (0, 0) where there is none."""
        found = [float(cell) for cell in self.filled if NUMBER.fullmatch(cell)]
        return (min(found), max(found)) if found else (0.0, 0.0)


def _share(held: Iterable[bool]) -> float:
    found = list(held)
    return sum(found) / len(found) if found else 0.0


@cache
def zone_names() -> frozenset[str]:
    """Time zones by their names in the IANA's list."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")
