"""The world as clean tables, without dirt and under its own ids: for tests and benchmarks, and for organisations too
large for files.

`interactions` is written in chunks, one row group each: memory does not grow with the number of contacts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.simulation import clock, ideas, meetings, rhythms, truth, words
from kithwork.simulation.adoption import NEVER
from kithwork.simulation.attitudes import STAGES
from kithwork.simulation.dirt import Dirt
from kithwork.simulation.interpretations import QUESTIONS
from kithwork.simulation.questionnaire import ITEMS, TICKS
from kithwork.tables import TABLES

if TYPE_CHECKING:
    from kithwork.simulation import World

LARGEST_MEETING = 25
"""People above which a meeting joins nobody in particular."""


def tables(world: World) -> dict[str, pd.DataFrame]:
    """Every clean table but `interactions`, by name."""
    org, survey, said = world.org, world.survey, world.voices.notes
    ids = org.people["person"].to_numpy()
    people = org.people.rename(columns={"person": "person_id"})[["person_id", "unit", "role", "site", "tenure_months"]]
    manager = np.where(org.manager >= 0, ids[org.manager], None)
    people = people.assign(manager_id=manager, timezone=people["site"].map(words.SITES))
    parties = world.bonds.parties.rename(columns={"party": "party_id"})[["party_id", "kind", "segment"]]
    answers = survey.answers[[*ITEMS, *STAGES]].assign(person_id=ids[survey.respondents])
    answers = answers.melt("person_id", var_name="item", value_name="value").dropna()
    comments = pd.DataFrame(
        {
            "comment_id": [str(number) for number in range(len(said))],
            "person_id": ids[said["person"]],
            "prompt": said["prompt"],
            "text": said["text"],
            "at": utc(clock.to_utc(said["second"].to_numpy(), org.site[said["person"]])),
            "party_id": said["party"].map(world.bonds.parties["party"]),
            **{name: said[name] for name in ("about", "learned", "sure", "quote")},
        }
    )
    who = np.flatnonzero(world.adopted != NEVER)
    outcomes = pd.DataFrame(
        {
            "person_id": ids[who],
            "outcome": "adopted",
            "at": utc(clock.to_utc(world.adopted[who] * clock.WEEK, org.site[who])),
        }
    )
    found = {
        "people": people, "parties": parties, "answers": answers, "comments": comments, "nominations": _nominations(world),
        "outcomes": outcomes, "opportunities": _opportunities(world), "interpreters": _interpreters(world),
    }  # fmt: skip
    return {name: TABLES[name].checked(frame[[*TABLES[name].columns]]) for name, frame in found.items()}


def interactions(world: World) -> Iterator[pd.DataFrame]:
    """The `interactions` table in chunks: messages and calls by chunk of ties, then the meetings."""
    from kithwork.simulation import seeds

    ids = np.r_[world.org.people["person"], world.bonds.parties["party"].to_numpy()[world.bonds.contacts["party"]]]
    rng = np.random.default_rng(seeds(world.seed, "meetings"))
    first = 0
    for chunk in rhythms.contacts(world.org, world.bonds, world.weeks, world.knobs, seeds(world.seed, "contacts")):
        sent = chunk.channel != rhythms.MEETING
        minutes = np.where(chunk.channel == rhythms.CALL, chunk.minutes, np.nan)
        channel = np.array(rhythms.CHANNELS)[chunk.channel]
        told = (chunk.sender, chunk.receiver, channel, chunk.at, minutes, chunk.size, chunk.message + first)
        yield _frame(world, ids, *(values[sent] for values in told))
        first += int(chunk.message.max(initial=-1)) + 1
        held = meetings.called(chunk, world.org, rng)
        yield _met(world, ids, held, first)
        first += len(held.at)
    for part in meetings.recurring(world.org, world.bonds, world.weeks, rng).parts(rhythms.CHUNK):
        yield _met(world, ids, part, first)
        first += len(part.at)


def write(world: World, folder: Path) -> int:
    """Write every table as parquet into a folder, and the truth; returns the number of interactions."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    truth.mark(folder)
    for name, frame in tables(world).items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)
    rows, writer = 0, None
    for frame in interactions(world):
        table = pa.Table.from_pandas(frame, preserve_index=False)
        writer = writer or pq.ParquetWriter(folder / "interactions.parquet", table.schema)
        writer.write_table(table.cast(writer.schema))
        rows += len(frame)
    writer.close()
    truth.write(world, Dirt(), folder)
    return rows


def utc(seconds: np.ndarray) -> pd.Series:
    """Seconds since 1970 as times."""
    return pd.Series(pd.to_datetime(np.asarray(seconds, dtype=np.int64), unit="s", utc=True)).astype("datetime64[us, UTC]")


def _met(world: World, ids: np.ndarray, held: rhythms.Meetings, first: int) -> pd.DataFrame:
    meeting, one, other = meetings.pairs(held, LARGEST_MEETING)
    size, minutes = np.diff(held.bounds)[meeting], held.minutes[meeting].astype(float)
    channel = np.full(len(one), "meeting")
    return _frame(world, ids, one, other, channel, held.at[meeting], minutes, size, meeting + first)


def _frame(world: World, ids, ego, alter, channel, at, minutes, size, event) -> pd.DataFrame:
    site = world.org.site[np.where(ego < len(world.org), ego, np.where(alter < len(world.org), alter, 0))]
    local = clock.to_local(at, site)
    frame = pd.DataFrame(
        {
            "ego_id": ids[ego],
            "alter_id": ids[alter],
            "channel": channel,
            "at": utc(at),
            "day_only": False,
            "minutes": minutes,
            "size": size,
            "event": event,
            "off_hours": clock.is_after_hours(local),
            "weekend": local % clock.WEEK >= 5 * clock.DAY,
        }
    )
    once = frame.drop_duplicates(list(TABLES["interactions"].key)).reset_index(drop=True)
    return once.astype(dict.fromkeys(("size", "off_hours", "weekend"), "float64"))


def _opportunities(world: World) -> pd.DataFrame:
    """The register of ideas."""
    entries, people, parties = ideas.draw(world), world.org.people["person"], world.bonds.parties["party"]
    days = {
        name: pd.Timestamp(clock.START) + pd.to_timedelta(entries[name], unit="D")
        for name in ("raised", "tested", "scaled", "dropped")
    }
    return entries.assign(
        opportunity_id=entries["number"],
        person_id=entries["person"].map(people),
        party_id=entries["party"].map(parties),
        **days,
    )


def _interpreters(world: World) -> pd.DataFrame:
    """What respondents said of each one they named; skipped answers have no row."""
    ids, said = world.org.people["person"].to_numpy(), world.interpretations
    parties = world.bonds.parties["party"].to_numpy()
    alter, outside = said["alter"].to_numpy(), said["outside"].to_numpy()
    frame = said[[*QUESTIONS]].assign(
        ego_id=ids[world.survey.respondents[said["respondent"]]],
        alter_id=np.where(outside, parties[np.where(outside, alter, 0)], ids[np.where(outside, 0, alter)]),
    )
    found = frame.melt(["ego_id", "alter_id"], var_name="question", value_name="value").dropna()
    return found.reset_index(drop=True)


def _nominations(world: World) -> pd.DataFrame:
    """Names given in the survey, what was ticked about them, and whom the address books hold outside."""
    ids, survey = world.org.people["person"].to_numpy(), world.survey
    parties = world.bonds.parties["party"].to_numpy()
    ego = ids[survey.respondents]
    outside = (survey.named["generator"] == "GM").to_numpy()
    alter = survey.named["alter"].to_numpy()
    named = np.where(outside, parties[np.where(outside, alter, 0)], ids[np.where(outside, 0, alter)])
    frames = [
        pd.DataFrame({"ego_id": ego[survey.named["respondent"]], "alter_id": named, "relation": survey.named["generator"]})
    ]
    for tick in TICKS:
        ticked = survey.alters[survey.alters[tick]]
        frames.append(
            pd.DataFrame({"ego_id": ego[ticked["respondent"]], "alter_id": ids[ticked["alter"]], "relation": tick})
        )
    outside = world.bonds.outside[world.bonds.outside["written_down"]]
    known = parties[world.bonds.contacts["party"].to_numpy()[outside["contact"]]]
    frames.append(pd.DataFrame({"ego_id": ids[outside["person"]], "alter_id": known, "relation": "contact"}))
    return pd.concat(frames, ignore_index=True).drop_duplicates()
