"""What a report is asked, and which of that these data could not answer: each question by the claims that would."""

from __future__ import annotations

from kithwork.release import Released
from kithwork.report.grades import reportable
from kithwork.report.section import Facts

QUESTIONS = {
    "which kinds of tie fill the portfolio": ("portfolio", ("people.share_",)),
    "whether ties cross {words}": ("portfolio", ("values.strategic_perspective.boundary_crossing",)),
    "whether people fall into types": ("clusters", ("people.stability",)),
    "whether the network has a structure of its own": ("position", ("people.network_",)),
    "what changed since a wave before": ("values", ("values.*_change",)),
    "what people write of the market": ("market", ("market.topics",)),
    "which parts of the market ties reach": ("market", ("market.blind_spots",)),
    "who hears first": ("market", ("market.earlier.",)),
    "who is ready for the change": ("change", ("change.readiness",)),
    "at which stage of the change people stop": ("change", ("change.passed.",)),
    "whether the change travels along ties": ("change", ("change.peer_likeness",)),
    "with whom to start": ("change", ("change.scenario.",)),
}
"""By question: the section that answers it, and how the names of the claims that do begin; after a star, how they end."""


def unanswered(released: Released, facts: Facts) -> list[str]:
    """The questions that no claim which may be shown answers."""
    names = list(released.claims["measure"])
    return [
        question.format(words=facts.words)
        for question, (section, claims) in QUESTIONS.items()
        if not reportable(section, released, facts) or not any(_answers(name, claim) for name in names for claim in claims)
    ]


def _answers(name: str, claim: str) -> bool:
    begins, _, ends = claim.partition("*")
    return name.startswith(begins) and name.endswith(ends)
