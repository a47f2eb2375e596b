"""The world as a client's files: staff list, accounts, contacts, adoption log, notes, ideas, survey, mail, calls, calendar,
chat; and the scores of the wave before.

    staff.csv      personnel system                         mail.csv      message trace, one row per recipient
    accounts.csv   outside organisations                    calls.csv     telephone system
    contacts.csv   address books, by owner                  calendar.ics  iCalendar (RFC 5545)
    adoption.csv   log of the new tool                      chat.zip      Slack export
    notes.csv      what people heard, as logged             survey.csv    Qualtrics export
    ideas.csv      register of ideas
    previous/scores.parquet claims.parquet                  what the study kept of the survey half a year before

Every file is the same, byte for byte, for the same world and the same name of the folder, by which people are coded in the
last.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.simulation import (
    calendar_file,
    chat_file,
    clock,
    dirt,
    earlier,
    ideas,
    mail_file,
    meetings,
    rhythms,
    survey_file,
    truth,
    words,
)
from kithwork.simulation.adoption import NEVER
from kithwork.simulation.dirt import Dirt
from kithwork.simulation.organisation import plain

if TYPE_CHECKING:
    from kithwork.simulation import World


def write(world: World, folder: Path, say: Callable[[str], None] = lambda _: None) -> Dirt:
    """Write every file and the truth into a folder; `say` is told each file's name and rows. Returns the dirt planted."""
    from kithwork.simulation import seeds

    truth.mark(folder)
    planted, rng = Dirt(), np.random.default_rng(seeds(world.seed, "dirt"))
    sent = _joined(rhythms.contacts(world.org, world.bonds, world.weeks, world.knobs, seeds(world.seed, "contacts")))
    dice = np.random.default_rng(seeds(world.seed, "meetings"))
    called = meetings.called(sent, world.org, dice)
    standing = meetings.recurring(world.org, world.bonds, world.weeks, dice)
    address = addresses(world)
    csv_files = lists(world, planted, rng) | {
        "mail.csv": mail_file.mail(world, sent, address, planted, rng),
        "calls.csv": mail_file.calls(world, sent, address, planted, rng),
    }
    for name, frame in csv_files.items():
        write_csv(frame, folder / name, world)
        say(f"{name} {len(frame):,} rows")
    events = calendar_file.write(folder / "calendar.ics", (standing, called), address)
    say(f"calendar.ics {events:,} meetings")
    say(f"chat.zip {chat_file.write(folder / 'chat.zip', world, sent):,} messages")
    say(f"previous/scores.parquet {earlier.write(world, folder):,} rows")
    truth.write(world, planted, folder)
    return planted


def lists(world: World, planted: Dirt, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Every file but the recorded contact, by name."""
    return {
        "staff.csv": _staff(world, planted, rng),
        "accounts.csv": _accounts(world),
        "contacts.csv": _contacts(world, planted, rng),
        "adoption.csv": _adoption(world, planted, rng),
        "notes.csv": _notes(world),
        "ideas.csv": _ideas(world),
        "survey.csv": survey_file.rows(world, planted, rng),
    }


def write_csv(frame: pd.DataFrame, path: Path, world: World) -> None:
    """One of them, as the system that it comes from writes it."""
    encoding = {"staff.csv": "cp1252" if world.knobs.dirt else "utf-8", "survey.csv": "utf-8-sig"}.get(path.name, "utf-8")
    frame.to_csv(path, index=False, encoding=encoding, lineterminator="\r\n" if path.name == "staff.csv" else "\n")


def addresses(world: World) -> np.ndarray:
    """The mail address of everybody, contacts outside after people."""
    domain = world.bonds.parties["party"].to_numpy()[world.bonds.contacts["party"]]
    outside = pd.Series([f"{plain(name)}@{host}" for name, host in zip(world.bonds.contacts["name"], domain, strict=True)])
    again = outside.groupby(outside).cumcount()
    outside = outside.where(again == 0, (again + 1).astype(str) + "." + outside)
    return np.r_[world.org.people["email"].to_numpy(dtype=str), outside.to_numpy(dtype=str)]


def day(week: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A working day in each week, as a date."""
    seconds = clock.to_utc(
        np.asarray(week) * clock.WEEK + rng.integers(0, 5, len(week)) * clock.DAY + 43_200, np.zeros(len(week), int)
    )
    return pd.to_datetime(seconds, unit="s").strftime("%Y-%m-%d").to_numpy()


def _joined(chunks) -> rhythms.Contacts:
    """All chunks as one, the number of each message its own."""
    parts, first = [], 0
    for chunk in chunks:
        parts.append(chunk._replace(message=chunk.message + first))
        first += int(chunk.message.max(initial=-1)) + 1
    return rhythms.Contacts(*(np.concatenate(values) for values in zip(*parts, strict=True)))


def _staff(world: World, planted: Dirt, rng: np.random.Generator) -> pd.DataFrame:
    """The list on the day of the export: who has left is not on it; one or two stand on it twice.

    Without dirt it is a list of all who worked there in the weeks watched.
    """
    org, level = world.org.people, world.knobs.dirt
    manager = np.where(world.org.manager >= 0, org["person"].to_numpy()[world.org.manager], "")
    frame = pd.DataFrame(
        {
            "Employee ID": org["person"],
            "Name": org["name"],
            "E-mail": org["email"],
            "Department": org["unit"],
            "Job title": org["role"],
            "Location": org["site"],
            "Manager ID": manager,
            "Tenure (months)": org["tenure_months"].astype(int),
        }
    )
    here = _listed(world)
    planted.note("leaver", "staff.csv", org["person"][~here])
    planted.note("joiner", "staff.csv", org["person"][(level > 0) & (org["joined_week"] > world.survey_week) & here])
    planted.note("encoding", "staff.csv", ["cp1252"] if level else [])
    frame = frame[here].sort_values("Employee ID", kind="stable").reset_index(drop=True)
    twice = dirt.some(len(frame), 0.004 * level, rng)
    planted.note("duplicate", "staff.csv", frame["Employee ID"].iloc[twice])
    return dirt.repeated(frame, twice)


def _listed(world: World) -> np.ndarray:
    """Who is on the staff list."""
    return (world.org.people["left_week"] >= world.weeks).to_numpy() | (world.knobs.dirt == 0)


def _accounts(world: World) -> pd.DataFrame:
    parties = world.bonds.parties
    return pd.DataFrame(
        {
            "Account ID": [f"A{number:04d}" for number in range(1, len(parties) + 1)],
            "Account": parties["name"],
            "Web": parties["party"],
            "Type": parties["kind"],
            "Segment": parties["segment"],
        }
    )


def _contacts(world: World, planted: Dirt, rng: np.random.Generator) -> pd.DataFrame:
    """Address books: one row per owner and contact; some contacts use an address of no party."""
    bonds, address = world.bonds, addresses(world)
    mail = address[len(world.org) + bonds.outside["contact"].to_numpy()].astype(object)
    party = bonds.parties["name"].to_numpy()[bonds.contacts["party"].to_numpy()[bonds.outside["contact"]]]
    frame = pd.DataFrame(
        {
            "Owner": world.org.people["email"].to_numpy()[bonds.outside["person"]],
            "Name": bonds.contacts["name"].to_numpy()[bonds.outside["contact"]],
            "E-mail": mail,
            "Organization": party,
        }
    )
    kept = bonds.outside["written_down"].to_numpy() & _listed(world)[bonds.outside["person"]]
    frame = frame[kept].reset_index(drop=True)
    private = dirt.some(len(frame), 0.02 * world.knobs.dirt, rng)
    frame.loc[private, "E-mail"] = [f"{one.split('@')[0]}@{words.FREE_MAIL}" for one in frame["E-mail"][private]]
    planted.note("stranger", "contacts.csv", frame["Owner"][private] + " " + frame["E-mail"][private])
    return frame


def _adoption(world: World, planted: Dirt, rng: np.random.Generator) -> pd.DataFrame:
    """The log of the new tool: who used it first on which day, some days impossible."""
    who = np.flatnonzero(world.adopted != NEVER)
    first = day(world.adopted[who], rng)
    wrong = dirt.some(len(who), 0.005 * world.knobs.dirt, rng)
    first[wrong] = "2026-02-30"
    planted.note("impossible_date", "adoption.csv", world.org.people["person"].to_numpy()[who[wrong]])
    return pd.DataFrame({"User": world.org.people["email"].to_numpy()[who], "Event": "adopted", "First used": first})


def _notes(world: World) -> pd.DataFrame:
    """What people noted through the weeks, less what they then wrote into the survey."""
    notes = world.voices.notes.drop(index=survey_file.notes(world).index)
    day = pd.Timestamp(clock.START) + pd.to_timedelta(notes["second"] // clock.DAY, unit="D")
    return pd.DataFrame(
        {
            "Author": world.org.people["email"].to_numpy()[notes["person"]],
            "Written": day.dt.strftime("%Y-%m-%d"),
            "Question": notes["prompt"],
            "Note": notes["text"],
            "From account": notes["party"].map(world.bonds.parties["name"]),
            "About": notes["about"],
            "How learned": notes["learned"],
            "Sure": notes["sure"].astype("Int64"),
            "May be quoted": notes["quote"],
        }
    )


def _ideas(world: World) -> pd.DataFrame:
    """The register: days as days, values in whole money, empty where there is none yet."""
    entries, people = ideas.draw(world), world.org.people["email"]
    names = {"raised": "Raised on", "tested": "Tested on", "scaled": "Scaled on", "dropped": "Dropped on"}
    days = {
        name: (pd.Timestamp(clock.START) + pd.to_timedelta(entries[day], unit="D")).dt.strftime("%Y-%m-%d")
        for day, name in names.items()
    }
    return pd.DataFrame(
        {
            "Idea No": entries["number"],
            "Raised on": days.pop("Raised on"),
            "Raised by": entries["person"].map(people),
            "From account": entries["party"].map(world.bonds.parties["name"]),
            "Type": entries["kind"].str.capitalize(),
            "Problem": entries["problem"],
            **days,
            "Expected value": entries["expected"].astype("Int64"),
            "Realised value": entries["realised"].astype("Int64"),
        }
    )
