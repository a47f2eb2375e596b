"""All that a folder publishes of one study, as figures: the ledgers of its pages and its tables of claims, side by side.

A study's folder is one that a report lies in. Whoever gets it sees all its pages, so all are taken together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.pages.fault import Fault
from kithwork.pages.parsed import Parsed, pages

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "page", "edition", "id", "measure", "label", "scope", "group", "other", "estimate", "people", "other_people", "unit",
)  # fmt: skip
NUMBERS = ("estimate", "people", "other_people")
CLAIMS = "claims.csv"
"""The table beside a report that holds every figure of it."""
SMALLEST = 5
"""People, where no page states its smallest group: no study may state fewer."""
PUBLIC = "public"
OWN = "person"
"""The kind of page that is about one person, for that person: what it tells is no figure of a group."""


@dataclass(frozen=True)
class Study:
    """One study's folder: `name` is that of the folder, `pages` are told by their path in what was given, `files` by it."""

    name: str
    pages: list[Parsed]
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def smallest(self) -> int:
        """The smallest group that its pages state, public ones aside, or `SMALLEST`: what all together must keep."""
        stated = [smallest(page) for page in self.pages if edition(page) != PUBLIC]
        return min((one for one in stated if one), default=SMALLEST)

    @cached_property
    def read(self) -> tuple[pd.DataFrame, list[Fault]]:
        """The figures, one row per place that shows one, with `COLUMNS`, people's own pages aside; and what could not be
        read."""
        import pandas as pd

        rows, faults = [], []
        for page in self.pages:
            if page.kind == OWN:
                continue
            try:
                rows += [
                    {"page": page.name, "edition": edition(page), "id": name, **one} for name, one in page.claims.items()
                ]
            except (KeyError, IndexError, TypeError, ValueError) as error:
                faults.append(Fault("audit: ledger that cannot be read", page.name, type(error).__name__, UNREAD))
        for name, path in self.files.items():
            if name.endswith(".csv"):
                try:
                    rows += [{"page": name, "edition": "", **row} for row in _claims(path)]
                except (KeyError, ValueError) as error:
                    faults.append(Fault("audit: table of claims that cannot be read", name, type(error).__name__, UNREAD))
        frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(NUMBERS, float))
        return frame, faults

    @property
    def figures(self) -> pd.DataFrame:
        """The figures of it."""
        return self.read[0]


UNREAD = "Make the page again: what cannot be read cannot be audited."


def edition(page: Parsed) -> str:
    """The edition that a page says it is of, or ""."""
    return page.tree.find("body").get("data-edition", "")


def smallest(page: Parsed) -> int | None:
    """The smallest group that a page states."""
    stated = page.tree.find("body").get("data-smallest", "")
    return int(stated) if stated.isdigit() else None


def studies(folder: Path) -> Iterator[Study]:
    """The studies of a folder, and last what belongs to none, under the name "". Raises `UserError` for a page that
    cannot be read.
    """
    found = list(pages(folder))
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    others = {name: path for name, path in files.items() if not name.endswith(".html")}
    homes = sorted({page.name.rpartition("/")[0] for page in found if page.kind == "report"}, key=len, reverse=True)
    for home in homes:
        inside = f"{home}/" if home else ""
        mine = [page for page in found if page.name.startswith(inside)]
        own = {name: others.pop(name) for name in list(others) if name.startswith(inside)}
        found = [page for page in found if not page.name.startswith(inside)]
        yield Study(home.rpartition("/")[2] or folder.resolve().name, mine, own)
    if found or others:
        yield Study("", found, others)


def _claims(path: Path) -> list[dict]:
    """The rows of a table of claims; none of any other table. Raises `ValueError` or `KeyError` where CLAIMS is no such."""
    import pandas as pd

    try:
        table = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    except ValueError:
        if path.name == CLAIMS:
            raise
        return []
    if not {"id", "measure", "estimate", "people"} <= set(table.columns):
        if path.name == CLAIMS:
            raise KeyError(path.name)
        return []
    kept = [column for column in COLUMNS if column in table]
    table[kept] = table[kept].map(lambda cell: cell[1:] if isinstance(cell, str) and cell[:1] == "'" else cell)
    for column in NUMBERS:
        if column in table:
            table[column] = pd.to_numeric(table[column])
    return table[kept].astype(object).where(table[kept].notna(), None).to_dict("records")
