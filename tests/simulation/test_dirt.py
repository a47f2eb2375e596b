"""Faults: each changes what it touches, is counted once, and stands in the file that truth/dirt.csv names."""

from __future__ import annotations

import csv
import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated import contacts

from kithwork.simulation import clock, dirt, mail_file, survey_file, tables, words

NAMES = st.tuples(st.sampled_from(words.FIRST), st.sampled_from(words.LAST)).map(" ".join)


def rows(folder, name: str, encoding: str = "utf-8") -> pd.DataFrame:
    """A CSV file as text."""
    return pd.read_csv(folder / name, dtype=str, keep_default_na=False, encoding=encoding)


@pytest.fixture(scope="module")
def planted(dirty):
    """truth/dirt.csv: the records by kind and file."""
    frame = rows(dirty.folder / "truth", "dirt.csv")
    return {key: some["record"].tolist() for key, some in frame.groupby(["kind", "file"])}


@given(NAMES, st.integers(0, 2**32))
def test_a_slip_changes_the_name_by_one_letter(name, seed):
    """It is never the name itself, and one letter longer, shorter, or two changed over."""
    slipped = dirt.slip(name, np.random.default_rng(seed))
    assert slipped != name
    assert abs(len(slipped) - len(name)) <= 1
    if len(slipped) == len(name):
        assert sorted(slipped) == sorted(name)
        assert sum(a != b for a, b in zip(slipped, name, strict=True)) == 2


def test_garbled_as_a_spreadsheet_does():
    """Known example; read back the other way it is whole again."""
    assert dirt.garbled("Søren") == "SÃ¸ren"
    assert dirt.garbled("Søren").encode("latin-1").decode("utf-8") == "Søren"


@given(st.integers(0, 400), st.floats(0, 2), st.integers(0, 2**32))
def test_some_are_the_asked_share(count, share, seed):
    """Distinct rows in order: none at 0, at least one otherwise, never more than half (or one)."""
    found = dirt.some(count, share, np.random.default_rng(seed))
    assert (np.diff(found) > 0).all()
    if not count or share == 0:
        assert len(found) == 0
    else:
        assert len(found) == max(round(count * min(share, 0.5)), 1)
        assert found.max() < count


def test_repeated_rows_follow_their_first():
    """The rows asked for stand twice, one after the other; nothing else moves."""
    frame = pd.DataFrame({"x": list("abcd")})
    assert dirt.repeated(frame, np.array([1, 3]))["x"].tolist() == list("abbcdd")
    assert dirt.repeated(frame, np.array([], dtype=int))["x"].tolist() == list("abcd")


def test_counts_leave_no_kind_out():
    """Every kind is counted, planted or not; an unknown kind is a fault of ours."""
    found = dirt.Dirt()
    found.note("bot", "mail.csv", ["x", "y"])
    assert found.counts()["bot"] == 2
    assert sum(found.counts().values()) == 2
    assert list(found.counts()) == list(dirt.KINDS)
    with pytest.raises(AssertionError):
        found.note("moth", "mail.csv", ["x"])


def test_without_dirt_nothing_is_planted(spotless):
    """At 0 every count is 0, no list of faults has a row, and the staff list is in UTF-8 and holds everybody."""
    assert not any(json.loads((spotless.folder / "truth" / "dirt.json").read_text()).values())
    assert len(rows(spotless.folder / "truth", "dirt.csv")) == 0
    staff = rows(spotless.folder, "staff.csv")
    assert staff["Employee ID"].tolist() == sorted(spotless.world.org.people["person"])
    mail = rows(spotless.folder, "mail.csv")
    known = set(staff["E-mail"])
    inside = mail["SenderAddress"].str.endswith(f"@{words.DOMAIN}")
    assert set(mail["SenderAddress"][inside]) <= known
    assert not mail.duplicated().any()
    assert pd.to_datetime(mail["Received"], utc=True).dt.year.isin([2025, 2026]).all()


def test_dirt_json_counts_dirt_csv(dirty, planted):
    """The counts are those of the list, and at this level every kind but the rarest is there."""
    counts = json.loads((dirty.folder / "truth" / "dirt.json").read_text())
    listed = rows(dirty.folder / "truth", "dirt.csv")["kind"].value_counts()
    assert {kind: int(listed.get(kind, 0)) for kind in dirt.KINDS} == counts
    assert [kind for kind, count in counts.items() if not count and kind not in ("joiner", "garbled")] == []


def test_faults_of_the_staff_list_are_in_it(dirty, planted):
    """Windows letters, rows twice, leavers absent, late joiners present."""
    raw = (dirty.folder / "staff.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    staff = rows(dirty.folder, "staff.csv", "cp1252")["Employee ID"]
    assert sorted(staff[staff.duplicated()]) == sorted(planted["duplicate", "staff.csv"])
    assert not staff.isin(planted["leaver", "staff.csv"]).any()
    assert set(planted.get(("joiner", "staff.csv"), [])) <= set(staff)


def test_faults_of_contacts_and_adoption_are_in_them(dirty, planted):
    """Private addresses, by owner and address; days that no calendar has, by person."""
    book = rows(dirty.folder, "contacts.csv")
    private = book[book["E-mail"].str.endswith(f"@{words.FREE_MAIL}")]
    assert sorted(private["Owner"] + " " + private["E-mail"]) == sorted(planted["stranger", "contacts.csv"])
    log = rows(dirty.folder, "adoption.csv")
    person = dirty.world.org.people.set_index("email")["person"]
    impossible = log[pd.to_datetime(log["First used"], errors="coerce").isna()]
    assert sorted(person[impossible["User"]]) == sorted(planted["impossible_date", "adoption.csv"])


def test_faults_of_the_survey_are_in_it(dirty, planted):
    """Trial runs, rows twice, answers off the scale, names misspelt or garbled where the list says."""
    survey = rows(dirty.folder, "survey.csv", "utf-8-sig").iloc[2:]
    trials = survey[survey["Status"] == survey_file.PREVIEW]
    assert trials["ResponseId"].tolist() == planted["preview", "survey.csv"]
    assert (trials[["RecipientEmail", "ExternalReference"]] == "").all(axis=None)
    real = survey[survey["Status"] != survey_file.PREVIEW]
    again = real["ResponseId"][real["ResponseId"].duplicated()]
    assert sorted(again) == sorted(planted["duplicate", "survey.csv"])
    once = real.drop_duplicates("ResponseId").set_index("ResponseId")
    items = [code for code in once if code[0] == "V" and code[-1] in "abc"]
    off = once[items].stack().loc[lambda cells: ~cells.isin(["", "1", "2", "3", "4", "5", survey_file.UNANSWERED])]
    assert sorted(map(" ".join, off.index)) == sorted(planted["out_of_scale", "survey.csv"])
    names = dirty.world.org.people.set_index("person")["name"]
    for kind in ("misspelt", "garbled"):
        for record in planted.get((kind, "survey.csv"), []):
            row, code, person = record.split()
            written = once[code].iloc[int(row)]
            assert written not in ("", names[person])
            if kind == "garbled":
                assert written == dirt.garbled(names[person])


def test_faults_of_the_mail_are_in_it(dirty, planted):
    """Rows twice, machines, lists, mail to all, dates of every wrong sort, and second and former addresses."""
    mail = rows(dirty.folder, "mail.csv")
    key = mail["MessageId"] + " " + mail["RecipientAddress"]
    assert sorted(key[mail.duplicated()]) == sorted(planted["duplicate", "mail.csv"])
    once = mail.drop_duplicates()
    for kind in ("bot", "list", "all_hands"):
        mine = once[once["MessageId"].str.startswith(f"<{kind}-")]
        assert sorted(key[mine.index]) == sorted(planted[kind, "mail.csv"])
    bots = once["SenderAddress"].str.split("@").str[0].isin(dirt.BOTS)
    assert (once["MessageId"].str.startswith("<bot-") == bots).all()
    day = pd.to_datetime(once["Received"], errors="coerce", utc=True)
    keys = once["MessageId"] + " " + once["RecipientAddress"]
    assert sorted(keys[day.isna()]) == sorted(planted["impossible_date", "mail.csv"])
    assert sorted(keys[once["Received"].isin(mail_file.NEVER_SET)]) == sorted(planted["wrong_clock", "mail.csv"])
    addresses = set(mail["SenderAddress"]) | set(mail["RecipientAddress"])
    known = set(dirty.world.org.people["email"])
    second = planted["alias", "mail.csv"] + planted["renamed", "mail.csv"]
    assert len({record.split()[1] for record in second}) == len(second)
    for record in second:
        assert record.split()[1] in addresses
        assert record.split()[1] not in known
    strangers = {one for one in set(mail["SenderAddress"]) - known if one.endswith(words.DOMAIN) or "group" in one}
    assert strangers - {record.split()[1] for record in second} == {f"{bot}@{words.DOMAIN}" for bot in dirt.BOTS}


def test_a_mail_has_one_sender(dirty):
    """Whatever address a person writes from, a message has one."""
    mail = rows(dirty.folder, "mail.csv")
    assert (mail.groupby("MessageId")["SenderAddress"].nunique() == 1).all()


def test_wall_clocks_that_say_utc(dirty, planted):
    """The mailboxes named are in Singapore and eight hours ahead of the contact behind each mail; no other is."""
    org = dirty.world.org.people.set_index("person")
    late = planted["wrong_zone", "mail.csv"]
    assert set(org["site"][late]) == {"Singapore"}
    sent = contacts(dirty.world)
    at, sender = pd.Series(sent.at, sent.message), pd.Series(sent.sender, sent.message)
    mail = rows(dirty.folder, "mail.csv").drop_duplicates()
    mail = mail[mail["MessageId"].str.match(r"<\d+@") & ~mail["Received"].isin(mail_file.NEVER_SET)]
    number = mail["MessageId"].str[1:10].astype(int)
    shown = pd.to_datetime(mail["Received"], errors="coerce", utc=True)
    sound = shown.notna().to_numpy()
    ahead = (shown - tables.utc(number.map(at.groupby(level=0).first())).set_axis(shown.index)).dt.total_seconds() / 3600
    who = number.map(sender.groupby(level=0).first())
    wrong = who.isin([org.index.get_loc(person) for person in late])
    assert (ahead[sound] == np.where(wrong[sound], 8, 0)).all()


def test_open_lines_are_in_the_log_of_calls(dirty, planted):
    """Rows with a thousands separator are those listed, by number from 0."""
    with (dirty.folder / "calls.csv").open(encoding="utf-8", newline="") as file:
        log = list(csv.DictReader(file))
    assert [str(row) for row, call in enumerate(log) if "," in call["Minutes"]] == planted["thousands", "calls.csv"]


def few_mails(world) -> pd.DataFrame:
    """Two mails from everybody to the next, early and late, as the trace has them before it is written."""
    people = len(world.org)
    email, sender = world.org.people["email"].to_numpy(), np.tile(np.arange(people), 2)
    at = clock.to_utc(np.repeat([clock.MORNING, clock.WEEK], people), world.org.site[sender])
    message = [f"<{number}>" for number in range(2 * people)]
    receiver = email[(sender + 1) % people]
    return pd.DataFrame({"at": at, "from": sender, "sender": email[sender], "receiver": receiver, "message": message})


def at_level(world, dirt_level: float):
    """The world with as much dirt as asked, past what the knob allows."""
    return SimpleNamespace(org=world.org, knobs=SimpleNamespace(dirt=dirt_level))


def test_nobody_gets_an_address_that_is_another_s(crowd):
    """Among 1500 people, second and former addresses are nobody's own and no two people's."""
    found = dirt.Dirt()
    mail = few_mails(crowd.world)
    mail_file._under_other_addresses(mail, at_level(crowd.world, 5), found, np.random.default_rng(1))
    given_ = found.frame()["record"].str.split().str[1]
    assert set(found.frame()["kind"]) == {"alias", "renamed"}
    assert given_.is_unique
    assert not given_.isin(crowd.world.org.people["email"]).any()
    former = found.frame()["kind"] == "renamed"
    assert mail["sender"].isin(given_[former]).sum() == former.sum()  # of the two mails, the early one


def test_a_date_has_one_fault(crowd):
    """However many dates are wrong, each listed one is wrong in the way listed."""
    found, frame = dirt.Dirt(), few_mails(crowd.world)
    frame["Received"] = "2026-01-05T08:00:00Z"
    frame = mail_file._wrong_times(frame, at_level(crowd.world, 200), found, np.random.default_rng(1))
    listed = found.frame().groupby("kind")["record"].agg(list)
    key = frame["message"] + " " + frame["receiver"]
    assert sorted(key[frame["Received"].isin(mail_file.NEVER_SET)]) == sorted(listed["wrong_clock"])
    assert sorted(key[pd.to_datetime(frame["Received"], errors="coerce").isna()]) == sorted(listed["impossible_date"])
    assert len(listed["wrong_zone"]) > 10
