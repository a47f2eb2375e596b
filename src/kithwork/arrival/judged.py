"""What cleaning made of a study's files, as `kithwork check` tells it: rows by file, faults, people, who answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithwork.errors import Problem, by_kind
from kithwork.report.grades import ANSWERED, FEWEST, NOT_REPORTABLE

if TYPE_CHECKING:
    import pandas as pd

    from kithwork.params import Settings


@dataclass(frozen=True)
class Rows:
    """How a file fared: of `rows` read so many were kept, refused, and set aside; `note` says what was noticed."""

    source: str
    file: str
    rows: int
    kept: int
    refused: int
    set_aside: int
    note: str


def rows(tables: dict) -> list[Rows]:
    """Each file of each source."""
    return [
        Rows(
            one.source, one.file, one.rows_in, one.rows_kept, one.rows_refused, one.rows_set_aside,
            one.note if isinstance(one.note, str) else "",
        )
        for one in tables["intake"].itertuples()
    ]  # fmt: skip


def faults(tables: dict) -> Iterator[tuple[str, str]]:
    """Faults by kind, each led by what became of the row or cell: refused or emptied."""
    for name, verb in (("quarantine", "refused"), ("emptied", "emptied")):
        for _, these in tables[name].groupby("file", sort=False):
            told = [Problem(row.reason, row.file, row.remedy, "", row.row, _text(row.column)) for row in these.itertuples()]
            yield from ((verb, line) for line in by_kind(told))


def steps(tables: dict) -> dict[str, int]:
    """Records of contact that each step of cleaning set aside, by why it took them."""
    taken = tables["filters"].query("taken > 0").dropna(subset=["reason"])
    return {f"{row.step}: {row.reason}": int(row.taken) for row in taken.itertuples()}


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


@dataclass(frozen=True)
class Group:
    """People, their units, and how many units are large enough for a figure."""

    people: int
    units: int
    shown: int
    smallest: int

    @property
    def told(self) -> str:
        """Whether the smallest group allows anything to be shown."""
        few = f"{self.people} people: "
        if self.people < self.smallest:
            return f"{few}fewer than report.smallest_group ({self.smallest}), so that nothing of them may be shown."
        if not self.units:
            return f"{few}no units are known, so that figures are of the whole alone."
        held = self.units - self.shown
        rest = f"; {held} smaller {'is' if held == 1 else 'are'} held back" if held else ""
        return f"{few}{self.shown} of {self.units} units have {self.smallest} or more, and may be shown{rest}."


def group(people: pd.DataFrame, settings: Settings) -> Group:
    """The people of a study by unit, beside the smallest group of which a figure may be shown."""
    sizes = people["unit"].value_counts()
    smallest = settings.report.smallest_group
    return Group(len(people), len(sizes), int((sizes >= smallest).sum()), smallest)


@dataclass(frozen=True)
class Response:
    """Who answered the survey, of those invited."""

    invited: int
    answered: int

    @property
    def share(self) -> float:
        """Per cent of those invited who answered."""
        return 100 * self.answered / self.invited

    @property
    def enough(self) -> bool:
        """Whether sections of answers alone are reported."""
        return self.share >= FEWEST

    @property
    def told(self) -> str:
        """Whether that is enough, by the grades that findings of the survey can reach."""
        said = f"{self.answered} of {self.invited} answered the survey ({self.share:.0f}%): "
        word = next((word for least, word in ANSWERED if self.share >= least), NOT_REPORTABLE)
        if word == NOT_REPORTABLE:
            return f"{said}below {FEWEST}%, so that what rests on answers alone is not reported."
        upper = next((least for least, better in reversed(ANSWERED) if better != word and least > self.share), None)
        more = f"; from {upper}% on better" if upper else ""
        return f"{said}findings from it can be {word} at best{more}."


def response(tables: dict) -> Response | None:
    """Of everybody; None where nobody was asked."""
    whole = tables["response"].query("grouping == 'all'")
    if whole.empty or not int(whole["responded"].iloc[0]):
        return None
    return Response(int(whole["invited"].iloc[0]), int(whole["responded"].iloc[0]))
