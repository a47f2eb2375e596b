"""The benchmark of another month takes the last four weeks out of a log, and tells what they cost in months."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks import months


def test_last_month_is_taken_out_and_no_row_is_lost(tmp_path):
    """What stays is before it, what comes back is of it."""
    at = [
        months.LAST - pd.Timedelta(days=1),
        months.LAST,
        months.LAST + pd.Timedelta(days=20),
        pd.Timestamp("2026-01-02", tz="UTC"),
    ]
    for number in range(2):
        pd.DataFrame({"at": at[number::2], "row": range(number, 4, 2)}).to_parquet(tmp_path / f"{number}.parquet")
    late = months._parted(tmp_path)
    left = pd.concat(pd.read_parquet(file) for file in sorted(tmp_path.iterdir()))
    assert sorted(late["row"]) == [1, 2]
    assert sorted(left["row"]) == [0, 3]


def test_month_is_told_in_months():
    """Twice a thirteenth of what the whole costs beyond a run with nothing new."""
    *_, month = months.told_of("files", dict(zip(months.RUNS, (120.0, 10.0, 30.0, 140.0), strict=True)))
    assert month.measured == pytest.approx(2.0)
    assert month.goal == 3
