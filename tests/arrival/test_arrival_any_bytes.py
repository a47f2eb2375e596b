"""Whatever lies in a client's folder, it is taken for something or told why not; nothing is raised."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithwork.arrival import folder, questions

BYTES = st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode))
STARTS = st.sampled_from(
    [b"", b"PK\x03\x04", b"PAR1", b"{", b"<", b"id,unit\n", b"\xff\xfe", b"From a 1\n", b"BEGIN:VCALENDAR\n"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(STARTS, BYTES, st.sampled_from(["x.csv", "x.xlsx", "x", "x.json", "x.parquet", "x.eml"]))
def test_any_bytes_are_something_or_told_why_not(tmp_path, start, rest, name):
    """Whatever a file holds, it is read for a source or has a reason; nothing is raised."""
    (tmp_path / name).write_bytes(start + rest)
    for one in folder.looked_at(tmp_path, [name], questions.Noted(questions.by_the_best))[0]:
        assert one.readings or one.why_not


CELL = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(CELL, min_size=2, max_size=6), st.lists(st.lists(CELL, min_size=2, max_size=6), min_size=1, max_size=8))
def test_any_headings_and_cells_raise_nothing(tmp_path, heads, rows):
    """A table of any words is taken for a source or told why not."""
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [heads, *rows])
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    for one in folder.looked_at(tmp_path, ["t.csv"], questions.Noted(questions.by_the_best))[0]:
        assert one.readings or one.why_not
