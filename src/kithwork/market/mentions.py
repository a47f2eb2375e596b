"""Everything that tells of a signal, a row each: texts of its topic, and entries on the register of the problems it is.

How a writer came to know is what the writer says. Where that is not said the less is taken: second hand of what comes from
a party outside, inference of all else.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.market_tables import COPY, LEARNED

DIRECTLY, SECOND_HAND, PUBLISHED, INFERENCE = LEARNED
COLUMNS = ["signal_id", "mention_id", "person_id", "party_id", "learned"]


def numbered(opportunities: pd.DataFrame, problems: pd.Series) -> pd.Series:
    """signal_id by problem: its topic's, or idea-01, idea-02 … in the order in which such problems first came up."""
    alone = problems.index[problems.isna()]
    first = opportunities.groupby("problem")["raised"].min().reindex(alone).rename("raised").rename_axis("problem")
    order = first.reset_index().sort_values(["raised", "problem"])["problem"]
    names = pd.Series([f"idea-{number:02d}" for number in range(1, len(order) + 1)], index=order, dtype="str")
    return problems.fillna(names).rename("signal_id")


def mentions(
    comments: pd.DataFrame, texts: pd.DataFrame, of: pd.Series, opportunities: pd.DataFrame, signal_of: pd.Series
) -> pd.DataFrame:
    """signal_id, mention_id, person_id and party_id (either may be absent) and learned, copies left out.

    `of`: topic_id by comment_id. `signal_of`: signal_id by problem. Entries without a problem tell of no signal.
    """
    copies = texts.loc[texts["fate"] == COPY, "comment_id"]
    written = comments[~comments["comment_id"].isin(copies)].assign(
        signal_id=comments["comment_id"].map(of), mention_id="text " + comments["comment_id"]
    )
    raised = opportunities.assign(
        signal_id=opportunities["problem"].map(signal_of),
        mention_id="entry " + opportunities["opportunity_id"],
        learned=None,
    )
    found = pd.concat([frame[COLUMNS].astype("str") for frame in (written, raised)], ignore_index=True)
    assumed = np.where(found["party_id"].notna(), SECOND_HAND, INFERENCE)
    found = found.assign(learned=found["learned"].where(found["learned"].notna(), assumed))
    return found.dropna(subset=["signal_id"]).sort_values(["signal_id", "mention_id"], ignore_index=True)
