"""The consultant's own words: where they land, what braces become, and what they cannot smuggle in."""

from __future__ import annotations

import re

import pytest
from cells import PIXEL, code, markdown, save
from hypothesis import given
from hypothesis import strategies as st

from kithwork.errors import UserError
from pipeline.prose import read_prose

TOPICS = ("Summary", "Ten values", "Next 90 days")
STUDIES = ("synthetic", "acme", "other")
CLAIMS = {
    "ties.connected": {"shown": '<data class="est">61%</data>', "scope": "organisation"},
    "people.share_of_all": {"shown": '<data class="est">24%</data>', "scope": "organisation"},
    "finding:crossing": {"shown": "Ties stay (E-I index −0.38)", "scope": "organisation"},
    "ties.connected.Alpha": {"shown": '<data class="est">12%</data>', "scope": "group"},
}
HOSTILE = (
    "<script>alert(1)</script>",
    "x <img src=x onerror=alert(1)> y",
    "[a](javascript:alert(1))",
    '[b](JaVaScRiPt:alert(1) "t")',
    "[c](data:text/html,x)",
    "[d](vbscript:x)",
    '[e](https://example.org "\\" onmouseover=alert(1) x=\\"")',
    '<https://example.org/"onclick=alert(1)>',
    "<javascript:alert(1)>",
    "[f]: javascript:alert(1)\n\n[f]",
    '`<b>`\n\n    <b>indented</b>\n\n```html"><b>\n<b>fenced</b>\n```',
)


@pytest.fixture
def read(tmp_path):
    """The prose of a notebook with these cells, by topic."""

    def html(*cells):
        found = read_prose(save(tmp_path / "7_report.ipynb", *cells), TOPICS, CLAIMS, "synthetic", STUDIES)
        return {topic: words.html for topic, words in found.items()}

    return html


def problems(read, *cells) -> list:
    """What is wrong with the prose of these cells."""
    with pytest.raises(UserError) as caught:
        read(*cells)
    return caught.value.problems


def test_words_stand_under_their_section(read):
    """From a topic's heading to the next, on both sides of the code cell that shows the section, in the report's order."""
    found = read(
        markdown("# 7 · Report\n\nnot this"),
        markdown("### Ten values\n\nfirst"),
        markdown("second\n\n#### Closer\n\nthird"),
        code("show('values')"),
        markdown("fourth"),
        markdown("### Summary\n\nto begin\n\n## Check\n\nnor this"),
        markdown("### Another heading\n\nnor that"),
    )
    assert list(found) == ["Summary", "Ten values"]
    assert found["Summary"] == "<p>to begin</p>\n"
    assert found["Ten values"] == "<p>first</p>\n<p>second</p>\n<h3>Closer</h3>\n<p>third</p>\n<p>fourth</p>\n"


def test_headings_may_differ_in_case_and_markup(read):
    """`###  next *90* Days` is the section Next 90 days."""
    assert read(markdown("###  next *90*  Days\n\nx")) == {"Next 90 days": "<p>x</p>\n"}


def test_section_without_words_is_left_out(read):
    """A heading with nothing under it adds no empty box to the page."""
    assert read(markdown("### Summary\n\n"), code("1"), markdown("### Ten values")) == {}


def test_markdown_inside_markdown_is_kept(read):
    """Lists in lists, quotes, emphasis and links come through."""
    html = read(markdown("### Summary\n\n- a\n  - *b*\n\n> **c** [d](https://example.org/?q=1&r=2)"))["Summary"]
    assert re.sub(r"\s+", "", html) == (
        "<ul><li>a<ul><li><em>b</em></li></ul></li></ul>"
        '<blockquote><p><strong>c</strong><ahref="https://example.org/?q=1&amp;r=2">d</a></p></blockquote>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "{people.share_of_all}",
        "{ people.share_of_all }",
        "_x {people.share_of_all} y_",
        "- **{people.share_of_all}**",
        "> #### {people.share_of_all}",
        "[{people.share_of_all}](#x)",
    ],
)
def test_claim_in_braces_becomes_its_figure(text, read):
    """Wherever prose may stand, the released figure takes the braces' place; underscores of an id are no emphasis."""
    html = read(markdown(f"### Summary\n\n{text}"))["Summary"]
    assert '<data class="est">24%</data>' in html
    assert "{" not in html


@pytest.mark.parametrize("text", ["`{ties.connected}`", "\\{ties.connected}", "    {ties.connected}"])
def test_braces_meant_as_braces_stay(text, read):
    """In code and after a backslash they are shown as typed."""
    html = read(markdown(f"### Summary\n\n{text}"))["Summary"]
    assert "{ties.connected}" in html
    assert "<data" not in html


def test_heading_inside_a_quote_stays_below_the_section(read):
    """Whatever its level in the notebook, it is an H3 or lower in the page, whose sections are H2."""
    html = read(markdown("### Summary\n\n> # Big\n>\n> x\n\n#### Small"))["Summary"]
    assert re.findall(r"<(h\d)>", html) == ["h3", "h3"]


def test_every_fault_is_named_at_once(read):
    """Numbers that are not released, an image, a misspelt heading: each with its place and what to do."""
    found = problems(
        read,
        markdown("### Sumary\n\nlost words"),
        markdown("### Ten values\n\n{ties.conected} and {xyz}"),
        markdown(f"### Next 90 days\n\n![x](data:image/png;base64,{PIXEL})"),
    )
    heading, near, far, image = found
    assert (heading.found, heading.do) == ("### sumary", "Did you mean 'Summary'?")
    assert (near.found, near.do) == ("{ties.conected}", "Did you mean 'ties.connected'?")
    assert near.file == "notebooks/7_report.ipynb, under the heading 'Ten values', for synthetic"
    assert far.do == "Known: finding:crossing, people.share_of_all, ties.connected."
    assert "holds an image" in image.what


def test_words_for_one_engagement_are_published_for_it_alone(read):
    """`### Summary (synthetic)` takes the place of `### Summary`; what is written for another study never appears."""
    ours, theirs = markdown("### Summary (synthetic)\n\nours"), markdown("### Ten values (other)\n\ntheirs")
    assert read(markdown("### Summary\n\nall"), ours, theirs) == {"Summary": "<p>ours</p>\n"}
    assert read(markdown("### Summary\n\nall"), theirs) == {"Summary": "<p>all</p>\n"}


def test_words_for_several_engagements_name_each(read):
    """`### Summary (synthetic, acme)` is for these two; another study gets nothing of it."""
    assert read(markdown("### Summary (acme, synthetic)\n\nours")) == {"Summary": "<p>ours</p>\n"}
    assert read(markdown("### Summary (acme, other)\n\ntheirs")) == {}


def test_words_for_a_study_that_is_not_there_are_told(read):
    """`(synthetik)` would be shown nowhere."""
    [found] = problems(read, markdown("### Summary (synthetik, acme)\n\nours"))
    assert (found.what, found.found) == ("is for an engagement that is not there", "### summary (synthetik, acme)")
    assert "Did you mean 'synthetic'?" in found.do
    assert read(markdown("### Summary (synthetik)")) == {}


def test_words_for_every_engagement_are_known_as_such(tmp_path):
    """Whoever publishes can tell what was written for this study from what stands in every report."""
    cells = markdown("### Summary\n\nall"), markdown("### Ten values (synthetic)\n\nours")
    found = read_prose(save(tmp_path / "7_report.ipynb", *cells), TOPICS, CLAIMS, "synthetic", STUDIES)
    assert {topic: words.for_every for topic, words in found.items()} == {"Summary": True, "Ten values": False}


def test_topic_as_a_higher_heading_is_named(read):
    """`## Ten values` would end the section before it and lose its words: the message says how to write it."""
    [found] = problems(read, markdown("### Summary\n\nx\n\n## Ten values\n\ny"))
    assert found.what == "is a section's heading at the wrong level"
    assert found.do == "Write it as ### Ten values"


@pytest.mark.parametrize("text", HOSTILE)
def test_raw_html_and_addresses_that_act_are_disarmed(text, read):
    """What the page gets holds only the elements of markdown, no handler and no address that runs."""
    html = read(markdown(f"### Summary\n\n{text}"))["Summary"]
    tags = re.findall(r"<[^>]*>", html)
    assert all(re.match(r"</?(p|a|pre|code)\b", tag) for tag in tags)
    assert all(re.fullmatch(r'<\w+( (href|title|class)="[^"]*")*>|</\w+>', tag) for tag in tags)
    assert not re.search(r'href="\s*(javascript|vbscript|data)', html, re.I)


@given(
    st.lists(
        st.sampled_from(["<b>", "</p>", "[x](", ")", "{ties.connected}", "`", "*", "\n", "# ", "> ", "- ", '"', "&", "a"])
    )
)
def test_any_words_give_balanced_pieces(tmp_path, parts):
    """However markup is mixed, elements that open also close, and none is one that was typed."""
    cell = markdown("### Summary\n\n" + "".join(parts))
    found = read_prose(save(tmp_path / "7_report.ipynb", cell), TOPICS, CLAIMS, "synthetic", STUDIES)
    html = found["Summary"].html if found else ""
    stack = []
    for end, name in re.findall(r"<(/?)(\w+)[^>]*(?<!/)>", html):
        assert name in {"p", "h3", "h4", "h5", "a", "em", "strong", "code", "pre", "ul", "li", "blockquote", "data"}
        assert not end or stack.pop() == name
        stack += [] if end else [name]
    assert not stack


def test_notebook_that_was_not_prepared_is_named(tmp_path):
    """Publishing before preparing says which file is missing and what writes it."""
    with pytest.raises(UserError, match=re.escape("build/notebooks/7_report.ipynb: is missing. Run `make report`")):
        read_prose(tmp_path / "7_report.ipynb", TOPICS, CLAIMS, "synthetic", STUDIES)


def test_a_finding_is_quoted_by_its_rule(read):
    """Braces around a finding's rule become its sentence; of one that this study does not have the nearest is named."""
    assert (
        "As we say: Ties stay (E-I index −0.38)."
        in read(markdown("### Summary\n\nAs we say: {finding:crossing}."))["Summary"]
    )
    [problem] = problems(read, markdown("### Summary\n\n{finding:crossings}"))
    assert "finding:crossing" in problem.do


def read_public(tmp_path, *cells) -> dict[str, str]:
    """The prose of the public edition, by topic."""
    found = read_prose(save(tmp_path / "7_report.ipynb", *cells), TOPICS, CLAIMS, "synthetic", STUDIES, public=True)
    return {topic: words.html.strip() for topic, words in found.items()}


def test_words_for_the_public_stand_apart(tmp_path, read):
    """The public edition has only words whose heading says so: those for one study before those for every study."""
    cells = (
        markdown("### Summary\n\nevery sponsor"),
        markdown("### Summary (synthetic)\n\nthis sponsor"),
        markdown("### Summary (public)\n\neverybody"),
        markdown("### Summary (synthetic, public)\n\neverybody, of this study"),
        markdown("### Ten values (public)\n\nof values"),
        markdown("### Next 90 days (acme, public)\n\nof another study"),
    )
    assert read_public(tmp_path, *cells) == {"Summary": "<p>everybody, of this study</p>", "Ten values": "<p>of values</p>"}
    assert {topic: html.strip() for topic, html in read(*cells).items()} == {"Summary": "<p>this sponsor</p>"}
