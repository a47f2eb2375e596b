"""report/market_readings.py: names and rows of the market chapter pass the gate before anybody sees them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from marketed import cell, market, of_topic, phrase, signal, study, topic, trend

from kithwork.report import market_readings


def test_a_topic_is_called_by_its_analyst_or_by_words_that_enough_people_wrote():
    """An analyst's name goes first; a phrase of few people names nothing, even where it ranks highest."""
    rows = [topic(1, named="Rentals"), topic(2), topic(3)]
    said = [
        phrase(1, "rent instead"), phrase(2, "only mine", 1, 2), phrase(2, "glass is late", 2), phrase(2, "lead times", 3),
        phrase(3, "nobody else", 1, 4),
    ]  # fmt: skip
    names = market(topics=rows, topic_phrases=said).names
    assert names == {"en-01": "Rentals", "en-02": "Glass is late, lead times", "en-03": "Customers en-03"}


@given(st.lists(st.integers(1, 12), min_size=1, max_size=6))
def test_no_row_about_fewer_people_than_the_smallest_group_is_read(people):
    """Topics, trends, signals and cells with people in them are held back below the smallest group, and signals counted."""
    rows = {
        "topics": [topic(i, people=n) for i, n in enumerate(people)],
        "trends": [trend(i, people=n) for i, n in enumerate(people)],
        "signals": [signal(i, people=n) for i, n in enumerate(people)],
        "market_cells": [cell(segment=str(i), people=n) for i, n in enumerate(people)],
    }
    found = market(**rows)
    enough = sum(n >= 5 for n in people)
    assert [len(table) for table in (found.topics, found.trends, found.signals)] == [enough] * 3
    assert list(found.parts.values()).count(market_readings.FEW) == len(people) - enough
    assert found.signals_held_back == len(people) - enough


def test_parts_of_the_market_are_told_apart_in_words():
    """Parts with enough people by what leads there; of those with few no more is told than of those with nobody."""
    rows = [
        cell(), cell(segment="a", single=3), cell(segment="b", blind=True), cell(segment="c", people=0, blind=True),
        cell(segment="d", people=3),
    ]  # fmt: skip
    parts = market(market_cells=rows).parts
    assert [parts["customer", one] for one in ("health", "a", "b", "c", "d")] == [
        "Heard", "On one person", "Blind spot", "Few or nobody", "Few or nobody",
    ]  # fmt: skip


def test_topics_are_read_largest_first_with_what_may_be_said_of_them():
    """Each topic with its claims, its trend and what its texts are about; none without a share that may be shown."""
    rows = [topic(1, "Small"), topic(2, "Large", role="technology"), topic(3, "Unclaimed"), topic(4, "Chatter", role=None)]
    shown, facts = study(*of_topic(1, 10, None), *of_topic(2, 40), *of_topic(4, 5, None), topics=rows, trends=[trend(2)])
    found = market_readings.topics(shown, facts.market)
    assert [(one.name, one.role, one.rising) for one in found] == [
        ("Large", "technology", True), ("Small", "customer", False), ("Chatter", None, False),
    ]  # fmt: skip


def test_a_signal_from_the_register_is_called_by_its_problem():
    """Where no topic names it, the client's own word does."""
    found = market(
        signals=[signal(1, signal_id="idea-01", topic_id=None, problem="drawings out of date", origin="register")]
    )
    assert found.names["idea-01"] == "Drawings out of date"
