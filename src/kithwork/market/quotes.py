"""Texts that may be quoted: as their writers allow, after names and figures are out, once a person has read them.

A text may be quoted where its writer ticked `words` (M1Q; a box left empty is a no), it is no copy, has from `SHORTEST` to
`LONGEST` words and at most `MOST_TAKEN` placeholders, and holds no address or figure even so. It is shown only where
`data/raw/<engagement>/decided/quotes.csv` says yes to these very words, and its topic passes the gate (`release.py`):
whoever writes can be known by style too (Narayanan et al. 2012, IEEE Symp. Security & Privacy 300), which no pattern finds.
"""

from __future__ import annotations

import re

import pandas as pd

from kithwork import lists
from kithwork.claims import Ledger
from kithwork.errors import Problem, UserError
from kithwork.estimates import proportion
from kithwork.market_tables import KEPT, QUOTES
from kithwork.params import Settings

SHORTEST, LONGEST = 5, 25
"""Words of a quotation."""
MOST_TAKEN = 2
"""Placeholders in it."""
PLACEHOLDER = r"\[(?:person|party|email|phone|link|address|number)\]"
TELLING = re.compile(r"@|://|www\.|\d(?:[ .,/-]?\d){2,}")
WORDS = "words"

FILE = "decided/quotes.csv"
COLUMNS = ("comment", "words", "show")
SHOWN = {"yes": True, "no": False, "": False}


def quotes(
    comments: pd.DataFrame, texts: pd.DataFrame, of: pd.Series, fit: pd.Series, shown: pd.Series | None = None
) -> pd.DataFrame:
    """Table QUOTES: the texts that may be quoted, each with what the gate has to know of its topic.

    `of` and `fit` are the topic of each comment and how well it fits, by comment_id; `shown` the words that somebody
    approved, by comment_id (`approved`): without it none are.
    """
    read = texts.loc[texts["fate"] == KEPT, ["comment_id", "person_id", "language"]]
    read = read.assign(topic_id=read["comment_id"].map(of), fit=read["comment_id"].map(fit))
    read = read.merge(comments[["comment_id", "text", "quote"]], on="comment_id").dropna(subset=["topic_id", "fit"])
    if read.empty:
        return QUOTES.empty()
    words = read["text"].map(_line).astype("str")
    length, taken = words.str.split().str.len(), words.str.count(PLACEHOLDER)
    may = (read["quote"] == WORDS) & length.between(SHORTEST, LONGEST) & (taken <= MOST_TAKEN)
    may &= ~words.str.contains(TELLING)
    yes = pd.Series({}, dtype="str") if shown is None else shown
    writers = read.groupby("topic_id")["person_id"].nunique()
    each = read.groupby("topic_id")["person_id"].value_counts(normalize=True).groupby(level=0).max()
    found = read.assign(
        words=words,
        people=read["topic_id"].map(writers),
        most=read["topic_id"].map(each),
        approved=read["comment_id"].map(yes.to_dict().get).astype("str").eq(words).fillna(False),
    )[may]
    return QUOTES.checked(found[list(QUOTES.columns)])


def approved(settings: Settings) -> pd.Series:
    """The words that may be shown, by comment_id, as the engagement's list says. Raises `UserError` with all its faults."""
    told = f"data/raw/{settings.name}/{FILE}"
    lines = lists.decided(FILE, COLUMNS, settings.name)
    said = [cells["show"].strip().casefold() for _, cells in lines]
    do = "Write yes or no, or leave it empty."
    faults = [
        Problem("is neither yes nor no", told, do, cells["show"], row=line, column="show")
        for (line, cells), word in zip(lines, said, strict=True)
        if word not in SHOWN
    ]
    if faults:
        raise UserError(faults)
    yes = {
        cells["comment"].strip(): _line(cells["words"]) for (_, cells), word in zip(lines, said, strict=True) if SHOWN[word]
    }
    return pd.Series(yes, dtype="str")


def to_review(found: pd.DataFrame) -> pd.DataFrame:
    """The list to fill in: comment, topic, words, and yes under show where they are approved already."""
    return pd.DataFrame(
        {
            "comment": found["comment_id"],
            "topic": found["topic_id"],
            "words": found["words"],
            "show": found["approved"].map({True: "yes", False: ""}),
        }
    )


def claims(comments: pd.DataFrame, texts: pd.DataFrame, ledger: Ledger) -> None:
    """Add the share of the texts read that may be quoted word for word; nothing where nobody was asked."""
    read = texts[texts["fate"] == KEPT].merge(comments[["comment_id", "quote"]], on="comment_id")
    if read["quote"].notna().any():
        ledger.add(
            "quotable",
            "Share of the texts read that may be quoted word for word",
            proportion(int((read["quote"] == WORDS).sum()), len(read)).times(100),
            unit="%",
            method="Texts whose writer ticked so (M1Q) over texts read; Wilson interval (Wilson 1927) over texts",
            people=read["person_id"].nunique(),
        )


def _line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
