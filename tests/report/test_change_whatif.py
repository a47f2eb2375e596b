"""The choice of a way to start: every way beside the first, without anything computed on the page."""

from __future__ import annotations

import re

from changed import ways
from lxml.html import fragment_fromstring
from synthetic import facts, released

from kithwork.report import change_readings, change_whatif

NAMES = list(facts().settings.change.scenarios)


def made(leads: dict[str, float]):
    """The choice among the first ways of params.yaml, by their leads over the first."""
    gate, about = released(*ways(leads)), facts()
    return change_whatif.shown(change_readings.ways(gate, about), gate, about)


def test_every_way_but_the_first_can_be_chosen():
    """One is chosen before anybody does; each has its curve, and the first's beside it."""
    choice = fragment_fromstring(made(dict(zip(NAMES[:3], (0, 10, -5), strict=True))))
    inputs = choice.xpath(".//input[@type='radio']")
    assert [one.get("value") for one in inputs] == NAMES[1:3]
    assert [one.get("checked") is not None for one in inputs] == [True, False]
    assert len(choice.xpath(".//svg")) == 2
    assert all(len(one.xpath("path[@class='iv' or @class='ref']")) == 2 for one in choice.xpath(".//svg"))


def test_its_words_have_their_figures():
    """The share and the lead stand there with their ranges, tied to their claims; the picture says where it goes."""
    text = made(dict(zip(NAMES[:2], (0, 10), strict=True)))
    assert f'data-claim="change.scenario.{NAMES[1]}"' in text
    assert f'data-claim="change.scenario_lead.{NAMES[1]}"' in text
    assert re.search(r'aria-label="[^"]*from 0 to 60 per cent over 26 weeks', text)
    assert "to 50 per cent." in text
    assert "points more than with random: " in text
    assert "will" not in re.sub("<[^>]+>", " ", text).split()


def test_one_way_is_no_choice():
    """With a single way, or without curves, there is nothing to choose."""
    assert made({NAMES[0]: 0}) == ""
    gate, about = (
        released(*(row for row in ways(dict(zip(NAMES[:2], (0, 5), strict=True))) if ".curve." not in row["id"])),
        facts(),
    )
    assert change_whatif.shown(change_readings.ways(gate, about), gate, about) == ""
