"""A simulated organisation whose truth is known: people, ties of three kinds, contacts, survey, comments and adoption.

No public data set has all of these for the same people, and none says of which kind a tie is. Here everything is drawn from
a stated model, one file for each part, so that every estimator has something to recover, and something not to find
(`knobs.NOTHING_THERE`). Nobody in it exists.

    organisation    units, reporting tree, places, tenure, joiners and leavers
    relationships   ties: degree-corrected block model (Karrer & Newman 2011), homophily, closure, bridges, parties outside
    rhythms         contacts: Poisson cluster processes by kind of tie (Hawkes & Oakes 1974)
    meetings        the calendar
    attitudes       traits with a share common to units; questionnaire: graded responses (Samejima 1969), nonresponse, names
    offering        who offers to help start the change, and who asks for a page of their own
    interpretations what respondents say of each one they named, by the kinds of the tie (McKelvey & Zavoina 1975)
    earlier         the wave before: the same people half a year younger, with a planted change of some values
    adoption        complex contagion with personal thresholds (Granovetter 1978; Centola & Macy 2007)
    voices          notes on the market: who writes of which topic, when, and in which words (matters, sayings, namings)
    ideas           the register of ideas: planted chances of being tested and given up, and what is realised

`simulate` draws it all but the register, which `ideas.draw` gives, and the contacts, which come in chunks from
`rhythms.contacts`. `tables` gives it as clean tables; `files` as the files that a client would bring, with their dirt;
`truth` says what was planted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kithwork.simulation import (
    adoption,
    attitudes,
    interpretations,
    offering,
    organisation,
    questionnaire,
    relationships,
    voices,
)
from kithwork.simulation.knobs import Knobs

PARTS = (
    "organisation",
    "relationships",
    "attitudes",
    "questionnaire",
    "adoption",
    "voices",
    "contacts",
    "meetings",
    "dirt",
    "interpretations",
    "earlier",
    "ideas",
    "offering",
    "own_pages",
)
"""What is drawn, each from random numbers of its own: more of one part leaves the others as they were."""
FEWEST_PEOPLE, FEWEST_WEEKS = 20, 8


@dataclass(frozen=True)
class World:
    """The organisation and all that is drawn of it, less its contacts and its register of ideas; `interpretations` as
    `interpretations.draw` says."""

    knobs: Knobs
    weeks: int
    seed: int
    org: organisation.Organisation
    bonds: relationships.Relationships
    minds: attitudes.Attitudes
    survey: questionnaire.Survey
    interpretations: pd.DataFrame
    adopted: np.ndarray
    voices: voices.Voices
    survey_week: int


def seeds(seed: int, part: str) -> np.random.SeedSequence:
    """The random numbers of one part of one world."""
    return np.random.SeedSequence([seed, PARTS.index(part)])


def simulate(people: int, weeks: int, seed: int, knobs: Knobs | None = None, chart: int | None = None) -> World:
    """A world of that many people watched for that many weeks. The same arguments give the same world.

    `chart`: the seed of units, places, reporting tree and parties outside, where several worlds are to share them.
    """
    assert people >= FEWEST_PEOPLE, "too few people for units"
    assert weeks >= FEWEST_WEEKS, "too few weeks for a survey and an adoption"
    knobs = knobs or Knobs()

    def dice(part: str) -> np.random.Generator:
        return np.random.default_rng(seeds(seed, part))

    org = organisation.build(people, weeks, knobs, dice("organisation"))
    if chart is not None:
        alike = organisation.build(people, weeks, knobs, np.random.default_rng(seeds(chart, "organisation")))
        org = replace(alike, propensity=org.propensity)
    outside = None if chart is None else np.random.default_rng(seeds(chart, "relationships"))
    bonds = relationships.build(org, knobs, dice("relationships"), outside)
    minds = attitudes.build(org, knobs, dice("attitudes"))
    week = weeks * 3 // 4
    survey = questionnaire.fill_in(org, bonds, minds, week, knobs, dice("questionnaire"))
    survey = offering.offered(survey, minds, dice("offering"))
    survey = offering.asked(survey, dice("own_pages"))
    said_of = interpretations.draw(org, bonds, survey, dice("interpretations"))
    adopted = adoption.weeks_of_adoption(org, bonds, minds, weeks, knobs, dice("adoption"))
    said = voices.write(org, bonds, weeks, knobs, dice("voices"))
    return World(knobs, weeks, seed, org, bonds, minds, survey, said_of, adopted, said, week)
