"""A study as large as wished, as a client would bring it: lists, survey and notes of a simulated organisation, and its log
of contact as parquet, which no CSV file would be at that size.

Nobody in it errs in spelling and no file has faults: what dirt costs is another benchmark's. A larger study has more
people, units and parties; each has as many contacts, so that the log grows as the number of people.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from benchmarks import studies
from kithwork import simulation
from kithwork.simulation import World, files, tables
from kithwork.simulation.dirt import Dirt
from kithwork.simulation.knobs import Knobs

NAME = "large"
WEEKS, UNTIL = 52, "2027-01-03"
"""How long it is watched: as long as 10,000 people take to have some ten million contacts."""
ANSWER, WRITE = 0.3, 0.5
"""Respondents and texts, per person: 3,000 and 5,000 of 10,000 people."""
MORE = 1.05
"""How many more are asked to answer than wanted, since who does is drawn."""

LOG = {
    "reader": "warehouse", "file": "log.parquet",
    "columns": {name: name for name in ("ego", "alter", "channel", "at", "minutes", "size", "message")},
}  # fmt: skip


def prepared(root: Path, people: int, weeks: int = WEEKS, until: str = UNTIL) -> dict[str, int]:
    """A copy of the project with that one study, watched for so many weeks; how many records each of its sources has."""
    studies.copied(root)
    path = root / "params.yaml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    entry = settings["engagements"]["demo"]
    entry["sources"]["staff"]["encoding"] = "utf-8"
    entry["sources"]["interactions"] = [LOG]
    entry["period"][1] = until
    folder = root / "data" / "raw" / NAME
    folder.mkdir(parents=True)
    told = brought(folder, people, weeks)
    there = {*pd.read_csv(folder / "staff.csv")["Location"]}
    entry["places"] = {name: place for name, place in entry["places"].items() if name in there}
    settings |= {"engagements": {NAME: entry}, "simulations": {}}
    path.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    return told


def brought(folder: Path, people: int, weeks: int = WEEKS, seed: int = 7) -> dict[str, int]:
    """Write its files into a folder; how many people are listed, answered, wrote texts, and how many contacts there are."""
    knobs = Knobs(response=ANSWER * MORE, dirt=0)
    world = simulation.simulate(people, weeks, seed, knobs)
    notes = world.voices.notes
    some = np.random.default_rng(seed).choice(len(notes), round(WRITE * people), replace=False)
    world = replace(world, voices=replace(world.voices, notes=notes.iloc[np.sort(some)]))
    lists = files.lists(world, Dirt(), np.random.default_rng(seed))
    headers = len(lists["survey.csv"]) - len(world.survey.respondents)
    lists["survey.csv"] = lists["survey.csv"].head(headers + round(ANSWER * people))
    for name, frame in lists.items():
        files.write_csv(frame, folder / name, world)
    return {
        "people": len(lists["staff.csv"]),
        "respondents": len(lists["survey.csv"]) - headers,
        "texts": len(some),
        "contacts": log(world, folder / LOG["file"]),
    }


def log(world: World, path: Path) -> int:
    """Write who was in contact with whom, in the client's words; returns the rows, one per pair."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    ids = np.r_[world.org.people["person"], world.bonds.parties["party"]]
    words = pd.Series(np.r_[world.org.people["email"], world.bonds.parties["party"]], index=ids)
    rows, writer = 0, None
    for frame in tables.interactions(world):
        frame = frame.rename(columns={"ego_id": "ego", "alter_id": "alter", "event": "message"})[[*LOG["columns"]]]
        frame = frame.assign(ego=frame["ego"].map(words), alter=frame["alter"].map(words))
        table = pa.Table.from_pandas(frame, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table.cast(writer.schema))
        rows += len(frame)
    writer.close()
    return rows
