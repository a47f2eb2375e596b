"""Where people of each segment work: everybody counts once in each way of parting the staff."""

from __future__ import annotations

import pandas as pd
import synthetic

from kithwork.people.places import UNPLACED, places
from kithwork.tables import SEGMENTS


def placed(of: dict[int, str]) -> pd.DataFrame:
    """People in segments, by their number."""
    rows = [{"person_id": synthetic.person(i), "segment": name, "membership": 1.0, "mixed": 0.0} for i, name in of.items()]
    return SEGMENTS.checked(pd.DataFrame(rows))


def test_everybody_counts_once_by_unit_and_by_site():
    """Counts add up to the staff in each split; who is in no segment is not placed; a place may have 0."""
    people = synthetic.staff(["A", "A", "B", None], site=["x", "y", "x", "x"])
    found = places(people.assign(person_id=[synthetic.person(i) for i in range(4)]), placed({0: "s", 2: "s", 3: "t"}))
    assert found.groupby("split")["people"].sum().to_dict() == {"unit": 4, "site": 4}
    count = {
        (split, None if pd.isna(place) else place, segment): n for split, place, segment, n in found.itertuples(index=False)
    }
    assert count["unit", "A", "s"] == count["unit", "A", UNPLACED] == count["unit", None, "t"] == 1
    assert count["unit", "B", "t"] == 0


def test_what_the_staff_list_does_not_say_is_left_out():
    """Without sites there is no table by site; without units and sites there is none at all."""
    people = synthetic.staff(["A", "B"]).assign(person_id=[synthetic.person(0), synthetic.person(1)])
    assert set(places(people, placed({0: "s"}))["split"]) == {"unit"}
    assert places(people.assign(unit=None), placed({0: "s"})).empty
