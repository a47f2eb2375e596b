"""What a figure may be called, given its interval: beside a threshold, as a change, as a fraction, as a multiple, as none.

The smallest useful difference is stated in params.yaml before the run, in points of 100 and, where units differ, in them:
one below it is not worth acting on. Rules V, C, F, M and 0 of the report's sentences; each says at most what the whole
interval allows. Verbal fractions stand only where the figure is within three points of them: words for shares are read
differently by different people, numbers are not (van der Bles et al. 2020, PNAS 117:7672).
"""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from kithwork.params import Settings

NEAR = 3
"""Points from a fraction within which a share is called by it."""
WIDE = 20
"""Points of an interval from which on no fraction stands for it."""
FRACTIONS = {
    Fraction(1, 10): "a tenth", Fraction(1, 5): "a fifth", Fraction(1, 4): "a quarter", Fraction(1, 3): "a third",
    Fraction(1, 2): "half", Fraction(2, 3): "two thirds", Fraction(3, 4): "three quarters",
    Fraction(9, 10): "nine tenths",
}  # fmt: skip
"""The fractions that have a name."""
NEARLY_HALF = 44, 49
"""Shares, in per cent, that are nearly half."""
MULTIPLES = {2: "twice", 3: "three times", 4: "four times", 5: "five times", 10: "ten times"}
POINTS = ("%", "points", "score")
"""Units of 0 to 100."""


def useful(claim: pd.Series, settings: Settings) -> float | None:
    """The smallest difference worth acting on, in the claim's unit; None where none is stated. The change has its own."""
    if claim["unit"] in POINTS:
        return (settings.change if claim["stage"] == "change" else settings.report).useful_difference
    return settings.report.useful_in.get(claim["unit"])


def side(claim: pd.Series, reference: float | None = None) -> str:
    """`above` or `below` where the whole interval lies there, else `between`; `reference`: other than the claim's own."""
    at = claim["reference"] if reference is None else reference
    return "above" if claim["low"] > at else "below" if claim["high"] < at else "between"


def verdict(low: float, high: float, threshold: float, useful: float) -> str:
    """`clearly above`, `above`, `about the same as`, `not clearly different from`, `below` or `clearly below`.

    "Above" and "below" need the whole interval there; "clearly" that it clears the threshold by the useful difference.
    """
    if low > threshold:
        return "clearly above" if low > threshold + useful else "above"
    if high < threshold:
        return "clearly below" if high < threshold - useful else "below"
    return "about the same as" if (high - low) / 2 <= useful else "not clearly different from"


def against(claim: pd.Series, settings: Settings) -> str:
    """The verdict of a claim against its own reference; "clearly" only in units that a useful difference is stated for."""
    least = useful(claim, settings)
    words = verdict(claim["low"], claim["high"], claim["reference"], least or 0.0)
    return words if least is not None else words.removeprefix("clearly ")


def change(claim: pd.Series, settings: Settings) -> int:
    """1 up, -1 down, 0 where the interval of a change holds none, or where it is too little to act on."""
    if abs(claim["estimate"]) < (useful(claim, settings) or 0.0):
        return 0
    return int(claim["low"] > 0) - int(claim["high"] < 0)


def fraction(claim: pd.Series) -> str | None:
    """A share in words, `about a quarter`, `more than half`, or None: then its number says it better.

    "More than" and "less than" need the whole interval on that side; so does "nearly half" need its upper end at half.
    """
    share, low, high = (claim[name] for name in ("estimate", "low", "high"))
    if NEARLY_HALF[0] <= share <= NEARLY_HALF[1] and high <= 50:
        return "nearly half"
    at = min(FRACTIONS, key=lambda one: abs(100 * one - share))
    if abs(100 * at - share) > NEAR or high - low > WIDE:
        return None
    if low > 100 * at:
        return f"more than {FRACTIONS[at]}"
    return f"less than {FRACTIONS[at]}" if high < 100 * at else f"about {FRACTIONS[at]}"


def multiple(claim: pd.Series) -> str | None:
    """How many times, `about twice`, for a ratio that has an interval of its own; None where no multiple is near.

    The whole interval must be nearer to this multiple than to the next, or the word would say more than it; and hold the
    multiple, or lie about it to within a tenth.
    """
    if claim["unit"] != "times":
        raise ValueError(f"{claim['id']} is no ratio with an interval of its own")
    near = round(claim["estimate"])
    fits = near in MULTIPLES and near - 0.5 <= claim["low"] and claim["high"] <= near + 0.5
    fits = fits and (claim["low"] <= near <= claim["high"] or abs(claim["estimate"] - near) <= near / 10)
    return f"about {MULTIPLES[near]}" if fits else None
