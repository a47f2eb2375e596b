"""The world as clean tables: every contract kept at every knob, interactions in bounded chunks that add up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from simulated import RANGES, worlds

from kithwork import simulation
from kithwork.simulation import clock, files, rhythms, tables
from kithwork.simulation.knobs import NOTHING_THERE, Knobs
from kithwork.tables import CHANNELS, TABLES

ENDS = [(name, end) for name, ends in RANGES.items() for end in ends]


ABSENT = {
    "intake", "quarantine", "emptied", "corrections", "opt_outs", "set_aside", "filters", "clocks", "person_weeks",
    "arrivals", "responses", "careless", "response", "gaps", "gap_tests", "weights", "weighting",
    "scale_means", "limits", "labels",
}  # fmt: skip
"""Clean tables that tell of reading files, and of the survey as a whole."""


def check(world: simulation.World) -> None:
    """Every table keeps its contract, which `tables` checks, and refers to people and parties that there are."""
    found = tables.tables(world)
    assert set(found) | {"interactions"} == {name for name, table in TABLES.items() if table.stage == "clean"} - ABSENT
    people, parties = set(found["people"]["person_id"]), set(found["parties"]["party_id"])
    assert not people & parties
    assert set(found["people"]["manager_id"].dropna()) <= people
    for name in ("answers", "comments", "outcomes"):
        assert set(found[name]["person_id"]) <= people
    ideas = found["opportunities"]
    assert set(ideas["person_id"].dropna()) <= people
    assert set(ideas["party_id"].dropna()) <= parties
    named = found["nominations"]
    assert set(named["ego_id"]) <= people
    assert set(named["alter_id"]) <= people | parties
    assert set(named["alter_id"][named["relation"] == "GM"]) <= parties
    assert (named["ego_id"] != named["alter_id"]).all()
    about = found["interpreters"]
    assert set(about["ego_id"]) <= people
    assert set(about["alter_id"]) <= people | parties
    assert set(about["alter_id"][about["question"] == "T10"]) <= parties
    met = TABLES["interactions"].checked(pd.concat(tables.interactions(world), ignore_index=True))
    assert set(met["ego_id"]) | set(met["alter_id"]) <= people | parties
    assert (met["ego_id"] != met["alter_id"]).all()
    assert met["channel"].isin(CHANNELS).all()
    assert (met["minutes"].notna() == met["channel"].isin(["meeting", "call"])).all()
    assert (met["minutes"].dropna() > 0).all()
    assert (met["size"] >= 2).all()
    first, last = pd.Timestamp(clock.START), pd.Timestamp(clock.START) + pd.Timedelta(weeks=world.weeks)
    assert met["at"].between(first - pd.Timedelta(hours=9), last + pd.Timedelta(hours=6)).all()
    assert met["at"].dtype == "datetime64[us, UTC]"


@given(worlds)
def test_contracts_are_kept(world):
    """Whatever is planted, in however small an organisation."""
    check(world)


def test_nothing_there_keeps_contracts():
    """Nor where every effect is absent."""
    check(simulation.simulate(30, 8, 1, NOTHING_THERE))


@pytest.mark.slow
@pytest.mark.parametrize(("knob", "value"), ENDS)
def test_each_knob_at_its_ends(knob, value):
    """Every knob alone at its lowest and highest."""
    check(simulation.simulate(24, 8, 2, Knobs(**{knob: value})))


@pytest.mark.parametrize("size", [50, 333, 20_000])
def test_chunks_are_bounded(world, size, monkeypatch):
    """No chunk holds contacts of more ties, or pairs of more meetings, than the constant says, whatever there is in all."""
    monkeypatch.setattr(rhythms, "CHUNK", size)
    ties = world.bonds.ties.shape[0] + world.bonds.outside.shape[0]
    chunks = list(tables.interactions(world))
    assert len(chunks) >= 2 * -(-ties // size) + 1
    busiest = 12 * 40 * 25  # weeks, contacts a week of the liveliest tie, and pairs that one of them may join
    assert max(map(len, chunks)) <= size * busiest
    if size == 50:
        assert max(map(len, chunks)) < sum(map(len, chunks)) / 10


@pytest.mark.slow
@pytest.mark.parametrize("size", [100, 20_000])
def test_written_tables_are_read_back(world, size, monkeypatch, tmp_path):
    """As many rows as said, the same as drawn, in more than one row group; the README says SYNTHETIC."""
    import pyarrow.parquet as pq

    monkeypatch.setattr(rhythms, "CHUNK", size)
    count = tables.write(world, tmp_path)
    met = pd.read_parquet(tmp_path / "interactions.parquet")
    assert len(met) == count
    expected = pd.concat(tables.interactions(world), ignore_index=True)
    pd.testing.assert_frame_equal(met, expected, check_dtype=False)
    assert pq.ParquetFile(tmp_path / "interactions.parquet").num_row_groups >= 3
    assert (tmp_path / "README.txt").read_text(encoding="utf-8").startswith("SYNTHETIC.")
    for name, frame in tables.tables(world).items():
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / f"{name}.parquet"), frame, check_dtype=False)


def test_tables_and_files_tell_of_the_same_contacts(spotless):
    """Without dirt, the mail, the calls and the meetings of the files are those of the tables."""
    met = pd.concat(tables.interactions(spotless.world), ignore_index=True)
    for name, channel in (("mail.csv", "mail"), ("calls.csv", "call")):
        assert len(pd.read_csv(spotless.folder / name)) == (met["channel"] == channel).sum()
    events = (spotless.folder / "calendar.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT")
    at = met[met["channel"] == "meeting"]
    assert at["at"].nunique() <= events <= len(at)
    address = pd.Series(files.addresses(spotless.world)[: len(spotless.world.org)], spotless.world.org.people["person"])
    mail = pd.read_csv(spotless.folder / "mail.csv")
    known = mail["SenderAddress"].isin(address) & mail["RecipientAddress"].isin(address)
    inside = met["ego_id"].isin(address.index) & met["alter_id"].isin(address.index) & (met["channel"] == "mail")
    assert sorted(mail["SenderAddress"][known]) == sorted(address[met["ego_id"][inside]])


def test_parts_have_random_numbers_of_their_own(world):
    """A knob of one part leaves the parts before and beside it as they were."""
    base = tables.tables(world)
    noted = tables.tables(simulation.simulate(120, 12, 5, Knobs(topic_signal=0)))
    spread = tables.tables(simulation.simulate(120, 12, 5, Knobs(contagion=1)))
    reliable = tables.tables(simulation.simulate(120, 12, 5, Knobs(reliability=0.9)))
    steady = tables.tables(simulation.simulate(120, 12, 5, Knobs(wave_change=0)))
    for other, moved in ((noted, {"comments"}), (spread, {"outcomes"}), (reliable, {"answers"}), (steady, set())):
        assert {name for name in base if not base[name].equals(other[name])} == moved


def test_utc_are_microseconds():
    """Seconds become times as the contract stores them."""
    found = tables.utc(np.array([0, 1_767_571_200]))
    assert found.dt.strftime("%Y-%m-%d %H:%M").tolist() == ["1970-01-01 00:00", "2026-01-05 00:00"]
    assert found.dtype == "datetime64[us, UTC]"
