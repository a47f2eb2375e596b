"""What two runs of a study are compared by: figures that passed the gate, and nothing in place of those that did not."""

from __future__ import annotations

import json

import pandas as pd
from scored import scored
from synthetic import claim, facts, released

from kithwork.report import measures
from kithwork.tables import INTAKE

COUNTS = {"rows_in": 10, "rows_kept": 6, "rows_set_aside": 0}
PAGE = {"people": 40, "findings": {"crossing": "", "reach": ""}}


def intake(**refused: int):
    """Files of which so many rows were refused, by source."""
    rows = [{"source": name, "file": name, "rows_refused": many, **COUNTS} for name, many in refused.items()]
    return pd.DataFrame(rows, columns=list(INTAKE.columns))


def test_a_study_is_a_handful_of_numbers():
    """Counts stand alone, estimates with both ends; rows refused are summed, but for the list that no page counts."""
    through = released(
        claim("ties.multiplex", 30, n=120),
        claim("ties.per_person", 8.7, unit="people"),
        claim("clean.responded", 78),
        claim("people.share_strategic", 16, 8, 22),
        claim("change.readiness", 55, 53, 57, unit="score"),
    )
    found = measures.measures(PAGE, through, facts(intake(staff=3, nominations=1, opt_outs=2)))
    assert found == {
        "people": 40,
        "ties": 120,
        "rows_refused": 4,
        "responded": 78,
        "ties_per_person": 8.7,
        "strategic": {"low": 8, "estimate": 16, "high": 22},
        "readiness": {"low": 53, "estimate": 55, "high": 57},
        "findings": 2,
    }
    assert json.loads(json.dumps(found)) == found


def test_what_is_about_few_is_not_among_them():
    """A figure about fewer people than the smallest group is absent from measures and tables alike."""
    few = released(claim("people.share_strategic", 16, n=4), claim("people.share_personal", 30), claim("clean.responded"))
    assert {"strategic", "personal"} & {*measures.measures(PAGE, few, facts())} == {"personal"}
    assert measures.kinds(few).to_dict("list") == {"kind": ["personal"], "low": [30], "estimate": [30], "high": [30]}


def test_segments_are_counted_where_they_are_supported():
    """None where people form a continuum; else those shown and those held back together."""
    stability = claim("people.stability", 0.9, 0.8, 1.0, unit="index", reference=0.4, reference_label="chance")
    shares = [claim("people.segment_share", 30, group=name, n=n) for name, n in (("A", 20), ("B", 15), ("C", 3))]
    assert measures.measures(PAGE, released(stability), facts())["segments"] == 0
    assert measures.measures(PAGE, released(stability, *shares), facts())["segments"] == 3
    assert "segments" not in measures.measures(PAGE, released(claim("clean.responded")), facts())


def test_values_lie_from_their_references():
    """Each value's own row stands above those of its indicators, in the framework's order, with its interval."""
    lying = {"influence.reach_across": "worse", "strategic_perspective.redundancy": "better"}
    rows = measures.values(*scored(lying, composites={"influence": -0.5}))
    assert list(rows.columns) == ["number", "value", "measure", "low", "estimate", "high"]
    assert list(zip(rows["number"], rows["measure"], strict=True)) == [
        (1, "redundancy"),
        (7, "all together"),
        (7, "reach across boundaries"),
    ]
    assert (rows["low"] <= rows["estimate"]).all()
    assert (rows["estimate"] <= rows["high"]).all()


def test_nothing_measured_is_a_table_without_rows():
    """A study of which nothing may be shown has the same columns, so that dvc draws an empty plot and not an error."""
    nothing = released()
    assert list(measures.kinds(nothing).columns) == ["kind", "low", "estimate", "high"]
    assert measures.values(nothing, facts()).empty
