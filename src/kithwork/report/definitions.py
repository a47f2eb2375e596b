"""How an indicator is defined, to unfold on the page: the paragraphs of its docstring."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from kithwork.report import sentences as say
from kithwork.report.readings import Reading
from kithwork.report.section import Facts
from kithwork.survey.wording import ITEMS


def unfolding(found: Sequence[Reading], facts: Facts) -> Markup:
    """Formula, range, source, pitfalls and a worked example of each indicator, folded until somebody asks."""
    terms = Markup("").join(_defined(one, facts) for one in found)
    return Markup(
        '<details class="df"><summary>How {} measured, with an example worked by hand</summary>{}</details>'
    ).format("it is" if len(found) == 1 else "these are", terms)


def _defined(one: Reading, facts: Facts) -> Markup:
    parts = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, say.sentence(facts.worded(text)))
        for name, text in [*one.indicator.parts.items(), ("Stands on", needed(one.indicator.needs))]
    )
    if not one.indicator.parts:
        return Markup("")
    return Markup('<p class="dn">{}</p><dl class="m">{}</dl>').format(say.sentence(one.name), parts)


def needed(needs: Sequence[str]) -> str:
    """The sources and items, as the codebook has them: `staff (unit); ties`."""
    items = [need for need in needs if need in ITEMS]
    named = [need.partition(": ") for need in needs if need not in items]
    sources = [f"{source} ({fields})" if fields else source for source, _, fields in named]
    return "; ".join([*sources, *([f"survey items {say.join(items)}"] if items else [])])
