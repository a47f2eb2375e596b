"""What the first chapter shows of the data: what arrived, who answered, what each step took, and who was at work when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork.cleaning import claims
from kithwork.cleaning.claims import CAREFUL, SIGNS
from kithwork.scales import ORDER
from kithwork.scales import names as scales

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, GREY = "#1a1d21", "#dcdfe3"
STATES = {
    "active": "#1b3a5c",
    "light": "#5f7d9c",
    "leave": "#b9c4cf",
    "silent": "#d8d3c8",
    "before": "#ebebeb",
    "after": "#f5f5f5",
}
"""States of a person's week, from the floor up, and their colours."""

SILENT = "No answers to a questionnaire were brought, or too few for this to be shown."
"""What stands where a picture of the survey would be."""


def arrived(arrivals: pd.DataFrame) -> Figure | str:
    """Records by `source`, which says what a file is called, and week: those that could be read, and those kept.

    Weeks in which nothing was kept are left out.
    """
    import matplotlib.pyplot as plt

    weeks = arrivals.dropna(subset="week")
    weeks = weeks[weeks.groupby("week")["kept"].transform("sum") > 0]
    if not len(weeks):
        return "No source says when contact was."
    files = list(weeks.groupby("source", sort=False))
    figure, panels = plt.subplots(len(files), 1, figsize=(7, 0.6 + 1.1 * len(files)), sharex=True, squeeze=False)
    for panel, (file, rows) in zip(panels[:, 0], files, strict=True):
        panel.fill_between(rows["week"], rows["records"], step="mid", color=GREY)
        panel.step(rows["week"], rows["kept"], where="mid", color=INK)
        panel.set_title(file, loc="left", fontsize=9)
        panel.set_ylim(bottom=0)
    _dated(panels[-1, 0])
    return _finished(figure)


def steps(filters: pd.DataFrame) -> Figure | str:
    """What each step took, and what it would take alone, in records; steps that would take none are left out."""
    import matplotlib.pyplot as plt

    rows = claims.steps(filters).query("number > 0").iloc[::-1]
    if not len(rows):
        return "No step took anything."
    figure, panel = plt.subplots(figsize=(7, 0.8 + 0.32 * len(rows)))
    panel.barh(rows["step"], rows["alone"], color=GREY, label="alone")
    panel.barh(rows["step"], rows["taken"], height=0.35, color=INK, label="in its place")
    panel.set_xlabel("records")
    panel.legend(frameon=False)
    return _finished(figure)


def weeks(person_weeks: pd.DataFrame) -> Figure | str:
    """Share of the people ever seen in each state, by week."""
    import matplotlib.pyplot as plt

    if not len(person_weeks):
        return "No source says when contact was."
    share = person_weeks.groupby(["week", "state"]).size().unstack(fill_value=0)
    share = share.div(share.sum(axis=1), axis=0).mul(100)
    order = [state for state in STATES if state in share]
    figure, panel = plt.subplots(figsize=(7, 2.2))
    panel.stackplot(share.index, *[share[state] for state in order], labels=order, colors=[STATES[one] for one in order])
    panel.set(ylabel="% of people seen", ylim=(0, 100))
    _dated(panel)
    panel.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    return _finished(figure)


def answered(whole: pd.Series | None, groups: pd.DataFrame, held_back: int = 0) -> Figure | str:
    """Share of people who answered, by group with its interval, of what may be shown; the line is that of all."""
    if whole is None:
        return SILENT
    few = f"; {held_back} held back" if held_back else ""
    return _intervals(groups["group"], groups, f"% who answered, with 95% interval{few}", whole["estimate"], 100)


def signs(shown: pd.DataFrame) -> Figure | str:
    """Share of respondents who show each sign of careless answers, of the claims that may be shown."""
    rows = shown[shown["measure"].str.startswith("clean.sign_")]
    rows = rows.sort_values("estimate", ascending=False, kind="stable")
    if not len(rows):
        return SILENT
    few = f"; {len(rows)} of {len(SIGNS)} signs" if len(rows) < len(SIGNS) else ""
    return _intervals(rows["label"].str.partition(" with ")[2], rows, f"% of respondents, with 95% interval{few}")


def means(shown: pd.DataFrame) -> Figure | str:
    """Each scale's mean of all with its interval, and without those who seem careless where that may be shown."""
    rows = shown[shown["measure"].str.startswith("clean.scale_")]
    rows = rows.assign(scale=rows["measure"].str.removeprefix("clean.scale_"))
    rows = rows.sort_values("scale", key=lambda names: names.map({name: at for at, name in enumerate(scales())}))
    if not len(rows):
        return SILENT
    without = rows[rows["group"] == CAREFUL]
    label = "mean of all, with 95% interval" + ("; ring: without the careless" if len(without) else "")
    rows = rows[rows["group"].isna()]
    figure = _intervals(rows["scale"], rows, label, most=100)
    figure.axes[0].plot(without["estimate"], without["scale"], "o", color=INK, markersize=9, fillstyle="none")
    return figure


def _intervals(names: pd.Series, rows: pd.DataFrame, label: str, line: float | None = None, most: float | None = None):
    """Estimates with their intervals, one below the other."""
    import matplotlib.pyplot as plt

    figure, panel = plt.subplots(figsize=(7, 0.8 + 0.24 * max(len(rows), 1)))
    if line is not None:
        panel.axvline(line, color=GREY)
    panel.hlines(names, rows["low"], rows["high"], color=INK)
    panel.plot(rows["estimate"], names, "o", color=INK, markersize=4, clip_on=False)
    panel.set(xlim=(0, most), xlabel=label)
    panel.set_ylim(len(rows) - 0.5, -0.5)
    return _finished(figure)


def gaps(items: pd.DataFrame) -> Figure | str:
    """Share of respondents who left each item of the survey without an answer, in the order asked."""
    import matplotlib.pyplot as plt

    if not len(items):
        return SILENT
    items = items.sort_values("item", key=lambda codes: codes.map({code: at for at, code in enumerate(ORDER)}))
    figure, panel = plt.subplots(figsize=(9, 2))
    panel.bar(items["item"], items["absent"] * 100, color=INK)
    panel.set(ylabel="% without an answer", ylim=(0, max(5.0, items["absent"].max() * 110)))
    panel.tick_params(axis="x", rotation=90, labelsize=7)
    return _finished(figure)


def _dated(panel: Axes) -> None:
    """A time axis with few dates on it, whatever it spans."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    places = AutoDateLocator(minticks=3, maxticks=7)
    panel.xaxis.set_major_locator(places)
    panel.xaxis.set_major_formatter(ConciseDateFormatter(places))


def _finished(figure: Figure) -> Figure:
    """The figure laid out, and left to the cell that asked for it to show once."""
    import matplotlib.pyplot as plt

    figure.tight_layout()
    plt.close(figure)
    return figure
