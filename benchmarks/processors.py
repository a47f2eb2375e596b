"""Whether a colleague with another processor gets the same tables and pages, byte for byte.

    make bench-processors

Sums come out otherwise in their last digits by the instructions that a processor has, and equal numbers sort otherwise.
OpenBLAS, NumPy and the C library each choose among several sets of them when they start, and can be told to pass for an
older one (`OPENBLAS_CORETYPE`, `NPY_DISABLE_CPU_FEATURES`, `GLIBC_TUNABLES`): the bundled studies are run whole with each
set that this processor has, and their files held against those of the oldest, which every x86-64 processor of the last
fifteen years has.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from numpy._core._multiarray_umath import __cpu_dispatch__ as optional
from numpy._core._multiarray_umath import __cpu_features__ as features

from benchmarks import studies
from benchmarks.figures import Figure, publish

SETS = {
    "SSE4": ("Nehalem", "X86_V2", (), "-AVX2,-FMA,-FMA4"),
    "AVX2": ("Haswell", "X86_V3", ("X86_V3",), ""),
    "AVX-512": ("SkylakeX", "X86_V4", ("X86_V3", "X86_V4"), ""),
}
"""Instructions: OpenBLAS' name of a processor that has them, NumPy's of the level, the optional ones NumPy may use, and
what the C library may not: exponentials and logarithms differ by it."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    had = [name for name, (_, level, *_) in SETS.items() if features.get(level)]
    if len(had) < 2:
        print("This processor has one set of instructions only: there is nothing to compare.", file=sys.stderr)
        return 1
    oldest, *others = map(ran, had)
    figures = [Figure(f"{had[0]}: tables and pages", (len(oldest),), "files")]
    for name, found in zip(had[1:], others, strict=True):
        differ = [path for path in oldest.keys() | found.keys() if oldest.get(path) != found.get(path)]
        print(*(f"{name}: {path}" for path in sorted(differ)), sep="\n", file=sys.stderr)
        figures.append(Figure(f"{name}: files that differ from {had[0]}'s", (len(differ),), "files", 0, "exactly"))
    return publish("processors", figures)


def ran(name: str) -> dict[str, bytes]:
    """Every table and page of the bundled studies, run with one set. Raises CalledProcessError."""
    core, _, used, without = SETS[name]
    passing = {
        "OPENBLAS_CORETYPE": core,
        "NPY_DISABLE_CPU_FEATURES": " ".join(one for one in optional if one not in used and features[one]),
        "GLIBC_TUNABLES": f"glibc.cpu.hwcaps={without}" if without else "",
    }
    with tempfile.TemporaryDirectory() as folder:
        root = studies.copied(Path(folder) / "project")
        paths = {"PYTHONPATH": f"{root / 'src'}:{root}"}
        command = [sys.executable, "-m", "pipeline", "repro"]
        subprocess.run(command, cwd=root, env=studies.environment() | paths | passing, check=True, **studies.QUIET)
        return studies.published(root)


if __name__ == "__main__":
    sys.exit(main())
