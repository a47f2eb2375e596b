"""The mail and the query that other tools are given are what they read, and ours of them is what it says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks import onapeers, onapeers_jobs
from benchmarks.apart import Cost
from benchmarks.figures import beside


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small company's files, as the working folder."""
    onapeers_jobs.write_mail(tmp_path, people=60, pairs=200, mails=900)
    onapeers_jobs.write_query(tmp_path, people=80, ties=300)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_mail_is_of_staff_and_of_late(folder):
    """So many mails, nobody to himself, all in the last days."""
    mail, staff = (pd.read_csv(folder / name) for name in (onapeers_jobs.MAIL, onapeers_jobs.STAFF))
    assert (len(mail), len(staff)) == (900, 60)
    assert set(mail["sender_id"]) | set(mail["recipient_id"]) <= set(staff["person_id"])
    assert (mail["sender_id"] != mail["recipient_id"]).all()
    age = pd.Timestamp.now() - pd.to_datetime(mail["timestamp"])
    assert age.max() <= pd.Timedelta(days=onapeers_jobs.DAYS + 2)


def test_ours_of_mail_counts_whom_one_mails_with(folder):
    """Each person's ties are the distinct others; PageRank sums to 1."""
    onapeers_jobs.ours_of_mail()
    found = pd.read_parquet("ours of mail.parquet")
    mail = pd.read_csv(folder / onapeers_jobs.MAIL)
    both = pd.concat([mail[["sender_id", "recipient_id"]].set_axis(["a", "b"], axis=1),
                      mail[["recipient_id", "sender_id"]].set_axis(["a", "b"], axis=1)])  # fmt: skip
    expected = both.groupby("a")["b"].nunique().reindex(found.index, fill_value=0)
    assert found["ties"].tolist() == expected.tolist()
    assert found["PageRank"].sum() == pytest.approx(1)


@pytest.mark.filterwarnings("ignore:Some eigenvector centralities")
def test_ours_of_a_query_has_a_row_for_everybody_in_it(folder):
    """And the measures of the other's table."""
    onapeers_jobs.ours_of_query()
    found = pd.read_parquet("ours of query.parquet")
    query = pd.read_parquet(folder / onapeers_jobs.QUERY)
    assert set(found["name"]) == set(query.filter(like="PersonId").to_numpy().ravel())
    assert found["degree"].sum() == 2 * len(query)
    assert onapeers_jobs.arcs(query).ecount() == len(query)


def test_difference_is_in_parts_of_the_largest():
    """Infinite where one side alone has a value."""
    one, other = pd.Series([1.0, 2.0, np.nan]), pd.Series([1.0, 4.0, np.nan])
    assert onapeers.apart_by(one, other) == 0.5
    assert onapeers.apart_by(one.fillna(0), other) == float("inf")


def test_ours_stands_beside_the_nearest_other():
    """Time over ours is of the least of the other's runs."""
    costs = {"ours": [Cost(2, 2, 0.2, 0, ""), Cost(4, 4, 0.2, 0, "")], "other": [Cost(8, 9, 1, 0, "")]}
    figures = onapeers.told(costs, "ours", "other")
    assert beside(figures, figures[0])["peer"].value == pytest.approx(3 / 8)
    assert figures[-1].runs == (4, 2)
    assert figures[-1].met
