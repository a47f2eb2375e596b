"""The tests' own samples of every reader, labelled headings, synthetic settings and random tables, for benchmarks."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import headed
import random_tables
import samples
import synthetic

__all__ = ["headed", "random_tables", "samples", "synthetic"]
