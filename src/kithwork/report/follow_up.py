"""What follows from a finding of the summary: the action that it calls for, by the rule that made it."""

from __future__ import annotations

from kithwork.report import verdicts
from kithwork.report.finding import ACTS, Finding
from kithwork.report.section import Facts
from kithwork.values.indicator import Action

ACTIONS = {
    "doubt": Action("Ask five to ten volunteers which of their ties they chose, need and learn from", "Whoever runs the study", 30,
                    "Share of ties left open", "Nobody volunteers: then say so in the next report"),
    "composition": Action("Walk through the portfolio with each group and correct what it gets wrong", "Whoever runs the study", 30,
                          "Corrections agreed on", "The groups do not recognise the picture"),
    "start": Action("Set out on the way to start that is ahead; people start by consent only", "Sponsor of the change", 60,
                    "People who have taken it up, beside the scenario", "Those asked decline, or it falls behind the scenario"),
    "acting": Action("Give each signal that is worth acting on one owner, and decide on it", "Sponsor of the report", 30,
                     "Decisions taken, and what came of them", "What a signal says turns out to have one source after all"),
    "held_back": Action("Ask in the units stuck at a stage what people would need to pass it, and give it to them first", "Heads of units", 30,
                        "People past the stage, asked again", "They name another stage: then work on that one"),
}  # fmt: skip
"""What is done about a finding, by the name of its rule; an indicator of the ten values brings its own."""


def acts(name: str, finding: Finding, facts: Facts) -> bool:
    """Whether something is to be done; a way to start must be ahead by as much as is worth acting on."""
    if name == "start":
        return verdicts.change(finding.claim, facts.settings) > 0
    return name in ACTIONS or ACTS in finding.about
