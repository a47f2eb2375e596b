"""Puts the sections, their claims and their provenance into the one document that the page is published from."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

import kithwork
from kithwork.params import Settings
from kithwork.release import Released
from kithwork.report import html, origins
from kithwork.report import sentences as say
from kithwork.report.finding import Finding
from kithwork.report.section import Facts, Section
from kithwork.report.selection import choose
from kithwork.values.groups import AS_FOUND


def page(made: list[Section], found: dict[str, Finding], released: Released, facts: Facts) -> dict:
    """What `pipeline/publish.py` reads: strings and numbers only, ready for JSON. Units' figures as found stay behind."""
    engagement = facts.settings.engagement
    staff, chosen = released.get("ties.connected"), choose(found, released, facts)
    return {
        "engagement": facts.settings.name,
        "edition": released.edition.value,
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
        "claims": {
            row["id"]: _record(row) for _, row in released.claims.iterrows() if not row["measure"].endswith(AS_FOUND)
        },
        "provenance": facts.provenance,
        "summary": [line(one.finding) for one in list(chosen.shown.values())[:3]],
        "sentences": [{"section": one.id, **asdict(told)} for one in made for told in one.sentences],
        "held": [
            {"title": one.finding.title, "grade": one.grade.word, "why": one.held, "section": one.finding.section}
            for one in chosen.held.values()
        ],
        "unanswered": chosen.unanswered,
    }


def line(finding: Finding) -> str:
    """A finding in one line of plain text: sentence, figure, interval."""
    figure = say.number(finding.claim["estimate"], finding.claim["unit"])
    return f"{finding.title} ({finding.figure} {figure}, {say.interval(finding.claim, '')})".replace(say.NBSP, " ")


def provenance(settings: Settings) -> dict[str, str]:
    """What the figures were made from: version, and a SHA-256 of the settings that apply and of every file read."""
    return {
        "Made by": f"kithwork {kithwork.__version__}",
        "Settings": origins.short(settings.model_dump_json().encode()),
        **origins.origins(settings),
        "Make it again": "make report",
    }


def _record(claim: pd.Series) -> dict:
    plain = {name: (None if pd.isna(value) else value) for name, value in claim.items()}
    return {**plain, "n": int(claim["n"]), "people": int(claim["people"]), "shown": str(html.shown(claim))}
