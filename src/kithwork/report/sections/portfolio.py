"""The relationship portfolio: what kinds of tie there are, by group, and whether ties cross groups."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.params import KINDS
from kithwork.release import Released
from kithwork.report import figures, html
from kithwork.report import sentences as say
from kithwork.report.findings import composition, crossing
from kithwork.report.section import Facts

TOPIC = "Relationship portfolio"
STAGE = "ties"
MEANING = {
    "personal": "ties are chosen and would outlast the job",
    "functional": "ties come with the job",
    "strategic": "ties open new thinking, markets and access",
}


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Shares of the kinds with intervals, for the whole and by group; then E-I by group against group sizes."""
    shares = {k: c for k in KINDS if (c := released.get(f"people.share_{k}")) is not None}
    if not shares:
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
    groups = released.of("people.share_strategic")
    if len(groups):
        ranked = _spread(released, facts.settings.report.useful_difference)
        body.append(
            html.figure(
                "3.1",
                ranked,
                f"Share of the portfolio by kind and {facts.word}, per cent",
                figures.portfolio(released, ranked),
                "Each bar adds to 100%. Intervals hold both the doubt about kinds and who was there to ask; "
                f"n from {groups['n'].min()} to {groups['n'].max()} people.",
                _data(released, [f"people.share_{kind}" for kind in shares]),
            )
        )
        body.append(
            html.held_back(released.held_back.get("people.share_strategic", 0), released.smallest_group, facts.word)
        )
    if boundary is not None and len(released.of("people.e_i")):
        title = (
            f"No {facts.word} reaches the openness its size alone would give" if _all_below(released) else boundary.title
        )
        body.append(
            html.figure(
                "3.2",
                title,
                f"E-I index by {facts.word}, with 95% intervals; the upright bar is what its size alone would give",
                figures.boundaries(released, title),
                f"Whole: {say.number(boundary.claim['estimate'], 'index')}, {say.interval(boundary.claim)}. "
                "Ties with somebody in no known group are left out.",
                _data(released, ["people.e_i"]),
            )
        )
    body.append(
        html.so_what(
            f"Look for the {facts.word}s that most need a bridge, and ask who could build it, before asking people for more ties.",
            "That more strategic or more crossing ties would raise performance: the data show where ties are, not what they do.",
        )
    )
    return finding.title, body


def _mixture(shares: dict) -> Markup:
    parts: list[object] = ["Of the whole portfolio, "]
    for i, (kind, claim) in enumerate(shares.items()):
        parts += ["; " if i else "", html.with_interval(claim), " is ", html.kind(kind)]
    return html.paragraph(*parts, ".")


def _spread(released: Released, useful: float) -> str:
    """A title for the figure: whether any group's strategic share differs clearly from the whole's."""
    whole, groups = released.get("people.share_strategic"), released.of("people.share_strategic")
    apart = groups[(groups["low"] > whole["estimate"] + useful) | (groups["high"] < whole["estimate"] - useful)]
    if apart.empty:
        return "No group's strategic share differs clearly from the whole"
    differ = "differs" if len(apart) == 1 else "differ"
    return f"{say.sentence(say.join(apart['group']))} {differ} clearly from the whole in strategic share"


def _all_below(released: Released) -> bool:
    groups = released.of("people.e_i")
    return bool((groups["high"] < groups["reference"]).all())


def _data(released: Released, measures: list[str]) -> Markup:
    tables = []
    for measure in measures:
        rows = released.of(measure)
        if len(rows):
            columns = [("Group", ""), ("Figure", "num"), ("95% interval", "num"), ("People", "num")]
            tables.append(html.table(rows["label"].iloc[0], columns, html.claim_rows(rows), "data"))
    return Markup("").join(tables)
