"""The market section: topics, signals, who hears first and where nobody listens, or what would be needed to say it."""

from __future__ import annotations

import pandas as pd
import pytest
from marketed import cell, of_signal, of_topic, phrase, quote, signal, study, topic, trend, week
from synthetic import claim

from kithwork.report import market_figures, market_findings, market_readings, market_topics, section

TOPICS = [topic(1), topic(2)]
SAID = [phrase(1, "rent instead of buy"), phrase(2, "glass is late")]
WRITTEN = claim("market.topics", 2, 2, 2, unit="count")


def made(*claims, **rows):
    return section.build("market", *study(*claims, **rows))


def test_what_may_be_acted_on_leads_the_section():
    """The first signal by rank that may be acted on is the title; its sources, chance and rank stand in the list."""
    rows = {"topics": TOPICS, "topic_phrases": SAID, "signals": [signal(1), signal(2, "watch")]}
    one = made(WRITTEN, *of_topic(1), *of_topic(2), *of_signal(1), *of_signal(2), **rows)
    assert one.title == "One signal is worth acting on: “Rent instead of buy”"
    assert "three customers and one supplier" in one.html
    assert 'data-claim="market.real.en-01"' in one.html
    assert "Act on “Rent instead of buy”" in one.html


def test_without_a_signal_to_act_on_what_rises_leads():
    """A topic that is written of more and more is the title where nothing may be acted on."""
    rows = {
        "topics": TOPICS,
        "topic_phrases": SAID,
        "trends": [trend(1), trend(2, "no trend")],
        "signals": [signal(1, "watch")],
    }
    one = made(WRITTEN, *of_topic(1), *of_topic(2), *of_signal(1), **rows)
    assert one.title == "“Rent instead of buy” is written of more and more"
    assert "No signal is sure and valuable enough to act on yet" in one.html


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ("rising rising", "Two of two topics are written of more and more"),
        ("no trend,falling", "Two topics are written of, and none clearly more than before"),
        ("too few to tell", "Two topics are written of; since when cannot be told"),
    ],
)
def test_titles_of_topics_follow_their_trends(kinds, words):
    """Several that rise are counted, none is said, and too few dates are owned up to."""
    kinds = kinds.split(",") if "," in kinds else [kinds.split()[0] if kinds.startswith("rising") else kinds] * 2
    rows = {"topics": TOPICS, "topic_phrases": SAID, "trends": [trend(i + 1, kind) for i, kind in enumerate(kinds)]}
    assert made(WRITTEN, *of_topic(1), *of_topic(2), **rows).title == words


def test_the_figure_draws_every_topic_with_onset_and_burst():
    """Names in both widths, on a narrow screen once for each panel; one panel alone where no dates are known."""
    shown, facts = study(
        *of_topic(1), *of_topic(2), topics=TOPICS, topic_phrases=SAID, trends=[trend(1), trend(2, onset=None)]
    )
    found = market_readings.topics(shown, facts.market)
    drawn = str(market_figures.topics(found, "T"))
    assert drawn.count(">Glass is late<") == 3
    assert "onset (diamond) and burst (bar)" in drawn
    undated = [market_readings.Topic(one.id, one.name, one.role, one.share, None, None) for one in found]
    assert "onset" not in str(market_figures.topics(undated, "T"))


def test_an_onset_is_told_with_its_interval():
    """When a topic began is never told without how sure that is."""
    weeks = {"onset": week(2), "onset_low": pd.NaT, "onset_high": week(3)}
    assert market_topics._began(pd.Series(weeks)) == (f"{week(2):%-d %B %Y} (before the first week to {week(3):%-d %B %Y})")
    assert market_topics._began(pd.Series(dict.fromkeys(weeks, pd.NaT))) == "before the first week"


def test_topics_that_are_not_there_are_said():
    """Texts without topics are a result."""
    one = made(claim("market.topics", 0, 0, 0, unit="count"))
    assert one.title == "The texts fall into no topics"
    assert "fall into no topics that would be found again" in one.html


def test_quotations_are_shown_under_their_topic_as_text():
    """Words by consent appear as text, markup in them too."""
    rows = {"topics": TOPICS, "topic_phrases": SAID, "quotes": [quote(1, "they <b>want</b> to rent what we sell them now")]}
    one = made(WRITTEN, *of_topic(1), *of_topic(2), **rows)
    assert "&lt;b&gt;want&lt;/b&gt; to rent" in one.html


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((55, 70), "People with strategic ties write of a topic earlier than others"),
        ((30, 45), "People with strategic ties write of a topic later than others"),
        ((47, 54), "That people with strategic ties hear earlier is not found here"),
        ((5, 95), "Too few texts tell whether people with strategic ties hear earlier"),
    ],
)
def test_who_hears_first_is_said_as_carefully_as_its_interval(ends, words):
    """Earlier or later only where the whole interval lies on that side of 50; a finding only then."""
    first = claim("market.earlier.strategic", sum(ends) / 2, *ends, reference=50)
    shown, facts = study(WRITTEN, first, *of_topic(1), topics=TOPICS, topic_phrases=SAID)
    assert words in section.build("market", shown, facts).html
    found = market_findings.first(shown, facts)
    assert (found.title if found else None) == (words if words.startswith("People") else None)


def test_groups_stand_beside_their_share_of_the_writers():
    """Who was first by group, with what its number of writers would give."""
    groups = [
        claim(
            "market.first_by",
            40,
            20,
            60,
            group=name,
            n=12,
            people=10,
            reference=25.0,
            reference_label="share of the writers",
        )
        for name in ("Sales", "Service")
    ]
    one = made(
        WRITTEN,
        claim("market.earlier.strategic", 50, 40, 60, reference=50),
        claim("market.first_by", 100, n=12),
        *groups,
        topics=[],
        topic_phrases=[],
    )
    assert one.html.count(">Sales<") == 1
    assert "25%" in one.html


def test_parts_of_the_market_are_told_apart_in_words():
    """How well each part is heard stands in a table, and what few or nobody hears is to have an owner."""
    cells = [
        cell(),
        cell(segment="sea", named=1, single=1),
        cell(segment="energy", people=0, blind=True, named=0, single=0),
    ]
    rows = [claim("market.blind_spots", 0, 0, 60), claim("market.customer_coverage", 20, 10, 35)]
    one = made(*rows, market_cells=cells)
    for state in ("Heard", "On one person", "Few or nobody"):
        assert f">{state}<" in one.html
    assert "customer × energy" in one.html


def test_findings_of_the_market():
    """What may be acted on and what rises become findings with their own claims; nothing else does."""
    rows = {"topics": TOPICS, "topic_phrases": SAID, "signals": [signal(1)], "trends": [trend(1, onset=week(0))]}
    shown, facts = study(WRITTEN, *of_topic(1), *of_topic(2), *of_signal(1), **rows)
    assert market_findings.acting(shown, facts).claim["id"] == "market.real.en-01"
    assert market_findings.rising(shown, facts).claim["id"] == "market.rise.en-01"
    empty, facts = study()
    assert (
        market_findings.acting(empty, facts)
        is market_findings.rising(empty, facts)
        is market_findings.first(empty, facts)
        is None
    )


def test_signals_with_sources_lead_where_nothing_may_be_acted_on():
    """Counted, with what is missing; where no signal has two sources, the title says who listens."""
    rows = {"topics": TOPICS, "topic_phrases": SAID, "signals": [signal(1, "watch"), signal(2, "test", independent=1)]}
    one = made(WRITTEN, *of_topic(1), *of_topic(2), *of_signal(1), *of_signal(2), **rows)
    assert one.title == "One market topic has independent sources; none stands out enough to act on"


def test_topics_about_no_part_of_the_market_are_folded():
    """What people write of the canteen stands apart, under its own count."""
    rows = {"topics": [topic(1), topic(2, role=None)], "topic_phrases": SAID}
    one = made(WRITTEN, *of_topic(1), *of_topic(2), **rows)
    assert "One other topic, about none of the parts of the market" in one.html
    assert one.html.count(">Glass is late<") == 1


def test_ties_outside_are_a_finding_where_strategic_ones_are_not():
    """Whoever knows the parties writes earlier: said with that claim."""
    claims = [
        claim("market.earlier.strategic", 50, 45, 55, reference=50),
        claim("market.earlier.outside", 57, 54, 60, reference=50),
    ]
    shown, facts = study(WRITTEN, *claims, *of_topic(1), topics=TOPICS, topic_phrases=SAID)
    found = market_findings.first(shown, facts)
    assert found.claim["id"] == "market.earlier.outside"
    assert found.title.startswith("Whoever knows the parties outside writes earlier")


def test_groups_are_shown_with_how_well_they_hear_each_kind_of_party():
    """A row a group and a column a kind; a group that may not be shown for a kind has [c] there,
    and the reason stands below."""
    rows = [claim("market.blind_spots", 0, 0, 60), claim("market.customer_coverage", 20, 10, 35)]
    for kind, groups in (("customer", ("Sales", "Service")), ("supplier", ("Sales",))):
        rows.append(claim(f"market.reach.{kind}", 60, 50, 70))
        rows += [claim(f"market.reach.{kind}", 40, 20, 60, group=name, n=10, people=10) for name in groups]
    one = made(*rows)
    assert "hears the market</summary>" in one.html
    assert one.html.count('data-claim="market.reach.customer.Service"') == 1
    assert one.html.count(">[c]<") == 1
    assert "[c] about too few people, mostly one person’s doing" in one.html


def test_what_was_measured_besides_stands_in_words():
    """How long topics wait, how far ticks are met, whether the best stay so, and how well each kind of party is heard."""
    rows = [claim("market.blind_spots", 0, 0, 60), claim("market.customer_coverage", 20, 10, 35)]
    rows += [claim("market.reach.customer", 60, 50, 70), claim("market.full_reach.customer", 66, 55, 77)]
    rows += [claim("market.latency", 40, 20, 90, unit="days", n=9), claim("market.earlier.strategic", 50, 47, 53)]
    rows += [claim("market.about.customer", 30), claim("market.told_about", 70), claim("market.ticks_met", 84, 80, 88)]
    rows += [claim("market.top_kept", 92, 60, 100, n=12, people=40)]
    shown = {"topics": TOPICS, "topic_phrases": SAID, "signals": [signal(1, "watch")]}
    one = made(WRITTEN, *of_topic(1), *of_topic(2), *of_signal(1), *rows, **shown)
    for name in ("latency", "ticks_met", "top_kept", "full_reach.customer"):
        assert f'data-claim="market.{name}"' in one.html, name
