"""Posts in channels of a chat, read as comments: only of channels that the client names, and never a direct message.

Words are read as a person sees them: marks of the format are undone, and whoever is mentioned is `[person]` from here on.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError

OPTIONS = {"channels": "channels whose posts are read as comments, with commas between them; no other is"}
MENTION = "[person]"
WORDLESS, NOT_NAMED, DIRECT = (
    "posts without words",
    "posts in channels not named",
    "messages of chats, which are never read",
)


def channels(source: str, spec: Reader) -> list[str]:
    """The channels named, none where contacts are read. Raises `UserError` where they are named for contacts, or where
    comments are read and none is."""
    named = [one.strip().removeprefix("#") for one in spec.options.get("channels", "").split(",") if one.strip(" #")]
    column = f"sources.{source}.options.channels"
    if source == "comments" and not named:
        do = "Name channels whose members know that they are read: `options: {channels: 'market, customers'}`."
        raise UserError(Problem("names no channel to read comments from", "params.yaml", do, column=column))
    if source != "comments" and "channels" in spec.options:
        do = "Take it out: contacts are read from all conversations, without their words."
        raise UserError(Problem("means nothing where contacts are read", "params.yaml", do, column=column))
    return named


def from_slack(text: str) -> str:
    """The words of Slack's own format (Slack API, "Formatting text for app surfaces").

    >>> from_slack("<@U1>: see <https://x.org|the offer> in <#C1|market> &amp; act <!here>")
    '[person]: see the offer in #market & act'
    """
    text = re.sub(r"<@[^>]*>", MENTION, text)
    text = re.sub(r"<#[^|>]*\|?([^>]*)>", r"#\1", text)
    text = re.sub(r"<![^>]*>", "", text)
    text = re.sub(r"<(?:mailto:|tel:)?([^|>]*)(?:\|([^>]*))?>", lambda link: link[2] or link[1], text)
    return html.unescape(text).strip()


def from_html(text: str) -> str:
    """The words of a body in HTML, a line for each block; mentions, which Teams marks with `at`, are `[person]`.

    >>> from_html("<p>Ask <at id='0'>Anna Ek</at></p><p>on Monday &amp; tell</p>")
    'Ask [person]\\non Monday & tell'
    """
    words = Words(convert_charrefs=True)
    words.feed(text)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.found).split("\n"))
    return "\n".join(filter(None, lines))


class Words(HTMLParser):
    """The text of a page's elements in `found`."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """A block begins a line; of a mention, or of what is no text, nothing is heard."""
        self.found += ["\n"] if tag in ("p", "div", "br", "li", "tr") else [MENTION] if tag == "at" else []
        self.silent += tag in ("at", "style", "script")

    def handle_endtag(self, tag: str) -> None:
        """What was not heard is over."""
        self.found += ["\n"] if tag in ("p", "div", "li", "tr") else []
        self.silent -= tag in ("at", "style", "script") and self.silent > 0

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self.silent:
            self.found.append(data.replace("\n", " "))
