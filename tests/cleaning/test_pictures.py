"""Pictures of the first chapter: drawn where there is something to see, and said in words where there is not."""

from __future__ import annotations

from itertools import pairwise

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from synthetic import claim

from kithwork.cleaning import pictures
from kithwork.cleaning.claims import CAREFUL
from kithwork.tables import TABLES

mpl.use("agg")
MONDAYS = pd.date_range("2026-01-05", periods=3, freq="7D", tz="UTC", unit="us")
ARRIVALS = pd.DataFrame({"source": ["interactions"] * 3, "week": MONDAYS, "records": [5, 9, 4], "kept": [4, 9, 0]})
STEPS = pd.DataFrame({"number": [0, 1, 2], "step": ["read", "list", "broadcast"], "alone": [0, 3, 0], "taken": [0, 2, 0]})
WEEKS = pd.DataFrame({"week": MONDAYS, "state": ["active", "leave", "active"], "person_id": ["a"] * 3})
GROUPS = pd.DataFrame({"group": ["A", "B"], "estimate": [50.0, 80], "low": [30.0, 60], "high": [70.0, 90]})
MEANS = [claim(f"clean.scale_{scale}", 50, 45, 55) for scale in ("commitment", "V10", "V2")]
CAREFUL_MEANS = [*MEANS, claim("clean.scale_V2", 40, 35, 45, group=CAREFUL)]
SHOWN = pd.DataFrame([claim("clean.sign_speed", 5, 1, 9, label="Share of respondents with haste"), *CAREFUL_MEANS])
GAPS = pd.DataFrame({"item": ["V10a", "V2a", "V1a"], "absent": [0.1, 0.3, 0.2]})


@pytest.mark.parametrize(
    "drawn",
    [
        lambda: pictures.arrived(ARRIVALS),
        lambda: pictures.steps(STEPS),
        lambda: pictures.weeks(WEEKS),
        lambda: pictures.answered(GROUPS.iloc[0], GROUPS),
        lambda: pictures.gaps(GAPS),
        lambda: pictures.signs(SHOWN),
        lambda: pictures.means(SHOWN),
    ],
)
def test_what_there_is_is_drawn_once(drawn):
    """A figure, which no longer belongs to pyplot: the notebook shows it once."""
    figure = drawn()
    assert isinstance(figure, Figure)
    assert figure.axes
    assert not mpl.pyplot.get_fignums()


@pytest.mark.parametrize(
    "said",
    [
        lambda: pictures.arrived(TABLES["arrivals"].empty().assign(source=None)),
        lambda: pictures.steps(TABLES["filters"].empty()),
        lambda: pictures.weeks(TABLES["person_weeks"].empty()),
        lambda: pictures.answered(None, GROUPS[:0]),
        lambda: pictures.gaps(TABLES["gaps"].empty()),
        lambda: pictures.signs(SHOWN[:0]),
        lambda: pictures.means(SHOWN[:0]),
    ],
)
def test_what_is_not_there_is_said(said):
    """A sentence in place of an empty figure."""
    assert said().endswith(".")


def test_weeks_in_which_nothing_was_kept_are_left_out():
    """A clock that says 1970 would make the picture a line."""
    [panel] = pictures.arrived(ARRIVALS).axes
    assert len(panel.lines[0].get_xdata()) == 2


def labels(figure: Figure) -> list[Text]:
    """The dates on the time axis of a figure, from left to right."""
    figure.draw_without_rendering()
    return [text for text in figure.axes[-1].get_xticklabels() if text.get_text()]


@pytest.mark.parametrize("weeks", [1, 2, 3, 9, 17, 26, 53, 104, 520])
@pytest.mark.parametrize("drawn", [pictures.arrived, pictures.weeks])
def test_dates_can_be_read_whatever_they_span(drawn, weeks):
    """From one week to ten years: a few dates, apart from each other."""
    when = pd.date_range("2025-09-01", periods=weeks, freq="7D", tz="UTC", unit="us")
    known = {"source": "interactions", "records": 9, "kept": 5, "state": "active", "person_id": "a"}
    figure = drawn(pd.DataFrame({"week": when}).assign(**known))
    boxes = [text.get_window_extent() for text in labels(figure)]
    assert 2 <= len(boxes) <= 8
    assert all(one.x1 + 4 < other.x0 for one, other in pairwise(boxes))


def test_files_stand_in_the_order_given():
    """What a file is called is said above its part; the tenth stands after the second."""
    called = [f"interactions, file {number} of 10" for number in (2, 10)]
    arrivals = pd.concat([ARRIVALS.assign(source=words) for words in called])
    assert [panel.get_title(loc="left") for panel in pictures.arrived(arrivals).axes] == called


def test_items_stand_in_the_order_asked():
    """V2 before V10."""
    items = [text.get_text() for text in pictures.gaps(GAPS).axes[0].get_xticklabels()]
    assert items == ["V1a", "V2a", "V10a"]


def test_groups_held_back_are_counted_and_not_named():
    """The axis says how many are missing from the picture."""
    [panel] = pictures.answered(GROUPS.iloc[0], GROUPS, 2).axes
    assert panel.get_xlabel().endswith("; 2 held back")
    assert [text.get_text() for text in panel.get_yticklabels()] == ["A", "B"]


def test_scales_stand_in_the_order_asked_with_rings_where_they_may():
    """A ring beside the scale whose mean without the careless may be shown, and none beside the others."""
    [panel] = pictures.means(SHOWN).axes
    assert [text.get_text() for text in panel.get_yticklabels()] == ["V2", "V10", "commitment"]
    assert panel.lines[-1].get_xdata().tolist() == [40]
    assert "ring" in panel.get_xlabel()
    assert "ring" not in pictures.means(pd.DataFrame(MEANS)).axes[0].get_xlabel()


def test_signs_are_told_in_words():
    """What the claim's label says, less what all labels share; and how many of the signs are there."""
    [panel] = pictures.signs(SHOWN).axes
    assert [text.get_text() for text in panel.get_yticklabels()] == ["haste"]
    assert panel.get_xlabel().endswith("; 1 of 8 signs")


def test_signs_as_frequent_stand_in_the_order_given():
    """However a processor sorts equal numbers."""
    share = {f"{letter}{at}": (at * at) % 5 for at in range(13) for letter in "dacb"}
    rows = [claim(f"clean.sign_{one}", many, 0, 9, label=f"Share of respondents with {one}") for one, many in share.items()]
    [panel] = pictures.signs(pd.DataFrame(rows)).axes
    assert [text.get_text() for text in panel.get_yticklabels()] == sorted(share, key=lambda one: -share[one])
