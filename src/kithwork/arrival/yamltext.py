"""Changes single values in a YAML text and leaves every other byte as it is, comments and order with it.

A library that reads and writes the whole would wrap lines and even out spaces; here the parser only says what stands where.
"""

from __future__ import annotations

from collections.abc import Sequence

import yaml

STEP = 2
"""Spaces by which a level is set in."""


class CannotBePlacedError(ValueError):
    """The text has no block mapping where a key is to be put."""


def put(text: str, path: Sequence[str], lines: Sequence[str], before: Sequence[str] = ()) -> str:
    """The text with a key's value given by `lines`: what stands behind the colon, and the lines below it, not set in.

    A key that is there is given the new value and keeps the comment on its line; a new one follows the last of its
    mapping, with the comment lines `before` it. Raises `CannotBePlacedError`.
    """
    found = _Text(text)
    parent = found.mapping(path[:-1])
    pairs = {key.value: (key, value) for key, value in parent.value}
    depth = parent.value[0][0].start_mark.column if parent.value else (len(path) - 1) * STEP
    if path[-1] in pairs:
        key, value = pairs[path[-1]]
        first, last = key.start_mark.line, found.last_line(key, value)
        new = [f"{path[-1]}:{_led(lines[0])}{found.comment(value, last)}", *lines[1:]]
    else:
        first, last = found.end_of(path[:-1], parent) + 1, found.end_of(path[:-1], parent)
        new = [*before, f"{path[-1]}:{_led(lines[0])}", *lines[1:]]
    return found.replaced(first, last, [f"{' ' * depth}{line}".rstrip() for line in new])


def with_item(text: str, path: Sequence[str], lines: Sequence[str]) -> str:
    """The text with one item more in a list; a single mapping that stands there becomes the first item of one."""
    found = _Text(text)
    parent = found.mapping(path[:-1])
    key, value = next((key, value) for key, value in parent.value if key.value == path[-1])
    first, last = key.start_mark.line, found.last_line(key, value)
    item = [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
    if isinstance(value, yaml.SequenceNode) and not value.flow_style:
        depth = value.value[0].start_mark.column - STEP
        return found.replaced(last + 1, last, [f"{' ' * depth}{line}" for line in item])
    depth = key.start_mark.column + STEP
    if value.flow_style:
        if isinstance(value, yaml.SequenceNode):
            raise CannotBePlacedError(path[-1])
        held = found.lines[value.start_mark.line][value.start_mark.column :].rstrip("\r\n")
        held = [held, *(line.rstrip("\r\n") for line in found.lines[value.start_mark.line + 1 : last + 1])]
        old = [f"{' ' * key.start_mark.column}{path[-1]}:", f"{' ' * depth}- {held[0]}", *held[1:]]
    else:
        start = value.start_mark.line
        head = [line.rstrip("\r\n") for line in found.lines[first:start]]
        body = [line.rstrip("\r\n") for line in found.lines[start : last + 1]]
        column = value.start_mark.column
        old = [
            *head,
            f"{' ' * column}- {body[0][column:]}",
            *(f"{' ' * STEP}{line}" if line else line for line in body[1:]),
        ]
        depth = column
    return found.replaced(first, last, [*old, *(f"{' ' * depth}{line}" for line in item)])


def written(value: object, flow: bool = False) -> list[str]:
    """A value as lines of YAML, as `put` takes them."""
    layout = {"sort_keys": False, "allow_unicode": True, "default_flow_style": flow, "width": 10**6}
    text = yaml.dump(value, Dumper=_SetIn, **layout)
    lines = text.removesuffix("...\n").splitlines()
    plain = not isinstance(value, dict | list) or flow or not value
    return lines if plain else ["", *(f"{' ' * STEP}{line}" for line in lines)]


class _SetIn(yaml.SafeDumper):
    """Sets lists in below their key, as the file does."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def _led(value: str) -> str:
    return f" {value}" if value else ""


class _Text:
    """A text with its lines and nodes."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines(keepends=True)
        self.end = "\r\n" if "\r\n" in text else "\n"
        self.root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def mapping(self, path: Sequence[str]) -> yaml.MappingNode:
        """The block mapping at a path. Raises `CannotBePlacedError`."""
        node = self.root
        for part in path:
            inner = {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
            node = inner.get(part)
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            raise CannotBePlacedError(".".join(path))
        return node

    def last_line(self, key: yaml.Node, value: yaml.Node) -> int:
        """The last line of a key's value; comments below it that are set in no deeper than the key are not of it."""
        return self._back(value, key.start_mark.column)

    def end_of(self, path: Sequence[str], parent: yaml.MappingNode) -> int:
        """The last line of what stands in a mapping."""
        return self._back(parent, parent.start_mark.column - STEP)

    def _back(self, node: yaml.Node, depth: int) -> int:
        if getattr(node, "flow_style", False) or (isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">")):
            return node.end_mark.line
        last = min(node.end_mark.line, len(self.lines)) - 1
        if node.end_mark.column and node.end_mark.line < len(self.lines) and not node.value:
            last = node.end_mark.line
        while last > node.start_mark.line and self._between(self.lines[last], depth):
            last -= 1
        return last

    @staticmethod
    def _between(line: str, depth: int) -> bool:
        bare = line.strip()
        return not bare or (bare.startswith("#") and len(line) - len(line.lstrip()) <= depth)

    def comment(self, value: yaml.Node, last: int) -> str:
        """The comment on the line on which a value of one line ends."""
        if value.end_mark.line != last or value.start_mark.line != last:
            return ""
        rest = self.lines[last][value.end_mark.column :].rstrip("\r\n")
        return rest if rest.strip().startswith("#") else ""

    def replaced(self, first: int, last: int, new: Sequence[str]) -> str:
        """The text with lines `first` to `last` replaced."""
        before, after = self.lines[:first], self.lines[last + 1 :]
        if before and not before[-1].endswith("\n"):
            before[-1] += self.end
        return "".join([*before, *(f"{line}{self.end}" for line in new), *after])
