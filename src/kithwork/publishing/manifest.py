"""The manifest of a published folder: every file with its SHA-256 and size, and what each engagement was made from.

It holds no time and nothing of the machine, so that publishing twice gives the same bytes. Who reads it learns no address
of a person's own page: of such a page the SHA-256 of its path stands there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NAME, SUMS = "manifest.json", "SHA256SUMS"

WHAT = "kithwork publication"
"""By which a manifest is known for one of ours."""


@dataclass(frozen=True)
class Manifest:
    """`engagements`: what is said of each by name; `files`: {"sha256", "bytes"} by what `listed_as` calls each file, itself
    and the sums left out."""

    edition: str
    engagements: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)


OWN = "/own/"
"""In the path of a person's own page."""


def listed_as(path: str) -> str:
    """What a manifest calls a file."""
    engagement, own, _ = path.partition(OWN)
    return f"{engagement}{own}{hashlib.sha256(path.encode()).hexdigest()}" if own else path


def described(content: bytes) -> dict[str, Any]:
    """What a manifest says of a file."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def text(found: Manifest) -> bytes:
    """The manifest as JSON."""
    return (json.dumps({"what": WHAT} | asdict(found), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def sums(files: Mapping[str, bytes]) -> bytes:
    """A line a file, as `sha256sum --check` reads it; people's own pages have none."""
    named = sorted(name for name in files if OWN not in name)
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in named).encode()


def read(folder: Path) -> Manifest | None:
    """The manifest of a folder, or None where it has none of ours."""
    try:
        content = json.loads((folder / NAME).read_bytes())
        if content.pop("what") != WHAT:
            return None
        found = Manifest(**content)
        whole = all({*one} == {"sha256", "bytes"} for one in found.files.values()) and all(
            isinstance(one, dict) for one in found.engagements.values()
        )
        return found if whole and isinstance(found.edition, str) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
