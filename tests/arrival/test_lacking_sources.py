"""What a study lacks is told with what it would add, and nothing that it has is asked for."""

from __future__ import annotations

import pytest

from kithwork.arrival import lacking
from kithwork.values.scorecard import declared

EVERYTHING = ("staff", *lacking.ASKED_FOR)


def test_nothing_is_lacking_where_all_was_brought():
    """No source and no field of the staff list is asked for twice."""
    assert lacking.lacking(EVERYTHING, lacking.OF_STAFF) == []


@pytest.mark.parametrize("source", lacking.ASKED_FOR)
def test_each_source_alone_would_add_something(source):
    """Every source that a client can be asked for is worth asking for."""
    [one] = lacking.lacking([other for other in EVERYTHING if other != source], lacking.OF_STAFF)
    assert one.what == source
    assert one.adds


@pytest.mark.parametrize("field", lacking.OF_STAFF)
def test_each_field_of_the_staff_list_would_add_an_indicator(field):
    """And each field of the staff list."""
    [one] = lacking.lacking(EVERYTHING, [other for other in lacking.OF_STAFF if other != field])
    assert one.what == f"staff: {field}"
    assert "indicator" in one.adds


def test_every_indicator_is_added_by_something():
    """No indicator needs what nobody is told to bring: each is counted under a source or a field."""
    total = {one.name for indicators in declared().values() for one in indicators}
    counted = sum(len(names) for place, names in lacking.needed().items())
    assert counted >= len(total)
    places = set(lacking.needed())
    assert places <= {*lacking.ASKED_FOR, *(f"staff: {field}" for field in lacking.OF_STAFF)}


def test_ties_can_be_told_by_relations_or_by_contact():
    """Where one of the two is there, the questions that ties answer are not lacking any more."""
    alone = lacking.lacking(["staff", "interactions"], lacking.OF_STAFF)
    nominations = next(one for one in alone if one.what == "nominations")
    assert not any("portfolio" in question for question in nominations.questions)


def test_days_of_starting_are_tenure():
    """Who has them lacks no months of tenure."""
    have = {"unit", "manager", "role", "site"}
    assert "staff: tenure_months" in {one.what for one in lacking.lacking({"staff"}, have)}
    assert "staff: tenure_months" not in {one.what for one in lacking.lacking({"staff"}, have | {"started"})}


def test_a_second_source_of_ties_adds_only_what_ties_alone_do_not_give():
    """Where people named their ties, records add what rests on records: not what the named ties give already."""
    of_records = {one.what: set(one.indicators) for one in lacking.lacking(("staff", "nominations"), ("unit",))}
    of_ties = {one.what: set(one.indicators) for one in lacking.lacking(("staff",), ("unit",))}
    assert {"boundary crossing", "load"} <= of_ties["interactions"]
    assert "load" in of_records["interactions"]
    assert "boundary crossing" not in of_records["interactions"]
