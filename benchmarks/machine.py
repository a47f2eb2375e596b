"""The machine and the versions that figures were measured with: seconds mean nothing without them."""

from __future__ import annotations

import os
import platform
import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

LIBRARIES = ("duckdb", "ibis-framework", "igraph", "numpy", "pandas", "pyarrow", "scikit-learn", "scipy")
"""Those that do most of the work."""

GIB = 2**30
PINNED = re.compile(r"^([\w.-]+)==(\S+)", re.M)


def described(lock: Path | None = None) -> dict[str, Any]:
    """Cores, processor, memory in GiB, system, Python, libraries; with a lock, what the benchmark alone installs, too."""
    return {
        "cores": cores(),
        "processor": _processor(),
        "memory": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB, 1),
        "system": _system(),
        "python": platform.python_version(),
        "libraries": libraries() | (dict(PINNED.findall(lock.read_text(encoding="utf-8"))) if lock else {}),
    }


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def libraries() -> dict[str, str]:
    """The version of each library that is there."""
    found = {}
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def told(machine: dict[str, Any]) -> str:
    """A description in words; of a result that was written without some of it, what is there."""
    parts = [f"{machine['cores']} cores" + (f" ({machine['processor']})" if machine.get("processor") else "")]
    parts += [f"{machine['memory']:g} GiB"] if "memory" in machine else []
    parts += [machine["system"], f"Python {machine['python']}"]
    parts += [f"{name} {number}" for name, number in machine.get("libraries", {}).items()]
    return ", ".join(parts)


def _processor() -> str:
    with suppress(OSError):
        named = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), flags=re.M)
        if named:
            return " ".join(named[1].split())
    return platform.processor() or platform.machine()


def _system() -> str:
    with suppress(OSError):
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    return f"{platform.system()} {platform.release()}"
