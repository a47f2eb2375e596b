"""Whom the words mean that no exact key leads to, by likeness of names, partners and times: a probability for each person.

For a word and a candidate the weights ln(m / u) of the evidence add up (Fellegi & Sunter 1969), from the prior odds of any
one person of the list, π / people, against nobody's, 1 − π (`PRIOR`). The score is the candidate's share among all
candidates of the word and nobody:

    score = exp(weight) / (Σ exp(weights of the word's candidates) + (1 − π) · people / π)

It is a probability as far as the declared m, u and π hold and evidence is independent given who is meant.

A word is merged from `SURE` on, and then with one person only, as two cannot both reach that; from `DOUBTFUL` on it is for
a person to review. Never merged are a word at a domain that is not the company's own, a word that was in contact with the
person, a name that two people bear and several used, and one with no more of the name than the first, unless its address
was handed over. An address of a party has no candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kithwork.cleaning import parties
from kithwork.cleaning.candidates import Index, first_names
from kithwork.cleaning.likeness import Likeness, Names
from kithwork.cleaning.parties import Domains
from kithwork.cleaning.spelling import Spelt, spelt
from kithwork.cleaning.traces import (
    M_HANDOVER,
    M_NO_HANDOVER,
    M_SELF,
    U_HANDOVER,
    U_SELF,
    Traces,
)

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse

SURE = {parties.NONE: 0.92, parties.OWN: 0.98}
"""Score from which a word is merged: an address carries all its contacts with it, a name written by hand a mention."""
SURE_OF_NAMESAKES, SURE_OF_FORMER, NEVER = 0.98, 0.999, 2.0
"""The same for a name that fits two people alike and that one person used; for a former name, of which no more than the
first is kept; and what no score reaches."""
DOUBTFUL, SHOWN = 0.05, 3
"""Score from which a word is for review, and candidates shown of a word."""
PRIOR = {parties.NONE: 0.95, parties.OWN: 0.5, parties.FREE: 0.05, parties.UNMAPPED: 0.02}
"""π: chance that an unknown word of this kind is somebody on the staff list, before it is looked at."""
ABOUT = {
    parties.OWN: "a domain of ours",
    parties.FREE: "a mail provider's domain",
    parties.UNMAPPED: "an unmapped domain",
}
HANDED, WRITTEN = "stops as this person's address begins", "in contact with this person"


@dataclass(frozen=True)
class Staff:
    """The staff list: `frame` has `person`, and where they are known `email`, `name`, `unit` and `tenure_months`."""

    frame: pd.DataFrame

    def column(self, name: str) -> pd.Series:
        """One column, absent values where the list lacks it."""
        import pandas as pd

        return self.frame[name] if name in self.frame else pd.Series(np.nan, index=self.frame.index)

    def spellings(self) -> list[list[Spelt]]:
        """What each person is spelt as: id, address and name."""
        columns = [self.column(name) for name in ("person", "email", "name")]
        return [[spelt(cell) for cell in row if isinstance(cell, str)] for row in zip(*columns, strict=True)]


@dataclass(frozen=True)
class Met:
    """The distinct words of other sources and what was seen of them; see `Traces` for `person`, `contacts` and `seen`."""

    words: Sequence[str]
    person: np.ndarray
    contacts: sparse.csr_array
    seen: pd.DataFrame


@dataclass(frozen=True)
class Matched:
    """What became of the words.

    `candidates` has a row per word and person that may be it: `word`, `person`, `score`, `evidence`. `decisions` has a row
    per word that no key leads to: `word`, `decision` (`merge`, `review` or `none`), and the `person` it is merged with.
    """

    candidates: pd.DataFrame
    decisions: pd.DataFrame


@dataclass(frozen=True)
class _Held:
    """A word held against a person."""

    word: int
    person: int
    kind: str
    likeness: Likeness


class _Scored(NamedTuple):
    """A candidate of a word: its weight, then score, the evidence in words, and the score from which it is merged."""

    person: int
    kind: str
    score: float
    evidence: str
    sure: float


def match(staff: Staff, met: Met, domains: Domains) -> Matched:
    """Candidates and a decision for every word that no exact key leads to."""
    import pandas as pd

    spellings = staff.spellings()
    traces = Traces(met.contacts, met.person, met.seen, staff.column("unit"), staff.column("tenure_months"))
    unknown = np.flatnonzero(met.person < 0)
    best = _scored(_pairs(met.words, unknown, spellings, traces, domains), traces, len(spellings))
    found = [
        (met.words[word], staff.frame["person"].iloc[one.person], one.score, one.evidence)
        for word, scored in best.items()
        for one in scored
    ]
    decided = [_decision(best.get(word, [])) for word in unknown]
    people = [staff.frame["person"].iloc[who] if who is not None else None for _, who in decided]
    words = [met.words[word] for word in unknown]
    return Matched(
        pd.DataFrame(found, columns=["word", "person", "score", "evidence"]).astype({"score": "float64"}),
        pd.DataFrame({"word": words, "decision": [what for what, _ in decided], "person": pd.Series(people, dtype="str")}),
    )


def _pairs(
    words: Sequence[str], unknown: np.ndarray, spellings: list[list[Spelt]], traces: Traces, domains: Domains
) -> list[_Held]:
    """Every unknown word with those its keys or a handover lead to and whose name agrees."""
    names, index, found = Names(spellings), Index(spellings), []
    begun: dict[int, set[int]] = {}
    for word, person in traces.handovers:
        begun.setdefault(word, set()).add(person)
    for number in unknown:
        word = spelt(words[number])
        kind = domains.whose(word.domain)
        if kind == parties.PARTY:
            continue
        first = first_names([word])
        handed = {who for who in begun.get(number, ()) if kind == parties.OWN and first & first_names(spellings[who])}
        for person in sorted(index.candidates(word) | handed):
            likeness = names.likeness(word, person)
            alone = likeness and likeness.level == "first" and person not in handed
            if likeness and not (alone and any(len(form) > 1 for form in word.forms)):
                found.append(_Held(int(number), person, kind, likeness))
    return found


def _scored(pairs: list[_Held], traces: Traces, people: int) -> dict[int, list[_Scored]]:
    """Per word its candidates, likeliest first."""
    if not pairs:
        return {}
    words, who = (np.array([getattr(one, end) for one in pairs], dtype=int) for end in ("word", "person"))
    partners, written = traces.partners(words, who), traces.to_each_other(words, who)
    bearers, mentions = Counter((one.word, *one.likeness) for one in pairs), np.diff(traces.contacts.indptr)
    weighed: dict[int, list[_Scored]] = {}
    for one, (weight, said), themselves in zip(pairs, partners, written, strict=True):
        handover = (one.word, one.person) in traces.handovers
        total = one.likeness.weight + weight + _handed(one, handover) + (log(M_SELF / U_SELF) if themselves else 0)
        namesakes = one.kind == parties.NONE and bearers[one.word, *one.likeness] > 1
        sure = SURE.get(one.kind, NEVER) if not namesakes else SURE_OF_NAMESAKES if mentions[one.word] == 1 else NEVER
        if one.likeness.level == "first":
            sure = SURE_OF_FORMER if handover else NEVER
        if themselves:
            sure = NEVER
        evidence = (one.likeness.said, ABOUT.get(one.kind), handover and HANDED, said, themselves and WRITTEN)
        told = "; ".join(filter(None, evidence))
        weighed.setdefault(one.word, []).append(_Scored(one.person, one.kind, total, told, sure))
    return {word: _shares(held, people) for word, held in weighed.items()}


def _handed(one: _Held, handover: bool) -> float:
    """ln(m / u) of a handover, or of none."""
    likely = M_HANDOVER if one.likeness.level == "first" else M_NO_HANDOVER
    return log(likely / U_HANDOVER) if handover else log((1 - likely) / (1 - U_HANDOVER))


def _shares(held: list[_Scored], people: int) -> list[_Scored]:
    """The candidates of one word, weights turned into scores; those below `DOUBTFUL` left out, and no more than `SHOWN`."""
    prior, top = PRIOR[held[0].kind], max(one.score for one in held)
    nobody = log((1 - prior) * people / prior)
    top = max(top, nobody)
    total = exp(nobody - top) + sum(exp(one.score - top) for one in held)
    shares = [one._replace(score=exp(one.score - top) / total) for one in held]
    return sorted((one for one in shares if one.score >= DOUBTFUL), key=lambda one: (-one.score, one.person))[:SHOWN]


def _decision(scored: list[_Scored]) -> tuple[str, int | None]:
    """What becomes of a word, and the person it is merged with."""
    if not scored:
        return "none", None
    best = scored[0]
    return ("merge", best.person) if best.score >= best.sure else ("review", None)
