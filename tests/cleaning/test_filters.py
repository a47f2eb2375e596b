"""The steps that recorded contact goes through: which takes what, alone and in its place, and what is left after each."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import settings as about

from kithwork import cleaning
from kithwork.cleaning import filters
from kithwork.engagement import Reader
from kithwork.readers import csvfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import whole

STAFF = "person,email\na,anna@own.example\nb,bo@own.example\nc,cid@own.example\n"
PARTIES = "party,kind,domain\np,customer,acme.example\nq,supplier,bolt.example\n"
DAY, LATER = "2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z"
NAMES = ["ego", "alter", "channel", "at", "minutes", "size", "message", "nature"]


def row(ego: str = "a", alter: str = "b", at: str = DAY, **more: str) -> dict[str, str]:
    """One record, a mail unless told otherwise."""
    return dict.fromkeys(NAMES, "") | {"ego": ego, "alter": alter, "channel": "mail", "at": at} | more


def parsed(source: str, text: str, name: str):
    return csvfile.parse(source, Reader(file=name), Given(name, content=text.encode()))


def cleaned(*files: list[dict[str, str]], opt_outs: str = "", **engagement) -> dict:
    """The tables of three people, two parties and these files of contact."""
    raw = {"staff": [whole(parsed("staff", STAFF, "s.csv"))], "parties": [whole(parsed("parties", PARTIES, "p.csv"))]}
    if opt_outs:
        raw["opt_outs"] = [whole(parsed("opt_outs", opt_outs, "o.csv"))]
    raw["interactions"] = []
    for number, rows in enumerate(files):
        out = io.StringIO()
        writer = csv.DictWriter(out, NAMES)
        writer.writeheader()
        writer.writerows(rows)
        raw["interactions"].append(parsed("interactions", out.getvalue(), f"{number}.csv"))
    return cleaning.clean(raw, about(engagement={"ids": "public", "bad_rows": "quarantine", **engagement}))


def took(*files: list[dict[str, str]], **engagement) -> list[list]:
    """File, line and step of each record set aside, in order."""
    found = cleaned(*files, **engagement)["set_aside"].to_pandas().sort_values(["file", "row"])
    return found[["file", "row", "step"]].to_numpy().tolist()


TAKEN = {
    "out of time": row(at="1970-01-01T00:00:00Z"),
    "repeat": row(message="<1>"),
    "machine": row(ego="no-reply@own.example"),
    "list": row(at=LATER, nature="list"),
    "automatic answer": row("b", "a", at=LATER, nature="auto_reply"),
    "broadcast": row(size="400"),
    "oneself": row(alter="anna@own.example"),
    "stranger": row(alter="dora@own.example"),
    "outside": row(ego="x@acme.example", alter="y@bolt.example"),
}


def test_each_step_takes_what_it_is_for():
    """Each kind of record that says nothing of a relationship is set aside, with its place and its step; no other is."""
    others = [row(message="<1>"), *(row("b", "c", f"2026-03-0{day}T10:00:00Z") for day in range(1, 8))]
    taken = took([*others, *TAKEN.values(), row("b", "c", at=LATER, nature="automated")])
    lines = enumerate([*TAKEN, "machine"], start=10)
    assert taken == [["0.csv", line, step] for line, step in lines]


def test_copies_in_two_mailboxes_are_one_contact():
    """The sender's and the receiver's copy carry one id; which of them says a wrong time does not matter."""
    sent, got = row(message="<1>", at="1970-01-01T00:00:00Z"), row(message="<1>")
    rest = [row("b", "c", f"2026-03-0{day}T10:00:00Z") for day in range(1, 8)]
    assert took([*rest, sent], [got]) == [["0.csv", 9, "out of time"]]


@pytest.mark.slow
def test_without_ids_equal_records_are_copies_and_others_are_not():
    """Same ends, channel, time and length; two meetings of a pair at one start, each with an id, are two."""
    call = row(channel="call", minutes="5")
    assert took([call, call, row(channel="call", minutes="6")]) == [["0.csv", 3, "repeat"]]
    assert took([row(channel="meeting", message=uid) for uid in ("u1", "u2")]) == []
    assert took([row()], [row(message="<1>")]) == [["0.csv", 2, "repeat"]]


@pytest.mark.slow
def test_without_an_hour_or_an_id_nothing_repeats():
    """Three mails of one day, or of no day, are three; with an id they are what the id says."""
    day, never = "2026-03-02", ""
    assert took([row(at=day), row(at=day), row(at=never), row(at=never)]) == []
    assert took([row(at=day, message="<1>"), row(at=day, message="<1>"), row(message="<1>")]) == [
        ["0.csv", 3, "repeat"],
        ["0.csv", 4, "repeat"],
    ]


@pytest.mark.slow
@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_of_copies_the_one_that_says_something_is_kept(order):
    """A mail to a person and a machine of one party is kept, in whatever order the two are named."""
    mail = [row("a", f"{to}@acme.example", message="<1>") for to in ("tickets", "eva")][order]
    tables = cleaned(mail)
    assert len(tables["interactions"].table().to_pandas()) == 1
    assert tables["set_aside"].to_pandas()["row"].tolist() == [2 + [one["alter"][0] for one in mail].index("t")]


@pytest.mark.slow
def test_receivers_of_a_message_are_counted_where_no_size_is_told():
    """A message to 26 people is a broadcast though each line names one; its lines are not talks of two."""
    staff = [row("a", f"p{i}@acme.example", message="<1>") for i in range(26)]
    steps = [step for _, _, step in took(staff)]
    assert (steps.count("broadcast"), steps.count("repeat")) == (1, 25)  # of the party, one record is left to judge
    found = cleaned([row("a", "b", message="<1>"), row("a", "c", message="<1>")])["interactions"].table().to_pandas()
    assert found["size"].tolist() == [3, 3]
    assert found["event"].nunique() == 1
    told = [row("a", "b", message="<1>", size="5"), row("a", "b", message="<2>"), row("a", "c", message="<2>")]
    assert cleaned(told)["interactions"].table().to_pandas()["size"].value_counts().to_dict() == {3: 2, 5: 1}


@pytest.mark.slow
def test_addresses_of_our_own_are_told_by_what_they_do():
    """Unknown addresses of ours: one that only writes, to many, is a machine; one that is only written to, a list."""
    writes = [row("desk@own.example", f"p{i}@acme.example", f"2026-03-02T1{i}:00:00Z") for i in range(5)]
    read = [row(f"p{i}@acme.example", "all@own.example", f"2026-03-02T1{i}:00:00Z") for i in range(5)]
    steps = {step for _, _, step in took(writes)}, {step for _, _, step in took(read)}
    assert steps == ({"machine"}, {"list"})
    assert {step for _, _, step in took(writes[:4])} == {"stranger"}


@pytest.mark.slow
@pytest.mark.parametrize(("scope", "left"), [("all", 1), ("records", 1), ("named", 3), ("", 1)])
def test_records_of_who_opted_out_are_gone_before_the_first_step(scope, left):
    """Neither what the person sent nor what it got is counted; `named` withdraws only what others named."""
    log = [row("a", "b"), row("b", "c"), row("c", "anna@own.example")]
    tables = cleaned(log, opt_outs=f"person,scope\na,{scope}\n")
    assert len(tables["interactions"].table().to_pandas()) == left
    assert set(tables["filters"]["kept"]) == {left}


@pytest.mark.slow
def test_without_direction_both_ways_are_one_and_nobody_is_judged_by_direction():
    """In an undirected study a contact told from both ends is one, ends in order."""
    found = cleaned([row("b", "a"), row("a", "b")], directed=False)
    assert len(found["interactions"].table().to_pandas()) == 1


@pytest.mark.slow
def test_machines_are_told_by_their_word_without_direction_too():
    """What an address is called does not depend on who begins."""
    assert took([row("a", "no-reply@acme.example")], directed=False) == [["0.csv", 2, "machine"]]


def test_counts_of_a_small_log_by_hand():
    """Alone, taken, kept, people, pairs and contacts after each step."""
    log = [
        row("a", "b"),
        row("a", "b"),  # a copy
        row("a", "a", at="2026-03-03T10:00:00Z"),
        row("a", "x@acme.example"),
        row("b", "c", size="3"),
        row("b", "c", at="2026-03-04T10:00:00Z", size="99"),
        row("b", "c", at="1970-01-01T00:00:00Z", size="99"),
        *(row("a", "b", at=f"2026-03-1{day}T10:00:00Z") for day in range(4)),
    ]
    found = cleaned(log)["filters"].set_index("step")
    assert found["alone"].drop("read")[lambda counts: counts > 0].to_dict() == {
        "out of time": 1,
        "repeat": 1,
        "broadcast": 2,
        "oneself": 1,
    }
    assert found["taken"].sum() == 4
    assert found.loc["outside", ["kept", "people", "pairs", "contacts"]].tolist() == [7, 3, 2, 5.5]
    assert found.loc["read", ["kept", "people", "pairs"]].tolist() == [11, 3, 2]
    assert found.loc["outside", "outside"] == pytest.approx(1 / 7)


ends = st.sampled_from(["a", "b", "c", "anna@own.example", "x@acme.example", "y@bolt.example", "no-reply@own.example", "?"])
record = st.builds(
    row,
    ends,
    ends,
    st.sampled_from([DAY, "2026-03-05T10:00:00Z", "1970-01-01T00:00:00Z", "", "soon"]),
    size=st.sampled_from(["", "2", "30", "1"]),
    message=st.sampled_from(["", "<1>", "<2>"]),
    nature=st.sampled_from(["", "list", "bulk"]),
)


@pytest.mark.slow
@settings(max_examples=12)
@given(st.lists(st.lists(record, min_size=1, max_size=12), min_size=1, max_size=2))
def test_every_record_is_kept_refused_or_taken_by_one_step(files):
    """Whatever a log holds: counts close by file and by step, and who stands in the table is known and two."""
    tables = cleaned(*files)
    intake = tables["intake"].query("source == 'interactions'")
    assert intake["rows_in"].tolist() == [len(rows) for rows in files]
    parts = ["rows_kept", "rows_refused", "rows_set_aside"]
    assert (intake["rows_in"] == intake[parts].sum(axis=1)).all()
    steps, found = tables["filters"], tables["interactions"].table().to_pandas()
    assert steps["taken"].sum() == intake["rows_set_aside"].sum()
    assert steps["kept"].iloc[-1] == len(found)
    assert steps["kept"].is_monotonic_decreasing
    assert (steps["alone"] >= steps["taken"]).all()
    assert (found["ego_id"] != found["alter_id"]).all()
    known = set(tables["people"]["person_id"]) | set(tables["parties"]["party_id"])
    assert set(found["ego_id"]) | set(found["alter_id"]) <= known


def test_steps_say_why_and_what_to_do():
    """Names differ, and each has a reason and a remedy."""
    assert len({step.name for step in filters.STEPS}) == len(filters.STEPS)
    assert all(step.reason and step.remedy for step in filters.STEPS)
    told = cleaned([row()])["filters"]
    assert told["reason"].iloc[1:].tolist() == [step.reason for step in filters.STEPS]
