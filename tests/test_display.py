"""Words of others: what is shown of them is what was given but for the stated cleaning, and a spreadsheet reads text."""

from __future__ import annotations

import csv
import io
import unicodedata
from itertools import product

import hostile
import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from synthetic import claim, released

from kithwork import display, lists
from kithwork.engagement import Engagement
from kithwork.pages import rendering
from kithwork.report import figures
from kithwork.survey import paper, qualtrics_text, xlsform
from kithwork.survey.instrument import Terms

TEXTS = hostile.strings()
words = st.text(st.characters(), max_size=60)


def test_there_are_enough_hostile_strings_and_they_are_always_the_same():
    """More than 500, each once, some of them longer than any name and some with signs that no file may hold."""
    assert len(TEXTS) > 900
    assert len(set(TEXTS)) == len(TEXTS)
    assert hostile.strings() == TEXTS
    assert max(map(len, TEXTS)) == 10_000
    assert len(hostile.names()) > 500


def test_page_shows_what_was_given():
    """In a paragraph, and in a title, each hostile string is read as it was given, but for the stated cleaning."""
    other = []
    for tag, text in product(("p", "title"), (text for text in TEXTS if len(text) < 2000)):
        page = BeautifulSoup(display.page(Markup("<{}>{}</{}>").format(tag, text, tag)), "html.parser")
        found = page.find(tag).get_text().replace("\u2068", "").replace("\u2069", "").split()
        if " ".join(found) != hostile.seen(text) or {one.name for one in page.find_all(True)} - {tag, "span"}:
            other.append((tag, text))
    assert other == []


@given(words)
def test_nothing_that_steers_or_hides_is_left(text):
    """Whatever the text, no sign of direction, no control sign and no lone surrogate comes through."""
    left = display.shown(text)
    assert left.encode() is not None
    assert not {unicodedata.bidirectional(sign) for sign in left} & {
        "RLO",
        "LRO",
        "RLE",
        "LRE",
        "PDF",
        "RLI",
        "LRI",
        "FSI",
        "PDI",
    }
    assert not [sign for sign in left if unicodedata.category(sign) == "Cc" and sign not in "\t\n\r"]
    assert display.shown(left) == left


@given(words)
def test_label_is_one_line_and_stays_as_it_is(text):
    """A name has no line break and no space at its ends, and is its own name."""
    one = display.label(text)
    assert one == " ".join(one.split())
    assert display.label(one) == one


def test_plain_words_stay_as_they_are():
    """Words of any writing, emoji and two accents on one letter are shown as given."""
    for text in ("R&amp;D", "Ærøskøbing", "Thiết kế", "e\u0301\u0323", "漢字", "👩‍👩‍👧‍👦", "می‌خواهم", "3 < 4", "{{ x }}"):
        assert display.shown(text) == text


def test_word_written_leftward_turns_no_number():
    """A name from right to left is set apart, so that the numbers after it stay where they are; in scripts nothing is."""
    made = display.page('<p title="אבג 1">אבג דה 12 of 20, ثريا</p><script>"אבג"</script><svg><text>אבג 3</text></svg>')
    assert made == (
        '<p title="אבג 1">\u2068אבג דה\u2069 12 of 20, \u2068ثريا\u2069</p><script>"אבג"</script>'
        "<svg><text>\u2068אבג\u2069 3</text></svg>"
    )


def test_long_word_may_be_broken_and_an_endless_one_is_cut_in_its_middle():
    """In text a long word may be broken; in drawings and titles, which hold no tags, it is only cut; entities are signs."""
    assert display.page(f"<p>{'x' * 24}</p>") == f"<p>{'x' * 24}</p>"
    assert display.page(f"<p>{'x' * 25} y</p>") == f'<p><span class="brk">{"x" * 25}</span> y</p>'
    assert display.page(f"<p>{'a' * 60}{'&amp;' * 900}</p>") == f'<p><span class="brk">{"a" * 60}…{"&amp;" * 30}</span></p>'
    for tag in ("title", "svg"):
        assert display.page(f"<{tag}>{'x' * 200}</{tag}>") == f"<{tag}>{'x' * 60}…{'x' * 30}</{tag}>"
    assert display.page(f"<style>{'x' * 999}</style>") == f"<style>{'x' * 999}</style>"


@given(words | st.sampled_from(TEXTS))
def test_cell_is_no_formula_and_is_read_again_as_it_was(text):
    """A cell begins with nothing that a spreadsheet computes, and gives back the text, apostrophes included."""
    written = display.cell(text)
    assert not written.startswith(display.FORMULA)
    assert display.from_cell(written) == "\n".join(display.readable(text).replace("\r\n", "\n").split("\r"))


def test_cell_of_another_kind_stays():
    """Numbers below 0 are numbers."""
    assert display.cell(-1.5) == -1.5


def test_list_for_review_holds_no_formula(project):
    """Each hostile string goes into a list and out of it again; no cell of the file is a formula."""
    texts = [text for text in TEXTS if text.strip() and text.encode(errors="replace").decode() == text]
    path = lists.review("names", pd.DataFrame({"name": texts, "why": texts}), "acme")
    cells = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    assert len(cells) == len(texts) + 1
    assert not [cell for line in cells for cell in line if cell.startswith(display.FORMULA)]
    again = project / "data" / "raw" / "acme" / "decided" / "names.csv"
    again.parent.mkdir(parents=True)
    path.rename(again)
    read = [cells["name"] for _, cells in lists.decided("decided/names.csv", ("name",), "acme")]
    assert read == [display.from_cell(display.cell(text)) for text in texts]


def test_workbook_holds_text_only(tmp_path):
    """A survey with a hostile organisation is a workbook that opens, without a formula and without a field of theirs."""
    short = [text for text in TEXTS if len(text) < 200]
    for some in (short[::3], short[1::3], short[2::3]):
        path = tmp_path / "form.xlsx"
        path.write_bytes(xlsform.written(Terms("acme", organisation=" | ".join(some)[:30_000], contact=some[0])))
        book = openpyxl.load_workbook(path)
        kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None}
        assert kinds <= {"s", "inlineStr"}
        assert not [link for sheet in book for line in sheet.iter_rows() for link in line if link.hyperlink]


@pytest.mark.parametrize("text", ["${GF_1}", "x\n[[Block:y]]", "[[ED:a:b]]", "<script>window.pwned=1</script>"])
def test_survey_takes_no_order_from_a_name(text):
    """An organisation's name is neither a field of a form, nor a mark of an import, nor HTML on paper."""
    terms = Terms("acme", organisation=text)
    assert text not in terms.organisation or "<" in text
    assert [line for line in qualtrics_text.written(terms).decode().splitlines() if line.startswith("[[Block:y")] == []
    assert "<script>" not in paper.written(terms).decode()


def test_drawing_says_what_it_was_given():
    """Texts of a drawing that look like its own code are neither renamed nor recoloured."""
    names = ['id="x"', "url(#x)", "#1a1d21", 'xlink:href="#x"', "font: 12px x", "<b>", "&amp;", "$a^b$", "</svg>"]
    rows = [claim("people.e_i", 0, -1, 1, group=name, unit="index", reference=0.1) for name in names]
    drawn = BeautifulSoup(figures.boundaries(released(*rows), "Title"), "html.parser")
    shown = [text.get_text() for text in drawn.find("svg").find_all("text")]
    assert set(names) <= set(shown)


def test_settings_have_a_length():
    """A title or a paragraph that no page could hold is refused, with how long it may be."""
    rules = Engagement.model_json_schema()["properties"]
    assert {"title", "organisation", "terms", "proxy", "fieldwork"} <= set(rules)
    with pytest.raises(ValueError, match="has 161 signs"):
        Engagement.model_validate({"title": "x" * 161})


def test_every_page_is_shown_by_the_rule():
    """What any template puts out has gone through it: a page holds no sign that steers, wherever it was given."""
    evil = "a\u202eb\x00c"
    made = rendering.render("index.html.j2", pages=[], synthetic=evil)
    assert "\u202e" not in made
    assert "\x00" not in made
    assert "ab\ufffdc" in made
