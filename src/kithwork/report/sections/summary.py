"""Summary: one answer, then the findings, each with its figure, interval and what it rests on."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.finding import BASIS, Finding
from kithwork.report.findings import findings
from kithwork.report.section import Facts

TOPIC = "Summary"
STAGE = None


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """The title is the first finding's; the lede names what was read and what was not."""
    found = list(findings(released, facts).values())
    if not found:
        return "The data brought so far support no finding", [
            html.missing("No ties could be read.", "Relations or contacts.")
        ]
    items = Markup("").join(_item(i, finding, facts) for i, finding in enumerate(found, start=1))
    return found[0].title, [
        html.paragraph(lede(released, facts), cls="lede"),
        Markup('<ol class="finds">{}</ol>').format(items),
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


def _item(number: int, finding: Finding, facts: Facts) -> Markup:
    ends, place = html.scale(finding.claim), facts.place(finding.section)
    return Markup(
        '<li id="finding-{}"><p class="ft"><span class="no">{}</span>{}</p>'
        '<div class="key">{}<div class="kt">{} <span class="ci">{}</span>{}</div></div>'
        '<p class="foot"><span class="chip">{}</span>{}</p></li>'
    ).format(
        number,
        number,
        finding.title,
        html.shown(finding.claim),
        finding.text,
        say.interval(finding.claim, finding.spread),
        html.strip(finding.claim, *ends, width=130) if ends else "",
        BASIS[finding.basis],
        Markup(' <a href="#{}">Evidence: section {}</a>').format(finding.section, place) if place else "",
    )
