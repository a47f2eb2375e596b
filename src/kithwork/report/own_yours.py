"""What a person's own page says of itself: what is not on it, who sees it, how it is deleted, and the person's own data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
from markupsafe import Markup

from kithwork.params import Settings
from kithwork.report import own_html
from kithwork.report.own_measures import LABELS
from kithwork.report.own_prompts import Reading
from kithwork.survey import wording

Claims = Mapping[str, pd.Series]


def not_here() -> Markup:
    """What the page leaves out, and why."""
    said = (
        "Who named you, who did not, or what anybody said of you: they answered on the understanding that you would not "
        "see it.",
        "Whom you named: a page that is lost would tell on them.",
        "How you compare with any one colleague, or with your team.",
        "How good you are at your work. Shares and places are no marks.",
        "What you did not say in the survey. Those who withdrew, or whose names could not be read, are not counted.",
    )
    return Markup('<ul class="limits">{}</ul>').format(Markup("").join(Markup("<li>{}</li>").format(one) for one in said))


def yours(reading: Reading, claims: Claims, answers: pd.DataFrame, settings: Settings) -> Markup:
    """Who sees the page, how to have it deleted, until when it is kept, and the person's own data to save."""
    until = _day(settings.engagement.retention)
    said = {
        "Who sees it": "You, and whom you show it to: a coach, a friend. Not your manager, and not whoever pays for the "
        "study. No page and no list links to it, and its address cannot be guessed; who made it could open it.",
        "How to have it deleted": "Write to whoever sent it to you. The page is deleted, and no new one is made; your "
        "answers too, if you say so. No reason is needed, and nobody else is told.",
        "How long it is kept": f"Until {until} at the latest. On that day all of the study is deleted.",
        "Your own data": "Every figure of this page and each of your answers to the survey’s statements, as a table for a "
        "spreadsheet. It leaves out whom you named.",
    }
    parts = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*one) for one in said.items())
    return Markup('<dl class="m">{}</dl>').format(parts) + own_html.download(_rows(reading, claims, answers), "my-page.csv")


def _rows(reading: Reading, claims: Claims, answers: pd.DataFrame) -> list[dict[str, object]]:
    """The person's own data: figures, counts, bands, and answers by item."""
    columns = ("what", "figure", "low", "high", "n", "unit")
    figures = [(one["label"], one["estimate"], one["low"], one["high"], one["n"], one["unit"]) for one in claims.values()]
    counts = [(LABELS[name], number, "", "", "", "count") for name, number in reading.own.counts.items()]
    counts.append((LABELS["named_by"], reading.own.named_by, "", "", "", "count"))
    words = {code: text.replace(wording.CHANGE, "the change") for code, text in wording.ITEMS.items()}
    said = [
        (f"Your answer to {row.item}: {words.get(row.item, '')}".removesuffix(": "), row.value, "", "", "", "scale points")
        for row in answers.itertuples()
    ]
    return [dict(zip(columns, row, strict=True)) for row in (*figures, *counts, *said)]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
