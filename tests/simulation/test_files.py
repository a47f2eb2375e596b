"""A client's files: read back by other libraries they hold what the world holds, the same bytes each time, and no truth."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from simulated import RANGES, contacts

from kithwork import simulation
from kithwork.simulation import calendar_file, files, meetings, rhythms, survey_file, truth
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.questionnaire import ITEMS
from kithwork.survey import instrument

NAMES = {
    "README.txt", "staff.csv", "accounts.csv", "contacts.csv", "adoption.csv", "notes.csv", "ideas.csv", "survey.csv",
    "mail.csv", "calls.csv", "calendar.ics", "chat.zip", "previous", "truth",
}  # fmt: skip


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder and what its bytes add up to."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(folder: Path, name: str, encoding: str = "utf-8") -> pd.DataFrame:
    """A CSV file as text."""
    return pd.read_csv(folder / name, dtype=str, keep_default_na=False, encoding=encoding)


@pytest.fixture(scope="module")
def sent(spotless) -> rhythms.Contacts:
    """The contacts behind the spotless files."""
    return contacts(spotless.world)


@pytest.fixture(scope="module")
def held(spotless, sent) -> list[rhythms.Meetings]:
    """The meetings behind the spotless calendar."""
    dice = np.random.default_rng(simulation.seeds(spotless.world.seed, "meetings"))
    called = meetings.called(sent, spotless.world.org, dice)
    return [called, meetings.recurring(spotless.world.org, spotless.world.bonds, spotless.world.weeks, dice)]


def test_same_seed_same_bytes_another_seed_others(spotless, tmp_path):
    """Every file is the same byte for byte from the same seed; from another, all but what no chance enters differ."""
    again, other = (tmp_path / name / spotless.folder.name for name in ("again", "other"))
    files.write(simulation.simulate(60, 8, 11, Knobs(dirt=0)), again)
    files.write(simulation.simulate(60, 8, 12, Knobs(dirt=0)), other)
    same, changed = digests(again), digests(other)
    assert digests(spotless.folder) == same
    alike = {"README.txt", "truth/changes.csv", "truth/dirt.csv", "truth/dirt.json"}
    assert {name for name in same if same[name] == changed[name]} == alike


def test_the_folder_holds_these_files_and_says_what_they_are(dirty, spotless):
    """Nothing else is written, and the first word about it is SYNTHETIC."""
    for client in (dirty, spotless):
        assert {path.name for path in client.folder.iterdir()} == NAMES
        assert (client.folder / "README.txt").read_text(encoding="utf-8").startswith("SYNTHETIC.")
        assert (client.folder / "calendar.ics").read_text(encoding="utf-8").splitlines()[2].endswith("(synthetic)//EN")


def test_each_file_is_announced_with_its_rows(tmp_path, spotless):
    """What is said while writing counts what was written."""
    lines = []
    files.write(spotless.world, tmp_path, lines.append)
    assert f"mail.csv {len(rows(tmp_path, 'mail.csv')):,} rows" in lines
    assert f"survey.csv {len(rows(tmp_path, 'survey.csv', 'utf-8-sig')):,} rows" in lines
    assert {line.split()[0].split("/")[0] for line in lines} == NAMES - {"README.txt", "truth"}


def test_files_hold_no_truth(dirty):
    """No column of a raw file is one of the truth's, and no value of a planted trait stands in any of them."""
    hidden = {"personal", "functional", "strategic", "readiness", "threshold", "adopted_week", "bottleneck", "onset_week"}
    hidden |= {"joined_week", "left_week", "repeatable", "real", "propensity"}
    planted = {f"{value:.6f}" for value in truth.readiness(dirty.world)}
    for path in dirty.folder.glob("*.csv"):
        frame = rows(dirty.folder, path.name, "cp1252" if path.name == "staff.csv" else "utf-8-sig")
        assert not hidden & {name.lower() for name in frame.columns}
        assert not frame.isin(planted).any(axis=None)
        assert not frame.isin(simulation.organisation.SEGMENTS).any(axis=None)


def test_the_calendar_read_by_icalendar(spotless, held):
    """As many events as meetings, each with the same guests, start and length; every line within 75 octets (RFC 5545)."""
    icalendar = pytest.importorskip("icalendar")
    raw = (spotless.folder / "calendar.ics").read_bytes()
    assert all(len(line) <= calendar_file.LINE for line in raw.split(b"\r\n"))
    address = files.addresses(spotless.world)
    expected = Counter(
        (int(at), int(minutes), address[who[0]], frozenset(address[who[1:]].tolist()))
        for part in held
        for at, minutes, who in zip(part.at, part.minutes, np.split(part.who, part.bounds[1:-1]), strict=True)
    )
    found, ids = Counter(), set()
    for event in icalendar.Calendar.from_ical(raw).walk("VEVENT"):
        guests = event.get("ATTENDEE", [])
        guests = guests if isinstance(guests, list) else [guests]
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert start.utcoffset().total_seconds() == 0
        ids.add(str(event["UID"]))
        names = frozenset(str(guest).removeprefix("mailto:") for guest in guests)
        host = str(event["ORGANIZER"]).removeprefix("mailto:")
        found[int(start.timestamp()), int((end - start).total_seconds() / 60), host, names] += 1
    assert found == expected
    assert len(ids) == expected.total()


@pytest.mark.parametrize("length", [10, 75, 76, 149, 150, 223, 224])
def test_folded_lines_unfold(length):
    """No part is longer than 75 octets, the space included, and without the breaks it is the line."""
    line = "x" * length
    folded = calendar_file._folded(line)
    assert max(map(len, folded.split("\r\n"))) <= calendar_file.LINE
    assert folded.replace("\r\n ", "") == line


def test_the_mail_is_the_contacts(spotless, sent):
    """Without dirt: one row per sender, receiver and message, in order of time."""
    mail = rows(spotless.folder, "mail.csv")
    address, mine = files.addresses(spotless.world), sent.channel == rhythms.MAIL
    at = [datetime.fromtimestamp(int(second), UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for second in sent.at[mine]]
    expected = Counter(zip(at, address[sent.sender[mine]], address[sent.receiver[mine]], strict=True))
    assert Counter(mail[["Received", "SenderAddress", "RecipientAddress"]].itertuples(index=False, name=None)) == expected
    assert mail["Received"].is_monotonic_increasing
    assert not mail.duplicated(["MessageId", "RecipientAddress"]).any()


def test_the_log_of_calls_is_the_contacts(spotless, sent):
    """Without dirt: caller, callee and minutes of each call."""
    log = rows(spotless.folder, "calls.csv")
    address, mine = files.addresses(spotless.world), sent.channel == rhythms.CALL
    minutes = sent.minutes[mine].astype(int).astype(str)
    expected = Counter(zip(address[sent.sender[mine]], address[sent.receiver[mine]], minutes, strict=True))
    assert Counter(log[["Caller", "Callee", "Minutes"]].itertuples(index=False, name=None)) == expected


def test_the_chat_read_as_a_slack_export(spotless, sent):
    """Direct messages are those between two inside; conversations, members and users fit together; times are in order."""
    world, people = spotless.world, len(spotless.world.org)
    with zipfile.ZipFile(spotless.folder / "chat.zip") as archive:
        content = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    users = {user["id"]: user["profile"]["email"] for user in content["users.json"]}
    assert sorted(users.values()) == sorted(world.org.people["email"])
    members = {talk["id"]: {users[one] for one in talk["members"]} for talk in content["dms.json"]}
    channels = {channel["name"]: channel["members"] for channel in content["channels.json"]}
    assert content["mpims.json"] == []
    found, threads, stamps = Counter(), 0, []
    for name, messages in content.items():
        if "/" not in name:
            continue
        talk, day = name.removesuffix(".json").split("/")
        assert talk in members or talk in channels
        assert [float(one["ts"]) for one in messages] == sorted(float(one["ts"]) for one in messages)
        for one in messages:
            assert one["text"] == "(not exported)"
            assert datetime.fromtimestamp(int(one["ts"].split(".")[0]), UTC).strftime("%Y-%m-%d") == day
            stamps.append((talk, one["ts"]))
            if talk in members:
                other = (members[talk] - {users[one["user"]]}).pop()
                found[users[one["user"]], other, int(one["ts"].split(".")[0])] += 1
            threads += "parent_user_id" in one
    assert len(set(stamps)) == len(stamps)
    email = world.org.people["email"].to_numpy()
    chat = (sent.channel == rhythms.CHAT) & (sent.sender < people) & (sent.receiver < people) & (sent.tie >= 0)
    two = chat & (sent.size == 2)
    assert found == Counter(zip(email[sent.sender[two]], email[sent.receiver[two]], sent.at[two].tolist(), strict=True))
    assert threads == (chat & (sent.size > 2)).sum()


def test_the_survey_read_as_a_qualtrics_export(spotless):
    """Three header rows: codes, questions, import ids; read by pandas and csv, as many people and answers as given."""
    world, path = spotless.world, spotless.folder / "survey.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert len(lines) == 3 + len(world.survey.respondents)
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(set(lines[0])) == len(lines[0])
    assert lines[0][: len(survey_file.ABOUT)] == list(survey_file.ABOUT)
    assert all(set(json.loads(cell)) == {"ImportId"} for cell in lines[2])
    frame = pd.read_csv(path, skiprows=[1, 2], encoding="utf-8-sig")
    org = world.org.people.iloc[world.survey.respondents]
    assert frame["ExternalReference"].tolist() == org["person"].tolist()
    for item in ITEMS:
        answers = frame[item].to_numpy(dtype=float)
        shown = (world.survey.form != item[-1]) | (item[0] != "V")
        assert np.isnan(answers[~shown]).all()
        given = np.where(answers == float(survey_file.UNANSWERED), np.nan, answers)
        assert np.array_equal(given, world.survey.answers[item].to_numpy(), equal_nan=True)
        assert not np.isnan(answers[shown]).any()
    seconds = (pd.to_datetime(frame["EndDate"]) - pd.to_datetime(frame["StartDate"])).dt.total_seconds()
    assert seconds.tolist() == frame["Duration (in seconds)"].tolist() == world.survey.seconds.tolist()


def test_questions_have_words(spotless):
    """The second row says each value's and readiness item's question, not its code."""
    frame = rows(spotless.folder, "survey.csv", "utf-8-sig")
    for item in ITEMS:
        assert frame[item].iloc[0] != ""
    assert sum(frame[item].iloc[0] != item for item in ITEMS if item[0] in "VC") == 36


def test_names_in_the_survey_are_those_named(spotless):
    """Without dirt each box holds an address, or a name as typed, of somebody named; parties by their names."""
    world, frame = spotless.world, rows(spotless.folder, "survey.csv", "utf-8-sig").iloc[2:]
    named = world.survey.named
    boxes = [code for code in frame if re.fullmatch(r"G[FPSM]_\d+", code)]
    assert (frame[boxes] != "").to_numpy().sum() == len(named)
    people, parties = world.org.people, world.bonds.parties["name"]
    for row, generator, alter in named.itertuples(index=False):
        mine = set(frame[[code for code in boxes if code.startswith(generator)]].iloc[row])
        known = {parties[alter]} if generator == "GM" else {people["email"][alter], people["name"][alter]}
        assert mine & known


def test_what_is_ticked_beside_a_note_is_in_its_columns(spotless):
    """In codes, beside the boxes of the first question and nowhere else; an empty box has none."""
    frame = rows(spotless.folder, "survey.csv", "utf-8-sig").iloc[2:].reset_index(drop=True)
    beside = [code for code in frame if re.fullmatch(r"M\d[KLSQ]_\d", code)]
    assert beside == [f"M1{letter}_{box}" for letter in "KLSQ" for box in (1, 2, 3)]
    mine = survey_file.notes(spotless.world)
    place = {person: row for row, person in enumerate(spotless.world.survey.respondents)}
    ticked = 0
    for note in mine[mine["prompt"] == "M1"].itertuples():
        code = frame.loc[place[note.person], f"M1K_{note.box}"]
        assert instrument.TAGS.get(code) == (note.about if code else None)
        ticked += code != ""
    assert (frame[[code for code in beside if code.startswith("M1K")]] != "").to_numpy().sum() == ticked
    assert ticked == mine["about"][mine["prompt"] == "M1"].notna().sum()


def test_staff_accounts_and_notes_are_the_world(spotless):
    """The other lists hold what the world does."""
    world = spotless.world
    staff = rows(spotless.folder, "staff.csv").set_index("Employee ID")
    people = world.org.people.set_index("person")
    assert staff["Department"].to_dict() == people["unit"].to_dict()
    managers = staff["Manager ID"][staff["Manager ID"] != ""]
    assert managers.isin(staff.index).all()
    assert len(staff) - len(managers) == 1
    assert rows(spotless.folder, "accounts.csv")["Web"].tolist() == world.bonds.parties["party"].tolist()
    elsewhere = world.voices.notes.drop(index=survey_file.notes(world).index)
    assert rows(spotless.folder, "notes.csv")["Note"].tolist() == elsewhere["text"].tolist()
    adopted = people["email"][world.adopted != -1]
    assert sorted(rows(spotless.folder, "adoption.csv")["User"]) == sorted(adopted)
    assert len(rows(spotless.folder, "contacts.csv")) == world.bonds.outside["written_down"].sum()


def test_addresses_are_apart(crowd):
    """Nobody inside or outside shares an address."""
    address = files.addresses(crowd.world)
    assert len(np.unique(address)) == len(address)


@pytest.mark.parametrize("end", [0, 1])
def test_every_knob_at_one_end(end, tmp_path):
    """All knobs at their lowest, and all at their highest, write every file."""
    ends = {name: ends[end] for name, ends in RANGES.items()}
    ends |= {"contact": min(ends["contact"], 30)}  # only more of the same, and slow
    files.write(simulation.simulate(24, 8, 2, Knobs(**ends)), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == NAMES
