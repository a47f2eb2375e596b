"""What people said of those they named (table `interpreters`), as arrays; and what was recorded of the same pairs.

People are given by their row in `evidence.people`. Answers by who is not on the staff list, and of oneself, are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.network.graph import ends
from kithwork.values.evidence import Evidence

USEFUL = 1
"""Answer to T9, from which on something came of it: useful information, or more."""
HELPED_ME, I_HELPED = (1, 3), (2, 3)
"""Answers to T8: that they helped, or both; that ego helped, or both."""


@dataclass(frozen=True)
class Asked:
    """The answers to one question, in order of ego and alter.

    `ego`, `alter`: (answers,) rows of people, the alter's −1 for a party and for who is not on the staff list; `alter_id`:
    (answers,) the id as the survey has it; `value`: (answers,) by its code there; `people`: how many people there are.
    """

    ego: np.ndarray
    alter: np.ndarray
    alter_id: np.ndarray
    value: np.ndarray
    people: int

    def __len__(self) -> int:
        return len(self.ego)

    @property
    def colleague(self) -> np.ndarray:
        """(answers,) whether the alter is on the staff list."""
        return self.alter >= 0

    def where(self, kept: np.ndarray) -> Asked:
        """Those answers for which `kept`, (answers,), is true."""
        return Asked(self.ego[kept], self.alter[kept], self.alter_id[kept], self.value[kept], self.people)

    def by_ego(self, what: np.ndarray | None = None) -> np.ndarray:
        """(people,) sum of `what`, (answers,), over each person's answers; without it their number."""
        weights = None if what is None else np.asarray(what, dtype=float)
        return np.bincount(self.ego, weights, self.people).astype(float)


def answers(evidence: Evidence, question: str) -> Asked:
    """What was answered to a question about those named, T2 to T10."""
    table = evidence.interpreters
    own = table[table["question"] == question].sort_values(["ego_id", "alter_id"], kind="stable")
    ego, alter = (evidence.row_of.get_indexer(own[end]) for end in ("ego_id", "alter_id"))
    all_answers = Asked(ego, alter, own["alter_id"].to_numpy(dtype=object), own["value"].to_numpy(), len(evidence.people))
    return all_answers.where((ego >= 0) & (ego != alter))


def of_kind(evidence: Evidence, asked: Asked, kind: str) -> np.ndarray:
    """(answers,) whether the alter is a party of this kind (`tables.PARTY_KINDS`)."""
    parties = evidence.parties
    return pd.Index(asked.alter_id, dtype=object).isin(parties.loc[parties["kind"] == kind, "party_id"])


def recorded(evidence: Evidence, asked: Asked, column: str) -> np.ndarray:
    """(answers,) what the table `ties` holds of ego and alter in `column` (contacts, minutes): in both directions together.

    0 where the pair has no tie or nothing was recorded of it, as for every party.
    """
    a, b = ends(evidence.ties, evidence.people)
    at = pd.Index(_pair(a, b, asked.people)).get_indexer(_pair(asked.ego, asked.alter, asked.people))
    held = np.append(evidence.ties[column].fillna(0).to_numpy(dtype=float), 0)
    return np.where(asked.colleague, held[at], 0)


def _pair(a: np.ndarray, b: np.ndarray, people: int) -> np.ndarray:
    """One whole number for each pair of rows, whichever comes first."""
    return np.minimum(a, b).astype(np.int64) * people + np.maximum(a, b)
