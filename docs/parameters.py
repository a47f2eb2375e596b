"""The settings of `params.yaml`: each key with its value, the range that the schema allows, and the comment beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import yaml

from kithwork import params

PER_STUDY = ("engagements", "simulations")
"""Parts of the file that each study has of its own."""


@dataclass(frozen=True)
class Setting:
    """One key by its path, as the committed file has it; a key that only holds others has no value."""

    key: str
    value: str
    range: str
    about: str


def settings() -> dict[str, list[Setting]]:
    """The settings that all studies share, by section, in the file's order."""
    text = (params.ROOT / "params.yaml").read_text(encoding="utf-8")
    lines, root = text.splitlines(), yaml.compose(text, yaml.SafeLoader)
    schema = params.Params.model_json_schema()
    return {
        key.value: list(_of(value, key.value, _resolved(schema["properties"][key.value], schema), schema, lines))
        for key, value in root.value
        if key.value not in PER_STUDY
    }


def _of(node: yaml.Node, path: str, allowed: dict, schema: dict, lines: list[str]) -> Iterator[Setting]:
    for key, value in node.value:
        own = _resolved(_member(allowed, key.value), schema)
        about = _comment(key, lines)
        name = f"{path}.{key.value}"
        if isinstance(value, yaml.MappingNode) and not value.flow_style:
            if about:
                yield Setting(name, "", "", about)
            yield from _of(value, name, own, schema, lines)
        else:
            start, end, may_be = value.start_mark, value.end_mark, _range(own, schema)
            for said in (may_be, may_be.removeprefix("each ")):
                about = about.replace(f" ({said})", "").replace(f"({said}; ", "(")
            yield Setting(name, start.buffer[start.pointer : end.pointer].strip(), may_be, about)


def _comment(key: yaml.Node, lines: list[str]) -> str:
    """What is said above a key and beside it, with the lines that go on below."""
    at = key.start_mark.line
    above = [*takewhile(lambda line: line.lstrip().startswith("#"), reversed(lines[:at]))][::-1]
    above = [line for line in above if len(line) - len(line.lstrip()) == key.start_mark.column]
    beside = re.search(r" # (.*)", lines[at])
    column = lines[at].find(" # ") + 1
    below = takewhile(lambda line: line.lstrip().startswith("#") and line.find("#") == column, lines[at + 1 :])
    said = [*above, *([beside[1], *below] if beside else [])]
    words = " ".join(line.strip().removeprefix("#").strip() for line in said)
    return re.sub(r"\{.*?\}", r"`\g<0>`", words)


def _member(allowed: dict, key: str) -> dict:
    """What the schema says of one key."""
    return allowed.get("properties", {}).get(key) or allowed.get("additionalProperties") or {}


def _resolved(one: dict, schema: dict) -> dict:
    return schema["$defs"][one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one


def _range(allowed: dict[str, Any], schema: dict) -> str:
    """What a value may be, in words; empty where the schema leaves it open."""
    allowed = _resolved(allowed, schema)
    if "enum" in allowed:
        return ", ".join(allowed["enum"])
    if allowed.get("type") == "boolean":
        return "true or false"
    if allowed.get("type") == "array":
        within = _range(allowed.get("items", {}), schema)
        return f"each {within}" if within else ""
    if allowed.get("type") == "object":
        return _range(allowed.get("additionalProperties") or {}, schema)
    return _between(allowed)


def _between(allowed: dict[str, Any]) -> str:
    low, above = allowed.get("minimum"), allowed.get("exclusiveMinimum")
    high, below = allowed.get("maximum"), allowed.get("exclusiveMaximum")
    least = f"{low:,}" if low is not None else f"above {above:,}" if above is not None else ""
    most = f"{high:,}" if high is not None else f"below {below:,}" if below is not None else ""
    if least and most:
        return f"{least} to {most}"
    return f"{least} or more" if low is not None else least or most
