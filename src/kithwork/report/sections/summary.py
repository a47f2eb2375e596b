"""Summary: one answer, then the findings, each with its figure, interval and what it rests on."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html, trace
from kithwork.report import sentences as say
from kithwork.report.finding import Finding
from kithwork.report.findings import findings
from kithwork.report.section import Facts
from kithwork.report.selection import Graded, Selection, choose

TOPIC = "Summary"
STAGE = None


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """The title is the first finding's; the lede names what was read and what was not."""
    chosen = choose(findings(released, facts), released, facts)
    found = list(chosen.shown.values())
    if not found and chosen.held:
        return "No finding may be reported: too few of those asked answered", [
            html.paragraph(lede(released, facts), cls="lede"),
            _open(chosen, facts),
            _held_back(chosen, facts),
        ]
    if not found:
        return "The data brought so far support no finding", [
            html.missing("No ties could be read.", "Relations or contacts.")
        ]
    items = Markup("").join(_item(i, finding, facts) for i, finding in enumerate(found, start=1))
    return found[0].finding.title, [
        html.paragraph(lede(released, facts), cls="lede"),
        Markup('<ol class="finds">{}</ol>').format(items),
        _open(chosen, facts),
        _held_back(chosen, facts),
    ]


def lede(released: Released, facts: Facts) -> str:
    """What this report read, in one or two sentences without a figure that is not a claim."""
    sources = {
        "nominations": "the relations that people named",
        "interactions": "recorded contact",
        "answers": "survey answers",
    }
    brought = [text for source, text in sources.items() if source in facts.settings.engagement.sources]
    absent = [text for source, text in sources.items() if source not in facts.settings.engagement.sources]
    text = f"This report reads {say.join(brought)} among the people on the staff list."
    had = say.join((text.removeprefix("the ") for text in absent), "or")
    return text + (f" It had no {had}; sections say what those would add." if absent else "")


def _open(chosen: Selection, facts: Facts) -> Markup:
    """How many questions nothing could answer, where little could be told."""
    many = len(chosen.unanswered)
    if not many or not chosen.thin:
        return Markup("")
    where = f"; see section {facts.place('trust')}" if facts.place("trust") else ""
    return html.paragraph(f"{say.sentence(say.several(many, 'further question'))} could not be answered{where}.")


def _held_back(chosen: Selection, facts: Facts) -> Markup:
    """What the summary leaves out, and why."""
    if not chosen.held:
        return Markup("")
    columns = [("Finding", ""), ("Grade", "f"), ("Why it is not above", "f"), ("Evidence", "f")]
    rows = [[one.finding.title, one.grade.word, one.held, _evidence(one.finding, facts)] for one in chosen.held.values()]
    title = f"Held back: {say.several(len(rows), 'finding')}"
    return html.folded(title, html.table("Findings that the summary does not take", columns, rows, "ct txt"))


def _evidence(finding: Finding, facts: Facts) -> Markup:
    place = facts.place(finding.section)
    return Markup('<a href="#{0}">Section {1}</a>').format(finding.section, place) if place else Markup("–")


def _item(number: int, one: Graded, facts: Facts) -> Markup:
    finding = one.finding
    trace.place(trace.FINDING, finding.title)
    place = facts.place(finding.section)
    where = Markup(' <a href="#{}">Evidence: section {}</a>').format(finding.section, place) if place else ""
    foot = Markup(' <span class="chip">{} evidence</span>{}').format(one.grade.word, where)
    return Markup('<li id="finding-{}">{}</li>').format(number, finding.inner(number, foot))
