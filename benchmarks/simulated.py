"""Simulated organisations as benchmarks look at them: contacts inside with the wall clock of the sender, ties, names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.simulation import World, rhythms, seeds, tables, words
from kithwork.simulation.relationships import KIND_COLUMNS

LARGEST_TALK = 4
"""People up to whom a meeting is a talk, in which all face each other."""


def contacts(world: World) -> pd.DataFrame:
    """Contacts among people: a (sender), b, channel, at (UTC seconds), local (the sender's wall clock), minutes, size."""
    ids = pd.Index(world.org.people["person"])
    frame = pd.concat(list(tables.interactions(world)), ignore_index=True)
    frame = frame.assign(a=ids.get_indexer(frame.pop("ego_id")), b=ids.get_indexer(frame.pop("alter_id")))
    frame["at"] = frame["at"].astype("datetime64[s, UTC]").astype("int64")
    return _inside(frame, world)


def moves(world: World) -> pd.DataFrame:
    """Contacts among people that one of the two sought, standing meetings left out: a, b, channel, at, local, size."""
    chunks = rhythms.contacts(world.org, world.bonds, world.weeks, world.knobs, seeds(world.seed, "contacts"))
    frame = pd.concat(
        [pd.DataFrame({"a": c.sender, "b": c.receiver, "channel": c.channel, "at": c.at, "size": c.size}) for c in chunks]
    )
    frame["channel"] = np.array(rhythms.CHANNELS)[frame["channel"]]
    return _inside(frame[(frame[["a", "b"]] < len(world.org)).all(axis=1)], world)


def _inside(frame: pd.DataFrame, world: World) -> pd.DataFrame:
    """Rows whose ends are both people, with the sender's wall clock."""
    frame = frame[(frame["a"] >= 0) & (frame["b"] >= 0)].reset_index(drop=True)
    at, site = pd.to_datetime(frame["at"], unit="s", utc=True), world.org.site[frame["a"]]
    local = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    for number, zone in enumerate(words.SITES.values()):
        here = site == number
        local[here] = at[here].dt.tz_convert(zone).dt.tz_localize(None)
    return frame.assign(local=local)


def talks(met: pd.DataFrame) -> pd.DataFrame:
    """Of the contacts those by voice: calls, and meetings of a few."""
    return met[(met["channel"] == "call") | ((met["channel"] == "meeting") & (met["size"] <= LARGEST_TALK))]


def planted(world: World) -> dict[str, pd.DataFrame]:
    """The true ties of each kind: a, b."""
    return {kind: world.bonds.ties.loc[world.bonds.ties[kind], ["a", "b"]] for kind in KIND_COLUMNS}


def named(world: World) -> dict[str, pd.DataFrame]:
    """Whom people inside named in the survey, by the kind asked for: a named b."""
    frame = world.survey.named.assign(a=world.survey.respondents[world.survey.named["respondent"]])
    frame = frame.rename(columns={"alter": "b"}).astype({"b": np.int64})
    codes = dict(zip(("GP", "GF", "GS"), KIND_COLUMNS, strict=True))
    return {kind: frame.loc[frame["generator"] == code, ["a", "b"]] for code, kind in codes.items()}
