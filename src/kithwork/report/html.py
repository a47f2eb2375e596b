"""The HTML pieces of a section: numbers tied to their claim, intervals, strips, tables, so-what pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

import pandas as pd
from markupsafe import Markup, escape

from kithwork.report import downloads, trace
from kithwork.report import sentences as say

SHAPES = {
    "personal": Markup('<circle cx="5" cy="5" r="4.6" fill="currentColor"/>'),
    "functional": Markup('<rect x=".7" y=".7" width="8.6" height="8.6" fill="currentColor"/>'),
    "strategic": Markup('<path d="M5 .5 9.8 9.5H.2z" fill="currentColor"/>'),
}
TINTS = {"personal": "c-per", "functional": "c-fun", "strategic": "c-str"}
ENDS = {"%": (0, 100), "score": (0, 100), "scale points": (-4, 4)}
"""Between which figures of a unit lie."""
SIGNED = ("e_i", "boundary_crossing", "help_balance")
"""Measures whose index runs from -1 to 1, as the names of their claims end."""
CHANGED = ("_change", "_change_panel")
"""What the names of claims of a change since the wave before end in."""
LONG = 12
"""Rows from which on a table may be parted when the page is printed."""
NO_FILE = Markup("")


def shown(claim: pd.Series) -> Markup:
    """A claim's figure, tied to its id: what prose may print."""
    text = say.number(claim["estimate"], claim["unit"])
    return Markup('<data class="est" data-claim="{}" value="{}">{}</data>').format(claim["id"], claim["estimate"], text)


def with_interval(claim: pd.Series, word: str = "95% interval") -> Markup:
    """`46% (95% interval 35 to 56%, n = 61)`."""
    return Markup('{} <span class="ci">({})</span>').format(shown(claim), say.interval(claim, word))


def in_brackets(claim: pd.Series) -> Markup:
    """`46% (35 to 56%)`, in a sentence that says elsewhere what stands in the brackets."""
    return Markup('{} <span class="ci">({})</span>').format(shown(claim), say.bounds(claim))


def pair(claim: pd.Series) -> Markup:
    """A figure and its interval in one cell of a table that gives n elsewhere; a unit that is a word stands once."""
    suffix = say.SUFFIX.get(claim["unit"], "")
    interval = say.bounds(claim).removesuffix(suffix) if suffix.startswith(" ") else say.bounds(claim)
    return Markup('<span class="pair">{} <span class="ci">{}</span></span>').format(
        shown(claim), interval.replace(" ", say.NBSP)
    )


def kind(name: str, text: str | None = None) -> Markup:
    """The name of a kind of relationship in its colour, led by its shape."""
    shape = Markup('<svg class="shape" viewBox="0 0 10 10" aria-hidden="true">{}</svg>').format(SHAPES[name])
    return Markup('<span class="{}">{}{}</span>').format(TINTS[name], shape, text or name)


def paragraph(*parts: object, cls: str = "") -> Markup:
    """A paragraph of text and markup."""
    inner = Markup("").join(escape(part) for part in parts)
    return Markup('<p class="{}">{}</p>').format(cls, inner) if cls else Markup("<p>{}</p>").format(inner)


def note(term: str, text: object) -> Markup:
    """A margin note."""
    return Markup('<p class="note"><b>{}</b> {}</p>').format(term, text)


def missing(what: str, brings: str) -> Markup:
    """What a section could not compute, and what bringing the source would add."""
    return Markup(
        '<div class="missing"><p><b>Not available here [x].</b> {}</p><p><b>What it would add.</b> {}</p></div>'
    ).format(what, brings)


def refused(why: object, do: object) -> Markup:
    """Why figures are not reported, and what to do."""
    return Markup('<div class="missing"><p><b>Not reportable.</b> {}</p><p><b>What to do.</b> {}</p></div>').format(why, do)


def so_what(act: object, limit: object) -> Markup:
    """What follows, always paired with what the section does not show."""
    trace.place(trace.SO_WHAT, act)
    trace.place(trace.LIMIT, limit)
    return Markup(
        '<div class="sw"><div><h3>So what</h3><p>{}</p></div><div><h3>What this does not show</h3><p>{}</p></div></div>'
    ).format(act, limit)


def scale(claim: pd.Series) -> tuple[float, float] | None:
    """The ends of the scale that a figure lies on, or None where it has none. A change in points has 0 in the middle."""
    if claim["measure"].endswith(CHANGED):
        reach = 10 * ceil(max(abs(claim["low"]), abs(claim["high"]), 1) / 10)
        return (-reach, reach) if claim["unit"] in ("points", "score") else None
    if claim["unit"] == "index":
        return (-1, 1) if claim["measure"].endswith(SIGNED) or claim["low"] < 0 else (0, 1)
    return ENDS.get(claim["unit"])


def strip(claim: pd.Series, low: float, high: float, width: int = 150, others: Iterable[float] = ()) -> Markup:
    """An interval on a scale from `low` to `high`, with the reference as a dashed line; the numbers stand beside it.

    `others`: figures of other organisations, as hollow dots under it.
    """

    def at(value: float) -> float:
        return 6 + (width - 12) * (min(max(value, low), high) - low) / (high - low)

    reference = (
        f'<line x1="{at(claim["reference"]):.1f}" x2="{at(claim["reference"]):.1f}" y1="1" y2="17" class="ref"/>'
        if pd.notna(claim["reference"])
        else ""
    )
    dots = "".join(f'<circle cx="{at(other):.1f}" cy="9" r="3" class="other"/>' for other in others)
    start, end = (f"{end:g}".replace("-", say.MINUS) for end in (low, high))
    suffix = say.SUFFIX.get(claim["unit"], "")
    left = 3 + 7 * len(start)
    box = f'viewBox="-{left} 0 {width + left + 34} 18" width="{width + left + 34}" height="18"'
    return Markup(
        f'<svg class="strip" {box} aria-hidden="true" '
        f'focusable="false"><text x="-2" y="13" text-anchor="end">{start}</text>'
        f'<text x="{width + 2}" y="13">{end}{suffix if len(suffix) == 1 else ""}</text>'
        f'<line x1="6" x2="{width - 6}" y1="9" y2="9" class="tr"/>{reference}{dots}'
        f'<line x1="{at(claim["low"]):.1f}" x2="{at(claim["high"]):.1f}" y1="9" y2="9" class="iv"/>'
        f'<circle cx="{at(claim["estimate"]):.1f}" cy="9" r="4.6" fill="var(--ink)" stroke="var(--paper)"/></svg>'
    )


def table(caption: object, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]], cls: str = "ct") -> Markup:
    """A table: `columns` are (heading, cell class), the first cell of a row is its heading.

    Roles are spelt out because narrow screens stack the cells, which would take a table's meaning from screen readers.
    There a cell is led by its column's heading, unless its class is `q`: the cell says itself what it is.
    """
    cls += " long" if len(rows) > LONG else ""
    head = Markup("").join(
        Markup('<th scope="col" role="columnheader" class="{}">{}</th>').format(style, heading)
        for heading, style in columns
    )
    lines = []
    for first, *rest in rows:
        cells = Markup("").join(
            Markup('<td role="cell" class="{}" data-l="{}">{}</td>').format(style, heading, cell)
            for cell, (heading, style) in zip(rest, columns[1:], strict=True)
        )
        lines.append(Markup('<tr role="row"><th scope="row" role="rowheader">{}</th>{}</tr>').format(first, cells))
    return Markup(
        '<table class="{}" role="table"><caption>{}</caption><thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>'
    ).format(cls, caption, head, Markup("").join(lines))


def held_back(groups: int, smallest: int, word: str) -> Markup:
    """The line under a table from which groups are left out."""
    if not groups:
        return Markup("")
    noun = say.several(groups, word)
    verb, they = ("is", "It counts") if groups == 1 else ("are", "They count")
    return paragraph(
        f"[c] {say.sentence(noun)} {verb} held back: smaller than {smallest} people, mostly one person’s doing, or "
        f"needed so that such a one cannot be found by subtraction. {they} in the total.",
        cls="small",
    )


def figure(no: str, title: str, sub: object, drawing: Markup, source: str, data: Markup, claims: pd.DataFrame) -> Markup:
    """A figure with its action title, source line and what it draws as a table and as CSV, of the same claims."""
    trace.place(trace.FIGURE, title)
    place = f"figure-{no.replace('.', '-')}"
    return Markup(
        '<figure id="{}">'
        '<figcaption><h3><span class="fno">Figure {}</span> {}</h3><p class="sub">{}</p></figcaption>'
        '<div class="plot">{}</div><p class="src">{}</p>{}</figure>'
    ).format(
        place,
        no,
        title,
        sub,
        drawing,
        source,
        folded(f"Data for figure {no}", data, downloads.link(place, f"Figure {no}", claims)),
    )


def folded(summary: str, tables: Markup, file: Markup = NO_FILE) -> Markup:
    """Tables to unfold, in a box of their own that scrolls, and the link to their file."""
    return Markup(
        '<details class="dt"><summary>{}</summary>{}<div class="scroll" tabindex="0" role="region" aria-label="{}">{}</div>'
        "</details>"
    ).format(summary, file, summary, tables)


def claim_rows(claims: pd.DataFrame) -> list[list[object]]:
    """Rows of a data table: group, figure, interval, n."""
    return [[row["group"], shown(row), say.bounds(row), int(row["n"])] for _, row in claims.iterrows()]
