"""The relationship portfolio: what kinds of tie there are, by group, and whether ties cross groups."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.claims import pair_of
from kithwork.people.summary import SPREAD
from kithwork.release import Released
from kithwork.report import bounded, comparisons, figures, groups, html, verdicts
from kithwork.report import sentences as say
from kithwork.report.finding import Finding
from kithwork.report.findings import composition, crossing
from kithwork.report.limits import limits
from kithwork.report.section import Facts
from kithwork.report.trace import worded
from kithwork.setting import KINDS

TOPIC = "Relationship portfolio"
STAGE = "ties"
CHANCE = "Chance keeps each person’s number of ties and draws partners regardless of group."
CORRECTED = "Intervals are widened for all the pairs compared at once."
MEANING = {
    "personal": "ties are chosen and would outlast the job",
    "functional": "ties come with the job",
    "strategic": "ties open new thinking, markets and access",
}


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Shares of the kinds with intervals, for the whole and by group; then E-I by group against group sizes."""
    shares = {k: c for k in KINDS if (c := released.get(f"people.share_{k}")) is not None}
    if len(shares) < 2:
        what = "Kinds of tie cannot be told apart: there are no ties, or fewer than two kinds have a stated sign."
        return "Kinds of tie cannot be told here", [
            html.missing(what, "Ask people which ties they chose, need and learn from.")
        ]
    finding, boundary = composition(released, facts), crossing(released, facts)
    parts: list[object] = []
    for kind in shares:
        parts += [html.kind(kind, say.sentence(kind)), f" {MEANING[kind]}. "]
    body = [html.paragraph(*parts, "A tie may be of more than one kind."), _mixture(shares)]
    unread = [kind for kind in KINDS if kind not in shares]
    if unread:
        what = f"{say.sentence(say.join(unread))} ties: nothing in these data could show them."
        body.append(html.missing(what, "A survey that asks whom people would stay in touch with if one of them left."))
    units = released.of("people.share_strategic")
    if len(units):
        title = _strategic(released, facts)
        body.append(
            html.figure(
                facts.figure_number("portfolio", 1),
                title,
                _key(list(reversed(shares)), facts.word),
                figures.portfolio(released, title),
                "Dashed: the whole. Figures are rounded and may add to 99 or 101. Intervals hold both the doubt about kinds and "
                f"who was there to ask; n from {units['n'].min()} to {units['n'].max()} people."
                + bounded.told_of_figure(len(units), facts.word),
                _data(released, [f"people.share_{kind}" for kind in shares], facts),
                pd.concat([*(released.of(f"people.share_{kind}") for kind in shares), pd.DataFrame(shares.values())]),
            )
        )
        body.append(
            html.held_back(released.held_back.get("people.share_strategic", 0), released.smallest_group, facts.word)
        )
    body.append(_spread(released, facts))
    if boundary is not None and len(released.of("people.e_i")):
        title = _open(released, facts) or boundary.title
        body.append(
            html.figure(
                facts.figure_number("portfolio", 2),
                title,
                f"E-I index by {facts.word}, from all ties within (−1) to all across (+1), with 95% intervals; "
                "the upright bar is what its size alone would give",
                figures.boundaries(released, title),
                f"Whole: {say.number(boundary.claim['estimate'], 'index')}, {say.interval(boundary.claim)}. A tie across counts for "
                f"both its {facts.words}, so these may lie above the whole. Ties with somebody in no known {facts.word} are left out."
                + bounded.told_of_figure(len(released.of("people.e_i")), facts.word),
                _data(released, ["people.e_i"], facts),
                released.of("people.e_i"),
            )
        )
        body.append(html.held_back(released.held_back.get("people.e_i", 0), released.smallest_group, facts.word))
    body += _between(released, facts)
    limit = (
        "That more strategic or more crossing ties would raise performance: the data show where ties are, not what they do."
    )
    body.append(html.so_what(_act(boundary, facts), limits("portfolio", limit, released, facts)))
    return finding.title, body


@worded
def _act(boundary: Finding | None, facts: Facts) -> str:
    if boundary is not None and verdicts.side(boundary.claim) == "below":
        return f"Look for the {facts.words} that most need a bridge, and ask who could build it, before asking people for more ties."
    return "Ask people whether they recognise this mix before asking them for more ties, or for others."


def _mixture(shares: dict) -> Markup:
    parts: list[object] = ["Of the whole portfolio, "]
    for i, (kind, claim) in enumerate(shares.items()):
        parts += ["; " if i else "", html.with_interval(claim), " is ", html.kind(kind)]
    return html.paragraph(*parts, ".")


def _key(kinds: list[str], word: str) -> Markup:
    """What figure 3.1 shows, with its colours and shapes in the order of its bars."""
    return Markup("Share of the portfolio by {}, per cent: {}").format(word, Markup(", ").join(map(html.kind, kinds)))


def _spread(released: Released, facts: Facts) -> Markup:
    """How portfolios are spread over kinds, groups and places, and outside."""
    names = [*(f"effort_{kind}" for kind in KINDS), *(f"spread_{name}" for name in SPREAD)]
    claims = [claim for name in names if (claim := released.get(f"people.{name}")) is not None]
    if not claims:
        return Markup("")
    rows = [[facts.worded(claim["label"]), html.shown(claim), say.bounds(claim), f"{claim['n']:,}"] for claim in claims]
    columns = [("The average person", ""), ("Figure", "num"), ("95% interval", "num"), ("People", "num")]
    return html.table(
        "How portfolios are spread; contact counts each tie by how often, where that is recorded, else by its strength",
        columns, rows,
    )  # fmt: skip


def _between(released: Released, facts: Facts) -> list[Markup]:
    """How groups are tied to one another, in the picture that so many can be read in; nothing where no pair is shown."""
    shown, found = released.of("people.outside"), groups.tied(released)
    if groups.form(len(shown)) == "profile" or (found is None and len(shown) > 1):
        return [_profile(released, facts)]
    if found is None:
        return []
    title, many = _apart(found, facts), say.several(len(found.names), facts.word)
    made, no = [], 3
    if groups.form(len(found.names)) == "map" and found.apart:
        made.append(_map(released, found, title, facts))
        title, no = f"Every pair of {facts.words}, beside what chance would give", 4
    crowd = groups.form(len(found.names)) == "matrix"
    why = f" {say.sentence(many)} are too many to draw as a map of lines, hence the matrix." if crowd else ""
    made.append(
        html.figure(
            facts.figure_number("portfolio", no),
            title,
            "Ties found over ties expected by chance. Filled: clearly more; framed: clearly less; ≤: fewer than five ties, an upper "
            "limit only. Figures not printed are in the table, where there are ties enough to tell. A name is that of the row left of "
            f"it and the column below it.{why}",
            groups.matrix(released, title),
            f"On the slope each {facts.word} and itself: {int((found.within['place'] == 'above').sum())} of {len(found.within)} "
            f"are tied within more than chance would give. {CHANCE} {CORRECTED}",
            _pairs(found, facts),
            found.pairs,
        )
    )
    strategic = groups.tied(released, "people.between_strategic")
    if strategic is not None:
        made.append(html.paragraph(f"Of the ties told to be strategic alone: {_apart(strategic, facts)}."))
    made.append(html.held_back(released.held_back.get("people.between", 0), released.smallest_group, facts.word))
    return made


def _map(released: Released, found: groups.Tied, title: str, facts: Facts) -> Markup:
    above, below, left_out = found.links()
    drawn = pd.concat([above, below])
    rest = found.all_pairs - len(drawn)
    leaves = f" {left_out} that are tied less are left to the matrix, lest lines cover the map." if left_out else ""
    return html.figure(
        facts.figure_number("portfolio", 3),
        title,
        "Solid: tied clearly more than chance would give, the wider the more; dashed: clearly less. Filled: tied more within.",
        groups.network(released, title),
        f"A map, since {say.several(len(found.names), facts.word)} can be told apart in one; places mean nothing. "
        f"{rest} of {found.all_pairs} pairs have no line.{leaves} {CHANCE} {CORRECTED}",
        _pairs(groups.Tied(drawn, found.names), facts),
        drawn,
    )


def _profile(released: Released, facts: Facts) -> Markup:
    ranked = groups.ranked(released)
    rest = len(ranked) - sum(groups.named(len(ranked)))
    why = f"The {facts.words} have too many pairs for a map or a matrix that can be read, so each is set beside chance."
    if rest:
        why += (
            f" The {rest:,} between the {groups.ENDS} highest and the {groups.ENDS} lowest are not named but in the data."
        )
    title = _closed(ranked, facts)
    return html.figure(
        facts.figure_number("portfolio", 3),
        title,
        f"Share of a {facts.word}’s ties that lead out of it, with 95% intervals; the upright bar is what chance would give",
        groups.profile(released, title),
        f"{why} {CHANCE}",
        _data(released, ["people.outside"], facts),
        ranked,
    )


@worded
def _closed(ranked: pd.DataFrame, facts: Facts) -> str:
    below = int((comparisons.sides(ranked) == "below").sum())
    have = say.verb(below, "has", "have")
    return f"{below:,} of {len(ranked):,} {facts.words} {have} fewer ties leading out than chance would give"


@worded
def _apart(found: groups.Tied, facts: Facts) -> str:
    """How many pairs of two groups differ clearly from chance, and which way."""
    above, below = ((found.across["place"] == place).sum() for place in ("above", "below"))
    if not above + below:
        return f"No pair of {facts.words} differs clearly from chance"
    parts = [f"{n} {'is' if n == 1 else 'are'} tied {way}" for n, way in ((above, "more"), (below, "less")) if n]
    return f"Of {found.all_pairs} pairs of {facts.words}, {say.join(parts)} than chance would give"


def _pairs(found: groups.Tied, facts: Facts) -> Markup:
    rows = []
    for _, row in found.pairs.iterrows():
        figure = Markup("at most {}").format(html.shown(row)) if row["at_most"] else html.shown(row)
        bounds = "" if row["at_most"] else say.bounds(row)
        rows.append([pair_of(row["group"], row["other"]), figure, bounds, int(row["n"])])
    columns = [(f"Pair of {facts.words}", ""), ("Figure", "num"), ("95% interval", "num"), ("People", "num")]
    return html.table("Ties of a pair over those expected", columns, rows, "data")


@worded
def _strategic(released: Released, facts: Facts) -> str:
    """A title for the figure: whether any group's strategic share differs clearly from the whole's."""
    whole, groups = released.get("people.share_strategic"), released.of("people.share_strategic")
    places = comparisons.sides(groups, whole["estimate"], facts.settings.report.useful_difference)
    apart, first = groups[places != "between"], comparisons.highest(groups)
    if apart.empty:
        return f"No {facts.word}’s strategic share differs clearly from the whole"
    if first in set(groups.loc[places == "above", "group"]):
        return f"{first} has the highest strategic share of all {facts.words} shown"
    some = say.join(apart["group"]) if len(apart) <= comparisons.FEW else say.several(len(apart), facts.word)
    differ = say.verb(len(apart), "differs", "differ")
    return f"{say.sentence(some)} {differ} clearly from the whole in strategic share"


@worded
def _open(released: Released, facts: Facts) -> str:
    """That every group lies below, if so: of all together that takes no correction (intersection-union: Berger 1982)."""
    groups = released.of("people.e_i")
    hidden = " shown" if released.held_back.get("people.e_i") else ""
    all_below = bool((groups["high"] < groups["reference"]).all())
    return f"No {facts.word}{hidden} reaches the openness its size alone would give" if all_below else ""


def _data(released: Released, measures: list[str], facts: Facts) -> Markup:
    tables = []
    for measure in measures:
        rows = released.of(measure)
        if len(rows):
            columns = [(say.sentence(facts.word), ""), ("Figure", "num"), ("95% interval", "num"), ("People", "num")]
            caption = facts.worded(rows["label"].iloc[0]) + bounded.told_of_table(len(rows), facts.word)
            shown = rows[rows["group"].isin(bounded.largest([rows]))]
            tables.append(html.table(caption, columns, html.claim_rows(shown), "data"))
    return Markup("").join(tables)
