"""Who offers in the survey to help start the change, and agrees to be named for it: likelier the readier a person is.

    log odds of a yes = log(USUAL / (1 − USUAL)) + BY_READINESS · readiness

And who asks for a page of their own: as likely whoever a person is. Of both the careless choose either answer; some skip
the question, as any other.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kithwork.simulation.attitudes import Attitudes
from kithwork.simulation.questionnaire import SKIPPED, Survey

USUAL = 0.25
"""Chance of an offer at middling readiness."""
ASKING = 0.3
"""Chance that a page of one's own is asked for."""
BY_READINESS = 1.0
YES, NO = 1.0, 2.0
"""The answers as the survey codes them."""


def offered(survey: Survey, minds: Attitudes, rng: np.random.Generator) -> Survey:
    """The survey with the answers to HS: 1 yes, 2 no, NaN where skipped."""
    from scipy.special import expit, logit

    chance = expit(logit(USUAL) + BY_READINESS * minds.readiness[survey.respondents])
    return _with(survey, "HS", chance, rng)


def asked(survey: Survey, rng: np.random.Generator) -> Survey:
    """The survey with the answers to HP: 1 yes, 2 no, NaN where skipped."""
    return _with(survey, "HP", np.full(len(survey.respondents), ASKING), rng)


def _with(survey: Survey, code: str, chance: np.ndarray, rng: np.random.Generator) -> Survey:
    """The survey with one more answer; `chance` of a yes, (respondents,), is even for the careless."""
    chance = np.where(survey.careless, 0.5, chance)
    said = np.where(rng.random(len(chance)) < chance, YES, NO)
    said[rng.random(len(said)) < SKIPPED] = np.nan
    return replace(survey, answers=survey.answers.assign(**{code: said}))
