"""Whose a domain is: the company's own, a mail provider's, a party's, or nobody's yet.

Domains are compared by what can be registered: the label below the longest public suffix (Public Suffix List, Mozilla;
the list bundled with the package `publicsuffixlist`), so that `mail.rowan.co.uk` is `rowan.co.uk`. The company's own are
those of the staff list's addresses, mail providers' aside, and those at which the staff list's own mailbox names come
back: at least `LEAST_STAFF` people's, and at least `STAFF_SHARE` of the addresses seen there. Parties' domains are never
taken for own ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kithwork.cleaning.free_mail import FREE_MAIL
from kithwork.cleaning.spelling import spelt

if TYPE_CHECKING:
    import pandas as pd
    from publicsuffixlist import PublicSuffixList

OWN, FREE, PARTY, UNMAPPED, NONE = "own", "free_mail", "party", "unmapped", "none"
"""Whose a domain may be; `none` is that of a word which is no address."""

LEAST_STAFF, STAFF_SHARE = 3, 0.5


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@lru_cache(maxsize=100_000)
def registrable(domain: str) -> str:
    """The domain that somebody registered; a public suffix alone, or what is no domain, stays as it is.

    >>> registrable("mail.rowan.co.uk")
    'rowan.co.uk'
    """
    name = domain.strip().strip(".").casefold()
    if "." not in name or ".." in name or not name.isprintable():
        return name
    return _suffixes().privatesuffix(name) or name


@dataclass(frozen=True)
class Domains:
    """Whose each domain is.

    `own` and `free` hold registrable domains. `parties` maps a domain as the client or a decision names it to its party;
    the longest name that fits an address counts.
    """

    own: frozenset[str] = frozenset()
    free: frozenset[str] = FREE_MAIL
    parties: Mapping[str, str] = field(default_factory=dict)

    def party(self, domain: str) -> str | None:
        """The party of a domain or of the nearest one above it."""
        labels = domain.casefold().split(".")
        ends = (".".join(labels[i:]) for i in range(len(labels)))
        return next((self.parties[end] for end in ends if end in self.parties), None)

    def whose(self, domain: str) -> str:
        """One of `OWN`, `PARTY`, `FREE`, `UNMAPPED`; `NONE` where there is no domain."""
        if not domain:
            return NONE
        if self.party(domain):
            return PARTY
        name = registrable(domain)
        return OWN if name in self.own else FREE if name in self.free else UNMAPPED


def domains(
    emails: Iterable[str],
    words: Iterable[str] = (),
    parties: Mapping[str, str] | None = None,
    own: Iterable[str] = (),
    free: Iterable[str] = (),
) -> Domains:
    """Whose each domain is, from the staff list's addresses, the words of other sources and the parties' domains.

    `own` and `free` are domains that a person said are so, beside those found here.
    """
    parties = {domain.casefold(): party for domain, party in (parties or {}).items()}
    listed = [spelt(email) for email in emails]
    known = Domains(frozenset(), FREE_MAIL | {registrable(one) for one in free}, parties)
    said = {registrable(one) for one in own}
    found = said | {registrable(one.domain) for one in listed if known.whose(one.domain) == UNMAPPED}
    locals_ = {one.local for one in listed if one.domain}
    at: dict[str, set[str]] = {}
    for one in map(spelt, words):
        if known.whose(one.domain) == UNMAPPED and (name := registrable(one.domain)) not in found:
            at.setdefault(name, set()).add(one.local)
    akin = {name for name, seen in at.items() if _ours(len(seen & locals_), len(seen))}
    return Domains(frozenset(found | akin), known.free, parties)


def _ours(staff: int, seen: int) -> bool:
    return staff >= LEAST_STAFF and staff >= STAFF_SHARE * seen


def unmapped(words: pd.Series, contacts: pd.Series, known: Domains) -> pd.DataFrame:
    """The registrable domains that nobody mapped: `domain`, `addresses` and `contacts` seen there, most contacts first."""
    import pandas as pd

    there = [spelt(word).domain for word in words]
    names = [registrable(domain) if known.whose(domain) == UNMAPPED else None for domain in there]
    frame = pd.DataFrame({"domain": pd.Series(names, dtype="str"), "contacts": contacts.to_numpy()})
    frame = frame.dropna(subset=["domain"])
    found = frame.groupby("domain", as_index=False).agg(addresses=("contacts", "size"), contacts=("contacts", "sum"))
    return found.sort_values(["contacts", "domain"], ascending=[False, True], ignore_index=True)
