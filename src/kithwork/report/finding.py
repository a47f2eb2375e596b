"""What a finding of the summary is: a sentence, the claim behind it, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from kithwork.tables import ASSUMED, ESTIMATED

BASIS = {
    "measured": "Measured",
    "said": "As people answered",
    ESTIMATED: "Estimated from what people said",
    ASSUMED: "Rests on stated assumptions",
    "scenario": "Scenario, not a measurement",
}
"""What a finding may rest on: `measured`; `said` in answer to a survey; of kinds of tie `estimated` from what people
said, or `assumed` by the stated strengths of signs; or `scenario`."""

STRATEGIC, RISK, GOOD, ACTS = "strategic ties", "a limit or a risk", "good news", "an action"
"""What a finding may be about that the summary must not lack; and whether its indicator's own action is due."""


@dataclass(frozen=True)
class Finding:
    """One sentence, what stands behind it, its claim, the section that shows it, and what it rests on.

    `figure` names the claim's figure and `spread` its interval. `others`: ids of further claims that the sentence rests on;
    of them those of groups are the ones that it names. `about`: of `STRATEGIC`, `RISK`, `GOOD`, `ACTS` those that it is.
    `effect`: how much it is about, in the claim's unit, where that is not the distance from the claim's reference.
    """

    title: str
    text: str
    claim: pd.Series
    section: str
    basis: str
    figure: str
    spread: str = "95% interval"
    others: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    effect: float | None = None

    def inner(self, number: object = "", foot: Markup | None = None) -> Markup:
        """The finding as it stands in the summary: sentence, figure, interval, and what it rests on."""
        from kithwork.report import html
        from kithwork.report import sentences as say

        ends = html.scale(self.claim)
        chip = Markup('<span class="chip">{}</span>').format(BASIS[self.basis])
        return Markup(
            '<p class="ft">{}{}</p><div class="key">{}<div class="kt">{} <span class="ci">{}</span>{}</div></div>'
            '<p class="foot">{}{}</p>'
        ).format(
            Markup('<span class="no">{}</span>').format(number) if number else "",
            self.title,
            html.shown(self.claim),
            self.text,
            say.interval(self.claim, self.spread),
            html.strip(self.claim, *ends, width=130) if ends else "",
            chip,
            foot or "",
        )

    def _repr_html_(self) -> str:
        return Markup('<ul class="finds"><li>{}</li></ul>').format(self.inner())
