"""Publishing: the report and the chapters of an engagement, the list of reports and the codebook.

Everything shown has passed the release gate before: a page is put together here, nothing is computed or filtered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby

from kithwork import params, store
from kithwork.tables import CLAIMING, STAGES, TABLES, Column, Table
from pipeline import pages, prepare
from pipeline.prose import read_prose

TITLES = {
    "clean": "What the client gave, cleaned",
    "ties": "Pairs of people and their kinds of relationship",
    "people": "Portfolios of relationships and segments",
    "values": "Indicators of the ten values",
    "": "Every number that may be published",
    "report": "What the summary says",
}
"""What the tables of each stage hold, in a few words."""


def publish(engagement: str) -> None:
    """Write `reports/<engagement>/`: the report as `index.html`, and the chapters behind it.

    Raises `UserError` if the consultant's prose names a claim that is not released.
    """
    page = store.load_document("page", engagement)
    topics = [section["topic"] for section in page["sections"]]
    prose = dict.fromkeys(topics, "") | read_prose(prepare.copy_of(pages.STEMS["report"]), topics, page["claims"])
    contents = [
        {"id": section["id"], "no": number, "text": section["topic"]}
        for number, section in enumerate(page["sections"], start=1)
    ]
    folder = params.ROOT / "reports" / engagement
    for stem in pages.STEMS.values():
        pages.write(folder / "chapters" / f"{stem}.html", _chapter(stem, engagement))
    pages.write(folder / "index.html", pages.render("page.html.j2", page=page, prose=prose, contents=contents))


def _chapter(stem: str, engagement: str) -> str:
    stems = list(pages.STEMS.values())
    at = stems.index(stem)
    chapter = json.loads(pages.chapter_of(stem, engagement).read_text(encoding="utf-8"))
    return pages.render(
        "chapter.html.j2",
        chapter=chapter,
        stem=stem,
        engagement=engagement,
        previous=stems[at - 1] if at else None,
        next=stems[at + 1] if at + 1 < len(stems) else None,
    )


def index() -> None:
    """Write `reports/index.html`, the list of reports, and `reports/codebook.html`."""
    made = [
        store.load_document("page", name)
        for name in params.read().engagements
        if (store.folder("report", name) / "page.json").is_file()
    ]
    pages.write(params.ROOT / "reports" / "index.html", pages.render("index.html.j2", pages=made))
    pages.write(params.ROOT / "reports" / "codebook.html", _codebook(TABLES.values()))


def _codebook(tables: Iterable[Table]) -> str:
    groups = [
        {
            "id": f"stage-{stage or 'claims'}",
            "no": number,
            "where": _where(stage),
            "title": TITLES.get(stage, stage),
            "tables": [_described(table) for table in members],
        }
        for number, (stage, members) in enumerate(groupby(tables, key=lambda table: table.stage), start=1)
    ]
    contents = [{"id": group["id"], "no": group["no"], "text": group["where"]} for group in groups]
    return pages.render("codebook.html.j2", groups=groups, contents=contents)


def _where(stage: str) -> str:
    """The chapter that writes a table; the claims alone are written by several."""
    if stage:
        return f"Chapter {STAGES.index(stage) + 1}, {stage}"
    first, last = STAGES.index(CLAIMING[0]) + 1, STAGES.index(CLAIMING[-1]) + 1
    return f"Chapters {first} to {last}"


def _described(table: Table) -> dict:
    return {
        "name": table.name,
        "grain": table.grain,
        "key": table.key,
        "columns": [
            {
                "name": name,
                "meaning": column.meaning,
                "type": column.type,
                "unit": column.unit,
                "values": _values(column),
                "absent": "yes" if column.nullable else "no",
            }
            for name, column in table.columns.items()
        ],
    }


def _values(column: Column) -> str:
    """The values a column may take, in words."""
    if column.allowed:
        return ", ".join(column.allowed)
    low = "" if column.low is None else f"{column.low:g}".replace("-", "−")
    high = "" if column.high is None else f"{column.high:g}".replace("-", "−")
    if low and high:
        return f"{low} to {high}"
    return f"{low} or more" if low else f"{high} or less" if high else ""
