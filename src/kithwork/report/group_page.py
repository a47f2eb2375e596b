"""The page of one group: its figures beside the whole, where it differs, what it could do, and what is held back.

Made from released claims alone, for the edition that shows groups. What is said to differ stands out after correction for
all comparisons of the report; a gap is otherwise shown with its interval and no word.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from kithwork.release import Released
from kithwork.report import change_readings, downloads, group_links, group_parts, groups, html, value_groups
from kithwork.report.change_readings import STAGES
from kithwork.report.group_parts import About
from kithwork.report.readings import Reading, readings
from kithwork.report.section import Facts
from kithwork.values.groups import AS_FOUND

LIMITS = (
    "Any one person: every figure is about {smallest} people or more. Why the {word} is as it is, or whether it should be "
    "otherwise: figures of few people swing by chance, hence the wide intervals."
)


def pages(released: Released, facts: Facts) -> list[dict]:
    """A page for each group shown: strings only, ready for JSON and the template."""
    slugs = group_links.slugs(group_links.shown(released))
    found = [one for of in readings(released, facts).values() for one in of]
    marks = value_groups.marks(found, released, facts)
    rows = released.claims[~released.claims["measure"].str.endswith(AS_FOUND)]
    single = {name: of for name, of in rows[rows["other"].isna()].groupby("group")}
    pairs, tied = _pairs(rows[rows["other"].notna()]), groups.tied(released)
    ready = {each.name: each for each in change_readings.groups(released)}
    values = {f"values.{one.value}.{one.indicator.name}": value_groups.of_groups(one, released) for one in found}
    values = {measure: {row["group"]: row for row in of.to_dict("records")} for measure, of in values.items()}
    stuck = {name: STAGES[stage] for stage, names in reversed(change_readings.held(released).items()) for name in names}
    lacking = group_parts.held_measures(released)
    made = []
    for name, slug in slugs.items():
        claims = {claim["measure"]: claim for claim in single[name].to_dict("records")}
        own = {measure: units[name] for measure, units in marks.items() if name in units}
        figures = {measure: of[name] for measure, of in values.items() if name in of}
        one = About(name, single[name], claims, pairs(name), own, ready.get(name), stuck.get(name), figures, lacking)
        made.append(_page(one, slug, found, tied, released, facts))
    return made


def _pairs(rows: pd.DataFrame) -> Callable[[str], pd.DataFrame]:
    """The claims about pairs that a group is in, by its name, in their order."""
    places = [rows.groupby(side).indices for side in ("group", "other")]
    none = np.array([], dtype=int)
    return lambda name: rows.iloc[np.unique(np.concatenate([of.get(name, none) for of in places]))]


def _page(one: About, slug: str, found: list[Reading], tied: groups.Tied | None, released: Released, facts: Facts) -> dict:
    differing = group_parts.differing(one, found)
    parts = [
        ("beside", "Beside the whole", "Where it stands", group_parts.beside(one, tied, released, facts)),
        ("differs", "Ten values", differing, group_parts.gaps(one, found, facts)),
        ("change", "Change readiness", *group_parts.change(one, facts)),
        ("trust", "Who answered", group_parts.answered(one), group_parts.held_back(one, released, facts)),
    ]
    people = max(int(claim["people"]) for claim in one.claims.values())
    return {
        "slug": slug,
        "name": one.name,
        "title": f"{one.name}: {differing[:1].lower()}{differing[1:]}",
        "people": people,
        "sections": [
            {"id": id, "topic": topic, "title": title, "html": str(body)} for id, topic, title, body in parts if body
        ],
        "ends": str(
            html.so_what(
                group_parts.act(one, found, facts), LIMITS.format(smallest=released.smallest_group, word=facts.word)
            )
            + downloads.link(slug, f"All figures of {one.name} that may be shown", one.rows, one.pairs)
        ),
    }
