"""What rests on linear algebra is the same whichever instructions a processor has; `make bench-processors` runs all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__ as optional
from numpy._core._multiarray_umath import __cpu_features__ as features

OLD = {
    "OPENBLAS_CORETYPE": "Nehalem",
    "NPY_DISABLE_CPU_FEATURES": " ".join(one for one in optional if features[one]),
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4",
}
"""The instructions that every x86-64 processor has, for OpenBLAS, NumPy and the C library."""

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
GROUPS = """
import numpy as np
from kithwork.people import crosschecks
for seed in range(6):
    x = np.random.default_rng(seed).normal(size=(100, 3))
    print(crosschecks._hdbscan(x + 1.5 * (np.arange(100) < 50)[:, None]).tolist())
"""
FEW = """
import numpy as np
import pandas as pd
from kithwork.market import points, structure
structure.PERMUTATIONS = 19
words = "wheel brake sensor paint glass valve cable screw".split()
alone = [a + b + " " + b + c for a in "bdfg" for b in "aeio" for c in "klmn"]
print(points.lsa(pd.Series(alone), "el").tobytes().hex(), points.lsa(pd.Series(alone[:30] * 2), "el").tobytes().hex())
for seed in (11, 22, 30, 34, 52):
    rng = np.random.default_rng(seed)
    themes, texts = int(rng.integers(2, 4)), int(rng.integers(12, 40))
    pairs = [rng.choice(words, 2, replace=False) for _ in range(themes)]
    some = (pairs[at] for at in rng.integers(0, themes, texts))
    said = [f"{a} {b} {a} {b}" if rng.random() < 0.7 else f"{a} {a} {b} {b} {b}" for a, b in some]
    told = structure.structure(pd.Series(said), "el", 2, 9, np.random.default_rng(1))
    print(told.groups, told.range_, told.p)
"""


@pytest.mark.slow
@pytest.mark.parametrize("code", [TOPICS, FEW, DRAWS, GROUPS], ids=["topics", "few texts", "draws", "groups"])
def test_an_old_processor_gives_the_same(code):
    """Topics' points by every bit, their number, chance and groups, also of texts that share all words or none; draws to
    the places that are kept; dense groups."""
    assert _said(code, OLD) == _said(code, {})


def _said(code: str, more: dict[str, str]) -> str:
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", code], env=os.environ | paths | more, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
