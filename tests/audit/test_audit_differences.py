"""What two publications tell together: editions that disagree, releases a few people apart, measures counted twice."""

from __future__ import annotations

import pytest
from audited import measure, page
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim

from kithwork.audit import differences
from kithwork.audit.published import Study


def study(*pages) -> Study:
    """A study of these pages."""
    return Study("acme", list(pages))


def test_editions_that_agree_have_no_fault():
    """A public page of the whole beside a sponsor's page of groups with the same figures."""
    rows = measure("people.x", (40, 50), {"A": (20, 40), "B": (20, 60)})
    both = study(page(*rows), page(rows[0], name="public.html", edition="public"))
    assert differences.editions(both.figures) == []


@pytest.mark.parametrize("other", [claim("people.x", 51), claim("people.x", 50, people=39), claim("people.y", 50)])
def test_editions_that_disagree_are_found(other):
    """Another figure, another count of people, or a claim that the sponsor does not get."""
    both = study(page(claim("people.x", 50)), page(other, name="public.html", edition="public"))
    [fault] = differences.editions(both.figures)
    assert fault.page == "public.html"


@given(few=st.integers(5, 12), by=st.integers(1, 9), truth=st.floats(-1, 1), mean=st.floats(-1, 1))
def test_a_release_a_few_people_later_is_found(few, by, truth, mean):
    """Two figures one to four people apart are found where the difference tells, and its bounds hold the truth."""
    later = (few * mean + by * truth) / (few + by)
    two = [
        study(page(claim("values.x", round(figure, 2), people=people, unit="index"))).figures
        for people, figure in ((few, mean), (few + by, later))
    ]
    faults, compared = differences.between(*two, 5)
    assert compared == 1
    assert bool(faults) == (by < 5)
    for fault in faults:
        low, high = map(float, fault.found.rpartition("mean ")[2].split(" to "))
        assert low - 0.01 <= truth <= high + 0.01


def test_rounding_that_hides_the_few_is_no_fault():
    """Of 384 and 385 people in whole per cent nothing is learned of one."""
    two = [study(page(claim("values.x", 50, people=people))).figures for people in (384, 385)]
    assert differences.between(*two, 5)[0] == []


def test_waves_are_compared_only_where_figures_were_carried_over():
    """Given anew, answers of a few more tell nothing; a measure that is otherwise the very same one does."""
    groups = {name: (20, 10.0 * at) for at, name in enumerate("ABCDEF")}
    before = study(page(*measure("values.x", (126, 30), groups | {"G": (6, 50)}))).figures
    anew = {name: (20, figure + 7) for name, (_, figure) in groups.items()}
    again = study(page(*measure("values.x", (127, 36), anew | {"G": (7, 57)}))).figures
    kept = study(page(*measure("values.x", (127, 30), groups | {"G": (7, 57)}))).figures
    assert differences.between(before, again, 5, waves=True) == ([], 0)
    assert len(differences.between(before, kept, 5, waves=True)[0]) == 1


def test_a_measure_counted_twice_is_found():
    """Two measures that agree wherever they are about as many people, and are about one more in a small group."""
    groups = {name: (20, 10.0 * at) for at, name in enumerate("ABCDEF")}
    one = measure("change.x", (127, 30), groups | {"G": (7, 50)}, unit="score")
    two = measure("values.x", (126, 30), groups | {"G": (6, 42)}, unit="score")
    faults, pairs = differences.twins(study(page(*one, *two)).figures, 5)
    assert pairs == len(faults) == 1
    assert "mean 91.5 to 100" in faults[0].found


def test_measures_that_are_nil_alike_are_not_one():
    """Figures that agree because they are all 0 are no sign of one measure."""
    groups = {name: (20, 0.0) for name in "ABCDEF"}
    one = measure("change.x", (127, 0), groups | {"G": (7, 0)})
    two = measure("values.x", (126, 0), groups | {"G": (6, 0)})
    assert differences.twins(study(page(*one, *two)).figures, 5) == ([], 0)
