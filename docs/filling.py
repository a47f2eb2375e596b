"""What pages take from the program: a page is a Jinja template, so that no command, setting or figure is typed twice."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from docs import commands, definitions, measured, mistakes, parameters
from kithwork import params
from kithwork.report.sentences import sentence

PAGES = Path(__file__).parent / "pages"
MARKUP = re.compile(r"([\\*_{}\[\]<>|#~$])")


def filled(name: str) -> str:
    """The Markdown of a page, with what it takes from the program."""
    return _environment().get_template(f"{name}.md").render()


def plain(text: str) -> str:
    """Words that are no Markdown, fit for a line or a cell of a table; what stands between backticks stays code."""
    parts = " ".join(str(text).split()).split("`")
    return "`".join(part.replace("|", "\\|") if at % 2 else MARKUP.sub(r"\\\1", part) for at, part in enumerate(parts))


def architecture(heading: str) -> str:
    """A section of ARCHITECTURE.md, without its heading: what the house says of itself is said once."""
    text = (params.ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0].strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"plain": plain, "begun": sentence}
    environment.globals.update(
        architecture=architecture,
        figure=measured.figure,
        ratio=measured.ratio,
        benchmarks=measured.benchmarks,
        verbs=commands.verbs,
        status=commands.status,
        values=definitions.values,
        settings=parameters.settings,
        mistakes=mistakes.mistakes,
    )
    return environment
