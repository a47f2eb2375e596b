"""Which figures of one study read otherwise than before."""

from __future__ import annotations

from synthetic import claim, released

from kithwork.report.before_and_after import INTERVAL_ALONE, MOVED, moved

NAME = "values.influence.reach_across"


def told(before: list[dict], now: list[dict], same_data: bool = True) -> list[tuple[str, str]]:
    """Claim and verdict, in order."""
    return [(row.id, row.verdict) for row in moved(released(*before), released(*now), same_data=same_data)]


def groups(middle: float, names: str = "ABC") -> list[dict]:
    """A measure by group, with its whole."""
    return [claim(NAME, 50, n=60), *(claim(NAME, middle, group=name, n=20) for name in names)]


def test_figures_that_read_the_same_are_not_told():
    """However they differ behind what is printed."""
    assert told([claim(NAME, 50.1, 40, 60)], [claim(NAME, 50.3, 40, 60)]) == []


def test_largest_moves_come_first_and_intervals_alone_last():
    """A move counts in half-widths of its own interval."""
    before = [claim("ties.connected", 50, 40, 60), claim("people.network_core", 50, 49, 51), claim(NAME, 50, 40, 60)]
    now = [claim("ties.connected", 53, 43, 63), claim("people.network_core", 53, 52, 54), claim(NAME, 50, 38, 60)]
    assert told(before, now) == [("people.network_core", MOVED), ("ties.connected", MOVED), (NAME, INTERVAL_ALONE)]


def test_groups_are_told_only_of_the_same_data():
    """Where people may have come or gone, the difference of two groups could tell of them."""
    before, now = groups(40), groups(50)
    assert told(before, now) == [(f"{NAME}.{name}", MOVED) for name in "ABC"]
    assert told(before, now, same_data=False) == []


def test_group_that_one_side_holds_back_is_not_named():
    """Only what both show."""
    assert {name for name, _ in told(groups(40), groups(50, "AB"))} == {f"{NAME}.A", f"{NAME}.B"}


def test_figures_that_came_or_went_are_told():
    """On which side they stand; and those of scenarios as all others."""
    scenario = claim("change.curve.random.4", 10, scope="scenario", group=None)
    assert told([claim(NAME), scenario], [claim("ties.connected"), scenario | {"estimate": 20.0}]) == [
        ("change.curve.random.4", MOVED),
        (NAME, "only in the first"),
        ("ties.connected", "only in the second"),
    ]
