"""A long record is cleaned four weeks at a time: to the same tables, and what was done before is not done again."""

from __future__ import annotations

import pandas as pd
import pytest
from cleaning.test_filters import cleaned, row
from in_memory import held

from kithwork import store
from kithwork.cleaning import blocks, made

TOLD = ("filters", "person_weeks", "arrivals", "clocks", "intake", "quarantine")


@pytest.fixture(autouse=True)
def every_record_counts(project, monkeypatch):
    """However short a record is, it is cut into blocks."""
    monkeypatch.setattr(blocks, "FEWEST", 0)


def month(number: int) -> list[dict[str, str]]:
    """A month of mail, with repeats, a machine, somebody unknown, and a mail to two."""
    at = [f"2026-{number:02d}-{day:02d}T{hour:02d}:10:00Z" for day in range(3, 27, 2) for hour in (9, 15)]
    return [
        *(row("a", "b", one) for one in at), *(row("b", "a", one) for one in at[::3]), row("a", "b", at[0]),
        row("no-reply@own.example", "a", at[1]), row("x@elsewhere.example", "b", at[2]),
        row("a", "b", at[5], message=f"<{number}>"), row("a", "c", at[5], message=f"<{number}>"),
        row("c", "p", at[7], channel="meeting", minutes="30"),
    ]  # fmt: skip


WINTER = [row("a", "c", ""), *month(1), *month(2)]


def tables(*files: list[dict[str, str]], **more: str) -> dict[str, pd.DataFrame]:
    """What cleaning gives, in memory and in order."""
    found = cleaned(*files, **more)
    log, aside = held(found["interactions"]), held(found["set_aside"])
    told = {name: found[name].reset_index(drop=True) for name in TOLD}
    key = ["file", "row", "step"]
    return told | {
        "interactions": log.sort_values(list(store.TABLES["interactions"].key), ignore_index=True),
        "set_aside": aside.sort_values(key, ignore_index=True).astype({"records": int}),
    }


def same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    """Table by table; events are told apart, whatever their numbers."""
    for name, table in one.items():
        met = [frame.drop(columns="event", errors="ignore") for frame in (table, other[name])]
        pd.testing.assert_frame_equal(*met, check_dtype=False)
    shared = [table["interactions"].groupby("event").size().value_counts().to_dict() for table in (one, other)]
    assert shared[0] == shared[1]


def test_blocks_give_what_the_whole_gives(monkeypatch):
    """Every table: steps, weeks, arrivals, records kept and set aside; and a file per block, the undated last."""
    parts = tables(WINTER)
    log = cleaned(WINTER)["interactions"]
    assert [file.name.split(".")[0] for file in log.files][-1] == "undated"
    assert len(log.files) == 4
    monkeypatch.setattr(blocks, "FEWEST", 10**9)
    same(parts, tables(WINTER))


def test_another_month_is_all_that_is_made(monkeypatch):
    """A second run makes nothing; a new month makes its own blocks, and the last before it, which was not over; the result
    is that of a first run."""
    done: list[str] = []
    make = made.log

    def counted(met, block):
        done.append(block.name)
        return make(met, block)

    monkeypatch.setattr(made, "log", counted)
    cleaned(WINTER)
    assert len(done) == 4
    done.clear()
    cleaned(WINTER)
    assert done == []
    later = tables(WINTER, month(4))
    assert sorted(done) == ["2026-02-16", "2026-03-16", "2026-04-13"]
    monkeypatch.setattr(blocks, "FEWEST", 10**9)
    same(later, tables(WINTER, month(4)))


def test_who_is_meant_is_part_of_what_a_block_rests_on(monkeypatch):
    """Whoever opts out is in no block any more, and what was remembered with it is forgotten."""
    cleaned(WINTER)
    before = {one.name for one in store.remembered("synthetic").iterdir()}
    out = tables(WINTER, opt_outs="person\nc\n")
    after = {one.name for one in store.remembered("synthetic").iterdir()}
    assert (len(before), len(after)) == (8, 6), "the undated record is one of c"
    assert len(before & after) == 2, "one block has no record of c"
    monkeypatch.setattr(blocks, "FEWEST", 10**9)
    same(out, tables(WINTER, opt_outs="person\nc\n"))
