"""Common mistakes as docs/mistakes.yaml tells them, held against what the program prints."""

from __future__ import annotations

import re

import synthetic
import yaml

LIST = yaml.safe_load((synthetic.HOME / "docs" / "mistakes.yaml").read_text(encoding="utf-8"))
MESSAGES = {one["name"]: one["message"] for one in LIST}

CHANGING = re.compile(r"\\\{\w+\\\}")
LONGEST = 300
"""Signs that a changing part may have."""


def pattern(name: str) -> re.Pattern[str]:
    """The message of a mistake, with anything in place of its braces."""
    return re.compile(CHANGING.sub(f".{{0,{LONGEST}}}?", re.escape(MESSAGES[name])))


def tells(name: str, said: object) -> bool:
    """That this was said of the mistake, however the lines were broken, and no traceback with it. Fails with both texts."""
    plain = " ".join(str(said).split())
    assert "Traceback" not in plain, plain
    assert pattern(name).search(plain), f"\nsaid:   {plain}\nlisted: {MESSAGES[name]}"
    return True
