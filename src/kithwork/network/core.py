"""Core and periphery: a core tied among itself, a periphery that is not, and whether degrees alone would look like that.

The core is Lip's (2011, arXiv:1102.5511): of all divisions in two, the one that errs least, Z = pairs of the core without a
tie + pairs of the periphery with one. Ties between core and periphery count neither way. With people in the order of their
degrees the best core of k people errs by m + k(k − 1)/2 − Σ their degrees; so the core is the largest k of whom each has
at least k ties. The fit is Borgatti & Everett's (2000, Social Networks 21:375) correlation ρ of the ties with the ideal
pattern, 1 within the core, 0 within the periphery, the pairs between left out.

How it fails: every network has such a core, random ones too, for people of many ties meet (Kojaku & Masuda 2018, New J.
Phys. 20:043012). Z is a function of the degrees and never shows more than they do; so what counts is ρ against networks
rewired with every degree kept, in which the core is the same people. Two cores of unlike units are taken for one, whose ρ
is then below what degrees give, as in the karate club.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kithwork.network.graph import of
from kithwork.network.nulls import Chance, against, rewired

if TYPE_CHECKING:
    from scipy import sparse


@dataclass(frozen=True)
class Core:
    """`members`: booleans (people,); `errors`: Z, in pairs; `fit`: ρ, −1 to 1, None where it is not defined."""

    members: np.ndarray
    errors: int
    fit: float | None


def core(net: sparse.csr_array) -> Core:
    """The core of a symmetric network; any entry above 0 is a tie. Of people with as many ties, the lower row is in it."""
    a, b = _ends(net)
    degree = np.bincount(a, minlength=net.shape[0]) + np.bincount(b, minlength=net.shape[0])
    order = np.argsort(-degree, kind="stable")
    size = int((degree[order] > np.arange(len(order))).sum())
    members = np.zeros(len(degree), dtype=bool)
    members[order[:size]] = True
    errors = len(a) + size * (size - 1) // 2 - int(degree[members].sum())
    return Core(members, errors, _fit(a, b, members))


def against_degrees(net: sparse.csr_array, draws: int, rng: np.random.Generator) -> Chance | None:
    """ρ against networks rewired with every degree kept. Around them: no core beyond what degrees give. None without ρ."""
    found = core(net)
    if found.fit is None:
        return None
    copies = (np.array(copy.get_edgelist()).T for copy in rewired(of(net, weighted=False), draws, rng))
    return against(found.fit, np.array([_fit(a, b, found.members) for a, b in copies]))


def _ends(net: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the ties, each once, without loops."""
    from scipy import sparse

    half = sparse.coo_array(sparse.triu(net, 1))
    return tuple(end[half.data > 0] for end in half.coords)


def _fit(a: np.ndarray, b: np.ndarray, members: np.ndarray) -> float | None:
    """ρ of ties (a, b) and pattern, the correlation of two yes-or-no variables over the pairs within core and periphery.

    ρ = (p_C − p_P) √(w(1 − w)) / √(p(1 − p)), p the shares of pairs with a tie and w the core's share of the pairs.
    """
    ties = np.array([(members[a] & members[b]).sum(), (~members[a] & ~members[b]).sum()])
    found = fit_of(ties, np.array([members.sum(), (~members).sum()]))
    return None if np.isnan(found) else float(found)


def fit_of(ties: np.ndarray, people: np.ndarray) -> np.ndarray:
    """ρ from the ties within core and periphery and their people, each (2, …); NaN where it is not defined."""
    pairs = people * (people - 1) / 2
    share = ties.sum(axis=0) / np.maximum(pairs.sum(axis=0), 1)
    defined = (pairs.min(axis=0) > 0) & (share > 0) & (share < 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        weight, (dense, thin) = pairs[0] / pairs.sum(axis=0), ties / pairs
        return np.where(defined, (dense - thin) * np.sqrt(weight * (1 - weight) / (share * (1 - share))), np.nan)
