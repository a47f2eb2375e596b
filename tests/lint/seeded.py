"""Faults to be seeded: for each check ways to spoil a page that is without fault, each a change of its source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NamedTuple

from finished import CHAPTER, PUBLIC, REPORT

Harm = Callable[[str], str]
LEDGER = re.compile(r'(<script type="application/json" id="claims">)(.*?)(</script>)', re.DOTALL)
MADE = re.compile(r'(<script type="application/json" id="provenance">)(.*?)(</script>)', re.DOTALL)


class Seed(NamedTuple):
    """One fault: the check that is meant to find it, what is done to a page, and to which."""

    check: str
    harm: Harm
    page: str = REPORT


def swap(old: str, new: str, many: int = 1) -> Harm:
    """Puts one text in the place of another, the first time it stands there. Raises AssertionError where it does not."""

    def harm(source: str) -> str:
        assert old in source, old
        return source.replace(old, new, many)

    return harm


def after(place: str, new: str) -> Harm:
    """Adds to the source behind a text."""
    return swap(place, place + new)


def ledger(claim: str, **changes: object) -> Harm:
    """Changes what the ledger says of a claim; a word is put in as a text of its own."""

    def harm(source: str) -> str:
        held = json.loads(LEDGER.search(source)[2])
        columns = [*held["figures"], *held["words"]]
        row = held["claims"][claim]
        for name, value in changes.items():
            if name in held["words"] and value is not None:
                held["texts"].append(value)
                value = len(held["texts"]) - 1
            row[columns.index(name)] = value
        return _put(LEDGER, source, held)

    return harm


def unread(claim: str) -> Harm:
    """Adds a claim to the ledger that nothing prints."""

    def harm(source: str) -> str:
        held = json.loads(LEDGER.search(source)[2])
        held["claims"]["people.share_of_nothing"] = held["claims"][claim]
        return _put(LEDGER, source, held)

    return harm


def made(**changes: object) -> Harm:
    """Changes what the page says of its making; None takes a line out."""

    def harm(source: str) -> str:
        held = json.loads(MADE.search(source)[2]) | changes
        return _put(MADE, source, {name: value for name, value in held.items() if value is not None})

    return harm


def chain(*harms: Harm) -> Harm:
    """One change after another, of what belongs together."""

    def harm(source: str) -> str:
        for one in harms:
            source = one(source)
        return source

    return harm


def _put(place: re.Pattern[str], source: str, held: object) -> str:
    return place.sub(lambda found: found[1] + json.dumps(held) + found[3], source)


END = "</section>\n"
LEDE = '<p class="lede">'
TEXT = "<p>Since the wave before"
FIGURE = '<figure id="figure-3-1">'
FINDING = re.compile(r'<li id="finding-\d".*?</li>', re.DOTALL)
PAIR = re.compile(r'<div class="sw">.*?</div></div>', re.DOTALL)
WIDE = re.compile(r'<svg class="wide".*?</svg>', re.DOTALL)


def cut(pattern: re.Pattern[str], by: str = "", many: int = 1) -> Harm:
    """Takes out what a pattern finds, or puts a text in its place."""

    def harm(source: str) -> str:
        spoilt, count = pattern.subn(lambda _: by, source, count=many)
        assert count, pattern
        return spoilt

    return harm


def findings(extra: int) -> Harm:
    """Adds findings to the summary, or takes some out."""

    def harm(source: str) -> str:
        found = FINDING.findall(source)
        if extra < 0:
            return source.replace("".join(found[extra:]), "")
        more = "".join(re.sub(r' id="finding-\d"', "", found[0]) for _ in range(extra))
        return source.replace(found[-1], found[-1] + more)

    return harm


SEEDS = (
    Seed("page_can_be_read", cut(LEDGER, '<script type="application/json" id="claims">{"a": 1}</script>')),
    Seed("page_can_be_read", ledger("ties.connected", people="many")),
    Seed("page_can_be_read", swap('data-page="report"', 'data-page="rapport"')),
    Seed("page_can_be_read", lambda source: ""),
    Seed("nothing_is_fetched", after(LEDE, '<img alt="A chart" src="https://example.org/a.png">')),
    Seed("nothing_is_fetched", after(LEDE, '<img alt="A chart" src="chart.png">')),
    Seed("nothing_is_fetched", after(LEDE, '<img alt="A chart" src="data:image/png;base64,AA" srcset="b.png 2x">')),
    Seed("nothing_is_fetched", swap("/* ground */", "body { background: url(//example.org/a.png) }")),
    Seed("nothing_is_fetched", after(LEDE, '<span style="background: url(a.png)">X</span>')),
    Seed("nothing_is_fetched", after(LEDE, '<a href="//example.org/x">Elsewhere</a>')),
    Seed("policy_comes_first", swap("default-src 'none'", "default-src 'self'")),
    Seed("policy_comes_first", swap("img-src data:", "img-src data: https:")),
    Seed("policy_comes_first", swap('<meta charset="utf-8">\n', '<meta charset="utf-8"><meta name="a" content="b">')),
    Seed("scripts_are_the_pages_own", swap('"use strict";', '"use strict"; var a = 1;')),
    Seed("scripts_are_the_pages_own", after(LEDE, "<script>1</script>")),
    Seed("nothing_acts_by_attribute", swap(LEDE, '<p class="lede" onclick="x()">')),
    Seed("nothing_is_embedded", after(LEDE, '<iframe title="More"></iframe>')),
    Seed("nothing_is_embedded", swap("<title>", '<meta http-equiv="refresh" content="1"><title>')),
    Seed("nothing_is_embedded", swap("<p>What came in.</p>", "<form></form>"), CHAPTER),
    Seed("nothing_is_embedded", after(LEDE, '<input type="text">')),
    Seed("no_address_runs", after(LEDE, '<a href="java&#9;script:alert(1)">More</a>')),
    Seed("page_is_light", swap("/* ground */", f"/* {'x' * 1_500_000} */")),
    Seed("headings_are_in_order", swap("</h1>", "</h1><h1>Again</h1>")),
    Seed("headings_are_in_order", swap(TEXT, f"<h4>Deep</h4>{TEXT}")),
    Seed("headings_are_in_order", swap('<h2 id="part-1">Load</h2>', '<h3 id="part-1">Load</h3>'), CHAPTER),
    Seed("ids_are_unique", swap(LEDE, '<p class="lede" id="finding-1">')),
    Seed("links_lead_somewhere", swap('href="#portfolio">Evidence', 'href="#nowhere">Evidence')),
    Seed("links_lead_somewhere", swap('href="chapters/2_ties.html">The', 'href="chapters/9_none.html">The')),
    Seed("links_lead_somewhere", swap('href="chapters/2_ties.html">The', 'href="chapters/2_ties.html#none">The')),
    Seed("links_lead_somewhere", after(LEDE, '<a href="#trust"></a>')),
    Seed("head_says_what_the_page_is", swap('<html lang="en-GB">', "<html>")),
    Seed("head_says_what_the_page_is", swap("initial-scale=1", "initial-scale=1, user-scalable=no")),
    Seed("head_says_what_the_page_is", cut(re.compile("<title>.*?</title>"), "<title>Report</title>")),
    Seed("landmarks_are_there", swap('<a class="skip" href="#main">Skip to the content</a>', "")),
    Seed("landmarks_are_there", swap(' aria-label="Contents"', "")),
    Seed("tables_are_headed", swap('<th scope="col" role="columnheader" class="">Item', '<th role="columnheader">Item')),
    Seed("tables_are_headed", swap('role="columnheader" class="num">People</th>', 'role="columnheader"></th>')),
    Seed("tables_are_headed", swap("<caption>Provenance</caption>", "")),
    Seed("tables_are_headed", swap("</code></td></tr>", "</code></td><td role='cell'>more</td></tr>")),
    Seed("stacked_tables_keep_their_roles", swap('<td role="cell" class="f q"', '<td class="f q"')),
    Seed("pictures_are_told", after(LEDE, '<img src="data:image/png;base64,AA">')),
    Seed("pictures_are_told", swap('tabindex="0" role="region"', 'tabindex="0"')),
    Seed("pictures_are_told", after(LEDE, '<svg viewBox="0 0 9 9" role="img"><path d="M0 0"/></svg>')),
    Seed("elements_stand_where_they_may", after(LEDE, "<div>A block</div>")),
    Seed("elements_stand_where_they_may", swap('<tbody role="rowgroup">', '<tbody role="rowgroup">stray')),
    Seed("elements_stand_where_they_may", swap("</figcaption>", "</figcaption></figcaption>")),
    Seed("elements_stand_where_they_may", after(TEXT, " <b>the <i>last</b></i>")),
    Seed("figures_are_drawn_twice", cut(WIDE)),
    Seed("figures_are_told_in_words", cut(re.compile(r"(?<=-wide-d\">)[^<]+"), "Bars.")),
    Seed("figures_have_their_data", swap("<summary>Data for figure 3.1</summary>", "<p>The data follow.</p>")),
    Seed("figures_have_a_source", swap('<p class="src">n = 60 people.', '<p class="src">Own survey.')),
    Seed(
        "figures_titles_are_short", swap("</span> Strategic shares are alike", f"</span> {'very ' * 12}alike they all are")
    ),
    Seed("figures_can_be_taken_along", swap(' class="csv"', "")),
    Seed("figures_can_be_taken_along", cut(re.compile('base64,bGFi[^"]+|base64,77u[^"]+'), "base64,bGFiZWwsY2xhaW0NCg==")),
    Seed("drawings_only_draw", swap("</svg>", "<foreignObject></foreignObject></svg>")),
    Seed("drawings_find_their_parts", after("</desc>", '<path d="M0 0" clip-path="url(#lost)"/>')),
    Seed("text_in_drawings_can_be_read", swap("font:12.75px", "font:9px")),
    Seed("colours_are_the_pages", after("</desc>", '<path d="M0 0" style="fill:#123456"/>')),
    Seed("colours_are_the_pages", after("</desc>", '<path d="M0 0" fill="var(--unknown)"/>')),
    Seed("strategic_colour_is_kept", after(LEDE, '<span class="c-str">Everything</span> ')),
    Seed("strategic_colour_is_kept", swap("/* ground */", ".lede { color: var(--str) }")),
    Seed(
        "intervals_hold_their_figure",
        chain(ledger("change.scenario_share.managers", low=45), swap("interval 30 to", "interval 45 to")),
    ),
    Seed("intervals_have_a_width", chain(ledger("ties.connected", low=95, high=95))),
    Seed("claims_are_about_enough_people", ledger("people.share_strategic.Alpha", people=4)),
    Seed("claims_are_about_enough_people", ledger("ties.connected", people=12), PUBLIC),
    Seed("claims_are_told_of", ledger("ties.connected", unit="furlongs")),
    Seed("claims_are_told_of", ledger("change.readiness", method=None)),
    Seed("claims_are_told_of", ledger("change.readiness", stage="ties")),
    Seed("ledger_holds_what_is_shown", unread("people.share_functional")),
    Seed(
        "figures_are_in_the_ledger",
        swap('data-claim="ties.connected" value="95.0">95%', 'data-claim="ties.lost" value="95.0">95%'),
    ),
    Seed(
        "figures_are_their_claims",
        swap('value="55.0">55</data> <span class="ci">(95', 'value="56.0">55</data> <span class="ci">(95'),
    ),
    Seed("figures_are_their_claims", swap(">95%</data>", ">97%</data>", 9)),
    Seed(
        "intervals_are_in_reach",
        swap('<span class="ci">(95% interval 50 to\u00a058, n\u00a0=\u00a060)</span>', "as people answered"),
    ),
    Seed("intervals_are_in_reach", swap("30 to\u00a050%", "31 to\u00a050%")),
    Seed("claims_are_worded_one_way", swap(">95%</data>", ">95.0%</data>")),
    Seed("prose_types_no_number", swap("trust matters", "trust matters to 46 of them")),
    Seed("sentences_type_no_measure", after(TEXT, ", when 46% of people knew of it,")),
    Seed("sentences_type_no_measure", after(TEXT, ", when it was 0.46,")),
    Seed("ranks_are_borne_out", swap("Strategic ties are the rarest", "Strategic ties are the largest part")),
    Seed("ranks_are_borne_out", swap("Personal ties come second", "Beta lies highest")),
    Seed("no_cause_is_claimed", swap("This report reads ties", "Trust leads to ties. This report reads ties")),
    Seed("no_cause_is_claimed", swap("Ask the groups", "Find the hidden influencers. Ask the groups")),
    Seed("scenarios_foretell_nothing", swap("would follow", "will follow")),
    Seed("nothing_is_sold", swap("This report reads ties", "This report unlocks ties")),
    Seed("nothing_is_left_over", swap("This report reads ties", "This report reads nan ties")),
    Seed("nothing_is_left_over", swap("This report reads ties", "This report reads {people.share} ties")),
    Seed("nothing_is_left_over", swap("What came in.", "What came in: [object Object]"), CHAPTER),
    Seed("signs_are_well_set", swap("This report reads ties", "This report,, reads ties")),
    Seed("signs_are_well_set", swap("reads ties and answers.", "reads ties and answers .")),
    Seed("counts_agree_with_their_nouns", swap("This report reads ties", "This report reads of 1 people ties")),
    Seed("titles_are_short", swap("Nearly everybody has ties in the data", f"Nearly {'ever and ' * 8}everybody has ties")),
    Seed("sentences_end", swap("reads ties and answers.", "reads ties and answers")),
    Seed("sentences_end", swap("This report reads ties", "this report reads ties")),
    Seed("findings_are_few", findings(3)),
    Seed("findings_are_few", findings(-1)),
    Seed("findings_can_be_followed", swap('<span class="chip">Strong</span>', "")),
    Seed("findings_can_be_followed", swap('<a href="#portfolio">Evidence</a>', "")),
    Seed("limits_stand_beside_conclusions", cut(PAIR)),
    Seed("limits_stand_beside_conclusions", swap("<h3>What this does not show</h3>", "<h3>Also</h3>")),
    Seed(
        "sections_are_in_order",
        chain(swap('id="trust"', 'id="x"'), swap('id="portfolio"', 'id="trust"'), swap('id="x"', 'id="portfolio"')),
    ),
    Seed(
        "sections_are_in_order",
        swap('<a href="#trust"><span class="n">2</span>', '<a href="#summary"><span class="n">2</span>'),
    ),
    Seed("section_titles_are_sentences", swap("Nearly everybody has ties in the data", "Participation")),
    Seed("page_says_how_it_was_made", made(Settings=None)),
    Seed("page_says_how_it_was_made", made(Staff="unknown")),
    Seed("page_says_how_it_was_made", made(Commit="abcdef0")),
    Seed("marks_are_known", swap("This report reads ties", "This report reads [q] ties")),
    Seed("marks_are_explained", cut(re.compile(r'<p class="small">\[c\].*?</p>'))),
    Seed("nobody_can_be_written_to", swap("<!--stale-->", "<!-- ask ann@example.org -->")),
    Seed("no_small_group_is_counted", swap('data-l="People">20</td>', 'data-l="People">4</td>')),
    Seed("public_pages_name_no_group", after(LEDE, '<a href="index.html">The whole report</a> '), PUBLIC),
    Seed("public_pages_name_no_group", ledger("ties.connected", group="Alpha", scope="group"), PUBLIC),
    Seed("edition_is_stated", swap('data-edition="sponsor"', 'data-edition="all"')),
    Seed("edition_is_stated", swap("only, no names</span>", "only</span>")),
    Seed("style_imports_nothing", swap("<style>", '<style>@import "a.css";')),
    Seed("style_fits_any_window", swap("/* ground */", ".lede { width: 900px; }")),
    Seed("style_prints_the_words", swap(".page > nav, .skip,", ".page > nav, .lede, .skip,")),
    Seed("style_moves_when_asked", swap("/* ground */", ".lede { transition: all 1s; }")),
    Seed("style_knows_dark_and_paper", swap("@media print", "@media paper", 9)),
    Seed("style_knows_dark_and_paper", swap("--muted: #a9afb8;", "", 9)),
)
"""Every seeded fault."""
