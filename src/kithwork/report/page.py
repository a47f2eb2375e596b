"""Puts the sections, their claims and their provenance into the one document that the page is published from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

import kithwork
from kithwork import store
from kithwork.params import Settings
from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.findings import Finding
from kithwork.report.section import Facts, Section

SHORT = 12
"""Hexadecimal digits of a SHA-256 that are printed."""


def page(made: list[Section], found: dict[str, Finding], released: Released, facts: Facts) -> dict:
    """What `pipeline/publish.py` reads: strings and numbers only, ready for JSON."""
    engagement = facts.settings.engagement
    staff = released.get("ties.connected")
    return {
        "engagement": facts.settings.name,
        "synthetic": engagement.label,
        "title": engagement.title,
        "organisation": engagement.organisation,
        "fieldwork": engagement.fieldwork,
        "people": None if staff is None else int(staff["n"]),
        "terms": engagement.terms,
        "proxy": engagement.proxy,
        "smallest_group": released.smallest_group,
        "sections": [
            {"id": one.id, "topic": one.topic, "title": one.title, "html": str(one.html), "stage": one.stage}
            for one in made
        ],
        "claims": {row["id"]: _record(row) for _, row in released.claims.iterrows()},
        "provenance": facts.provenance,
        "summary": [line(one) for one in list(found.values())[:3]],
    }


def line(finding: Finding) -> str:
    """A finding in one line of plain text: sentence, figure, interval."""
    figure = say.number(finding.claim["estimate"], finding.claim["unit"])
    return f"{finding.title} ({finding.figure} {figure}, {say.interval(finding.claim, '')})".replace(say.NBSP, " ")


def provenance(settings: Settings) -> dict[str, str]:
    """What the figures were made from: version, and a SHA-256 of every file that was read and of the settings that apply.

    Files that merely lie in the raw folder are not named: their names may be nobody's business. What was read in place on a
    server has no digest.
    """
    sources = [spec for files in settings.engagement.sources.values() for spec in files]
    raw = store.raw(settings.name)
    read = {spec.file for spec in sources if not spec.sha256 and "://" not in spec.file}
    in_place = {spec.file.partition("?")[0]: "read in place" for spec in sources if "://" in spec.file}
    packaged = {f"{spec.package}/{spec.file}": spec.sha256[:SHORT] for spec in sources if spec.sha256}
    return {
        "Made by": f"kithwork {kithwork.__version__}",
        "Settings": _sha256(settings.model_dump_json().encode()),
        **{f"data/raw/{settings.name}/{name}": _digest(raw, name) for name in sorted(read)},
        **in_place,
        **packaged,
        "Make it again": "make report",
    }


def _digest(folder: Path, name: str) -> str:
    """The SHA-256 of a file, however large; of a folder or of files that a pattern names, of their names and digests."""
    path = folder / name
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:SHORT]
    found = path.rglob("*") if path.is_dir() else folder.glob(name)
    files = sorted(str(one.relative_to(folder)) for one in found if one.is_file())
    return _sha256("\n".join(f"{one} {_digest(folder, one)}" for one in files).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:SHORT]


def _record(claim: pd.Series) -> dict:
    plain = {name: (None if pd.isna(value) else value) for name, value in claim.items()}
    return {**plain, "n": int(claim["n"]), "people": int(claim["people"]), "shown": str(html.shown(claim))}
