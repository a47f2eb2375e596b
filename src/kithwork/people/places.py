"""Where the people of each segment, or band, work: by unit and by site, those who could not be placed among them.

Everybody on the staff list counts once in each way of parting the staff, so that its rows add up to how many work there.
"""

from __future__ import annotations

import pandas as pd

from kithwork.tables import SEGMENT_PLACES

SPLITS = ("unit", "site")
"""What the staff is parted by, as the columns of the staff list are named."""

UNPLACED = "Not placed"
"""People with too few ties to be placed in a segment or band, and everybody where none is supported."""


def places(people: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """The `segment_places` table: of each unit and site its people in each segment, 0 where it has none. A way of parting
    of which the staff list says nothing is left out; those of whom alone it says nothing stand under an absent place.
    """
    of = people["person_id"].map(segments.set_index("person_id")["segment"]).astype("object").fillna(UNPLACED)
    found = [
        pd.crosstab(people[split].astype("object").fillna(""), of)
        .stack()
        .rename("people")
        .reset_index()
        .set_axis(["place", "segment", "people"], axis=1)
        .assign(split=split)
        for split in SPLITS
        if people[split].notna().any()
    ]
    if not found:
        return SEGMENT_PLACES.empty()
    rows = pd.concat(found, ignore_index=True)
    return SEGMENT_PLACES.checked(rows.assign(place=rows["place"].replace("", None))[list(SEGMENT_PLACES.columns)])
