"""Matplotlib's SVG with the same look in a fraction of its bytes.

A drawing is a list of marks in the order in which they are painted. Groups that say nothing are dissolved; coordinates keep
a tenth of a pixel; marks that follow one another in one style share it, and their paths become one where none covers
another; a clip is kept only where it cuts something. Markers stay references to one shape each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from kithwork import display

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ARGUMENTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
"""Numbers that follow each command of a path, as matplotlib writes them."""
ROOT = "font:12.75px sans-serif;stroke-linejoin:round;stroke-linecap:butt"
"""What holds in a drawing where nothing else is said."""
SAID = {"font-size": "12.75px", "stroke-linejoin": "round", "stroke-linecap": "butt", "text-anchor": "start"}
"""Properties that need no saying with these values."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """One thing painted: what it looks like, by which rectangle it is cut, the pixels it lies in, and its SVG or path."""

    style: str
    clip: Box | None
    box: Box
    text: str
    path: str = ""


def slim(svg: str, name: str, colours: Mapping[str, str]) -> tuple[str, str]:
    """The view box of a drawing and what lies in it; `name` starts every id, and `colours` has each colour instead."""
    from lxml import etree

    root = etree.fromstring(display.readable(svg[svg.index("<svg") :]).encode())
    for element in root.iter("{*}path", "{*}use", "{*}text"):
        element.set(
            "style", re.sub("#[0-9a-f]{6}", lambda colour: colours.get(colour[0], colour[0]), element.get("style", ""))
        )
    clips = {f"url(#{one.get('id')})": _rectangle(one[0]) for one in root.iter("{*}clipPath")}
    shapes = {f"#{one.get('id')}": one for one in root.iter("{*}path") if one.get("id")}
    names = {place: f"{name}-{i}" for i, place in enumerate(shapes)}
    marks = list(_marks(root, None, clips, names, shapes))
    cuts: dict[Box, str] = {}
    body = "".join(_run(list(run), cuts, name) for _, run in groupby(marks, key=lambda one: (one.style, one.clip)))
    shared = [_shape(names[place], one) for place, one in shapes.items()] + [_cut(cut, box) for box, cut in cuts.items()]
    return root.get("viewBox"), f"<defs>{''.join(shared)}</defs>{body}" if shared else body


def _marks(
    element: Element, clip: Box | None, clips: dict[str, Box], names: dict[str, str], shapes: dict[str, Element]
) -> Iterator[Mark]:
    """All marks under an element, in order."""
    for child in element:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        cut = clips.get(child.get("clip-path"), clip)
        if tag == "g":
            yield from _marks(child, cut, clips, names, shapes)
        elif tag == "path" and child.get("id") is None:
            path, box = _path(child.get("d"), 1)
            if path:
                yield Mark(_style(child), cut, box, f'<path d="{path}"/>', path)
        elif tag == "use":
            place = child.get("{http://www.w3.org/1999/xlink}href")
            x, y = float(child.get("x", 0)), float(child.get("y", 0))
            left, top, right, bottom = _path(shapes[place].get("d"), 2)[1]
            drawn = f'<use href="#{names[place]}" x="{_short(x)}" y="{_short(y)}"/>'
            yield Mark(_style(child), cut, (x + left, y + top, x + right, y + bottom), drawn)
        elif tag == "text":
            yield Mark(_style(child), None, (0, 0, 0, 0), _text(child))


def _run(marks: list[Mark], cuts: dict[Box, str], name: str) -> str:
    """Marks of one style as SVG, cut where one reaches over the rectangle."""
    style, clip = marks[0].style, marks[0].clip
    half = float((re.search(r"stroke-width:([\d.]+)", style) or [0, 1])[1]) / 2 if "stroke:" in style else 0
    over = clip is not None and any(not _inside(one.box, clip, half) for one in marks)
    said = _styled(style)
    if over:
        said += f' clip-path="url(#{cuts.setdefault(clip, f"{name}-c{len(cuts)}")})"'
    if all(one.path for one in marks) and (len(marks) == 1 or _apart(marks, half)):
        return f'<path d="{"".join(one.path for one in marks)}"{said}/>'
    return f"<g{said}>{''.join(one.text for one in marks)}</g>" if said else "".join(one.text for one in marks)


def _apart(marks: list[Mark], half: float) -> bool:
    """Whether one path can stand for all: none of them lies over another, or all are opaque lines."""
    style = marks[0].style
    if "opacity" in style:
        return False
    return "fill:none" in style or not any(_overlap(one.box, other.box) for one, other in combinations(marks, 2))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _inside(box: Box, clip: Box, half: float) -> bool:
    reach = half - 0.05
    return (
        box[0] - reach >= clip[0] and box[1] - reach >= clip[1] and box[2] + reach <= clip[2] and box[3] + reach <= clip[3]
    )


def _shape(name: str, element: Element) -> str:
    return f'<path id="{name}" d="{_path(element.get("d"), 2)[0]}"{_styled(_style(element))}/>'


def _cut(name: str, box: Box) -> str:
    x, y, to_x, to_y = box
    size = f'width="{_short(to_x - x)}" height="{_short(to_y - y)}"'
    return f'<clipPath id="{name}"><rect x="{_short(x)}" y="{_short(y)}" {size}/></clipPath>'


def _text(element: Element) -> str:
    """A line of text at its place; it is turned only where it is turned at all."""
    turn = element.get("transform", "")
    turned = "" if turn.startswith(("rotate(0 ", "rotate(-0 ")) else f' transform="{escape(turn)}"'
    place = "".join(f' {name}="{_short(float(element.get(name)))}"' for name in ("x", "y") if element.get(name))
    return f"<text{place}{turned}>{escape(element.text or '')}</text>"


def _style(element: Element) -> str:
    """The element's style without what holds anyhow; the page names the fonts."""
    pairs = [part.split(":", 1) for part in element.get("style", "").split(";") if part.strip()]
    said = {key.strip(): value.strip() for key, value in pairs}
    return ";".join(f"{key}:{value}" for key, value in said.items() if key != "font-family" and SAID.get(key) != value)


def _styled(style: str) -> str:
    return f' style="{escape(style)}"' if style else ""


def _rectangle(element: Element) -> Box:
    x, y, width, height = (float(element.get(name)) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def _path(drawn: str, digits: int) -> tuple[str, Box]:
    """A path in few signs, and the box around its points."""
    tokens = iter(re.findall(r"[A-Za-z]|-?[\d.]+(?:e[-+]?\d+)?", drawn))
    parts, points, here = [], [], (None, None)
    for command in tokens:
        values = [float(next(tokens)) for _ in range(ARGUMENTS[command.upper()])]
        points += zip(values[::2], values[1::2], strict=True)
        short = [_short(value, digits) for value in values]
        to = tuple(short[-2:]) if short else (None, None)
        if command == "L" and to == here:
            continue
        if command == "L" and to[1] == here[1]:
            parts.append(f"H{to[0]}")
        elif command == "L" and to[0] == here[0]:
            parts.append(f"V{to[1]}")
        else:
            parts.append(command + " ".join(short))
        here = to
    if not points:
        return "", (0, 0, 0, 0)
    across, down = zip(*points, strict=True)
    return "".join(parts), (min(across), min(down), max(across), max(down))


def _short(value: float, digits: int = 1) -> str:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
