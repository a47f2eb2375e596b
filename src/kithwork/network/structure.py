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
from kithwork.network import centrality, communities, core, graph, hierarchy, leave_one, nulls, reach
from kithwork.network.jackknife import leaving_out

if TYPE_CHECKING:
    from scipy import sparse

EGOS = 5_000
"""People of a large network whose two-step reach stands for everybody's."""
LEFT = 20
"""Draws of its people without a tenth."""

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
    if net.shape[0] > nulls.LARGE:
        return of_many(net, draws, rng, lots)

    def measures(part: sparse.csr_array) -> dict[str, float]:
        return _measured(part, lots)[0]

    return beside_chance(net, measures, nulls.matrices(net, draws, rng, directed=False), draws, rng, signed=("core",))


def _measured(
    net: sparse.csr_array, lots: np.random.Generator, who: np.ndarray | None = None
) -> tuple[dict[str, float], communities.Communities, core.Core]:
    """The measures of ties, two-step reach over rows `who` alone where they are given; and what was found on the way."""
    clustering, separate = _joined(net)
    groups, centre = communities.communities(net, 1, lots), core.core(net)
    values = {
        "clustering": clustering,
        "separate": separate,
        "two_steps": float(reach.within_two(net, who).mean()),
        "core": np.nan if centre.fit is None else centre.fit,
        "modularity": np.nan if groups.modularity is None else groups.modularity,
    }
    return values, groups, centre


def _joined(net: sparse.csr_array) -> tuple[float, float]:
    """Clustering and share of pairs apart."""
    found = graph.of(net, weighted=False)
    return found.transitivity_undirected(), reach.fragmentation(found)


def of_many(net: sparse.csr_array, draws: int, rng: np.random.Generator, lots: np.random.Generator) -> dict[str, Whole]:
    """The same of more than `nulls.LARGE` people: intervals by what each one's leaving would do (`leave_one`), of two-step
    reach by leaving a tenth out in fewer draws, few networks of chance; two-step reach is that of `EGOS` people, whose
    being drawn is in the interval. Communities are kept as found where somebody leaves.
    """
    n, few = net.shape[0], nulls.copies(draws, net.shape[0], net.nnz // 2)
    chosen = np.zeros(n, dtype=bool)
    chosen[rng.permutation(n)[:EGOS]] = True
    values, groups, centre = _measured(net, lots, np.flatnonzero(chosen))
    found = leaving_out(
        net,
        lambda part, kept: {"two_steps": reach.within_two(part, np.flatnonzero(chosen[kept])).mean()},
        min(draws, LEFT),
        rng,
    )
    without = {
        "clustering": leave_one.clustering(net, triangles(net)),
        "separate": reach.worst_loss(graph.of(net, weighted=False))[1],
        "core": leave_one.core_fit(net, centre.members, core.fit_of),
        "modularity": leave_one.modularity(net, groups.members),
    }
    for name, one in without.items():
        if np.isfinite(values[name]) and np.isfinite(one).all():
            found[name] = leave_one.interval(values[name], one, signed=name == "core")
    chance = [_measured(copy, lots, np.flatnonzero(chosen))[0] for copy in nulls.matrices(net, few, rng, directed=False)]
    drawn = {name: np.array([one[name] for one in chance]) for name in values if name in found}
    drawn = {name: one[~np.isnan(one)] for name, one in drawn.items()}
    return {name: Whole(found[name], nulls.against(values[name], one)) for name, one in drawn.items() if len(one)}


def triangles(net: sparse.csr_array) -> np.ndarray:
    """How many triangles each person is in: (people,)."""
    degree = np.diff(net.indptr)
    local = graph.of(net, weighted=False).transitivity_local_undirected(mode="zero")
    return np.round(np.array(local) * degree * (degree - 1) / 2)


def of_names(named: sparse.csr_array, draws: int, rng: np.random.Generator) -> dict[str, Whole]:
    """Reciprocity and hierarchy of a directed network of names."""
    [lots] = rng.spawn(1)

    def measures(part: sparse.csr_array) -> dict[str, float]:
        ordered = hierarchy.one_way(part, lots)
        return {
            "reciprocity": centrality.reciprocity(part),
            "hierarchy": np.nan if ordered is None else ordered,
        }

    draws = nulls.copies(draws, *named.shape[:1], named.nnz)
    return beside_chance(named, measures, nulls.matrices(named, draws, rng, directed=True), draws, rng)


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
