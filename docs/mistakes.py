"""Common mistakes and their remedies: the list whose messages the tests hold to the program.

A comment that stands alone between two entries is the heading of those below it.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from kithwork import yamlfile

LIST = Path(__file__).parent / "mistakes.yaml"
HEADING = re.compile(r"^# (.+)\n\n(?=- )", flags=re.M)
OTHERS = "Messages and what mends them"
"""The heading of entries that stand under none."""


def mistakes() -> dict[str, list[dict[str, str]]]:
    """Each mistake under its heading: `name`, `title`, `when` it happens, the `message` told, and the `remedy`."""
    text = LIST.read_text(encoding="utf-8")
    begins = {text.count("\n", 0, found.start()): found[1] for found in HEADING.finditer(text)}
    listed: dict[str, list[dict[str, str]]] = {}
    lines = [node.start_mark.line for node in yaml.compose(text, yaml.SafeLoader).value]
    for line, one in zip(lines, yamlfile.read(LIST, "docs/mistakes.yaml"), strict=True):
        heading = begins.get(max((at for at in begins if at < line), default=-1), OTHERS)
        listed.setdefault(heading, []).append(one)
    return listed
