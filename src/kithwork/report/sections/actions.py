"""What to do in 30, 60 and 90 days, for findings and indicators that call for it, with a measure and a reason to stop."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.finding import Finding
from kithwork.report.findings import findings
from kithwork.report.readings import Reading, readings, title_of
from kithwork.report.section import Facts
from kithwork.report.value_findings import beside
from kithwork.values.indicator import Action

TOPIC = "Next 90 days"
STAGE = None

ACTIONS = {
    "doubt": Action("Ask five to ten volunteers which of their ties they chose, need and learn from", "Whoever runs the study", 30,
                    "Share of ties left open", "Nobody volunteers: then say so in the next report"),
    "composition": Action("Walk through the portfolio with each group and correct what it gets wrong", "Whoever runs the study", 30,
                          "Corrections agreed on", "The groups do not recognise the picture"),
    "readiness": Action("Ask each group what it would need before it could start, and answer in writing", "Sponsor of the change", 30,
                        "Readiness, next wave", "The groups say that the change is not theirs to decide"),
    "crossing": Action("Agree on the two boundaries where a bridge would help most, and name who builds it", "Heads of the groups", 60,
                       "E-I index, next wave", "The groups say that they need nothing from each other"),
    "start": Action("Invite a small mixed group of well-placed people to start, by consent only", "Sponsor of the change", 60,
                    "People touched who took part", "Those invited decline"),
    "travel": Action("Try one short exchange between groups that rarely meet, and ask what it changed", "Heads of the groups", 90,
                     "Two-step reach, next wave", "Those who took part would not do it again"),
    "single_links": Action("Give each only link a second one: a deputy, a shared file, an introduction", "Line managers", 90,
                           "People who are an only link", "The link turns out not to be needed"),
}  # fmt: skip
"""What follows from a finding of the summary, by the rule that made it."""

INSTEAD = {
    "crossing": "strategic_perspective.boundary_crossing",
    "travel": "learning.two_step_reach",
    "single_links": "people_power.key_person_risk",
}
"""Rules whose findings are about one indicator: where it names an action of its own, that one stands."""


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """The actions that findings and indicators call for, earliest first."""
    due, own = _of_values(released, facts)
    found = findings(released, facts)
    chosen = [
        (action, _evidence(found[name].title, found[name].section, found[name].section, facts))
        for name, action in ACTIONS.items()
        if name in found and INSTEAD.get(name) not in own and _called_for(name, found[name], released)
    ]
    chosen = sorted([*chosen, *due], key=lambda row: row[0].days)
    columns = [
        ("Action", ""),
        ("By day", "num r day"),
        ("We will know by", "f"),
        ("Stop or change if", "f"),
        ("Evidence", "f"),
    ]
    rows = [[_what(one), one.days, one.measure, one.stop, evidence] for one, evidence in chosen]
    if not rows:
        return "No action follows from the data brought so far", [
            html.missing("No finding calls for an action.", "Relations or contacts: most findings come from ties.")
        ]
    return f"{say.sentence(say.several(len(rows), 'action'))}, each with a measure and a reason to stop", [
        html.table(
            "Actions; each names the role it falls to, and the organisation names the person", columns, rows, "ct txt"
        )
    ]


def _of_values(released: Released, facts: Facts) -> tuple[list[tuple[Action, object]], set[str]]:
    """What indicators on the wrong side of their references call for, and the names of all that have an action."""
    due, own = [], set()
    for number, (value, found) in enumerate(readings(released, facts).items(), start=1):
        own |= {f"{value}.{one.indicator.name}" for one in found if one.indicator.action}
        due += [
            (one.indicator.action, _evidence(_fact(one, facts), f"value-{number}", "values", facts))
            for one in found
            if one.indicator.action and one.side == "worse"
        ]
    return due, own


def _fact(one: Reading, facts: Facts) -> Markup:
    return Markup("{}: {} is {}, {}").format(title_of(one.value), one.name, html.shown(one.claim), beside(one, facts))


def _what(one: Action) -> Markup:
    return Markup('{}<span class="d">{}</span>').format(one.what.rstrip("."), say.sentence(one.owner))


def _called_for(name: str, finding: Finding, released: Released) -> bool:
    """Whether a finding lies where something is to be done: below its comparison, or clearly better than chance."""
    claim = finding.claim
    if name == "single_links":
        return claim["estimate"] > 0
    if name == "start":
        return claim["low"] > released.get("change.reach_random")["high"]
    return name not in ("crossing", "travel") or say.against(claim).endswith("below")


def _evidence(text: object, anchor: str, section: str, facts: Facts) -> object:
    """What an action rests on, leading to where it is shown if that is published."""
    if facts.place(section) is None:
        return text
    return Markup('<a href="#{}">{}</a>').format(anchor, text)
