"""What if: each way to start with its curve beside that of the first, one at a time on a screen and all of them on paper.

Nothing is computed on the page: the scenarios were played before, and a choice shows what is there. It needs no script, and
where a browser cannot show one way at a time it shows them all.
"""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.change_readings import Way, curve
from kithwork.report.section import Facts

WIDE, TALL, LEFT, FOOT, EDGE = 320, 150, 40, 26, 10
"""Pixels of a drawing, of the room for its scales, and of the air at its other sides."""


def shown(found: list[Way], released: Released, facts: Facts) -> Markup:
    """The choice of a way to start; nothing where there is nothing to choose from."""
    curves = {one.name: rows for one in found if len(rows := curve(released, one.name))}
    first, others = found[0], [one for one in found[1:] if one.name in curves]
    if first.name not in curves or not others:
        return Markup("")
    ways = Markup("").join(
        _way(one, at == 0, first, curves[one.name], curves[first.name], facts) for at, one in enumerate(others)
    )
    return Markup(
        '<fieldset class="whatif"><legend>What if the start were another? Dashed: {}</legend><div>{}</div></fieldset>'
    ).format(first.called.lower(), ways)


def _way(one: Way, chosen: bool, first: Way, rows: pd.DataFrame, beside: pd.DataFrame, facts: Facts) -> Markup:
    said: list[object] = [f"By week {facts.settings.change.weeks}, ", html.with_interval(one.share, "95 of 100 worlds")]
    said.append(f" have taken it up when the start is {one.who(facts.settings)}")
    if one.lead is not None:
        said += [
            f"; mean over weeks, points more than with {first.called.lower()}: ",
            html.with_interval(one.lead, "95 of 100 worlds"),
        ]
    words = (
        f"{one.called}: from {rows['estimate'].iloc[0]:.0f} to {rows['estimate'].iloc[-1]:.0f} per cent over "
        f"{int(rows['week'].iloc[-1])} weeks; {first.called.lower()}: to {beside['estimate'].iloc[-1]:.0f} per cent."
    )
    return Markup(
        '<div class="way"><label><input type="radio" name="way" value="{}"{}> {}</label>'
        '<div class="played">{}{}</div></div>'
    ).format(
        one.name,
        Markup(" checked") if chosen else "",
        one.called,
        _drawing(rows, beside, words),
        html.paragraph(*said, "."),
    )


def _drawing(rows: pd.DataFrame, beside: pd.DataFrame, words: str) -> Markup:
    """The curve of a way over its range, and the first way's, dashed."""
    last = int(rows["week"].iloc[-1])

    def at(week: float, share: float) -> str:
        across = LEFT + (WIDE - LEFT - EDGE) * week / last
        return f"{across:.1f} {EDGE + (TALL - EDGE - FOOT) * (1 - share / 100):.1f}"

    def line(of: pd.DataFrame, column: str) -> list[str]:
        return [at(week, share) for week, share in zip(of["week"], of[column], strict=True)]

    band = "L".join([*line(rows, "high"), *reversed(line(rows, "low"))])
    grid = "".join(
        f'<path class="tr" d="M{at(0, share)}L{at(last, share)}"/>'
        f'<text x="{LEFT - 5}" y="{at(0, share).split()[1]}" dy="4" text-anchor="end">{text}</text>'
        for share, text in ((0, "0"), (50, "50"), (100, "100%"))
    )
    weeks = "".join(
        f'<text x="{at(week, 0).split()[0]}" y="{TALL - 6}" text-anchor="{side}">{text}</text>'
        for week, side, text in ((0, "start", "now"), (last, "end", f"week {last}"))
    )
    return Markup(
        f'<svg class="curve" viewBox="0 0 {WIDE} {TALL}" role="img" aria-label="{{}}">{grid}{weeks}'
        f'<path class="band" d="M{band}z"/><path class="ref" d="M{"L".join(line(beside, "estimate"))}"/>'
        f'<path class="iv" d="M{"L".join(line(rows, "estimate"))}"/></svg>'
    ).format(say.typeset(words))
