"""People and several relations between them, read from two CSV files, and what the rest shows of each dyad when one of the
relations is to be told.

Every feature lies between 0 and 1, whatever the size of the organisation: shares of the people there, ranks among them.
That is what lets a model be carried from one organisation to another.

Three things would tell the answer itself, and are kept out. Ego's own answer is in no count of who names the alter. What
the alter says of ego is never a feature. Answers of people who are held out are known to no feature of anybody (`heard`).
Of an undirected relation a pair has one answer, whoever gives it: then the other features have no direction either.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

SOURCES, TARGETS, VALUES = ("source", "from"), ("target", "to"), ("weight", "value")
FEW = 8
"""Different entries up to which a column holds codes, each of which is a feature."""
FEWEST = 3
"""People who must share a code."""


@dataclass(frozen=True)
class Organisation:
    """`people`: their attributes, n rows; `values`: for each relation (n, n), what the row's person stated of the column's,
    0 for nothing; `counts_from`: the value from which a relation holds; `directed`: whether either side was asked."""

    people: pd.DataFrame
    values: dict[str, np.ndarray]
    counts_from: float = 1
    directed: bool = True

    @property
    def dyads(self) -> tuple[np.ndarray, np.ndarray]:
        """Ego and alter of every ordered pair of people, as rows of `people`."""
        return np.nonzero(~np.eye(len(self.people), dtype=bool))

    @property
    def asked(self) -> np.ndarray:
        """(n,) who stated anything; the others may not have been asked. Everybody, where no side was asked."""
        stated = sum(self.values.values()).any(axis=1)
        return stated if self.directed else np.ones(len(self.people), dtype=bool)

    def holds(self, relation: str) -> np.ndarray:
        """(n, n) of 0 or 1."""
        return (self.values[relation] >= self.counts_from).astype(float)


def read(
    nodes: Path, edges: Path, attributes: list[str] | None = None, counts_from: float = 1, directed: bool = True
) -> Organisation:
    """An organisation from two files. `nodes`: ids in the first column, then attributes (those named, or all); `edges`:
    source and target (or from and to), relation, and a weight if values were stated. Ties with people not listed are left
    out, and those with oneself."""
    people = pd.read_csv(nodes)
    people = people.set_index(people.columns[0])
    place = people.index.astype(str)
    rows = pd.read_csv(edges)
    ends = [place.get_indexer(rows[_named(rows, names)].astype(str)) for names in (SOURCES, TARGETS)]
    stated = rows[_named(rows, VALUES)] if set(VALUES) & set(rows) else pd.Series(1.0, rows.index)
    known = (ends[0] >= 0) & (ends[1] >= 0) & (ends[0] != ends[1])
    values = {}
    for relation in rows["relation"].unique():
        some = known & (rows["relation"] == relation).to_numpy()
        matrix = np.zeros((len(people), len(people)))
        matrix[ends[0][some], ends[1][some]] = stated[some]
        values[str(relation)] = matrix if directed else np.maximum(matrix, matrix.T)
    return Organisation(people[attributes] if attributes else people, values, counts_from, directed)


def _named(rows: pd.DataFrame, names: tuple[str, ...]) -> str:
    return next(name for name in names if name in rows)


def features(of: Organisation, label: str, heard: np.ndarray | None = None) -> pd.DataFrame:
    """What is known of every dyad but its answer: dyads × features. `heard`: (n,) whose answers on the label itself may be
    used, for other dyads than theirs; nobody's unless given."""
    ego, alter = of.dyads
    sides, between = _attributes(of.people, ego, alter)
    others = {name: of.holds(name) for name in of.values if name != label}
    for name, ties in others.items():
        stated = of.values[name] / max(of.values[name].max(), 1)
        between |= _tie(name, stated, ties, ego, alter, of.directed)
        sides |= _activity(name, ties, ego, alter)
    if others:
        between |= _together(others, ego, alter)
        sides["share of ties"] = _shares(sum(others.values()), ego, alter)
    if heard is not None:
        between |= {name: values[ego, alter] for name, values in _answers(of, label, others, heard).items()}
    return pd.DataFrame(between | (_by_side(sides) if of.directed else _unordered(sides)))


def _by_side(sides: dict[str, tuple[np.ndarray, np.ndarray]]) -> dict[str, np.ndarray]:
    found = {}
    for name, (one, other) in sides.items():
        found |= {f"ego {name}": one, f"alter {name}": other}
    return found


def _unordered(sides: dict[str, tuple[np.ndarray, np.ndarray]]) -> dict[str, np.ndarray]:
    found = {}
    for name, (one, other) in sides.items():
        found |= {f"lower {name}": np.fmin(one, other), f"higher {name}": np.fmax(one, other)}
    return found


def _attributes(people: pd.DataFrame, ego: np.ndarray, alter: np.ndarray) -> tuple[dict, dict]:
    """Numbers as ranks, codes one by one, and whether the two are alike."""
    sides, between = {}, {}
    for column in people:
        entries = people[column]
        known = entries.notna().to_numpy()
        codes = pd.factorize(entries)[0]
        between[f"same {column}"] = np.where((known[ego] & known[alter]), codes[ego] == codes[alter], np.nan)
        if pd.api.types.is_numeric_dtype(entries):
            rank = entries.rank(pct=True).to_numpy()
            sides[column] = rank[ego], rank[alter]
            between[f"distance {column}"] = np.abs(rank[ego] - rank[alter])
        for code, count in entries.value_counts().items() if entries.nunique() <= FEW or entries.dtype == object else []:
            if count >= FEWEST:
                of_code = (entries == code).to_numpy(dtype=float)
                sides[f"{column} {code}"] = of_code[ego], of_code[alter]
    if between:
        same = [values for name, values in between.items() if name.startswith("same ")]
        between["alike"] = np.nan_to_num(same).mean(axis=0)
    return sides, between


def _tie(name: str, stated: np.ndarray, ties: np.ndarray, ego: np.ndarray, alter: np.ndarray, directed: bool) -> dict:
    either = np.maximum(ties, ties.T)
    found = {name: stated[ego, alter], f"{name} shared": _shared(either, ego, alter)}
    if directed:
        found |= {
            f"{name} back": stated[alter, ego],
            f"{name} mutual": np.minimum(stated, stated.T)[ego, alter],
            f"{name} both name": _cosine(ties)[ego, alter],
            f"{name} both named": _cosine(ties.T)[ego, alter],
        }
    return found


def _activity(name: str, ties: np.ndarray, ego: np.ndarray, alter: np.ndarray) -> dict:
    names, named = ties.mean(axis=1), ties.mean(axis=0)
    return {f"names {name}": (names[ego], names[alter]), f"named {name}": (named[ego], named[alter])}


def _together(others: dict[str, np.ndarray], ego: np.ndarray, alter: np.ndarray) -> dict:
    count = sum(others.values())
    union = np.maximum(count, count.T) > 0
    return {
        "relations": count[ego, alter] / len(others),
        "relations either way": (count + count.T)[ego, alter] / (2 * len(others)),
        "shared": _shared(union.astype(float), ego, alter),
    }


def _shares(count: np.ndarray, ego: np.ndarray, alter: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of all that either names, how much is the other."""
    share = count / np.maximum(count.sum(axis=1), 1)[:, None]
    return share[ego, alter], share[alter, ego]


def _shared(ties: np.ndarray, ego: np.ndarray, alter: np.ndarray) -> np.ndarray:
    """Neighbours in common, by all either has but the other: |N ∩ M| / |N ∪ M|."""
    both, degree = ties @ ties, ties.sum(axis=1)
    either = degree[:, None] + degree[None, :] - both - ties - ties.T
    return (both / np.maximum(either, 1))[ego, alter]


def _cosine(ties: np.ndarray) -> np.ndarray:
    """(n, n): whom two name in common, by how many each names."""
    size = np.sqrt(np.maximum(ties.sum(axis=1), 1))
    return ties @ ties.T / size[:, None] / size[None, :]


def _answers(of: Organisation, label: str, others: dict, heard: np.ndarray) -> dict[str, np.ndarray]:
    """What those heard, but for ego and alter, answered: (n, n) of ego × alter. Of an undirected relation it is known where
    both ends are heard; it speaks of the alter alone, for of ego none will be known, and is their mean where none is."""
    ties = of.holds(label) * heard[:, None]
    if not of.directed:
        ties = ties * heard[None, :]
    listeners = np.maximum(heard.sum() - heard[:, None] - heard[None, :], 1)
    named = (ties.sum(axis=0)[None, :] - ties) / listeners
    found = {f"alter named {label}": named}
    if of.directed:
        found |= {f"ego named {label}": named.T, f"{label} named together": _cosine(ties.T)}
    for name, other in others.items():
        near = np.maximum(other, other.T)
        found[f"{name} then {label}"] = near @ ties / np.maximum(near @ heard, 1)[:, None]
    if not of.directed:
        known = heard > 0
        for values in found.values():
            values[:, ~known] = values[:, known].mean()
    return found
