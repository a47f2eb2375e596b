"""What a notebook shows of our own things, of tables and of figures: as in the report, in its look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kithwork.desk.dress import dressed

if TYPE_CHECKING:
    import pandas as pd
    from IPython.core.interactiveshell import InteractiveShell
    from markupsafe import Markup

OURS = (
    ("kithwork.contract", "Table"),
    ("kithwork.estimates", "Estimate"),
    ("kithwork.release", "Released"),
    ("kithwork.report.finding", "Finding"),
    ("kithwork.report.section", "Section"),
    ("kithwork.desk.reached", "Findings"),
)
"""Classes that say in `_repr_html_` what they are, in the report's HTML."""

ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])([^>]*)>(.*?)</\1>", re.DOTALL)
NUMBER = re.compile(r"[-−+]?[\d,]*\.?\d+(e[-+]?\d+)?%?|\[c\]|nan|NaN|NaT|&lt;NA&gt;|inf|-inf|\.\.\.|…")


def announce(shell: InteractiveShell) -> None:
    """Tell a shell how to show them. By name, so that nothing is imported before it is shown."""
    html = shell.display_formatter.formatters["text/html"]
    for module, name in OURS:
        html.for_type_by_name(module, name, thing)
    html.for_type_by_name("pandas", "DataFrame", frame)
    html.for_type_by_name("markupsafe", "Markup", markup)


def thing(one: Any) -> str:
    """Anything that says what it is in the report's HTML."""
    return dressed(one._repr_html_())


def markup(drawn: Markup) -> str:
    """A figure, or another piece of the report."""
    return dressed(f'<div class="plot">{drawn}</div>' if drawn.startswith("<svg") else str(drawn))


def frame(rows: pd.DataFrame) -> str | None:
    """A table: columns of numbers to the right, words to the left, as pages have them."""
    html = rows._repr_html_()
    if html is None:  # pandas was told to show text
        return None
    html = re.sub(r"<style.*?</style>|</?div>| border=\"1\"| style=\"text-align: right;\"", "", html, flags=re.DOTALL)
    lines = [CELL.findall(line) for line in ROW.findall(html.partition("<tbody>")[2])]
    width = min((sum(tag == "td" for tag, *_ in cells) for cells in lines), default=0)
    numeric = [at for at in range(1, width + 1) if all(NUMBER.fullmatch(cells[-at][2].strip()) for cells in lines)]
    return dressed(ROW.sub(lambda line: _aligned(line[0], numeric), html))


def _aligned(row: str, numeric: list[int]) -> str:
    """A row of a table, its cells in these columns, counted from the right, marked as numbers."""
    cells = list(CELL.finditer(row))
    for at in sorted(numeric):
        if at <= len(cells):
            start = cells[-at].start() + len("<td")
            row = f'{row[:start]} class="num"{row[start:]}'
    return row
