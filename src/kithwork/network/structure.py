"""What the network is like as a whole: each measure with its interval, beside what chance gives networks of the same make.

Raw values mislead: a dense network is clustered, and one with a few busy people has a core, by arithmetic. So each is set
beside networks rewired with every degree kept (`nulls.rewired`; names: those given and those received). Intervals are by
leaving people out (`jackknife`). A network so small or dense that hardly any swap is possible is always like chance.

reciprocity     share of names that are returned
clustering      share of two-paths whose ends are tied (Luce & Perry 1949, Psychometrika 14:95)
separate        share of pairs with no path between them (fragmentation, Borgatti 2006)
two_steps       mean share of the others within two steps
core            fit ρ of core and periphery (`core`)
modularity      Q of the communities found (`communities`)
hierarchy       share of pairs with a path of names one way that have none back (`hierarchy`)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import Estimate
from kithwork.network import communities, core, graph, hierarchy, nulls, reach
from kithwork.network.jackknife import leaving_out

if TYPE_CHECKING:
    from scipy import sparse

Measures = Callable[["sparse.csr_array"], dict[str, float]]


@dataclass(frozen=True)
class Whole:
    """One measure of a whole network: its value with the interval, the value against chance, and what was drawn to find it,
    nothing where all was taken."""

    estimate: Estimate
    chance: nulls.Chance
    drawn: str = ""


def of_ties(net: sparse.csr_array, draws: int, rng: np.random.Generator) -> dict[str, Whole]:
    """Clustering, pairs apart, two-step reach, core and modularity of a symmetric network; nothing where it has no tie, as
    where nobody was asked: that all are apart is then not known.
    """
    if not net.nnz:
        return {}
    lots = np.random.default_rng(rng.integers(2**32))

    def measures(part: sparse.csr_array) -> dict[str, float]:
        found, ties = graph.of(part), communities.communities(part, 1, lots)
        fit = core.core(part).fit
        return {
            "clustering": found.transitivity_undirected(),
            "separate": reach.fragmentation(found),
            "two_steps": float(reach.within_two(part).mean()),
            "core": np.nan if fit is None else fit,
            "modularity": np.nan if ties.modularity is None else ties.modularity,
        }

    return beside_chance(net, measures, _rewired(net, draws, rng, directed=False), draws, rng, signed=("core",))


def of_names(named: sparse.csr_array, draws: int, rng: np.random.Generator) -> dict[str, Whole]:
    """Reciprocity and hierarchy of a directed network of names."""

    def measures(part: sparse.csr_array) -> dict[str, float]:
        ordered = hierarchy.conditions(part).hierarchy
        return {
            "reciprocity": graph.of(part, directed=True).reciprocity() if part.nnz else np.nan,
            "hierarchy": np.nan if ordered is None else ordered,
        }

    return beside_chance(named, measures, _rewired(named, draws, rng, directed=True), draws, rng)


def beside_chance(
    net: sparse.csr_array,
    measures: Measures,
    chance: Iterable[sparse.csr_array],
    draws: int,
    rng: np.random.Generator,
    signed: tuple[str, ...] = (),
) -> dict[str, Whole]:
    """Each measure of a network, between 0 and 1 (`signed`: −1 and 1); `draws` sets of people left out; none where it
    cannot be computed."""
    found = leaving_out(net, lambda part, _: measures(part), draws, rng, signed)
    drawn: dict[str, list[float]] = {name: [] for name in found}
    for other in chance:
        values = measures(other)
        for name, kept in drawn.items():
            kept.append(values[name])
    defined = {name: np.array([value for value in values if not np.isnan(value)]) for name, values in drawn.items()}
    return {
        name: Whole(estimate, nulls.against(estimate.estimate, defined[name]))
        for name, estimate in found.items()
        if len(defined[name])
    }


def _rewired(net: sparse.csr_array, draws: int, rng: np.random.Generator, directed: bool) -> Iterable[sparse.csr_array]:
    """Rewired copies as matrices."""
    return (graph.matrix(copy) for copy in nulls.rewired(graph.of(net, directed), draws, rng))
