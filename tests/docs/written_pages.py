"""The handbook's pages as a reader has them before they are HTML: what stands in code, in prose and in fences."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mistune import Markdown
from mistune.plugins.table import table

from docs import filling, markdown, site

PAGES = [name for names in site.HEADINGS.values() for name in names if name != site.CODEBOOK]
"""Every page that is written in Markdown."""

COMMANDS = ("kithwork", "make", "dvc", "python")
"""Words that a command of ours begins with."""


@cache
def tokens(page: str) -> list[markdown.Token]:
    """Everything on a page, filled."""
    return list(markdown.walk(Markdown(plugins=[table])(filling.filled(page))))


def fences(language: str) -> Iterator[tuple[str, str]]:
    """Each block of code in a language, with its page."""
    for page in PAGES:
        for token in tokens(page):
            if token["type"] == "block_code" and token.get("attrs", {}).get("info") == language:
                yield page, token["raw"]


def spans() -> Iterator[tuple[str, str]]:
    """Each word in code within a sentence, with its page."""
    for page in PAGES:
        yield from ((page, " ".join(token["raw"].split())) for token in tokens(page) if token["type"] == "codespan")


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command on any page as its words, without what is said behind a `#` or set before it."""
    lines = [(page, line) for page, text in fences("sh") for line in text.splitlines()]
    told = [(page, text) for page, text in spans() if page != "mistakes"]  # which shows commands written wrongly
    lines += [(page, text) for page, text in told if re.sub(r"^\w+=\S* ", "", text).split(" ")[0] in COMMANDS]
    for page, line in lines:
        words = shlex.split(line, comments=True)
        while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
            words = words[1:]
        if words:
            yield page, words


def example(page: str, heading: str, language: str = "python") -> str:
    """The first block of code under a heading."""
    text = (Path(site.__file__).parent / "pages" / f"{page}.md").read_text(encoding="utf-8")
    return re.search(rf"^## {heading}\n.*?```{language}\n(.*?)```", text, flags=re.M | re.S)[1]
