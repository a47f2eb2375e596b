"""Each person's position in the network: the `positions` table, and where each stands beside chance and in rank.

Position measures of one person are fragile: a missing respondent moves betweenness most (Smith & Moody 2013, Social
Networks 35:652). They are for segments and group figures; nobody is ranked by them in a report. What each measure is, and
how it fails, stands in its own file: `holes`, `centrality`, `betweenness`, `brokerage`, `core`, `communities`, `reach`,
`boundaries`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.network import betweenness, boundaries, brokerage, centrality, communities, completion, core, graph, nulls
from kithwork.network import missing, ranks, reach, standing
from kithwork.network.holes import constraint, holes

if TYPE_CHECKING:
    from scipy import sparse

SEEDS = 20
"""Runs of Leiden of which the most typical is taken."""
CHEAP = 1_000_000
"""People × ties up to which betweenness, which needs a search from everybody, is set beside chance and ranked as well."""


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
    def heard(self) -> sparse.csr_array | None:
        """Names given by respondents, to anybody."""
        return None if self.named is None else completion.silenced(self.named, self.respondents)

    @cached_property
    def among_respondents(self) -> sparse.csr_array | None:
        """Names among those who could name each other, or None where they are too few to learn from."""
        enough = self.named is not None and self.respondents.sum() >= completion.FEWEST_RESPONDENTS
        return self.named[self.respondents][:, self.respondents] if enough else None


def of(people: pd.DataFrame, ties: pd.DataFrame, nominations: pd.DataFrame, answered: pd.Series, directed: bool) -> Network:
    """The network of a study. `answered`: ids of who answered the survey; where nobody is known to, whoever names counts."""
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
    paths = betweenness.betweenness(net, rng)
    groups = communities.communities(net, SEEDS, rng).members
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
            "two_step_reach": reach.within_two(net),
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


def ranked(found: Network) -> tuple[sparse.csr_array, dict[str, ranks.Measure]]:
    """The network that people may be ranked in, names where anybody was asked, else ties, and by what: the higher, the
    further up. Of names, measures of ties are over names given either way."""
    asked = found.among_respondents is not None
    net = found.heard if asked else found.net
    of_ties = {
        "constraint": lambda net: -constraint(_either(net)),  # the least constrained are the top
        "two_step_reach": lambda net: reach.within_two(_either(net)),
    }
    if net.shape[0] * net.nnz <= CHEAP:
        of_ties["betweenness"] = lambda net: betweenness.exact(_either(net)).share
    of_names = {"named_by": lambda net: centrality.strength(net, "in"), "pagerank": centrality.pagerank}
    return net, of_names | of_ties if asked else {"degree": lambda net: net.sum(axis=1)} | of_ties


def silence(found: Network, times: int, rng: np.random.Generator) -> pd.DataFrame:
    """How far the measures hold if respondents had been silent (`missing.masked`); no rows where nobody was asked."""
    net, by = ranked(found)
    return missing.masked(net, found.respondents, by, times, rng)


def standings(found: Network, draws: int, rng: np.random.Generator) -> pd.DataFrame:
    """The `standings` table: a row per person and measure: value, what chance gives, and the probability of the top tenth.

    Chance keeps every degree, and for being named every ego's number of names. Probabilities are over completed networks
    where people were asked (`completion`), else over the ties without a tenth of them. `draws`: at most; fewer where the
    network is large (`ranks.draws`).
    """
    net, by = ranked(found)
    draws = min(draws, ranks.draws(net.shape[0], net.nnz))
    either = _either(net)
    rewired = (graph.matrix(copy) for copy in nulls.rewired(graph.of(either), draws, rng))
    dealt = nulls.named_at_random(net, draws, rng) if found.among_respondents is not None else []
    of_names = [name for name in by if name in ("named_by", "pagerank", "degree")]
    of_ties = [name for name in by if name not in of_names]
    frame = pd.concat(
        [
            standing.beside_chance(net, {name: by[name] for name in of_names}, dealt),
            standing.beside_chance(either, {name: by[name] for name in of_ties}, rewired),
        ],
        ignore_index=True,
    )
    top = ranks.chances(_possible(found, net, draws, rng), by)[["measure", "person", "p_top"]]
    frame = frame.merge(top, on=["measure", "person"]).rename(columns={"p_top": "top_tenth"})
    least = frame["measure"] == "constraint"
    frame.loc[least, ["value", "expected", "low", "high"]] = -frame.loc[
        least, ["value", "expected", "high", "low"]
    ].to_numpy()
    frame.insert(0, "person_id", found.people["person_id"].to_numpy()[frame.pop("person")])
    return frame


def _possible(found: Network, net: sparse.csr_array, draws: int, rng: np.random.Generator) -> Iterator[sparse.csr_array]:
    """Networks as they might have been."""
    if found.among_respondents is None:
        return ranks.thinned(net, draws, rng)
    with_doubt = completion.resampled if found.respondents.all() else completion.completed
    return with_doubt(net, found.respondents, draws, rng)


def _either(net: sparse.csr_array) -> sparse.csr_array:
    """Ties either way, of weight 1."""
    return ((net + net.T) != 0).astype(float)
