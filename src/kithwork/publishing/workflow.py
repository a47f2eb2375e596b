"""The workflow for GitHub Pages that a client's repository takes: it makes the public edition, and no other."""

from __future__ import annotations

from pathlib import Path

from kithwork import params
from kithwork.errors import Problem, UserError

PLACE = ".github/workflows/pages.yml"

TEMPLATE = Path(__file__).with_name("pages.yml")


def text(engagement: str) -> str:
    """The workflow for one engagement."""
    return TEMPLATE.read_text(encoding="utf-8").replace("ENGAGEMENT", engagement)


def write(engagement: str) -> Path:
    """Write it to its place in the project; what was changed there by hand is not overwritten. Raises `UserError`."""
    params.stated(engagement)
    path = params.ROOT / PLACE
    if path.exists() and path.read_text(encoding="utf-8") != text(engagement):
        raise UserError(Problem("is there already, and differs", PLACE, "Take it away first, or mend it by hand."))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(engagement), encoding="utf-8", newline="\n")
    return path
