"""What people write of the market: topics with their share, since when, and whether they rise; and what may be quoted."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html, market_figures
from kithwork.report import sentences as say
from kithwork.report.market_readings import ABOUT, Market, Topic, topics
from kithwork.report.section import Facts

NEEDED = html.missing(
    "Nobody was asked, and no text was brought, about what is heard outside.",
    "Two open questions in the survey, or notes from client visits, would show what is talked about, since when, by how "
    "many people, and from how many independent sources.",
)


def shown(released: Released, market: Market, facts: Facts, number: str) -> list[Markup]:
    """The topics about the market in a figure and in words, others folded; where there are none, why."""
    counted, found = released.get("market.topics"), topics(released, market)
    if counted is None:
        return [NEEDED]
    if not found:
        text = "The texts fall into no topics that would be found again, or into none that enough people wrote of: "
        return [html.paragraph(text, html.with_interval(counted), " topics; n counts texts.")]
    outside = [one for one in found if one.of_market] or found
    stable = released.get("market.topic_stability")
    lines: list[object] = [_rising(outside, facts)]
    if stable is not None:
        lines += [
            " How far a topic is found again when the texts are drawn anew, 1 being wholly: ",
            html.with_interval(stable),
        ]
        lines.append("; n counts texts.")
    return [
        html.figure(
            number,
            title(outside),
            "Share of all texts read, with 95% interval, and when each topic began and was written of most",
            market_figures.topics(outside, title(outside)),
            f"n = {outside[0].share['n']:,} texts that people wrote, without copies; topics are found by meaning, "
            "and named by their own words or by an analyst. A trend is told only where it stands out among so many.",
            _table(outside),
            pd.DataFrame([claim for one in outside for claim in (one.share, one.rise) if claim is not None]),
        ),
        *_others([one for one in found if one not in outside]),
        html.paragraph(*lines),
        *_about(released),
        *_quoted(found, market),
    ]


def title(found: Sequence[Topic]) -> str:
    """Which topics rise, or that none does, or that dates are missing."""
    rising = [one for one in found if one.rising]
    if len(rising) == 1:
        return f"“{rising[0].name}” is written of more and more"
    if rising:
        return f"{say.sentence(say.count(len(rising)))} of {say.several(len(found), 'topic')} are written of more and more"
    written = f"{say.sentence(say.several(len(found), 'topic'))} {say.verb(len(found), 'is', 'are')} written"
    watched = [one for one in found if one.trend is not None and one.trend["trend"] != "too few to tell"]
    if not watched:
        return f"{written} of; since when cannot be told"
    return f"{written} of, and none clearly more than before"


def _rising(found: Sequence[Topic], facts: Facts) -> str:
    """How topics move, in words; a list of names only where it is short."""
    names = {kind: [f"“{one.name}”" for one in found if one.trend is not None and one.trend["trend"] == kind]
             for kind in ("rising", "falling", "no trend")}  # fmt: skip
    parts = [
        f"{say.join(names[kind])} {say.verb(len(names[kind]), 'is', 'are')} {kind}"
        for kind in ("rising", "falling")
        if names[kind]
    ]
    if parts:
        return f"{say.sentence(say.join(parts))}."
    if names["no trend"]:
        return "No topic clearly rises or falls."
    return f"A trend needs texts from at least {say.count(facts.settings.market.watched)} weeks."


def _others(found: Sequence[Topic]) -> list[Markup]:
    """Topics that are about none of the parts of the market, folded."""
    if not found:
        return []
    text = f"{say.sentence(say.several(len(found), 'other topic'))}, about none of the parts of the market"
    return [html.folded(text, _table(found))]


def _table(found: Sequence[Topic]) -> Markup:
    """What the figure draws."""
    columns = [("Topic", ""), ("About", "f"), ("Share of texts", "f"), ("Change a month", "f"), ("Trend", "f")]
    columns += [("Began in the week of (95% interval)", "f"), ("Burst", "f")]
    rows = [
        [
            one.name,
            ABOUT[one.role] if one.role else "none of the five",
            html.pair(one.share),
            html.pair(one.rise) if one.rise is not None else "–",
            one.trend["trend"] if one.trend is not None else "–",
            _began(one.trend),
            _burst(one.trend),
        ]
        for one in found
    ]
    return html.table(
        "Topics, with 95% intervals; change in points of share, its trend told after correction for the number of topics",
        columns,
        rows,
    )


def _began(trend: pd.Series | None) -> str:
    """The week of its onset, and its interval where that is wider than the week."""
    if trend is None:
        return "–"
    found, low, high = (_week(trend, name) or "before the first week" for name in ("onset", "onset_low", "onset_high"))
    return found if found == low == high else f"{found} ({low} to {high})"


def _about(released: Released) -> list[Markup]:
    """What of the market texts are about, over all of them."""
    rows = [
        [say.sentence(word), html.shown(claim), html.strip(claim, 0, 100), say.interval(claim, "")]
        for role, word in ABOUT.items()
        if (claim := released.get(f"market.about.{role}")) is not None
    ]
    if not rows:
        return []
    columns = [("About", ""), ("Texts", "num r big q"), ("Range", "sc q"), ("95% interval", "f")]
    told = released.get("market.told_about")
    parts = [html.table("Expected share of texts about each part of the market", columns, rows)]
    if told is not None:
        lines: list[object] = ["Texts of which it can be told what they are about: ", html.with_interval(told), "."]
        met = released.get("market.ticks_met")
        if met is not None:
            text = " Where its writer said so, what a text is about is told rightly, from other people's texts alone, for "
            lines += [text, html.with_interval(met), "; n counts texts."]
        parts.append(html.paragraph(*lines))
    return parts


def _quoted(found: Sequence[Topic], market: Market) -> list[Markup]:
    """Words of people who agreed to be quoted, names and numbers taken out."""
    if market.quotes is None or market.quotes.rows.empty:
        return []
    parts = [html.paragraph("In their own words, by consent; names, addresses and numbers are taken out:")]
    for one in found:
        for words in market.quotes.of(one.id):
            parts.append(Markup('<blockquote><p>{} <span class="src">{}</span></p></blockquote>').format(words, one.name))
    return parts


def _week(trend: pd.Series | None, column: str) -> str:
    return "" if trend is None or pd.isna(trend[column]) else f"{pd.Timestamp(trend[column]):%-d %B %Y}"


def _burst(trend: pd.Series | None) -> str:
    if trend is None or pd.isna(trend["burst_from"]):
        return "–"
    return f"{_week(trend, 'burst_from')} to {_week(trend, 'burst_until')}"
