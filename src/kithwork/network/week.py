"""Contacts of one week in order of time, in an unnamed file on disk: passed part by part, or dealt anew, however many.

To deal them anew, each contact falls by chance into one of as many parts as are needed for a part to be held; each part is
shuffled, and the parts follow one another at the times of the week. Every order is as likely as any other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kithwork.network.heard import Block

if TYPE_CHECKING:
    import pyarrow as pa

HELD = 20_000_000
"""Contacts, about, that are held at once: 8 bytes each, and as much again while they are shuffled."""

PART = 2**20
"""Contacts that are read at once."""

CONTACT = np.dtype([("a", "<i4"), ("b", "<i4"), ("at", "<i4")])


@dataclass(frozen=True)
class Week:
    """Givers, takers and seconds, of `CONTACT`, in order of the seconds."""

    contacts: np.ndarray

    def __len__(self) -> int:
        return len(self.contacts)

    def in_order(self) -> Iterator[Block]:
        """As they happened."""
        for part in self._parts():
            yield tuple(np.ascontiguousarray(part[name]) for name in CONTACT.names)

    def dealt(self, rng: np.random.Generator) -> Iterator[Block]:
        """In an order of chance, at the times of the week."""
        parts, seed, done = -(-len(self) // HELD), int(rng.integers(2**62)), 0
        for number in range(parts):
            drawn = list(self._drawn(number, parts, np.random.default_rng(seed)))
            shuffled = rng.permutation(sum(len(a) for a, _ in drawn))
            a, b = (np.concatenate(column).take(shuffled) for column in zip(*drawn, strict=True))
            yield a, b, self.contacts["at"][done : done + len(a)]
            done += len(a)

    def _drawn(self, number: int, parts: int, dice: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Givers and takers that the dice, the same for each part, let fall into one."""
        for part in self._parts():
            own = part[dice.integers(0, parts, len(part)) == number]
            yield own["a"].copy(), own["b"].copy()

    def _parts(self) -> Iterator[np.ndarray]:
        return (self.contacts[first : first + PART] for first in range(0, len(self), PART))


def held(batches: Iterable[pa.RecordBatch]) -> np.ndarray:
    """Contacts that come in order of `at`, with `a`, `b` and whether they are `both` ways: of `CONTACT`, on disk."""
    with tempfile.TemporaryFile() as file:
        for batch in batches:
            a, b, at = (batch[name].to_numpy(zero_copy_only=False) for name in CONTACT.names)
            back = np.flatnonzero(batch["both"].to_numpy(zero_copy_only=False))
            rows = np.empty(len(a) + len(back), CONTACT)
            for name, there, again in (("a", a, b[back]), ("b", b, a[back]), ("at", at, at[back])):
                rows[name] = np.concatenate([there, again])
            file.write(rows.take(np.argsort(rows["at"], kind="stable")).data)
        file.flush()
        return np.memmap(file, CONTACT, "r") if file.tell() else np.empty(0, CONTACT)
