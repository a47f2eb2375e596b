"""How the figures were made, what was assumed, and how to make them again."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from kithwork.release import HELD_BACK, Released
from kithwork.report import figures, html
from kithwork.report import sentences as say
from kithwork.report.findings import kinds_basis
from kithwork.report.first_place import SURE
from kithwork.report.section import Facts
from kithwork.setting import KINDS
from kithwork.tables import ASSUMED, ESTIMATED

TOPIC = "Methods"
STAGE = "report"
SIGNS = {"any": "any tie at all", "coauthor": "co-authors", "bridges": "bridges parts of the network"}
"""Signs of kind whose names need more words."""

STRENGTHS = "Signs of kind: the chance that the sign alone makes a tie of that kind. Assumed, not measured"
RATES = "Base rates: the share of ties that is of a kind, to which what its signs say is shifted. Assumed, not validated"
SAID = "How people speak of each kind, and how well contact and staff list tell what somebody says; guessing ranks half rightly"
COLUMNS = {
    "says": "Said where it is so",
    "says_wrongly": "Said where it is not",
    "ranked": "Ranked rightly",
    "brier": "Brier score",
    "off": "Chances off by",
}
"""Claims about a kind that was told by what people said, and their words."""

INSTEAD = {"ranked": "nothing to learn from"}
"""What stands in place of a claim that was not made; where too few pairs tell how people speak, the chance was stated."""


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Definitions, the stated strengths of the signs, every method used, and provenance."""
    terms = [
        ("Smallest group", f"{released.smallest_group} people. Smaller groups are held back [c], and sums of which one person makes "
         "up more than half; where only a few people would be left over, the next group is held back too, so that nothing can be "
         "found by subtraction. Figures are rounded."),
        ("Intervals", "95%. They hold what resampling people, and drawing the kinds of each tie, would change. Each is for one "
         "figure by itself: of twenty, one may miss by chance. They do not hold what asking cannot find: ties that nobody named, "
         "and contact that is no tie, shift measures of the network beyond their intervals."),
        ("Words", "“Above” and “below” need the whole interval on that side; “clearly” needs the smallest useful difference too. "
         f"“Highest” needs a chance of {say.count(round(10 * SURE))} in ten to be so; groups are marked only where they differ by more than so many "
         "comparisons would give (Benjamini & Hochberg 1995)."),
        ("Grades", "Strong, Moderate or Indicative evidence: the weakest of how many of those asked answered (70, 60, 40%; below "
         "that, not reportable), half the interval beside the smallest useful difference (as much, twice as much, more), what it "
         "rests on (assumptions and simulations are Moderate at best), and whether other ways to count say the same."),
        ("Data", facts.settings.engagement.terms),
        ("Kept until", f"{facts.settings.engagement.retention:%-d %B %Y}; from then on none of the data may be kept."),
    ]  # fmt: skip
    listed = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(term, text) for term, text in terms)
    signs = [
        [kind.capitalize(), SIGNS.get(sign) or facts.worded(sign.replace("_", " ")), f"{low:g} to {high:g}"]
        for kind, strengths in facts.settings.engagement.signs.items()
        if kinds_basis(released, [kind]) == ASSUMED
        for sign, (low, high) in strengths.items()
    ]
    rates = [
        [kind.capitalize(), f"{low * 100:g} to {high * 100:g}%"]
        for kind, (low, high) in facts.settings.engagement.base_rates.items()
        if kinds_basis(released, [kind]) == ASSUMED
    ]
    said = [
        [kind.capitalize(), *(_spoken(released, name, kind) for name in COLUMNS)]
        for kind in KINDS
        if kinds_basis(released, [kind]) == ESTIMATED
    ]
    methods = released.claims.groupby("method", sort=True)["measure"].agg(lambda names: sorted(set(names)))
    used = [[facts.worded(method), _codes(measures)] for method, measures in methods.items()]
    origin = [[name, Markup("<code>{}</code>").format(value)] for name, value in facts.provenance.items()]
    return "How these numbers were made, and how to make them again", [
        Markup('<dl class="m">{}</dl>').format(listed),
        *(
            [html.table(STRENGTHS, [("Kind", ""), ("Sign", ""), ("Strength, 0 to 1", "num")], signs, "data")]
            if signs
            else []
        ),
        *([html.table(RATES, [("Kind", ""), ("Share of ties", "num")], rates, "data")] if rates else []),
        *([html.table(SAID, [("Kind", ""), *((name, "num") for name in COLUMNS.values())], said)] if said else []),
        *_reliability(released, facts),
        html.table(
            "What each source is used for, and for nothing else",
            [("Source", ""), ("Purpose", "f")],
            [
                [source.replace("_", " ").capitalize(), say.typeset(why)]
                for source, why in facts.settings.engagement.purposes.items()
            ],
            "ct txt",
        ),
        html.folded(
            "Every method, and the claims made with it",
            html.table(
                "Methods, and the claims made with them", [("Method", ""), ("Claims", "f q")], used, "ct txt halves"
            ),
        ),
        html.table(
            "Provenance; codes are the first 12 digits of a SHA-256", [("Item", ""), ("Value", "f q")], origin, "ct txt"
        ),
        html.folded(
            "Every number that was set before the run",
            html.table(
                "Settings, as params.yaml names them", [("Setting", ""), ("Value", "f q")], _numbers_set(facts), "ct txt"
            ),
        ),
    ]


def _numbers_set(facts: Facts) -> list[list[Markup]]:
    """The settings of the chapters, which say nothing of the client."""
    chapters = facts.settings.model_dump(mode="json", exclude={"name", "engagement"})
    return [
        [Markup("<code>{}</code>").format(Markup(".<wbr>").join(name)), Markup("<code>{}</code>").format(value)]
        for name, value in _flat(chapters)
    ]


def _flat(settings: dict, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each setting by the path of its names, in the order of params.yaml; one that is not set is left out."""
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from _flat(value, (*above, name))
        elif value is not None:
            yield (*above, name), ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _spoken(released: Released, name: str, kind: str) -> object:
    """A figure about how people speak, or why there is none."""
    claim = released.get(f"ties.{name}_{kind}")
    if claim is not None:
        return html.pair(claim)
    return HELD_BACK if released.held_back.get(f"ties.{name}_{kind}") else INSTEAD.get(name, "stated")


def _reliability(released: Released, facts: Facts) -> list[Markup]:
    """Whether chances mean what they say: answers that came beside the chance they were told with; nothing without any."""
    measures = {kind: f"ties.reliability_{kind}" for kind in KINDS}
    shown = {kind: rows for kind, measure in measures.items() if len(rows := released.of(measure))}
    hidden = sum(released.held_back.get(measure, 0) for measure in measures.values())
    held_back = html.held_back(hidden, released.smallest_group, "point")
    if not shown:
        return [held_back]
    points = pd.concat(shown.values())
    off = int(((points["low"] > points["reference"]) | (points["high"] < points["reference"])).sum())
    title = f"At {say.count(off)} of {say.count(len(points))} chances told, what people said came less or more often"
    if not off:
        title = "At every chance told, what people said came as often, within its interval"
    rows = [
        [html.kind(kind), say.number(row["reference"], "%"), html.shown(row), say.bounds(row), f"{row['n']:,}"]
        for kind, of_kind in shown.items()
        for _, row in of_kind.iterrows()
    ]
    columns = [("Kind", ""), ("Chance told", "num"), ("Said so", "num"), ("95% interval", "num"), ("n", "num")]
    figure = html.figure(
        facts.figure_number("methods", 1),
        title,
        "Of answers told with a like chance, per cent that called the tie so, with 95% intervals",
        figures.reliability(released, title),
        "Dashed: as often as told. Each point is a tenth of the answers of people whom the model never saw, or more where "
        "chances are the same; n counts answers. Of twenty intervals one may miss the diagonal by chance.",
        html.table("Answers that came beside the chance told", columns, rows, "data"),
        points,
    )
    return [figure, held_back]


def _codes(names: list[str]) -> Markup:
    return Markup(", ").join(Markup("<code>{}</code>").format(Markup(".<wbr>").join(name.split("."))) for name in names)
