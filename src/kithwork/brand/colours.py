"""Whether an accent can be read, and told from the relation colours, which mean kinds of relationship and nothing else.

Contrast: (L1 + 0.05) / (L2 + 0.05) of relative luminances (WCAG 2.2, definition of contrast ratio). Difference: CIEDE2000
of sRGB under D65 (Sharma, Wu and Dalal 2005, *Color Research and Application* 30:21-30).
"""

from __future__ import annotations

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

PAPER = {"light": "#ffffff", "dark": "#15191e"}
"""What pages are written on, on white and on a dark screen."""

RELATIONS = {
    "light": {"personal": ("#1f9e9a", "#0b6b66"), "functional": ("#1b3a5c",), "strategic": ("#b83a0e",)},
    "dark": {"personal": ("#7adccb",), "functional": ("#6a92d0", "#8db0e6"), "strategic": ("#f0814a",)},
}
"""The colours of the three kinds, as shapes and as words."""

LEAST_CONTRAST = 4.5
"""Of text on its ground (WCAG 2.2, 1.4.3)."""

LEAST_DIFFERENCE = 20.0
"""CIEDE2000 from each relation colour."""

WHITE = (0.95047, 1.0, 1.08883)
"""D65."""


def contrast(one: str, other: str) -> float:
    """From 1 to 21, of two colours written #rrggbb."""
    dark, light = sorted(_xyz(colour)[1] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def difference(one: str, other: str) -> float:
    """CIEDE2000 of two colours written #rrggbb: 0 for the same, about 2 for what is just seen, 100 for black and white."""
    return ciede2000(_lab(one), _lab(other))


def confusable(colour: str, mode: str) -> str | None:
    """The kind of relationship whose colour this is too like, if any; `mode` is light or dark."""
    distances = {kind: min(difference(colour, its) for its in colours) for kind, colours in RELATIONS[mode].items()}
    nearest = min(distances, key=distances.__getitem__)
    return nearest if distances[nearest] < LEAST_DIFFERENCE else None


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The difference of two colours in CIELAB."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    chroma7 = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    stretch = 1 + 0.5 * (1 - sqrt(chroma7 / (chroma7 + 25**7)))
    (c1, h1), (c2, h2) = (_polar(a * stretch, b) for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    lightness, chroma, hue = l2 - l1, c2 - c1, 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = _mean_hue(h1, h2) if c1 * c2 else h1 + h2
    weight = (
        1
        - 0.17 * cos(radians(mean_h - 30))
        + 0.24 * cos(radians(2 * mean_h))
        + 0.32 * cos(radians(3 * mean_h + 6))
        - 0.20 * cos(radians(4 * mean_h - 63))
    )
    of_l = 1 + 0.015 * (mean_l - 50) ** 2 / sqrt(20 + (mean_l - 50) ** 2)
    of_c, of_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * weight
    rotation = -2 * sqrt(mean_c**7 / (mean_c**7 + 25**7)) * sin(radians(60 * exp(-(((mean_h - 275) / 25) ** 2))))
    l_, c_, h_ = lightness / of_l, chroma / of_c, hue / of_h
    return sqrt(max(l_**2 + c_**2 + h_**2 + rotation * c_ * h_, 0.0))


def _polar(a: float, b: float) -> tuple[float, float]:
    return hypot(a, b), degrees(atan2(b, a)) % 360


def _mean_hue(h1: float, h2: float) -> float:
    if abs(h1 - h2) <= 180:
        return (h1 + h2) / 2
    return (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2


def _xyz(colour: str) -> tuple[float, float, float]:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return (
        0.4124564 * red + 0.3575761 * green + 0.1804375 * blue,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        0.0193339 * red + 0.1191920 * green + 0.9503041 * blue,
    )


def _lab(colour: str) -> tuple[float, float, float]:
    scaled = (one / white for one, white in zip(_xyz(colour), WHITE, strict=True))
    x, y, z = (one ** (1 / 3) if one > 216 / 24389 else (24389 / 27 * one + 16) / 116 for one in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
