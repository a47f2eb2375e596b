"""The audit of finished folders: every check over every page and file, and what was looked at.

It reads what a reader is given. Where the project's data are at hand, it also knows whom to look for and which groups were
held back; they stay in memory, and what is found is told masked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork import params, store
from kithwork.audit import attack, differences, identities, pairs, published, searched, small_cells
from kithwork.audit.measures import Hidden
from kithwork.errors import Problem, UserError
from kithwork.pages.fault import Fault

if TYPE_CHECKING:
    import pandas as pd

CLAIMS, ATTACKS, NAMED = "claims", "hidden cells attacked", "names and ids searched for"


@dataclass(frozen=True)
class Audit:
    """What was found, in the order of pages; `looked_at`: how many of each thing; `left_out`: words not searched for, by
    kind; `without_data`: studies whose people could not be searched for."""

    faults: list[Fault]
    looked_at: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    without_data: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What was looked at, in a line or a few."""
        lines = ["Looked at: " + ", ".join(f"{many:,} {what}" for what, many in self.looked_at.items()) + "."]
        if self.left_out:
            words = ", ".join(f"{many:,} × {kind}" for kind, many in sorted(self.left_out.items()))
            lines.append(f"Too short, too plain or on every page to be searched for: {words}.")
        if self.without_data:
            lines.append(f"No data at hand, so nobody by name searched for: {', '.join(self.without_data)}.")
        return "\n".join(lines)


def audit(folders: Sequence[Path], engagement: str | None = None, *, waves: bool = False) -> Audit:
    """Every fault of these folders, one by one and, where they are several, beside one another.

    `engagement`: the study that all are of, where their names do not say so. `waves`: they are of different waves. Raises
    `UserError` for a folder that is not there or holds no page, and for data that cannot be read.
    """
    faults: list[Fault] = []
    looked, left_out, unknown = Counter(dict.fromkeys(("pages", "files", CLAIMS, NAMED, ATTACKS), 0)), Counter(), []
    releases: dict[str, list[tuple[published.Study, Path]]] = {}
    for folder in folders:
        found = list(published.studies(_there(folder)))
        names = {study.name: engagement or _study(study.name) for study in found}
        known = {name: identities.of(name) for name in dict.fromkeys(names.values()) if name}
        everybody = identities.Identities()
        for one in known.values():
            everybody.add(one)
        sought = searched.Sought(everybody)
        left_out |= everybody.left_out
        looked[NAMED] = max(looked[NAMED], len(everybody.sought))
        for study in found:
            name = names[study.name]
            unknown += [study.name] if study.name and not (name and known[name].sought) else []
            groups = known[name].groups if name else frozenset()
            told = list(_of_study(study, sought, groups, _hidden(name, study.figures), looked))
            faults += [_in(folder, folders, fault) for fault in told]
            if study.name:
                releases.setdefault(engagement or study.name, []).append((study, folder))
    for several in releases.values() if not waves else [[one for found in releases.values() for one in found]]:
        for (earlier, _), (later, folder) in combinations(several, 2):
            found, many = differences.between(earlier.figures, later.figures, later.smallest, waves=waves)
            looked["claims compared"] += many
            faults += [_in(folder, folders, fault) for fault in found]
    return Audit(sorted(dict.fromkeys(faults), key=lambda fault: (fault.page, fault)), looked, left_out, tuple(unknown))


def _there(folder: Path) -> Path:
    if not folder.is_dir():
        raise UserError(Problem("is no folder", str(folder), "Name a folder of finished pages, such as reports/acme."))
    if next(folder.rglob("*.html"), None) is None:
        raise UserError(Problem("holds no page", str(folder), "Make the report first: make report"))
    return folder


def _study(name: str) -> str | None:
    """The study that a folder is named after."""
    return name if name in params.read().engagements else None


def _of_study(
    study: published.Study, sought: searched.Sought, groups: frozenset[str], hidden: Hidden, looked: Counter[str]
) -> Iterator[Fault]:
    figures, unread = study.read
    yield from unread
    people = {
        (label, "all" if group is None else group if other is None else f"{group} × {other}"): many
        for label, group, other, many in zip(*(_plain(figures[name]) for name in ABOUT), strict=True)
    }
    ours = groups | {group for group, scope in zip(figures["group"], figures["scope"], strict=True) if scope == "group"}
    broken = {fault.page for fault in unread}
    for page in study.pages:
        looked["pages"] += 1
        yield from searched.of_page(page, sought)
        if page.name not in broken:
            yield from small_cells.of_page(page, ours, people, study.smallest)
    for name, path in study.files.items():
        looked["files"] += 1
        yield from searched.of_file(path, name, sought)
    looked[CLAIMS] += figures["id"].nunique()
    for attacked, many in (
        attack.attacks(figures, study.smallest, hidden),
        pairs.attacks(figures, study.smallest, hidden),
        differences.twins(figures, study.smallest),
    ):
        yield from attacked
        looked[ATTACKS] += many
    yield from differences.editions(figures)


ABOUT = ("label", "group", "other", "people")


def _plain(column: pd.Series) -> list:
    return [None if value != value else value for value in column]


def _hidden(name: str | None, figures: pd.DataFrame) -> Hidden:
    """People of every group of every measure, as the study's data have them; nothing where they are not at hand."""
    if not name or figures.empty:
        return {}
    try:
        claims = store.claims(name)
    except FileNotFoundError:
        return {}
    found: dict[str, dict[str, float]] = {}
    of_groups = claims[claims["group"].notna()]
    for columns in (("measure", "group", "people"), ("measure", "other", "other_people")):
        for measure, group, people in of_groups[list(columns)].dropna().itertuples(index=False):
            found.setdefault(measure, {})[group] = people
    return found


def _in(folder: Path, folders: Sequence[Path], fault: Fault) -> Fault:
    """The fault with its folder, where there are several."""
    return fault if len(folders) == 1 else Fault(fault.check, f"{folder}/{fault.page}", fault.found, fault.remedy)
