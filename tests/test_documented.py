"""Every setting is explained where it stands: `params.yaml` says of each what it is, and within what bounds it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import synthetic
from ruamel.yaml import YAML

from kithwork.params import Params

PATH = synthetic.HOME / "params.yaml"
LINES = PATH.read_text(encoding="utf-8").splitlines()
SCHEMA = Params.model_json_schema(by_alias=True)
FILE = YAML().load(PATH.read_text(encoding="utf-8"))


def resolved(node: dict) -> dict:
    """A part of the schema, its references followed; of what may be absent, what it is where it is there."""
    if "$ref" in node:
        return resolved(SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[1]])
    present = [one for one in node.get("anyOf", []) if one.get("type") != "null"]
    return resolved(present[0]) if present else node


def within(node: dict, key: str) -> dict:
    """What the schema says of one entry of a mapping."""
    known = node.get("properties", {})
    return resolved(known.get(key) or node.get("additionalProperties") or {})


def settings(mapping: Any, node: dict, path: tuple[str, ...] = (), said: str = "") -> Iterator[tuple[str, str, dict]]:
    """Each setting in the file: its path, all that the comments at it and above it say, and its part of the schema."""
    for key in mapping:
        value, of = mapping[key], within(node, key)
        words = f"{said} {comments(mapping, key)}".strip()
        if hasattr(value, "keys") and value and path[:1] != ("engagements",):
            yield from settings(value, of, (*path, key), words)
        else:
            yield ".".join([*path, key]), words, of


def comments(mapping: Any, key: str) -> str:
    """What stands behind a `#` on a key's own lines, and in the lines of comment straight above it."""
    line = mapping.lc.key(key)[0]
    first = line
    while first and LINES[first - 1].lstrip().startswith("#"):
        first -= 1
    last = line + 1
    while last < len(LINES) and re.match(r"\s*#", LINES[last]) and indent(LINES[last]) > indent(LINES[line]) + 4:
        last += 1
    return " ".join(found[1] for text in LINES[first:last] if (found := re.search(r"(?:^|\s)#\s?(.*)", text)))


def indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def bounds(node: dict) -> list[str]:
    """How the comment must tell what a setting may be: `2 to 1,000`, `0 or more`, `above 0`, each of its words."""
    node = resolved(node)
    if "enum" in node:
        return [str(word) for word in node["enum"]]
    inner = node.get("items") or node.get("additionalProperties") or {}
    if inner:
        return bounds(inner)
    if node.get("type") == "boolean":
        return ["true", "false"]
    low, above, high = (node.get(name) for name in ("minimum", "exclusiveMinimum", "maximum"))
    start = f"above {above:,g}" if above is not None else None if low is None else f"{low:,g}"
    if start is None or high is None:
        return [] if start is None else [start if above is not None else f"{start} or more"]
    return [f"{start} to {high:,g}".replace("-", "−")]


def explained() -> dict[str, tuple[str, list[str]]]:
    """Each setting of the file, words and bounds; of the studies those of all put together, each told where it is first."""
    found: dict[str, tuple[str, list[str]]] = {}
    for path, words, node in settings(FILE, SCHEMA):
        place = re.sub(r"^(engagements|simulations)\.[^.]+", r"\1.<study>", path)
        before = found.get(place, ("", []))[0]
        found[place] = (f"{before} {words}".strip(), bounds(node))
    return found


EXPLAINED = explained()


@pytest.mark.parametrize("place", EXPLAINED)
def test_says_what_it_is_and_may_be(place):
    """A comment beside the setting, or above what it belongs to, has words and names the bounds that are checked."""
    words, allowed = EXPLAINED[place]
    assert len(words.split()) >= 3, f"{place} has no comment in params.yaml"
    lacking = [bound for bound in allowed if not re.search(rf"(?<![\w.]){re.escape(bound)}(?![\w])", words)]
    assert not lacking, f"{place} does not say that it may be: {', '.join(lacking)}"


@pytest.mark.parametrize("part", ["Engagement", "Reader", "Place", "Points", "Scenario", "Simulation"])
def test_names_every_entry_that_a_study_may_have(part):
    """What no bundled study uses is named in a comment: nobody has to read code to learn that it exists."""
    unnamed = [name for name in SCHEMA["$defs"][part]["properties"] if not re.search(rf"\b{name}\b", "\n".join(LINES))]
    assert not unnamed
