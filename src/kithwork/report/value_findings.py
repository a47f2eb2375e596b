"""What is said of a value in one sentence, and which few of them the summary takes. No more than the intervals allow."""

from __future__ import annotations

from collections.abc import Sequence

from kithwork.release import Released
from kithwork.report import sentences as say
from kithwork.report.finding import Finding
from kithwork.report.readings import Reading, listed, readings, title_of
from kithwork.report.section import Facts

TOLD_ELSEWHERE = ("boundary_crossing", "two_step_reach", "key_person_risk", "readiness")
"""Indicators of which the summary has a finding of their own."""


def sentence(found: Sequence[Reading], useful: float) -> str:
    """How a value's indicators lie to their references, and what changed since the wave before."""
    if not [one for one in found if one.claim is not None]:
        return "Nothing that may be shown tells of this value yet."
    worse, better = ([one for one in found if one.side == side] for side in ("worse", "better"))
    if worse and better:
        text = f"{say.sentence(listed(better))} {_lie(better)} on the better side of {_its(better)}, {listed(worse)} on the worse."
    elif worse or better:
        some, side = (worse, "worse") if worse else (better, "better")
        text = f"{say.sentence(listed(some))} {_lie(some)} on the {side} side of {_its(some)}."
    elif [one for one in found if one.compared and one.indicator.better]:
        text = "No figure here differs clearly from its reference."
    else:
        text = "No figure here has a reference of which one side is better: they are the start of a series."
    return f"{text} {since(found, useful)}".strip()


def since(found: Sequence[Reading], useful: float) -> str:
    """Which indicators moved since the wave before; nothing where there was none, or nothing is clear."""
    told = [one for one in found if one.moved(useful)]
    if not told:
        return ""
    moves = say.join(f"{one.name} {_by(one, useful)}" for one in told)
    return f"Since the wave before, {moves}."


def headline(found: dict[str, list[Reading]]) -> str:
    """How many values can be read, and how many figures stand out from their references after correction."""
    read = sum(any(one.claim is not None for one in of) for of in found.values())
    many = {0: "None", len(found): "All"}.get(read, say.sentence(say.count(read)))
    text = f"{many} of the ten values can be read"
    if not read:
        return f"{text} from the data brought"
    every = [one for of in found.values() for one in of]
    worse, better = (_standing_out(every, side) for side in ("worse", "better"))
    if worse or better:
        parts = [
            f"{say.several(len(some), 'figure')} {_lie(some)} on the {side} side of {_its(some)}"
            for some, side in ((worse, "worse"), (better, "better"))
            if some
        ]
        if worse and better:
            parts = [f"{say.several(len(worse), 'figure')} {_falls(worse)} short of references", f"{say.count(len(better))} surpass them"]
        return f"{text}; {say.join(parts, 'and')}"
    if any(one.compared and one.indicator.better for one in every):
        return f"{text}; no figure differs from its reference by more than chance"
    return f"{text}; none has a reference yet"


def falls_short(released: Released, facts: Facts) -> Finding | None:
    """The indicator farthest on the worse side of its reference, after correction."""
    return _farthest(released, facts, "worse")


def surpasses(released: Released, facts: Facts) -> Finding | None:
    """The indicator farthest on the better side of it."""
    return _farthest(released, facts, "better")


def moved(released: Released, facts: Facts) -> Finding | None:
    """The first indicator, in the framework's order, that moved since the wave before."""
    useful = facts.settings.report.useful_difference
    for one in _every(readings(released, facts)):
        if one.moved(useful):
            way = "rose" if one.moved(useful) > 0 else "fell"
            title = f"{title_of(one.value)}: {one.name} {way} since the wave before"
            return Finding(title, f"Change of: {_lower(one, facts)}.", one.change, "values", "measured", "change")
    return None


RULES = (falls_short, surpasses, moved)
"""What the summary may take of the ten values, in this order."""


def _farthest(released: Released, facts: Facts, side: str) -> Finding | None:
    told = [one for one in _standing_out(_every(readings(released, facts)), side) if one.indicator.name not in TOLD_ELSEWHERE]
    if not told:
        return None
    one = max(told, key=lambda one: 0 if one.distance is None else abs(one.distance["estimate"]))
    reference = say.number(one.claim["reference"], one.claim["unit"])
    text = f"{say.sentence(_lower(one, facts))}; {facts.worded(one.claim['reference_label'])} would be {reference}."
    return Finding(f"{title_of(one.value)}: {one.name} lies {against(one, facts)} its reference", text, one.claim, "values", "measured", one.name)


def against(one: Reading, facts: Facts) -> str:
    """How an indicator lies to its reference; "clearly" only in units that a smallest useful difference is set for."""
    if one.claim["unit"] in ("%", "score"):
        return say.against(one.claim, facts.settings.report.useful_difference)
    return say.against(one.claim).removeprefix("clearly ")


def _lower(one: Reading, facts: Facts) -> str:
    text = facts.worded(one.indicator.definition).rstrip(".")
    return text[:1].lower() + text[1:]


def _every(found: dict[str, list[Reading]]) -> list[Reading]:
    return [one for of in found.values() for one in of]


def _standing_out(found: Sequence[Reading], side: str) -> list[Reading]:
    return [one for one in found if one.side == side and one.stands_out]


def _by(one: Reading, useful: float) -> str:
    way = "rose" if one.moved(useful) > 0 else "fell"
    size = one.change.copy()
    unit = size["unit"]
    return f"{way} by {say.number(abs(size['estimate']), unit)} ({say.bounds(size)})"


def _lie(found: Sequence[Reading]) -> str:
    return "lies" if len(found) == 1 else "lie"


def _falls(found: Sequence[Reading]) -> str:
    return "falls" if len(found) == 1 else "fall"


def _its(found: Sequence[Reading]) -> str:
    return "its reference" if len(found) == 1 else "their references"
