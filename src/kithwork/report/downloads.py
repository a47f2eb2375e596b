"""What a figure or a table shows as CSV, inside the page: a link that holds its file, so that nothing is asked of anywhere.

RFC 4180 in UTF-8 with a mark, by which spreadsheets read letters rightly. Figures are those that left the gate, rounded as
they are printed; no text is one that a spreadsheet would take for a formula (OWASP, CSV Injection).
"""

from __future__ import annotations

import base64
import csv
import io

import pandas as pd
from markupsafe import Markup

from kithwork import display
from kithwork.release import DECIMALS

COLUMNS = ("label", "group", "other", "estimate", "low", "high", "unit", "n", "reference", "id")
"""What a row of a file says of a claim."""
FIGURES = ("estimate", "low", "high", "reference")


def rows(claims: pd.DataFrame) -> str:
    """Claims that were released as the text of a CSV file, a row each, in their order."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["claim" if column == "id" else column for column in COLUMNS])
    for claim in claims.to_dict("records"):
        writer.writerow([_cell(claim, column) for column in COLUMNS])
    return out.getvalue()


def link(name: str, what: str, *claims: pd.DataFrame) -> Markup:
    """A link that puts claims into a file called `name`.csv; nothing where there are none."""
    held = pd.concat(claims)
    if held.empty:
        return Markup("")
    file = base64.b64encode(rows(held).encode("utf-8-sig")).decode()
    many = f"{len(held):,} row{'' if len(held) == 1 else 's'}"
    address = Markup('href="data:text/csv;charset=utf-8;base64,{}" download="{}.csv"').format(file, name)
    return Markup('<p class="get"><a class="csv" {}>{} as CSV</a> ({})</p>').format(address, what, many)


def _cell(claim: dict, column: str) -> str:
    value = claim.get(column)
    if pd.isna(value):
        return ""
    if column in FIGURES:
        return f"{value:.{max(DECIMALS[claim['unit']], 0)}f}"
    return display.cell(str(value))
