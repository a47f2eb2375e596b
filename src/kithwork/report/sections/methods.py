"""How the figures were made, what was assumed, and how to make them again."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.section import Facts

TOPIC = "Methods"
STAGE = "report"


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Definitions, the stated strengths of the signs, every method used, and provenance."""
    terms = [
        ("Smallest group", f"{released.smallest_group} people. Smaller groups are held back [c]; another is held back with a "
         "lone small one, so that nothing can be found by subtraction. Figures are rounded."),
        ("Intervals", "95%. They hold what resampling people, and drawing the kinds of each tie, would change."),
        ("Words", "“Above” and “below” need the whole interval on that side; “clearly” needs the smallest useful difference too."),
        ("Data", facts.settings.engagement.terms),
    ]  # fmt: skip
    listed = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(term, text) for term, text in terms)
    signs = [
        [kind.capitalize(), sign.replace("_", " "), f"{low:g} to {high:g}"]
        for kind, strengths in facts.settings.engagement.signs.items()
        for sign, (low, high) in strengths.items()
    ]
    methods = released.claims.groupby("method", sort=True)["measure"].agg(lambda names: say.join(sorted(set(names))))
    used = [[method, measures] for method, measures in methods.items()]
    origin = [[name, Markup("<code>{}</code>").format(value)] for name, value in facts.provenance.items()]
    return "How these numbers were made, and how to make them again", [
        Markup('<dl class="m">{}</dl>').format(listed),
        html.table(
            "Signs of kind: the chance that the sign alone makes a tie of that kind. Assumed, not measured",
            [("Kind", ""), ("Sign", ""), ("Strength, 0 to 1", "num")],
            signs,
            "data",
        ),
        html.table("Methods, and the claims made with them", [("Method", ""), ("Claims", "f")], used, "ct txt"),
        html.table("Provenance", [("Item", ""), ("Value", "f")], origin, "ct txt"),
    ]
