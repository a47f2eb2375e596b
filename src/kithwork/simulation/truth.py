"""What was planted, written beside the files: for tests and benchmarks. The pipeline never reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.simulation import earlier, ideas, survey_file, words
from kithwork.simulation.attitudes import SCALES, STAGES
from kithwork.simulation.dirt import Dirt
from kithwork.simulation.organisation import SEGMENTS
from kithwork.simulation.questionnaire import expected_score
from kithwork.simulation.relationships import KIND_COLUMNS

if TYPE_CHECKING:
    from kithwork.simulation import World

README = f"""SYNTHETIC. {words.COMPANY} does not exist; nobody named in these files does. All of it was drawn from a
stated model by `kithwork simulate` (src/kithwork/simulation/). truth/ holds what was planted; no stage reads it.
Where truth/recipe.json is missing, the simulation was not finished.
"""


def readiness(world: World) -> np.ndarray:
    """Each person's readiness score, 0 to 100, over all chance of answering: the truth behind commitment and efficacy."""
    held = [world.minds.traits[:, SCALES.index(scale)] for scale in ("commitment", "efficacy")]
    return np.mean([expected_score(trait, world.knobs.reliability) for trait in held], axis=0)


def mark(folder: Path) -> None:
    """Write a note that all is synthetic into a folder, made if need be, before anything else is written there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(README, encoding="utf-8")


def write(world: World, dirt: Dirt, folder: Path) -> None:
    """Write what was planted into the `truth/` of a folder."""
    folder = folder / "truth"
    folder.mkdir(exist_ok=True)
    org, bonds = world.org, world.bonds
    ids, parties = org.people["person"].to_numpy(), bonds.parties["party"].to_numpy()
    people = org.people.drop(columns=["role", "tenure_months"]).assign(
        readiness=readiness(world).round(6), threshold=world.minds.threshold.round(6), adopted_week=world.adopted
    )
    ties = bonds.ties.assign(a=ids[bonds.ties["a"]], b=ids[bonds.ties["b"]])
    outside = bonds.outside[KIND_COLUMNS].assign(
        person=ids[bonds.outside["person"]], party=parties[bonds.contacts["party"].to_numpy()[bonds.outside["contact"]]]
    )
    units = pd.DataFrame(
        {"unit": org.people["unit"].drop_duplicates().to_numpy(), "bottleneck": np.array(STAGES)[world.minds.bottleneck]}
    )
    sources = [" ".join(parties[list(rows)]) for rows in world.voices.topics["sources"]]
    topics = world.voices.topics.assign(sources=sources)
    raised = ideas.draw(world)[["number", "to_test", "to_drop", "problem"]].assign(
        tested_a_day=ideas.TESTED, dropped_a_day=ideas.DROPPED, scaled=ideas.SCALED, gain=ideas.GAIN
    )
    frames = {
        "notes": _notes(world, dirt),
        "people": people,
        "units": units,
        "ties": ties,
        "outside": outside[["person", "party", *KIND_COLUMNS]],
        "topics": topics[["topic", "role", "onset_week", "fades_week", "at_once", "sources"]],
        "opportunities": topics[["topic", "real", "value", "repeatable", "sources"]],
        "ideas": raised,
        "dirt": dirt.frame(),
        "changes": earlier.changes(world.knobs).rename_axis("value").reset_index(),
    }
    for name, frame in frames.items():
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    recipe = {
        "people": len(org),
        "weeks": world.weeks,
        "seed": world.seed,
        "segments": list(SEGMENTS[: world.knobs.segments]),
    }
    _json(folder / "dirt.json", dirt.counts())
    _json(folder / "recipe.json", recipe | {"knobs": world.knobs.model_dump()})  # last: it says that all is there


def _notes(world: World, planted: Dirt) -> pd.DataFrame:
    """Every note: where it stands in the files, by line and column, its topic, and the names and numbers planted in it."""
    said, in_survey = world.voices.notes, survey_file.notes(world)
    elsewhere = said.index.difference(in_survey.index)
    line, cell = pd.Series(0, index=said.index), pd.Series("", index=said.index)
    line[elsewhere] = np.arange(len(elsewhere)) + 2
    line[in_survey.index] = survey_file.first_line(world, planted)[in_survey["person"]].to_numpy()
    cell[in_survey.index] = in_survey["prompt"] + "_" + in_survey["box"].astype(str)
    parties = world.bonds.parties["party"]
    return pd.DataFrame(
        {
            "note": said.index,
            "file": np.where(cell != "", "survey.csv", "notes.csv"),
            "line": line,
            "cell": cell,
            "person": world.org.people["person"].to_numpy()[said["person"]],
            "week": said["week"],
            "topic": said["topic"].map(world.voices.topics["topic"]),
            "language": said["language"],
            "says": said["says"],
            "copy_of": said["copy_of"],
            "party": said["party"].map(parties),
            "named": said["named"],
        }
    )


def _json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
