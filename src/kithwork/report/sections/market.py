"""Market insight: what people write of it, which signals to act on, who hears first, and where nobody listens."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html, market_findings, market_first, market_reach, market_signals, market_topics
from kithwork.report import sentences as say
from kithwork.report.limits import limits
from kithwork.report.market_readings import topics
from kithwork.report.section import Facts
from kithwork.report.trace import worded

FEW = 3
"""Parts of the market up to which they are named."""

TOPIC = "Market insight"
STAGE = "market"


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Topics, signals and who hears first where there are texts; coverage where parties outside are named."""
    market = facts.market
    reach = market_reach.shown(released, market, facts)
    written = released.get("market.topics") is not None
    if not reach and not written:
        return "Nothing can be said about the market from ties inside alone", [market_reach.missing()]
    return _title(released, facts), [
        *market_topics.shown(released, market, facts, facts.figure_number("market", 1)),
        *market_signals.shown(released, market, facts),
        *market_first.shown(released, facts),
        *(reach or [market_reach.missing()]),
        html.so_what(
            _act(released, facts),
            limits(
                "market",
                "Whether what is written is true. That several people write of it independently makes it likelier, not certain; "
                "and what nobody was asked about, or nobody dares to write, is not here.",
                released,
                facts,
            ),
        ),
    ]


@worded
def _title(released: Released, facts: Facts) -> str:
    """What may be acted on; else what is written of more and more; else what has several sources; else who listens."""
    leading = market_findings.acting(released, facts) or market_findings.rising(released, facts)
    if leading is not None:
        return leading.title
    if backed := market_signals.backed(facts.market):
        have = f"{say.sentence(say.several(backed, 'market topic'))} {say.verb(backed, 'has', 'have')} independent sources"
        return f"{have}; none stands out enough to act on"
    found = topics(released, facts.market)
    return market_reach.title(released, facts) or (market_topics.title(found) if found else "The texts fall into no topics")


@worded
def _act(released: Released, facts: Facts) -> str:
    """What follows: which signals to act on or test, and which parts of the market to reach."""
    market, steps = facts.market, []
    for decision, words in (("act", "Act on {}"), ("test", "Test {} small, with one owner and a date")):
        ids = market.signals.loc[market.signals["decision"] == decision].sort_values(["rank", "signal_id"])["signal_id"]
        if names := [f"“{market.names[one]}”" for one in ids[:FEW]]:
            steps.append(words.format(say.join(names)))
    if parts := market_reach.unheard_of(market):
        named = say.join(parts) if len(parts) <= FEW else f"{say.count(len(parts))} parts of the market that few hear"
        each = " each" if len(parts) > 1 else ""
        steps.append(f"Give {named} an owner{each}, who finds two people there to listen to")
    if released.get("market.blind_spots") is not None:
        steps.append("Where an outside party that matters is known to one person, let that person bring in a second")
    return (
        f"{'. '.join(steps)}." if steps else "Ask people who have ties outside what they hear, and ask again in a quarter."
    )
