"""What to do in 30, 60 and 90 days, for findings and indicators that call for it, with a measure and a reason to stop."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.findings import findings
from kithwork.report.follow_up import ACTIONS, acts
from kithwork.report.grades import INDICATIVE
from kithwork.report.limits import limits
from kithwork.report.readings import Reading, readings, title_of
from kithwork.report.section import Facts
from kithwork.report.selection import Graded, tellable
from kithwork.report.value_findings import beside
from kithwork.values.indicator import Action

TOPIC = "Next 90 days"
STAGE = None


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """The actions that findings and indicators call for, earliest first."""
    told = tellable(findings(released, facts), released, facts)
    found = {name: one.finding for name, one in told.items()}
    chosen = [
        (action, _evidence(found[name].title, found[name].section, found[name].section, facts))
        for name, action in ACTIONS.items()
        if name in found and acts(name, found[name], facts)
    ]
    chosen = sorted([*chosen, *_of_values(released, facts)], key=lambda row: row[0].days)
    columns = [
        ("Action", ""),
        ("By day", "num r day"),
        ("We will know by", "f"),
        ("Stop or change if", "f"),
        ("Evidence", "f"),
    ]
    rows = [
        [_what(one, facts), one.days, _said(one.measure, facts), _said(one.stop, facts), evidence]
        for one, evidence in chosen
    ]
    if not rows:
        return "No action follows from the data brought so far", [
            html.missing("No finding calls for an action.", "Relations or contacts: most findings come from ties.")
        ]
    return f"{say.sentence(say.several(len(rows), 'action'))}, each with a measure and a reason to stop", [
        html.table(
            "Actions; each names the role it falls to, and the organisation names the person", columns, rows, "ct txt"
        ),
        html.so_what(
            "Give each action a person who agrees to it before the first day, and strike out those that nobody takes.",
            limits(
                "actions",
                f"That these actions help: each follows from a figure, and none was tried here.{_weak(told, facts)}",
                released,
                facts,
            ),
        ),
    ]


def _weak(told: dict[str, Graded], facts: Facts) -> str:
    """How many actions rest on findings that only point somewhere."""
    acting = [one for name, one in told.items() if name in ACTIONS and acts(name, one.finding, facts)]
    weak = sum(one.grade.word == INDICATIVE for one in acting)
    rest = say.verb(weak, "rests on a finding that is only", "rest on findings that are only")
    return f" {say.sentence(say.several(weak, 'of them', 'of them'))} {rest} Indicative." if weak else ""


def _of_values(released: Released, facts: Facts) -> list[tuple[Action, object]]:
    """What indicators call for."""
    return [
        (one.indicator.action, _evidence(_fact(one, facts), f"value-{number}", "values", facts))
        for number, found in enumerate(readings(released, facts).values(), start=1)
        for one in found
        if one.calls
    ]


def _fact(one: Reading, facts: Facts) -> Markup:
    return Markup("{}: {} is {}, {}").format(title_of(one.value), one.name, html.in_brackets(one.claim), beside(one, facts))


def _what(one: Action, facts: Facts) -> Markup:
    return Markup('{}<span class="d">{}</span>').format(_said(one.what, facts), _said(one.owner, facts))


def _said(text: str, facts: Facts) -> str:
    return say.sentence(facts.worded(text)).rstrip(".")


def _evidence(text: object, anchor: str, section: str, facts: Facts) -> object:
    """What an action rests on, leading to where it is shown if that is published."""
    if facts.place(section) is None:
        return text
    return Markup('<a href="#{}">{}</a>').format(anchor, text)
