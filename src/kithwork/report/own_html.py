"""The HTML pieces of a person's own page: claims of its figures, strips beside everybody, the download."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable, Mapping

import pandas as pd
from markupsafe import Markup

from kithwork import display
from kithwork.estimates import Estimate
from kithwork.release import Band
from kithwork.report import html
from kithwork.report import sentences as say

OWN = "The person’s own words, noisy-or of stated signs; draws of the signs’ strengths and of each tie’s kind"
QUARTILE = "Quartile of everybody who named enough; interval of order statistics (Conover 1999)"
WIDTH, HEIGHT = 110, 18


def claim(name: str, label: str, one: Estimate, unit: str, *, everybody: bool = False) -> pd.Series:
    """A figure as the ledger has it: of the person alone, or of everybody."""
    scope, people, method = ("organisation", one.n, QUARTILE) if everybody else ("person", 1, OWN)
    named = {"id": f"own.{name}", "measure": f"own.{name}", "label": label, "scope": scope, "group": None, "other": None}
    figure = {
        "estimate": one.estimate,
        "low": one.low,
        "high": one.high,
        "n": one.n,
        "people": people,
        "other_people": None,
    }
    about = {"unit": unit, "reference": None, "reference_label": None, "method": method, "basis": None, "stage": "people"}
    return pd.Series(named | figure | about, dtype=object)


def counted(number: int | str) -> Markup:
    """A count, which has no interval: it was counted, not estimated; or what stands for one."""
    return Markup('<data value="{}">{:,}</data>').format(number, number) if isinstance(number, int) else Markup(number)


def ends(band: Band, unit: str) -> str:
    """`14 to 30%`."""
    return say.bounds(pd.Series({"low": band.low.estimate, "high": band.high.estimate, "unit": unit}))


def strip(one: Estimate | None, band: Band | None, top: float, suffix: str = "") -> Markup:
    """An interval, or a count without one, over the middle half of everybody, on a scale from 0 to `top`; the numbers stand
    beside it."""

    def at(value: float) -> float:
        return 6 + (WIDTH - 12) * min(max(value, 0), top) / top

    half = Markup("")
    if band is not None:
        left, right = at(band.low.estimate), at(band.high.estimate)
        half = Markup(f'<rect class="band" x="{left:.1f}" y="3" width="{max(right - left, 1):.1f}" height="12"/>')
    mark = Markup("")
    if one is not None:
        mark = Markup(
            f'<line x1="{at(one.low):.1f}" x2="{at(one.high):.1f}" y1="9" y2="9" class="iv"/>'
            f'<circle cx="{at(one.estimate):.1f}" cy="9" r="4.6" fill="var(--ink)" stroke="var(--paper)"/>'
        )
    return Markup(
        f'<svg class="strip" viewBox="-10 0 {WIDTH + 44} {HEIGHT}" width="{WIDTH + 44}" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false"><text x="-2" y="13" text-anchor="end">0</text>'
        f'<text x="{WIDTH + 2}" y="13">{top:g}{suffix}</text>'
        f'<line x1="6" x2="{WIDTH - 6}" y1="9" y2="9" class="tr"/>{half}{mark}</svg>'
    )


def count_with_interval(one: Estimate) -> Markup:
    """A quartile of counts and its interval, as `html.pair` has a claim's."""
    figure, low, high = (f"{value:,.0f}" for value in (one.estimate, one.low, one.high))
    return Markup('<span class="pair"><data value="{}">{}</data> <span class="ci">{} to {}</span></span>').format(
        one.estimate, figure, low, high
    )


def band_table(of: str, rows: Iterable[tuple[str, object, object, int]]) -> Markup:
    """The ends of the middle half of everybody, to unfold: label, lower and upper end with their intervals, people."""
    columns = [("What", ""), ("A quarter lies below", "num"), ("A quarter lies above", "num"), ("n", "num")]
    lines = [[label, low, high, f"{people:,}"] for label, low, high, people in rows]
    caption = "The middle half of everybody: its two ends, each with its 95% interval"
    return html.folded(f"Data for the middle half of everybody: {of}", html.table(caption, columns, lines, cls="ct data"))


def download(rows: Iterable[Mapping[str, object]], name: str) -> Markup:
    """A link that saves these rows as CSV, held in the page itself; no cell can run as a formula in a spreadsheet."""
    rows = list(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: display.cell(cell) for column, cell in row.items()} for row in rows)
    data = base64.b64encode(out.getvalue().encode("utf-8-sig")).decode()
    return Markup(
        '<p class="get"><a download="{}" href="data:text/csv;charset=utf-8;base64,{}">Save what is here as CSV</a></p>'
    ).format(name, data)
