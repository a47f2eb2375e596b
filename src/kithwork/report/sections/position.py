"""How the network hangs together: what it is like as a whole beside chance, who joins groups, how far ranks can be trusted."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.network.missing import OVERLAP_AT, SPEARMAN_AT
from kithwork.network.summary import RANKED, WHOLE
from kithwork.release import Released
from kithwork.report import bounded, comparisons, figures, html, verdicts
from kithwork.report import sentences as say
from kithwork.report.limits import limits
from kithwork.report.section import Facts
from kithwork.report.trace import worded

TOPIC = "The network as a whole"
STAGE = "people"
READ = {
    "clustering": "A two-step path leads from one person to another through somebody tied to both.",
    "core": "The fit of a core is how closely the ties follow the best picture of a core with a periphery, 1 entirely.",
    "modularity": "Communities are found from ties alone; their modularity is how much more of the ties lie within them than if "
    "ties were dealt out, everybody keeping as many.",
    "week": "News passes where contacts follow one another in time.",
    "chart": "The agreement of the communities is 1 where they are the groups of the staff list.",
}
"""How the measures whose names do not say it are read."""
EXPLAINED = {
    "pagerank": "PageRank counts names the more, the more often those who give them are named.",
    "constraint": "Constraint is high where somebody’s contacts are tied to one another.",
    "two_step_reach": "Two-step reach counts those tied to somebody or to one of their contacts.",
    "betweenness": "Betweenness counts the shortest paths between others that lead through somebody.",
}
"""What people could be ranked by, where the name does not say it."""
TITLES = {
    ("above", "above"): "The network has communities and a core that numbers of ties alone would not give",
    ("above", "as"): "The network has communities beyond chance, and no core beyond what numbers of ties give",
    ("as", "above"): "The network has a core beyond chance, and no communities beyond what numbers of ties give",
    ("as", "as"): "The network shows neither communities nor a core beyond what numbers of ties alone give",
}
"""By where modularity and the fit of a core stand beside chance."""

BESIDE = {"above": "Above", "below": "Below", "as": "Not clearly other than"}
"""Where a figure stands beside chance, in words."""


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Measures of the whole beside chance; brokerage by group; how ranks hold when people are silent."""
    found = {name: claim for name in [*WHOLE, "chart"] if (claim := released.get(f"people.network_{name}")) is not None}
    if "modularity" not in found:
        return "There are no ties whose structure could be told", [
            html.missing("What the network is like as a whole.", "Relations or contacts for more of the staff.")
        ]
    title = _title(*(found.get(name) for name in ("modularity", "core")))
    body = [
        html.note(
            "Chance",
            "keeps what it must: everybody’s number of ties, or of names; each group’s size; who meets whom how often.",
        ),
        html.note(
            "Modularity",
            "is how far ties fall within communities, sets of people tied more among themselves than to others: 0 as by "
            "chance, near 1 if hardly any tie leads out. A two-step path joins two people through a third.",
        ),
        _whole(found, facts),
        html.paragraph(" ".join(text for name, text in READ.items() if name in found), cls="small"),
        *_brokers(released, facts),
        *_trusted(released),
        html.so_what(
            _act(found["modularity"], facts),
            limits(
                "position",
                "That structure beyond chance is good or bad: a core may be a help desk or a bottleneck. Nobody is ranked here, and "
                "nobody should be by measures that do not hold when a few are silent.",
                released,
                facts,
            ),
        ),
    ]
    return title, body


@worded
def _title(modularity: pd.Series, core: pd.Series | None) -> str:
    places = ("as" if one is None or _place(one) != "above" else "above" for one in (modularity, core))
    return TITLES[tuple(places)]


@worded
def _act(modularity: pd.Series, facts: Facts) -> str:
    if _place(modularity) != "above":
        return "Do not plan around communities: as many ties, dealt at random, would show as much."
    return (
        f"Ask where work crosses the {facts.words}: communities are sets of people tied more among themselves than to others, "
        "and need not be the groups on the staff list."
    )


def _place(claim: pd.Series) -> str:
    """`above`, `below` or `as` chance."""
    return verdicts.side(claim).replace("between", "as")


def _beside(claim: pd.Series, facts: Facts) -> Markup:
    """Where a figure stands beside chance, and what chance is."""
    chance = say.number(claim["reference"], claim["unit"])
    words = BESIDE[_place(claim)], chance, facts.worded(claim["reference_label"])
    return Markup('{} <span class="ci">{}</span>: {}').format(*words)


def _whole(found: dict[str, pd.Series], facts: Facts) -> Markup:
    columns = [
        ("The network", ""),
        ("Here", "num r big q"),
        ("Range", "sc q"),
        ("95% interval", "f"),
        ("Beside chance", "f"),
    ]
    rows = [
        [
            facts.worded(claim["label"]),
            html.shown(claim),
            html.strip(claim, *html.scale(claim)),
            say.interval(claim, ""),
            _beside(claim, facts),
        ]
        for claim in found.values()
    ]
    return html.table("What the network is like as a whole; dashed: what chance gives", columns, rows)


def _brokers(released: Released, facts: Facts) -> list[Markup]:
    groups = released.of("people.brokered")
    if groups.empty:
        return []
    title = _joining(groups, facts)
    sub = f"Share of the two-step paths across {facts.words} that runs through each one’s people, with 95% intervals"
    columns = [(say.sentence(facts.word), ""), ("Figure", "num"), ("95% interval", "num"), ("People", "num")]
    caption = facts.worded(groups["label"].iloc[0]) + bounded.told_of_table(len(groups), facts.word)
    return [
        html.figure(
            facts.figure_number("position", 1),
            title,
            f"{sub}; the upright bar is its share of the people",
            figures.brokers(released, title),
            f"n from {groups['n'].min()} to {groups['n'].max()} people. Counted are two-step paths whose ends have no tie of their own, so that whoever stands between could join them. "
            f"Paths within one {facts.word} are left out." + bounded.told_of_figure(len(groups), facts.word),
            html.table(caption, columns, html.claim_rows(groups[groups["group"].isin(bounded.largest([groups]))]), "data"),
            groups,
        ),
        html.held_back(released.held_back.get("people.brokered", 0), released.smallest_group, facts.word),
    ]


@worded
def _joining(groups: pd.DataFrame, facts: Facts) -> str:
    above = groups.loc[comparisons.sides(groups) == "above", "group"]
    if above.empty:
        return f"No {facts.word} joins others clearly more than its size would give"
    some = say.join(above) if len(above) <= comparisons.FEW else say.several(len(above), facts.word)
    join, size = say.verb(len(above), "joins", "join"), say.verb(len(above), "its size", "their sizes")
    return f"{say.sentence(some)} {join} others more than {size} would give"


def _rankable(order: pd.Series, top: pd.Series) -> str:
    """Whether both hold: with their whole ranges, on average only, or not."""
    holds = {end: order[end] >= SPEARMAN_AT and top[end] >= 100 * OVERLAP_AT for end in ("low", "estimate")}
    return "yes" if holds["low"] else "not clear" if holds["estimate"] else "no"


def _trusted(released: Released) -> list[Markup]:
    orders = {name: claim for name in RANKED if (claim := released.get(f"people.order_{name}")) is not None}
    tops = {name: released.get(f"people.top_{name}") for name in orders}
    if not orders:
        return []
    columns = [("Rank by", ""), ("Order", "nw f"), ("Top tenth found again", "nw f"), ("People could be ranked", "f")]
    rows = [
        [
            say.sentence(RANKED[name]),
            html.pair(orders[name]),
            html.pair(tops[name]),
            _rankable(orders[name], tops[name]),
        ]
        for name in orders
    ]
    terms = " ".join(text for name, text in EXPLAINED.items() if name in orders)
    what = next(iter(orders.values()))["label"].split(": ")[1].removeprefix("correlation ")
    return [
        html.table(f"How far ranks hold {what}, with the range of 95 of 100 trials", columns, rows),
        html.paragraph(
            f"Tried on those who answered, some of whom were silenced at random; where the busiest keep silent, ranks hold less "
            f"well. Order is Spearman’s correlation with the ranks of all, 1 the same; people could be ranked by a "
            f"measure of which it is at least {SPEARMAN_AT}, and at least {say.count(round(10 * OVERLAP_AT))} in ten of the top tenth are found again, both over "
            f"their whole range. {terms}",
            cls="small",
        ),
    ]
