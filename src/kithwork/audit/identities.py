"""Who must not be found in what is published: everybody on the staff list and every party, held in memory only.

What is looked for, each as a run of whole words, whatever stands between them, marks and capitals aside:

- full names: all their parts, first and last alone, in either order, as one word, and the first as its letter where the
  last is no word of a language; also with umlauts written out. A last name alone is not: methods are called after people.
  A name all of whose parts are words of a language too (`Will May`) only where each begins with a capital.
- e-mail addresses, and what stands before their sign where it is a name of two parts or fits as an id.
- ids of at least `SHORTEST` signs that are no plain number and no word; pseudonyms.
- parties: their names, of one word too where it has `SHORTEST_WORD` letters and is none of a language or of business; ids;
  domains. The staff's own domains name nobody.

What is part of a unit's, role's or place's name, of the organisation's or of a segment's stands on every page and is not
looked for. `left_out` counts what is not looked for, by kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kithwork import params, store
from kithwork.audit.words import small
from kithwork.cleaning.redaction_common import BUSINESS, common
from kithwork.cleaning.spelling import forms, spelt

SHORTEST, SHORTEST_WORD = 4, 6
"""Signs of an id with letters and digits, and of one that is a single word without any digit."""
SHORTEST_GLUED = 8
"""Letters of a first and a last name written as one word."""

Key = tuple[str, ...]


@dataclass
class Identities:
    """`sought`: kind and number of whom it names, by words in small letters; `capitals`: those of them that count with
    capitals only; `left_out`: how many of each kind are not looked for; `groups`: names of units; `plain`: runs of words
    that stand on every page."""

    sought: dict[Key, tuple[str, int]] = field(default_factory=dict)
    capitals: set[Key] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    groups: frozenset[str] = frozenset()
    plain: frozenset[Key] = frozenset()

    def seek(self, kind: str, who: int, keys: Iterable[Key], *, capitals: bool = False) -> None:
        """Take these words for what names somebody, but for those on every page."""
        keys = [key for key in keys if key]
        wanted = [key for key in keys if key not in self.plain]
        if not wanted:
            self.left_out[kind] += bool(keys)
        for key in wanted:
            self.sought.setdefault(key, (kind, who))
            if capitals:
                self.capitals.add(key)

    def add(self, other: Identities) -> None:
        """Look for those of another study too."""
        shift = 1 + max((who for _, who in self.sought.values()), default=0)
        for key, (kind, who) in other.sought.items():
            self.sought.setdefault(key, (kind, who + shift))
        self.capitals |= other.capitals
        self.left_out += other.left_out
        self.groups |= other.groups


def of(engagement: str) -> Identities:
    """Everybody of one study, as far as its data are at hand; nobody where they are not.

    Raises `UserError` for an unknown study and for raw files that cannot be read.
    """
    settings = params.stated(engagement)
    staff, parties = (_raw(source, settings) for source in ("staff", "parties"))
    named = {name: _column(staff, name) for name in ("unit", "role", "site")}
    plain = {small(settings.engagement.organisation), small(settings.engagement.title)}
    plain |= {small(word) for words in (*named.values(), _column(parties, "segment")) for word in words}
    found = Identities(groups=frozenset(named["unit"]), plain=frozenset(run for key in plain for run in _runs(key)))
    for who, row in enumerate(staff):
        _person(found, who, row)
    for who, row in enumerate(parties, start=len(staff)):
        _party(found, who, row)
    for table, column in (("people", "person_id"), ("parties", "party_id")):
        for who, pseudonym in enumerate(_pseudonyms(engagement, table, column), start=len(staff) + len(parties)):
            found.seek("pseudonym", who, [small(pseudonym)])
    return found


def _person(found: Identities, who: int, row: dict[str, str]) -> None:
    if name := row.get("name", ""):
        _name(found, who, name)
    if email := row.get("email", ""):
        found.seek("e-mail address", who, [small(email)])
        local = spelt(email).local
        if len(small(local)) > 1:
            _name(found, who, local, kind="part of an e-mail address")
        else:
            _id(found, "part of an e-mail address", who, local)
    _id(found, "id", who, row.get("person", ""))


def _party(found: Identities, who: int, row: dict[str, str]) -> None:
    if name := row.get("name", ""):
        keys = list(forms(name))
        bare = keys and len(keys[0]) == 1 and (len(keys[0][0]) < SHORTEST_WORD or _is_a_word(keys[0][0]))
        if bare:
            found.left_out["party's name"] += 1
        else:
            found.seek("party's name", who, map(_again, keys), capitals=all(map(_is_a_word, keys[0] if keys else ())))
    if domain := row.get("domain", ""):
        found.seek("party's domain", who, [small(domain)])
    _id(found, "party's id", who, row.get("party", ""))


def _name(found: Identities, who: int, name: str, kind: str = "name") -> None:
    keys = [_again(form) for form in forms(name)]
    whole = [key for key in keys if len(key) > 1 and sum(len(part) > 1 for part in key) > 1]
    if not whole:
        found.left_out[kind] += 1
    for key in whole:
        long = [part for part in key if len(part) > 1]
        ends = (long[0], long[-1])
        every = {key, (key[-1], *key[:-1]), ends, ends[::-1]}
        if len(ends[0] + ends[1]) >= SHORTEST_GLUED:
            every |= {("".join(ends),), ("".join(ends[::-1]),)}
        if len(ends[1]) >= SHORTEST and not _is_a_word(ends[1]):
            every |= {(ends[0][0], ends[1]), (ends[1], ends[0][0])}
        found.seek(kind, who, sorted(every), capitals=all(map(common, ends)))


def _id(found: Identities, kind: str, who: int, word: str) -> None:
    key = small(word)
    signs = "".join(key)
    if not signs:
        return
    mixed = not signs.isdigit() and not signs.isalpha() and len(signs) >= SHORTEST
    wordy = signs.isalpha() and len(signs) >= SHORTEST_WORD and not _is_a_word(signs)
    if mixed or wordy:
        found.seek(kind, who, [key])
    else:
        found.left_out[kind] += 1


def _runs(key: Key) -> Iterator[Key]:
    """Every run of words within these."""
    return (key[start:end] for start in range(len(key)) for end in range(start + 1, len(key) + 1))


def _is_a_word(word: str) -> bool:
    return common(word) or word in BUSINESS


def _again(form: Key) -> Key:
    """A form of a name cut as the words of pages are."""
    return small(" ".join(form))


def _raw(source: str, settings: params.Settings) -> list[dict[str, str]]:
    """The rows of a source as the client gave them, under our fields."""
    from kithwork import readers

    if not store.raw(settings.name).is_dir():
        return []
    return [row for spec in settings.engagement.sources.get(source, ()) for row in _rows(readers, source, spec, settings)]


def _rows(readers: object, source: str, spec: object, settings: params.Settings) -> Iterator[dict[str, str]]:
    for part in readers.batches(source, spec, settings):
        yield from part.frame.fillna("").astype(str).to_dict("records")


def _column(rows: list[dict[str, str]], name: str) -> set[str]:
    return {row.get(name, "").strip() for row in rows} - {""}


def _pseudonyms(engagement: str, table: str, column: str) -> list[str]:
    try:
        return sorted(store.load(table, engagement)[column])
    except FileNotFoundError:
        return []
