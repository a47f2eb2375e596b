"""Which raw files a study's first chapter last read, so that it can be said which of them changed since.

dvc keeps one digest of a whole raw folder, from which nobody can tell a file that is new from one that was changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from kithwork import params, store
from kithwork.pages import rendering
from kithwork.publishing import recorded


def note(engagement: str) -> None:
    """Write down what lies in the raw folder now."""
    lies_there = recorded.listed(store.raw(engagement))
    rendering.write(_place(engagement), json.dumps(lies_there, indent=1, ensure_ascii=False) + "\n")


def since(engagement: str, digest: str) -> list[str]:
    """In words what of the raw folder changed since the run that recorded this digest of it; the folder alone where that
    run wrote nothing down.
    """
    folder = f"data/raw/{engagement}"
    now = recorded.listed(store.raw(engagement))
    try:
        was = json.loads(_place(engagement).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        was = []
    if recorded.of_a_list(was) != digest:
        return [f"{folder} changed"]
    before, after = ({one["relpath"]: one["md5"] for one in listing} for listing in (was, now))
    words = {
        "is new": [name for name in after if name not in before],
        "is gone": [name for name in before if name not in after],
        "changed": [name for name in after if name in before and after[name] != before[name]],
    }
    return [f"{folder}/{name} {what}" for what, names in words.items() for name in names]


def _place(engagement: str) -> Path:
    return params.ROOT / "build" / "seen" / f"{engagement}.json"
