"""Readiness by group: whether its questions measure one thing, who is ready, and at which stage groups are stuck."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.change.readiness import SCALES
from kithwork.change.scales import CALLED
from kithwork.release import Released
from kithwork.report import bounded, change_figures, downloads, html, verdicts
from kithwork.report import sentences as say
from kithwork.report.change_readings import (
    ANYWHERE,
    CUT_OFF,
    PLACED,
    READY,
    STAGES,
    UNREADY,
    Group,
    groups,
    held,
)
from kithwork.report.section import Facts
from kithwork.report.trace import worded


def shown(released: Released, facts: Facts, number: str) -> list[Markup]:
    """All of it; nothing where nobody was asked, or too few answered."""
    if released.get("change.readiness") is None:
        return [_reliability(released)]
    found = groups(released)
    return [
        _reliability(released),
        *_readiness(found, released, facts, number),
        html.paragraph(_sorted(found, facts)),
        *(html.paragraph(text) for text in [_tried(released, facts)] if text),
        *_stages(released, facts),
        *_heeded(released, facts),
    ]


def _reliability(released: Released) -> Markup:
    """Which scales measure one thing, with alpha and omega; those that do not are named and not reported."""
    rows, fails = [], []
    for scale in SCALES:
        name = CALLED[scale]
        alpha = released.get(f"change.alpha.{scale}")
        if alpha is None:
            continue
        omega, agreed = (released.get(f"change.{part}.{scale}") for part in ("omega", "rwg"))
        told = released.get(f"change.{scale}") is not None
        fails += [] if told else [name]
        cells = [html.pair(one) if one is not None else "–" for one in (alpha, omega, agreed)]
        rows.append(
            [say.sentence(name), *cells, "reported" if told else "not reported: its questions do not hold together"]
        )
    if not rows:
        return Markup("")
    columns = [("Scale", ""), ("Alpha", "f"), ("Omega", "f"), ("Agreement in groups, rwg(j)", "f"), ("Told of", "f")]
    text = "Whether questions that are read together measure one thing was looked at first."
    if fails:
        text += f" Those on {say.join(fails)} do not, and are not reported as a scale."
    caption = "Reliability of the scales about the change, with 95% intervals"
    return html.paragraph(text) + html.folded("How reliable the scales are", html.table(caption, columns, rows))


def _readiness(found: list[Group], released: Released, facts: Facts, number: str) -> list[Markup]:
    """The figure of groups by verdict, the whole, and what was held back."""
    whole = released.get("change.readiness")
    apart = released.get("change.readiness_unweighted")
    text: list[object] = [
        "In the whole organisation readiness is ",
        html.with_interval(whole),
        f", {verdicts.against(whole, facts.settings)} the declared threshold of {facts.settings.change.ready_at:g}",
    ]
    if apart is not None:
        text += ["; without weights to the staff list it would be ", html.in_brackets(apart)]
    parts = [html.paragraph(*text, ".")]
    if any(one.ready is not None for one in found):
        title = _title(found, facts)
        sub = (
            f"Readiness as people answered, 0 to 100, each {facts.word} pulled towards the whole by how little it can say; "
            "the dashed line is the declared threshold."
        )
        if any(one.reach is not None for one in found):
            sub += f" Then how far a start by people of the {facts.word} would go, for each of them, beside others."
        columns = [(say.sentence(facts.word), ""), ("Readiness", "f"), ("Verdict", "f"), ("A start here goes", "f")]
        rows = [
            [
                one.name,
                "[c]" if one.ready is None else html.pair(one.ready),
                one.verdict or "",
                "[c]" if one.reach is None else Markup("{}, {}").format(html.pair(one.reach), one.place),
            ]
            for one in found
        ]
        drawn = bounded.ends(found)
        caption = f"Readiness, and how far a start in each {facts.word} would go"
        parts.append(
            html.figure(
                number,
                title,
                sub,
                change_figures.readiness([found[at] for at in drawn], title),
                f"n: {whole['n']:,} people who answered. 95% intervals; those of a start are of the mean over worlds."
                + bounded.told_of_figure(len(found), facts.word),
                html.table(caption, columns, [rows[at] for at in drawn]),
                pd.DataFrame([claim for one in found for claim in (one.ready, one.reach) if claim is not None]),
            )
        )
    hidden = released.held_back.get("change.readiness", 0)
    return [*parts, html.held_back(hidden, released.smallest_group, facts.word), _parts(released, facts)]


@worded
def _title(found: list[Group], facts: Facts) -> str:
    ready, unready = ([one for one in found if one.verdict == verdict] for verdict in (READY, UNREADY))
    told = [one for one in found if one.verdict]
    rest = len(told) - len(ready) - len(unready)
    counts = ((len(ready), "ready"), (len(unready), "not"), (rest, "too close to call"))
    some = [(many, words) for many, words in counts if many]
    if len(some) == 1:
        return _alike(len(told), some[0][1], facts)
    many = [f"{say.count(n)} {say.verb(n, 'is', 'are')} {words}" for n, words in some]
    first, words = some[0]
    many[0] = f"{say.several(first, facts.word)} {say.verb(first, 'is', 'are')} {words if words != 'not' else 'not ready'}"
    return say.sentence(say.join(many))


def _alike(many: int, words: str, facts: Facts) -> str:
    """The title where all groups are alike."""
    if many == 1:
        return f"The one {facts.word} shown is {words if words != 'not' else 'not ready'}"
    if words == "not":
        return f"None of the {say.several(many, facts.word)} shown is ready"
    return f"All {say.several(many, facts.word)} shown are {words}"


def _parts(released: Released, facts: Facts) -> Markup:
    """The scales behind readiness, by group: commitment without efficacy asks for other steps than the reverse."""
    kept = [scale for scale in SCALES if scale != "readiness" and released.get(f"change.{scale}") is not None]
    if not kept:
        return Markup("")
    tables = {scale: released.of(f"change.{scale}").set_index("group") for scale in kept}
    claims = [released.of(f"change.{scale}") for scale in kept]
    names = sorted(bounded.largest(claims))
    columns = [(say.sentence(facts.word), ""), *((say.sentence(CALLED[scale]), "f") for scale in kept)]
    rows = [["All", *(html.pair(released.get(f"change.{scale}")) for scale in kept)]]
    rows += [[name, *(_cell(tables[scale], name) for scale in kept)] for name in names]
    return html.folded(
        f"What readiness is made of, by {facts.word}",
        html.table(f"Mean scores, 0 to 100, with 95% intervals{_rest(claims, facts)}", columns, rows),
        downloads.link("readiness-parts", "These scores", *claims),
    )


def _rest(claims: list[pd.DataFrame], facts: Facts) -> str:
    return bounded.told_of_table(pd.concat(claims)["group"].nunique(), facts.word)


def _cell(table: pd.DataFrame, name: str) -> object:
    return html.pair(table.loc[name].rename(name)) if name in table.index else "[c]"


@worded
def _sorted(found: list[Group], facts: Facts) -> str:
    """Groups by readiness and reach together: where to start, whom to help first, whom to introduce."""
    kinds = (
        ("Ready, and a start there would go farther than elsewhere", READY, PLACED),
        ("Ready, but a start there would go less far", READY, CUT_OFF),
        ("Ready, and a start there would go about as far as elsewhere", READY, ANYWHERE),
        ("Not ready, though a start there would go farther than elsewhere", UNREADY, PLACED),
    )
    lines = [
        f"{text}: {say.join(names)}"
        for text, verdict, place in kinds
        if (names := [one.name for one in found if (one.verdict, one.place) == (verdict, place)])
    ]
    if lines:
        return f"{'. '.join(lines)}."
    if all(one.reach is None for one in found):
        return f"How far a start in each {facts.word} would go cannot be told without ties."
    return f"No {facts.word} is both clearly ready or unready and placed clearly better or worse than others."


@worded
def _tried(released: Released, facts: Facts) -> str:
    """In how many groups a start was tried, where not in all."""
    tried = released.get("change.start_tried")
    if tried is None:
        return ""
    few, all_ = (say.number(tried[end], "count") for end in ("estimate", "reference"))
    return f"A start was tried in the {few} {facts.words} with most people, of {all_}."


def _stages(released: Released, facts: Facts) -> list[Markup]:
    """How many pass each stage and stop there, and the stage that holds each group back."""
    rows = []
    for stage, word in STAGES.items():
        passed, stops = (released.get(f"change.{part}.{stage}") for part in ("passed", "stops"))
        if passed is not None:
            cells = [html.shown(passed), html.strip(passed, 0, 100), say.interval(passed, "")]
            rows.append([say.sentence(word), *cells, html.pair(stops) if stops is not None else "–"])
    if not rows:
        return []
    columns = [("Stage", ""), ("Passed", "num r big q"), ("Range", "sc q"), ("95% interval", "f"), ("Stop here", "f")]
    stuck = held(released)
    lines = [f"{say.join(names)} at “{STAGES[stage]}”" for stage, names in stuck.items()]
    text = (
        f"Some {facts.words} are stuck at one stage: from it on, their answers fall behind those of others. "
        f"They are {say.join(lines)}."
        if lines
        else f"No {facts.word} is clearly stuck more at one stage than at the others."
    )
    order = released.get("change.stage_order")
    if order is not None:
        firm = order["low"] > order["reference"]
        text += " The stages do follow one another" if firm else " The stages do not clearly follow one another, so that"
        text += " here" if firm else " single stages tell more than their order"
        text += f"; how far they do, 1 being always and {say.number(order['reference'], 'index')} enough to be of use: "
    told = [text, html.with_interval(order), "."] if order is not None else [text]
    caption = "The stages of taking up the change: people who have passed each, and for whom it is the first they have not"
    return [html.table(caption, columns, rows), html.paragraph(*told)]


def _heeded(released: Released, facts: Facts) -> list[Markup]:
    """Readiness of those people listen to, and whether it goes with their own."""
    theirs, alike = released.get("change.heeded_readiness"), released.get("change.heeded_likeness")
    if theirs is None:
        return []
    text: list[object] = ["The people whom others listen to have a readiness of ", html.with_interval(theirs), "."]
    if alike is not None:
        more = alike["low"] > alike["reference"]
        text.append(
            f" Who listens to readier people is {'readier too, more than ' if more else 'not clearly readier than '}"
            f"{facts.words} alone would give: correlation ",
        )
        text += [html.with_interval(alike), f", against {say.number(alike['reference'], 'index')}."]
    return [html.paragraph(*text)]
