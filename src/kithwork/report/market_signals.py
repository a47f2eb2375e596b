"""The short list: which signals are worth acting on, by how many independent sources stand behind them."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.market_tables import ACT, DECISIONS
from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.market_readings import ABOUT, Market
from kithwork.report.section import Facts

DOES = {"act": "Act", "test": "Test small", "watch": "Watch", "park": "Leave"}
"""What to do with a signal, in words."""
MANY = 12
"""Signals that the list shows before it is folded."""


def shown(released: Released, market: Market, facts: Facts) -> list[Markup]:
    """The ranked signals, what the ranking rests on, and how many are held back; nothing where there is none."""
    if market.signals.empty:
        return []
    ranked = market.signals.sort_values(["rank", "signal_id"])
    rows = [row for _, one in ranked.iterrows() if (row := _row(one, released, market)) is not None]
    if not rows:
        return []
    columns = [
        ("Signal", ""),
        ("Sources", "f"),
        ("Heard from", "f"),
        ("Real", "f"),
        ("Worth", "f"),
        ("Rank", "f"),
        ("Do", "f"),
    ]
    caption = "Signals by expected rank, with 95% intervals; sources are counted once where they are not independent"
    backed = released.get("market.corroborated")
    text: list[object] = [title(market)]
    if backed is not None:
        text += [". Signals with two independent sources or more: ", html.with_interval(backed), "; n counts signals"]
    kept = released.get("market.top_kept")
    if kept is not None:
        best = say.count(min(facts.settings.market.top, int(kept["n"])))
        text += [
            f". Of the best {best}, those that would be so under other assumptions: ",
            html.with_interval(kept, "range"),
        ]
    low, high = (f"{share:.0%}".replace("%", " in 100") for share in facts.settings.market.corroboration.real)
    does = (
        f"Act: among the best {say.count(facts.settings.market.top)} in 80 of 100 draws, from two independent sources. "
        "Test small: about as likely real as not. Watch: likelier among the best than by lot. Leave: the others. "
    )
    rests = does + (
        f"How many of all signals are real is assumed, {low} to {high}; the chances above run over that range. Worth is in "
        "the client's currency, as stated on the register of ideas, drawn towards what such ideas are worth in general."
    )
    parts = [html.paragraph(*text, "."), html.table(caption, columns, rows[:MANY])]
    if rows[MANY:]:
        parts.append(html.folded("Further signals", html.table(caption, columns, rows[MANY:])))
    if market.signals_held_back:
        held = say.sentence(say.several(market.signals_held_back, "signal"))
        verb = say.verb(market.signals_held_back, "is", "are")
        parts.append(
            html.paragraph(
                f"[c] {held} {verb} held back: fewer than {released.smallest_group} people stand behind.", cls="small"
            )
        )
    return [*parts, html.paragraph(rests, cls="small")]


def title(market: Market) -> str:
    """How many signals may be acted on, and the first of them."""
    acting = market.signals[market.signals["decision"] == ACT].sort_values(["rank", "signal_id"])
    if acting.empty:
        return "No signal is sure and valuable enough to act on yet"
    first = market.names[acting["signal_id"].iloc[0]]
    if len(acting) == 1:
        return f"One signal is worth acting on: “{first}”"
    return f"{say.sentence(say.several(len(acting), 'signal'))} are worth acting on, first “{first}”"


def backed(market: Market) -> int:
    """Topics about the market with two independent sources or more."""
    topics = market.signals["role"].notna() & market.signals["topic_id"].notna()
    return int((topics & (market.signals["independent"] > 1)).sum())


def _row(one, released: Released, market: Market) -> list[object] | None:
    """A signal's line; none where its figures may not be shown."""
    real, value, rank = (released.get(f"market.{name}.{one['signal_id']}") for name in ("real", "value", "rank"))
    if real is None or rank is None:
        return None
    heard = [say.several(int(one[column]), *words) for column, words in _HEARD if one[column]]
    about = ABOUT.get(one["role"], "")
    name = Markup('{}<span class="d">{}</span>').format(market.names[one["signal_id"]], about)
    return [
        name,
        say.count(int(one["independent"])),
        say.join(heard) or "colleagues alone",
        html.pair(real),
        html.pair(value) if value is not None else "–",
        html.pair(rank),
        DOES[one["decision"]],
    ]


_HEARD = (("customers", ("customer",)), ("suppliers", ("supplier",)), ("others", ("other party", "other parties")))
assert set(DOES) == set(DECISIONS)
