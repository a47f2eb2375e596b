"""What changed since the wave before: each indicator's difference, honest about who took part in which.

An earlier wave is an engagement of its own. Its `scores.parquet` and `claims.parquet`, of `data/values/<that engagement>/`,
lie in `data/raw/<this engagement>/previous/`. People are the same by their pseudonym, so both waves must have been made
with one key. The difference is that of the two figures as they were published; who is behind both narrows its interval
(`turnover.py`). Beside it stands the change among those who are behind both alone. Where the two have opposite signs, who
takes part has changed what is measured.

Of many indicators some seem to change by chance alone: `changed` are those that Benjamini and Hochberg (1995, J. R. Stat.
Soc. B 57:289) let be called so at a rate of 5 %.

Whoever withdrew since is taken out of the scores of the wave before: of every indicator who withdrew all, and of those that
are no self-report who withdrew records, or what others said. The figure that was published of the wave before stands.

What the gate counts (`people`). Who knows two figures, and who came and went between them, could tell of the few who did. A
change is about those whose part in it moved: who came, who went, and who stayed and gives another figure than before. It is
held back where fewer than the smallest group moved, as where either figure is about fewer; where more moved, they cover one
another, since nobody knows of all of them by how much. Its `n` is the smaller of the two waves', from which nobody can take
how many are behind both. The change among those who took part both times tells, beside the other, of those who came and of
those who went: it is held back where either are some, but fewer than the smallest group. The counts in the table `changes`
are not for print.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import Estimate
from kithwork.tables import APART, CHANGES, MATCHED
from kithwork.values import VALUES, turnover
from kithwork.values.evidence import Evidence, Measured
from kithwork.values.groups import AS_FOUND
from kithwork.values.indicator import Indicator
from kithwork.values.scorecard import Scorecard, declared
from kithwork.values.turnover import Sums, Turnover

RATE = 0.05
"""Share of those called changes that may be none."""
CHANGE, PANEL = "_change", "_change_panel"
"""What the claims of an indicator's change end in, of all, and of those who took part both times."""
NO_INDICATOR = ("composite", AS_FOUND, CHANGE, PANEL)
"""What claims of a value end in that are of no indicator."""
STRANGERS = "Nobody of this wave is found in the one before: pseudonyms of both must be made with one key."
METHODS = {
    MATCHED: "Difference of two waves; who took part in both is set against the own earlier part (Särndal et al. 1992)",
    APART: "Difference of two waves taken as independent, which errs towards wide (Zou & Donner 2008)",
}


@dataclass(frozen=True)
class Figure:
    """One wave's figure of an indicator, its unit, and the people whom the gate counts."""

    estimate: Estimate
    unit: str
    people: int


@dataclass(frozen=True)
class Change:
    """One indicator's change. `sums`: people's parts, where they are known; `gone`: people who withdrew since, and are in
    none of them. `panel`: the change among those behind both figures."""

    definition: str
    before: Figure
    now: Figure
    found: Turnover
    compared: str
    sums: Sums | None = None
    gone: int = 0
    panel: Turnover | None = None
    q: float = 1.0

    @property
    def people(self) -> int:
        """Whom the change could tell of: those behind the smaller figure, or those who moved, where these are fewer."""
        moved = 0 if self.sums is None else int(self.sums.moved.sum()) + self.gone
        return _fewest(self.before.people, self.now.people, moved)

    @property
    def panel_people(self) -> int:
        """Whom it could tell of beside the change among those behind both."""
        stayed = self.sums.among(self.sums.both)
        came, went = int(self.sums.only_now.sum()), int(self.sums.only_before.sum()) + self.gone
        return _fewest(self.people, int(self.sums.both.sum()), int(stayed.moved.sum()), came, went)

    @property
    def turned(self) -> bool:
        """Whether those behind both figures moved the other way than the figure."""
        return self.panel is not None and self.panel.change * self.found.change < 0


@dataclass(frozen=True)
class Changes:
    """What can be compared, by `value.indicator`, and why the rest cannot."""

    found: dict[str, Change]
    missing: dict[str, str]

    @property
    def note(self) -> str:
        """What is to be told where no person is found in both waves though both have scores of people; else nothing."""
        matched = [one.sums for one in self.found.values() if one.sums is not None]
        return STRANGERS if matched and not any(sums.both.any() for sums in matched) else ""

    @property
    def called(self) -> list[str]:
        """The indicators of which a change may be spoken."""
        return [name for name, one in self.found.items() if one.q <= RATE]

    def table(self) -> pd.DataFrame:
        """The `changes` table."""
        empty = dict.fromkeys(CHANGES.columns) | {"changed": False}
        rows = [empty | {"indicator": name, "missing": why} for name, why in self.missing.items()]
        for name, one in self.found.items():
            row = {"indicator": name, "before": one.before.estimate.estimate, "now": one.now.estimate.estimate}
            row |= {"change": one.found.change, "low": one.found.low, "high": one.found.high}
            row |= {"p": one.found.p, "q": one.q, "changed": one.q <= RATE, "compared": one.compared}
            if one.sums is not None:
                row |= {sort: int(getattr(one.sums, sort).sum()) for sort in ("both", "only_before", "only_now")}
            if one.panel is not None:
                row |= {"panel": one.panel.change, "panel_low": one.panel.low, "panel_high": one.panel.high}
            rows.append(empty | row)
        return CHANGES.checked(pd.DataFrame(rows)) if rows else CHANGES.empty()

    def claims(self, ledger: Ledger) -> None:
        """Add each change to the ledger, and that of those who took part both times where it goes the other way."""
        for name, one in self.found.items():
            n = min(one.before.estimate.n, one.now.estimate.n)
            _claim(ledger, f"{name}{CHANGE}", one, one.found, "Change since the wave before", n, one.people)
            if one.turned:
                alone = "Change since the wave before, of people in both waves"
                _claim(ledger, f"{name}{PANEL}", one, one.panel, alone, int(one.sums.both.sum()), one.panel_people)


def _claim(ledger: Ledger, measure: str, one: Change, found: Turnover, label: str, n: int, people: int) -> None:
    ledger.add(
        measure,
        f"{label}: {one.definition.rstrip('.')}",
        Estimate(found.change, found.low, found.high, n),
        unit="points" if one.now.unit == "%" else one.now.unit,
        method=METHODS[one.compared],
        reference=0.0,
        reference_label="no change",
        people=people,
    )


def compared(
    evidence: Evidence, card: Scorecard, earlier: tuple[pd.DataFrame, pd.DataFrame], opt_outs: pd.DataFrame
) -> Changes:
    """This wave beside the one before. `earlier`: its `scores` and `claims`, as `wave_before.previous` reads them; no rows
    where there was none. `opt_outs`: that table of this wave."""
    from scipy.stats import false_discovery_control

    scores, figures = earlier[0], _figures(earlier[1])
    if not figures:
        return Changes({}, {})
    this = card.scores(evidence)
    indicators = {f"{value}.{one.name}": one for value, of in declared().items() for one in of}
    found: dict[str, Change] = {}
    missing = {name: "is no indicator any more" for name in figures if name not in indicators}
    for name, indicator in indicators.items():
        before, now = figures.get(name), card.measured.get(name)
        if before is None and now is None:
            continue
        if why := _apart(before, now):
            missing[name] = why
            continue
        own = [frame.loc[frame["indicator"] == name, ["person_id", "top", "bottom"]] for frame in (scores, this)]
        found[name] = _change(indicator, before, now, *own, opt_outs)
    if found:
        adjusted = false_discovery_control([one.found.p for one in found.values()])
        found = {name: replace(one, q=float(q)) for (name, one), q in zip(found.items(), adjusted, strict=True)}
    return Changes(found, missing)


def _figures(claims: pd.DataFrame) -> dict[str, Figure]:
    """The figures of whole indicators among the claims of the wave before."""
    found = {}
    for row in claims[claims["group"].isna()].itertuples():
        _, value, *rest = row.id.split(".")
        if value in VALUES and len(rest) == 1 and not rest[0].endswith(NO_INDICATOR):
            figure = Estimate(row.estimate, row.low, row.high, int(row.n))
            found[f"{value}.{rest[0]}"] = Figure(figure, row.unit, int(row.people))
    return found


def _apart(before: Figure | None, now: Measured | None) -> str | None:
    """Why two waves' figures cannot be compared."""
    if before is None:
        return "was not measured in the wave before"
    if now is None:
        return "is not measured in this wave"
    if before.unit != now.unit:
        return f"was told in {before.unit} and is now told in {now.unit}"
    return None


def _change(
    indicator: Indicator, before: Figure, now: Measured, then: pd.DataFrame, this: pd.DataFrame, opt_outs: pd.DataFrame
) -> Change:
    """`then`, `this`: what each person adds to the figure in each wave; no rows where it is no sum over people."""
    after = Figure(now.estimate, now.unit, now.estimate.n if now.people is None else now.people)
    one = Change(indicator.definition, before, after, turnover.of_figures(before.estimate, after.estimate), compared=APART)
    scaled = _scaled(then, this, before, after)
    withdrew = opt_outs if not indicator.self_report else opt_outs[opt_outs["scope"] == "all"]
    if scaled is None:
        return one
    left = scaled[0][~then["person_id"].isin(withdrew["person_id"])]
    if min(len(left), len(this)) < turnover.FEWEST:
        return one
    sums = turnover.aligned(left, scaled[1])
    one = replace(one, sums=sums, gone=len(then) - len(left))
    if matched := turnover.of_people(sums, one.found.change):
        one = replace(one, found=matched, compared=MATCHED)
    stayed = sums.among(sums.both)
    if len(stayed.now) >= turnover.FEWEST:
        moved = turnover.ratio(stayed.now) - turnover.ratio(stayed.before)
        one = replace(one, panel=turnover.of_people(stayed, moved))
    return one


def _scaled(
    then: pd.DataFrame, this: pd.DataFrame, before: Figure, now: Figure
) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Both waves' parts with `top` multiplied so that Σ top / Σ bottom is the figure, in whatever scale each was kept; None
    where no scale can be told."""
    ratios = [turnover.ratio(frame[["top", "bottom"]].to_numpy(dtype=float)) for frame in (then, this)]
    told = [
        figure.estimate.estimate / ratio if ratio else np.nan for figure, ratio in zip((before, now), ratios, strict=True)
    ]
    own, other = (one if np.isfinite(one) and one else alike for one, alike in zip(told, told[::-1], strict=True))
    if not (np.isfinite(own) and np.isfinite(other)):
        return None
    return then.assign(top=then["top"] * own), this.assign(top=this["top"] * other)


def _fewest(*people: int) -> int:
    """The smallest of these numbers of people, nobody not counted."""
    return min(number for number in people if number)
