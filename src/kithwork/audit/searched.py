"""Whether anybody can be found in the pages and files of a folder: every word of them held against all names at once.

Words are looked up, not names searched for: what a page costs hangs on its own length, and hardly on how many people
there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kithwork.audit import files, pieces
from kithwork.audit.identities import Identities
from kithwork.audit.published import OWN
from kithwork.audit.shapes import shaped
from kithwork.audit.words import words
from kithwork.pages.fault import Fault
from kithwork.pages.parsed import Parsed


class Sought:
    """Everybody looked for, by their first word."""

    def __init__(self, identities: Identities) -> None:
        self.identities = identities
        self.lengths: dict[str, set[int]] = defaultdict(set)
        for key in identities.sought:
            self.lengths[key[0]].add(len(key))

    def found(self, text: str) -> Iterator[tuple[str, int, str]]:
        """Of each one who is named in a text: by what, their number, and the words."""
        cased = words(text)
        lower = [word.casefold() for word in cased]
        for at, word in enumerate(lower):
            for length in sorted(self.lengths.get(word, ()), reverse=True):
                key = tuple(lower[at : at + length])
                if key not in self.identities.sought:
                    continue
                if key in self.identities.capitals and not all(one[0].isupper() for one in cased[at : at + length]):
                    continue
                kind, who = self.identities.sought[key]
                yield kind, who, " ".join(cased[at : at + length])


def masked(text: str) -> str:
    """What was found, so that it can be told without being betrayed again: first signs, and how long it is.

    >>> masked("Zofia N Falk")
    'Z… N… F… (12 signs)'
    """
    return f"{' '.join(f'{word[0]}…' for word in text.split())} ({len(text)} signs)"


def of_page(page: Parsed, sought: Sought) -> Iterator[Fault]:
    """Who and what is found in a page; in somebody's own page everybody else."""
    yield from _faults(page.name, pieces.pieces(page), sought, own=page.kind == OWN)


def of_file(path: Path, name: str, sought: Sought) -> Iterator[Fault]:
    """Who and what is found in another file of a folder, its name included."""
    yield from _faults(name, [("its name", name), *files.texts(path.name, path.read_bytes())], sought)


def _faults(name: str, texts: Iterable[tuple[str, str]], sought: Sought, *, own: bool = False) -> Iterator[Fault]:
    told: set[tuple[str, str]] = set()
    named: dict[int, list[tuple[str, str, str]]] = {}
    for what, text in texts:
        for kind, who, found in sought.found(text):
            named.setdefault(who, []).append((kind, what, found))
        for kind, found in shaped(what, text):
            if (kind, found) not in told:
                told.add((kind, found))
                yield Fault(f"audit: {kind}", name, f"{masked(found)} in {what}", SHAPES[kind])
    if own and len(named) == 1:
        return
    for finds in named.values():
        for kind, what, found in finds:
            if (kind, found) not in told:
                told.add((kind, found))
                yield Fault(f"audit: {kind}", name, f"{masked(found)} in {what}", TAKE_OUT)


TAKE_OUT = "Take it out where it comes from; a report names nobody."
SHAPES = {
    "e-mail address": "Take it out: an address names somebody.",
    "telephone number": "Take it out: a number leads to somebody.",
    "path of a machine": "Take it out: a path tells whose machine it was, and where its files lie.",
    "code like a pseudonym": "Take it out: whoever holds the key can tell whom it means.",
}
"""What to do about each thing that is found by its shape."""
