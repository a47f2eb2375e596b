"""Introductions worth making between units, and how many doors one colleague could open.

Nothing is said of one pair of units: how many introductions it lacks tells how many ties it holds, which may be of few
people. So the plan is claimed over at least two pairs together, and not where all but one of them are shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import Estimate, proportion
from kithwork.network import between
from kithwork.network.introductions import MADE, RECEIVED, carries, worth_making
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.persons import over_people

CELLS = 50_000_000
"""People × units held in memory at a time."""
FEWEST_PAIRS = 2
"""Pairs of units below which nothing is claimed of the introductions between them."""
PLAN = (
    f"Of people without a tie, those with the likeliest way through one colleague first; nobody makes more than {MADE} or "
    f"receives more than {RECEIVED}"
)


@dataclass(frozen=True)
class Worth:
    """The `introductions` table, and the pairs of units that it was made for: those clearly below chance."""

    table: pd.DataFrame
    apart: list[between.Pair]

    def claims(self, evidence: Evidence, ledger: Ledger) -> None:
        """How many are worth making, for which share of the pairs of units, and by which share of people."""
        fewest = evidence.settings.report.smallest_group
        hidden = [pair for pair in self.apart if pair.ties < between.FEW or min(pair.sizes) < fewest]
        if len(self.apart) < FEWEST_PAIRS or len(hidden) == 1:
            return
        people, made = len(evidence.people), len(self.table)
        ways = len(self.table[["unit", "other"]].drop_duplicates())
        ledger.add(
            "introductions",
            "Introductions worth making between units that hold fewer ties than chance would give",
            Estimate(made, made, made, people),
            unit="count",
            method=f"{PLAN}. A count of the plan, which has no interval",
        )
        ledger.add(
            "introductions_pairs",
            "Share of the pairs of units below chance for which the plan holds an introduction",
            proportion(ways, len(self.apart)).times(100),
            unit="%",
            method="Share of the pairs of units; Wilson interval (Wilson 1927)",
            people=people,
        )
        ledger.add(
            "introducers",
            "Share of people who would be asked to introduce somebody",
            proportion(self.table["via_id"].nunique(), people).times(100),
            unit="%",
            method=f"{PLAN}; Wilson interval (Wilson 1927)",
        )


def worth(evidence: Evidence) -> Worth:
    """Introductions between the pairs of units that hold clearly fewer ties than chance would give; none without such."""
    apart = between.below(evidence.ties, evidence.people)
    return Worth(worth_making(carries(evidence.ties, evidence.people), evidence.people, apart), apart)


def doors(evidence: Evidence, ledger: Ledger) -> None:
    """Of units in which people know nobody: whether one colleague could introduce them there, by people and by units."""
    unknown, open_ = _unknown(evidence)
    for name, label, top, bottom in (
        (
            "introduced",
            "Share of people who could be introduced into a unit they do not know through one colleague",
            open_ > 0,
            unknown > 0,
        ),
        (
            "open_doors",
            "Share of the units people do not know into which one colleague could introduce them",
            open_,
            unknown,
        ),
    ):
        found = _share(evidence, top, bottom)
        if isinstance(found, Measured):
            ledger.add(name, label, found.estimate, unit=found.unit, method=found.method)


def _unknown(evidence: Evidence) -> tuple[np.ndarray, np.ndarray]:
    """(people,): how many other units there are in which the person has no tie, and in how many of these a colleague has.

    In blocks of people, each of whom may have a colleague in every unit.
    """
    net, inside = evidence.adjacency, evidence.in_units
    into = (net @ inside > 0).astype(float)
    known = (into + inside > 0).astype(float)
    size = max(CELLS // max(len(evidence.units), 1), 1)
    open_ = [np.zeros(0, dtype=int)]
    for start in range(0, net.shape[0], size):
        part = slice(start, start + size)
        further = (net[part] @ into > 0).astype(float)
        open_.append((further.sum(axis=1) - further.multiply(known[part]).sum(axis=1)).astype(int))
    return len(evidence.units) - np.diff(known.indptr), np.concatenate(open_)


def _share(evidence: Evidence, top: np.ndarray, bottom: np.ndarray) -> Measured | Missing:
    needs = "ties between people of known units"
    if evidence.ties.empty:
        return Missing(needs)
    return over_people(evidence, top, bottom, unit="%", factor=100, method="A tie of a tie leads there", needs=needs)
