"""An executed notebook as a page's content: in order, readable without eyes, with nothing that runs or is fetched."""

from __future__ import annotations

import base64
import re
from itertools import pairwise
from pathlib import Path

import nbformat.v4
import pandas as pd
import pytest
import synthetic
from bs4 import BeautifulSoup
from cells import PIXEL, code, markdown, save, shown
from hypothesis import given
from hypothesis import strategies as st

from kithwork.desk.shown import frame
from pipeline import chapter, prepare

FRAME = pd.DataFrame({"unit": ["A & B", "C"], "ties": [3, 12], "share": ["1,200.5", "−3%"], "note": ["x", "4"]})

HOSTILE = {
    "script": "<script>alert(1)</script><SCRIPT SRC=//evil.example/x.js></SCRIPT >",
    "handlers": '<p onclick="alert(1)">x</p><svg ONLOAD=alert(2)></svg><details open ontoggle=alert(3)>x</details>',
    "picture": '<img src=x onerror="alert(1)"><img src="https://evil.example/a.png"><img srcset="//evil.example/a 2x">',
    "frames": '<iframe src="https://evil.example" srcdoc="<script>alert(1)</script>"></iframe><object data=//e></object>',
    "links": '<a href="javascript:alert(1)">a</a><a href=" JaVa&#10;Script:alert(2)">b</a><a href="data:text/html,x">c</a>',
    "svg": '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a><image href="https://evil.example/a.png"/>'
    '<use xlink:href="https://evil.example/a.svg#b"/><set attributeName="href" to="javascript:alert(2)"/></svg>',
    "media": '<video src="//evil.example" poster="//evil.example/a"></video><audio><source src=//evil.example></audio>',
    "style": '<style>@import "https://evil.example"</style><p style="background:url(https://evil.example)">x</p>'
    '<p style="background:u\\72l(https://evil.example)">y</p><link rel=stylesheet href=//evil.example>',
    "forms": '<form action="https://evil.example"><input name=a><button formaction="javascript:alert(1)">b</button></form>',
    "page": '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example">',
    "comment": "<!--><img src=x onerror=alert(1)>--><![CDATA[<img src=x onerror=alert(1)>]]><?x <img src=x> ?>",
    "hidden in text": '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><math><mtext><table><mglyph>'
    '<style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;"></table></mtext></math>',
}
"""What no notebook of ours shows, and any notebook might."""

texts = st.sampled_from(["Load", "A & B", "", "*Work*", "<b>x</b>"])
pieces = st.lists(st.tuples(st.booleans(), st.integers(1, 6), texts), max_size=8)


@pytest.fixture
def made(tmp_path):
    """The content of a chapter with these cells."""
    return lambda *cells, **metadata: chapter.content(save(tmp_path / "1_clean.ipynb", *cells, **metadata))


def soup(content: dict) -> BeautifulSoup:
    """The parsed body."""
    return BeautifulSoup(content["body"], "html.parser")


def test_code_stays_in_the_notebook(made):
    """The page shows prose and what cells show; neither code, prompts nor numbers of cells."""
    found = made(markdown("# T"), code("secret_name = 1", shown("<p>seen</p>")))
    assert "seen" in found["body"]
    assert "secret_name" not in found["body"]
    assert "In [" not in found["body"]
    assert "Out[" not in found["body"]


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "remove"])
def test_cells_with_these_tags_are_left_out(tag, made):
    """What papermill injects, and what the consultant takes out, is not published."""
    found = made(markdown("## Kept"), code("1", shown("gone"), tags=[tag]), markdown("gone", tags=[tag]))
    assert "Kept" in found["body"]
    assert "gone" not in found["body"]


def test_first_heading_becomes_the_title(made):
    """A notebook's H1 leaves the body, which has H2 and below; without one there is no title."""
    found = made(markdown("# 2 · *Ties*\n\nWhat?"), markdown("## Load"), markdown("# Again"))
    assert found["title"] == "2 · Ties"
    assert [(tag.name, tag.text) for tag in soup(found)(re.compile("^h[1-6]$"))] == [("h2", "Load"), ("h2", "Again")]
    assert made(markdown("## Load"), markdown("# Late"))["title"] == ""


def test_contents_lead_to_the_headings(made):
    """Each H2 of the body is listed in order, with its number and an id that the body has."""
    found = made(
        markdown("# T"),
        markdown("## Load & look"),
        markdown("### x"),
        code("1", shown("<h1>In a cell</h1>")),
        markdown("## Work"),
    )
    assert [(line["no"], line["text"]) for line in found["contents"]] == [(1, "Load & look"), (2, "Work")]
    for line in found["contents"]:
        assert soup(found).find(id=line["id"]).get_text() == line["text"]


@given(pieces)
def test_no_heading_level_is_skipped(tmp_path, headings):
    """Headings of prose and of what cells show form an outline: from H2 down, one level at a time, none empty."""
    cells = [
        code("1", shown(f"<h{level}>{text}</h{level}><p>x</p>")) if output else markdown(f"{'#' * level} {text}\n\nx")
        for output, level, text in headings
    ]
    found = soup(chapter.content(save(tmp_path / "1_clean.ipynb", markdown("# Title"), *cells)))
    heads = found(re.compile("^h[1-6]$"))
    levels = [1, *(int(head.name[1]) for head in heads)]
    assert all(2 <= after <= before + 1 for before, after in pairwise(levels))
    assert all(head.get_text(strip=True) for head in heads)


@pytest.mark.parametrize("table", [FRAME.to_html(), FRAME.set_index(["unit", "ties"]).to_html(), "markdown"])
def test_tables_scroll_and_have_scopes(table, made):
    """Data frames and tables of prose: a box that keyboards reach and that is named, and a scope for each heading."""
    cell = markdown("| a | b |\n|---|---|\n| x | 1 |") if table == "markdown" else code("1", shown(table))
    found = soup(made(markdown("## Look"), cell))
    box = found.find("table").parent
    assert (box["class"], box["tabindex"], box["role"], box["aria-label"]) == (["scroll"], "0", "group", "Table: Look")
    assert found.th
    assert all(
        head["scope"] in ("col", "row", "colgroup", "rowgroup") and head.get_text(strip=True) for head in found("th")
    )
    assert not found.find(border=True)


def test_the_look_of_a_notebook_stays_there(made):
    """What dresses an output in Lab is taken off: a page has that look itself."""
    page, plain = (soup(made(code("1", shown(html)))) for html in (frame(FRAME), FRAME._repr_html_()))
    assert not page.select(".kithwork, style")
    assert str(page.table) == str(plain.table)


def test_numbers_stand_to_the_right(made):
    """Columns of nothing but numbers, however they are written, line up; a column with a word in it does not."""
    found = soup(made(code("1", shown(FRAME.to_html(index=False)))))
    heads = {head.text: head.get("class") for head in found("th")}
    assert heads == {"unit": None, "ties": ["num"], "share": ["num"], "note": None}
    assert [cell.get("class") for cell in found("td")[:4]] == [None, ["num"], ["num"], None]


@pytest.mark.parametrize("kind", ["image/png", "image/svg+xml"])
def test_pictures_have_words(kind, made):
    """A figure's own alternative text, else the heading it stands under; the picture itself is inside the page."""
    content = PIXEL if kind == "image/png" else "<svg xmlns='http://www.w3.org/2000/svg'/>"
    own, other = soup(
        made(markdown("## Look"), code("1", shown(content, kind, **{kind: {"alt": 'Two "bars"'}}), shown(content, kind)))
    )("img")
    assert own["alt"] == 'Two "bars"'
    assert other["alt"] == "Figure: Look"
    assert own["src"].startswith(f"data:{kind};base64,")
    base64.b64decode(own["src"].split(",")[1], validate=True)


def test_pictures_scroll_in_a_box_of_their_own(made):
    """A figure keeps its size on a phone: a box that keyboards reach and that is named as the figure is."""
    box = soup(made(markdown("## Look"), code("1", shown(PIXEL, "image/png")))).img.parent
    assert (box["class"], box["tabindex"], box["role"], box["aria-label"]) == (["scroll"], "0", "group", "Figure: Look")


def test_figures_held_back_stand_among_numbers(made):
    """A column of numbers stays one where some are held back."""
    found = soup(made(code("1", shown(pd.DataFrame({"people": [40, "[c]"]}).to_html(index=False)))))
    assert [cell["class"] for cell in found("td")] == [["num"], ["num"]]


def test_picture_elsewhere_gives_way_to_its_words(made):
    """An image of prose that would have to be fetched is not fetched: its words stand there."""
    found = made(markdown("## Load\n\n![Our office](https://example.org/a.png) ![](b.png)"))
    assert "[Our office] [Figure: Load]" in found["body"]
    assert "<img" not in found["body"]


def test_picture_pasted_into_prose_is_shown(tmp_path):
    """JupyterLab keeps it as an attachment of the cell: it comes through the copy of the notebook into the page."""
    pasted = markdown("![Our office](attachment:a.png)")
    pasted["attachments"] = {"a.png": {"image/png": PIXEL}}
    path = save(tmp_path / "1_clean.ipynb", pasted)
    path.write_text(prepare.stripped(path), encoding="utf-8")
    [picture] = soup(chapter.content(path))("img")
    assert (picture["alt"], picture["src"]) == ("Our office", f"data:image/png;base64,{PIXEL}")


def test_no_id_stands_twice(made):
    """Ids of what cells show are kept once, and never those that the page or its contents use."""
    twice = shown('<p id="figure-1">a</p><p id="figure-1">b</p><p id="part-1">c</p><p id="main">d</p>')
    found = made(markdown("## Load"), code("1", twice))
    assert [tag["id"] for tag in soup(found)(id=True)] == ["part-1", "figure-1"]
    assert soup(found).find(id="part-1").name == "h2"


def test_links_to_other_sections_lead_to_the_report(made):
    """What the chapter has is linked in place; what only the report has, there; addresses elsewhere are kept."""
    output = shown('<p id="a">x</p><a href="#a">1</a><a href="#trust">2</a><a href="https://example.org/?a=b:c">3</a>')
    links = [link["href"] for link in soup(made(code("1", output)))("a")]
    assert links == ["#a", "../index.html#trust", "https://example.org/?a=b:c"]


def test_chance_and_time_leave_no_trace(tmp_path):
    """Run twice by papermill, the same outputs give the same bytes, whatever ids, counts and times the notebook has."""

    def once(run: int) -> dict:
        outputs = [shown(FRAME.to_html()), shown("alert(1)", "application/javascript"), shown(PIXEL, "image/png")]
        cell = code("1", *outputs, papermill={"start_time": f"2026-01-0{run}", "duration": run / 7})
        cell["execution_count"] = run
        return chapter.content(save(tmp_path / f"{run}.ipynb", markdown("# T\n\nx"), cell, papermill={"duration": run}))

    assert once(1) == once(2)


def test_what_is_printed_is_one_piece_however_it_arrives(made):
    """A kernel under load hands a line on in parts: the page is the same bytes."""
    whole, *parts = (
        nbformat.v4.new_output("stream", name="stdout", text=text) for text in ("one\ntwo\n", "one", "\ntwo\n")
    )
    assert made(code("1", *parts)) == made(code("1", whole))


def test_messages_of_a_cell_stay_text(made):
    """What a cell prints or warns is shown as it is, markup included."""
    stream = nbformat.v4.new_output("stream", name="stderr", text="a <b> & <script>x</script>")
    assert "a &lt;b&gt; &amp; &lt;script&gt;" in made(code("1", stream))["body"]


@pytest.mark.parametrize("where", ["output", "prose"])
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_nothing_runs_and_nothing_is_fetched(hostile, where, made):
    """No element that acts, no handler, no comment, no address but a link to be clicked and a picture inside the page."""
    body = made(code("1", shown(hostile)) if where == "output" else markdown(f"x\n\n{hostile}"))["body"]
    tags = re.findall(r"<[^>]*>", body)  # whole tags: > is escaped in text and in attributes
    assert not [
        tag for tag in tags if re.match(r"</?(script|style|link|iframe|object|embed|base|meta|form|set)\b|<[!?]", tag, re.I)
    ]
    for tag in soup({"body": body})(True):
        for name, value in tag.attrs.items():
            assert not name.startswith("on")
            text = re.sub(r"[\x00-\x20]", "", " ".join(value) if isinstance(value, list) else value).lower()
            assert "evil.example" not in text
            assert "javascript:" not in text
            assert not text.startswith("data:") or (tag.name, name) == ("img", "src")


def test_elements_that_close_too_much_cannot_leave_their_place(made):
    """An output that ends elements it did not open stays inside the page's column."""
    body = made(code("1", shown("</div></div></div></div></main></body>x")), markdown("after"))["body"]
    assert len(re.findall("<div[ >]", body)) == len(re.findall("</div>", body))
    assert "</main>" not in body
    assert "after" in body


def test_empty_cells_leave_nothing(made):
    """A cell that shows nothing takes no room on the page."""
    assert made(code("x = 1"), markdown("##"), code("y"))["body"] == ""


@pytest.mark.parametrize("stem", ["1_clean", "7_report"])
def test_chapters_are_made_of_the_notebooks(stem):
    """The project's own notebooks, though not yet run, give a title and the acts as contents."""
    found = chapter.content(Path(synthetic.HOME / "notebooks" / f"{stem}.ipynb"))
    assert found["title"].startswith(f"{stem[0]} · ")
    assert [line["text"] for line in found["contents"]] == ["Load", "Look", "Work", "Check", "Save"]


def test_chapter_of_the_report_holds_nobodys_words(tmp_path):
    """What a consultant wrote for one study, or for the public, is not published with the working of another."""
    cells = (
        markdown("# 7 · Report\n\nWhat is this?"),
        markdown("## Work\n\nOne section a cell."),
        markdown("### Summary\n\nWritten for all: {people.share}."),
        markdown("### Summary (acme)\n\nKept from others.\n\n```\n# not a heading\n```\n\n## Neither\n\nthis"),
        code("show()", shown("<p>the section</p>")),
        markdown("Words after it."),
        markdown("### Summary (acme, public)\nFor everybody."),
        markdown("## Check\n\nIt holds."),
    )
    body = chapter.content(save(tmp_path / "7_report.ipynb", *cells))["body"]
    for kept in ("What is this?", "One section a cell.", "Summary", "the section", "It holds."):
        assert kept in body
    for gone in ("Written", "acme", "Kept", "not a heading", "Neither", "after it", "everybody", "{people"):
        assert gone not in body
    assert "Kept from others" in chapter.content(save(tmp_path / "1_clean.ipynb", *cells))["body"]
