"""Introductions worth making: how many, and of how many people they would ask; who could introduce whom is not printed."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report.section import Facts


def section(released: Released, facts: Facts) -> Markup:
    """The plan in a sentence, and how far one colleague opens doors; nothing where neither is claimed."""
    names = ("introductions", "introductions_pairs", "introducers", "open_doors")
    made, pairs, asked, doors = (released.get(f"values.{name}") for name in names)
    parts: list[object] = []
    if made is not None and made["estimate"]:
        parts += [
            html.shown(made),
            f" introductions are worth making between {facts.words} that hold fewer ties than chance ",
        ]
        parts += ["would give: for ", html.with_interval(pairs), " of such pairs, which n counts. They would ask "]
        parts += [html.with_interval(asked), " of people to introduce somebody. "]
    if doors is not None:
        parts += [f"Of the {facts.words} in which people know nobody, one colleague of theirs could introduce them into "]
        parts += [html.with_interval(doors), ". "]
    if not parts:
        return Markup("")
    parts.append("Who could introduce whom is for those who run the study, who ask each first; it is not printed.")
    return Markup("<h3>Introductions</h3>{}").format(html.paragraph(*parts))
