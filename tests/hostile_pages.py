"""Pages full of hostile strings, one a place where words of others may stand: what tests and the benchmark open."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import hostile
import nbformat
import pandas as pd
from markupsafe import Markup
from nbformat import v4
from synthetic import claim, released

from kithwork.errors import UserError
from kithwork.pages import rendering
from kithwork.report import figures, groups, html
from pipeline import chapter
from pipeline.prose import read_prose

BATCH = 250
ROWS = 45
"""Names that one figure holds."""
PAGE = {
    **dict.fromkeys(("synthetic", "fieldwork", "terms", "proxy"), ""),
    **{"engagement": "hostile", "title": "Hostile", "organisation": "Nobody Ltd", "edition": "sponsor"},
    **{
        "people": 40,
        "smallest_group": 5,
        "group_word": "unit",
        "groups": [],
        "claims": {},
        "provenance": {},
        "summary": [],
    },
}


def write(folder: Path, few: int = 1) -> list[Path]:
    """Write the pages; `few`: every how many-th is drawn, written as prose and shown as HTML. Returns where they lie."""
    texts, names = hostile.strings(), hostile.names()
    rendering.write(folder / "rows.html", rows_page(texts))
    rendering.write(folder / "pieces.html", _report(_pieces(texts[::8])))
    rendering.write(folder / "prose.html", _report(_prose(texts[::few])))
    for number, drawn in enumerate(_figures(names[::few]), start=1):
        rendering.write(folder / f"figures-{number}.html", _report(drawn))
    rendering.write(folder / "chapter.html", _chapter(texts))
    rendering.write(folder / "raw.html", _chapter_of(_raw(texts[::few])))
    for number, some in enumerate(_batches(texts, BATCH), start=1):
        words = " | ".join(some)
        settings = dict.fromkeys(("title", "organisation", "fieldwork", "terms", "proxy", "engagement", "synthetic"), words)
        page = PAGE | settings | {"summary": some, "provenance": {words: words}, "claims": {}}
        page["groups"] = [{"name": text, "slug": f"g{at}"} for at, text in enumerate(some)]
        rendering.write(folder / f"settings-{number}.html", _report("<p>Text</p>", page))
        rendering.write(folder / f"group-{number}.html", _group(words, page))
    shelf = [PAGE | {"engagement": "x", "title": text, "organisation": text, "summary": [text]} for text in texts[::9]]
    rendering.write(folder / "shelf.html", rendering.render("index.html.j2", pages=shelf, synthetic=""))
    return sorted(folder.glob("*.html"))


def rows_page(texts: Sequence[str]) -> str:
    """A report whose only table has a row for each text: the text, and a figure beside it that it must leave alone."""
    columns = [("Name", ""), ("Figure", "num r q"), ("Words", "f")]
    table = html.table("Texts", columns, [[text, f"{number}", text] for number, text in enumerate(texts)])
    return _report(table)


def _batches(texts: Sequence[str], many: int) -> Iterable[Sequence[str]]:
    return (texts[first : first + many] for first in range(0, len(texts), many))


def _report(content: str, page: dict = PAGE) -> str:
    section = {"id": "trust", "topic": "Trust", "title": "What was found", "html": str(content), "stage": None}
    return rendering.render(
        "page.html.j2",
        page=page | {"sections": [section], "sentences": hostile.strings()[50:100]},
        prose={},
        contents=[{"id": "trust", "no": 1, "text": "Trust"}],
        ledger={"texts": hostile.strings()[:50]},
        synthetic=page["synthetic"],
    )


def _group(name: str, page: dict) -> str:
    section = {"id": "figures", "topic": name, "title": name, "html": "<p>Text</p>", "stage": None}
    return rendering.render(
        "group.html.j2",
        page=page,
        group={"name": name, "title": name, "people": 12, "slug": "g", "sections": [section], "ends": ""},
        contents=[{"id": "figures", "no": 1, "text": name}],
        ledger={"texts": name},
        synthetic="",
    )


def _pieces(texts: Sequence[str]) -> Markup:
    """Each text in every piece that a section is put together from."""
    made = []
    for number, text in enumerate(texts):
        row = pd.Series(claim("people.share_strategic", 24, 14, 37, group=text, n=12))
        claims = row.to_frame().T
        made += [
            html.paragraph(text, html.with_interval(row)),
            html.note(text, text),
            html.so_what(text, text),
            html.missing(text, text),
            html.figure(f"9.{number}", text, text, Markup(""), text, html.table(text, [(text, "")], [[text]]), claims),
            html.held_back(2, 5, text[:40]),
        ]
    return Markup("").join(made)


def _prose(texts: Sequence[str]) -> str:
    """Each text as the consultant's own words, where they are not refused."""
    made = []
    with tempfile.TemporaryDirectory() as folder:
        notebook = Path(folder) / "7_report.ipynb"
        for text in texts:
            cells = [{"cell_type": "markdown", "source": ["### Summary\n\n", text.encode(errors="replace").decode()]}]
            notebook.write_text(json.dumps({"cells": cells}), encoding="utf-8")
            try:
                found = read_prose(notebook, ["Summary"], {}, "hostile", ["hostile"])
            except UserError:
                continue
            made += [f'<div class="prose">{words.html}</div>' for words in found.values()]
    return "".join(made)


def _figures(names: Sequence[str]) -> Iterable[Markup]:
    """Pages of figures of units that bear these names, `ROWS` in each figure."""
    draws = {figures.portfolio: "people.share_strategic", figures.boundaries: "people.e_i",
             figures.brokers: "people.brokered", figures.segments: "people.segment_strategic"}  # fmt: skip
    for page in _batches(names, ROWS * len(draws)):
        drawn = []
        for (draw, measure), some in zip(draws.items(), _batches(page, ROWS), strict=False):
            unit = {"unit": "index"} if draw is figures.boundaries else {}
            rows = [claim(measure, 0, -1, 1, n=20, group=name, reference=0.5, **unit) for name in some]
            drawn.append(draw(released(claim(measure, 0, 0, 90, n=900), *rows), some[0]))
        pairs = [
            claim("people.between", 2, 1.5, 3, group=one, other=other, unit="times", people=20, other_people=20)
            for one, other in pairwise(page[:13])
        ]
        drawn += [draw(released(*pairs), page[0]) for draw in (groups.network, groups.matrix)]
        yield Markup("").join(Markup('<figure><div class="plot">{}</div></figure>').format(one) for one in drawn)


def _chapter(texts: Sequence[str]) -> str:
    """Each text as a chapter shows it: printed, in a table, as an object and under a heading."""
    whole = [text.encode(errors="replace").decode() for text in texts]
    frame = pd.DataFrame({"unit": whole, "share": range(len(whole))})
    with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
        table = frame.to_html()
    outputs = [
        v4.new_output("display_data", {"text/html": table}),
        v4.new_output("stream", name="stdout", text="\n".join(whole)),
        v4.new_output("display_data", {"text/plain": repr(whole)}),
        v4.new_output("display_data", {"image/png": "eA=="}, metadata={"image/png": {"alt": " ".join(whole[:200])}}),
    ]
    return _chapter_of([v4.new_markdown_cell("# Hostile\n\n## Names"), v4.new_code_cell("", outputs=outputs)])


def _raw(texts: Sequence[str]) -> list[nbformat.NotebookNode]:
    """Each text as HTML of an output of its own, and as markdown: what nobody should do, and somebody will."""
    whole = [text.encode(errors="replace").decode() for text in texts]
    outputs = [v4.new_output("display_data", {"text/html": text}) for text in whole]
    return [
        v4.new_markdown_cell("# Raw\n\n## Output"),
        v4.new_code_cell("", outputs=outputs),
        *(v4.new_markdown_cell(text) for text in whole[::7]),
    ]


def _chapter_of(cells: list[nbformat.NotebookNode]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        executed = Path(folder) / "2_ties.ipynb"
        nbformat.write(v4.new_notebook(cells=cells), executed)
        content = chapter.content(executed)
    told = {"engagement": "hostile", "edition": "sponsor", "smallest_group": 5}
    return rendering.render(
        "chapter.html.j2", chapter=content, stem="2_ties", page=told, synthetic="", previous=None, next=None
    )
