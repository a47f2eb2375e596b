"""A browser that can print: Chromium, Chrome or Edge, on the search path or where their installers put them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

COMMANDS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)

ON_MACOS = ("Google Chrome", "Chromium", "Microsoft Edge")

ON_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)

BASES = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
"""Where programs lie on Windows, by the variables that say so."""


def found() -> str | None:
    """The command of the first browser that is there, or None."""
    on_path = (shutil.which(name) for name in COMMANDS)
    return next((one for one in on_path if one), None) or next((str(one) for one in _installed() if one.is_file()), None)


def _installed() -> Iterator[Path]:
    for home in (Path("/"), Path.home()):
        for name in ON_MACOS:
            yield home / "Applications" / f"{name}.app" / "Contents" / "MacOS" / name
    for base in BASES:
        if place := os.environ.get(base):
            yield from (Path(place) / name for name in ON_WINDOWS)
