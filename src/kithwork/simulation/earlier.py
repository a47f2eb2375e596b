"""The wave before: what the same survey found half a year earlier, as that study kept it.

Who was there then had the traits of today, less what has changed since: the knob `wave_change` for each value of `CHANGED`,
nothing for the others. They answered by chance of its own, on forms of their own. Its scores are what the indicators
`<value>.as_answered` add up: of each person with any answer to a value's items, their mean, 0 to 100.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork import scales
from kithwork.claims import Ledger
from kithwork.estimates import mean
from kithwork.simulation.attitudes import SCALES
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.questionnaire import FORMS, answered, expected_score
from kithwork.tables import SCORES
from kithwork.values import VALUES

if TYPE_CHECKING:
    from kithwork.simulation import World

CHANGED = {"transformation": -1, "influence": 1, "learning": 1}
"""Values that have fallen (−1) or risen (1) since."""
RESPONSE = 0.75
"""Share of those there then who answered, whatever their workload."""
MONTHS = 6
"""From that survey to this one."""
WEEKS_IN_MONTH = 365.25 / 12 / 7
RESAMPLES = 1_000
METHOD = "Mean of the items, 1-5 as 0-100; bootstrap over people (Efron 1979)"


def changes(knobs: Knobs) -> pd.Series:
    """What has changed in each value since the wave before, in standard deviations of the trait between people."""
    return pd.Series({value: knobs.wave_change * CHANGED.get(value, 0) for value in VALUES}, name="change")


def there(world: World) -> np.ndarray:
    """Whether each person worked there then, by the tenure that the staff list says; who has left since is among them."""
    ago = MONTHS + (world.weeks - world.survey_week) / WEEKS_IN_MONTH
    people = world.org.people
    return ((people["joined_week"] == 0) & (people["tenure_months"] >= ago)).to_numpy()


def expected_changes(world: World) -> pd.Series:
    """The same in points of 0 to 100, over all chance of answering: the mean of those there then and still today."""
    left = world.org.people["left_week"].to_numpy()
    traits = _traits(world)[there(world) & (left > world.survey_week)]
    then = expected_score(traits - changes(world.knobs).to_numpy(), world.knobs.reliability)
    return pd.Series((expected_score(traits, world.knobs.reliability) - then).mean(axis=0), VALUES, name="points")


def scores(world: World) -> pd.DataFrame:
    """The scores of that wave, `person_id` as the staff list has it; in the order of indicators and ids."""
    from kithwork.simulation import seeds

    rng = np.random.default_rng(seeds(world.seed, "earlier"))
    who = np.flatnonzero(there(world) & (rng.random(len(world.org)) < RESPONSE))
    traits = world.minds.traits.copy()
    traits[:, _columns()] -= changes(world.knobs).to_numpy()
    careless = rng.random(len(who)) < world.knobs.careless
    form = rng.integers(0, len(FORMS), len(who))
    answers = answered(replace(world.minds, traits=traits), who, form, careless, world.knobs, rng)
    ids = world.org.people["person"].to_numpy()[who]
    found = []
    for number, value in enumerate(VALUES, start=1):
        items = scales.of(f"V{number}")
        turned = np.array([scales.ITEMS[item][1] < 0 for item in items])
        given = answers[items].to_numpy()
        mean = pd.DataFrame(np.where(turned, scales.LOW + scales.HIGH - given, given)).mean(axis=1).to_numpy()
        top = 100 * (mean - scales.LOW) / (scales.HIGH - scales.LOW)
        frame = pd.DataFrame({"indicator": f"{value}.as_answered", "person_id": ids, "top": top, "bottom": 1.0})
        found.append(frame[~np.isnan(top)])
    return SCORES.checked(pd.concat(found, ignore_index=True))


def claims(held: pd.DataFrame, seed: int) -> pd.DataFrame:
    """What that study claimed of these scores: the mean of each indicator, with the bootstrap over people."""
    from kithwork.simulation import seeds

    ledger, rng = Ledger("values"), np.random.default_rng(seeds(seed, "earlier"))
    for indicator, rows in held.groupby("indicator"):
        figure = mean(rows["top"].to_numpy(), RESAMPLES, rng)
        ledger.add(indicator, f"{indicator}, in the wave before", figure, unit="score", method=METHOD)
    return ledger.frame()


def write(world: World, folder: Path) -> int:
    """Write that wave's scores and claims into the `previous/` of a study's folder, people coded as a study of the folder's
    name with public ids codes them; returns the number of scores."""
    from kithwork.cleaning.identities import each, pseudonym

    key = folder.resolve().name.encode()
    frame = scores(world)
    frame["person_id"] = each(frame["person_id"], lambda person: pseudonym(key, person))
    folder = folder / "previous"
    folder.mkdir(exist_ok=True)
    SCORES.checked(frame).to_parquet(folder / "scores.parquet", index=False)
    claims(frame, world.seed).to_parquet(folder / "claims.parquet", index=False)
    return len(frame)


def _columns() -> list[int]:
    """The column of each value's trait."""
    return [SCALES.index(f"V{number}") for number in range(1, len(VALUES) + 1)]


def _traits(world: World) -> np.ndarray:
    """(people, values) the traits of today."""
    return world.minds.traits[:, _columns()]
