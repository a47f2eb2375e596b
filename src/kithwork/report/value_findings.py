"""What is said of a value in one sentence, and which few of them the summary takes. No more than the intervals allow."""

from __future__ import annotations

from collections.abc import Sequence

from kithwork.params import Settings
from kithwork.release import Released
from kithwork.report import sentences as say
from kithwork.report import verdicts
from kithwork.report.finding import ACTS, GOOD, RISK, STRATEGIC, Finding
from kithwork.report.readings import Reading, listed, readings, title_of
from kithwork.report.section import Facts
from kithwork.report.trace import worded

TOLD_ELSEWHERE = ("boundary_crossing", "readiness")
"""Indicators that the summary has a finding of their own about."""


@worded
def sentence(found: Sequence[Reading], settings: Settings) -> str:
    """How a value's indicators lie to their references, and what changed since the wave before."""
    if all(one.claim is None for one in found):
        return "Nothing that may be shown tells of this value yet."
    worse, better = ([one for one in found if one.side == side] for side in ("worse", "better"))
    if worse and better:
        text = f"{_lying(better, 'better')}, {listed(worse)} on the worse."
    elif worse or better:
        text = f"{_lying(worse or better, 'worse' if worse else 'better')}."
    elif any(one.compared and one.indicator.better for one in found):
        text = "No figure here differs clearly from its reference."
    else:
        text = "No figure here has a reference of which one side is better: they are the start of a series."
    return f"{text} {since(found, settings, sized=False)}".strip()


def since(found: Sequence[Reading], settings: Settings, sized: bool = True) -> str:
    """Which indicators moved since the wave before, and by how much; nothing where there was none, or nothing is clear."""
    moves = [f"{one.name} {_way(one, settings)}{f' by {_size(one)}' * sized}" for one in found if one.moved(settings)]
    return f"Since the wave before, {say.join(moves)}." if moves else ""


@worded
def headline(found: dict[str, list[Reading]]) -> str:
    """How many values can be read, and how many figures stand out from their references after correction."""
    read = sum(any(one.claim is not None for one in of) for of in found.values())
    many = {0: "None of the ten", len(found): "All ten"}.get(read, f"{say.sentence(say.count(read))} of the ten")
    text = f"{many} values can be read"
    if not read:
        return f"{text} from the data brought"
    worse, better = (len(standing_out(found, side)) for side in ("worse", "better"))
    if worse and better:
        short = f"{say.several(worse, 'figure')} {say.verb(worse, 'falls', 'fall')} short of references"
        return f"{text}; {short}, {say.count(better)} {say.verb(better, 'surpasses', 'surpass')} them"
    if worse or better:
        some, side = worse or better, "worse" if worse else "better"
        its = say.verb(some, "lies", "lie"), side, say.verb(some, "its reference", "their references")
        return f"{text}; {say.several(some, 'figure')} {its[0]} on the {its[1]} side of {its[2]}"
    if any(one.compared and one.indicator.better for of in found.values() for one in of):
        return f"{text}; no figure differs from its reference by more than chance"
    return f"{text}; no figure has a reference yet"


@worded
def falls_short(released: Released, facts: Facts) -> Finding | None:
    """The indicator farthest on the worse side of its reference, after correction."""
    return _farthest(released, facts, "worse")


@worded
def surpasses(released: Released, facts: Facts) -> Finding | None:
    """The indicator farthest on the better side of it."""
    return _farthest(released, facts, "better")


@worded
def moved(released: Released, facts: Facts) -> Finding | None:
    """The first indicator, in the framework's order, that moved since the wave before."""
    for of in readings(released, facts).values():
        for one in of:
            if one.moved(facts.settings):
                title = f"{title_of(one.value)}: {one.name} {_way(one, facts.settings)} since the wave before"
                text = f"{_change_of(one)}: {_meaning(one, facts)}."
                better = one.moved(facts.settings) * one.indicator.better
                about = {1: (GOOD,), -1: (RISK,)}.get(better, ())
                return Finding(title, text, one.change, "values", _basis(one), "change", about=(*about, *_subject(one)))
    return None


RULES = (falls_short, surpasses, moved)
"""What the summary may take of the ten values, in this order."""


def standing_out(found: dict[str, list[Reading]], side: str) -> list[Reading]:
    """The indicators on one side of their references, `better` or `worse`, by more than so many comparisons would give."""
    return [one for of in found.values() for one in of if one.side == side and one.stands_out]


def against(one: Reading, facts: Facts) -> str:
    """How an indicator lies to its reference; "clearly" only in units that a smallest useful difference is set for."""
    return verdicts.against(one.claim, facts.settings)


def beside(one: Reading, facts: Facts) -> str:
    """The same with the reference's figure: `clearly below 62%`."""
    return f"{against(one, facts)} {say.number(one.claim['reference'], one.claim['unit'])}"


def _farthest(released: Released, facts: Facts, side: str) -> Finding | None:
    told = standing_out(readings(released, facts), side)
    told = [one for one in told if one.indicator.name not in TOLD_ELSEWHERE]
    if not told:
        return None
    one = max(told, key=lambda one: 0 if one.distance is None else abs(one.distance["estimate"]))
    title = f"{title_of(one.value)}: {one.name} lies {against(one, facts)} its reference"
    reference = say.number(one.claim["reference"], one.claim["unit"])
    text = f"{say.sentence(_meaning(one, facts))}; {facts.worded(one.claim['reference_label'])}: {reference}."
    about = (RISK if side == "worse" else GOOD, *_subject(one), *((ACTS,) if one.calls else ()))
    return Finding(title, text, one.claim, "values", _basis(one), one.name, about=about)


def _subject(one: Reading) -> tuple[str, ...]:
    return (STRATEGIC,) if one.value == "strategic_perspective" else ()


def _change_of(one: Reading) -> str:
    return "Change in points" if one.change["unit"] in ("points", "score") else "Change"


def _basis(one: Reading) -> str:
    return "said" if one.indicator.self_report else "measured"


def _lying(found: Sequence[Reading], side: str) -> str:
    lie, its = say.verb(len(found), "lies", "lie"), say.verb(len(found), "its reference", "their references")
    return f"{say.sentence(listed(found))} {lie} on the {side} side of {its}"


def _meaning(one: Reading, facts: Facts) -> str:
    text = facts.worded(one.indicator.definition).rstrip(".")
    return text[:1].lower() + text[1:]


def _way(one: Reading, settings: Settings) -> str:
    return "rose" if one.moved(settings) > 0 else "fell"


def _size(one: Reading) -> str:
    """By how much, and the interval of that, both without a sign."""
    ends = sorted(abs(one.change[end]) for end in ("low", "high"))
    unit = one.change["unit"]
    size, low, high = (say.number(value, unit) for value in (abs(one.change["estimate"]), *ends))
    return f"{size}{' points' if unit in ('points', 'score') else ''} ({low} to{say.NBSP}{high})"
