"""What a process of its own took is told: its time, memory and what it wrote; one that fails is noticed."""

from __future__ import annotations

import resource

import pytest

from benchmarks import apart


def test_cost_of_work_apart(tmp_path):
    """A block of memory held, a file written, and words said, in the folder named and with the packages named."""
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "lent.py").write_text("WORD = 'lent'", encoding="utf-8")
    code = "import lent; block = b'x' * 300_000_000; open('made', 'wb').write(block[:5_000_000]); print(lent.WORD)"
    found = apart.cost(code, packages=tmp_path / "packages", folder=tmp_path)
    assert found.said == "lent\n"
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / apart.GIB
    assert 0.28 < found.memory < max(0.6, own + 0.1), "a child is held to what its parent held"
    assert 0 < found.seconds < found.clock + 60
    assert (tmp_path / "made").stat().st_size == 5_000_000


def test_work_that_fails_is_noticed(capfd):
    """With its code and how it ended."""
    with pytest.raises(RuntimeError, match="ended with status 3"):
        apart.cost("raise SystemExit(3)")
