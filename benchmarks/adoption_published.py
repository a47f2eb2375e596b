"""Figures that others report of two adoption studies, and how many of them come out of the same files.

- The READMEs of the two folders: likeness .255 against .144 (sd .032) within villages among Brazilian farmers, p about
  .003; .025 against -.015 within cities among the physicians of Coleman, Katz & Menzel, p about .26. Both one-sided,
  over all nominations inside the sample, each once whatever the relation. The farmers' 46 self-nominations count in
  theirs; the toolkit leaves them out.
- netdiffuseR 1.20.2, reference pages summary.diffnet (physicians, months 1 to 18), classify_adopters (farmers, per cent
  of all people; those of the last year taken as non-adopters) and diffreg (physicians: glm of adoption on exposure the
  month before, city, years in practice and month). Printed figures are held against to their last decimal.
- Logits of the physicians by month: β .175, p .47; with month effects −.097, p .77; 981 person-months, 109 events
  (after Van den Bulte & Lilien 2001, Am. J. Sociol. 106:1409).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm

from benchmarks import adoption_studies
from benchmarks.adoption_studies import Study
from benchmarks.figures import Figure
from kithwork.change.alike import by_chance, likeness
from kithwork.change.exposure import exposures
from kithwork.change.peers import FOUND, NOT_FOUND, PeerEffect
from kithwork.change.spread_tables import adopter_table, spread_table

REPORTED = {
    "brazilian_farmers": (0.255, 0.144, 0.003, FOUND),
    "ckm_physicians": (0.025, -0.015, 0.26, NOT_FOUND),
}
"""Likeness, mean of deals within groups, p one-sided, and what a tool ought to say."""

PHYSICIANS = """
11 11 0.09 - 0.02 0.07 0.03 **
9 20 0.16 0.08 0.02 0.04 0.03
9 29 0.23 0.09 0.02 -0.03 0.03
11 40 0.32 0.11 0.02 -0.02 0.03
11 51 0.41 0.13 0.02 -0.06 0.03
11 62 0.50 0.15 0.02 -0.02 0.03
13 75 0.60 0.21 0.02 -0.00 0.03
7 82 0.66 0.14 0.02 0.01 0.03
4 86 0.69 0.09 0.02 0.01 0.03
1 87 0.70 0.03 0.02 0.01 0.03
5 92 0.74 0.13 0.02 0.02 0.03
3 95 0.76 0.09 0.02 0.02 0.03
3 98 0.78 0.10 0.02 0.01 0.03
4 102 0.82 0.15 0.02 0.04 0.03
4 106 0.85 0.17 0.02 0.05 0.03 *
2 108 0.86 0.11 0.02 0.03 0.03
1 109 0.87 0.06 0.02 0.02 0.03
16 125 1.00 1.00 0.02 - -
"""
"""Month by month: adopters, cumulative, share, hazard, density, Moran's I, its sd, and stars (** p ≤ .05, * p ≤ .1)."""

FARMERS = {
    "early adopters": (6.21, 2.89, 0.58, 0.87),
    "early majority": (6.94, 8.24, 3.61, 3.61),
    "late majority": (4.91, 7.95, 6.79, 12.72),
    "laggards": (1.16, 0.87, 1.73, 8.96),
}
"""Per cent of people by time of adoption, and by threshold from very low to very high; 21.97 had not adopted."""

DIFFREG = ((-3.17030, 0.34339), (-0.23786, 0.30608), (-0.18010, 0.29894), (-0.24595, 0.29236), (-0.26689, 0.30147),
           (0.18482, 0.06292), (0.11016, 0.02696))  # fmt: skip
"""Estimate and standard error: constant, exposure, three cities, years in practice, month."""


def reproduced(where: Path, study: Study, found: PeerEffect, rng: np.random.Generator) -> list[Figure]:
    """What is reported of the study in this folder, by its name; nothing of any other."""
    name = where.name
    if name not in REPORTED:
        return []
    r, chance, p, says = REPORTED[name]
    times = np.minimum(study.adoptions.week, study.adoptions.weeks).astype(float)
    observed = float(likeness(study.net, times[None, :])[0])
    deals = by_chance(study.net, times, study.groups, 9_999, rng)
    above = float((1 + (deals >= observed).sum()) / 10_000)
    figures = [
        Figure(f"{name}: called {says}", (float(found.verdict == says),), "", 1, "exactly"),
        Figure(f"{name}: likeness over all nominations, from the {r} reported", (abs(observed - r),), "", 0.001),
        Figure(f"{name}: mean of deals, from the {chance} reported", (abs(float(deals.mean()) - chance),), "", 0.01),
        Figure(f"{name}: sd of deals", (float(deals.std()),), ""),
        Figure(f"{name}: p one-sided over all nominations ({p} reported)", (above,), ""),
    ]
    return figures + (_physicians(where) if name == "ckm_physicians" else _farmers(where))


def matched(name: str, ours: list[float], printed: list[float], last: float | np.ndarray) -> Figure:
    """How many of the printed figures come out, to their last decimal."""
    same = np.abs(np.array(ours) - np.array(printed)) <= last / 2 + 1e-9
    return Figure(f"{name}: of {len(same)} printed figures the same", (float(same.sum()),), "", len(same), "exactly")


def _physicians(where: Path) -> list[Figure]:
    study = adoption_studies.diffnet(where, last_had_not=False)
    table = spread_table(study.net, study.adoptions)
    ours, printed, stars = [], [], []
    columns = ["adopters", "cumulative", "share", "hazard", "density", "moran", "moran_sd"]
    for (_, row), line in zip(table.iterrows(), PHYSICIANS.strip().splitlines(), strict=True):
        for column, word in zip(columns, line.split(), strict=False):
            if word != "-":
                ours.append(row[column])
                printed.append(float(word))
        level = sum(row["moran_p"] <= p for p in (0.1, 0.05, 0.01))
        stars.append(level == line.count("*"))
    name = "ckm_physicians: netdiffuseR's"
    return [
        matched(f"{name} summary.diffnet", ours, printed, 0.01),
        Figure(f"{name} stars of Moran's I: of 18 the same", (float(sum(stars)),), "", 18, "exactly"),
        *_logits(where, study),
    ]


def _farmers(where: Path) -> list[Figure]:
    study = adoption_studies.diffnet(where, last_had_not=True)
    kinds = adopter_table(study.net, study.adoptions).set_index(["time", "threshold"])["share"] * 100
    levels = ("very low", "low", "high", "very high")
    ours = [kinds[time, level] for time in FARMERS for level in levels] + [kinds["not adopted", "not adopted"]]
    printed = [figure for of in FARMERS.values() for figure in of] + [21.97]
    return [matched("brazilian_farmers: netdiffuseR's classify_adopters", ours, printed, 0.01)]


def _logits(where: Path, whole: Study) -> list[Figure]:
    """Plain logits of adopting in a month; here who heeds nobody has an exposure of 0."""
    nodes = pd.read_csv(where / "netdiffuseR_nodes.csv").set_index("node_id")
    nodes = nodes.loc[pd.read_csv(where / "diffnet_toa.csv")["id"]]
    ends = []
    for study in (whole, adoption_studies.diffnet(where, last_had_not=True)):
        before = np.vstack([np.zeros(len(nodes)), np.nan_to_num(exposures(study.net, study.adoptions))[:-1]])
        month, who = np.nonzero(study.adoptions.week >= np.arange(study.adoptions.weeks)[:, None])
        ends.append((month, who, before[month, who], study.adoptions.week[who] == month))
    (month, who, exposed, adopts), (until, _, before, adopting) = ends
    years, city = nodes["proage"].to_numpy(float)[who], nodes["city"].to_numpy()[who]
    by = np.column_stack([np.ones(len(who)), exposed, city == 2, city == 3, city == 4, years, month + 1])
    known = (month > 0) & ~np.isnan(years)
    coefficients = np.column_stack(_logit(adopts[known], by[known]))
    plain, error = _logit(adopting, np.column_stack([np.ones(len(before)), before]))
    tells = np.isin(until, until[adopting])
    monthly, spread = _logit(
        adopting[tells], np.column_stack([before, until[:, None] == np.unique(until[adopting])])[tells]
    )
    p, p_monthly = 2 * norm.sf(abs(plain[1] / error[1])), 2 * norm.sf(abs(monthly[0] / spread[0]))
    name = "ckm_physicians"
    return [
        matched(f"{name}: netdiffuseR's diffreg", coefficients.ravel().tolist(), np.ravel(DIFFREG).tolist(), 0.00001),
        matched(f"{name}: person-months and events", [len(until), adopting.sum()], [981, 109], 1),
        matched(f"{name}: logit of exposure, its p", [plain[1], p], [0.175, 0.47], np.array([0.001, 0.01])),
        matched(f"{name}: the same with month effects", [monthly[0], p_monthly], [-0.097, 0.77], np.array([0.001, 0.01])),
    ]


def _logit(y: np.ndarray, by: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients of a logistic regression and their standard errors, by Newton's method."""
    beta = np.zeros(by.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-by @ beta))
        inverse = np.linalg.inv((by * (p * (1 - p))[:, None]).T @ by)
        beta = beta + inverse @ (by.T @ (y - p))
    return beta, np.sqrt(np.diag(inverse))
