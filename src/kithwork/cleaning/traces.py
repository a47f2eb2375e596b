"""What words and people leave in the files: whom each was in contact with, and when each was seen.

Partners: each is weighted by ln(1 + contacts) and by how few have it as a partner, ln(people / people with it), as terms of
documents are (Salton & Buckley 1988, Term-weighting Approaches in Automatic Text Retrieval); likeness is the cosine. Its
levels have a declared m; u is their share among random pairs of different people of this staff list. A word of fewer than
`FEW` partners is asked another thing: whether those partners are in contact with the person, at m = `KNOWN`, u being the
share of people the person is in contact with; where none is, or the person's contacts are not known, whether one of them
shares the unit.

Handover: an address stops as another, of a person who was there before, begins. u is the declared chance that somebody
there is not seen in a file for weeks and comes back just as an address of another person stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse

FEW = 5
COSINES = (0.8, 0.6, 0.4, 0.2, 0.1, 0.0)
M_COSINE = (0.25, 0.2, 0.2, 0.15, 0.12, 0.08)
"""Lower ends of the levels of likeness of partners, and the share of one person's words at each."""
PAIRS, LEAST_U = 50_000, 2e-4
KNOWN = 0.85
M_UNIT = 0.4
M_SELF, U_SELF = 0.02, 0.1
"""Chance that a word and a person write to each other where they are one, and where they are two of a name."""
M_HANDOVER, U_HANDOVER, M_NO_HANDOVER = 0.8, 3e-3, 0.2
"""`M_NO_HANDOVER` is the share of second words that come by a handover where more than the first name is kept."""
AWAY, OVERLAP, PAUSE = 28, 7, 42
"""Days that a person must not have been seen before, days by which the two addresses may overlap, and days that may lie
between the last of the one and the first of the other, as some write seldom."""
MONTH = 30.44
"""Days of a month of tenure."""


@dataclass(frozen=True)
class Traces:
    """What was seen of words, numbered from 0, and of people.

    `contacts` is sparse, words × people: how often each word was in contact with each person, or was named by them; of
    contacts that one of the two sought, as mail, chat and calls, since meetings make all of a unit alike. `person` is the
    person that each word means by its own keys, −1 where nobody. `seen` has a row per word and file: `word`, `file`,
    `first` and `last` (times, absent where unknown), of contacts that the word itself began, with a sound time: what
    reaches an address says little of who uses it. `unit` and `tenure_months` are those of the people, absent where not
    known."""

    contacts: sparse.csr_array
    person: np.ndarray
    seen: pd.DataFrame
    unit: pd.Series
    tenure_months: pd.Series

    @cached_property
    def between(self) -> sparse.csr_array:
        """People × people: contacts of each person's own words with each other person."""
        from scipy import sparse

        known = np.flatnonzero(self.person >= 0)
        shape = (self.contacts.shape[1], self.contacts.shape[0])
        gather = sparse.csr_array((np.ones(len(known)), (self.person[known], known)), shape=shape)
        found = sparse.csr_array(gather @ self.contacts)
        found.setdiag(0)
        found.eliminate_zeros()
        return found

    @cached_property
    def degree(self) -> np.ndarray:
        """People that each person is in contact with."""
        return np.diff(self.between.indptr)

    @cached_property
    def rarity(self) -> np.ndarray:
        """How few people have each person as a partner: ln(people / people with it), at least 0."""
        with_it = np.bincount(self.between.indices, minlength=self.between.shape[1])
        return np.log((len(with_it) + 1) / (with_it + 1))

    def _unit_rows(self, counts: sparse.csr_array) -> sparse.csr_array:
        from scipy import sparse

        weighed = sparse.csr_array(counts, dtype=float)
        weighed.data = np.log1p(weighed.data) * self.rarity[weighed.indices]
        norm = np.sqrt(weighed.multiply(weighed).sum(axis=1))
        return sparse.csr_array(weighed.multiply(1 / np.where(norm > 0, norm, 1)[:, None]))

    @cached_property
    def _people(self) -> sparse.csr_array:
        return self._unit_rows(self.between)

    @cached_property
    def _words(self) -> sparse.csr_array:
        return self._unit_rows(self.contacts)

    @cached_property
    def u_cosine(self) -> np.ndarray:
        """Share of random pairs of different people at each level of `COSINES`; at least `LEAST_U`."""
        there = np.flatnonzero(self.degree >= FEW)
        if len(there) < 2:
            return np.ones(len(COSINES))
        dice = np.random.default_rng(0)
        one, other = there[dice.integers(0, len(there), (2, PAIRS))]
        apart = one != other
        found = _row_products(self._people, one[apart], self._people, other[apart])
        counts = np.bincount(_levels(found), minlength=len(COSINES))
        return np.maximum((counts + 1) / (counts.sum() + len(COSINES)), LEAST_U)

    def partners(self, words: np.ndarray, people: np.ndarray) -> list[tuple[float, str]]:
        """For each pair of a word and a person ln(m / u) of their partners, and the same in words."""
        cosine = _row_products(self._words, words, self._people, people)
        level, mine = _levels(cosine), np.diff(self.contacts.indptr)[words]
        weight = np.log(np.array(M_COSINE) / self.u_cosine)[level]
        found = []
        for i, (word, person) in enumerate(zip(words, people, strict=True)):
            if mine[i] >= FEW and self.degree[person] >= FEW:
                found.append(
                    (float(weight[i]), f"{'same' if weight[i] > 0 else 'other'} partners (cosine {cosine[i]:.2f})")
                )
            else:
                found.append(self._few(self.contacts.indices[slice(*self.contacts.indptr[word : word + 2])], person))
        return found

    def _few(self, partners: np.ndarray, person: int) -> tuple[float, str]:
        partners = partners[partners != person]
        if not len(partners):
            return 0.0, ""
        if not self.degree[person]:
            return self._units(partners, person)
        theirs = self.between.indices[slice(*self.between.indptr[person : person + 2])]
        known = np.isin(partners, theirs).sum()
        share = min((self.degree[person] + 1) / (len(self.degree) + 1), KNOWN)
        whole = known * log(KNOWN / share) + (len(partners) - known) * log((1 - KNOWN) / max(1 - share, 1 - KNOWN))
        if known:
            return whole / sqrt(len(partners)), f"in contact with {known} of {len(partners)} who use it"
        weight, said = self._units(partners, person)
        return whole / sqrt(len(partners)) + weight, "; ".join(filter(None, ["in contact with nobody who uses it", said]))

    def _units(self, partners: np.ndarray, person: int) -> tuple[float, str]:
        unit = self.unit.iloc[person]
        if not isinstance(unit, str):
            return 0.0, ""
        share = min((self.unit == unit).mean(), M_UNIT)
        if (self.unit.iloc[partners] == unit).any():
            return log(M_UNIT / share), "same unit"
        return log((1 - M_UNIT) / (1 - share)), "another unit"

    def to_each_other(self, words: np.ndarray, people: np.ndarray) -> np.ndarray:
        """Whether each word was in contact with the person it is held against."""
        return _row_products(self.contacts, words, _identity(self.contacts.shape[1]), people) > 0

    @cached_property
    def _spans(self) -> pd.DataFrame:
        """The first and last time of every word or person in each file, and how long the file runs."""
        timed = self.seen.dropna(subset=["first", "last"])
        return timed.assign(person=self.person[timed["word"]], begins=timed.groupby("file")["first"].transform("min"))

    @cached_property
    def handovers(self) -> set[tuple[int, int]]:
        """Pairs of an unknown word and a person where the word stops in a file as the person begins there."""
        import pandas as pd

        spans = self._spans
        if spans.empty:
            return set()
        of_people = spans[spans["person"] >= 0].groupby(["file", "person"], as_index=False)
        people = of_people.agg(first=("first", "min"), begins=("begins", "first"))
        people = people[people["first"] - people["begins"] >= pd.Timedelta(days=AWAY)]
        before = [self._before(*one) for one in people[["person", "first"]].itertuples(index=False)]
        people = people[np.array(before, dtype=bool)]
        words = spans.loc[spans["person"] < 0, ["file", "word", "first", "last"]]
        found: set[tuple[int, int]] = set()
        for file, begun in people.groupby("file"):
            ended = words[words["file"] == file].sort_values("last", kind="stable")
            for person, first in begun[["person", "first"]].itertuples(index=False):
                low = ended["last"].searchsorted(first - pd.Timedelta(days=PAUSE))
                high = ended["last"].searchsorted(first + pd.Timedelta(days=OVERLAP), "right")
                found.update((int(word), int(person)) for word in ended["word"].iloc[low:high])
        return found

    @cached_property
    def _earliest(self) -> pd.Series:
        spans = self._spans
        return spans[spans["person"] >= 0].groupby("person")["first"].min()

    def _before(self, person: int, first: pd.Timestamp) -> bool:
        """Whether a person was there before they were first seen in a file: by another file, or by tenure."""
        import pandas as pd

        margin = pd.Timedelta(days=AWAY)
        tenure = self.tenure_months.iloc[person]
        there = self._spans["last"].max() - pd.Timedelta(days=MONTH * tenure) if pd.notna(tenure) else first
        return bool(min(self._earliest[person], there) <= first - margin)


def _identity(size: int) -> sparse.csr_array:
    from scipy import sparse

    return sparse.csr_array(sparse.identity(size))


def _levels(cosine: np.ndarray) -> np.ndarray:
    """The level of each cosine: 0 is the highest."""
    return (np.asarray(cosine)[:, None] < np.array(COSINES[:-1])).sum(axis=1)


def _row_products(a: sparse.csr_array, rows: np.ndarray, b: sparse.csr_array, others: np.ndarray) -> np.ndarray:
    """Products of pairs of rows, a block at a time."""
    block, found = 100_000, np.zeros(len(rows))
    for at in range(0, len(rows), block):
        part = slice(at, at + block)
        found[part] = np.asarray(a[rows[part]].multiply(b[others[part]]).sum(axis=1)).ravel()
    return found
