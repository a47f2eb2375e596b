"""The mail system's message trace and the telephone system's log, as CSV: who, whom, when; no subject and no content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.simulation import clock, dirt, words
from kithwork.simulation.dirt import Dirt
from kithwork.simulation.organisation import plain
from kithwork.simulation.rhythms import CALL, MAIL, Contacts

if TYPE_CHECKING:
    from kithwork.simulation import World

NEVER_SET = ("1970-01-01T00:00:00Z", "2098-12-31T23:59:59Z")
"""What clocks say that were never set."""
OPEN_LINE = "1,440"
"""Minutes of a line left open for a day, as a telephone system writes them."""
ALL_HANDS_EVERY = 4


def mail(world: World, sent: Contacts, address: np.ndarray, planted: Dirt, rng: np.random.Generator) -> pd.DataFrame:
    """The trace in order of time: Received, SenderAddress, RecipientAddress, MessageId."""
    level, mails = world.knobs.dirt, np.flatnonzero(sent.channel == MAIL)
    frame = pd.DataFrame(
        {
            "at": sent.at[mails],
            "from": sent.sender[mails],
            "sender": address[sent.sender[mails]],
            "receiver": address[sent.receiver[mails]],
            "message": [f"<{number:09d}@mail.{words.DOMAIN}>" for number in sent.message[mails]],
        }
    )
    people = address[: len(world.org)]
    frame = _under_other_addresses(frame, world, planted, rng)
    inside = frame[frame["from"] < len(people)]
    everybody = _all_hands(world, people) if level else frame[:0].copy()
    machines = dirt.machine_mail(inside, 0.02 * level, rng)
    lists = dirt.list_mail(inside, 0.01 * level, rng)
    for kind, more in (("bot", machines), ("list", lists), ("all_hands", everybody)):
        number = more.groupby("at").ngroup() if kind == "all_hands" else range(len(more))
        more["message"] = [f"<{kind}-{one:06d}@mail.{words.DOMAIN}>" for one in number]
        planted.note(kind, "mail.csv", _keys(more, np.arange(len(more))))
    frame = pd.concat([frame, machines, lists, everybody]).sort_values(["at", "message", "receiver"], kind="stable")
    frame = frame.reset_index(drop=True)
    frame["Received"] = pd.to_datetime(frame["at"], unit="s").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    frame = _wrong_times(frame, world, planted, rng)
    planted.note("duplicate", "mail.csv", _keys(frame, twice := dirt.some(len(frame), 0.003 * level, rng)))
    frame = dirt.repeated(frame, twice)
    frame = frame.rename(columns={"sender": "SenderAddress", "receiver": "RecipientAddress", "message": "MessageId"})
    return frame[["Received", "SenderAddress", "RecipientAddress", "MessageId"]]


def calls(world: World, sent: Contacts, address: np.ndarray, planted: Dirt, rng: np.random.Generator) -> pd.DataFrame:
    """Calls in order of time: Start, Caller, Callee, Minutes."""
    rows = np.flatnonzero(sent.channel == CALL)
    rows = rows[np.argsort(sent.at[rows], kind="stable")]
    minutes = sent.minutes[rows].astype(int).astype(str).astype(object)
    left_open = dirt.some(len(rows), 0.004 * world.knobs.dirt, rng)
    minutes[left_open] = OPEN_LINE
    planted.note("thousands", "calls.csv", left_open)
    start = pd.to_datetime(sent.at[rows], unit="s").strftime("%Y-%m-%dT%H:%M:%SZ")
    return pd.DataFrame(
        {"Start": start, "Caller": address[sent.sender[rows]], "Callee": address[sent.receiver[rows]], "Minutes": minutes}
    )


def _under_other_addresses(frame: pd.DataFrame, world: World, planted: Dirt, rng: np.random.Generator) -> pd.DataFrame:
    """Some people write from a second address too; some had a former name for the first half of the time."""
    level, people = world.knobs.dirt, world.org.people
    second, taken = dirt.some(len(people), 0.06 * level, rng), set(people["email"])
    for person in second:
        stem, old = people["email"].iloc[person].split("@")[0], people["name"].iloc[person]
        letters = plain(old).split(".")
        short = f"{letters[0][0]}.{letters[-1]}@{words.DOMAIN}"
        choices = [f"{stem}@{words.OLD_DOMAIN}", short, f"{stem}+home@{words.DOMAIN}"]
        other = rng.choice([one for one in choices if one not in taken])
        taken.add(other)
        written = frame.loc[frame["from"] == person, "message"].unique()
        mine = frame.index[frame["message"].isin(written[rng.random(len(written)) < 0.3])]
        frame.loc[mine, "sender"] = other
        if len(mine):
            planted.note("alias", "mail.csv", [f"{people['person'].iloc[person]} {other}"])
    half = frame["at"].min() + (frame["at"].max() - frame["at"].min()) / 2
    renamed = np.setdiff1d(dirt.some(len(people), 0.01 * level, rng), second)
    for person in renamed:
        first, now = plain(people["name"].iloc[person]).split(".")[0], people["email"].iloc[person]
        free = [former for last in words.LAST if (former := f"{first}.{plain(last)}@{words.DOMAIN}") not in taken]
        if not free:
            continue
        taken.add(former := rng.choice(free))
        before = frame["at"] < half
        sent, got = before & (frame["sender"] == now), before & (frame["receiver"] == now)
        frame.loc[sent, "sender"] = former
        frame.loc[got, "receiver"] = former
        if (sent | got).any():
            planted.note("renamed", "mail.csv", [f"{people['person'].iloc[person]} {former}"])
    return frame


def _all_hands(world: World, people: np.ndarray) -> pd.DataFrame:
    """A mail from the top to everybody then employed, every fourth week: a row for each reader."""
    weeks = np.arange(1, world.weeks, ALL_HANDS_EVERY)
    first = int(np.argmin(world.org.level))
    at = clock.to_utc(weeks * clock.WEEK + 9 * 3600, np.full(len(weeks), world.org.site[first]))
    mail, reader = np.nonzero(world.org.employed[:, weeks].T & (np.arange(len(people)) != first))
    return pd.DataFrame({"at": at[mail], "from": first, "sender": people[first], "receiver": people[reader]})


def _wrong_times(frame: pd.DataFrame, world: World, planted: Dirt, rng: np.random.Generator) -> pd.DataFrame:
    """Clocks never set, impossible days, and mailboxes whose wall clock says it is UTC."""
    level = world.knobs.dirt
    far = np.flatnonzero(world.org.site == list(words.SITES).index("Singapore"))
    for person in far[dirt.some(len(far), 0.05 * level, rng)]:
        mine = frame.index[frame["from"] == person]
        ahead = frame["at"][mine] + 8 * 3600
        frame.loc[mine, "Received"] = pd.to_datetime(ahead, unit="s").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        if len(mine):
            planted.note("wrong_zone", "mail.csv", [world.org.people["person"].iloc[person]])
    sound = np.arange(len(frame))
    for kind, share, values in (
        ("wrong_clock", 0.001, NEVER_SET),
        ("impossible_date", 0.0005, ("2026-02-30T10:00:00Z", "2026-13-01T08:00:00Z")),
    ):
        rows = sound[dirt.some(len(sound), share * level, rng)]
        frame.loc[rows, "Received"] = rng.choice(values, len(rows))
        planted.note(kind, "mail.csv", _keys(frame, rows))
        sound = np.setdiff1d(sound, rows)
    return frame


def _keys(frame: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """What tells rows of the trace apart: message and receiver."""
    return (frame["message"].astype("str") + " " + frame["receiver"].astype("str")).to_numpy()[rows]
