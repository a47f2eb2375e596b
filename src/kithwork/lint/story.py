"""The story: few findings that can be followed, sections in order, each with its limit, and how all was made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kithwork.lint.check import SECTIONED, check
from kithwork.lint.reading import running, sections, title_of, words
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed

FINDINGS = (5, 7)
FEWER = re.compile(r"\b(?:no other|no further|could not be answered|held back|only|not graded|fewer)\b", re.IGNORECASE)
"""What a summary with fewer findings says."""
PARTED = ("summary", "actions", "methods")
"""Sections that show no finding of their own, so that nothing follows from them alone."""
PAIR = ["So what", "What this does not show"]
MARKS = {
    "[c]": re.compile(r"held back|too few|fewer than|confidential", re.IGNORECASE),
    "[u]": re.compile(r"low reliab|too few|uncertain|upper limit", re.IGNORECASE),
    "[x]": re.compile(r"not available|not asked|not brought|lack|no data", re.IGNORECASE),
    "[z]": re.compile(r"not applicable|does not apply|stands? for nothing", re.IGNORECASE),
    "[b]": re.compile(r"break|changed|new definition|cannot be compared", re.IGNORECASE),
}
"""The marks that stand for a figure, and what explains each."""
MARK = re.compile(r"\[[a-z]\]")
PROVENANCE = ("Made by", "Settings", "Make it again")
"""What every page says of how it was made, beside its data and its code."""
HASH = re.compile(r"\b[0-9a-f]{7,64}\b")
VERBLESS = 3
"""Words below which a title is no sentence."""


@check("report")
def findings_are_few(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """The summary has five to seven findings; with fewer it says why there are no more."""
    for summary in page.tree.xpath("//section[@id='summary']"):
        many = len(summary.xpath(".//ol[contains(@class, 'finds')]/li"))
        if many > FINDINGS[1]:
            yield f"{many} findings", f"At most {FINDINGS[1]}: leave the weaker ones to their sections."
        elif many < FINDINGS[0] and not FEWER.search(words(summary)):
            yield f"{many} findings", f"At least {FINDINGS[0]}, or a sentence that says why there are no more."


@check("report")
def findings_can_be_followed(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each finding has a title, a figure, a word on what it rests on, and a link to the section that shows it."""
    for one in page.tree.xpath("//ol[contains(@class, 'finds')]/li"):
        parts = {
            "title": "./p[@class='ft']",
            "figure": ".//data[@data-claim]",
            "grade": ".//*[contains(@class, 'chip')]",
            "link": ".//a[starts-with(@href, '#')]",
        }
        for name, place in parts.items():
            if not any(words(found) for found in one.xpath(place)):
                yield (
                    f"{running(one)[:80]}: no {name}",
                    "A finding is a sentence, its figure, its grade and where it is shown.",
                )


@check("report")
def limits_stand_beside_conclusions(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each section that shows figures has one pair, side by side and alike: so what, and what this does not show."""
    for section in sections(page):
        if section.get("id") in PARTED or not section.xpath(".//data[@data-claim]"):
            continue
        pairs = section.xpath(".//*[@class='sw']")
        found = [[running(title) for title in pair.xpath("./div/h3")] for pair in pairs]
        told = all(len(running(text)) > 20 for pair in pairs for text in pair.xpath("./div/p"))
        if found != [PAIR] or not told:
            yield f"{section.get('id')}: {found}", "Give the section one report.html.so_what, both halves told."


@check("report")
def sections_are_in_order(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Sections stand in the order of the settings, each once, and the list of contents names them so."""
    names = [one.get("id") for one in sections(page)]
    if names != [one for one in site.order if one in names]:
        yield " ".join(names), f"In this order: {' '.join(site.order)}."
    listed = [one.get("href")[1:] for one in page.tree.xpath("//details[@class='toc']//a[starts-with(@href, '#')]")]
    if listed != names:
        yield f"contents: {' '.join(listed)}", "Let the contents list the sections as they stand."


@check("report")
def section_titles_are_sentences(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """A section's title says what was found: words enough for a sentence, with a capital first and no point last."""
    for section in sections(page):
        title = title_of(section)
        if (
            len(title.split()) < VERBLESS
            or not (title[:1].isupper() or title[:1].isdigit())
            or title.endswith((".", ":", ","))
        ):
            yield f"{section.get('id')}: {title!r}", "Say in a sentence what the section found."


@check("report")
def page_says_how_it_was_made(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """The page says version, settings, a hash of what was read and how to make it again: to eyes and to machines."""
    told = page.data("provenance")
    told = told if isinstance(told, dict) else {}
    shown = words(next(iter(page.tree.xpath("//section[@id='methods']")), None))
    lacking = [name for name in PROVENANCE if not told.get(name)]
    hashes = [name for name, value in told.items() if name not in PROVENANCE and HASH.search(str(value))]
    if lacking or not hashes:
        yield f"without {', '.join(lacking) or 'a hash of any file'}", "Hand provenance on from report.page.provenance."
    for name, value in told.items():
        if shown and _bare(value) not in _bare(shown):
            yield f"{name}: {value}", "Show in the section on methods all that the page knows of its making."


@check(*SECTIONED)
def marks_are_known(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Of marks in brackets only [c], [u], [x], [z] and [b] stand for a figure."""
    for text in page.tree.xpath("//main//text()[not(ancestor::script or ancestor::code)]"):
        for mark in MARK.findall(text):
            if mark not in MARKS:
                yield f"{mark} in {' '.join(text.split())!r}", f"Use one of {' '.join(MARKS)}, and say what it means."


@check(*SECTIONED)
def marks_are_explained(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Where a mark stands in a table, the same section says what it stands for, outside the table."""
    for section in sections(page):
        cells = {mark for cell in section.xpath(".//td") for mark in MARK.findall(words(cell))}
        told = [running(one) for one in section.xpath(".//p | .//dd | .//caption | .//li")]
        for mark in sorted(cells & set(MARKS)):
            if not any(mark in text and MARKS[mark].search(text) for text in told):
                yield (
                    f"{section.get('id')}: {mark}",
                    "Say below the table what the mark stands for (report.html.held_back).",
                )


def _bare(text: object) -> str:
    return "".join(str(text).split())
