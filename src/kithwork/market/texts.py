"""What becomes of each comment: read, or not, and why; so that all comments are accounted for.

In this order: an answer that says there is nothing to say (see `nothing.py`), a text of too few words to have a topic, the
copy of one told before (see `copies.py`), or else it is read. Who tells first: by time, undated last, then by comment.
"""

from __future__ import annotations

import pandas as pd

from kithwork.market.copies import copies
from kithwork.market.languages import languages
from kithwork.market.nothing import says_nothing
from kithwork.market.plain import plain, words
from kithwork.market_tables import COPY, EMPTY, KEPT, SHORT, TEXTS
from kithwork.params import Settings

FEWEST_WORDS = 3
"""Words of a text that may have a topic."""


def prepared(comments: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The table `texts`: one row per comment, with its language, its fate, and which earlier one it repeats."""
    if comments.empty:
        return TEXTS.empty()
    told = comments.sort_values(["at", "comment_id"], na_position="last").set_index("comment_id")
    text = plain(told["text"])
    count = words(text)
    silent = says_nothing(text)
    short = ~silent & (count < FEWEST_WORDS)
    rest = ~silent & ~short
    copy_of = copies(text[rest], told.loc[rest, "person_id"], count[rest], settings.market.topics.alike)
    fate = pd.Series(KEPT, index=told.index).mask(silent, EMPTY).mask(short, SHORT)
    frame = pd.DataFrame(
        {
            "person_id": told["person_id"],
            "at": told["at"],
            "language": languages(text[rest]).reindex(told.index),
            "copy_of": copy_of.reindex(told.index),
            "words": count,
        }
    )
    return TEXTS.checked(frame.assign(fate=fate.mask(frame["copy_of"].notna(), COPY)).reset_index())
