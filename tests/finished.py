"""A finished folder without a fault, made from the package's own pieces: small, but with all that a report has."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

import pandas as pd
from markupsafe import Markup
from synthetic import claim, released

from kithwork import params
from kithwork.lint.site import Site
from kithwork.pages import ledger, rendering
from kithwork.pages.parsed import Parsed
from kithwork.report import drawing, html

REPORT, PUBLIC, CHAPTER = "acme/index.html", "acme/public.html", "acme/chapters/2_ties.html"
COLUMNS = [("Group", ""), ("Figure", "num"), ("95% interval", "num"), ("People", "num")]
FONT = re.compile(r"base64,[\w+/=]{5000,}")
"""A font, of which the pages need no letter here: the tests are the faster."""
BESIDE = "acme/chapters/{}.html"


def _claims() -> list[dict]:
    def share(name: str, *figures: float, **more: object) -> dict:
        return claim(name, *figures, **({"n": 60, "method": "Own; bootstrap over people"} | more))

    score = {"unit": "score", "reference": 60.0, "reference_label": "the declared threshold"}
    return [
        share("people.share_functional", 46, 40, 52),
        share("people.share_personal", 30, 27, 34),
        share("people.share_strategic", 24, 20, 26),
        share("people.share_strategic", 20, 10, 30, n=20, group="Alpha"),
        share("people.share_strategic", 30, 20, 40, n=20, group="Beta"),
        share("ties.connected", 95, 86, 98, method="Counted; Wilson interval (Wilson 1927)"),
        share("change.readiness", 55, 50, 58, **score),
        share("change.readiness_change", -8, -10, -5, unit="points"),
        share("change.scenario_share.managers", 40, 30, 50),
    ]


@cache
def pages() -> dict[str, str]:
    """The source of each page by its name in the folder, its fonts left out."""
    shown = released(*_claims())
    found = {row["id"]: row for _, row in shown.claims.iterrows()}
    public = released(*(row for row in _claims() if row["group"] is None), smallest_group=20)
    made = {
        REPORT: _page("sponsor", 5, _sections(found, "Alpha" in set(shown.claims["group"].dropna())), found),
        PUBLIC: _page("public", 20, _sections({row["id"]: row for _, row in public.claims.iterrows()}, False), found),
        "index.html": rendering.render("index.html.j2", pages=[], synthetic=""),
        "codebook.html": rendering.render("codebook.html.j2", groups=[], contents=[], synthetic=""),
    }
    body = '<div class="cell"><h2 id="part-1">Load</h2><p>What came in.</p></div>'
    content = {"title": "Ties of two people", "body": body, "contents": [{"id": "part-1", "no": 1, "text": "Load"}]}
    told = {"engagement": "acme", "edition": "sponsor", "smallest_group": 5}
    for stem in rendering.STEMS.values():
        made[BESIDE.format(stem)] = rendering.render(
            "chapter.html.j2", chapter=content, stem=stem, page=told, previous=None, next=None, synthetic=""
        )
    return {name: FONT.sub("base64,AA", source) for name, source in made.items()}


def site(**changed: str) -> Site:
    """The folder as the linter sees it, with the sources of some pages changed; nothing is written."""
    sources = pages() | changed
    return Site(Path("nowhere"), {name: Parsed(name, source) for name, source in sorted(sources.items())}, _order())


@cache
def _order() -> tuple[str, ...]:
    return tuple(params.read().report.sections)


def _page(edition: str, smallest: int, sections: list[dict], found: dict[str, pd.Series]) -> str:
    quoted = html.with_interval(found["people.share_strategic"])
    said = Markup("<p>As we heard on 5 March 2026, trust matters: {}.</p>").format(quoted)
    words = {"Relationship portfolio": {"for_every": False, "html": said}}
    printed = [*(one["html"] for one in sections), *(one["html"] for one in words.values())]
    claims = {name: {key: None if pd.isna(value) else value for key, value in row.items()} for name, row in found.items()}
    claims = {name: row | {"n": int(row["n"]), "people": int(row["people"])} for name, row in claims.items()}
    page = {
        "engagement": "acme", "edition": edition, "smallest_group": smallest, "synthetic": "", "proxy": "", "people": 60,
        "title": "How relationships carry a maker of anvils", "organisation": "Acme Anvils", "terms": "Made up for tests.",
        "fieldwork": "Survey of spring 2026.", "summary": ["Functional ties are the largest part of the portfolio."],
        "sections": sections, "provenance": MADE, "sentences": [], "groups": [],
    }  # fmt: skip
    contents = [{"id": one["id"], "no": number, "text": one["topic"]} for number, one in enumerate(sections, start=1)]
    packed = ledger.packed(ledger.shown_in(printed, claims))
    return rendering.render("page.html.j2", page=page, prose=words, contents=contents, ledger=packed, synthetic="")


MADE = {"Made by": "kithwork 0.1.0", "Settings": "0123456789ab", "Staff": "ba9876543210", "Make it again": "make report"}


def _sections(found: dict[str, pd.Series], groups: bool) -> list[dict]:
    parts = {
        "summary": ("Summary", "Functional ties are the largest part of the portfolio", None, _summary(found)),
        "trust": ("Who is in the data", "Nearly everybody has ties in the data", "clean", _trust(found, groups)),
        "portfolio": ("Relationship portfolio", "Functional ties are the largest part", "ties", _portfolio(found, groups)),
        "change": ("Change readiness", "Readiness lies below the declared threshold", "change", _change(found)),
        "methods": ("Methods", "How these numbers were made", "report", _methods()),
    }
    return [
        {"id": name, "topic": topic, "title": title, "stage": stage, "html": str(body)}
        for name, (topic, title, stage, body) in parts.items()
    ]


def _summary(found: dict[str, pd.Series]) -> Markup:
    told = {
        "people.share_functional": ("Functional ties are the largest part of the portfolio", "portfolio"),
        "people.share_personal": ("Personal ties come second", "portfolio"),
        "people.share_strategic": ("Strategic ties are the rarest", "portfolio"),
        "ties.connected": ("Nearly everybody has ties", "trust"),
        "change.readiness": ("Readiness lies below the declared threshold", "change"),
    }
    items = Markup("").join(
        Markup(
            '<li id="finding-{}"><p class="ft"><span class="no">{}</span>{}</p><div class="key">{}<div class="kt">What it '
            'is. {}</div></div><p class="foot"><span class="chip">Strong</span> <a href="#{}">Evidence</a></p></li>'
        ).format(number, number, title, html.shown(found[name]), _interval(found[name]), section)
        for number, (name, (title, section)) in enumerate(told.items(), start=1)
    )
    return html.paragraph("This report reads ties and answers.", cls="lede") + Markup('<ol class="finds">{}</ol>').format(
        items
    )


def _interval(row: pd.Series) -> Markup:
    bounds = html.say.interval(row)
    return Markup('<span class="ci">{}</span>{}').format(bounds, html.strip(row, 0, 100))


def _trust(found: dict[str, pd.Series], groups: bool) -> Markup:
    rows = [["All", html.pair(found["ties.connected"]), "60"]]
    rows += [["Gamma", "[c]", "5"]] if groups else []
    table = html.table("People and their ties", [("Group", ""), ("With a tie", "f"), ("People", "num")], rows)
    return table + html.held_back(int(groups), 5, "group") + _pair()


def _pair() -> Markup:
    return html.so_what(
        "Ask the groups what they make of it.", "Who likes whom: ties are what people told us of their work."
    )


def _portfolio(found: dict[str, pd.Series], groups: bool) -> Markup:
    names = [name for name in found if name.startswith("people.share_strategic.")] if groups else ["people.share_strategic"]
    rows = [found[name] for name in names]
    cells = [[row["group"] if groups else "All", html.shown(row), html.say.bounds(row), int(row["n"])] for row in rows]
    text = "label,claim,estimate,low,high,n\r\n" + "".join(
        f"Share,{row['id']},{row['estimate']},{row['low']},{row['high']},{row['n']}\r\n" for row in rows
    )
    file = base64.b64encode(text.encode("utf-8-sig")).decode()
    told = "Bars of the share of strategic ties, from 20 to 30 per cent, with their intervals. The data table follows."
    return Markup(
        '{}<figure id="figure-3-1"><figcaption><h3><span class="fno">Figure 3.1</span> Strategic shares are alike</h3>'
        '<p class="sub">Share of ties, per cent</p></figcaption><div class="plot">{}</div><p class="src">n = 60 people.</p>'
        '<details class="dt"><summary>Data for figure 3.1</summary><p class="get"><a class="csv" '
        'href="data:text/csv;charset=utf-8;base64,{}" download="figure-3-1.csv">Figure 3.1 as CSV</a></p>'
        '<div class="scroll" tabindex="0" role="region" aria-label="Data for figure 3.1">{}</div></details></figure>{}'
    ).format(
        html.paragraph("Most ties are ", html.kind("strategic"), ", or none of these."),
        drawing.drawn("portfolio", "Strategic shares are alike", told, 90, _draw),
        file,
        html.table("Share of strategic ties", COLUMNS, cells, "data"),
        _pair(),
    )


def _draw(figure, narrow: bool) -> None:
    axes = drawing.panel(figure, 60, 8, 20, 30)
    axes.barh([0, 1], [20, 30], color=drawing.COLOURS["strategic"])
    axes.set_yticks([0, 1], ["Alpha", "Beta"])


def _change(found: dict[str, pd.Series]) -> Markup:
    fell = Markup('<data class="est" data-claim="change.readiness_change" value="-8.0">8</data> points (5 to 10)')
    return (
        html.paragraph("Readiness is ", html.with_interval(found["change.readiness"]), ", below the threshold of 60.")
        + html.paragraph("Since the wave before it fell by ", fell, ".")
        + html.paragraph(
            "With managers first, ", html.with_interval(found["change.scenario_share.managers"]), " would follow."
        )
        + _pair()
    )


def _methods() -> Markup:
    rows = [[name, Markup("<code>{}</code>").format(value)] for name, value in MADE.items()]
    return html.table("Provenance", [("Item", ""), ("Value", "f q")], rows, "ct txt")
