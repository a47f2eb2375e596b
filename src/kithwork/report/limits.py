"""What a section does not show: fixed by its method, and then what these very data leave open.

Of the data: groups in which few of those asked answered; groups whose order cannot be told as their intervals overlap;
groups that are held back; segments that are seldom found again.
"""

from __future__ import annotations

from collections.abc import Iterator

from kithwork.release import Released
from kithwork.report import comparisons
from kithwork.report import sentences as say
from kithwork.report.grades import surveyed
from kithwork.report.section import Facts
from kithwork.report.trace import worded

ANSWERED, FEWEST = 60, "six in ten"
"""Per cent of those asked in a group below which its answers are pointed to; and in words."""
ORDERED = {
    "portfolio": ("people.share_strategic", "has the highest strategic share"),
    "position": ("people.brokered", "joins others most"),
    "change": ("change.readiness", "is readiest"),
}
"""By section, the measure by which groups could be put in order, and what the first of them would be said to do."""
SELDOM = 0.6
"""Mean Jaccard index below which a segment is not to be relied on (Hennig 2007)."""


def seldom_found(released: Released) -> list[str]:
    """The segments that are not to be relied on."""
    repeats = released.of("people.segment_stability")
    return list(repeats.loc[repeats["estimate"] < SELDOM, "group"])


@worded
def limits(section: str, fixed: str, released: Released, facts: Facts) -> str:
    """The fixed limit of a section, and those that its data set, in sentences."""
    response, order = (of(section, released, facts) for of in (_of_response, _of_order))
    return " ".join([fixed, *response, *order, *_of_segments(section, released)])


def _of_response(section: str, released: Released, facts: Facts) -> Iterator[str]:
    if section != "trust" and not surveyed(section, facts):
        return
    groups = released.of("clean.responded")
    low = list(groups.loc[groups["estimate"] < ANSWERED, "group"])
    if low:
        where = say.join(low) if len(low) <= comparisons.FEW else say.several(len(low), facts.word)
        yield f"In {where} fewer than {FEWEST} of those asked answered: what the others would say is open."


def _of_order(section: str, released: Released, facts: Facts) -> Iterator[str]:
    if section not in ORDERED:
        return
    measure, first = ORDERED[section]
    groups = released.of(measure)
    if len(groups) > 1 and comparisons.highest(groups) is None:
        yield f"Which {facts.word} {first}: they cannot be ranked, as intervals overlap."
    hidden = released.held_back.get(measure, 0)
    if hidden:
        held = f"{say.sentence(say.several(hidden, facts.word))} {say.verb(hidden, 'is', 'are')} held back"
        yield f"{held} and may differ from those shown."


def _of_segments(section: str, released: Released) -> Iterator[str]:
    if section != "clusters":
        return
    seldom = seldom_found(released)
    if seldom:
        found = say.verb(len(seldom), "is seldom found again", "are seldom found again")
        yield f"{say.sentence(say.join(seldom))} {found}: nobody should be addressed by that."
