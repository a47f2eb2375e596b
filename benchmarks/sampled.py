"""The tests' own samples of every reader, and their synthetic settings, for benchmarks to use."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import samples
import synthetic

__all__ = ["samples", "synthetic"]
