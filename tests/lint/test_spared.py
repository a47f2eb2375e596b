"""The linter spares what is no fault though it looks like one, so that nobody learns to pass over what it says."""

from __future__ import annotations

import finished
import pytest
from finished import CHAPTER, REPORT
from seeded import Harm, after, chain, ledger, swap

from kithwork.lint.checks import faults

READS = "This report reads ties and answers."
SPARED = {
    "a link to the web": swap(READS, '<a href="https://example.org/terms">The terms</a> hold.'),
    "a date, a year and a section in the consultant's words": swap("trust matters", "trust matters (section 3, 2025)"),
    "a drawing that says its size at length": swap("font:12.75px sans-serif", "font-size:12.75px", 9),
    "a choice that needs no script": swap(READS, '<label><input type="radio" name="way"> Managers first.</label>'),
    "a count in a sentence of the page": swap(READS, "Of 12 groups, 4 are ready."),
    "the ends of a scale": swap(READS, "Readiness runs from 0 to 100, the index from all within (−1) to all across (+1)."),
    "the reference beside its figure": swap(
        "below the threshold of 60.", "below the threshold of 60, not 50 to 58 points."
    ),
    "a cause that is denied": swap("Who likes whom:", "Whether trust causes ties or is caused by them:"),
    "None at the head of a sentence": swap(READS, "None of these is a forecast. None is a name."),
    "three points, and quotes": swap(READS, "“So it goes …” they say."),
    "fewer findings, and why": chain(
        swap('<li id="finding-5">', '<li id="finding-4b">'),
        swap(READS, "Questions that could not be answered are told apart."),
    ),
    "a count of all, without an interval": chain(
        ledger("ties.connected", low=95, high=95, n=9999),
        swap("86 to\u00a098%, n\u00a0=\u00a060", "n\u00a0=\u00a09,999"),
        swap("86\u00a0to\u00a098%", ""),
    ),
    "a range of what is assumed, closed by rounding": chain(
        ledger("ties.connected", low=95, high=95, method="P between 0.2 and 0.8; range over what the witnesses leave open"),
        swap("86 to\u00a098%", "95 to\u00a095%"),
        swap("86\u00a0to\u00a098%", "95\u00a0to\u00a095%"),
    ),
    "a drawing that nobody needs to hear of": after(
        READS, '<svg aria-hidden="true" viewBox="0 0 9 9"><path d="M0 0"/></svg>'
    ),
    "a hidden ornament on paper": swap("@media print {", "@media print { .ornament { display: none }"),
}


@pytest.mark.parametrize("harm", SPARED.values(), ids=SPARED)
def test_what_is_no_fault_is_spared(harm: Harm):
    """No check reports it."""
    source = finished.pages()[REPORT]
    spared = harm(source)
    assert spared != source
    site = finished.site(**{REPORT: spared})
    assert [str(fault) for fault in faults(site.pages[REPORT], site)] == []


def test_chapters_may_show_what_notebooks_show():
    """A chapter is working: its tables may hold what a table has no value for, and its sentences numbers."""
    table = '<div class="scroll" tabindex="0" role="group" aria-label="Table: Load"><table class="dataframe"><thead><tr>'
    table += '<th scope="col">Rows</th></tr></thead><tbody><tr><td>NaN</td></tr></tbody></table></div>'
    source = swap("<p>What came in.</p>", f"<p>12.5% came in, 3 of 4.</p>{table}")(finished.pages()[CHAPTER])
    site = finished.site(**{CHAPTER: source})
    assert [str(fault) for fault in faults(site.pages[CHAPTER], site)] == []
