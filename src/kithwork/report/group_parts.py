"""The pieces of a group's page: strips beside the whole, gaps, readiness, who answered, what is held back, what to do."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import groups, html
from kithwork.report import sentences as say
from kithwork.report.change_readings import STAGES, Group
from kithwork.report.readings import Reading, title_of
from kithwork.report.section import Facts
from kithwork.values.groups import AS_FOUND
from kithwork.values.indicator import Action

BESIDE = (
    "people.share_strategic", "people.share_personal", "people.share_functional", "people.e_i", "people.brokered",
    "change.readiness", "ties.per_person", "clean.responded",
)  # fmt: skip
"""Measures that stand first, in this order, as far as they may be shown."""
PARTS = tuple(f"change.holds.{stage}" for stage in STAGES)
"""Measures that only some groups have a figure of, whoever may be shown."""
SHOWN, GAPS, ACTIONS = 6, 3, 2
"""Measures, gaps and actions of a page at most."""


@dataclass(frozen=True)
class About:
    """What may be shown of one group: claims as rows and by measure, those of its pairs, the marks that survive correction,
    the stage that it is `stuck` at, its `figures` of the ten values by measure; and by measure the label of whatever is
    held back from some groups."""

    name: str
    rows: pd.DataFrame
    claims: dict[str, dict]
    pairs: pd.DataFrame
    marks: dict[str, str]
    change: Group | None
    stuck: str | None
    figures: dict[str, dict]
    held: dict[str, str]

    def of(self, one: Reading) -> dict | None:
        """Its figure of an indicator, the same as `value_groups` shows."""
        return self.figures.get(f"values.{one.value}.{one.indicator.name}")

    def mark(self, one: Reading) -> str | None:
        """`above` or `below` the rest, where that stands out after correction."""
        return self.marks.get(f"values.{one.value}.{one.indicator.name}")


def beside(one: About, tied: groups.Tied | None, released: Released, facts: Facts) -> Markup:
    """Its first measures as strips, each with the whole's figure, or what its size would give, as the dashed line."""
    rows = []
    for measure in [name for name in BESIDE if name in one.claims][:SHOWN]:
        claim, whole = one.claims[measure].copy(), released.get(measure)
        if whole is not None:
            claim["reference"] = whole["estimate"]
        ends = html.scale(claim)
        rows.append(
            [
                facts.worded(claim["label"]),
                html.shown(claim),
                html.strip(claim, *ends) if ends else "",
                say.interval(claim, ""),
                _reference(claim, whole, facts),
            ]
        )
    columns = [("Measure", ""), ("Here", "num r big q"), ("Range", "sc q"), ("95% interval", "f"), ("Beside", "f")]
    caption = f"{one.name} beside the organisation; dashed: what it is held beside"
    return html.table(caption, columns, rows) + _ties(one, tied, facts) if rows else _ties(one, tied, facts)


def _reference(claim: dict, whole: pd.Series | None, facts: Facts) -> object:
    if whole is not None:
        return Markup("the organisation: {}").format(html.in_brackets(whole))
    if pd.isna(claim["reference"]):
        return ""
    label = claim["reference_label"] if isinstance(claim["reference_label"], str) else "by chance"
    return Markup('{}: <span class="ci">{}</span>').format(
        facts.worded(label), say.number(claim["reference"], claim["unit"])
    )


def _ties(one: About, tied: groups.Tied | None, facts: Facts) -> Markup:
    """With which groups it is tied clearly more or less than chance would give."""
    if tied is None:
        return Markup("")
    across = tied.across[(tied.across["group"] == one.name) | (tied.across["other"] == one.name)]
    if across.empty:
        return Markup("")
    named = {
        place: [a if b == one.name else b for a, b in across.loc[across["place"] == place, ["group", "other"]].to_numpy()]
        for place in ("above", "below")
    }
    parts = [
        f"clearly {way} than chance would give with {say.join(sorted(named[place]))}"
        for place, way in (("above", "more"), ("below", "less"))
        if named[place]
    ]
    if not parts:
        return html.paragraph(f"With no other {facts.word} are its ties clearly more or fewer than chance would give.")
    return html.paragraph(f"It is tied {say.join(parts)}; intervals are widened for all pairs compared at once.")


def differing(one: About, found: list[Reading]) -> str:
    """Which indicators differ from the rest after correction."""
    named = [f"{title_of(each.value).lower()} ({each.name}) {side}" for each in found if (side := one.mark(each))]
    if not any(one.of(each) is not None for each in found):
        return "No indicator may be shown"
    if not named:
        return "No figure differs from the rest by more than chance would give"
    if len(named) <= 2:
        return say.sentence(f"{say.join(named)} the rest")
    return f"{say.sentence(say.count(len(named)))} figures differ from the rest by more than chance would give"


def behind(one: About, found: list[Reading]) -> list[tuple[Reading, dict]]:
    """Indicators on the worse side of the whole's figure, the farthest first, in half-widths of the interval."""
    rows = [(each, claim) for each in found if each.indicator.better and (claim := one.of(each)) is not None]
    rows = [(each, claim) for each, claim in rows if each.indicator.better * (claim["estimate"] - claim["reference"]) < 0]
    return sorted(rows, key=lambda row: -_far(row[1]))


def _far(claim: dict) -> float:
    half = (claim["high"] - claim["low"]) / 2
    return abs(claim["estimate"] - claim["reference"]) / half if half else float("inf")


def gaps(one: About, found: list[Reading], facts: Facts) -> Markup:
    """The widest gaps, and the other indicators in which it differs."""
    gaps = behind(one, found)[:GAPS]
    others = [(each, one.of(each)) for each in found if one.mark(each) and all(each is not gap for gap, _ in gaps)]
    if not gaps and not others:
        return Markup("")
    rows = [
        [
            f"{title_of(each.value)}: {each.name}",
            html.pair(claim),
            Markup('<span class="ci">{}</span>').format(say.number(claim["reference"], claim["unit"])),
            "stands out after correction" if one.mark(each) else "may be chance",
        ]
        for each, claim in [*gaps, *others]
    ]
    columns = [("Indicator", ""), ("Here", "nw f"), ("The whole", "f"), ("So", "f")]
    caption = f"Where it lies farthest on the worse side of the whole, and where else it differs from other {facts.words}"
    return html.table(caption, columns, rows)


def called(one: About, found: list[Reading]) -> list[tuple[Reading, Action]]:
    """What it could do: actions of indicators that fall short here, those that stand out first."""
    short = [(each, claim) for each, claim in behind(one, found) if each.indicator.action is not None]
    marked = [each for each, _ in short if one.mark(each)]
    below = [each for each, claim in short if each not in marked and each.calls and _wholly(each, claim)]
    return [(each, each.indicator.action) for each in [*marked, *below]][:ACTIONS]


def _wholly(one: Reading, claim: dict) -> bool:
    """Whether its whole interval lies on the worse side of the indicator's own reference."""
    at = one.claim["reference"]
    return bool(claim["high"] < at if one.indicator.better > 0 else claim["low"] > at)


def act(one: About, found: list[Reading], facts: Facts) -> object:
    lines = [
        f"{say.sentence(facts.worded(action.what)).rstrip('.')}: {facts.worded(action.owner)}, within {action.days} days, "
        f"for {each.name}."
        for each, action in called(one, found)
    ]
    if lines:
        return " ".join(lines)
    there = facts.place("actions")
    rest = Markup(' What the organisation could do is in <a href="../index.html#actions">section {}</a>.').format(there)
    return Markup("No figure calls for an action of this {} alone.{}").format(facts.word, rest if there else "")


def change(one: About, facts: Facts) -> tuple[str, Markup]:
    """Readiness, the stage that holds it back, and how far a start would go."""
    group = one.change
    if group is None:
        return "", Markup("")
    parts: list[object] = []
    if group.ready is not None:
        at = f"{facts.settings.change.ready_at:g}"
        parts += ["Readiness is ", html.with_interval(group.ready), f", against the declared threshold of {at}. "]
    parts.append(f"Its people are stuck at “{one.stuck}”. " if one.stuck else "It is clearly stuck at no one stage. ")
    if group.reach is not None:
        parts += [f"A start here would go {group.place}: ", html.with_interval(group.reach), " as far."]
    return group.verdict or "Readiness is held back", html.paragraph(*parts)


def answered(one: About) -> str:
    asked = one.claims.get("clean.responded")
    return "Nobody was asked, or that is held back" if asked is None else f"{say.number(asked['estimate'], '%')} answered"


def held_measures(released: Released) -> dict[str, str]:
    """The label of each measure that is held back from some groups, of those that every group could have a figure of."""
    labels = released.claims.drop_duplicates("measure").set_index("measure")["label"]
    lacking = [name for name, groups in released.held_back.items() if groups and name in labels.index]
    return {name: labels[name] for name in lacking if not name.endswith(AS_FOUND) and name not in PARTS}


def held_back(one: About, released: Released, facts: Facts) -> Markup:
    """How many people are behind it, and which figures of other groups are not shown of this one, with the reason."""
    parts = []
    for measure, text in (("clean.responded", "Answered the survey: "), ("ties.connected", "Have a tie in the data: ")):
        if measure in one.claims:
            parts.append(html.paragraph(text, html.with_interval(one.claims[measure]), "."))
    names = [facts.worded(label) for measure, label in one.held.items() if measure not in one.claims]
    if not names:
        parts.append(html.paragraph(f"Nothing that is shown of other {facts.words} is held back here."))
        return Markup("").join(parts)
    why = f"about fewer than {released.smallest_group} of its people, mostly one person’s doing, or held lest a smaller "
    why += f"{facts.word} be worked out"
    items = Markup("").join(Markup("<li>{}</li>").format(name) for name in names)
    parts.append(html.paragraph(f"[c] Not shown here, {why}:") + Markup("<ul>{}</ul>").format(items))
    return Markup("").join(parts)
