"""The pass over a file finds what the Ibis expression does, whatever the records, their order, and how they lie."""

from __future__ import annotations

from functools import cache

import duckdb
import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithwork.tables import CHANNELS, INTERACTIONS
from kithwork.ties import contact, local, ordered

DAY = 86_400
START = pd.Timestamp("2026-01-01", tz="UTC")
WHO = ["ann", "Bea", "cy", "Åse", "dan"]

seconds = st.sampled_from([0, 60, 61, DAY // 2, DAY]) | st.integers(-400 * DAY, 400 * DAY) | st.floats(0, 3)
records = st.lists(
    st.fixed_dictionaries(
        {
            "ego_id": st.sampled_from(WHO),
            "alter_id": st.sampled_from(WHO),
            "channel": st.sampled_from(CHANNELS),
            "at": st.none() | seconds.map(lambda time: START + pd.Timedelta(seconds=time)),
            "day_only": st.booleans(),
            "minutes": st.none() | st.integers(0, 10**8).map(lambda n: n / 100),
            "size": st.none() | st.integers(2, 5) | st.integers(2, 3000),
            "event": st.integers(0, 30),
            "off_hours": st.none() | st.integers(0, 1),
            "weekend": st.none() | st.integers(0, 1),
        }
    ).filter(lambda row: row["ego_id"] != row["alter_id"]),
    unique_by=lambda row: (row["ego_id"], row["alter_id"], row["event"]),
    max_size=60,
)


def interactions(rows: list[dict]) -> pd.DataFrame:
    """A checked table of these records, in the order they came."""
    frame = INTERACTIONS.checked(pd.DataFrame(rows, columns=list(INTERACTIONS.columns)))
    return frame.sample(frac=1, random_state=len(rows))


@cache
def query(directed: bool) -> str:
    """The expression, as DuckDB is asked."""
    met = ibis.table(ibis.Schema.from_pyarrow(INTERACTIONS.arrow), name="interactions")
    return ibis.to_sql(contact.features(met, directed).order_by("a_id", "b_id"), dialect="duckdb")


def asked(interactions: pd.DataFrame, directed: bool) -> pd.DataFrame:
    """What the expression finds in these records."""
    return duckdb.query_df(interactions, "interactions", query(directed)).df()


def measured(frame: pd.DataFrame, folder, directed: bool = True) -> pd.DataFrame:
    """What the pass finds in three files of these records, in small groups of rows."""
    files = [folder / f"{number}.parquet" for number in range(3)]
    for number, file in enumerate(files):
        frame.iloc[number::3].to_parquet(file, index=False, row_group_size=7)
    return local.features(files, directed)


@pytest.mark.parametrize("rows_of_a_part", [4, 2**21])
@settings(max_examples=40)
@given(rows=records, directed=st.booleans())
def test_pass_finds_what_the_expression_does(rows_of_a_part, tmp_path_factory, rows, directed):
    """Absent values, days alone, the same second, one event both ways, groups of thousands: the same rows, order and types.

    To the last bit, but `decayed`, a sum of powers each rounded at 10⁻⁹: machines differ in the last bit of a power.
    """
    frame = interactions(rows)
    expected = asked(frame, directed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "ROWS", rows_of_a_part)
        found = measured(frame, tmp_path_factory.mktemp("log"), directed)
    near = "decayed"
    pd.testing.assert_series_equal(found[near], expected[near].astype("float64"), rtol=0, atol=1e-9 * (1 + len(rows)))
    kept = [name for name in found if name != near]
    pd.testing.assert_frame_equal(found[kept], expected[kept].astype(found.dtypes[kept]), check_exact=True)
    assert list(found) == list(expected)


def test_order_of_rows_changes_nothing(tmp_path):
    """Not one bit: pairs whose records come out of time are put right."""
    rng = np.random.default_rng(4)
    minutes = rng.integers(99_999, size=3000).tolist()
    rows = [
        {"ego_id": WHO[a], "alter_id": WHO[b], "channel": "mail", "at": START + pd.Timedelta(minutes=minutes[number]),
         "day_only": False, "event": number, "size": 2.0 + number % 40}
        for number, (a, b) in enumerate(rng.integers(0, 5, (3000, 2))) if a != b
    ]  # fmt: skip
    frame = INTERACTIONS.checked(pd.DataFrame(rows, columns=list(INTERACTIONS.columns)))
    shuffled = measured(interactions(rows), tmp_path)
    pd.testing.assert_frame_equal(measured(frame, tmp_path), shuffled, check_exact=True)


def test_keys_too_large_to_carry_their_place_are_sorted_all_the_same():
    """Millions of people in long parts: slower, the same order."""
    rng = np.random.default_rng(2)
    small = rng.integers(0, 50, 500)
    columns = {name: rng.integers(0, 9, 500) for name in ("second", "event", "people", "minutes", "flags")}
    one, other = (ordered.ordered(key, small % 2 == 0, columns) for key in (small, small * 2**57))
    for name in ("pair", "starts", "forth", "second", "flags"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
