"""Pictures of the first chapter: drawn where there is something to see, and said in words where there is not."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from kithwork.cleaning import pictures
from kithwork.tables import TABLES

mpl.use("agg")
MONDAYS = pd.date_range("2026-01-05", periods=3, freq="7D", tz="UTC", unit="us")
ARRIVALS = pd.DataFrame({"file": ["a/mail.csv"] * 3, "week": MONDAYS, "records": [5, 9, 4], "kept": [4, 9, 0]})
STEPS = pd.DataFrame({"number": [0, 1, 2], "step": ["read", "list", "broadcast"], "alone": [0, 3, 0], "taken": [0, 2, 0]})
WEEKS = pd.DataFrame({"week": MONDAYS, "state": ["active", "leave", "active"], "person_id": ["a"] * 3})
GROUPS = pd.DataFrame({"group": ["A", "B"], "estimate": [50.0, 80], "low": [30.0, 60], "high": [70.0, 90]})
GAPS = pd.DataFrame({"item": ["V10a", "V2a", "V1a"], "absent": [0.1, 0.3, 0.2]})


@pytest.mark.parametrize(
    "drawn",
    [
        lambda: pictures.arrived(ARRIVALS),
        lambda: pictures.steps(STEPS),
        lambda: pictures.weeks(WEEKS),
        lambda: pictures.answered(GROUPS.iloc[0], GROUPS),
        lambda: pictures.gaps(GAPS),
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
