"""Puts the sections, their claims and their provenance into the one document that the page is published from."""

from __future__ import annotations

from dataclasses import asdict

from markupsafe import Markup

import kithwork
from kithwork.params import Settings
from kithwork.release import Released
from kithwork.report import group_links, group_page, html, origins
from kithwork.report import sentences as say
from kithwork.report.finding import Finding
from kithwork.report.section import Facts, Section
from kithwork.report.selection import choose, tellable
from kithwork.values.groups import AS_FOUND


def page(made: list[Section], found: dict[str, Finding], released: Released, facts: Facts) -> dict:
    """What `pipeline/publish.py` reads: strings and numbers only, ready for JSON. Units' figures as found stay behind."""
    engagement = facts.settings.engagement
    staff, chosen = released.get("ties.connected"), choose(found, released, facts)
    own = group_page.pages(released, facts)
    places = {one["name"]: one["slug"] for one in own}
    records = released.claims.astype(object).where(released.claims.notna(), None).to_dict("records")
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
            {
                "id": one.id,
                "topic": one.topic,
                "title": one.title,
                "html": group_links.linked(str(one.html), places),
                "stage": one.stage,
            }
            for one in made
        ],
        "group_word": engagement.group_word,
        "groups": own,
        "claims": {row["id"]: _record(row) for row in records if not row["measure"].endswith(AS_FOUND)},
        "findings": {name: str(quoted(one.finding)) for name, one in tellable(found, released, facts).items()},
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


def quoted(finding: Finding) -> Markup:
    """A finding as the consultant's prose quotes it: its sentence, with figure and interval."""
    return Markup('<span class="told">{}</span> <span class="ci">({} {}, {})</span>').format(
        finding.title, finding.figure, html.shown(finding.claim), say.interval(finding.claim, finding.spread)
    )


def provenance(settings: Settings) -> dict[str, str]:
    """What the figures were made from: version, and a SHA-256 of the settings that apply and of every file read."""
    return {**made_with(settings), **origins.origins(settings), "Make it again": "make report"}


def made_with(settings: Settings) -> dict[str, str]:
    """Version, and a digest of the settings: what a report is made with besides files."""
    return {
        "Made by": f"kithwork {kithwork.__version__}",
        "Packages (requirements.lock)": origins.lock(),
        "Settings": origins.short(settings.model_dump_json().encode()),
    }


def _record(claim: dict) -> dict:
    return {**claim, "n": int(claim["n"]), "people": int(claim["people"]), "shown": str(html.pair(claim))}
