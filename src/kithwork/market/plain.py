"""A comment's words without what mail programs, quoting and redaction put around them, and how many words they are.

Scripts that write no spaces (Chinese, Japanese, Thai, Lao, Khmer) count a sign as a word; digits alone are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e01-\u0eff\u1780-\u17d3"
"""Signs of scripts that set no space between words."""
WORD = rf"[{UNSPACED}]|[^\W\d_{UNSPACED}](?:[^\W_{UNSPACED}]|[\u0300-\u036f\u0900-\u0dff'’-](?=\w))*[\u0900-\u0dff]*"
"""A word: a run of letters and what is written within one, from a letter on."""
MARKS = r"\[(?:email|phone|person|party|link|address|number)\]"
"""What redaction leaves in place of what it took out."""
FORWARDED = r"(?im)^[\s>|]*(?:(?:fwd?|re|aw|wg|tr|rv|sv|vs|doorst)\s*:\s*)*"
"""Marks of mail that is forwarded, answered or quoted, in the words of several languages, at the beginning of a line."""
QUOTES = r"[\"“”„‟«»‹›]|(?<!\w)['‘’]|['’](?!\w)"


def plain(texts: pd.Series) -> pd.Series:
    """The texts in composed Unicode (NFKC), one space between words, marks of forwarding, quoting and redaction left out.

    Letters keep their case. A mark of redaction becomes `…`, so that the words beside it do not seem to follow each other.
    """
    texts = texts.fillna("").str.normalize("NFKC").str.replace(MARKS, " … ", regex=True)
    texts = texts.str.replace(QUOTES, "", regex=True).str.replace(FORWARDED, "", regex=True)
    return texts.str.replace(r"\s+", " ", regex=True).str.strip()


def words(texts: pd.Series) -> pd.Series:
    """Number of words in each plain text."""
    return texts.str.count(WORD).astype("int64")
