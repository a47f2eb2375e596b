"""Change readiness: who is ready, how the change would spread, and with whom to start."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import change_groups, change_spread, html
from kithwork.report import sentences as say
from kithwork.report.change_findings import readiness, start
from kithwork.report.change_readings import ANYWHERE, PLACED, READY, UNREADY, ahead, groups, headline, held, ways
from kithwork.report.limits import limits
from kithwork.report.section import Facts
from kithwork.report.trace import worded

TOPIC = "Change readiness"
STAGE = "change"


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Readiness by group where people were asked; ways to start where there are ties."""
    leading = readiness(released, facts) or start(released, facts)
    asked = released.get("change.readiness") is not None
    body: list[Markup] = []
    if not asked:
        loose = released.get("change.alpha.readiness") is not None
        why = "Answers about the change do not go together well enough to be one score"
        body.append(
            html.missing(
                f"{why if loose else 'Nobody, or too few people, answered about a change'}, so readiness cannot be read.",
                "More answers, and a look at how the six items were understood."
                if loose
                else "Six survey items on commitment and efficacy would show which groups are ready, with intervals, and which "
                "need what first.",
            )
        )
    body += change_groups.shown(released, facts, facts.figure_number("change", 1))
    body += change_spread.shown(released, facts, facts.figure_number("change", 2 if asked else 1))
    limit = "A forecast. To be reached is not to be convinced"
    limit += "." if asked else ", and whether people want the change is not known here."
    body.append(html.so_what(_act(released, facts), limits("change", limit, released, facts)))
    if leading is None and (played := ways(released, facts)):
        return headline(played, facts.settings), body
    return leading.title if leading else "Nothing about change can be read from these data", body


@worded
def _act(released: Released, facts: Facts) -> str:
    """What follows: where to start, whom to help first, and in which way."""
    found, played = groups(released), ways(released, facts)
    steps = []
    if names := [one.name for one in found if (one.verdict, one.place) == (READY, PLACED)]:
        steps.append(f"Start with {say.join(names)}, by consent")
    elif names := [one.name for one in found if (one.verdict, one.place) == (READY, ANYWHERE)]:
        steps.append(f"Look for volunteers in {say.join(names)}: ready, and not cut off")
    if names := [one.name for one in found if (one.verdict, one.place) == (UNREADY, PLACED)]:
        steps.append(f"Help {say.join(names)} first: a start there would go farther than elsewhere, but they are not ready")
    elif stuck := held(released):
        steps.append(f"Answer first what holds {say.join(name for names in stuck.values() for name in names)} back")
    leads = ahead(played, facts.settings)
    if leads and leads[0].scenario.start == "nobody":
        steps.append("Tell everybody: no start by a few is as far ahead")
    elif leads:
        named = say.join((one.who(facts.settings) for one in leads if one.scenario.start != "nobody"), "or")
        steps.append(f"Start with {named}, by consent: that is ahead in nearly all worlds")
    elif len(played) > 1:
        steps.append("Choose starters for their readiness and their wish to: no way to start is far enough ahead")
    return f"{'. '.join(steps)}." if steps else "Ask who would help to start, and what they would need for it."
