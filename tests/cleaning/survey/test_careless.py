"""Careless answers: each sign on answers made for it, the two-sign rule, and how often careful people are flagged."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from synthetic import settings

from kithwork import scales, simulation
from kithwork.cleaning.claims import unseen
from kithwork.cleaning.survey import careless
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.tables import tables

SETTING = settings().clean.survey
ITEMS = list(scales.ORDER)[:-1]


@pytest.fixture(scope="module")
def honest() -> pd.DataFrame:
    """The answers of some 300 careful people, a row each; gaps as the forms and skipping leave them."""
    answers = tables(simulation.simulate(400, 12, 3, Knobs(careless=0)))["answers"]
    return careless.gridded(answers)


def long(wide: pd.DataFrame) -> pd.DataFrame:
    """A row per answer."""
    return wide.rename_axis("person_id").reset_index().melt("person_id", var_name="item").dropna(ignore_index=True)


def found(wide: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """The table, by person; `seconds` of each, where given."""
    times = pd.DataFrame({"person_id": wide.index, **columns}) if columns else None
    return careless.careless(long(wide), times, SETTING).set_index("person_id")


def planted(wide: pd.DataFrame, answer: dict[int, object]) -> pd.DataFrame:
    """With the answers of some people, by row, replaced wherever they gave one."""
    wide = wide.copy()
    for row, values in answer.items():
        told = wide.iloc[row].notna().to_numpy()
        wide.iloc[row, np.flatnonzero(told)] = np.resize(values, told.sum())
    return wide


def test_careful_people_are_rarely_flagged(honest):
    """At most 2 of 100, of some 300 whose answers follow their traits."""
    assert found(honest)["flagged"].mean() <= 0.02


@pytest.mark.parametrize(
    ("answer", "signs"), [([4], {"run", "spread", "repeated"}), ([1, 5], {"repeated"}), ([1, 2, 3, 4, 5], {"repeated"})]
)
def test_patterns_are_flagged_with_their_evidence(honest, answer, signs):
    """One column throughout, zigzag and staircase show these signs, and are flagged among careful people."""
    table = found(planted(honest, dict.fromkeys(range(5), answer))).iloc[:5]
    assert all(signs <= set(shown.split("+")) for shown in table["signs"])
    assert table["flagged"].all()
    assert (table["repeated"] == 1).all()


def test_random_answers_are_far_from_everybody(honest):
    """Of fifteen who tick at random nearly all are far from the rest, and most are flagged, without any times."""
    rng = np.random.default_rng(4)
    table = found(planted(honest, {row: rng.integers(1, 6, 60).astype(float) for row in range(15)})).iloc[:15]
    assert table["signs"].fillna("").str.contains("distance").mean() > 0.8
    assert table["flagged"].mean() > 0.6


def test_speed_and_attention_are_two_signs(honest):
    """Under two seconds an answer, and another answer than the one asked for."""
    wide = honest.assign(S7=2.0)
    wide.iloc[:3, wide.columns.get_loc("S7")] = 5.0
    seconds = [60.0, 600, 60] + [600.0] * (len(wide) - 3)
    table = found(wide, seconds=seconds)
    assert table["flagged"].iloc[:3].tolist() == [True, False, True]
    assert {"speed", "attention"} <= set(table["signs"].iloc[0].split("+"))
    assert table["attention"].tolist() == [0] * 3 + [1] * (len(wide) - 3)
    assert table["seconds_per_answer"].iloc[0] == pytest.approx(60 / wide.iloc[0].notna().sum())


def test_same_answers_of_two_are_a_sign_of_both(honest):
    """A copied response is no flag by itself: one of the two may be somebody's own."""
    wide = honest.copy()
    wide.iloc[1] = wide.iloc[0]
    table = found(wide)
    assert table["twins"].iloc[:3].tolist() == [1, 1, 0]
    assert "twin" in table["signs"].iloc[0]


def test_few_people_have_no_distance(honest):
    """Fewer than two people an item: the distribution cannot be known."""
    assert found(honest.iloc[:60])["distance"].isna().all()
    assert found(honest)["distance"].notna().all()


def test_few_answers_show_no_pattern(honest):
    """Five answers alike are not a sign, and nothing that a pattern was looked for in."""
    wide = honest.copy()
    wide.iloc[0] = np.nan
    wide.iloc[0, :5] = 4.0
    row = found(wide).iloc[0]
    assert (row["answered"], row["flagged"]) == (5, False)
    assert row[[*careless.PATTERNS, "twins"]].isna().all()


def test_short_survey_has_signs_that_could_not_be_looked_at(honest):
    """Of eight items no pattern can be told, whatever their answers."""
    table = careless.careless(long(honest.iloc[:, :8]), None, SETTING)
    assert "a long run of one answer" in unseen(table)
    assert "the very same answers as somebody" in unseen(table)


def test_reversed_items_are_turned_before_consistency():
    """Who agrees with one thing and disagrees with its reverse is consistent."""
    value = {name: 1.0 + number % 5 for number, name in enumerate(scales.names())}
    row = {item: value[scale] if sign > 0 else 6 - value[scale] for item, (scale, sign) in scales.ITEMS.items()}
    assert found(pd.DataFrame([row], index=["p"]))["consistency"].iloc[0] == pytest.approx(1)


def test_items_stand_in_the_order_asked():
    """Whatever their order in the table; items of the client's own follow by name."""
    rows = [("p", item, 3.0) for item in ("own10", "PE4", "V10a", "own9", "AW", "V2a")]
    wide = careless.gridded(pd.DataFrame(rows, columns=["person_id", "item", "value"]))
    assert list(wide) == ["V2a", "V10a", "AW", "PE4", "own9", "own10"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_p_of_many_is_scipys(chances):
    """Benjamini and Hochberg's adjusted p, with and without one that is absent."""
    given_ = np.array(chances)
    expected = stats.false_discovery_control(given_)
    assert careless.adjusted(given_) == pytest.approx(expected)
    assert careless.adjusted(np.append(given_, np.nan))[:-1] == pytest.approx(expected)


point = st.sampled_from([1.0, 2, 3, 4, 5])
rows = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([*ITEMS[:8], "S7", "own"]), point)


@given(st.lists(rows, unique_by=lambda row: row[:2]))
def test_any_answers_make_a_table(given_):
    """A row per person who answered, whatever was answered; the contract's check is in it."""
    answers = pd.DataFrame(given_, columns=["person_id", "item", "value"])
    table = careless.careless(answers, None, SETTING)
    assert table["person_id"].tolist() == sorted(set(answers["person_id"]))
    assert (table["flagged"] == (table["signs"].fillna("").str.count(r"\+") >= 1)).all()
