"""How many careless respondents are found, by kind, and how many careful people are flagged beside them.

    make bench-careless
    python -m benchmarks.careless <folder>      the same signs on answers of your own, a CSV a survey

Each survey is that of a simulated organisation whose people all answer with care; then known respondents are given other
answers wherever they gave one: at random, one column throughout (one answer in twenty slips), a staircase or zigzag (as
many slips), or at random from the middle of the questionnaire on. Durations are left out, so that the answers alone must
do; speed and attention can only add.

A folder holds CSV files with a row per respondent and a column per item, named by its scale and a number (`scaleA1`). Who
is careless there is not known: shares of signs are printed, and nothing is written.
"""

from __future__ import annotations

import re
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork import params, scales
from kithwork.cleaning.survey import careless, scale_means
from kithwork.simulation import simulate
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.tables import tables

SURVEYS, PEOPLE, WEEKS, FIRST_SEED = 20, 400, 12, 3000
SLIPS = 0.05
KINDS = ("random", "one column", "pattern", "random from the middle")
PATTERNS = ((1, 2, 3, 4, 5), (5, 4, 3, 2, 1), (1, 5), (2, 4), (1, 2, 3, 4, 5, 4, 3, 2))
SHARES = (0.0, 0.03, 0.12, 0.24)
"""Share of respondents who answer carelessly, of each kind a quarter."""
FLAGGED_AT_MOST = 0.02
FOUND_AT_LEAST = {"found: random": 0.75, "found: one column": 0.9, "found: pattern": 0.75}


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    if len(sys.argv) > 1:
        return looked_at(Path(sys.argv[1]))
    seeds = range(FIRST_SEED, FIRST_SEED + SURVEYS)
    with ProcessPoolExecutor(2) as hands:
        measured = list(hands.map(survey, seeds))
    figures = []
    for share in SHARES:
        names = sorted({name for one in measured for name in one[share]})
        for name in names:
            runs = tuple(float(one[share][name]) for one in measured)
            label, unit = f"{name}, {share:.0%} careless", "points" if "mean" in name else "share"
            if name == "careful people flagged":
                figures.append(Figure(label, (float(np.mean(runs)),), unit, FLAGGED_AT_MOST))
            else:
                figures.append(Figure(label, runs, unit, FOUND_AT_LEAST.get(name), "at least"))
    return publish("careless", figures)


def survey(seed: int) -> dict[float, dict[str, float]]:
    """For each share of careless respondents, what is flagged of careful ones and each kind, and how far means are off."""
    answers = tables(simulate(PEOPLE, WEEKS, seed, Knobs(careless=0)))["answers"]
    return {share: measured(careless.gridded(answers), share, np.random.default_rng(seed)) for share in SHARES}


def measured(wide: pd.DataFrame, share: float, rng: np.random.Generator) -> dict[str, float]:
    """One survey with so many planted."""
    kind = np.full(len(wide), "", dtype=object)
    who = rng.permutation(len(wide))[: round(share * len(wide))]
    kind[who] = np.resize(KINDS, len(who))
    grid = np.array([answered(row, of, rng) for row, of in zip(wide.to_numpy(dtype=float), kind, strict=True)])
    answers = long(pd.DataFrame(grid, wide.index, wide.columns))
    found = careless.careless(answers, None, params.read().clean.survey)
    flagged = found["flagged"].to_numpy()
    result = {"careful people flagged": flagged[kind == ""].mean()}
    if not share:
        return result
    truth = scores(long(wide[kind == ""]), found)["mean"]
    means = scores(answers, found)
    return (
        result
        | {f"found: {of}": flagged[kind == of].mean() for of in KINDS}
        | {
            f"mean of a scale off, {name}": (means[column] - truth).abs().mean()
            for name, column in (("all", "mean"), ("without flagged", "mean_kept"))
        }
    )


def answered(row: np.ndarray, kind: str, rng: np.random.Generator) -> np.ndarray:
    """A respondent's answers as one of this kind gives them, where there were any."""
    places = np.flatnonzero(~np.isnan(row))
    chance = rng.integers(scales.LOW, scales.HIGH + 1, len(places))
    if kind == "one column":
        new = np.full(len(places), rng.integers(scales.LOW, scales.HIGH + 1))
    elif kind == "pattern":
        new = np.resize(PATTERNS[rng.integers(len(PATTERNS))], len(places))
    elif kind:
        new = chance
    else:
        return row
    if kind in ("one column", "pattern"):
        new = np.where(rng.random(len(places)) < SLIPS, chance, new)
    row = row.copy()
    start = len(places) // 2 if kind == "random from the middle" else 0
    row[places[start:]] = new[start:]
    return row


def long(wide: pd.DataFrame) -> pd.DataFrame:
    """A row per answer."""
    return wide.rename_axis("person_id").reset_index().melt("person_id", var_name="item").dropna(ignore_index=True)


def scores(answers: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Means by scale, of all and without those flagged."""
    even = pd.DataFrame({"person_id": found["person_id"], "weight": 1.0})
    return scale_means(answers, found, even).set_index("scale")


def looked_at(folder: Path) -> int:
    """Print what signs each file's respondents show."""
    for path in sorted(folder.glob("*.csv")):
        wide = pd.read_csv(path).rename(index=lambda row: f"r{row:06d}")
        declared = {item: (re.sub(r"\d+$", "", item), 1) for item in wide}
        found = careless.careless(long(wide), None, params.read().clean.survey, declared, list(wide))
        signs = found["signs"].str.get_dummies("+").mean()
        print(f"{path.name}: {len(wide)} respondents, {wide.shape[1]} items, {found['flagged'].mean():.1%} flagged")
        print(signs.map("{:.1%}".format).to_string(), "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
