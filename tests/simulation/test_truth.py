"""What was planted, as written beside the files: it is the world's, and every id in it is in the files."""

from __future__ import annotations

import csv
import json

import numpy as np
import pandas as pd
import pytest

from kithwork import simulation
from kithwork.simulation import organisation, truth
from kithwork.simulation.attitudes import STAGES
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.relationships import KIND_COLUMNS


@pytest.fixture(scope="module")
def told(dirty):
    """The truth's lists by name."""
    return {path.stem: pd.read_csv(path) for path in (dirty.folder / "truth").glob("*.csv")}


def test_people_are_the_world_s(dirty, told):
    """Segment, level, readiness, threshold and week of adoption of everybody, in order."""
    world, found = dirty.world, told["people"]
    assert found["person"].tolist() == world.org.people["person"].tolist()
    for column in ("segment", "level", "joined_week", "left_week", "unit"):
        assert found[column].tolist() == world.org.people[column].tolist()
    assert found["adopted_week"].tolist() == world.adopted.tolist()
    assert found["readiness"].to_numpy() == pytest.approx(truth.readiness(world), abs=1e-6)
    assert found["threshold"].to_numpy() == pytest.approx(world.minds.threshold, abs=1e-6)


def test_ties_are_the_world_s(dirty, told):
    """Each pair with its kinds, by id; and ties outside by party."""
    world, ids = dirty.world, dirty.world.org.people["person"].to_numpy()
    ties = world.bonds.ties
    assert told["ties"]["a"].tolist() == ids[ties["a"]].tolist()
    assert told["ties"]["b"].tolist() == ids[ties["b"]].tolist()
    assert (told["ties"][KIND_COLUMNS].to_numpy() == ties[KIND_COLUMNS].to_numpy()).all()
    outside, party = told["outside"], world.bonds.contacts["party"].to_numpy()[world.bonds.outside["contact"]]
    assert outside["party"].tolist() == world.bonds.parties["party"].to_numpy()[party].tolist()
    assert (outside[KIND_COLUMNS].to_numpy() == world.bonds.outside[KIND_COLUMNS].to_numpy()).all()


def test_units_topics_and_opportunities_are_the_world_s(dirty, told):
    """Bottlenecks by unit; topics with onset and sources; opportunities with their worth."""
    world = dirty.world
    bottleneck = told["units"].set_index("unit")["bottleneck"]
    for unit, number in zip(world.org.people["unit"], world.org.unit_of, strict=True):
        assert bottleneck[unit] == STAGES[world.minds.bottleneck[number]]
    parties = set(world.bonds.parties["party"])
    assert told["topics"]["onset_week"].tolist() == world.voices.topics["onset_week"].tolist()
    for sources in told["topics"]["sources"]:
        assert set(sources.split()) <= parties
    assert told["opportunities"]["value"].tolist() == world.voices.topics["value"].tolist()
    assert told["opportunities"]["real"].tolist() == world.voices.topics["real"].tolist()


def test_notes_are_found_in_the_files(dirty, told):
    """Each stands where the list says, word for word; what is said to be named in it is in it."""
    files = {}
    for name in ("notes.csv", "survey.csv"):
        with (dirty.folder / name).open(encoding="utf-8-sig", newline="") as file:
            files[name] = list(csv.reader(file))
    notes, said = told["notes"].fillna({"topic": "", "cell": "", "named": ""}), dirty.world.voices.notes
    topics = [*dirty.world.voices.topics["topic"], ""]
    assert len(notes) == len(said)
    for row, note in zip(notes.itertuples(), said.itertuples(), strict=True):
        header, line = files[row.file][0], files[row.file][row.line - 1]
        assert line[header.index(row.cell or "Note")] == note.text
        assert row.topic == topics[note.topic]
        assert row.named.partition(": ")[2] in note.text
    assert {*notes["file"]} == set(files)


def test_the_recipe_makes_the_same_world(dirty):
    """People, weeks, seed and knobs as written draw the same organisation again; segments are those planted."""
    recipe = json.loads((dirty.folder / "truth" / "recipe.json").read_text(encoding="utf-8"))
    again = simulation.simulate(recipe["people"], recipe["weeks"], recipe["seed"], Knobs(**recipe["knobs"]))
    assert again.org.people.equals(dirty.world.org.people)
    assert again.bonds.ties.equals(dirty.world.bonds.ties)
    assert set(recipe["segments"]) == set(dirty.world.org.people["segment"]) <= set(organisation.SEGMENTS)


def test_readiness_is_a_score_that_rises_with_the_trait(crowd):
    """0 to 100, in the order of the trait it is the truth of, nearly; its mean is that of what people answered."""
    world = crowd.world
    score = truth.readiness(world)
    assert ((score > 0) & (score < 100)).all()
    assert np.corrcoef(score, world.minds.readiness)[0, 1] > 0.98
    who, careful = world.survey.respondents, ~world.survey.careless
    answered = world.survey.answers[[f"C{a}{i}" for a in "CE" for i in (1, 2, 3)]].mean(axis=1)
    gap = (answered - 1) * 25 - score[who]
    assert gap[careful].mean() == pytest.approx(0, abs=4 * gap[careful].std() / np.sqrt(careful.sum()))
