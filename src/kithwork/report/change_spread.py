"""How the change would spread: whether it travelled along ties so far, ways to start side by side, and what was assumed."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.change.peers import FOUND, NOT_FOUND, verdict_of
from kithwork.release import Released
from kithwork.report import change_figures, change_whatif, html, verdicts
from kithwork.report import sentences as say
from kithwork.report.change_readings import Way, ahead, curve, headline, ways
from kithwork.report.section import Facts
from kithwork.setting import KINDS

ASSUMED = {
    "alone": ("Chance a week to take it up on one’s own", 100, "%"),
    "readiness": ("How much likelier that is per standard deviation of readiness, as a logarithm", 1, ""),
    "follow": ("Chance a week to follow, once enough of those one heeds have", 100, "%"),
    "enough": ("Share of one’s ties that is enough, mean", 100, "%"),
    "spread": ("Its standard deviation between people", 100, "%"),
    "pass_on": ("Chance that a tie passes it on, where it spreads like news", 100, "%"),
}
"""What scenarios assume, in words, by the name in params.yaml; its factor and unit."""
UNDATED = ("pass_on",)
"""What is assumed also where there are dates, of which none tells it."""


def shown(released: Released, facts: Facts, number: str) -> list[Markup]:
    """All of it that the data allow."""
    found = ways(released, facts)
    return [*_so_far(released, facts), *_ways(found, released, facts, number), *_spread(released), *_teams(released)]


def _so_far(released: Released, facts: Facts) -> list[Markup]:
    """Whether those tied to one another took it up at like times, and how many of one's ties are enough."""
    alike = released.get("change.peer_likeness")
    if alike is None:
        return []
    chance = f" Shuffled within {facts.words} it would be {say.number(alike['reference'], 'index')}"
    verdict = verdict_of(alike["label"])
    if verdict == FOUND:
        text = (
            "People tied to one another took it up at like times, more than their "
            + facts.words
            + " alone would give: correlation "
        )
    elif verdict == NOT_FOUND:
        text = "No peer effect is found: people tied to one another took it up at no clearly more like times than others: "
        chance += ", and nothing here speaks for a start along ties rather than telling everybody"
    else:
        text = "Too few people or ties tell whether it travels along ties. Weeks of tied people correlate at "
    parts: list[object] = [text, html.with_interval(alike), f".{chance}."]
    enough, said = released.get("change.enough"), released.get("change.said_enough")
    if enough is not None:
        doubt = "" if verdict == FOUND else " A model that takes any likeness for following reads the dates otherwise."
        parts += [f"{doubt} By the dates, people follow once ", html.with_interval(enough), " of those they heed have"]
        parts += (
            [", and said themselves that ", html.with_interval(said, ""), " would be enough."]
            if said is not None
            else ["."]
        )
    elif said is not None:
        parts += [" People said themselves that ", html.with_interval(said), " of those around them would be enough."]
    limit = "People who are alike choose one another and act alike (Shalizi & Thomas 2011): likeness is no influence."
    return [html.paragraph(*parts), html.paragraph(limit, cls="small")]


def _ways(found: list[Way], released: Released, facts: Facts, number: str) -> list[Markup]:
    """The figure of ways to start, with all of them in its table, and the assumptions they rest on."""
    if not found:
        return []
    first, lead = found[0], next(iter(ahead(found, facts.settings)), None)
    title = headline(found, facts.settings)
    weeks = facts.settings.change.weeks
    drawn = {one.called: curve(released, one.name) for one in (first, lead or found[-1]) if one is not None}
    drawn = {name: rows for name, rows in drawn.items() if len(rows)}
    columns = [
        ("Way to start", ""),
        (f"Have taken it up by week {weeks}", "f"),
        (f"Points over {first.called.lower()}, mean over weeks", "f"),
        ("Worlds in which it is ahead", "f"),
        ("If it spreads like news", "f"),
    ]
    rows = [
        [
            Markup('{}<span class="d">{}</span>').format(one.called, _who(one, facts)),
            html.pair(one.share),
            "–" if one.lead is None else html.pair(one.lead),
            "–" if one.ahead is None else html.pair(one.ahead),
            "–" if one.cascade is None else html.pair(one.cascade),
        ]
        for one in found
    ]
    sub = f"The share who would have taken it up, middle and range of {facts.settings.change.worlds:,} worlds"
    if len(found) > 1:
        sub += (
            f"; then how many more have with each way than with {first.called.lower()}, mean over weeks of the same worlds"
        )
    sub += ". Those who start are counted among them."
    table = html.table(f"Ways to start, by week {weeks}: scenarios, with what holds 95 of 100 worlds", columns, rows)
    source = f"n: {first.share['n']:,} people. Scenarios, not forecasts; what they assume stands below the table of ways."
    picture = change_figures.ways(found, drawn, title)
    return [
        html.figure(number, title, sub, picture, source, _weekly(found, released), _drawn(found, released)),
        table,
        change_whatif.shown(found, released, facts),
        *_not_played(found, facts),
        _assumed(first, released, facts),
    ]


def _not_played(found: list[Way], facts: Facts) -> list[Markup]:
    """The ways that params.yaml names and these data do not allow."""
    played = {one.name for one in found}
    rest = [name.replace("_", " ") for name in facts.settings.change.scenarios if name not in played]
    told = f"Not played, for want of data: {say.join(rest)}. The chapter says what each would take."
    return [html.paragraph(told, cls="small")] if rest else []


def _who(one: Way, facts: Facts) -> str:
    text = one.who(facts.settings)
    times = f": taking it up on one’s own is {one.scenario.campaign:g} times as likely"
    return text + (times if one.scenario.campaign != 1 else "")


def _weekly(found: list[Way], released: Released) -> Markup:
    """The curves of all ways as figures: weeks down, ways across."""
    curves = {one.called: rows for one in found if len(rows := curve(released, one.name))}
    if not curves:
        return Markup("")
    by_week = [
        [f"Week {week}", *(html.pair(rows[rows["week"] == week].iloc[0]) for rows in curves.values())]
        for week in next(iter(curves.values()))["week"]
    ]
    columns = [("Week", ""), *((name, "f") for name in curves)]
    return html.table("Share who have taken it up, with what holds 95 of 100 worlds", columns, by_week)


def _drawn(found: list[Way], released: Released) -> pd.DataFrame:
    """The claims of all curves, and of what every way leads by."""
    leads = [one.lead for one in found if one.lead is not None]
    return pd.concat([*(curve(released, one.name) for one in found), pd.DataFrame(leads)])


def _assumed(first: Way, released: Released, facts: Facts) -> Markup:
    """What every scenario rests on, to be unfolded: where dates of adoption tell, only what they leave to be assumed."""
    change, by_dates = facts.settings.change, released.get("change.alone") is not None
    rows = [
        [text, _range(f"{low * factor:g} to {high * factor:g}{unit}")]
        for name, (text, factor, unit) in ASSUMED.items()
        if name in UNDATED or not by_dates
        for low, high in [getattr(change.assumed, name)]
    ]
    rows += [[f"How far {kind} ties count", _range(f"{change.heed[kind] * 100:g}%")] for kind in KINDS]
    caption = "Stated ranges, from which every world draws"
    caption += "; all else that scenarios rest on was estimated from dates" if by_dates else ""
    table = html.table(caption, [("Assumption", ""), ("Range", "f")], rows)
    how = html.paragraph(say.typeset(f"{first.share['method']}."), cls="small")
    return html.folded("What the scenarios assume", table + how)


def _range(text: str) -> Markup:
    """A setting, which is no figure of this study."""
    return Markup('<span class="ci">{}</span>').format(say.typeset(text))


def _spread(released: Released) -> list[Markup]:
    """Whether starters of all groups go farther than as many of one."""
    spread = released.get("change.start_spread")
    if spread is None:
        return []
    words = {"above": "farther than", "below": "less far than", "between": "neither clearly farther nor less far than"}
    times = verdicts.multiple(spread)
    side = f"{times} as far as" if times else words[verdicts.side(spread, 1.0)]
    text = f"In simulation, starters spread over all groups go {side} the same number in one group, for each of them: "
    return [html.paragraph(text, html.with_interval(spread, "95% interval of the mean over worlds"), ".")]


def _teams(released: Released) -> list[Markup]:
    """What small teams together would touch; no measure of one team, which is fewer people than may be told of."""
    reach, chance = released.get("change.team_reach"), released.get("change.team_random")
    if reach is None or chance is None:
        return []
    margin = released.get("change.team_margin")
    more = "" if margin is None or margin["low"] > 0 else " That is not clearly more."
    return [
        html.paragraph(
            "Small teams chosen for reach, for differing places and for trust among themselves would together touch ",
            html.with_interval(reach, "interval"),
            " of the people; teams drawn at random ",
            html.with_interval(chance, "95% of draws"),
            f".{more} Nobody is named here: only who offered to help is, to those who plan the start.",
        )
    ]
