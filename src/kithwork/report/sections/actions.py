"""What to do in 30, 60 and 90 days: one action per finding that has one, with a measure and a reason to stop."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.finding import Finding
from kithwork.report.findings import findings
from kithwork.report.section import Facts

TOPIC = "Next 90 days"
STAGE = None

ACTIONS = {
    "doubt": (30, "Ask five to ten volunteers which of their ties they chose, need and learn from", "Share of ties left open",
              "Nobody volunteers: then say so in the next report"),
    "composition": (30, "Walk through the portfolio with each group and correct what it gets wrong", "Corrections agreed on",
                    "The groups do not recognise the picture"),
    "readiness": (30, "Ask each group what it would need before it could start, and answer in writing", "Readiness, next wave",
                  "The groups say that the change is not theirs to decide"),
    "crossing": (60, "Agree on the two boundaries where a bridge would help most, and name who builds it", "E-I index, next wave",
                 "The groups say that they need nothing from each other"),
    "start": (60, "Invite a small mixed group of well-placed people to start, by consent only", "People touched who took part",
              "Those invited decline"),
    "travel": (90, "Try one short exchange between groups that rarely meet, and ask what it changed", "Two-step reach, next wave",
               "Those who took part would not do it again"),
    "single_links": (90, "Give each only link a second one: a deputy, a shared file, an introduction", "People who are an only link",
                     "The link turns out not to be needed"),
}  # fmt: skip
"""Per rule of `findings`: days, action, how we will know, and when to stop."""


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """The actions that the findings call for, earliest first."""
    found = findings(released, facts)
    chosen = [
        (*action, found[name])
        for name, action in ACTIONS.items()
        if name in found and _called_for(name, found[name], released)
    ]
    chosen.sort(key=lambda row: row[0])
    columns = [
        ("Action", ""),
        ("By day", "num r day"),
        ("We will know by", "f"),
        ("Stop or change if", "f"),
        ("Evidence", "f"),
    ]
    rows = [[action, days, measure, stop, _evidence(finding, facts)] for days, action, measure, stop, finding in chosen]
    if not rows:
        return "No action follows from the data brought so far", [
            html.missing("No finding calls for an action.", "Relations or contacts: most findings come from ties.")
        ]
    return f"{say.sentence(say.several(len(rows), 'action'))}, each with a measure and a reason to stop", [
        html.table("Actions; an owner is for the organisation to name", columns, rows, "ct txt")
    ]


def _called_for(name: str, finding: Finding, released: Released) -> bool:
    """Whether a finding lies where something is to be done: below its comparison, or clearly better than chance."""
    claim = finding.claim
    if name == "single_links":
        return claim["estimate"] > 0
    if name == "start":
        return claim["low"] > released.get("change.reach_random")["high"]
    return name not in ("crossing", "travel") or say.against(claim).endswith("below")


def _evidence(finding: Finding, facts: Facts) -> object:
    """The finding, leading to its section where that is published."""
    if facts.place(finding.section) is None:
        return finding.title
    return Markup('<a href="#{}">{}</a>').format(finding.section, finding.title)
