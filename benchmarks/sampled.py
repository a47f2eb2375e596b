"""The tests' own samples of every reader, their synthetic settings and random tables, for benchmarks to use."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import random_tables
import samples
import synthetic

__all__ = ["random_tables", "samples", "synthetic"]
