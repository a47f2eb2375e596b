"""What people write: notes on the market that follow planted topics, and chatter.

A topic begins in its onset week at a party outside and is heard through ties to that party and others of its role: who has
such a tie is likelier to write of it. Texts are put together from a few ways to say each thing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.simulation import words
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.organisation import Organisation
from kithwork.simulation.relationships import Relationships

NOTES_PER_PERSON_WEEK = 0.045
RISE = 0.16
"""Growth of a topic's weight each week after its onset."""
DIRECT = 6.0
"""How much likelier one with a tie to the source writes of a topic than one without."""
SOURCES = 3
"""Independent parties behind each topic."""
PROMPTS = ("M1", "M2", "M3")
TO_ROLE = {
    "customer": "customer",
    "supplier": "supplier",
    "competitor": "competitor",
    "regulation": "regulator",
    "technology": "university",
}


@dataclass(frozen=True)
class Voices:
    """`topics`: topic, role, onset_week, sources (party rows), value, repeatable, real.

    `notes`: person, week, prompt, text, topic (row of `topics`, −1 for chatter).
    """

    topics: pd.DataFrame
    notes: pd.DataFrame


def write(org: Organisation, bonds: Relationships, weeks: int, knobs: Knobs, rng: np.random.Generator) -> Voices:
    """Topics, and notes from all weeks in order of time."""
    topics = _topics(bonds, weeks, rng)
    count = rng.poisson(NOTES_PER_PERSON_WEEK * len(org) * weeks)
    week = np.sort(rng.integers(0, weeks, count))
    begun = np.maximum(week[:, None] - topics["onset_week"].to_numpy() + 1, 0)
    weight = (begun > 0) * np.exp(RISE * np.minimum(begun, 12))
    follows = (rng.random(count) < knobs.topic_signal) & weight.any(axis=1)
    weight = np.where(weight.any(axis=1, keepdims=True), weight, 1)
    topic = (rng.random((count, 1)) > (weight / weight.sum(axis=1, keepdims=True)).cumsum(axis=1)[:, :-1]).sum(axis=1)
    topic = np.where(follows, topic, -1)
    person = _writers(org, bonds, topics, topic, week, rng)
    texts = [_said(topics["topic"].iloc[t] if t >= 0 else None, rng) for t in topic]
    prompt = np.where(topic >= 0, np.where(rng.random(count) < 0.8, "M1", "M2"), "M3")
    notes = pd.DataFrame({"person": person, "week": week, "prompt": prompt, "text": texts, "topic": topic})
    return Voices(topics, notes)


def _topics(bonds: Relationships, weeks: int, rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for number, (topic, (role, _)) in enumerate(words.TOPICS.items()):
        there = np.flatnonzero(bonds.parties["kind"] == TO_ROLE[role])
        rows.append(
            {
                "topic": topic,
                "role": role,
                "onset_week": int(number * weeks / (len(words.TOPICS) + 2)),
                "sources": sorted(int(party) for party in rng.permutation(there)[:SOURCES]),
                "value": float(np.round(rng.lognormal(12, 0.8), -3)),
                "repeatable": float(np.round(rng.beta(2, 2), 2)),
                "real": bool(rng.random() < 0.7),
            }
        )
    return pd.DataFrame(rows)


def _writers(org: Organisation, bonds: Relationships, topics: pd.DataFrame, topic, week, rng) -> np.ndarray:
    """The writer of each note, one at work in its week: people tied to a source of its topic are likelier to be it."""
    party = bonds.contacts["party"].to_numpy()[bonds.outside["contact"]]
    weight = np.ones((len(topics) + 1, len(org)))  # the last for chatter
    for number, sources in enumerate(topics["sources"]):
        weight[number, bonds.outside["person"][np.isin(party, sources)]] = DIRECT
    writer = np.zeros(len(topic), dtype=int)
    for now in np.unique(week):
        for number in np.unique(topic[week == now]):
            mine = (week == now) & (topic == number)
            mass = weight[number] * org.there[:, now]
            writer[mine] = rng.choice(len(org), mine.sum(), p=mass / mass.sum())
    return writer


def _said(topic: str | None, rng: np.random.Generator) -> str:
    if topic is None:
        return f"{rng.choice(words.CHATTER)}."
    sentence = rng.choice(words.TOPICS[topic][1])
    opening, ending = rng.choice(words.OPENINGS), rng.choice(words.ENDINGS)
    text = f"{opening} {sentence}".strip()
    return f"{text[0].upper()}{text[1:]}. {ending}".strip()
