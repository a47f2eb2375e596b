"""Self-contained: a page is one file that fetches nothing, runs nothing but its own script, and sends nothing anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from kithwork.lint.check import check
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed

ADDRESSES = (
    *("action", "background", "cite", "classid", "codebase", "data", "formaction", "href", "icon", "longdesc", "manifest"),
    *("ping", "poster", "profile", "src", "srcdoc", "srcset", "xlink:href"),
)
"""Attributes that a browser goes to."""
ADDRESSED = f"//*[{' or '.join(f'@*[name()={name!r}]' if ':' in name else f'@{name}' for name in ADDRESSES)}]"

EMBEDS = (
    *("animate", "applet", "audio", "base", "embed", "form", "frame", "frameset", "iframe", "link", "object"),
    *("portal", "select", "set", "textarea", "video"),
)
"""Elements that fetch, embed, move the page's ground or take what a reader types: a report needs none."""

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:|^//")
FOLLOWED = re.compile(r"^https?://[^/]")
ADDRESS_IN_STYLE = re.compile(r"""(?:url|image|image-set|src)\(\s*["']?(?!data:|#)""", re.IGNORECASE)
RUNS = re.compile(r"^(?:javascript|vbscript|data:text/html|data:image/svg)", re.IGNORECASE)

POLICY = {
    "default-src": {"'none'"},
    "style-src": {"'unsafe-inline'"},
    "font-src": {"data:"},
    "img-src": {"data:"},
    "base-uri": {"'none'"},
    "form-action": {"'none'"},
}
"""What the content security policy says, beside the hashes of the scripts."""

LIGHT, HEAVY = 1_500_000, 4_000_000
"""Bytes of a page about at most SMALL people, and of one about more."""
SMALL = 100


@check()
def nothing_is_fetched(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No address that a browser would fetch leads out of the file.

    A link that a reader may follow leads to a page beside it, or to the web.
    """
    for tag in page.tree.xpath(ADDRESSED):
        for name, value in tag.items():
            if name not in ADDRESSES or RUNS.match(_flat(value)):
                continue
            where = _flat(value)
            if tag.tag == "a" and name == "href":
                fine = not SCHEME.match(where) or FOLLOWED.match(where) or where.startswith("data:text/csv")
            elif name == "srcset":
                fine = False
            else:
                fine = where.startswith(("#", "data:"))
            if not fine:
                yield f"<{tag.tag} {name}={value!r}>", "Put it into the file as data:, or take it out."
    for text in _styles(page):
        if found := ADDRESS_IN_STYLE.search(text):
            yield text[found.start() : found.start() + 60], "A style may refer to data: and to parts of the page only."


@check()
def policy_comes_first(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """The content security policy is the first thing after the encoding, and allows only what is in the file."""
    head = page.tree.xpath("//head/*")
    at = [i for i, tag in enumerate(head) if tag.get("http-equiv", "").lower() == "content-security-policy"]
    if at != [1] or head[0].get("charset", "").lower() != "utf-8":
        yield f"{len(at)} policies", "Let the policy follow the encoding, before all else in the head, once."
        return
    said = {}
    for rule in head[1].get("content", "").split(";"):
        name, *allowed = rule.split() or [""]
        said[name] = set(allowed)
    scripts = said.pop("script-src", {"'none'"})
    if said != POLICY or any(not one.startswith("'sha256-") and one != "'none'" for one in scripts):
        yield head[1].get("content", ""), f"Say {'; '.join(f'{name} {min(words)}' for name, words in POLICY.items())}."


@check()
def scripts_are_the_pages_own(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each script is written in the file, and the policy holds its SHA-256; scripts of data hold JSON."""
    policy = " ".join(page.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content"))
    for script in page.tree.iter("script"):
        kind, text = script.get("type", ""), script.text or ""
        if kind == "application/json":
            continue
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        if kind or script.get("src") is not None or f"'sha256-{digest}'" not in policy:
            yield text[:60] or script.get("src", ""), "Only the script of the templates may stand on a page, as it is."


@check()
def nothing_acts_by_attribute(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No attribute holds a handler of events."""
    for tag in page.tree.xpath("//*[@*[starts-with(name(), 'on')]]"):
        names = [name for name in tag.attrib if name.startswith("on")]
        yield f"<{tag.tag} {names[0]}>", "Take it out: scripts stand in the templates alone."


@check()
def nothing_is_embedded(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No frame, object, form or field to type into, no base, link or refresh; what is shown may be chosen among."""
    for tag in page.tree.iter(*EMBEDS):
        yield f"<{tag.tag}>", "Take it out: a page is read, and holds all it needs."
    for tag in page.tree.xpath("//input[not(@type='radio' or @type='checkbox')]"):
        yield (
            f"<input type={tag.get('type')!r}>",
            "Take it out: what may be chosen are settings of the page, without a word.",
        )
    for tag in page.tree.xpath("//meta[@http-equiv]"):
        if tag.get("http-equiv").lower() not in ("content-security-policy", "content-type"):
            yield f"<meta http-equiv={tag.get('http-equiv')!r}>", "Take it out: a page stays where it is."


@check()
def no_address_runs(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No address is a script, or a document that could hold one."""
    for tag in page.tree.xpath("//*[@href or @src or @*[name() = 'xlink:href']]"):
        for name in ("href", "src", "xlink:href"):
            value = _flat(tag.get(name, ""))
            picture = tag.tag == "img" and value.startswith("data:image/svg")
            if RUNS.match(value) and not picture:
                yield f"<{tag.tag} {name}={value[:60]!r}>", "Take it out: an address leads somewhere, and does nothing."


@check()
def page_is_light(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """At most 1.5 MB where a page is about up to 100 people, at most 4 MB else."""
    size, most = len(page.source.encode()), LIGHT if people(page) <= SMALL else HEAVY
    if size > most:
        yield f"{size:,} bytes", f"At most {most:,}: draw fewer points, or move tables to the groups' pages."


def people(page: Parsed) -> float:
    """People a page is about: as its body says, else its masthead; where neither does, without limit."""
    said = page.tree.find("body").get("data-people") or ""
    told = [said] if said.isdigit() else page.tree.xpath("//header//p[@class='meta']/data/@value")
    return float(told[0]) if told else float("inf")


def _styles(page: Parsed) -> Iterator[str]:
    yield from (style.text or "" for style in page.tree.iter("style"))
    yield from page.tree.xpath("//@style")


def _flat(address: str) -> str:
    """An address as browsers read it: without spaces and control signs, in small letters."""
    return "".join(sign for sign in address if sign > " ").lower()


def styles_of(tag: HtmlElement) -> dict[str, str]:
    """The declarations of an element's style attribute."""
    parts = (one.partition(":") for one in tag.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in parts if value.strip()}
