"""What the summary says of the market: what may be acted on, what is written of more and more, and who hears first."""

from __future__ import annotations

from kithwork.market_tables import ACT
from kithwork.release import Released
from kithwork.report import market_first, market_signals, market_topics
from kithwork.report import sentences as say
from kithwork.report.finding import GOOD, Finding
from kithwork.report.market_readings import topics
from kithwork.report.section import Facts
from kithwork.report.trace import worded


@worded
def acting(released: Released, facts: Facts) -> Finding | None:
    """Signals worth acting on, by the first of them; nothing where there is none."""
    signals = facts.market.signals
    for row in signals[signals["decision"] == ACT].sort_values(["rank", "signal_id"]).itertuples():
        claim = released.get(f"market.real.{row.signal_id}")
        if claim is not None:
            text = (
                f"Chance that it is real, from {say.several(int(row.independent), 'independent source')}; how many of all "
                "signals are real is assumed."
            )
            return Finding(
                market_signals.title(facts.market), text, claim, "market", "assumed", "real", "95% range", about=(GOOD,)
            )
    return None


@worded
def rising(released: Released, facts: Facts) -> Finding | None:
    """Topics that are written of more and more, by the one that rises fastest; nothing where none does."""
    found = topics(released, facts.market)
    up = [one for one in found if one.rising and one.rise is not None]
    if not up:
        return None
    fastest = max(up, key=lambda one: (one.rise["estimate"], one.name))
    text = f"Points of share a month by which texts on “{fastest.name}” grow; n counts texts."
    return Finding(market_topics.title(found), text, fastest.rise, "market", "measured", "points a month")


@worded
def first(released: Released, facts: Facts) -> Finding | None:
    """Whether people with strategic ties, or ties outside, hear earlier; said where it is found, either way."""
    claims = {kind: released.get(f"market.earlier.{kind}") for kind in ("strategic", "outside")}
    for kind, claim in claims.items():
        if claim is None or claims["strategic"] is None:
            continue
        if market_first.verdict(claim, facts) in market_first.SIDES:
            more = market_first.HOLDERS[kind]
            text = f"Of two people who both write, the chance that the one with {more} is first; 50 is no difference."
            return Finding(market_first.title(released, facts), text, claim, "market", "measured", "first")
    return None
