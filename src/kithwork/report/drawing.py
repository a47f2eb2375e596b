"""Turns a matplotlib drawing into inline SVG for the page: two widths, page colours, no clashing ids, same bytes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from markupsafe import Markup, escape

from kithwork.report.slimming import ROOT, slim

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTHS = {"wide": 760, "narrow": 320}
"""Pixel widths of the two drawings; the stylesheet shows one of them, at a scale that keeps text at 11 pixels or more."""

COLOURS = {
    "personal": "#1f9e9a",
    "functional": "#1b3a5c",
    "strategic": "#b83a0e",
    "ink": "#1a1d21",
    "muted": "#565d66",
    "axis": "#8a9099",
    "rule": "#dcdfe3",
    "paper": "#ffffff",
    "on_functional": "#fffffe",
    "on_strategic": "#fffffd",
    "on_personal": "#10141a",
}
"""What figures draw in. On inlining each becomes a variable of the page: dark mode and print need no second drawing."""

VARIABLES = {
    "personal": "--per",
    "functional": "--fun",
    "strategic": "--str",
    "ink": "--ink",
    "muted": "--muted",
    "axis": "--axis",
    "rule": "--rule",
    "paper": "--paper",
    "on_functional": "--on-fun",
    "on_strategic": "--on-str",
    "on_personal": "--on-per",
}

STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "kithwork",
    "font.family": "sans-serif",
    "font.size": 12.75,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": COLOURS["axis"],
    "axes.labelcolor": COLOURS["muted"],
    "xtick.color": COLOURS["axis"],
    "xtick.labelcolor": COLOURS["muted"],
    "ytick.color": COLOURS["axis"],
    "ytick.labelcolor": COLOURS["ink"],
    "ytick.major.size": 0,
    "text.color": COLOURS["ink"],
    "text.parse_math": False,
    "figure.dpi": 72,
    "savefig.dpi": 72,
}


THINNEST, LETTER, PICTURE = 4.6, 13.5, 17.0
"""Pixels of the page's thin signs, such as a slash, and of letters and pictures of full width."""

FOREIGN = "\u0530"
"""The first sign of the writings that the page's fonts lack."""


def drawn(
    name: str,
    title: str,
    description: str,
    height: float,
    draw: Callable[[Figure, bool], None],
    narrow_height: float | None = None,
) -> Markup:
    """Both drawings of a figure. `draw(figure, narrow)` fills an empty matplotlib figure; heights are in pixels.

    `description` is read out in place of the picture: chart type, range, what stands out; at least 60 characters.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    assert len(description) >= 60, f"figure {name} needs a fuller description"
    heights = {"wide": height, "narrow": narrow_height or height}
    parts = []
    for label, width in WIDTHS.items():
        with mpl.rc_context(STYLE), _any_script():
            figure = Figure(figsize=(width / 72, heights[label] / 72))
            draw(figure, label == "narrow")
            out = io.StringIO()
            figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        parts.append(_inline(out.getvalue(), f"{name}-{label}", label, title, description))
    return Markup("").join(parts)


def panel(figure: Figure, left: float, top: float, right: float, bottom: float) -> Axes:
    """Axes whose sides lie that many pixels from the sides of the figure."""
    width, height = figure.get_size_inches() * 72
    return figure.add_axes((left / width, bottom / height, 1 - (left + right) / width, 1 - (top + bottom) / height))


def width_of(text: str) -> float:
    """Pixels that a line of text takes at most: matplotlib's own font is wider than the page's, in all but the thinnest
    signs, and lacks those of full width (Unicode Standard Annex 11), which take a little more than a square. What the
    page's fonts lack the reader's system draws, perhaps a little wider.
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    broad = [sign for sign in text if east_asian_width(sign) in "WF"]
    with _any_script():
        size = FontProperties(size=STYLE["font.size"])
        rest = "".join(sign for sign in text if sign not in broad)
        width, _, _ = text_to_path.get_text_width_height_descent(rest, size, ismath=False)
    width *= 0.95 if max(rest, default="") < FOREIGN else 1.15
    return max(width, THINNEST * len(rest)) + sum(LETTER if sign.isalpha() else PICTURE for sign in broad)


@contextmanager
def _any_script() -> Iterator[None]:
    """Says nothing of letters that matplotlib has no font for: the page draws them, in its own."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        yield


def _inline(svg: str, name: str, label: str, title: str, description: str) -> Markup:
    box, body = slim(svg, name, {COLOURS[colour]: f"var({variable})" for colour, variable in VARIABLES.items()})
    return Markup(
        f'<svg class="{label}" role="img" aria-labelledby="{name}-t {name}-d" viewBox="{box}" style="{ROOT}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>{body}</svg>'
    )
