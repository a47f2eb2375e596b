"""What benchmarks take of the tests: samples of every reader, headings, synthetic settings, random tables, servers."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import headed
import postgres
import random_tables
import samples
import spark
import synthetic

__all__ = ["headed", "postgres", "random_tables", "samples", "spark", "synthetic"]
