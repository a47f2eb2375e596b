"""What an indicator may look at, and what it returns: a figure, or what would be needed to have one."""

from __future__ import annotations

import copy
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kithwork import replicates, tables
from kithwork.estimates import Estimate
from kithwork.network.graph import adjacency, graph
from kithwork.params import Settings

if TYPE_CHECKING:
    from scipy import sparse

    from kithwork.log import Log


def _once(make: Callable[[Evidence], Any]) -> property:
    """What is worked out once for all that `Evidence.drawing` gives."""

    @wraps(make)
    def found(self: Evidence) -> Any:
        if make.__name__ not in self.kept:
            self.kept[make.__name__] = make(self)
        return self.kept[make.__name__]

    return property(found)


@dataclass(frozen=True)
class Evidence:
    """One engagement's tables, and a generator seeded for this stage. `interactions` is unread; None where none came."""

    settings: Settings
    people: pd.DataFrame
    ties: pd.DataFrame
    portfolios: pd.DataFrame
    answers: pd.DataFrame
    rng: np.random.Generator
    nominations: pd.DataFrame = field(default_factory=tables.NOMINATIONS.empty)
    responses: pd.DataFrame = field(default_factory=tables.RESPONSES.empty)
    interpreters: pd.DataFrame = field(default_factory=tables.INTERPRETERS.empty)
    parties: pd.DataFrame = field(default_factory=tables.PARTIES.empty)
    outcomes: pd.DataFrame = field(default_factory=tables.OUTCOMES.empty)
    opportunities: pd.DataFrame = field(default_factory=tables.OPPORTUNITIES.empty)
    person_weeks: pd.DataFrame = field(default_factory=tables.PERSON_WEEKS.empty)
    interactions: Log | None = None
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @_once
    def adjacency(self):
        """Symmetric 0/1 matrix over `people`."""
        return adjacency(self.ties, self.people)

    @_once
    def graph(self):
        """The same as an igraph Graph."""
        return graph(self.ties, self.people)

    @_once
    def row_of(self) -> pd.Index:
        """The rows of `people` by id."""
        return pd.Index(self.people["person_id"])

    @_once
    def unit_codes(self) -> np.ndarray:
        """(people,) which unit each is of, in name order; −1 for no known unit."""
        return pd.factorize(self.people["unit"], sort=True)[0]

    @_once
    def units(self) -> list[str]:
        """Names of the units, in the order of their codes."""
        return list(pd.factorize(self.people["unit"], sort=True)[1])

    @_once
    def in_units(self) -> sparse.csr_array:
        """People × units, 1 where the person is of the unit."""
        from scipy import sparse

        known = np.flatnonzero(self.unit_codes >= 0)
        shape = (len(self.people), len(self.units))
        return sparse.coo_array((np.ones(len(known)), (known, self.unit_codes[known])), shape=shape).tocsr()

    @_once
    def drawn(self) -> np.ndarray:
        """(resamples, people) how often each is drawn: the same for every indicator, so that their draws go together."""
        return replicates.counts(len(self.people), self.settings.values.resamples, self._dice("people"))

    @_once
    def drawn_by_unit(self) -> np.ndarray:
        """The same drawn within units, whose sizes stay."""
        return replicates.counts_within(self.unit_codes, self.settings.values.resamples, self._dice("units"))

    def drawing(self, name: str) -> Evidence:
        """The same evidence with random numbers of this name's own: one indicator more leaves the others as they were."""
        other = copy.copy(self)
        object.__setattr__(other, "rng", self._dice(name))
        return other

    def _dice(self, name: str) -> np.random.Generator:
        return np.random.default_rng([self.settings.values.seed, zlib.crc32(name.encode())])


@dataclass(frozen=True)
class PerPerson:
    """A ratio of sums over people: Σ top / Σ bottom, both (people,), 0 for who is no part of it."""

    top: np.ndarray
    bottom: np.ndarray


@dataclass(frozen=True)
class Measured:
    """An indicator's figure: unit, reference to hold it against, and how it was made.

    `draws`: (resamples,) of the figure, where it was resampled with `Evidence.drawn`; `per_person`: what it sums, where it
    is a ratio of sums over people, so that groups and waves can be compared. `spread`: standard deviation between people of
    what it measures, in its unit; None where it has no meaning for one person. `people`: what the gate counts, the
    estimate's n unless said otherwise. `by_unit`: the figure of each unit that has enough to stand on, where it is of ties.
    """

    estimate: Estimate
    unit: str
    method: str
    reference: float | None = None
    reference_label: str | None = None
    draws: np.ndarray | None = None
    per_person: PerPerson | None = None
    spread: float | None = None
    people: int | None = None
    by_unit: dict[str, Estimate] | None = None


@dataclass(frozen=True)
class Missing:
    """Why there is no figure: what the client would have to bring."""

    needs: str
