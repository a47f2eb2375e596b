"""Whether a group's mean stands for a view its people share: asked before any group's mean is shown.

It does where people of the middle group agree, by a median rwg(j) of `change.agreed_at` or more, and groups differ more
than by chance, by an F test at 5 % (James, Demaree & Wolf 1984; Bliese 2000; LeBreton & Senter 2008, Organ. Res. Methods
11:815). Otherwise the mean is the average of differing views, and is to be called so. Figures are of people with a score
(`scales`) and a group; of groups of one there is no rwg(j).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.change.consensus import SKEWED, rwg
from kithwork.change.intraclass import Anova, anova
from kithwork.change.scales import CALLED, asked, grid, scored
from kithwork.claims import Ledger
from kithwork.estimates import Estimate, from_draws
from kithwork.params import Settings
from kithwork.tables import AGREEMENT

BY_CHANCE = 0.05
"""P from which differences between groups count as chance."""
OF_F = "one-way analysis of variance (Bliese 2000); interval of F (McGraw & Wong 1996)"
FIGURES = {
    "icc1": ("Share of differences in {} that lies between groups, ICC(1)", f"ICC(1) of a {OF_F}"),
    "icc2": ("Reliability of groups' means of {}, ICC(2)", f"ICC(2) of a {OF_F}"),
    "rwg": (
        "Agreement on {} within the middle group, rwg(j)",
        "Median over groups of rwg(j) beside even answers (James, Demaree & Wolf 1984); bootstrap over groups (Efron 1979)",
    ),
}
"""Label and method of each figure that is claimed."""


@dataclass(frozen=True)
class Agreement:
    """`table`: AGREEMENT, a row per scale that was asked; `shared`: names of those whose group means are shared views."""

    table: pd.DataFrame
    shared: frozenset[str]
    agreed_at: float

    def claims(self, ledger: Ledger) -> None:
        """Add ICC(1), ICC(2) and the median rwg(j) of every scale they could be computed of."""
        for row in self.table.to_dict("records"):
            for name, (label, method) in FIGURES.items():
                if np.isnan(row[name]):
                    continue
                agreed = name == "rwg"
                ledger.add(
                    f"{name}.{row['scale']}",
                    label.format(CALLED[row["scale"]]),
                    Estimate(row[name], row[f"{name}_low"], row[f"{name}_high"], row["people"]),
                    unit="index",
                    method=method,
                    reference=self.agreed_at if agreed else None,
                    reference_label="declared threshold" if agreed else None,
                )


def agreement(answers: pd.DataFrame, people: pd.DataFrame, settings: Settings, rng: np.random.Generator) -> Agreement:
    """Of every scale that was asked, by the units of `people`."""
    unit, rows = people.set_index("person_id")["unit"].dropna(), []
    for scale in asked(answers):
        given = grid(answers, scale)
        scores = scored(given[unit.index.get_indexer(given.index) >= 0])
        if scores.empty:
            continue
        codes = pd.factorize(unit.reindex(scores.index), sort=True)[0]
        values = given.loc[scores.index].to_numpy()
        rows.append({"scale": scale, **_measured(scores.to_numpy(), values, codes, settings, rng)})
    table = AGREEMENT.checked(pd.DataFrame(rows)) if rows else AGREEMENT.empty()
    return Agreement(table, frozenset(table.loc[table["shared"], "scale"]), settings.change.agreed_at)


def _measured(
    scores: np.ndarray, values: np.ndarray, codes: np.ndarray, settings: Settings, rng: np.random.Generator
) -> dict:
    """Columns of one scale in AGREEMENT."""
    within, skewed = rwg(values, codes), rwg(values, codes, SKEWED)
    within, skewed = within[~np.isnan(within)], skewed[~np.isnan(skewed)]
    found, middle = anova(scores, codes), _median(within, len(scores), settings, rng)
    figures = {"icc1": found and found.icc1(), "icc2": found and found.icc2(), "rwg": middle}
    row = {"people": len(scores), "groups": len(np.unique(codes)), "rwg_groups": len(within)}
    for name, one in figures.items():
        ends = (None, None, None) if one is None else (one.estimate, one.low, one.high)
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))
    told = middle is not None
    row |= {
        "f": found.f if found else None,
        "p": found.p if found else None,
        "rwg_skewed": float(np.median(skewed)) if told else None,
        "agreeing": float((within >= settings.change.agreed_at).mean()) if told else None,
    }
    why = _why_not(found, middle, settings)
    return row | {"shared": why is None, "why": why}


def _median(within: np.ndarray, people: int, settings: Settings, rng: np.random.Generator) -> Estimate | None:
    """rwg(j) of the middle group, with the bootstrap over groups; None for fewer than two."""
    if len(within) < 2:
        return None
    picks = rng.integers(0, len(within), (settings.change.resamples, len(within)))
    return from_draws(float(np.median(within)), np.median(within[picks], axis=1), people)


def _why_not(found: Anova | None, middle: Estimate | None, settings: Settings) -> str | None:
    """Why a group's mean is no shared view, in words; None where it is."""
    if found is None or middle is None:
        return "too few groups of two people or more, or all answers alike: it cannot be told"
    why = []
    if middle.estimate < settings.change.agreed_at:
        why.append(f"people of the middle group agree by {middle.estimate:.3f}, below {settings.change.agreed_at:g}")
    if found.p >= BY_CHANCE:
        why.append(f"groups differ no more than by chance (F {found.f:.2f}, p {found.p:.3f})")
    return "; ".join(why) or None
