"""Ties outside: how likely strategic, how fresh, and how much they let one hear."""

from __future__ import annotations

import hypothesis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings, staff

from kithwork.log import Log
from kithwork.market.external import access, assumed, contacts, outside
from kithwork.tables import INTERACTIONS, NOMINATIONS, PARTIES

SIGNS = {"strategic": {"learn": [0.4, 0.6], "work": [0.1, 0.3], "crosses_unit": [0.0, 0.2], "any": [0.0, 0.1]}}
PEOPLE = staff(["A"] * 4)
ROWS = [("x", "customer", "food"), ("s", "supplier", None), ("u", "unmapped", None)]
MARKET = PARTIES.checked(pd.DataFrame(ROWS, columns=list(PARTIES.columns)))


def log(*met: tuple[str, str, str | None]) -> Log:
    """A log of these contacts: who, with whom, and when; a few rows to a part."""
    rows = [{"ego_id": a, "alter_id": b, "at": at and pd.Timestamp(at, tz="UTC")} for a, b, at in met]
    schema = pa.schema([INTERACTIONS.arrow.field(name) for name in ("ego_id", "alter_id", "at")])
    parts = [pa.Table.from_pylist(rows[i : i + 2], schema) for i in range(0, max(len(rows), 1), 2)]
    return Log(held=pa.concat_tables(parts))


def tied(*named: tuple[str, str, str], contact: pd.DataFrame | None = None, **changes) -> pd.DataFrame:
    """Ties outside by these nominations, by person and party."""
    nominations = NOMINATIONS.checked(pd.DataFrame(named, columns=list(NOMINATIONS.columns)))
    contact = contacts(log(), PEOPLE, MARKET) if contact is None else contact
    found = outside(nominations, MARKET, PEOPLE, contact, settings(SIGNS, changes))
    return found.assign(party=MARKET["party_id"].to_numpy()[found["party"]])


def test_signs_vote_as_inside():
    """learn, work, a border crossed and any: 1 − .5 × .8 × .9 × .95; a relation without a sign leaves the last two."""
    found = tied(("p000", "x", "learn"), ("p000", "x", "work"), ("p001", "s", "lunch"))
    assert found["p_strategic"].tolist() == pytest.approx([1 - 0.5 * 0.8 * 0.9 * 0.95, 1 - 0.9 * 0.95])
    assert found["relations"].tolist() == ["learn+work", "lunch"]


def test_draws_stay_in_what_the_ranges_allow_and_words_stay_certain():
    """learn alone, beside what every tie shows: from 1 − .6 × 1 × 1 to 1 − .4 × .8 × .9, in the middle on average, times
    what it lets one hear; of a person's word nothing is drawn; the same generator gives the same."""
    found = tied(("p000", "x", "learn"), ("p001", "x", "GM"))
    one, two = (np.stack(list(assumed(found, settings(SIGNS), 4000, np.random.default_rng(8)))) for _ in range(2))
    assert (one == two).all()
    assert (one[:, 1] == 0.7).all()
    assert 0.7 * 0.4 <= one[:, 0].min() < 0.7 * 0.45
    assert 0.7 * 0.66 < one[:, 0].max() <= 0.7 * (1 - 0.4 * 0.8 * 0.9)
    assert one[:, 0].mean() == pytest.approx(found["heard"][0], abs=0.002)


def test_a_persons_word_makes_a_tie_strategic():
    """A relation that stands for strategic ties, or the survey's question whose reading one relies on, is certain."""
    named = [("p000", "x", "learn"), ("p001", "x", "GM"), ("p002", "x", "work")]
    assert tied(*named, labels={"strategic": ["learn"]})["p_strategic"].tolist()[:2] == [1, 1]
    assert (tied(*named)["p_strategic"] == 1).tolist() == [False, True, False]


def test_who_stands_first_does_not_matter_and_what_is_unmapped_is_left_out():
    """A party that names a person is a tie as well; colleagues and parties of no known kind are none."""
    found = tied(("x", "p003", "work"), ("p000", "u", "work"), ("p000", "p001", "work"))
    assert found[["person", "party"]].to_numpy().tolist() == [[3, "x"]]


def test_the_last_contact_is_found_in_a_log_read_in_parts():
    """The latest of either direction, counted to the last day of the log, whoever's; undated records say nothing."""
    found = contacts(
        log(
            ("p000", "x", "2026-01-01T10:00"), ("x", "p000", "2026-01-21T23:00"), ("p000", "x", "2026-01-11"),
            ("p001", "s", None), ("p002", "p003", "2026-01-31T01:00"), ("s", "x", "2026-01-30"),
        ), PEOPLE, MARKET,
    )  # fmt: skip
    assert found.to_dict("records") == [{"person_id": "p000", "party_id": "x", "days": 10, "span": 31}]


@hypothesis.settings(max_examples=30)
@given(st.lists(st.tuples(*[st.sampled_from(["p000", "p001", "x", "s", "nobody"])] * 2, st.integers(0, 90)), max_size=12))
def test_contacts_agree_with_pandas(met):
    """Of any log: the latest day of each person with each party, whoever began, as pandas groups it."""
    start = pd.Timestamp("2026-01-01", tz="UTC")
    found = contacts(log(*((a, b, str(start + pd.Timedelta(hours=12 * half))) for a, b, half in met)), PEOPLE, MARKET)
    frame = pd.DataFrame(met, columns=["a", "b", "half"]).astype({"half": int})
    either = pd.concat([frame, frame.rename(columns={"a": "b", "b": "a"})])
    either = either[either["a"].str.startswith("p", na=False) & either["b"].isin(["x", "s"])]
    day = either.assign(day=either["half"] // 2).groupby(["a", "b"])["day"].max()
    expected = {} if day.empty else (frame["half"].max() // 2 - day).to_dict()
    assert found.set_index(["person_id", "party_id"])["days"].to_dict() == expected
    assert (found["span"] == np.ptp(frame["half"] // 2) + 1).all() if len(frame) else found.empty


def test_freshness_halves_with_the_days_of_the_setting():
    """Ten days at ten a half are a half; a tie the log never shows counts half; with no log all are fresh."""
    seen = contacts(log(("p000", "x", "2026-01-02"), ("p001", "p002", "2026-01-12")), PEOPLE, MARKET)
    named = [("p000", "x", "work"), ("p001", "x", "work")]
    at = settings(SIGNS, market={"fade_days": 10.0})
    nominations = NOMINATIONS.checked(pd.DataFrame(named, columns=list(NOMINATIONS.columns)))
    assert outside(nominations, MARKET, PEOPLE, seen, at)["fresh"].tolist() == pytest.approx([0.5, 0.5])
    assert tied(*named)["fresh"].tolist() == [1, 1]


def test_access_goes_by_place_in_the_reporting_tree():
    """The top and who leads right below it hear most; a leader further down less; who leads nobody least."""
    chain = staff(["A"] * 5, manager_id=[None, "p000", "p001", "p002", "p000"])
    assert access(chain).tolist() == [0.9, 0.9, 0.7, 0.5, 0.5]
    assert access(PEOPLE).tolist() == [0.7] * 4


def test_what_is_heard_is_the_product():
    """P(strategic) × freshness × access, tie by tie; no nomination gives no row."""
    found = tied(("p000", "x", "GM"), ("p001", "s", "work"))
    assert found["heard"].tolist() == pytest.approx((found["p_strategic"] * found["fresh"] * found["access"]).tolist())
    assert tied().empty
