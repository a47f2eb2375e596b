"""Pictures of the first chapter: drawn where there is something to see, and said in words where there is not."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from synthetic import claim

from kithwork.cleaning import pictures
from kithwork.cleaning.claims import CAREFUL
from kithwork.tables import TABLES

mpl.use("agg")
MONDAYS = pd.date_range("2026-01-05", periods=3, freq="7D", tz="UTC", unit="us")
ARRIVALS = pd.DataFrame({"file": ["a/mail.csv"] * 3, "week": MONDAYS, "records": [5, 9, 4], "kept": [4, 9, 0]})
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
        lambda: pictures.arrived(TABLES["arrivals"].empty()),
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


def test_items_stand_in_the_order_asked():
    """V2 before V10."""
    labels = [text.get_text() for text in pictures.gaps(GAPS).axes[0].get_xticklabels()]
    assert labels == ["V1a", "V2a", "V10a"]


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
    """What the claim's label says, less what all labels share."""
    assert [text.get_text() for text in pictures.signs(SHOWN).axes[0].get_yticklabels()] == ["haste"]
