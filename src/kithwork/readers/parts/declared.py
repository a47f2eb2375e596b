"""What params.yaml says of sites and items, held against the files: a word that none of them has would change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from kithwork.errors import Problem, nearest
from kithwork.params import Settings
from kithwork.readers.parts.rows import Rows


def unmet(found: Mapping[str, Iterable[Rows]], settings: Settings) -> Iterator[Problem]:
    """Places where nobody is, scales of no item, and items of two scales; `found` is what was read, by source."""
    where, study = f"engagements.{settings.name}", settings.engagement
    sites = _words(found.get("staff", []), "site")
    for name in [one for one in study.places if one not in sites]:
        do = f"{nearest(name, sites)} Or take it out." if sites else "Map `site` in sources.staff.columns, or take it out."
        yield Problem("is the site of nobody on the staff list", "params.yaml", do, name, column=f"{where}.places")
    items = _words(found.get("answers", []), "item")
    for name in [one for one in study.scales if items and not any(fnmatchcase(item, one) for item in items)]:
        do = f"{nearest(name, items)} Or take it out."
        yield Problem("fits no item of the answers", "params.yaml", do, name, column=f"{where}.scales")
    for item in sorted(items):
        if len(fits := [name for name in study.scales if fnmatchcase(item, name)]) > 1:
            what, do = f"gives {item} more than one scale", "Write them so that one alone fits it."
            yield Problem(what, "params.yaml", do, ", ".join(fits), column=f"{where}.scales")


def _words(parts: Iterable[Rows], field: str) -> set[str]:
    """The distinct words of a field."""
    return {word.strip() for rows in parts if field in rows.frame for word in rows.frame[field].unique()} - {""}
