"""What rests on linear algebra is the same whichever instructions a processor has; `make bench-processors` runs all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

OLD = {"OPENBLAS_CORETYPE": "Nehalem"}
"""The instructions that every x86-64 processor has; elsewhere it says nothing, and there is one set alone."""

TOPICS = """
import numpy as np
import pandas as pd
from written import themed
from kithwork.market import clusters, points, structure
texts = pd.Series(themed(25, np.random.default_rng(1))[0])
place = points.points(texts, "en")
structure.SPLITS, structure.PERMUTATIONS = 2, 19
told = structure.structure(texts, "en", 2, 6, np.random.default_rng(2))
of = clusters.grouped(place, 5, np.random.default_rng(3))
print(place.tobytes().hex(), told.groups, told.range_, told.p, of.tolist())
"""
DRAWS = """
import numpy as np
from kithwork import gaussian
same = np.array([[1.0, -1.0], [-1.0, 1.0]])
several = np.eye(3) - 1 / 3
for one in (same, several, np.diag([2.0, 2.0, 1.0])):
    print(gaussian.heavier(np.zeros(len(one)), one, 4.0, 50, np.random.default_rng(1)).round(10).tolist())
"""


@pytest.mark.slow
@pytest.mark.parametrize("code", [TOPICS, DRAWS], ids=["topics", "draws"])
def test_an_old_processor_gives_the_same(code):
    """Topics' points by every bit, their number, chance and groups; draws to the places that are kept."""
    assert _said(code, OLD) == _said(code, {})


def _said(code: str, more: dict[str, str]) -> str:
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", code], env=os.environ | paths | more, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
