"""Scales: each person's score, and whether the items of a scale go together well enough to be reported as one.

A person's score is the mean of the items answered, reversed ones turned, 1-5 as 0-100; given only where at least two
thirds of the items were answered, as a mean of fewer stands for too much that was not said (Graham 2009, Annu. Rev.
Psychol. 60:549). Of the values two items of three are asked of each person: both have to be answered.

A scale is reported as one where all of this holds:
- alpha or omega, as estimated, reaches `change.reliable_at`. The usual .70 is a standard for the coefficient itself
  (Nunnally 1978, 245; Lance, Butts & Michels 2006, Organ. Res. Methods 9:202); asked of the low end of an interval it
  would turn sound scales away for few answers. Alpha is too low where items load unequally (Sijtsma 2009, Psychometrika
  74:107), so omega may stand in for it;
- the low end of that coefficient's interval lies above one half: at the least, more of the score is shared than is error;
- the items measure one thing by parallel analysis; a composite no more things than it has parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from kithwork import replicates
from kithwork.change import consistency, one_factor
from kithwork.change.dimensions import dimensions
from kithwork.claims import Ledger
from kithwork.estimates import Estimate, expanded, from_draws
from kithwork.params import Settings
from kithwork.scales import HIGH, LOW, names, of, reversed_
from kithwork.tables import ITEM_RESTS, RELIABILITY

COMPOSITES = {"readiness": ("commitment", "efficacy")}
"""Scales made of other ones; what the parts have in common is what it is for (Shea et al. 2014, Implement. Sci. 9:7)."""
SCALES = (*COMPOSITES, *names())
"""Every scale that is scored."""
CALLED = {
    "readiness": "readiness for the change",
    "commitment": "commitment to the change",
    "efficacy": "confidence of managing the change",
    "belief": "belief that the change is right",
    "support": "support by leaders",
    "gain": "what the change holds for oneself",
    "candour": "candour",
    "purpose": "purpose",
    **{f"V{number}": f"value {number}" for number in range(1, 11)},
}
"""The scales in words."""
ANSWERED = (2, 3)
"""Share of a scale's items that a person has to have answered for a score."""
FEWEST = 10
"""People who answered two items or more, below which nothing is said of how items go together."""
HALF = 0.5
"""Share of a score that its items must share, at the low end of the interval."""
BOOTSTRAP = "bootstrap over people (Efron 1979)"
CORRECTED = "bootstrap over people, corrected for its bias (Efron 1981)"


def items(scale: str) -> list[str]:
    """The items of a scale or composite, in the order asked."""
    return [item for part in COMPOSITES.get(scale, (scale,)) for item in of(part)]


def asked(answers: pd.DataFrame) -> list[str]:
    """The scales of which anybody answered an item, in the order of `SCALES`."""
    told = set(answers["item"])
    return [scale for scale in SCALES if not told.isdisjoint(items(scale))]


def grid(answers: pd.DataFrame, scale: str) -> pd.DataFrame:
    """(people, items) answers of 1 to 5, reversed items turned, NaN where none; a row for each person with any, by id."""
    own = reversed_(answers[answers["item"].isin(items(scale))])
    return own.pivot(index="person_id", columns="item", values="value").reindex(columns=items(scale)).astype(float)


def score(answers: pd.DataFrame, scale: str) -> pd.Series:
    """Each person's score, 0 to 100, by person_id; those who answered too few of its items have none."""
    return scored(grid(answers, scale)).rename(scale)


def scored(given: pd.DataFrame) -> pd.Series:
    """The same of a `grid`."""
    some, all_ = ANSWERED
    enough = all_ * given.notna().sum(axis=1) >= some * given.shape[1]
    return (given[enough].mean(axis=1) - LOW) / (HIGH - LOW) * 100


@dataclass(frozen=True)
class Reliability:
    """`table`: RELIABILITY, a row per scale with any answers; `items`: ITEM_RESTS; `reliable`: names of those that are."""

    table: pd.DataFrame
    items: pd.DataFrame
    reliable: frozenset[str]
    reliable_at: float

    def claims(self, ledger: Ledger) -> None:
        """Add alpha, and omega where there is one, of every scale: of those that are not reliable too."""
        for row in self.table.to_dict("records"):
            for name, method in (
                ("alpha", f"Cronbach's alpha (Cronbach 1951) of pairwise covariances; {BOOTSTRAP}"),
                (
                    "omega",
                    f"McDonald's omega (McDonald 1999), one factor by maximum likelihood (Jöreskog 1967); {CORRECTED}",
                ),
            ):
                if np.isnan(row[name]):
                    continue
                ledger.add(
                    f"{name}.{row['scale']}",
                    f"How far answers on {CALLED[row['scale']]} go together ({name})",
                    Estimate(row[name], row[f"{name}_low"], row[f"{name}_high"], row["people"]),
                    unit="index",
                    method=method,
                    reference=self.reliable_at,
                    reference_label="declared threshold",
                )


def reliability(answers: pd.DataFrame, settings: Settings, rng: np.random.Generator) -> Reliability:
    """Whether each scale that was asked can be reported as one. `answers` as in the table of that name."""
    rows, rests = [], []
    for scale in asked(answers):
        given = grid(answers, scale)
        row, own = _measured(given, scale, settings, rng)
        rows.append({"scale": scale, "items": given.shape[1], "scored": len(scored(given)), **row})
        rests += [{"scale": scale, **one} for one in own]
    table = RELIABILITY.checked(pd.DataFrame(rows)) if rows else RELIABILITY.empty()
    own = ITEM_RESTS.checked(pd.DataFrame(rests)) if rests else ITEM_RESTS.empty()
    return Reliability(table, own, frozenset(table.loc[table["reliable"], "scale"]), settings.change.reliable_at)


def _measured(given: pd.DataFrame, scale: str, settings: Settings, rng: np.random.Generator) -> tuple[dict, list[dict]]:
    """Columns of one scale in RELIABILITY, and its rows of ITEM_RESTS."""
    values = given.to_numpy()
    values = values[(~np.isnan(values)).sum(axis=1) >= 2]
    n = len(values)
    row = {"people": n} | dict.fromkeys(
        f"{name}{end}" for name in ("alpha", "omega", "mean_r") for end in ("", "_low", "_high")
    )
    none = row | {"dimensions": None, "reliable": False, "why": f"answered by fewer than {FEWEST} people"}
    if n < FEWEST:
        return none, []
    spread = consistency.covariances(values)
    drawn = consistency.covariances(values, replicates.counts(n, settings.change.resamples, rng))
    several = {"alpha": consistency.alpha, "mean_r": consistency.mean_r}
    if values.shape[1] >= one_factor.FEWEST:
        several["omega"] = one_factor.omega
    figures = {name: _estimated(of(spread)[0], of(drawn), n, name == "omega") for name, of in several.items()}
    if figures["alpha"] is None:
        return none | {"why": "its items, or answers to them, do not vary enough to tell"}, []
    for name, one in figures.items():
        if one is not None:
            row |= {name: one.estimate, f"{name}_low": one.low, f"{name}_high": one.high}
    things = dimensions(values, rng)
    why = _why_not(figures["alpha"], figures.get("omega"), things, len(COMPOSITES.get(scale, (scale,))), settings)
    return row | {"dimensions": things, "reliable": why is None, "why": why}, _item_rests(given, spread, drawn, n)


def _estimated(figure: float, draws: np.ndarray, n: int, corrected: bool = False) -> Estimate | None:
    """With its bootstrap interval; None where figure or draws cannot be computed."""
    draws = draws[np.isfinite(draws)]
    if not np.isfinite(figure) or not len(draws):
        return None
    return from_draws(figure, draws, n, _moved(expanded(n), figure, draws) if corrected else expanded(n))


def _moved(tails: tuple[float, float], figure: float, draws: np.ndarray) -> tuple[float, float]:
    """Tails, in %, moved by twice the z of the share of draws below the figure (Efron 1981, Can. J. Stat. 9:139).

    Where answers are missing a loading is now and then far too high, in the resamples as in the sample: omega's draws lie
    above it, as it lies above the truth.
    """
    normal = NormalDist()
    below = (np.sum(draws < figure) + 0.5) / (len(draws) + 1)
    low, high = (100 * normal.cdf(2 * normal.inv_cdf(below) + normal.inv_cdf(tail / 100)) for tail in tails)
    return low, high


def _item_rests(given: pd.DataFrame, spread: np.ndarray, drawn: np.ndarray, n: int) -> list[dict]:
    """A row per item: its correlation with the rest, and alpha without it."""
    own, draws = consistency.item_rest(spread)[0], consistency.item_rest(drawn)
    without = consistency.alpha_without(spread)[0] if given.shape[1] > 2 else np.full(given.shape[1], np.nan)
    rows = []
    for at, item in enumerate(given.columns):
        one = _estimated(own[at], draws[:, at], n)
        ends = (None, None, None) if one is None else (one.estimate, one.low, one.high)
        people = int(given[item].notna().sum())
        rows.append(
            {
                "item": item,
                "people": people,
                **dict(zip(("item_rest", "low", "high"), ends, strict=True)),
                "alpha_without": without[at],
            }
        )
    return rows


def _why_not(alpha: Estimate, omega: Estimate | None, things: int | None, parts: int, settings: Settings) -> str | None:
    """Why the scale is not to be reported as one, in words; None where it is."""
    at = settings.change.reliable_at
    told = {name: one for name, one in (("alpha", alpha), ("omega", omega)) if one is not None}
    words = ", ".join(f"{name} {one.estimate:.3f} ({one.low:.3f} to {one.high:.3f})" for name, one in told.items())
    reaching = [one for one in told.values() if one.estimate >= at]
    if not reaching:
        return f"{words}: below {at:g}"
    if all(one.low <= HALF for one in reaching):
        return f"{words}: may be no more than {HALF:g}, as likely as not error"
    if things is None:
        return f"{words}: too few answered the same items to tell how many things they measure"
    if things == 0:
        return f"{words}: items go together no more than by chance"
    if things > parts:
        return f"{words}: items measure {things} things, not {'one' if parts == 1 else parts}"
    return None
