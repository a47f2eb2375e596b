"""The pages of those who asked for one of their own: made for the confidential edition alone, they lie nowhere else."""

from __future__ import annotations

import tempfile
from pathlib import Path


def pages(engagement: str) -> dict[str, bytes]:
    """Each by its path in the folder that is published; the names of the files are random words that tell nothing."""
    from kithwork.pages import own_pages

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        own_pages.write(engagement, folder)
        return {
            f"{engagement}/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
