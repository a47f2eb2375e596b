"""Each person's position in the network: the `positions` table.

Position measures of one person are fragile: a missing respondent moves betweenness most (Smith & Moody 2013, Social
Networks 35:652). They are for segments and group figures; nobody is ranked by them in a report. What each measure is, and
how it fails, stands in its own file: `holes`, `centrality`, `betweenness`, `brokerage`, `core`, `communities`, `reach`,
`boundaries`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.network import betweenness, boundaries, brokerage, centrality, communities, completion, core, graph, reach
from kithwork.network.holes import holes

if TYPE_CHECKING:
    from scipy import sparse

SEEDS, FEWER = {20_000: 20}, 2
"""Runs of Leiden behind the communities: up to so many people, and of more."""


@dataclass(frozen=True)
class Network:
    """A study's network: its people, ties, and who named whom, where anybody was asked and direction is known.

    `named`: directed, people × people, or None; `respondents`: (people,) booleans, who could name.
    """

    people: pd.DataFrame
    ties: pd.DataFrame
    named: sparse.csr_array | None
    respondents: np.ndarray

    @cached_property
    def net(self) -> sparse.csr_array:
        """Symmetric 0/1 adjacency."""
        return graph.adjacency(self.ties, self.people)

    @cached_property
    def two_steps(self) -> np.ndarray:
        """Share of the others whom each person reaches in two steps: (people,)."""
        return reach.within_two(self.net)

    @cached_property
    def heard(self) -> sparse.csr_array | None:
        """Names given by respondents, to anybody."""
        return None if self.named is None else completion.silenced(self.named, self.respondents)

    @cached_property
    def among_respondents(self) -> sparse.csr_array | None:
        """Names among those who could name each other, or None where nothing can be learned from them: they are too few, or
        all name all, or none (`completion.learnable`)."""
        enough = self.named is not None and completion.learnable(self.named, self.respondents)
        return self.named[self.respondents][:, self.respondents] if enough else None


def of(people: pd.DataFrame, ties: pd.DataFrame, nominations: pd.DataFrame, answered: pd.Series, directed: bool) -> Network:
    """The network of a study. `answered`: ids of who answered the survey; where none are known, whoever names."""
    named = graph.nominated(nominations, people) if directed and len(nominations) else None
    asked = answered if len(answered) else nominations["ego_id"]
    respondents = people["person_id"].isin(asked).to_numpy()
    if named is None or not named[respondents].nnz:
        return Network(people, ties, None, np.zeros(len(people), dtype=bool))
    return Network(people, ties, named, respondents)


def positions(found: Network, rng: np.random.Generator) -> pd.DataFrame:
    """The `positions` table: one row per person, in the order of the staff list."""
    net, units = found.net, pd.factorize(found.people["unit"], sort=True)[0]
    a, b = graph.ends(found.ties, found.people)
    n, weight = len(found.people), found.ties["strength"].to_numpy(dtype=float)
    runs = next((many for people, many in SEEDS.items() if n <= people), FEWER)
    paths = betweenness.betweenness(net, rng)
    groups = communities.communities(net, runs, rng).members
    frame = pd.DataFrame(
        {
            "person_id": found.people["person_id"].to_numpy(),
            "unit": found.people["unit"].to_numpy(),
            "degree": net.sum(axis=1).astype(int),
            "strength": np.bincount(a, weight, n) + np.bincount(b, weight, n),
            **_names(found),
            **holes(net),
            "betweenness": paths.share,
            "betweenness_error": paths.error,
            "pagerank": centrality.pagerank(net if found.heard is None else found.heard),
            "coreness": centrality.coreness(net),
            "in_core": core.core(net).members.astype(float),
            "two_step_reach": found.two_steps,
            "e_i": boundaries.by_person(found.ties, found.people),
            **brokerage.roles(net, units),
            "community": np.where(groups < 0, np.nan, groups + 1.0),
        }
    )
    return frame


def _names(found: Network) -> dict[str, np.ndarray]:
    """How many name each person, and how many of those whom the person names do so in return."""
    absent = np.full(len(found.people), np.nan)
    if found.heard is None:
        return {"named_by": absent, "names": absent, "returned": absent}
    among = found.named.multiply(found.respondents[None, :]).tocsr()  # who did not answer could not return a name
    return {
        "named_by": centrality.strength(found.heard, "in"),
        "names": np.where(found.respondents, centrality.strength(found.heard, "out"), np.nan),
        "returned": np.where(found.respondents, centrality.reciprocated(among), np.nan),
    }
