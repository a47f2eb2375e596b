"""Whether the ten values' intervals hold what is planted, and how often a difference is found where there is none.

    make bench-values

The chart of an organisation is fixed: 150 people in their units, places and reporting tree, and the parties outside. 300
organisations are drawn on it: how many ties people seek, whom to, of which kinds, what they think, say of one another,
raise as ideas, take up. What is planted of an indicator is its mean over those 300 when everybody answers, the organisation
at hand left out: the figure of people like these, not of the very ones drawn. Each is then studied twice: with everybody's
answers, and with those of four in five, silent at random. The goal is that 93 to 97 % of intervals hold what is planted.

Where a fifth are silent their ties are missing too, and what is measured of the network as a whole is another network's:
the second coverage says what that costs, which no interval knows.

Units do not differ there in what people think. In how many of the 300 is a unit marked as differing from the rest in any
of fourteen indicators of that, after correction for all units and indicators?
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from benchmarks.figures import Figure, publish
from benchmarks.recovery import planted as planted_ties
from kithwork import params
from kithwork.cleaning import weeks
from kithwork.estimates import proportion
from kithwork.log import Log
from kithwork.params import Settings
from kithwork.people import breadth, portfolio
from kithwork.setting import KINDS
from kithwork.simulation import World, simulate
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.tables import interactions, tables
from kithwork.tables import RESPONSES
from kithwork.ties import contact, features
from kithwork.values import groups, scorecard
from kithwork.values.evidence import Evidence

ENGAGEMENT = "demo"
ORGANISATIONS, PEOPLE, WEEKS, FIRST_SEED, CHART = 300, 150, 12, 20_000, 1
ALIKE = {
    "unit_effect": 0.0,
    "careless": 0.0,
    "response_by_position": 0.0,
    "contact": 6.0,
}
"""Units do not differ in what people think, and silence is by lot: intervals are made for that."""
EVERYBODY, SILENT = Knobs(response=1.0, **ALIKE), Knobs(response=0.8, **ALIKE)
FEWER = {"values": {"resamples": 400}}
GIVEN = ("answers", "nominations", "interpreters", "parties", "outcomes", "opportunities")
THOUGHT = ("as_answered", "candour", "readiness", "stages_passed", "authority_gap")
MARKED = "marked"
LEVEL, OFF, OFTEN = 0.95, 0.02, 0.05


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    seeds = range(FIRST_SEED, FIRST_SEED + ORGANISATIONS)
    with ProcessPoolExecutor(2) as hands:
        asked = pd.concat(list(hands.map(figures, seeds, [EVERYBODY] * ORGANISATIONS)), keys=seeds)
        some = pd.concat(list(hands.map(figures, seeds, [SILENT] * ORGANISATIONS)), keys=seeds)
    marked = asked.xs(MARKED, level=1)["estimate"]
    asked, some = (frame.drop(MARKED, level=1) for frame in (asked, some))
    seen = proportion(int(marked.sum()), len(marked))
    often = Figure(
        "a unit is marked where none differs", (seen.estimate,), "share", OFTEN, "at most", (seen.low, seen.high)
    )
    found = coverages("everybody answers", asked, asked) + coverages("a fifth silent", some, asked)
    return publish("values", [*found, often])


def coverages(name: str, found: pd.DataFrame, whole: pd.DataFrame) -> list[Figure]:
    """Of each indicator the share of intervals that hold what is planted, and its bias in standard errors."""
    made = []
    for indicator in whole.index.unique(level=1):
        of = found.xs(indicator, level=1)
        truth = whole.xs(indicator, level=1)["estimate"]
        planted = ((truth.sum() - truth) / (len(truth) - 1)).reindex(of.index)
        inside = of["low"].le(planted) & planted.le(of["high"])
        held = proportion(int(inside.sum()), len(inside))
        off = Figure("", (abs(held.estimate - LEVEL),), "share", OFF)
        label = f"{name}: {indicator}"
        made.append(Figure(f"{label}: held", (held.estimate,), "share", None, "at most", (held.low, held.high)))
        made.append(Figure(f"{label}: coverage off {LEVEL:.0%}", off.runs, "share", OFF))
        errors = (of["estimate"] - planted) / ((of["high"] - of["low"]) / 3.92)
        made.append(Figure(f"{label}: bias", (float(errors.mean()),), "standard errors"))
    return made


def figures(seed: int, knobs: Knobs) -> pd.DataFrame:
    """Every indicator's figure of one organisation that could be measured, estimate, low, high, by indicator; and, as
    `MARKED`, 1 where a unit is marked in what people think."""
    of = evidence(simulate(PEOPLE, WEEKS, seed, knobs, CHART))
    card = scorecard.score(of)
    thought = {name: one for name, one in card.measured.items() if name.endswith(THOUGHT)}
    marked = float(len(groups.marked(groups.group_scores(thought, of))) > 0)
    rows = {MARKED: (marked,) * 3} | {
        name: (one.estimate.estimate, one.estimate.low, one.estimate.high) for name, one in card.measured.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["estimate", "low", "high"])


def evidence(world: World) -> Evidence:
    """What the values stand on, as the chapters before them make it; the kinds of ties found are known."""
    brought, settings = tables(world), study()
    people, named = brought["people"], brought["nominations"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "interactions.parquet"
        pd.concat(interactions(world), ignore_index=True).to_parquet(path, index=False)
        together = contact.between(Log([path]), people)
        held = Log(held=parquet.read_table(path))
    measured = features.measure(features.relations(named, people), together, people, settings)
    true = planted_ties(world).set_index(["a_id", "b_id"])[list(KINDS)]
    known = true.reindex(pd.MultiIndex.from_frame(measured[["a_id", "b_id"]]), fill_value=False).to_numpy(dtype=float)
    ties = measured.assign(
        **{f"p_{kind}{end}": known[:, at] for at, kind in enumerate(KINDS) for end in ("", "_low", "_high")}
    )
    spread = breadth.spread(ties, people, named, named["ego_id"], settings.engagement.directed)
    given = {name: brought[name] for name in GIVEN if name in brought}
    return Evidence(
        settings=settings,
        people=people,
        ties=ties,
        portfolios=portfolio.portfolios(ties, people, settings).join(spread),
        rng=np.random.default_rng(settings.values.seed),
        person_weeks=weeks.states(by_week(held.held), settings.clean.light_user),
        interactions=held,
        responses=answered(world),
        **given,
    )


def answered(world: World) -> pd.DataFrame:
    """Who answered the survey."""
    ids = world.org.people["person"].to_numpy()[world.survey.respondents]
    return RESPONSES.empty().reindex(range(len(ids))).assign(person_id=ids)


def by_week(met: pa.Table) -> pd.DataFrame:
    """Records of each person in each week, as cleaning counts them."""
    records = met.select(["ego_id", "alter_id", "at"]).to_pandas()
    ends = pd.concat([records[[end, "at"]].set_axis(["person_id", "at"], axis=1) for end in ("ego_id", "alter_id")])
    monday = ends["at"].dt.floor("D") - pd.to_timedelta(ends["at"].dt.day_of_week, unit="D")
    found = ends.assign(week=monday.astype("datetime64[us, UTC]")).groupby(["person_id", "week"]).size()
    return found.rename("contacts").reset_index()


@cache
def study() -> Settings:
    """The engagement's settings, with fewer resamples."""
    settings = params.load(ENGAGEMENT)
    fewer = {section: getattr(settings, section).model_copy(update=values) for section, values in FEWER.items()}
    return settings.model_copy(update=fewer)


if __name__ == "__main__":
    sys.exit(main())
