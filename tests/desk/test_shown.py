"""What a notebook shows: our things, tables and figures, as in the report."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell
from markupsafe import Markup
from synthetic import claim, released

from kithwork import tables
from kithwork.desk import shown
from kithwork.estimates import Estimate
from kithwork.release import Released
from kithwork.report.finding import Finding
from kithwork.report.section import Section

FINDING = Finding(
    "Ties < stay", "Share of ties.", pd.Series(claim("ties.open_personal", 42.0)), "trust", "measured", "share"
)


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    """A shell that was told."""
    one = InteractiveShell()
    shown.announce(one)
    return one


def html(shell: InteractiveShell, thing: object) -> BeautifulSoup:
    """What the shell shows of a thing."""
    data, _ = shell.display_formatter.format(thing)
    return BeautifulSoup(data["text/html"], "html.parser")


@pytest.mark.parametrize(
    "thing",
    [
        FINDING,
        Estimate(0.4, 0.3, 0.5, 61),
        tables.TABLES["ties"],
        released(claim("ties.open_personal", 42.0)),
        Section("x", "X", "A title", Markup("<p>body</p>")),
        pd.DataFrame({"a": [1]}),
        Markup('<svg class="wide"></svg>'),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_each_comes_in_the_reports_look(thing, shell):
    """One box with its rules, whatever is shown."""
    page = html(shell, thing)
    assert [one["class"] for one in page.find_all("div", recursive=False)] == [["kithwork"]]
    assert page.div.style


def test_a_finding_reads_as_in_the_summary(shell):
    """Its sentence, figure, interval with n, and what it rests on."""
    text = html(shell, FINDING).li.get_text(" ", strip=True)
    assert text.startswith("Ties < stay 42% Share of ties. 95% interval")
    assert text.endswith("Measured")


def test_an_estimate_says_interval_and_n(shell):
    """A figure never stands alone; minus signs are true ones."""
    text = html(shell, Estimate(-0.4, -0.53, 0.5, 1061)).p.get_text()
    assert text == "−0.4 (95% interval −0.53 to 0.5, n = 1,061)"


def test_figures_stand_to_the_right(shell):
    """A column of numbers, held back ones among them, with its heading; not a column of words."""
    rows = pd.DataFrame({"unit": ["a", "b"], "share": ["12%", "[c]"], "mixed": ["1", "x"]})
    marked = [cell.get_text() for cell in html(shell, rows).select(".num")]
    assert marked == ["share", "12%", "[c]"]


def test_a_client_s_text_stays_text(shell):
    """What pandas escaped is not undone."""
    assert "&lt;script&gt;" in str(html(shell, pd.DataFrame({"a": ["<script>"]})))


def test_plain_pandas_stays_plain(shell):
    """Who told pandas to show text gets text."""
    with pd.option_context("display.notebook_repr_html", False):
        assert "text/html" not in shell.display_formatter.format(pd.DataFrame({"a": [1]}))[0]


def test_the_gate_is_shown_as_it_was(shell):
    """What is released shows the same rows as before: the look filters nothing."""
    gate: Released = released(claim("ties.open_personal", 42.0), claim("ties.open_strategic", 12.0))
    assert len(html(shell, gate).select("tbody tr")) == len(gate.claims)
