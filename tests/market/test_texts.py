"""market/texts.py: what becomes of each comment."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from synthetic import settings
from written import comments

from kithwork.market.texts import prepared
from kithwork.market_tables import FATES, TEXTS
from kithwork.tables import COMMENTS

SET_TO = settings()
SAID = "two hospitals in the north want to rent the instruments instead of buying them"


def test_every_comment_has_one_fate():
    """Read, says nothing, too short, copy: each once, and only copies point to another."""
    found = prepared(comments([SAID, "nothing new", "glass late", f"Fwd: “{SAID}”"]), SET_TO).set_index("comment_id")
    assert found["fate"].tolist() == ["kept", "says nothing", "too short", "copy"]
    assert found["copy_of"].dropna().to_dict() == {"c0003": "c0000"}
    assert found["words"].tolist() == [14, 2, 2, 14]
    assert found["language"].dropna().eq("en").all()


def test_the_first_to_tell_is_the_first_in_time():
    """Whatever the order of rows; undated texts come last, and of one moment the first comment."""
    found = prepared(comments([SAID] * 4, hours=[np.nan, 5, 3, 3]), SET_TO).set_index("comment_id")
    assert found["fate"].to_dict() == {"c0000": "copy", "c0001": "copy", "c0002": "kept", "c0003": "copy"}
    assert set(found["copy_of"].dropna()) == {"c0002"}


def test_without_comments_there_is_an_empty_table():
    """As where nobody was asked."""
    pd.testing.assert_frame_equal(prepared(COMMENTS.empty(), SET_TO), TEXTS.empty())


@given(
    st.lists(
        st.one_of(st.text(max_size=40), st.sampled_from([SAID, "none", "Fwd: " + SAID, "two words", "[email]"])), max_size=8
    )
)
@given_settings(max_examples=30, deadline=None)
def test_counts_add_up_whatever_is_written(texts):
    """A row per comment, a fate per row; what is copied is kept itself and told no later."""
    table = comments(texts)
    found = prepared(table, SET_TO).set_index("comment_id")
    assert sorted(found.index) == sorted(table["comment_id"])
    assert sum((found["fate"] == fate).sum() for fate in FATES) == len(table)
    copied = found[found["fate"] == "copy"]
    assert copied["copy_of"].notna().all()
    assert found.loc[copied["copy_of"], "fate"].eq("kept").all()
    assert (found.loc[copied["copy_of"], "at"].to_numpy() <= copied["at"].to_numpy()).all()
    assert found.loc[found["fate"] != "copy", "copy_of"].isna().all()
