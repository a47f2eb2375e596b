"""What a reader can work out of groups held back, from all that a folder publishes together.

Within a measure the whole is the mean over people, N · X = Σ n · x, so what the published groups leave of it is known: how
many people, and, within the slack of rounding, their sum. Where they are 1 to k − 1 people, that is a figure about so few.
Across measures that add up to 100% in every group, as the shares of three kinds do, a group held back from one of them
follows from the others. Both are equations; the least and the greatest mean that they allow a group are linear programmes
(Fischetti & Salazar 2001, *J. Am. Stat. Assoc.* 96(455), solved here by HiGHS). Hidden pairs of groups follow where the
rows of the matrix leave no other (rank of the equations).

A group of fewer than k is told too narrowly where its bounds, of the means allowed, take less than `PROTECTION` and less
than its own remainder leaves. That is asked with figures in the middle of what is allowed: a remainder of k or more of whom
all answered alike tells of each, and of all of them together, which the gate permits.

The groups held back are taken from the study's data where they are at hand; else what is left counts as one group.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kithwork.audit.bounds import Cell, bounds
from kithwork.audit.measures import REST, Hidden, Measure, families, measures
from kithwork.pages.fault import Fault

if TYPE_CHECKING:
    import pandas as pd

PROTECTION = 0.1
"""Share of the range of a unit that bounds on a hidden mean must leave."""


def attacks(figures: pd.DataFrame, fewest: int, hidden: Hidden) -> tuple[list[Fault], int]:
    """What can be worked out of `figures` (as `published.Study.figures`) about fewer than `fewest`; and how many hidden
    cells were attacked."""
    found = measures(figures, hidden)
    faults, tried = [], 0
    for one in found.values():
        if 0 < one.left < fewest and one.shown:
            faults.append(_remainder(one))
        tried += bool(one.unseen)
    for family in families(found):
        faults += _related(family, fewest)
        tried += sum(len(one.unseen) for one in family) if len(family) > 1 else 0
    return faults, tried


def _remainder(one: Measure) -> Fault:
    low, high = one.rest()
    low, high = max(low / one.left, one.low), min(high / one.left, one.high)
    found = f"{one.name}: what the groups leave of the whole is about {one.left:g}: mean {low:.3g} to {high:.3g}"
    return Fault(LEFT, one.page, found, "Hold back another group: release.py does (complementary suppression).")


LEFT, RELATED = "audit: remainder of too few", "audit: group that others tell"


def _related(family: list[Measure], fewest: int) -> Iterator[Fault]:
    """Groups of fewer than `fewest` that are told by measures which add up."""
    if len(family) == 1:
        return
    cells = [Cell(one.name, group, people) for one in family for group, people in one.unseen.items()]
    for at, cell in enumerate(cells):
        if cell.people >= fewest or cell.group == REST:
            continue
        own = next(one for one in family if one.name == cell.measure)
        range_ = own.high - own.low
        alone = bounds([own], [one for one in cells if one.measure == own.name], cell, middle=True)
        together = bounds(family, cells, cell, middle=True)
        if together is None or alone is None:
            continue
        width = together[1] - together[0]
        if width < PROTECTION * range_ and width < alone[1] - alone[0] - 1e-6:
            low, high = bounds(family, cells, cells[at]) or together
            found = f"{cell.measure}, a group of {cell.people:g} held back: mean {low:.3g} to {high:.3g}"
            remedy = "Hold the group back from every measure that adds up with this one."
            yield Fault(RELATED, own.page, found, remedy)
