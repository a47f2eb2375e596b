"""How far a finding can be relied on: Strong, Moderate, Indicative or Not reportable. Rule G of the report's sentences.

The grade is the weakest of four: how many of those asked answered (70, 60, 40%: below, survey answers are not reported);
how wide the interval is beside the smallest useful difference d (half of it at most d, at most 2 d, wider); what it rests
on (what is assumed, or plays in a simulation, is Moderate at best); and whether the same figure under other assumptions
lies on the same side of its reference. A finding that names groups takes the grade of the weakest of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kithwork.release import Released
from kithwork.report import sentences as say
from kithwork.report import verdicts
from kithwork.report.finding import Finding
from kithwork.tables import ASSUMED

if TYPE_CHECKING:
    from kithwork.report.section import Facts

NOT_REPORTABLE, INDICATIVE, MODERATE, STRONG = GRADES = ("Not reportable", "Indicative", "Moderate", "Strong")
"""From the weakest."""
ANSWERED = ((70, STRONG), (60, MODERATE), (40, INDICATIVE))
"""Per cent of those asked who answered from which on a finding may be so good."""
FEWEST = ANSWERED[-1][0]
"""Per cent below which answers are not reported."""
OTHERWISE = ("_unweighted", "_panel")
"""What names of claims end in that give a figure under other assumptions: not weighted, or of those asked twice."""
ASKED = ("answers", "nominations", "interpreters", "comments")
"""Sources that people were asked for."""
TIES = ("nominations", "interactions")
READS = {
    "trust": TIES, "portfolio": TIES, "clusters": TIES, "position": TIES, "change": ("answers",),
    "market": (*TIES, "comments"), "values": (*TIES, "answers", "outcomes", "opportunities"),
}  # fmt: skip
"""The sources behind a section's figures. Where all that were brought were asked for, it stands or falls with response."""


@dataclass(frozen=True)
class Grade:
    """One of `GRADES`, and why it is not better; nothing where it is the best."""

    word: str
    why: str = ""

    @property
    def rank(self) -> int:
        """0 not reportable to 3 strong."""
        return GRADES.index(self.word)


def grade(finding: Finding, released: Released, facts: Facts) -> Grade:
    """The weakest of all that the grade depends on; of equals the first."""
    named = released.claims[released.claims["id"].isin(finding.others) & released.claims["group"].notna()]
    judged = [finding.claim, *(row for _, row in named.iterrows())]
    told = [*_of_basis(finding), *_of_other_assumptions(finding.claim, released)]
    for claim in judged:
        told += [*_of_response(finding, claim, released, facts), _of_width(claim, facts)]
    return min(told, key=lambda one: one.rank)


def surveyed(section: str, facts: Facts) -> bool:
    """Whether all that was brought of what a section reads was asked for in the survey whose response is known: it stands
    in files of that survey, of whose answers or responses the share who answered is taken."""
    sources = facts.settings.engagement.sources
    survey = {one.file for source in ("answers", "responses") for one in sources.get(source, ())}
    brought = [source for source in READS.get(section, ()) if source in sources]
    return bool(brought) and all(source in ASKED and {one.file for one in sources[source]} <= survey for source in brought)


def reportable(section: str, released: Released, facts: Facts) -> bool:
    """Whether a section may be shown: not where it is of a survey that less than 40% of those asked answered.

    Who is in the data (`trust`) is always told, or nobody could see that too few answered.
    """
    answered = released.get("clean.responded")
    return section == "trust" or answered is None or answered["estimate"] >= FEWEST or not surveyed(section, facts)


def _of_response(finding: Finding, claim: pd.Series, released: Released, facts: Facts) -> Iterator[Grade]:
    if finding.basis != "said" and not surveyed(finding.section, facts):
        return
    group = claim["group"] if isinstance(claim["group"], str) else None
    answered = released.get("clean.responded" if group is None else f"clean.responded.{group}")
    if answered is None:
        yield Grade(MODERATE, "how many of those asked answered is not known")
        return
    word = next((word for least, word in ANSWERED if answered["estimate"] >= least), NOT_REPORTABLE)
    of = f"in {group} " if group else ""
    yield Grade(word, f"{of}{say.number(answered['estimate'], '%')} of those asked answered")


def _of_width(claim: pd.Series, facts: Facts) -> Grade:
    least = verdicts.useful(claim, facts.settings)
    of = f"the interval of {claim['group']}" if isinstance(claim["group"], str) else "the interval"
    if least is None:
        return Grade(INDICATIVE, "what difference is worth acting on is not stated in its unit")
    half = (claim["high"] - claim["low"]) / 2
    word = STRONG if half <= least else MODERATE if half <= 2 * least else INDICATIVE
    return Grade(word, f"{of} is wide: {say.bounds(claim)}")


def _of_basis(finding: Finding) -> Iterator[Grade]:
    yield Grade(STRONG)
    if finding.basis == ASSUMED:
        yield Grade(MODERATE, "it rests on stated assumptions")
    if finding.basis == "scenario":
        yield Grade(MODERATE, "it is a simulation, not a measurement")


def _of_other_assumptions(claim: pd.Series, released: Released) -> Iterator[Grade]:
    for ending in OTHERWISE:
        other = released.get(f"{claim['measure']}{ending}")
        if other is not None and verdicts.side(other, claim["reference"]) != verdicts.side(claim):
            yield Grade(INDICATIVE, f"another way to count it says otherwise: {say.bounds(other)}")
