"""What people write: notes on the market that follow planted topics, and chatter.

A topic begins in its onset week at parties outside (`matters`). Who has a strategic tie to a party of the kind that it is
about hears of it at once, who has any other tie to one of its sources some weeks later; both are then likelier to write of
it. Hearsay goes round among one person and those tied to that person. Some notes pass on what a colleague wrote, some say
nothing, some name people and numbers, and those of one place are in part in its own language. What a writer ticks beside a
note is mostly right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.market_tables import LEARNED, QUOTING
from kithwork.market_tables import ROLES as PARTS
from kithwork.simulation import clock, matters, namings, sayings
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.organisation import Organisation
from kithwork.simulation.relationships import Relationships

NOTES_PER_PERSON_WEEK = 0.08
LATER = 4
"""Weeks after its onset in which ties outside that are not strategic bring a topic."""
ECHO = 40.0
"""How much likelier hearsay is written by those among whom it goes round than by others."""
ECHOED = 3
"""How many times more often hearsay is passed on word for word."""
LOOKS_BACK = 30
"""Notes on a topic from which one is passed on: the last."""
ELSEWHERE = "Porto"
"""The place that has a language of its own."""
PROMPTS = ("M1", "M2", "M3")
NAMES_PARTY, TICKED, RIGHT = 0.4, 0.8, 0.85
"""Shares of notes on topics: the party is named; a question beside it is answered; what it is about is ticked rightly."""
HOW_LEARNED = {True: (0.5, 0.25, 0.15, 0.1), False: (0.15, 0.5, 0.1, 0.25)}
"""Chances of each way to have learned what is real, and what is hearsay."""
HOW_SURE = {True: 3.7, False: 3.2}
"""Means of how sure writers are."""
MAY_BE_QUOTED = (0.45, 0.3, 0.25)


@dataclass(frozen=True)
class Voices:
    """`topics`: as `matters.drawn`.

    `notes`: person, week, second (of the wall clock where it was written), prompt, text, topic (row of `topics`, −1 for
    chatter), language, says (whether it says anything), copy_of (row of the note passed on, −1), named (what it gives away,
    as `kind: words`), party (row, −1), and what was ticked: about, learned, sure, quote.
    """

    topics: pd.DataFrame
    notes: pd.DataFrame


def write(
    org: Organisation,
    bonds: Relationships,
    weeks: int,
    knobs: Knobs,
    rng: np.random.Generator,
    rate: float = NOTES_PER_PERSON_WEEK,
) -> Voices:
    """Topics, and notes from all weeks in order of time, `rate` per person and week."""
    topics = matters.drawn(bonds, weeks, knobs, rng)
    count = rng.poisson(rate * len(org) * weeks)
    second = np.sort(rng.integers(0, weeks, count) * clock.WEEK + _at_work(count, rng))
    week = second // clock.WEEK
    says = rng.random(count) >= knobs.empty_answers
    share = matters.weights(topics, weeks)[week]
    share = share / share.sum(axis=1, keepdims=True)
    topic = (rng.random((count, 1)) > share.cumsum(axis=1)[:, :-1]).sum(axis=1)
    topic = np.where(says & (rng.random(count) < knobs.topic_signal), topic, -1)
    person = _writers(org, bonds, topics, topic, week, knobs, rng)
    prompt = np.where(topic >= 0, np.where(rng.random(count) < 0.8, "M1", "M2"), "M3")
    prompt = np.where(says, prompt, np.array(PROMPTS)[rng.integers(0, len(PROMPTS), count)])
    there = (org.people["site"] == ELSEWHERE).to_numpy()[person]
    language = np.where(there & (rng.random(count) < knobs.second_language), "pt", "en")
    notes = pd.DataFrame({"person": person, "week": week, "second": second, "prompt": prompt, "topic": topic})
    notes = notes.assign(language=language, says=says, party=_parties(bonds, topics, topic, person, rng))
    notes = notes.assign(copy_of=_passed_on(notes, topics, knobs, rng))
    notes = _worded(notes, org, bonds, topics, knobs, rng)
    return Voices(topics, notes.assign(**_ticked(notes, topics, rng)))


def _at_work(count: int, rng: np.random.Generator) -> np.ndarray:
    """Seconds of a week in which people are at work."""
    return rng.integers(0, 5, count) * clock.DAY + rng.integers(clock.MORNING, clock.EVENING, count)


def _writers(
    org: Organisation, bonds: Relationships, topics: pd.DataFrame, topic: np.ndarray, week: np.ndarray, knobs: Knobs, rng
) -> np.ndarray:
    """The writer of each note, one at work in its week: those who have heard of its topic are likelier to be it."""
    party = bonds.contacts["party"].to_numpy()[bonds.outside["contact"]]
    kind, who = bonds.parties["kind"].to_numpy()[party], bonds.outside["person"].to_numpy()
    strategic, heard = bonds.outside["strategic"].to_numpy(), np.exp(knobs.heard_early)
    at_once, later = np.ones((len(topics) + 1, len(org))), np.ones((len(topics) + 1, len(org)))  # the last for chatter
    for number, (role, sources, real) in enumerate(zip(topics["role"], topics["sources"], topics["real"], strict=True)):
        early = who[strategic & (kind == matters.TOLD_BY[role][0])]
        at_once[number, early] = heard
        later[number, np.r_[early, who[np.isin(party, sources)]]] = heard
        if not real:
            circle = _circle(bonds, who[np.isin(party, sources)], len(org), rng)
            at_once[number, circle] *= ECHO
            later[number, circle] *= ECHO
    onset, known = np.r_[topics["onset_week"], 0], np.r_[topics["at_once"], True]
    writer = np.zeros(len(topic), dtype=int)
    for now in np.unique(week):
        for number in np.unique(topic[week == now]):
            mine = (week == now) & (topic == number)
            weight = later if known[number] or now >= onset[number] + LATER else at_once
            mass = weight[number] * org.there[:, now]
            writer[mine] = rng.choice(len(org), mine.sum(), p=mass / mass.sum())
    return writer


def _circle(bonds: Relationships, tied: np.ndarray, people: int, rng: np.random.Generator) -> np.ndarray:
    """One who has a tie to the source, or anybody where none has, and those tied to that one."""
    first = int(rng.choice(tied)) if len(tied) else int(rng.integers(people))
    a, b = bonds.ties["a"].to_numpy(), bonds.ties["b"].to_numpy()
    return np.unique(np.r_[first, b[a == first], a[b == first]])


def _parties(bonds: Relationships, topics: pd.DataFrame, topic: np.ndarray, person: np.ndarray, rng) -> np.ndarray:
    """The party that each note on a topic names, or −1: one that its writer has a tie to, where there is one."""
    party = bonds.contacts["party"].to_numpy()[bonds.outside["contact"]]
    known = pd.Series(party).groupby(bonds.outside["person"].to_numpy()).agg(set).to_dict()
    named = np.full(len(topic), -1)
    for at in np.flatnonzero((topic >= 0) & (rng.random(len(topic)) < NAMES_PARTY)):
        sources = topics["sources"].iloc[topic[at]]
        own = [source for source in sources if source in known.get(person[at], ())]
        named[at] = rng.choice(own or sources)
    return named


def _passed_on(notes: pd.DataFrame, topics: pd.DataFrame, knobs: Knobs, rng: np.random.Generator) -> np.ndarray:
    """The row of the earlier note by somebody else on its topic that each note passes on, or −1."""
    found, topic, person = np.full(len(notes), -1), notes["topic"].to_numpy(), notes["person"].to_numpy()
    real = np.r_[topics["real"], True][topic]
    chance = np.minimum(knobs.forwarded * np.where(real, 1, ECHOED), 1)
    passed = (topic >= 0) & (rng.random(len(notes)) < chance)
    for number in range(len(topics)):
        own = np.flatnonzero((topic == number) & ~passed)
        for at in np.flatnonzero((topic == number) & passed):
            before = own[: np.searchsorted(own, at)][-LOOKS_BACK:]
            before = before[person[before] != person[at]]
            found[at] = rng.choice(before) if len(before) else -1
    return found


def _worded(
    notes: pd.DataFrame,
    org: Organisation,
    bonds: Relationships,
    topics: pd.DataFrame,
    knobs: Knobs,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """The notes with their words, and what those give away; what is passed on has the language and party of the first."""
    names, gives_away = topics["topic"].tolist(), rng.random(len(notes)) < knobs.named_in_texts
    kinds = np.array(namings.KINDS)[rng.integers(0, len(namings.KINDS), len(notes))]
    texts: list[str] = []
    named: list[str] = []
    told = zip(*(notes[name] for name in ("topic", "language", "says", "copy_of", "party")), gives_away, kinds, strict=True)
    for topic, language, says, copy_of, party, gives, kind in told:
        given = ""
        if copy_of >= 0:
            text, given = sayings.forwarded(texts[copy_of], notes["language"].iloc[copy_of], rng), named[copy_of]
        elif not says:
            text = sayings.nothing(language, rng)
        else:
            text = sayings.said(names[topic], language, rng) if topic >= 0 else sayings.chatter(language, rng)
            if gives:
                it = namings.drawn(kind, org, bonds, party, rng)
                text, given = f"{text} {sayings.naming(kind, it, language, rng)}", f"{kind}: {it}"
        texts.append(text)
        named.append(given)
    first = np.where(notes["copy_of"] >= 0, notes["copy_of"], np.arange(len(notes)))
    return notes.assign(
        text=texts, named=named, language=notes["language"].to_numpy()[first], party=notes["party"].to_numpy()[first]
    )


def _ticked(notes: pd.DataFrame, topics: pd.DataFrame, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """What writers answer beside their notes on topics; nothing beside others."""
    count, topic = len(notes), notes["topic"].to_numpy()
    real = np.r_[topics["real"], True][topic].astype(bool)
    about = np.r_[topics["role"].to_numpy(dtype=object), None][topic]
    wrong = np.array(PARTS, dtype=object)[rng.integers(0, len(PARTS), count)]
    learned = np.where(real, *(rng.choice(len(LEARNED), count, p=HOW_LEARNED[known]) for known in (True, False)))
    sure = np.where(real, *(rng.normal(HOW_SURE[known], 1, count) for known in (True, False)))
    quote = rng.choice(len(QUOTING), count, p=MAY_BE_QUOTED)
    answers = {
        "about": np.where(rng.random(count) < RIGHT, about, wrong),
        "learned": np.array(LEARNED, dtype=object)[learned],
        "sure": np.clip(sure.round(), 1, 5),
        "quote": np.array(QUOTING, dtype=object)[quote],
    }
    told = (topic >= 0) & (rng.random((len(answers), count)) < TICKED)
    absent = {name: np.nan if name == "sure" else None for name in answers}
    return {name: np.where(one, answers[name], absent[name]) for name, one in zip(answers, told, strict=True)}
