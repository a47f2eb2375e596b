"""What the summary says of the change: readiness, what holds groups back, whether it travels along ties, and a start."""

from __future__ import annotations

from kithwork.change.peers import FOUND, TOO_FEW, verdict_of
from kithwork.release import Released
from kithwork.report import sentences as say
from kithwork.report import verdicts
from kithwork.report.change_readings import STAGES, ahead, headline, held, ways
from kithwork.report.finding import ACTS, GOOD, RISK, Finding
from kithwork.report.section import Facts
from kithwork.report.trace import worded

FEW = 3
"""Groups up to which a finding names them."""


@worded
def held_back(released: Released, facts: Facts) -> Finding | None:
    """Which groups one stage of the change holds back more than the others, by the stage of most of them."""
    stuck = held(released)
    if not stuck:
        return None
    stage = max(stuck, key=lambda one: len(stuck[one]))
    claim = released.get(f"change.passed.{stage}")
    if claim is None:
        return None
    names = stuck[stage]
    named = say.join(names) if len(names) <= FEW else say.several(len(names), facts.word)
    title = f"{say.sentence(named)} {say.verb(len(names), 'is', 'are')} stuck at “{STAGES[stage]}”, a stage of the change"
    rest = sum(len(of) for of in stuck.values()) - len(names)
    text = "Of all who answered, the share who have passed it"
    text += f"; {say.several(rest, facts.word)} {say.verb(rest, 'is', 'are')} stuck at others." if rest else "."
    told = tuple(released.of(f"change.holds.{stage}")["id"]) if len(names) <= FEW else ()
    effect = 100 - float(claim["estimate"])
    return Finding(title, text, claim, "change", "said", "share past it", others=told, about=(RISK,), effect=effect)


@worded
def peers(released: Released, facts: Facts) -> Finding | None:
    """Whether those tied to one another took the change up at like times; nothing where too few did to tell."""
    claim = released.get("change.peer_likeness")
    if claim is None or verdict_of(claim["label"]) == TOO_FEW:
        return None
    if verdict_of(claim["label"]) == FOUND:
        title = "People tied to one another took the change up at like times"
    else:
        title = "No peer effect is found in who took the change up when"
    text = (
        "Correlation of the weeks in which two people with a tie took it up; shuffled within "
        f"{facts.words} it would be {say.number(claim['reference'], 'index')}."
    )
    return Finding(title, text, claim, "change", "measured", "correlation")


@worded
def start(released: Released, facts: Facts) -> Finding | None:
    """Whether a way to start is ahead of the first that params.yaml names, in the same worlds."""
    found = ways(released, facts)
    leads = [one for one in found if one.lead is not None]
    if not leads:
        return None
    shown = next(iter(ahead(found, facts.settings)), None) or max(leads, key=lambda one: one.lead["estimate"])
    text = (
        f"Points by which more people would have taken it up with {shown.who(facts.settings)}, mean over "
        f"{facts.settings.change.weeks} weeks, than with {found[0].who(facts.settings)}, in the same worlds."
    )
    title, good = headline(found, facts.settings), (GOOD,) if shown.side == "ahead" else ()
    shares = tuple(one.share["id"] for one in (found[0], shown))
    return Finding(title, text, shown.lead, "change", "scenario", "points ahead", "95% of worlds", shares, good)


@worded
def readiness(released: Released, facts: Facts) -> Finding | None:
    """Mean readiness against the declared threshold."""
    claim = released.get("change.readiness")
    if claim is None:
        return None
    place = verdicts.against(claim, facts.settings)
    threshold = say.number(claim["reference"], "score")
    title = f"Mean readiness is {place} the declared threshold"
    text = f"Commitment and efficacy as people answered, 0 to 100; the declared threshold is {threshold}."
    about = {"above": (GOOD,), "below": (RISK, ACTS)}.get(verdicts.side(claim), ())
    return Finding(title, text, claim, "change", "said", "readiness", about=about)
