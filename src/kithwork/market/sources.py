"""How many independent sources a signal has: reports that could not all go back to one.

Two reports of a signal are linked where one may be the echo of the other: they come from one person or one party outside;
both are published, or both second hand from nobody named; or, where either names no party, their writers have one manager
or a functional or strategic tie. Two parties that tell the same do not do so because those who listened know each other.
Copies are no reports. Where any report names a party only such reports count as sources: all others may go back to these.

Independent sources are the most reports of which no two are linked (the independence number of the graph), not its
connected components: in an organisation everybody is joined to everybody by a chain of colleagues, and components come to
one however many parties speak. The number is found by taking the report with fewest links again and again, which gives no
less than Σ 1 / (1 + links) (Wei 1981, Bell Labs TM 81-11217-9; Griggs 1983, J. Comb. Theory B 34:22).

Every other report joins the first source that it is linked to; those that name no party, where others do, all join the
largest, so that one source more never takes them from where they count. A group of m reports, each of which repeats the
others to the extent ρ, is worth

    m / (1 + ρ·(m − 1))

of them (Kish 1965, *Survey Sampling*, 162): one alone, and never more than 1/ρ. Where no party is named all reports are one
such group: nobody can say that they do not go back to one rumour.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.market.mentions import PUBLISHED, SECOND_HAND

CLOSE = ("functional", "strategic")
"""Kinds of tie along which news travels at work."""


@dataclass(frozen=True)
class Near:
    """Who is near whom: `tied` (people, people) bool; `manager` code of each, −1 for none; `index` of person_id."""

    index: pd.Index
    tied: object
    manager: np.ndarray


def near(ties: pd.DataFrame, people: pd.DataFrame) -> Near:
    """Close ties, told by what each is told to be, and managers."""
    from scipy import sparse

    index = pd.Index(people["person_id"])
    close = np.zeros(len(ties), dtype=bool)
    for kind in CLOSE:
        close |= (ties[f"told_{kind}"] == "yes").to_numpy(dtype=bool)
    ends = np.column_stack([index.get_indexer(ties[end]) for end in ("a_id", "b_id")])[close]
    ends = ends[(ends >= 0).all(axis=1)]
    one, other = np.r_[ends, ends[:, ::-1]].T
    tied = sparse.csr_array((np.ones(len(one), dtype=bool), (one, other)), shape=(len(index), len(index)))
    return Near(index, tied, pd.factorize(people["manager_id"])[0])


def sources(mentions: pd.DataFrame, near: Near) -> pd.DataFrame:
    """One row per signal, person, party and way of learning: these with `picked`, whether it stands for a source, and
    `group`, the number in the signal of what it may repeat.

    What a person says again of one party is one report. Rows are in order of their names; the order of mentions is nothing.
    """
    keys = ["signal_id", "person_id", "party_id", "learned"]
    nobody = mentions["person_id"].isna() & mentions["party_id"].isna()
    only = mentions["mention_id"].where(nobody)
    found = mentions[keys].assign(only=only).drop_duplicates().sort_values([*keys, "only"], ignore_index=True)
    picked, group = np.zeros(len(found), dtype=bool), np.zeros(len(found), dtype=int)
    coded, named = _coded(found, near), found["party_id"].notna().to_numpy()
    for rows in found.groupby("signal_id", sort=False).indices.values():
        naming = rows[named[rows]]
        heard = naming if len(naming) else rows
        links = _linked(coded, heard, near)
        stand = separate(links)
        picked[heard[stand]] = True
        if len(naming):
            source = joined(links, stand)
            group[rows] = np.bincount(source).argmax()
            group[naming] = source
    return found.drop(columns="only").assign(picked=picked, group=group)


def linked(reports: pd.DataFrame, near: Near) -> np.ndarray:
    """Which reports of one signal are linked, (reports, reports) bool, none to itself."""
    return _linked(_coded(reports, near), np.arange(len(reports)), near)


def _coded(reports: pd.DataFrame, near: Near) -> dict[str, np.ndarray]:
    """Of each report by number: party, person, its row among people and the manager's, −1 for none; how it was learned."""
    party, person = (pd.factorize(reports[name])[0] for name in ("party_id", "person_id"))
    row, learned = near.index.get_indexer(reports["person_id"]), reports["learned"]
    return {
        "party": party,
        "person": person,
        "row": row,
        "manager": np.where(row >= 0, np.append(near.manager, -1)[row], -1),
        "published": (learned == PUBLISHED).to_numpy(dtype=bool),
        "unknown": (party < 0) & ((learned == SECOND_HAND).to_numpy(dtype=bool) | (person < 0)),
    }


def _linked(coded: dict[str, np.ndarray], which: np.ndarray, near: Near) -> np.ndarray:
    party, person, row, manager, published, unknown = (column[which] for column in coded.values())
    nameless = party < 0
    found = _same(party) | _same(person)
    if nameless.any():
        known = np.flatnonzero(row >= 0)
        close = _same(manager)
        close[np.ix_(known, known)] |= near.tied[row[known]][:, row[known]].toarray()
        found |= close & (nameless[:, None] | nameless)
    for alike in (published, unknown):
        found |= alike[:, None] & alike
    np.fill_diagonal(found, False)
    return found


def separate(links: np.ndarray) -> np.ndarray:
    """Rows of reports of which no two are linked, while every other is linked to one of them.

    `links`: (reports, reports) bool, symmetric.
    """
    alive, degree, picked = np.ones(len(links), dtype=bool), links.sum(axis=1), []
    while alive.any():
        at = int(np.where(alive, degree, len(links)).argmin())
        picked.append(at)
        gone = alive & links[at]
        gone[at] = True
        alive &= ~gone
        degree = degree - links[:, gone].sum(axis=1)
    return np.array(picked, dtype=int)


def joined(links: np.ndarray, picked: np.ndarray) -> np.ndarray:
    """Number of the source, a row of `picked`, that each report joins, (reports,)."""
    beside = links[:, picked]
    beside[picked, np.arange(len(picked))] = True
    return beside.argmax(axis=1)


def worth_of(size: np.ndarray | float, echo: float) -> np.ndarray | float:
    """What a group of so many reports is worth, in reports; nothing for none."""
    return size / np.maximum(1 + echo * (size - 1), 1e-12)


def _same(codes: np.ndarray) -> np.ndarray:
    return (codes[:, None] == codes) & (codes >= 0)[:, None]
