"""A file of settings in YAML as plain data: what is wrong with it is told by line, and no key is lost without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kithwork.errors import Problem, UserError

TWICE, NO_WORD = "has a key that stands twice in one place", "has a list or a mapping as a key"

MARKS = ("<<<<<<<", "=======", ">>>>>>>")
"""How lines begin by which git parts two versions of a file."""

KEYS = {TWICE: "Keep one of the two, or rename one.", NO_WORD: "Write one word before the colon."}
"""What may be wrong with a key, and what to do."""


def read(path: Path, told: str) -> Any:
    """What the file holds; `told` is what messages call it. Raises `UserError` where it is no UTF-8 text or no YAML."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return yaml.load(text, _Loader)  # a safe loader: it makes plain data only
    except OSError as error:
        do = f"Take it back (git checkout {told}), or let it be read."
        raise UserError(Problem("cannot be opened", told, do, found=error.strerror or "")) from None
    except UnicodeDecodeError as error:
        row = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise UserError(Problem("is not UTF-8 text", told, "Save it as UTF-8.", row=row)) from None
    except yaml.YAMLError as error:
        raise UserError(_fault(error, text.splitlines(), told)) from None


def _fault(error: yaml.YAMLError, lines: list[str], told: str) -> Problem:
    """What is wrong, in which line: one that git or a tabulator left there rather than the one at which YAML gave up."""
    for row, line in enumerate(lines, start=1):
        if line.startswith(MARKS):
            do = "Keep one of the two versions, and delete the three lines that begin with <<<<<<<, ======= and >>>>>>>."
            return Problem("holds two versions, which git could not merge", told, do, line.strip()[:40], row)
        if "\t" in line[: len(line) - len(line.lstrip())]:
            do = "Put spaces in its place, as many as the lines around it have."
            return Problem("begins with a tab, which YAML does not allow", told, do, line.strip()[:40], row)
    mark, what = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    row = mark.line + 1 if mark else None
    if what in KEYS:
        return Problem(what, told, KEYS[what], row=row)
    found = lines[row - 1].strip()[:60] if row and row <= len(lines) else ""
    do = "Mend the indentation there or in the line above; put a text that holds a colon or a # in quotes."
    return Problem("is not valid YAML", told, do, found, row)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the same in C, where there is one
    """YAML as usual, but a key that stands twice is an error: the first would be lost without a word.

    A reader's `options` stay the text that was written: 3, yes and 2026-01-01 are no number, truth or date there.
    """

    def construct_mapping(self, node, deep=False):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(problem=NO_WORD, problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(problem=TWICE, problem_mark=key.start_mark)
            seen.add(key.value)
            if key.value == "options" and isinstance(value, yaml.MappingNode):
                for _, option in value.value:
                    option.tag = self.DEFAULT_SCALAR_TAG if isinstance(option, yaml.ScalarNode) else option.tag
        return super().construct_mapping(node, deep)
