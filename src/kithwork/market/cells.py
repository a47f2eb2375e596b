"""Kinds of party by segment of the market: how well each such part is heard, on whom it hangs, and where nobody listens.

A part is blind where fewer than half a strategic tie into it is expected. Parties that nobody has mapped yet are no part of
the market. See `external` for ties outside, `heard` for coverage and fragility, `routes` and `diversity` for the rest.
Whoever did not answer the survey names nobody: what is heard is a lower bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork import replicates
from kithwork.claims import Ledger, largest_part
from kithwork.estimates import Estimate, proportion
from kithwork.market import heard, left_open
from kithwork.market.coverage import WORDS
from kithwork.market.diversity import source_diversity
from kithwork.market.external import UNKNOWN, assumed, outside
from kithwork.market.routes import counted, routes
from kithwork.market_tables import CELLS
from kithwork.network.graph import adjacency
from kithwork.network.outside import known_to
from kithwork.params import Settings
from kithwork.tables import UNMAPPED

if TYPE_CHECKING:
    from scipy import sparse

BLIND_BELOW = 0.5
"""Expected strategic ties into a part of the market below which it is blind."""
LOWER = "who did not answer names nobody, so it is a lower bound"
CHANCE = (
    "1 − Π(1 − P(strategic) · freshness · access) over ties, mean over parts; jackknife over people, P drawn from its range"
)
HEARD = f"{CHANCE}; {LOWER}"
FULL = f"{CHANCE}; ties of those who answered over the share who did (Horvitz & Thompson 1952), if the others know as many"
LOST = "Largest fall of the mean when one person leaves; bootstrap over people (Efron 1979)"
SEPARATE = f"Maximum matching (Menger 1927; Hopcroft & Karp 1973); a tenth of the people left out (Shao & Wu 1989); {LOWER}"
DIVERSE = "Unbiased 1 − Σ share² (Hurlbert 1971) over pairs of people, so rarefied to two ties; jackknife over people"


@dataclass(frozen=True)
class Reach:
    """`table` CELLS; `own`: (people, its rows) what each person adds to a part's coverage; `holders`: people with a tie, by
    kind; `separate`: routes by kind; `fragile`: fragility by kind; `diverse`: source diversity by unit, where it can
    be told (that of the whole is an indicator of the ten values); `units`: (people,); `answered`: booleans
    (people,), who answered the survey; `average`: what a tie adds on average, 0 without any tie; `open_`: what is
    assumed of P(strategic) leaves open, by unit and the whole under None, as `left_open.by_unit` has it."""

    table: pd.DataFrame
    own: np.ndarray
    holders: dict[str, int]
    separate: dict[str, Estimate]
    fragile: dict[str, Estimate]
    diverse: dict[str, Estimate]
    units: pd.Series
    answered: np.ndarray
    average: float
    open_: dict[str | None, np.ndarray]

    def claims(self, ledger: Ledger) -> None:
        """How well each kind of party and each segment is heard, what hangs on one person, how many routes there are, and
        how diverse sources are; nothing where nobody names a party.

        The gate counts those whom a figure could tell of: all who could hold ties, or those who hold them.
        """
        if not self.average:
            return
        people, known = len(self.units), self.table[self.table["segment"] != UNKNOWN]
        for kind in self.holders:
            here, said = (self.table["kind"] == kind).to_numpy(), WORDS.get(kind, f"a {kind}")
            self._heard(ledger, f"reach.{kind}", f"Chance that what {said} says is heard", here, groups=True)
            if not self.holders[kind]:
                continue
            if 1 < self.answered.sum() < people:
                full = heard.had_all_answered(self.own[:, here], self.answered, self.average, self.open_[None][:, here])
                ledger.add(f"full_reach.{kind}", f"Chance that what {said} says is heard, had everybody answered",
                           full.times(100), unit="%", method=FULL)  # fmt: skip
            ledger.add(f"fragility.{kind}", f"Chance to hear {said} that is lost with the one person who carries most",
                       self.fragile[kind].times(100), unit="points", method=LOST, people=self.holders[kind])  # fmt: skip
            if kind in self.separate:
                ledger.add(f"routes.{kind}", f"Separate routes by which the rest of the organisation reaches {said}",
                           self.separate[kind], unit="count", method=SEPARATE, people=self.holders[kind])  # fmt: skip
        for segment in known["segment"].unique():
            here = (self.table["segment"] == segment).to_numpy()
            self._heard(
                ledger, f"segment_reach.{segment}", f"Chance that what is said in this segment is heard, {segment}", here
            )
        if len(known):
            blind = (known.groupby("segment")["strategic"].sum() < BLIND_BELOW).to_numpy()
            ledger.add("blind_segments", "Share of the market's segments into which no strategic tie is known",
                       proportion(int(blind.sum()), len(blind)).times(100), unit="%",
                       method=f"Fewer than {BLIND_BELOW} strategic ties expected; Wilson (1927) over segments",
                       people=people)  # fmt: skip
        for group, found in self.diverse.items():
            ledger.add("source_diversity", "Chance that the outside ties of two people go to different parties",
                       found.times(100), unit="%", method=DIVERSE, scope="group", group=group)  # fmt: skip

    def _heard(self, ledger: Ledger, measure: str, label: str, here: np.ndarray, groups: bool = False) -> None:
        """The mean coverage of some parts: by everybody and, where asked, by the people of each unit of two or more. Of a
        unit in which one person adds most of what is heard, the figure is that person's: the gate is told how much.
        """
        own = self.own[:, here]
        by = [(None, own), *((unit, own[rows]) for unit, rows in (_rows(self.units) if groups else {}).items())]
        for group, rows in by:
            if len(rows) > 1:
                found = heard.coverage(rows, self.average, self.open_[group][:, here])
                ledger.add(measure, label, found.times(100), unit="%", method=HEARD,
                           scope="organisation" if group is None else "group", group=group,
                           largest=None if group is None else largest_part(rows.sum(axis=1)))  # fmt: skip


def reach(
    nominations: pd.DataFrame,
    parties: pd.DataFrame,
    people: pd.DataFrame,
    ties: pd.DataFrame,
    contact: pd.DataFrame,
    settings: Settings,
    rng: np.random.Generator,
    answered: pd.Series | None = None,
) -> Reach:
    """How well the market is heard. `contact`: as `external.contacts` gives it; `ties`: those inside; `answered`: ids of
    those who answered the survey, where that is known.

    Empty without a mapped party or a second person, and where the engagement states no sign of strategic ties.
    """
    asked = people["person_id"].isin([] if answered is None else answered).to_numpy()
    mapped = parties[parties["kind"] != UNMAPPED].reset_index(drop=True)
    if not len(mapped) or len(people) < 2 or not settings.engagement.signs.get("strategic"):
        return Reach(CELLS.empty(), np.zeros((len(people), 0)), {}, {}, {}, {}, people["unit"], asked, 0.0, {})
    mapped = mapped.assign(segment=mapped["segment"].fillna(UNKNOWN))
    held = outside(nominations, mapped, people, contact, settings)
    frame = mapped.groupby(["kind", "segment"])["party_id"].nunique().rename("parties").reset_index()
    at = pd.MultiIndex.from_frame(frame[["kind", "segment"]])
    cell = at.get_indexer(pd.MultiIndex.from_frame(mapped[["kind", "segment"]]))[held["party"].to_numpy()]
    adds = heard.weights(held["heard"].to_numpy())
    own = np.bincount(held["person"] * len(frame) + cell, adds, len(people) * len(frame)).reshape(len(people), -1)
    net, names = adjacency(ties, people), known_to(nominations, people, mapped)
    average = float(adds.mean()) if len(adds) else 0.0
    who = {kind: _named_in(held, cell, frame["kind"] == kind, len(people)) for kind in frame["kind"].unique()}
    counts = replicates.counts(len(people), settings.market.resamples, rng)
    fragile = {kind: heard.fragility(own[:, (frame["kind"] == kind).to_numpy()], counts) for kind in who}
    reached = {kind: one for kind, one in who.items() if one.any() and not one.all()}
    separate = counted(net, reached, rng) if len(ties) else {}
    told = {group: source_diversity(names[rows]) for group, rows in _rows(people["unit"]).items()}
    diverse = {group: found for group, found in told.items() if found}
    holders = {kind: int(one.sum()) for kind, one in who.items()}
    drawn = map(heard.weights, assumed(held, settings, settings.market.resamples, rng))
    by_unit = left_open.by_unit(adds, drawn, held["person"].to_numpy(), cell, people["unit"], len(frame))
    table = _table(frame, held.assign(cell=cell), own, average, by_unit[None], net)
    return Reach(CELLS.checked(table), own, holders, separate, fragile, diverse, people["unit"], asked, average, by_unit)


def _table(
    frame: pd.DataFrame, held: pd.DataFrame, own: np.ndarray, average: float, open_: np.ndarray, net: sparse.csr_array
) -> pd.DataFrame:
    """CELLS from its first columns and the ties outside with their `cell`."""
    by = held.groupby("cell")
    often = held.groupby(["cell", "party"]).size()
    sums = pd.DataFrame(
        {
            "named": by["party"].nunique(),
            "single": (often == 1).groupby("cell").sum(),
            "people": by["person"].nunique(),
            "strategic": by["p_strategic"].sum(),
        }
    ).reindex(range(len(frame)), fill_value=0)
    each = range(len(frame))
    found, low, high = heard.ends(own, average, open_)
    who = [_named_in(held, held["cell"], frame.index == cell, len(own)) for cell in each]
    return frame.assign(
        **sums,
        coverage=found,
        coverage_low=low,
        coverage_high=high if average else 1.0,
        routes=[routes(net, one) for one in who],
        fragility=[float(heard.lost(own[:, [cell]]).max(initial=0)) for cell in each],
        blind=sums["strategic"] < BLIND_BELOW,
    )  # fmt: skip


def _named_in(held: pd.DataFrame, cell: np.ndarray, cells: np.ndarray, people: int) -> np.ndarray:
    """Who has a tie into any of these cells: booleans (people,)."""
    found = np.zeros(people, dtype=bool)
    found[held["person"].to_numpy()[np.asarray(cells)[np.asarray(cell)]]] = True
    return found


def _rows(units: pd.Series) -> dict[str, np.ndarray]:
    """The row numbers of each unit's people, by unit in name order."""
    return {unit: np.asarray(rows) for unit, rows in units.reset_index(drop=True).groupby(units.to_numpy()).groups.items()}
