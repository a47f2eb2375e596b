"""Dice of its own for each piece of work, from one seed: what a piece draws changes nothing of what others draw."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Dice:
    """`dice["peers"]` is a generator for the piece of work of that name, the same whenever it is asked for."""

    seed: int

    def __getitem__(self, piece: str) -> np.random.Generator:
        return np.random.default_rng([self.seed, zlib.crc32(piece.encode())])
