"""The consultant's own words: the markdown of `7_report.ipynb` that stands under a section's heading.

Every section has an H3 heading that repeats its topic. What follows it, up to the next heading of the same or a higher
level and on both sides of the cell that shows the section, is that section's prose. `{claim.id}` becomes the claim's
released figure and its interval, and `{finding:crossing}` the sentence of that finding with its figure and interval, so
that a number in prose is never typed. Raw HTML is shown as text, never obeyed.

Under `### Summary (acme)` stand the words for `acme` alone, under `### Summary (acme, demo)` those for both. Words under
`### Summary` are for every engagement that has none of its own, and its page says so. What is written for one client is
never published for another. The public edition shows none of these: its words stand under `### Summary (acme, public)`, or
under `### Summary (public)` for every engagement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from mistune import HTMLRenderer, Markdown
from mistune.core import BlockState

from kithwork.errors import Problem, UserError, nearest

LEVEL = 3
"""Level of the headings that name sections."""

FOR = re.compile(r" \(([a-z0-9_-]+(?:, ?[a-z0-9_-]+)*)\)$")
"""What a heading ends with whose words are for these engagements only: `### Summary (acme)`."""

HEADING = re.compile(r"(#{1,6})\s")
"""What the line of a heading begins with."""

PUBLIC = "public"
"""What a heading names beside engagements where its words are for the public edition, and for no other."""

Token = dict[str, Any]


class Words(NamedTuple):
    """Prose of one section, and whether it was written for every engagement instead of this one."""

    html: str
    for_every: bool


def read_prose(
    notebook: Path,
    topics: Iterable[str],
    claims: Mapping[str, Mapping[str, Any]],
    engagement: str,
    engagements: Collection[str],
    public: bool = False,
) -> dict[str, Words]:
    """Each section's prose by topic, for one engagement; a section without prose is left out. `public`: for that edition.

    `claims`: what braces may name, by id, and findings as `finding:` and their rule; each has the HTML that is `shown` and
    its `scope`. `engagements` are all there are. Raises `UserError` naming every claim that is not released, every image,
    and every heading that looks like a misspelt topic, is for an engagement misspelt or stands at the wrong level.
    """
    topics = list(topics)
    under, above = _by_heading(_cells(notebook))
    file = f"notebooks/{notebook.name}"
    problems = _misspelt(under, topics, file) + _of_nobody(under, engagements, file) + _too_high(above, topics, file)
    words = {_about(heading): tokens for heading, tokens in under.items() if _is_public(heading) == public}
    own = {topic: tokens for (topic, named), tokens in words.items() if engagement in named}
    every = {topic: tokens for (topic, named), tokens in words.items() if not named}
    found = {topic: own.get(_plain(topic), every.get(_plain(topic), [])) for topic in topics}
    for topic, tokens in found.items():
        place = f"{file}, under the heading '{topic}', for {engagement}"
        problems += [problem for token in _walk(tokens) for problem in _fault(token, place, claims)]
    if problems:
        raise UserError(problems)
    return {topic: Words(_html(tokens, claims), _plain(topic) not in own) for topic, tokens in found.items() if tokens}


def take_words_out(cells: Iterable[dict]) -> None:
    """Leave of the cells under the sections' headings only these headings: a chapter is published beside every study's
    report, and words are for those whom they were written for.

    From such a heading on, everything goes until a cell begins with a heading of a higher level.
    """
    inside = False
    for cell in cells:
        if cell["cell_type"] != "markdown":
            continue
        kept = []
        for number, line in enumerate(cell["source"].splitlines()):
            level = len(found[1]) if (found := HEADING.match(line)) else 0
            inside = inside and not (0 < level < LEVEL and number == 0)
            if level == LEVEL:
                inside = True
                kept += [] if FOR.search(line.rstrip()) else [line]
            elif not inside:
                kept.append(line)
        cell["source"] = "\n".join(kept)


def _named(heading: str) -> list[str]:
    """The engagements that a heading names."""
    return [name for name in _between_brackets(heading) if name != PUBLIC]


def _is_public(heading: str) -> bool:
    """Whether its words are for the public edition."""
    return PUBLIC in _between_brackets(heading)


def _about(heading: str) -> tuple[str, tuple[str, ...]]:
    """The topic of a heading, and the engagements it names."""
    return FOR.sub("", heading), tuple(_named(heading))


def _between_brackets(heading: str) -> list[str]:
    named = FOR.search(heading)
    return named[1].replace(" ", "").split(",") if named else []


def _cells(notebook: Path) -> list[dict]:
    if not notebook.is_file():
        raise UserError(
            Problem("is missing", f"build/notebooks/{notebook.name}", "Run `make report`, which writes it first.")
        )
    return json.loads(notebook.read_text(encoding="utf-8"))["cells"]


def _by_heading(cells: Iterable[dict]) -> tuple[dict[str, list[Token]], set[str]]:
    """The markdown under each H3 heading, by the heading's plain text; and the headings of higher levels."""
    parser = Markdown(plugins=[_claims_inline])
    found: dict[str, list[Token]] = {}
    above: set[str] = set()
    heading: str | None = None
    for cell in cells:
        if cell["cell_type"] != "markdown":
            continue
        for token in parser("".join(cell["source"])):
            if token["type"] == "heading" and token["attrs"]["level"] < LEVEL:
                above.add(_plain(_text(token)))
                heading = None
            elif token["type"] == "heading" and token["attrs"]["level"] == LEVEL:
                heading = _plain(_text(token))
                found.setdefault(heading, [])
            elif heading is not None and token["type"] != "blank_line":
                found[heading].append(token)
    return found, above


def _claims_inline(parser: Markdown) -> None:
    """Reads `{claim.id}` before any other markup, so that no underscore in an id becomes emphasis."""

    def parse(_: Any, match: Any, state: Any) -> int:
        state.append_token({"type": "claim", "raw": match.group("claim_id").strip()})
        return match.end()

    parser.inline.register("claim", r"\{(?P<claim_id>[^{}\n]+)\}", parse, before="link")


def _walk(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _walk(token.get("children", []))


def _text(token: Token) -> str:
    return "".join(part.get("raw", "") for part in _walk([token]))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _misspelt(under: Mapping[str, list[Token]], topics: list[str], file: str) -> list[Problem]:
    """Headings with prose that match no topic, yet are close to one: their prose would be lost."""
    known = {_plain(topic) for topic in topics}
    plain = {heading: FOR.sub("", heading) for heading in under}
    what = "is a heading with prose, but no section has this topic"
    return [
        Problem(what, file, nearest(plain[heading].capitalize(), topics), found=f"### {heading}")
        for heading, tokens in under.items()
        if tokens and plain[heading] not in known and get_close_matches(plain[heading], known, n=1, cutoff=0.7)
    ]


def _of_nobody(under: Mapping[str, list[Token]], engagements: Collection[str], file: str) -> list[Problem]:
    """Headings with prose for engagements that params.yaml does not have, yet close to one: no report would show it. Words
    for a study that was taken out may stay."""
    return [
        Problem("is for an engagement that is not there", file, nearest(name, engagements), found=f"### {heading}")
        for heading, tokens in under.items()
        for name in _named(heading)
        if tokens and name not in engagements and get_close_matches(name, engagements, n=1, cutoff=0.7)
    ]


def _too_high(above: set[str], topics: list[str], file: str) -> list[Problem]:
    """Topics that stand as an H1 or H2: what follows them would be lost."""
    return [
        Problem("is a section's heading at the wrong level", file, f"Write it as ### {topic}", found=topic)
        for topic in topics
        if _plain(topic) in above
    ]


def _fault(token: Token, place: str, claims: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    if token["type"] == "claim" and token["raw"] not in claims:
        return [
            Problem(
                "names a number that was not computed for this engagement, or that may not be shown",
                place,
                _remedy(token["raw"], claims),
                found=f"{{{token['raw']}}}",
            )
        ]
    if token["type"] == "image":
        return [Problem("holds an image, which the report does not carry", place, "Describe it, or leave it out.")]
    return []


def _remedy(claim: str, claims: Mapping[str, Mapping[str, Any]]) -> str:
    """The nearest spelling among all claims; failing that, those about the whole organisation."""
    if get_close_matches(claim, claims, n=1, cutoff=0.6):
        return nearest(claim, claims)
    return nearest(claim, [name for name, row in claims.items() if row["scope"] == "organisation"] or claims)


def _html(tokens: list[Token], claims: Mapping[str, Mapping[str, Any]]) -> str:
    renderer = HTMLRenderer(escape=True)
    renderer.register("claim", lambda _, claim: claims[claim]["shown"])
    for token in _walk(tokens):
        if token["type"] == "heading":
            token["attrs"]["level"] = max(token["attrs"]["level"] - 1, LEVEL)  # H4 becomes H3: the page's sections are H2
    return renderer.render_tokens(tokens, BlockState())
