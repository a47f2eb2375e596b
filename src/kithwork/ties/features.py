"""From relations named and contacts counted (`contact.py`) to one row per pair of people.

Relations named by either side count for the pair. Signs of kind that no survey asks for (`same_unit`, `crosses_unit`,
`bridges`, `strong_contact`) are derived here, each stated in `DERIVED`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Settings
from kithwork.tables import TIES
from kithwork.ties import staff

if TYPE_CHECKING:
    from scipy import sparse

DERIVED = {
    "any": "holds for every tie: what a kind may rest on that no other sign shows (the leak of a noisy-OR)",
    "same_unit": "both in the same unit; absent where a unit is unknown",
    "crosses_unit": "in different units; absent where a unit is unknown",
    "bridges": "few common neighbours: embeddedness in the lowest part, set by ties.bridge_quantile",
    "strong_contact": "contact minutes, where there are any, in the highest part, set by ties.strong_contact_quantile",
}

ENTRIES = 20_000_000
"""Entries of people's rows of neighbours that are held at a time, at some 24 bytes each."""

BEFORE_KINDS = tuple(name for name in TIES.columns if not name.startswith("p_"))
"""Columns of the ties that are there before their kinds are told."""


def relations(nominations: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The relations that join each pair of people: columns a_id < b_id, relations (sorted, joined by +)."""
    inside = nominations[nominations["alter_id"].isin(people["person_id"])]
    ends = inside[["ego_id", "alter_id"]]
    pairs = pd.DataFrame({"a_id": ends.min(axis=1), "b_id": ends.max(axis=1), "relation": inside["relation"]})
    pairs = pairs.drop_duplicates().sort_values(["a_id", "b_id", "relation"])
    return (
        pairs.groupby(["a_id", "b_id"], as_index=False)["relation"].agg("+".join).rename(columns={"relation": "relations"})
    )


def measure(named: pd.DataFrame, met: pd.DataFrame, people: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """One row per pair with a relation or with the engagement's `fewest_contacts`: its strength, boundary and signs.

    Raises `UserError` for a sign in `params.yaml` that is neither a relation of this engagement nor derived.
    """
    if named.empty and met.empty:
        return TIES.empty()[[*BEFORE_KINDS]]
    ties = named.merge(met[["a_id", "b_id", "contacts", "minutes"]], on=["a_id", "b_id"], how="outer")
    ties = ties[ties["relations"].notna() | (ties["contacts"] >= settings.engagement.fewest_contacts)].reset_index(
        drop=True
    )
    unit = people.set_index("person_id")["unit"]
    a_unit, b_unit = ties["a_id"].map(unit), ties["b_id"].map(unit)
    known = a_unit.notna() & b_unit.notna()
    ties["crosses_unit"] = (a_unit != b_unit).astype("float64").where(known)
    ties = ties.assign(**staff.apart(ties["a_id"], ties["b_id"], people))
    ties["embeddedness"], ties["span"] = embeddedness(ties), span(ties)
    count = ties["relations"].str.count(r"\+").add(1).fillna(0)
    ties["strength"] = count + (ties["minutes"] / ties["minutes"].max()).fillna(0)
    ties["signs"] = _signs(ties, settings)
    return ties


def embeddedness(ties: pd.DataFrame) -> pd.Series:
    """Common neighbours over all neighbours of the pair, the two themselves left out (Jaccard); 0 where there are none.
    Others hold embedded ties in place, those of work above all; a tie that stands alone is chosen, or a bridge."""
    graph, a, b = _graph(ties)
    common, degree = _common(graph, a, b), graph.sum(axis=1)
    either = degree[a] + degree[b] - common - 2
    return pd.Series(common / either.clip(min=1), index=ties.index, dtype="float64")


def span(ties: pd.DataFrame) -> pd.Series:
    """Steps between the two without their tie: 2 with a common neighbour, 3, or 4 for four, more, or no way at all.

    The range of a tie (Park, Blumenstock & Macy 2018, Science 362:1410): a long one reaches where nothing else does, hence
    strategic. There are d(a) + d(b) - 1 walks of three steps from a to b that use the tie; any more are a way around it.
    """
    graph, a, b = _graph(ties)
    found = np.full(len(ties), 2.0)
    apart = np.flatnonzero(_common(graph, a, b) == 0)
    degree = graph.sum(axis=1)
    walks = _three_steps(graph, a[apart], b[apart])
    found[apart] = np.where(walks > degree[a[apart]] + degree[b[apart]] - 1, 3, 4)
    return pd.Series(found, index=ties.index)


def _common(graph: sparse.csr_array, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """How many neighbours the two of each tie have in common, in blocks of ties."""
    degree = graph.sum(axis=1)
    parts = _blocks(degree[a] + degree[b])
    return np.concatenate([(graph[a[part]].multiply(graph[b[part]])).sum(axis=1) for part in parts] or [np.zeros(0, int)])


def _three_steps(graph: sparse.csr_array, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """How many walks of three steps lead from a to b: from the end with fewer of two, whose walks are followed once."""
    two = graph @ graph.sum(axis=1)
    turned = two[a] > two[b]
    one, other = np.where(turned, b, a), np.where(turned, a, b)
    order = np.argsort(one, kind="stable")
    found = np.zeros(len(a), dtype=int)
    for part in _blocks(two[one[order]]):
        ties = order[part]
        who, place = np.unique(one[ties], return_inverse=True)
        found[ties] = (graph[who] @ graph)[place].multiply(graph[other[ties]]).sum(axis=1)
    return found


def _blocks(entries: np.ndarray) -> list[slice]:
    """Ranges of ties with about `ENTRIES` entries each."""
    cuts = np.flatnonzero(np.diff(np.cumsum(entries) // ENTRIES)) + 1
    edges = [0, *cuts.tolist(), len(entries)]
    return [slice(start, end) for start, end in pairwise(edges) if end > start]


def _graph(ties: pd.DataFrame) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """The network of ties as a symmetric matrix of 0 and 1, and the places of both ends of each tie in it."""
    from scipy import sparse

    ids = pd.Index(pd.unique(ties[["a_id", "b_id"]].to_numpy().ravel()))
    a, b = ids.get_indexer(ties["a_id"]), ids.get_indexer(ties["b_id"])
    half = sparse.coo_array((np.ones(len(ties), dtype=np.int64), (a, b)), shape=(len(ids), len(ids))).tocsr()
    return half + half.T, a, b


def _signs(ties: pd.DataFrame, settings: Settings) -> pd.Series:
    """The signs of `params.yaml` seen on each tie, sorted and joined by +; absent where none is."""
    asked = sorted({sign for signs in settings.engagement.signs.values() for sign in signs})
    named = ties["relations"].fillna("").str.get_dummies("+").drop(columns="", errors="ignore").astype(bool)
    spoken = set(named.columns)
    unknown = [sign for sign in asked if sign not in spoken and sign not in DERIVED]
    if unknown:
        where = f"engagements.{settings.name}.signs"
        raise UserError(
            [
                Problem("is neither a relation of this engagement nor a derived sign", "params.yaml",
                        nearest(sign, spoken | set(DERIVED)), found=sign, column=where)
                for sign in unknown
            ]
        )  # fmt: skip
    low = ties["embeddedness"].quantile(settings.ties.bridge_quantile)
    high = ties["minutes"].quantile(settings.ties.strong_contact_quantile)
    derived = {
        "any": pd.Series(True, index=ties.index),
        "same_unit": ties["crosses_unit"] == 0,
        "crosses_unit": ties["crosses_unit"] == 1,
        "bridges": ties["embeddedness"] <= low,
        "strong_contact": (ties["minutes"] >= high) & (ties["minutes"] > 0),
    }
    text = pd.Series("", index=ties.index)
    for sign in asked:
        shown = derived[sign] if sign in derived else named[sign]
        text += shown.map({True: f"{sign}+", False: ""})
    return text.str.rstrip("+").replace("", None)
