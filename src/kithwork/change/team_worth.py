"""What a small team is worth to a start: its reach, its variety, the trust inside it, and what its members bring or bear.

    reach       people expected within two steps of a member: Σ_j 1 − Π_{i in team} (1 − r_ij), where along each tie and
                each way of two ties it gets through with their weights: 1 − r_ij = (1 − w_ij) Π_k (1 − w_ik w_kj). With
                ties of weight 1 it counts those reached (Borgatti 2006, Comput. Math. Organ. Theory 12:21); in one step it
                would be group degree (Everett & Borgatti 1999, J. Math. Sociol. 23:181)
    variety     entropy of the members' units, roles, sites and segments, over its most, log of the team's size; the mean
                (Teachman 1980, Sociol. Methods Res. 8:341)
    trust       mean of P(personal) over pairs of members: density inside, with reach outside, is what makes teams effective
                (Reagans, Zuckerman & McEvily 2004, Adm. Sci. Q. 49:101)
    readiness   mean, in standard deviations
    closure     mean of Burt's constraint: how far those whom a member knows know each other
    load        mean number of ties beyond those of nine in ten people
    pieces      parts into which the team falls where its members' ties to each other are all there is, less one

Nobody measured the weights. That of closure is negative where the change breaks with how things are done, and positive
where it does not: Battilana & Casciaro 2012 (Acad. Manage. J. 55:381) found that people with open networks more often
brought the first sort of change about, and those with closed ones the second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.network.holes import constraint

WEIGHTS = {"reach": 1.0, "variety": 1.0, "trust": 1.0, "readiness": 1.0, "closure": 0.5, "load": -0.5, "pieces": -1.0}
"""Of each part, in its order; below 0 less of it is better. Closure's is turned round for a change that breaks with how
things are done."""
VARIETY = ("unit", "role", "site", "segment")
CELLS = 4_000_000
"""Chances held at a time: teams × people."""
DECIMALS = 3
"""Digits of the people reached: what differs by less differs by rounding alone."""
SURE = 1 - 1e-9
"""What stands for a tie of weight 1, so that its logarithm can be taken."""


def weights(divergent: bool) -> np.ndarray:
    """The weight of each part; `divergent`: whether the change breaks with how things are done."""
    return np.array([weight * (-1 if divergent and part == "closure" else 1) for part, weight in WEIGHTS.items()])


@dataclass(frozen=True)
class Candidates:
    """Those who may be in a team; teams are positions among them, (teams, members).

    `rows`: (candidates,) row numbers in `people`. `missed`: (candidates, people) chance that the person is not reached, of
    those people whom anybody reaches; `unreached`: (people,) chance that no earlier team reaches each. `alike`:
    (attributes, candidates, candidates) whether two are of one unit, role … `trust`, `tied`: (candidates, candidates).
    `own`: (candidates, 3) readiness, closure and load.
    """

    rows: np.ndarray
    missed: np.ndarray
    unreached: np.ndarray
    alike: np.ndarray
    trust: np.ndarray
    tied: np.ndarray
    own: np.ndarray

    def parts(self, sets: np.ndarray) -> np.ndarray:
        """(teams, parts) in the order of `WEIGHTS`. `sets`: (teams, members) positions, each of a team once."""
        step = max(1, CELLS // max(1, self.missed.shape[1]))
        parts = (sets[at : at + step] for at in range(0, len(sets), step))
        missed = [reduce(np.multiply, (self.missed[column] for column in some.T)) @ self.unreached for some in parts]
        return self._with(sets, np.concatenate(missed))

    def adding(self, base: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """(others, parts) of the team `base` and each of the others `rest` (positions): the same as `parts`, but fast."""
        missed = (self.missed @ (self.missed[base].prod(axis=0) * self.unreached))[rest]
        return self._with(np.column_stack([np.tile(base, (len(rest), 1)), rest]), missed)

    def after(self, team: np.ndarray) -> Candidates:
        """The same, where whom this team (positions) reaches counts no more."""
        return replace(self, unreached=self.unreached * self.missed[team].prod(axis=0))

    def _with(self, sets: np.ndarray, missed: np.ndarray) -> np.ndarray:
        """The parts of teams that miss so many people."""
        reach = np.round(self.unreached.sum() - missed, DECIMALS)
        one, other = sets[:, :, None], sets[:, None, :]
        size = sets.shape[1]
        trust = self.trust[one, other].sum(axis=(1, 2)) / max(size * (size - 1), 1)
        own = self.own[sets].mean(axis=1)
        return np.column_stack([reach, self._variety(one, other), trust, own, _pieces(self.tied[one, other]) - 1])

    def _variety(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        size = one.shape[1]
        if not len(self.alike) or size < 2:
            return np.zeros(len(one))
        of_a_kind = (alike[one, other].sum(axis=2) for alike in self.alike)
        return np.mean([1 - np.log(count).mean(axis=1) / np.log(size) for count in of_a_kind], axis=0)


def candidates(
    net: sparse.csr_array, trust: sparse.csr_array, people: pd.DataFrame, rows: np.ndarray, readiness_z: np.ndarray
) -> Candidates:
    """The candidates in these rows of `people`. `net`: (people, people), symmetric, entries 0 to 1, how far each heeds each
    other; `trust`: the same with P(personal); `readiness_z`: (people,), 0 where unknown."""
    degree = np.diff(net.indptr)
    closed = constraint(net)
    usual = np.nanmean(closed) if np.isfinite(closed).any() else 0.0
    load = np.maximum(degree - np.quantile(degree, 0.9), 0)
    own = np.column_stack([readiness_z, np.where(np.isnan(closed), usual, closed), load])[rows]
    codes = [pd.factorize(people[name].iloc[rows])[0] for name in VARIETY if name in people]
    alike = [code[:, None] == code for code in codes if len(np.unique(code)) > 1]
    among = [matrix[rows][:, rows].toarray() for matrix in (trust, net)]
    missed = _missed(net, rows)
    missed = missed[:, (missed < 1).any(axis=0)]
    return Candidates(
        rows=rows,
        missed=missed,
        unreached=np.ones(missed.shape[1]),
        alike=np.array(alike, dtype=bool).reshape(len(alike), len(rows), len(rows)),
        trust=among[0] * ~np.eye(len(rows), dtype=bool),
        tied=(among[0] > 0) | (among[1] > 0),
        own=own,
    )


def _missed(net: sparse.csr_array, rows: np.ndarray) -> np.ndarray:
    """(rows, people) Π (1 − weight) over the ties and ways of two ties from each of these rows to each person."""
    own = net[rows].tocoo()
    first, between, weight = own.row, own.col, own.data
    many = np.diff(net.indptr)[between]
    start = np.repeat(net.indptr[between] - np.cumsum(many) + many, many)
    place = start + np.arange(many.sum())
    to, through = net.indices[place], np.repeat(weight, many) * net.data[place]
    chance = np.concatenate([weight, through, np.full(len(rows), SURE)])
    ends = (np.concatenate([first, np.repeat(first, many), np.arange(len(rows))]), np.concatenate([between, to, rows]))
    logs = np.log1p(-np.minimum(chance, SURE))
    return np.exp(sparse.coo_array((logs, ends), shape=(len(rows), net.shape[0])).toarray())


def _pieces(tied: np.ndarray) -> np.ndarray:
    """(teams,) connected parts of each team. `tied`: (teams, members, members)."""
    size = tied.shape[1]
    label = np.broadcast_to(np.arange(size), tied.shape[:2])
    near = tied | np.eye(size, dtype=bool)
    for _ in range(size - 1):
        label = np.where(near, label[:, None, :], size).min(axis=2)
    return (label == np.arange(size)).sum(axis=1)
