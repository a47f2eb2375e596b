"""Faults as clients bring them, planted and counted.

Each function takes a file's rows and returns them with one kind of fault; `Dirt` keeps which record got which, so that
cleaning can be asked how much of it was found. Shares are usual ones; the knob `dirt` multiplies them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kithwork.simulation import words

KINDS = {
    "duplicate": "the same record twice",
    "alias": "a person under a second address",
    "renamed": "a person under the address of a former name",
    "misspelt": "a name with a slip of the pen",
    "garbled": "a name whose letters went through a wrong encoding",
    "encoding": "a file that is not UTF-8",
    "bot": "mail that a machine sent",
    "list": "mail to a distribution list",
    "all_hands": "mail to everybody",
    "wrong_clock": "a date from a clock that was never set",
    "wrong_zone": "a time of the wall clock that says it is UTC",
    "impossible_date": "a day that no calendar has",
    "out_of_scale": "an answer the scale does not have",
    "preview": "a trial run of the survey",
    "leaver": "a person who has left and is not on the staff list",
    "joiner": "a person on the staff list who came after the survey and could not answer it",
    "stranger": "a contact of no known party",
    "thousands": "a number with a thousands separator",
}
"""Every kind of fault, in words."""
BOTS = ("no-reply", "tickets", "calendar-bot", "build")
LISTS = ("all-sales", "oslo-office", "managers", "project-news")


@dataclass
class Dirt:
    """The faults planted so far: kind, file, and the record by its own key (for a call, which has none, its row from 0)."""

    entries: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, kind: str, file: str, records: Iterable[object]) -> None:
        """Keep that these records of a file have a fault of a kind."""
        assert kind in KINDS, kind
        self.entries += [(kind, file, str(record)) for record in records]

    def counts(self) -> dict[str, int]:
        """How many faults of each kind there are, none left out."""
        found = Counter(kind for kind, _, _ in self.entries)
        return {kind: found[kind] for kind in KINDS}

    def frame(self) -> pd.DataFrame:
        """One row per fault."""
        return pd.DataFrame(self.entries, columns=["kind", "file", "record"])


def some(count: int, share: float, rng: np.random.Generator, least: int = 1) -> np.ndarray:
    """Rows drawn at random, that share of them and at least so many, in order; none where the share is 0."""
    if share <= 0 or not count:
        return np.empty(0, dtype=int)
    return np.sort(rng.permutation(count)[: max(round(count * min(share, 0.5)), least)])


def repeated(frame: pd.DataFrame, twice: np.ndarray) -> pd.DataFrame:
    """The rows with some of them, by number, twice: the second right after the first."""
    return pd.concat([frame, frame.iloc[twice]]).sort_index(kind="stable").reset_index(drop=True)


def slip(name: str, rng: np.random.Generator) -> str:
    """A name with two letters changed over, one left out, or one doubled."""
    at = int(rng.choice([at for at in range(1, len(name) - 1) if name[at] != name[at + 1]]))
    return (
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
    )[rng.integers(3)]


def garbled(name: str) -> str:
    """UTF-8 read as Latin-1, as a spreadsheet does."""
    return name.encode("utf-8").decode("latin-1")


def machine_mail(mail: pd.DataFrame, share: float, rng: np.random.Generator) -> pd.DataFrame:
    """Mail from machines to those who wrote a mail shortly before: columns at, from, sender, receiver; `from` is nobody."""
    wrote = mail.iloc[some(len(mail), share, rng)]
    bots = np.array([f"{bot}@{words.DOMAIN}" for bot in BOTS])
    at = wrote["at"] + rng.integers(5, 900, len(wrote))
    return pd.DataFrame({"at": at, "from": -1, "sender": rng.choice(bots, len(wrote)), "receiver": wrote["sender"]})


def list_mail(mail: pd.DataFrame, share: float, rng: np.random.Generator) -> pd.DataFrame:
    """Mail to lists from those who wrote a mail shortly before: columns at, from, sender, receiver."""
    wrote = mail.iloc[some(len(mail), share, rng)]
    lists = np.array([f"{name}@{words.DOMAIN}" for name in LISTS])
    at = wrote["at"] + rng.integers(5, 900, len(wrote))
    return wrote[["from", "sender"]].assign(at=at, receiver=rng.choice(lists, len(wrote)))
