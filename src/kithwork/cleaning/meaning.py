"""Whom and what the words of all sources mean, once everything that was brought is known.

Keys come first (`known.py`); what no key leads to is held against the staff list (`matching.py`) and the domains
(`parties.py`); a person's decisions stand above both (`decisions.py`). What is sure becomes a key like any other, what is
doubtful a list for a person to decide on. An address at a domain that nobody mapped is of a party of that domain.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kithwork import lists
from kithwork.cleaning import clocks, decisions, matching, parties
from kithwork.cleaning.known import Known, address
from kithwork.cleaning.spelling import spelt
from kithwork.cleaning.staging import Staged
from kithwork.params import Settings
from kithwork.readers.parts.rows import FIELDS, Rows
from kithwork.tables import UNMAPPED

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from scipy import sparse

PEOPLE_KINDS = ("person", "anyone")
"""Kinds of field whose words mean somebody."""
ASKED_AGAIN = ("interpreters",)
"""Sources with several questions about one pair, which are one record of it here."""


@dataclass
class Meaning:
    """What was found: the parties known by their domain alone (id, kind, segment), words to pass over, and the lists to
    decide on by name.
    """

    domains: parties.Domains
    parties: dict[str, tuple[str, str]] = field(default_factory=dict)
    ignored: set[str] = field(default_factory=set)
    review: dict[str, pd.DataFrame] = field(default_factory=dict)

    def of(self, words: set[str]) -> Meaning:
        """What concerns these words: the others are of people who opted out."""
        domains = {parties.registrable(spelt(word).domain) for word in words} | {address(word) for word in words}
        kept = {"identities": words, "parties": domains}
        review = {name: rows[rows.iloc[:, 0].isin(kept[name])].reset_index(drop=True) for name, rows in self.review.items()}
        known = {domain: what for domain, what in self.parties.items() if domain in domains}
        return replace(self, parties=known, review=review)


def found(
    known: Known,
    raw: dict[str, list[Rows]],
    staged: Staged | None,
    staff: pd.DataFrame,
    silent: set[str],
    settings: Settings,
) -> Meaning:
    """Settle what every word means; `known` learns what is sure. `staff` has person and, where known, email, name, unit,
    tenure_months. Contact with people known to be `silent` is no evidence of anybody; their own serves to find what else is
    theirs, and to be left out. Raises `UserError` where a decision does not fit.
    """
    import numpy as np
    import pandas as pd

    words, contacts, seen = _met(raw, staged, settings)
    given = {name: _decisions(name, settings) for name in decisions.FILES}
    told = decisions.mapped(
        given[decisions.FILES[1]], [spelt(word).domain for word in words], _place(decisions.FILES[1], settings)
    )
    ids = decisions.identities(given[decisions.FILES[0]], words, staff["person"], _place(decisions.FILES[0], settings))
    domains = parties.domains(
        staff["email"].dropna() if "email" in staff else [], words, known.domains, own=told.own, free=told.free
    )
    person = known.resolve(pd.Series(words, dtype="str"), "person").map({one: at for at, one in enumerate(staff["person"])})
    person = person.fillna(-1).astype(int).to_numpy()
    counts = _with_people(contacts, person, staff["person"].isin(silent).to_numpy())
    matched = decisions.decided(
        matching.match(matching.Staff(staff), matching.Met(words, person, counts, seen), domains), ids
    )
    for word, what, who in matched.decisions.itertuples(index=False):
        if what == "merge":
            known.people[address(word)] = who
    there = np.bincount(np.r_[contacts["a"], contacts["b"]], contacts["records"].tolist() * 2, minlength=len(words))
    unmapped = parties.unmapped(pd.Series(words, dtype="str"), pd.Series(there.astype(int)), domains)
    by_domain = {domain: told.parties.get(domain, (UNMAPPED, "")) for domain in unmapped["domain"]}
    for domain in by_domain:
        known.domains.setdefault(domain, domain)
        known.parties.setdefault(domain, domain)
    names = dict(zip(staff["person"], staff["name"].fillna(""), strict=True)) if "name" in staff else {}
    review = {"identities": decisions.to_review(matched, names), "parties": decisions.to_map(unmapped, told)}
    return Meaning(domains, by_domain, {*ids.ignore}, review)


def _decisions(name: str, settings: Settings) -> decisions.Lines:
    columns = decisions.IDENTITIES if name == decisions.FILES[0] else decisions.PARTIES
    return lists.decided(name, columns, settings.name)


def _place(name: str, settings: Settings) -> str:
    return f"data/raw/{settings.name}/{name}"


def _met(
    raw: dict[str, list[Rows]], staged: Staged | None, settings: Settings
) -> tuple[list[str], pd.DataFrame, pd.DataFrame]:
    """All distinct words, pairs of them with their records, and when each began contact, by file.

    Only contact that one of the two sought says who is who: in meetings all of a unit are alike.
    """
    import pandas as pd

    numbers = {word: number for number, word in enumerate(staged.words)} if staged else {}
    pairs = [pd.DataFrame({"a": [], "b": [], "records": []}, dtype="int64")]
    seen = pd.DataFrame({"word": pd.Series(dtype="int64"), "file": [], "first": [], "last": []})
    if staged:
        start, end = clocks.period(staged.contacts, settings)
        sought = staged.contacts.filter(staged.contacts.channel.notin(clocks.TOGETHER))
        sound = sought.filter(sought.at.isnull() | ((sought.at >= start) & (sought.at < end)))
        pairs.append(sound.group_by(a="ego", b="alter").agg(records=sound.count()).order_by("a", "b").to_pandas())
        begun = sound.filter(sound.at.notnull()).group_by(word="ego", file="file")
        seen = begun.agg(first=sound.at.min(), last=sound.at.max()).order_by("word", "file").to_pandas()
    for source, parts in raw.items():
        names = [name for name, about in FIELDS[source].items() if about.kind in PEOPLE_KINDS]
        for part in parts:
            coded = {name: _coded(part.frame[name], numbers) for name in names if name in part.frame}
            if {"ego", "alter"} <= set(coded):
                both = pd.DataFrame({"a": coded["ego"], "b": coded["alter"]}).query("a >= 0 and b >= 0")
                both = both.drop_duplicates() if source in ASKED_AGAIN else both
                pairs.append(both.groupby(["a", "b"], as_index=False).size().rename(columns={"size": "records"}))
    return list(numbers), pd.concat(pairs, ignore_index=True).astype("int64"), seen


def _coded(words: pd.Series, numbers: dict[str, int]) -> pd.Series:
    """The number of each word, new ones numbered on; -1 where a cell is empty."""
    text = words.fillna("").str.strip()
    known = {word: numbers.setdefault(word, len(numbers)) for word in text.unique() if word}
    return text.map(known).fillna(-1).astype("int64")


def _with_people(contacts: pd.DataFrame, person: np.ndarray, silent: np.ndarray) -> sparse.csr_array:
    """Words × people: records of each word with each person who is not silent, whichever of the two began them."""
    import numpy as np
    from scipy import sparse

    a, b, records = (contacts[name].to_numpy() for name in ("a", "b", "records"))
    word, with_, count = np.r_[a, b], person[np.r_[b, a]], np.r_[records, records].astype(float)
    there = (with_ >= 0) & ~silent[with_]
    return sparse.coo_array((count[there], (word[there], with_[there])), shape=(len(person), len(silent))).tocsr()
