"""Publishing: the report and the chapters of an engagement, the list of reports and the codebook.

Everything shown has passed the release gate before: a page is put together here, nothing is computed or filtered.
"""

from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from itertools import groupby

from kithwork import display, params, store
from kithwork.decided_tables import DECIDED
from kithwork.pages import ledger, rendering
from kithwork.readers.parts.rows import FIELDS, TABLE_OF
from kithwork.release import Edition
from kithwork.survey import wording
from kithwork.tables import CLAIMING, STAGES, TABLES, Column, Table
from kithwork.values import VALUES
from pipeline import prepare
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

IDS = {
    "new_person": "The client’s own id of the person, who is thereby on the staff list",
    "person": "A person on the staff list, by id, e-mail address or full name",
    "new_party": "The client’s own id of the outside organisation",
    "party": "The outside organisation, by id, name, e-mail address or domain",
    "anyone": "A person on the staff list or an outside organisation, by id, name, e-mail address or domain",
    "email": "The person’s e-mail address, a word to be found by; it goes no further",
    "name": "The full name, a word to be found by; it goes no further",
    "domain": "The organisation’s e-mail domain, a word to be found by; it goes no further",
}
"""What a word in a client's file may stand for, by the kind of its field."""

USED_UP = {
    "first_name": Column("The first name; with the last name, a word to be found by; it goes no further"),
    "last_name": Column("The last name; with the first name, a word to be found by; it goes no further"),
    "started": Column("The day of starting; to the day of the list (staff_as_of) it becomes months of tenure", "time"),
    "message": Column("The message’s own id, by which copies of it are found; it goes no further"),
    "nature": Column("What sent it, where no person did: it is set aside", allowed=("automated", "auto_reply", "list")),
}
"""What fields are for that no table holds: cleaning uses them up."""


def publish(engagement: str) -> None:
    """Write `reports/<engagement>/`: the report as `index.html`, its public edition, a page each for groups, its chapters
    and its claims.

    Raises `UserError` if the consultant's prose names a claim that is not released, or the study may not be kept any more.
    """
    params.load(engagement)
    page, public = (store.load_document(name, engagement) for name in ("page", "page_public"))
    made = {"index.html": _report(page), "claims.csv": _listed(page["claims"])}
    if public is not None:
        made["public.html"] = _report(public)
    made |= {f"groups/{group['slug']}.html": _group(group, page) for group in page["groups"]}
    made |= {f"chapters/{stem}.html": _chapter(stem, page) for stem in rendering.STEMS.values()}
    folder = params.ROOT / "reports" / engagement
    for name, text in made.items():
        rendering.write(folder / name, text)
    for old in (folder / "groups").glob("*.html"):
        if f"groups/{old.name}" not in made:
            old.unlink()
    if public is None:
        (folder / "public.html").unlink(missing_ok=True)


def _report(page: dict) -> str:
    topics = [section["topic"] for section in page["sections"]]
    studies = params.read().engagements
    notebook = prepare.copy_of(rendering.STEMS["report"])
    named = page["claims"] | {
        f"finding:{rule}": {"shown": text, "scope": "organisation"} for rule, text in page["findings"].items()
    }
    words = read_prose(notebook, topics, named, page["engagement"], studies, page["edition"] == Edition.PUBLIC)
    contents = [
        {"id": section["id"], "no": number, "text": section["topic"]}
        for number, section in enumerate(page["sections"], start=1)
    ]
    printed = [*(one["html"] for one in page["sections"]), *(one.html for one in words.values())]
    return rendering.render(
        "page.html.j2",
        page=page,
        prose=words,
        contents=contents,
        ledger=ledger.packed(ledger.shown_in(printed, page["claims"])),
        synthetic=page["synthetic"],
    )


def _group(group: dict, page: dict) -> str:
    """The page of one group."""
    printed = [*(one["html"] for one in group["sections"]), group["ends"]]
    return rendering.render(
        "group.html.j2",
        page=page,
        group=group,
        contents=[{"id": one["id"], "no": no, "text": one["topic"]} for no, one in enumerate(group["sections"], start=1)],
        ledger=ledger.packed(ledger.shown_in(printed, page["claims"])),
        synthetic=page["synthetic"],
    )


def _listed(claims: dict[str, dict]) -> str:
    """The claims as CSV: what may be shown, in figures as rounded as on the page."""
    columns = ("id", *ledger.WORDS, *ledger.FIGURES)
    out = io.StringIO()
    rows = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    rows.writeheader()
    rows.writerows({name: display.cell(cell) for name, cell in claim.items()} for claim in claims.values())
    return out.getvalue()


def _chapter(stem: str, page: dict) -> str:
    stems = list(rendering.STEMS.values())
    at = stems.index(stem)
    chapter = json.loads(rendering.chapter_of(stem, page["engagement"]).read_text(encoding="utf-8"))
    return rendering.render(
        "chapter.html.j2",
        chapter=chapter,
        stem=stem,
        page=page,
        synthetic=page["synthetic"],
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
    rendering.write(params.ROOT / "reports" / "index.html", rendering.render("index.html.j2", pages=made, synthetic=""))
    rendering.write(params.ROOT / "reports" / "codebook.html", codebook(back="All reports"))


def codebook(back: str) -> str:
    """The codebook as a page; `back`: what its link to the `index.html` beside it says."""
    groups = [
        {
            "id": f"stage-{stage or 'claims'}",
            "where": _where(stage),
            "title": TITLES.get(stage, stage),
            "tables": [_described(table) for table in members],
        }
        for stage, members in groupby(TABLES.values(), key=lambda table: table.stage)
    ]
    groups = [
        {"id": "bring", "where": "What to bring", "title": "The fields of each source", "tables": _sources()},
        {"id": "ask", "where": "What to ask", "title": "The items of the questionnaire", "tables": _questionnaire()},
        {
            "id": "decide",
            "where": "What to decide",
            "title": "The files of data/raw/<study>/decided/",
            "tables": [_described(table) for table in DECIDED],
        },
        *groups,
    ]
    groups = [group | {"no": number} for number, group in enumerate(groups, start=1)]
    contents = [{"id": group["id"], "no": group["no"], "text": group["where"]} for group in groups]
    return rendering.render("codebook.html.j2", groups=groups, contents=contents, back=back, synthetic="")


def _sources() -> list[dict]:
    """Each source a client may bring, as params.yaml names it, with the fields that its columns are mapped to."""
    return [
        {
            "id": f"source-{source}",
            "name": source,
            "grain": f"{TABLES[TABLE_OF[source]].grain}; sources.{source}.columns maps fields to the client’s columns",
            "key": (),
            "columns": [
                _column(name, TABLES[TABLE_OF[source]].columns.get(field.column) or USED_UP.get(name, Column("")))
                | {"absent": "no" if field.required else "yes"}
                | ({"meaning": IDS[field.kind]} if field.kind in IDS else {})
                for name, field in fields.items()
            ],
        }
        for source, fields in FIELDS.items()
    ]


def _questionnaire() -> list[dict]:
    """The items of the source `answers`, a row per person and item, with their wording."""
    parts = [
        *((import_module(f"kithwork.values.{value}").TITLE, wording.VALUES[f"V{n}"]) for n, value in enumerate(VALUES, 1)),
        ("Readiness for a change", wording.READINESS),
        ("What people think of the change", wording.BELIEFS),
        ("How far along with the change they are", wording.STAGES),
        ("Candour", wording.CANDOUR),
        ("Purpose", wording.PURPOSE),
    ]
    answer = Column("", "number", "scale points", low=1, high=5)
    return [
        {
            "id": f"items-{number}",
            "name": title,
            "grain": "Answered from 1 (not at all) to 5 (fully); a figure is the mean of the items answered",
            "key": (),
            "columns": [_column(code, answer) | {"meaning": meaning, "absent": "yes"} for code, meaning in items.items()],
        }
        for number, (title, items) in enumerate(parts, start=1)
    ]


def _where(stage: str) -> str:
    """The chapter that writes a table; the claims alone are written by several."""
    if stage:
        return f"Chapter {STAGES.index(stage) + 1}, {stage}"
    first, last = STAGES.index(CLAIMING[0]) + 1, STAGES.index(CLAIMING[-1]) + 1
    return f"Chapters {first} to {last}"


def _described(table: Table) -> dict:
    columns = [_column(name, column) for name, column in table.columns.items()]
    return {"id": f"table-{table.name}", "name": table.name, "grain": table.grain, "key": table.key, "columns": columns}


def _column(name: str, column: Column) -> dict:
    return {
        "name": name,
        "meaning": column.meaning,
        "type": column.type,
        "unit": column.unit,
        "values": _values(column),
        "absent": "yes" if column.nullable else "no",
    }


def _values(column: Column) -> str:
    """The values a column may take, in words."""
    if column.allowed:
        return ", ".join(column.allowed)
    low = "" if column.low is None else f"{column.low:g}".replace("-", "−")
    high = "" if column.high is None else f"{column.high:,.6g}".replace("-", "−")
    if low and high:
        return f"{low} to {high}"
    return f"{low} or more" if low else f"{high} or less" if high else ""
