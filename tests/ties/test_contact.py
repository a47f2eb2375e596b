"""What recorded contact says of a pair: each feature against a plain reading of the same records, and planted rhythms."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import sqrt
from statistics import mean, median, pstdev

import ibis
import numpy as np
import pandas as pd
import postgres
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from ibis.backends.sql.compilers import (
    BigQueryCompiler,
    DuckDBCompiler,
    PostgresCompiler,
    PySparkCompiler,
    SnowflakeCompiler,
)
from synthetic import staff

from kithwork.tables import CHANNELS, CONTACT, INTERACTIONS
from kithwork.ties import contact, ordered

SIX = staff([None] * 6)
DAY = 86_400
START = pd.Timestamp("2026-01-01", tz="UTC")


def log(rows: list[tuple], **more) -> pd.DataFrame:
    """An interactions table of contacts (ego, alter, channel, minutes), one minute apart unless `at` says otherwise."""
    frame = pd.DataFrame(rows, columns=["ego_id", "alter_id", "channel", "minutes"])
    frame = frame.assign(size=None, event=range(len(rows)), day_only=False, off_hours=None, weekend=None)
    frame = frame.assign(at=[START + pd.Timedelta(minutes=i) for i in range(len(frame))]).assign(**more)
    return INTERACTIONS.checked(frame)


def between(frame: pd.DataFrame, people: pd.DataFrame = SIX, directed: bool = True) -> pd.DataFrame:
    """What is known of the pairs in it."""
    return contact.between(ibis.memtable(frame), people, directed)


def at(*seconds: float) -> list[pd.Timestamp]:
    """Times so many seconds after the start."""
    return [START + pd.Timedelta(seconds=one) for one in seconds]


def mails(*sent: tuple[int, float]) -> pd.Series:
    """What is known of a pair whose mails are (sender 0 or 1, seconds after the start)."""
    rows = [(f"p00{ego}", f"p00{1 - ego}", "mail", None) for ego, _ in sent]
    return between(log(rows, at=at(*(time for _, time in sent)))).iloc[0]


ids = st.sampled_from([row for row in SIX["person_id"]][:4])
records = st.lists(
    st.fixed_dictionaries(
        {
            "ego_id": ids,
            "alter_id": ids,
            "channel": st.sampled_from(["mail", "chat", "meeting"]),
            "at": st.none() | st.integers(0, 60 * DAY).map(lambda time: START + pd.Timedelta(seconds=time)),
            "day_only": st.booleans(),
            "minutes": st.none() | st.integers(0, 10**6).map(lambda n: n / 100),
            "size": st.none() | st.integers(2, 9),
            "off_hours": st.none() | st.integers(0, 1),
            "weekend": st.none() | st.integers(0, 1),
        }
    ).filter(lambda row: row["ego_id"] != row["alter_id"]),
    max_size=40,
)


def test_a_day_without_an_hour_is_no_reply_time():
    """Neither as an answer nor as what is answered; a day is of its own week, wherever its midnight falls."""
    rows = [(f"p00{ego}", f"p00{1 - ego}", "mail", None) for ego in (0, 1, 0)]
    timed = log(rows, at=at(0, 60, 120))
    assert between(timed).iloc[0][["latency_a", "latency_b"]].tolist() == [1, 1]
    told = between(timed.assign(day_only=[False, True, False])).iloc[0]
    assert told[["latency_a", "latency_b"]].isna().all()
    midnights = [pd.Timestamp("2026-03-01T23:00Z") + pd.Timedelta(days=days) for days in (0, 6, 7)]
    assert between(log(rows, at=midnights).assign(day_only=True)).iloc[0]["active_weeks"] == 2


def read_plainly(rows: pd.DataFrame, last: float | None) -> dict[str, float]:
    """The features of one pair, record by record."""
    rows = rows.sort_values(["at", "event", "ego_id"], na_position="last")
    second = [None if pd.isna(time) else time.timestamp() for time in rows["at"]]
    timed = [time for time in second if time is not None]
    others = rows["size"].fillna(2) - 1
    share = 1 / others
    a = min(rows["ego_id"].iloc[0], rows["alter_id"].iloc[0])
    way = [
        0 if channel == "meeting" else 1 if ego == a else -1
        for ego, channel in zip(rows["ego_id"], rows["channel"], strict=True)
    ]
    found = {
        "contacts": share.sum(),
        "minutes": (rows["minutes"].fillna(0) / others).sum(),
        **{f"contacts_{channel}": share[rows["channel"] == channel].sum() for channel in CHANNELS},
        "one_to_one": (others == 1).mean(),
        "group_size": (others + 1).mean(),
        "off_hours": rows["off_hours"].mean(),
        "weekend": rows["weekend"].mean(),
    }
    there, back = (share[[one == sign for one in way]].sum() for sign in (1, -1))
    found["reciprocity"] = min(there, back) / max(there, back) if there or back else None
    gaps = [after - before for before, after in pairwise(timed)]
    begins = [True, *(gap > 12 * 3600 for gap in gaps)][: len(timed)]
    begun = [one > 0 for one, begin in zip(way, begins, strict=False) if begin and one]
    found["initiative"] = mean(begun) if begun else None
    for name, sign in (("latency_a", 1), ("latency_b", -1)):
        answers = [
            gap / 60
            for gap, (i, j) in zip(gaps, pairwise(range(len(timed))), strict=True)
            if way[j] == sign
            and way[i] == -sign
            and gap <= 7 * DAY
            and rows["channel"].iloc[i] == rows["channel"].iloc[j]
            and not rows["day_only"].iloc[[i, j]].any()
        ]
        found[name] = median(answers) if answers else None
    if timed:
        weeks = {int((time - 4 * DAY) // (7 * DAY)) for time in timed}
        found["active_weeks"] = len(weeks)
        found["tenure_days"] = (timed[-1] - timed[0]) / DAY
        found["recency_days"] = (last - timed[-1]) / DAY
        ages = pd.Series([last - time for time in timed])
        found["decayed"] = (share.to_numpy()[: len(timed)] * 0.5 ** (ages / (28 * DAY))).sum()
        found["regularity"] = len(weeks) / (max(weeks) - min(weeks) + 1)
    n = len(gaps)
    if n > 1 and sum(gaps):
        ratio = pstdev(gaps) / mean(gaps)
        found["burstiness"] = (sqrt(n + 1) * ratio - sqrt(n - 1)) / ((sqrt(n + 1) - 2) * ratio + sqrt(n - 1))
    return found


@given(records)
def test_every_feature_is_that_of_a_plain_reading(rows):
    """Times, days or none, sizes or none, one channel or several: as counted by hand, within what DECIMAL rounds."""
    frame = pd.DataFrame(rows, columns=list(INTERACTIONS.columns)).assign(event=range(len(rows)))
    frame = INTERACTIONS.checked(frame)
    found = between(frame).set_index(["a_id", "b_id"])
    frame["at"] = frame["at"].mask(frame["day_only"], frame["at"] + pd.Timedelta(hours=12))
    last = frame["at"].max().timestamp() if frame["at"].notna().any() else None
    pairs = defaultdict(list)
    for i, (ego, alter) in enumerate(zip(frame["ego_id"], frame["alter_id"], strict=True)):
        pairs[min(ego, alter), max(ego, alter)].append(i)
    assert sorted(pairs) == found.index.tolist()
    for pair, places in pairs.items():
        expected = read_plainly(frame.iloc[places], last)
        for name in found.columns:
            value, told = found.loc[pair, name], expected.get(name)
            assert value == pytest.approx(np.nan if told is None else told, abs=1e-4, nan_ok=True), name


def test_planted_minutes_are_recovered():
    """Totals cut at random into many contacts, in either direction and several channels, are put together again."""
    rng = np.random.default_rng(1)
    planted, rows = {}, []
    for a in range(5):
        for b in range(a + 1, 6):
            pieces = rng.integers(1, 500, rng.integers(1, 9))
            planted[f"p{a:03d}", f"p{b:03d}"] = float(pieces.sum())
            for piece in pieces:
                ends = (a, b) if rng.random() < 0.5 else (b, a)
                rows.append((f"p{ends[0]:03d}", f"p{ends[1]:03d}", str(rng.choice(["mail", "chat", "call"])), float(piece)))
    order = rng.permutation(len(rows))
    found = between(log([rows[i] for i in order]))
    assert dict(zip(zip(found["a_id"], found["b_id"], strict=True), found["minutes"], strict=True)) == planted


def test_cents_do_not_get_lost():
    """Ten thousand contacts of a hundredth of a minute are a hundred minutes, exactly."""
    assert between(log([("p000", "p001", "mail", 0.01)] * 10_000))["minutes"].tolist() == [100.0]


def test_a_moment_is_in_its_second_on_any_engine():
    """Of parts of one, before 1970 too; each engine is told, since what they do by themselves differs."""
    times = ["2026-01-01T00:00:00.5Z", "2026-01-01T00:00:01.999999Z", "2026-01-01T00:00:02Z", "1969-12-31T23:59:58.75Z"]
    whole = ["2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z", "1969-12-31T23:59:58Z"]
    sent = [("p000", "p001", "mail", None), ("p001", "p000", "mail", None)] * 2
    parts, rest = (log(sent, at=pd.to_datetime(one, format="ISO8601")) for one in (times, whole))
    pd.testing.assert_frame_equal(between(parts), between(rest))
    by_expression = contact.features(ibis.memtable(parts)).to_pandas()
    assert by_expression["tenure_days"].tolist() == between(rest)["tenure_days"].tolist()
    moment = ibis.table({"at": "timestamp('UTC')"}, name="log").at
    for compiler in (DuckDBCompiler, PostgresCompiler, PySparkCompiler):
        assert "FLOOR(" in compiler().to_sqlglot(contact._second(moment).as_table()).sql()


@pytest.mark.parametrize("compiler", [BigQueryCompiler, SnowflakeCompiler])
def test_warehouses_are_asked_for_the_same(compiler):
    """Every feature has a column in the query that a warehouse is sent."""
    met = ibis.table(ibis.Schema.from_pyarrow(INTERACTIONS.arrow), name="interactions")
    dialect = compiler.dialect
    sent = compiler().to_sqlglot(contact.features(met, people=SIX["person_id"])).sql(dialect=dialect)
    asked = sqlglot.parse_one(sent, dialect=dialect)
    assert [column.alias_or_name for column in asked.selects] == list(CONTACT.columns)


def test_pairs_are_in_one_order_whatever_letters_a_server_puts_first():
    """A server that has Åse before Bea, or a before B: the two change places, and so does what is told of each."""
    turned = pd.DataFrame({"a_id": ["a", "C"], "b_id": ["B", "D"], "initiative": [0.25, 0.5], "latency_a": [1.0, 3.0]})
    found = contact.one_order(turned.assign(latency_b=[2.0, 4.0]))
    assert found.to_numpy().tolist() == [["B", "a", 0.75, 2, 1], ["C", "D", 0.5, 3, 4]]


@pytest.mark.parametrize("size", range(2, 26))
def test_a_persons_time_counts_once_in_a_meeting(size):
    """Summed over the others in it, a meeting of any size gives each person its length (Newman 2001)."""
    people = staff([None] * size)
    pairs = [(f"p{a:03d}", f"p{b:03d}", "meeting", 60.0) for a in range(size) for b in range(a + 1, size)]
    found = between(log(pairs, size=size), people)
    ends = pd.concat([found.set_index("a_id")["minutes"], found.set_index("b_id")["minutes"]])
    assert ends.groupby(level=0).sum().to_numpy() == pytest.approx(60, abs=1e-4)


def test_contact_with_a_party_is_of_no_pair():
    """Pairs are of people: a customer who writes is none."""
    frame = log([("p000", "p001", "mail", 5.0), ("p000", "party", "mail", 5.0), ("party", "p001", "mail", 5.0)])
    assert between(frame)[["a_id", "b_id"]].to_numpy().tolist() == [["p000", "p001"]]


def test_no_contact_is_no_pair():
    """An empty log has an empty, valid table."""
    assert CONTACT.checked(between(log([]))).empty


def test_burstiness_is_that_of_goh_and_barabasi_in_the_long_run():
    """With many times between contacts the finite-size form goes to B = (r - 1) / (r + 1) (Goh & Barabási 2008)."""
    gaps = np.random.default_rng(3).lognormal(8, 1.2, 4000).round()
    ratio = gaps.std() / gaps.mean()
    found = mails(*((0, second) for second in np.concatenate([[0], gaps.cumsum()])))
    assert found["burstiness"] == pytest.approx((ratio - 1) / (ratio + 1), abs=0.02)


@pytest.mark.parametrize(
    ("seconds", "planted"), [(range(0, 50 * DAY, DAY), -1), ([*range(0, 20 * 60, 60), 40 * DAY], 1)], ids=["even", "bursts"]
)
def test_burstiness_has_its_ends(seconds, planted):
    """A daily habit is -1; minutes of talk and then long silence come near 1."""
    assert mails(*((0, second) for second in seconds))["burstiness"] == pytest.approx(planted, abs=0.01)


@pytest.mark.parametrize("n", [6, 7, 15, 24])
def test_burstiness_goes_not_beyond_its_ends(n):
    """All at once but for one contact is 1, however the last digit is rounded."""
    assert mails(*[(0, 0)] * n, (0, 1))["burstiness"] == 1
    assert ordered.burstiness(np.array([n]), np.array([1.0]), np.array([1.0])) == 1


@pytest.mark.parametrize("n", [3, 10, 60])
def test_burstiness_is_zero_where_contact_comes_by_chance(n):
    """Whatever the number of contacts: that is what the finite-size form is for."""
    rng = np.random.default_rng(n)
    rows, times = [], []
    people = staff([None] * 800)
    for a, b in zip(people["person_id"][::2], people["person_id"][1::2], strict=True):
        rows += [(a, b, "mail", None)] * n
        times += at(*sorted(rng.integers(0, 180 * DAY, n).tolist()))
    found = between(log(rows, at=times), people)["burstiness"]
    assert abs(found.mean()) < 4 * found.std() / sqrt(len(found)) + 0.02


def test_answers_are_timed_each_way():
    """What b takes to answer a, and a to answer b; a message after a message is no answer, nor is one after a week."""
    found = mails((0, 0), (1, 600), (0, 1800), (0, 2000), (1, 2000 + 3600), (0, 2000 + 3600 + 8 * DAY))
    assert (found["latency_b"], found["latency_a"]) == ((10 + 60) / 2, 20)


def test_answer_by_another_channel_is_none():
    """A call after a mail may be about anything."""
    found = between(log([("p000", "p001", "mail", None), ("p001", "p000", "call", 5.0)])).iloc[0]
    assert found[["latency_a", "latency_b"]].isna().all()


def test_who_begins_has_the_initiative():
    """Three conversations, two of them begun by a, however much is said in them."""
    days = [(0, 0), (1, 60), (1, 120), (1, 2 * DAY), (0, 2 * DAY + 60), (0, 5 * DAY)]
    assert mails(*days)["initiative"] == pytest.approx(2 / 3)


def test_nobody_begins_where_no_direction_is_known():
    """In a meeting, and in an engagement without direction, nothing is said of who turns to whom."""
    directed = ["reciprocity", "initiative", "latency_a", "latency_b"]
    rows = [("p000", "p001", "mail", None), ("p001", "p000", "mail", None)]
    assert between(log(rows), directed=False)[directed].isna().all(axis=None)
    meetings = [(ego, alter, "meeting", minutes) for ego, alter, _, minutes in rows]
    assert between(log(meetings))[directed].isna().all(axis=None)
    assert between(log(rows))["reciprocity"].tolist() == [1]


def test_weight_halves_every_four_weeks():
    """A contact of today counts one, one of four weeks ago a half, one of eight a quarter."""
    assert mails((0, 0), (0, 28 * DAY), (0, 56 * DAY))["decayed"] == pytest.approx(1.75)


def test_two_readings_of_one_log_are_equal():
    """To the last bit, whatever order its records lie in."""
    rng = np.random.default_rng(5)
    pairs = rng.integers(0, 6, (5000, 2))
    rows = [(f"p00{a}", f"p00{b}", "mail", float(rng.random())) for a, b in pairs if a != b]
    frame = log(rows, at=at(*rng.integers(0, 90 * DAY, len(rows)).tolist()))
    pd.testing.assert_frame_equal(between(frame), between(frame.sample(frac=1, random_state=1)), check_exact=True)


def busy() -> pd.DataFrame:
    """Some two thousand contacts among six, by three channels, of all sizes, in ninety days, at quarters of seconds."""
    rng = np.random.default_rng(6)
    pairs = [pair for pair in rng.integers(0, 6, (2000, 2)) if pair[0] != pair[1]]
    rows = [
        (f"p00{a}", f"p00{b}", str(rng.choice(["mail", "chat", "meeting"])), float(rng.integers(1, 90))) for a, b in pairs
    ]
    times = at(*(rng.integers(0, 90 * DAY * 4, len(rows)) / 4).tolist())
    return log(rows, at=times, size=rng.integers(2, 9, len(rows)), off_hours=rng.integers(0, 2, len(rows)))


@pytest.mark.slow
@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed")
def test_server_gives_the_same_features():
    """The one expression runs on PostgreSQL too, where the log lies, with the same result as on DuckDB."""
    frame = busy()
    with postgres.server() as running:
        there = ibis.postgres.connect(host="127.0.0.1", port=running.port, user="owner", database="study")
        met = there.create_table("interactions", obj=frame)
        pd.testing.assert_frame_equal(contact.between(met, SIX), between(frame), rtol=1e-12)
