"""Which groups have a page of their own, what its file is called, and the links to it from the tables of the report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from html import unescape

from markupsafe import Markup

from kithwork.release import Released

MEASURES = (
    "ties.connected", "clean.responded", "people.share_strategic", "people.share_personal", "people.share_functional",
    "people.e_i", "people.brokered", "people.outside", "change.readiness",
)  # fmt: skip
"""What makes a group of the staff list one that has a page: a figure of it that may be shown."""
LONGEST = 60
"""Signs of a file's name, without its ending."""
TAKEN = frozenset(("con", "prn", "aux", "nul", "index", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))))
"""Names that some file systems or servers keep for themselves."""
ROW = re.compile(r'<th scope="row" role="rowheader">([^<]*)</th>')


def shown(released: Released) -> list[str]:
    """The groups that have a page, in name order; none where no group may be shown."""
    rows = released.claims[released.claims["measure"].isin(MEASURES) & released.claims["group"].notna()]
    return sorted(set(rows["group"]))


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A file's name for each group: lower-case ASCII, hyphens, at most `LONGEST` signs, none twice, safe everywhere."""
    found: dict[str, str] = {}
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "group"
        stem, nth = f"{stem}-1" if stem in TAKEN else stem, 1
        slug = stem
        while slug in found.values():
            nth += 1
            slug = f"{stem[: LONGEST - len(str(nth)) - 1]}-{nth}"
        found[name] = slug
    return found


def linked(html: str, pages: Mapping[str, str]) -> str:
    """The HTML of a section in which a row called after a group leads to that group's page."""

    def lead(row: re.Match) -> str:
        slug = pages.get(unescape(row[1]))
        if slug is None:
            return row[0]
        link = Markup('<a href="groups/{}.html">{}</a>').format(slug, Markup(row[1]))
        return f'<th scope="row" role="rowheader">{link}</th>'

    return ROW.sub(lead, html) if pages else html
