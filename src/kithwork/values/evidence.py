"""What an indicator may look at, and what it returns: a figure, or what would be needed to have one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate
from kithwork.network.graph import adjacency, graph
from kithwork.params import Settings


@dataclass(frozen=True)
class Evidence:
    """One engagement's tables, and a generator seeded for this stage."""

    settings: Settings
    people: pd.DataFrame
    ties: pd.DataFrame
    portfolios: pd.DataFrame
    answers: pd.DataFrame
    rng: np.random.Generator

    @cached_property
    def adjacency(self):
        """Symmetric 0/1 matrix over `people`."""
        return adjacency(self.ties, self.people)

    @cached_property
    def graph(self):
        """The same as an igraph Graph."""
        return graph(self.ties, self.people)


@dataclass(frozen=True)
class Measured:
    """An indicator's figure: unit, reference to hold it against, and how it was made."""

    estimate: Estimate
    unit: str
    method: str
    reference: float | None = None
    reference_label: str | None = None


@dataclass(frozen=True)
class Missing:
    """Why there is no figure: what the client would have to bring."""

    needs: str
