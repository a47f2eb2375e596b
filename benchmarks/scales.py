"""What intervals of alpha, omega and ICC(1) hold, and which scales are called reliable: sound ones, and random answers.

    make bench-scales
    python -m benchmarks.scales <folder>        adds figures of soldiers' answers beside those of R's package multilevel

Surveys are those of the simulation: five points, reversed items, one answer in thirty skipped, and of each value's three
items two asked. What is planted is known from one survey so large that chance does not matter in it. Alpha and omega are
held against it where units do not differ (people are drawn by lot, as resampling takes them to be), ICC(1) where they do.
Random answers are whole numbers from 1 to 5, each as likely.

The folder holds `lq2002.csv` and `univbct.csv`, the data of the package multilevel for R (Bliese, GPL ≥ 2): 2,042 soldiers
of 49 companies on leadership, significance of their task and hostility (Bliese, Halverson & Schriesheim 2002, Leadership
Quart. 13:3), and 495 in three waves on their unit's readiness (Bliese & Ployhart 2002, Organ. Res. Methods 5:362). Goals
are what that package's `cronbach`, `ICC1`, `ICC2` and `rwg.j` give of the same columns.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork import params
from kithwork.change import consistency, one_factor
from kithwork.change.agreement import agreement
from kithwork.change.consensus import rwg
from kithwork.change.intraclass import anova
from kithwork.change.scales import grid, items, reliability, score
from kithwork.estimates import LEVEL, proportion
from kithwork.params import Settings
from kithwork.simulation import attitudes, questionnaire
from kithwork.simulation.knobs import Knobs
from kithwork.tables import PEOPLE

STUDIES, EACH, FIRST_SEED, RESAMPLES = 400, 300, 7000, 500
SCALES = ("gain", "commitment", "V1", "candour", "readiness")
"""Scales of two, three and four items, one with items left out on purpose, and the composite."""
UNITS, MANY = 38, 120_000
"""Units of a study, and people of the survey from which the truth is known."""
RELIABILITY = 0.8
SOUND = 0.9
"""Alpha of three uncut items, in studies of intervals and in those of sound scales."""
BETWEEN = 0.15
RANDOM_OF = (30, 100, 300)
"""People who answer at random."""
OFF, RANDOM_AT_MOST, SOUND_AT_LEAST = 0.02, 0.01, 0.95


@dataclass(frozen=True)
class Staff:
    """As much of an organisation as attitudes need: the unit of each person."""

    unit_of: np.ndarray

    def __len__(self) -> int:
        return len(self.unit_of)


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    seeds = range(FIRST_SEED, FIRST_SEED + STUDIES)
    with ProcessPoolExecutor(2) as hands:
        studies = list(hands.map(study, seeds, chunksize=20))
    figures = [*intervals(studies), *verdicts(studies)]
    if len(sys.argv) > 1:
        figures += soldiers(Path(sys.argv[1]))
    return publish("scales", figures)


@cache
def settings() -> Settings:
    """The committed ones with fewer resamples, so that so many studies do not take an hour."""
    found = params.load("demo")
    return found.model_copy(update={"change": found.change.model_copy(update={"resamples": RESAMPLES})})


def surveyed(unit_of: np.ndarray, planted: float, between: float, rng: np.random.Generator) -> pd.DataFrame:
    """The table `answers` of people of these units, none of whom is careless."""
    knobs = Knobs(reliability=planted, unit_effect=between, careless=0)
    minds = attitudes.build(Staff(unit_of), knobs, rng)
    who, form = np.arange(len(unit_of)), rng.integers(0, len(questionnaire.FORMS), len(unit_of))
    wide = questionnaire.answered(minds, who, form, np.zeros(len(unit_of), dtype=bool), knobs, rng)
    wide = wide[[*dict.fromkeys(item for scale in SCALES for item in items(scale))]]
    return long(wide)


def long(wide: pd.DataFrame) -> pd.DataFrame:
    """A row per answer, persons numbered."""
    wide = wide.set_axis([f"p{row:06d}" for row in range(len(wide))])
    return wide.rename_axis("person_id").reset_index().melt("person_id", var_name="item").dropna(ignore_index=True)


def study(seed: int) -> dict[str, pd.DataFrame]:
    """Tables of one study: of people by lot, of units that differ, of sound scales, and of random answers."""
    rng, given = np.random.default_rng(seed), settings()
    unit_of = np.r_[np.arange(UNITS), rng.integers(0, UNITS, EACH - UNITS)]
    people = pd.DataFrame({"person_id": [f"p{row:06d}" for row in range(EACH)], "unit": [f"U{one:02d}" for one in unit_of]})
    people = PEOPLE.checked(people.assign(**{name: None for name in PEOPLE.columns if name not in people}))
    differ = surveyed(unit_of, RELIABILITY, BETWEEN, rng)
    wide = pd.DataFrame(
        rng.integers(1, 6, (RANDOM_OF[seed % len(RANDOM_OF)], 7)), columns=[*items("candour"), *items("V1")]
    )
    return {
        "by lot": reliability(surveyed(unit_of, RELIABILITY, 0, rng), given, rng).table,
        "units differ": agreement(differ, people, given, rng).table,
        "sound": reliability(surveyed(unit_of, SOUND, 0, rng), given, rng).table,
        "random": reliability(long(wide.astype(float)), given, rng).table,
    }


def intervals(studies: list[dict[str, pd.DataFrame]]) -> list[Figure]:
    """How often intervals of each figure hold the truth, by scale."""
    figures = []
    for name, tables, true in (
        ("alpha", "by lot", known(0)["alpha"]),
        ("omega", "by lot", known(0)["omega"]),
        ("icc1", "units differ", known(BETWEEN)["icc1"]),
    ):
        for scale in SCALES:
            of = pd.concat([one[tables] for one in studies]).dropna(subset=[name])
            of = of[of["scale"] == scale]
            if of.empty:
                continue
            held = of[f"{name}_low"].le(true[scale]) & of[f"{name}_high"].ge(true[scale])
            share, label = proportion(int(held.sum()), len(held)), f"{name} of {scale}"
            figures += [
                Figure(f"{label}: truth", (true[scale],), "index"),
                Figure(f"{label}: bias", (float(of[name].mean()) - true[scale],), "index"),
                Figure(f"{label}: held", (share.estimate,), "share", None, "at most", (share.low, share.high)),
                Figure(f"{label}: coverage off {LEVEL:.0%}", (abs(share.estimate - LEVEL),), "share", OFF),
            ]
    return figures


@cache
def known(between: float) -> dict[str, dict[str, float]]:
    """The truth by figure and scale: of one survey of a great many people, two to a unit."""
    answers = surveyed(np.repeat(np.arange(MANY // 2), 2), RELIABILITY, between, np.random.default_rng(FIRST_SEED - 1))
    ids = pd.Index([f"p{row:06d}" for row in range(MANY)])
    found: dict[str, dict[str, float]] = {"alpha": {}, "omega": {}, "icc1": {}}
    for scale in SCALES:
        spread = consistency.covariances(grid(answers, scale).to_numpy())
        found["alpha"][scale] = float(consistency.alpha(spread)[0])
        if spread.shape[1] >= one_factor.FEWEST:
            found["omega"][scale] = float(one_factor.omega(spread)[0])
        pairs = score(answers, scale).reindex(ids).to_numpy().reshape(-1, 2)
        pairs = pairs[~np.isnan(pairs).any(axis=1)]
        found["icc1"][scale] = anova(pairs.ravel(), np.repeat(np.arange(len(pairs)), 2)).icc1().estimate
    return found


def verdicts(studies: list[dict[str, pd.DataFrame]]) -> list[Figure]:
    """How often scales are called reliable."""
    random, sound = (pd.concat([one[of] for one in studies]) for of in ("random", "sound"))
    three = sound[sound["items"] > 2]
    return [
        _share("random answers called a reliable scale", random["reliable"], RANDOM_AT_MOST, "at most"),
        _share("sound scales of three items or more called reliable", three["reliable"], SOUND_AT_LEAST, "at least"),
        _share("sound scales of two items called reliable", sound.loc[sound["items"] == 2, "reliable"], None, "at least"),
    ]


def _share(name: str, so: pd.Series, goal: float | None, sense: str) -> Figure:
    one = proportion(int(so.sum()), len(so))
    return Figure(name, (one.estimate,), "share", goal, sense, (one.low, one.high))


def soldiers(folder: Path) -> list[Figure]:
    """Figures of the package multilevel's data, each beside what R has."""
    answers, waves = pd.read_csv(folder / "lq2002.csv"), pd.read_csv(folder / "univbct.csv")
    figures = []
    for scale, count, alpha in (("LEAD", 11, 0.902), ("TSIG", 3, 0.823), ("HOSTIL", 5, 0.873)):
        own = answers[[f"{scale}{item:02d}" for item in range(1, count + 1)]].to_numpy(float)
        found = consistency.alpha(consistency.covariances(own))[0]
        figures.append(Figure(f"lq2002 {scale}: alpha", (round(float(found), 3),), "index", alpha, "exactly"))
        figures.append(
            Figure(f"lq2002 {scale}: omega", (float(one_factor.omega(consistency.covariances(own))[0]),), "index")
        )
    lead = answers[[f"LEAD{item:02d}" for item in range(1, 12)]].to_numpy(float)
    codes = pd.factorize(answers["COMPID"], sort=True)[0]
    one, agreed = anova(lead.mean(axis=1), codes), rwg(lead, codes)
    icc1, icc2 = one.icc1(), one.icc2()
    for name, value, goal, digits, ends in (
        ("ICC(1)", icc1.estimate, 0.087956, 6, (icc1.low, icc1.high)),
        ("ICC(2)", icc2.estimate, 0.800754, 6, (icc2.low, icc2.high)),
        ("mean rwg(j)", agreed.mean(), 0.8678, 4, None),
        ("median rwg(j)", np.median(agreed), 0.8701, 4, None),
        ("least rwg(j)", agreed.min(), 0.7749, 4, None),
        ("largest rwg(j)", agreed.max(), 0.9423, 4, None),
    ):
        figures.append(Figure(f"lq2002 LEAD: {name}", (round(float(value), digits),), "index", goal, "exactly", ends))
    return figures + readiness(waves.drop_duplicates("SUBNUM"))


def readiness(people: pd.DataFrame) -> list[Figure]:
    """Three waves of readiness: means, how far a person's answers go together over time, and companies'."""
    columns = ["READY1", "READY2", "READY3"]
    together, figures = people[columns].corr(), []
    for first, second, goal in (("READY1", "READY2", 0.53), ("READY2", "READY3", 0.56), ("READY1", "READY3", 0.41)):
        value = round(float(together.loc[first, second]), 2)
        figures.append(Figure(f"univbct: correlation of {first} and {second}", (value,), "index", goal, "exactly"))
    for column in columns:
        of = people.dropna(subset=[column])
        company = pd.factorize(of["BTN"].astype(str) + of["COMPANY"].astype(str), sort=True)[0]
        one = anova(of[column].to_numpy(float), company)
        icc1, icc2 = one.icc1(), one.icc2()
        figures += [
            Figure(f"univbct {column}: mean", (float(of[column].mean()),), "scale points"),
            Figure(
                f"univbct {column}: ICC(1) by company", (icc1.estimate,), "index", None, "at most", (icc1.low, icc1.high)
            ),
            Figure(
                f"univbct {column}: ICC(2) by company", (icc2.estimate,), "index", None, "at most", (icc2.low, icc2.high)
            ),
        ]
    return figures


if __name__ == "__main__":
    sys.exit(main())
