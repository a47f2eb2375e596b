"""Which findings the summary takes: five to seven, by grade, by size, and by whether they call for an action. Rule X.

    score = grade (1 to 3) · min(effect / d, 4) · (1 with an action, else ½)

where d is the smallest useful difference: four times as much as is worth acting on is told anyhow. At most two findings are
of one section; one is on strategic ties, one a limit or a risk, one good news, where there are such. Indicative ones are
taken only where fewer than five are better. All others are held back, each with its reason. The order is the story's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kithwork.release import Released
from kithwork.report import sentences as say
from kithwork.report import verdicts
from kithwork.report.finding import GOOD, RISK, STRATEGIC, Finding
from kithwork.report.follow_up import acts
from kithwork.report.grades import MODERATE, NOT_REPORTABLE, Grade, grade
from kithwork.report.questions import unanswered
from kithwork.report.section import Facts

FEWEST, MOST = 5, 7
"""Findings of a summary, where there are as many."""
OF_ONE_SECTION = 2
LARGEST = 4.0
"""Useful differences from which on an effect counts no more."""


@dataclass(frozen=True)
class Graded:
    """A finding, its grade and its score; `held`: why the summary leaves it out, or nothing."""

    finding: Finding
    grade: Grade
    score: float
    held: str = ""


@dataclass(frozen=True)
class Selection:
    """What the summary shows and what it holds back, by rule in the story's order; questions that nothing answered."""

    shown: dict[str, Graded]
    held: dict[str, Graded]
    unanswered: list[str]

    @property
    def thin(self) -> bool:
        """Whether fewer than five findings are better than Indicative."""
        return sum(_firm(one) for one in [*self.shown.values(), *self.held.values()]) < FEWEST


def choose(found: Mapping[str, Finding], released: Released, facts: Facts) -> Selection:
    """The findings to show and to hold back."""
    graded = {name: _graded(name, one, released, facts) for name, one in found.items()}
    order = sorted(graded, key=lambda name: (not _firm(graded[name]), -graded[name].score))
    firm = [name for name in order if _firm(graded[name])]
    may = firm if len(firm) >= FEWEST else [name for name in order if graded[name].grade.word != NOT_REPORTABLE]
    taken: list[str] = []
    for subject in (STRATEGIC, RISK, GOOD):
        of_it = [name for name in may if subject in graded[name].finding.about]
        if not set(of_it) & set(taken):
            taken += [name for name in of_it if _room(name, taken, graded)][:1]
    for name in may:
        if name not in taken and _room(name, taken, graded) and len(taken) < (MOST if name in firm else FEWEST):
            taken.append(name)
    shown = {name: one for name, one in graded.items() if name in taken}
    held = {name: _held(one, name in may, len(taken), shown) for name, one in graded.items() if name not in taken}
    return Selection(shown, held, unanswered(released, facts))


def tellable(found: Mapping[str, Finding], released: Released, facts: Facts) -> dict[str, Graded]:
    """All findings that are reportable, in the summary or not."""
    graded = {name: _graded(name, one, released, facts) for name, one in found.items()}
    return {name: one for name, one in graded.items() if one.grade.word != NOT_REPORTABLE}


def _graded(name: str, finding: Finding, released: Released, facts: Facts) -> Graded:
    told = grade(finding, released, facts)
    weight = 1.0 if acts(name, finding, facts) else 0.5
    return Graded(finding, told, told.rank * min(_effect(finding, facts), LARGEST) * weight)


def _effect(finding: Finding, facts: Facts) -> float:
    """How many useful differences a finding is about; one where it is held against nothing."""
    least, claim = verdicts.useful(finding.claim, facts.settings), finding.claim
    if not least:
        return 1.0
    if finding.effect is not None:
        return finding.effect / least
    return abs(claim["estimate"] - claim["reference"]) / least if pd.notna(claim["reference"]) else 1.0


def _firm(one: Graded) -> bool:
    return one.grade.rank >= Grade(MODERATE).rank


def _room(name: str, taken: list[str], graded: Mapping[str, Graded]) -> bool:
    sections = [graded[one].finding.section for one in taken]
    return sections.count(graded[name].finding.section) < OF_ONE_SECTION


def _held(one: Graded, eligible: bool, many: int, shown: Mapping[str, Graded]) -> Graded:
    """The finding with why it is held back."""
    if not eligible:
        why = f"{one.grade.word}: {one.grade.why}"
    elif [other.finding.section for other in shown.values()].count(one.finding.section) >= OF_ONE_SECTION:
        why = f"{say.sentence(say.count(OF_ONE_SECTION))} findings of its section weigh more"
    else:
        why = f"{say.sentence(say.several(many, 'finding'))} {say.verb(many, 'weighs', 'weigh')} more"
    return Graded(one.finding, one.grade, one.score, why)
