"""A file of settings in YAML as plain data: what is wrong with it is told by line, and no key is lost without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kithwork.errors import Problem, UserError

TWICE, NO_WORD = "has a key that stands twice in one place", "has a list or a mapping as a key"

KEYS = {TWICE: "Keep one of the two, or rename one.", NO_WORD: "Write one word before the colon."}
"""What may be wrong with a key, and what to do."""


def read(path: Path, told: str) -> Any:
    """What the file holds; `told` is what messages call it. Raises `UserError` where it is no UTF-8 text or no YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Loader)  # a safe loader: it makes plain data only
    except UnicodeDecodeError as error:
        row = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise UserError(Problem("is not UTF-8 text", told, "Save it as UTF-8.", row=row)) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        what = getattr(error, "problem", None)
        what, do = (what, KEYS[what]) if what in KEYS else ("is not valid YAML", "Mend the indentation or quoting there.")
        raise UserError(Problem(what, told, do, row=row)) from None


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
