"""Words: none that claims a cause, foretells from a scenario, sells, or was left over by the machine; sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from kithwork.lint.check import SECTIONED, check
from kithwork.lint.reading import running, titles
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed

CAUSAL = re.compile(
    r"\b(?:caus(?:e[sd]?|ing)|driv(?:es|ing|en by)|drivers? of|leads? to|led to|leading to|prov(?:e[sd]?|en|ing)|"
    r"significant(?:ly)?|result(?:ed|ing) in|due to|thanks to|because of|impact(?:s|ed|ing)|boost(?:s|ed|ing)?(?! trees)|"
    r"hidden (?:influencers?|gems?|leaders?)|toxic|low performers?|troublemakers?|resist[eo]rs?|guarantee[sd]?|"
    r"will (?:increase|raise|improve|boost|reduce|rise|fall|grow))\b",
    re.IGNORECASE,
)
DENIED = "ancestor::div[h3='What this does not show'] or ancestor::blockquote or ancestor::q"
"""Where a cause may be spoken of: in what a section does not show, and in what others wrote."""

FORETELLS = re.compile(r"\b(?:will|shall|(?:is|are) going to|(?:is|are) expected|predicts?)\b", re.IGNORECASE)
SCENARIO = "change.scenario", "change.curve"
"""How the names of claims of scenarios begin."""

SELLS = re.compile(
    r"\b(?:game.chang\w+|best.in.class|world.class|cutting.edge|synerg\w+|leverag(?:e[sd]?|ing)|unlock(?:s|ing)?|empower\w*|"
    r"seamless\w*|revolutionar\w+|disruptive|holistic|paradigms?|actionable|deep dives?|state.of.the.art|unprecedented|"
    r"rock ?stars?|ninjas?|supercharg\w+|delve[sd]?|in order to)\b",
    re.IGNORECASE,
)
LEFT = re.compile(
    r"\b(?:nan|NaN|NaT|undefined|null|inf|Infinity|lorem ipsum|TODO|FIXME|TBD|XXX)\b|"
    r"(?<=[\w,:(] )None\b|^None$|<NA>|\[object |\{[a-z_]+[.:}]|\{\{|\}\}|"
    r"&(?:amp|lt|gt|quot|nbsp);|\ufffd|Traceback \(most recent"
)
MISTYPED = re.compile(r"[,;:]{2,}|(?<!\.)\.\.(?!\.)|\s[,;](?!\w)|\s\.(?:\s|$)|\(\s|\s\)|\(\)|“”|\u00a0\s|\s\u00a0")
UNCOUNTED = re.compile(
    r"\b(?:1|[Oo]ne) (?:actions|answers|communities|days|departments|figures|findings|groups|minutes|pairs|people|persons|"
    r"points|rows|segments|signals|teams|texts|ties|topics|units|values)\b|\b0 (?:people|groups|units|ties|texts|topics)\b"
)
LONGEST_TITLE = 18
"""Words of the title of a section or a finding, at most."""
COUNT = re.compile(r"n\b")
"""The sign for how many stand behind a figure, which is small at the beginning of a sentence too."""
ENDS = (".", "?", "!", ":", "”", "…", ")", "’")


@check("report", "group", "person")
def no_cause_is_claimed(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No word says or hints that something brings something about, or judges people; but where that is denied."""
    for text in page.tree.xpath(f"//main//text()[not(ancestor::script or ancestor::code or {DENIED})]"):
        for found in CAUSAL.findall(text):
            yield (
                f"{found!r} in {' '.join(text.split())!r}",
                "Say what is, goes with or lies above what: these data show no cause.",
            )


@check(*SECTIONED)
def scenarios_foretell_nothing(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """What stands in one block with a scenario's figure, or in a figure that draws one, never says what will be."""
    for block in _of_scenarios(page):
        for found in FORETELLS.findall(running(block)):
            yield f"{found!r} in {running(block)!r}", "Say would: a scenario says what a model does, not what comes."


@check()
def nothing_is_sold(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No word of advertising."""
    for text in _texts(page, "ancestor::code or ancestor::blockquote or ancestor::q"):
        for found in SELLS.findall(text):
            yield f"{found!r} in {' '.join(text.split())!r}", "Say it plainly."


@check()
def nothing_is_left_over(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No word of a machine where one of the report should stand: no nan, None, unfilled place, escaped sign or stand-in."""
    out = "ancestor::code or ancestor::pre or ancestor::*[contains(@class, 'dataframe')]"
    for text in _texts(page, out):
        for found in LEFT.findall(text):
            yield (
                f"{found!r} in {' '.join(text.split())!r}",
                "Write the word that belongs there, or leave the sentence out.",
            )


@check("report", "group", "person", "index")
def signs_are_well_set(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No doubled comma, space before a point, empty bracket or two spaces that would both be seen."""
    for block in page.tree.xpath(
        "//main//p | //main//li | //main//h2 | //main//h3 | //main//td | //main//caption | //main//dd"
    ):
        text = " ".join(part.replace("\n", " ") for part in ["".join(block.xpath(".//text()[not(ancestor::svg)]"))])
        if found := MISTYPED.search(re.sub(r"[ \t]+", " ", text).strip(" ")):
            yield f"{found[0]!r} in {running(block)!r}", "Set it once, without a space before it."


@check("report", "group", "person", "index")
def counts_agree_with_their_nouns(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """One is not many: no "1 people" or "0 groups"."""
    for block in page.tree.xpath(
        "//body//p | //body//li | //body//h2 | //body//h3 | //svg//desc | //svg//title | //body//caption"
    ):
        for found in UNCOUNTED.findall("".join(block.itertext()).replace("\u00a0", " ")):
            yield found, "Let sentences.several count: one person, no group."


@check(*SECTIONED)
def titles_are_short(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """The title of a section and of a finding has at most 18 words."""
    for heading, title in titles(page):
        if heading.getparent().tag != "figcaption" and len(title.split()) > LONGEST_TITLE:
            yield f"{len(title.split())} words: {title}", f"Say it in {LONGEST_TITLE}: subject, verdict, contrast."


@check("report", "group", "person", "index")
def sentences_end(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each paragraph begins with a capital, a figure or a mark, and ends as a sentence does."""
    for block in page.tree.xpath(
        "//main//p[not(@class) or @class='lede' or @class='note' or @class='src' or @class='small']"
    ):
        text = running(block)
        if not text or block.xpath("ancestor::td or ancestor::figcaption"):
            continue
        if not text.endswith(ENDS) or (text[:1].islower() and not COUNT.match(text)):
            yield text[-80:] if not text.endswith(ENDS) else text[:80], "Begin it with a capital and end it with a point."


def _texts(page: Parsed, out: str) -> list[str]:
    return page.tree.xpath(f"//body//text()[not(ancestor::script or ancestor::style or {out})]")


def _of_scenarios(page: Parsed) -> Iterator[HtmlElement]:
    """Blocks that show a scenario's figure; of a figure its words, without its table."""
    seen = set()
    for one in page.tree.xpath("//main//data[@data-claim]"):
        if one.get("data-claim").startswith(SCENARIO):
            figure = next(one.iterancestors("figure"), None)
            box = next(one.iterancestors("p", "li", "td", "dd"), one.getparent())
            for block in [*([] if figure is None else figure.xpath("./figcaption | ./p")), box]:
                if block not in seen:
                    seen.add(block)
                    yield block
