"""A client's own log of contact of any length, and the study that it is of: parquet files, a million events each.

The events are those of `contact_log`, as a client would hand them over: addresses in place of codes, and the name of the
message. Written a file at a time, so that memory does not grow with the length.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from benchmarks import contact_log
from benchmarks.studies import HOME

STUDY = "bank"
LOG = "log"
UNIT = 60
"""People of a unit, as communities are."""


def write(root: Path, events: int, people: int = contact_log.PEOPLE) -> int:
    """A folder with settings, staff and a log of so many events; the rows of the log, about 1.7 times as many."""
    raw = root / "data" / "raw" / STUDY
    (raw / LOG).mkdir(parents=True)
    ids = addresses(people)
    pd.DataFrame({"person": ids, "unit": [f"unit {at // UNIT}" for at in range(people)]}).to_csv(
        raw / "staff.csv", index=False
    )
    parts = -(-events // contact_log.PART)
    rows = sum(_part(raw / LOG, np.array(ids, dtype=object), events, part, parts) for part in range(parts))
    settings = yaml.safe_load((HOME / "params.yaml").read_text(encoding="utf-8"))
    settings["engagements"] = {STUDY: engagement() | {"signs": settings["engagements"]["office"]["signs"]}}
    settings["simulations"] = {}
    (root / "params.yaml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    shutil.copytree(HOME / "brand", root / "brand")
    return rows


def addresses(people: int) -> list[str]:
    """Whom the log names."""
    return [f"person.{number:06}@bank.example" for number in range(people)]


def engagement() -> dict:
    """The study's entry in params.yaml."""
    log = {name: name for name in ("ego", "alter", "channel", "at", "minutes", "size", "message")}
    return {
        "title": "What a log of this length costs",
        "organisation": "A bank that does not exist",
        "fieldwork": "Made up.",
        "purposes": {"staff": "Who works there.", "interactions": "Who is in contact with whom."},
        "retention": "2099-12-31",
        "terms": "Made up.",
        "proxy": "Nobody was asked.",
        "synthetic": True,
        "ids": "public",
        "directed": True,
        "sources": {
            "staff": {"file": "staff.csv", "columns": {"person": "person", "unit": "unit"}},
            "interactions": {"reader": "warehouse", "file": LOG, "columns": log},
        },
    }


def _part(folder: Path, ids: np.ndarray, events: int, part: int, parts: int) -> int:
    """One file of the log, in order of time after those before it."""
    span = contact_log.YEAR // parts
    count = min(contact_log.PART, events - part * contact_log.PART)
    rng = np.random.default_rng((1, part))
    frame = contact_log.happened(rng, len(ids), count, contact_log.START + part * span, span)
    frame["message"] = "m" + (frame.pop("event") + part * contact_log.PART).astype("str")
    for end in ("ego", "alter"):
        frame[end] = ids[frame.pop(f"{end}_id")]
    frame = frame[["ego", "alter", "channel", "at", "minutes", "size", "message"]]
    frame.to_parquet(folder / f"{part:05}.parquet", index=False, row_group_size=contact_log.GROUP)
    return len(frame)
