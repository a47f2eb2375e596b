"""The survey as a whole: who answered carelessly, who did not answer, what was left out, and what that does to means.

`assessed` is the one call. It changes no answer: a flag is evidence for a person to judge, and every scale's mean stands
beside the one without those flagged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork.cleaning.survey import careless, gaps, response, weights
from kithwork.params import Settings
from kithwork.scales import HIGH, ITEMS, LOW, reversed_
from kithwork.tables import SCALE_MEANS

if TYPE_CHECKING:
    import pandas as pd


def assessed(
    people: pd.DataFrame,
    answers: pd.DataFrame,
    responses: pd.DataFrame | None,
    refused: pd.DataFrame,
    settings: Settings,
) -> dict[str, pd.DataFrame]:
    """Tables by name: careless, response, gaps, gap_tests, weights, weighting and scale_means; empty without answers.

    `responses`, where the survey kept times: person_id and seconds. `refused`: person_id and item of refused answers.
    """
    if answers.empty:
        tables = (careless.CARELESS, response.RESPONSE, gaps.GAPS, gaps.GAP_TESTS, weights.WEIGHTS, weights.WEIGHTING)
        return {table.name: table.empty() for table in (*tables, SCALE_MEANS)}
    setting = settings.clean.survey
    wide = careless.gridded(answers)
    lost = _marked(refused, wide)
    flags = careless.careless(answers, responses, setting)
    invited = response.invited(people, wide.index, settings.engagement.survey_months_ago)
    weight, margins = weights.weighted(invited, setting)
    return {
        "careless": flags,
        "response": response.response(invited),
        "gaps": gaps.gaps(wide, lost),
        "gap_tests": gaps.gap_tests(wide, lost),
        "weights": weight,
        "weighting": margins,
        "scale_means": scale_means(answers, flags, weight),
    }


def _marked(refused: pd.DataFrame, wide: pd.DataFrame) -> pd.DataFrame:
    """Whose answer to what was refused and no other taken, in the form of `wide`."""
    told = refused.drop_duplicates().assign(told=True).pivot(index="person_id", columns="item", values="told")
    return wide.isna() & told.reindex(index=wide.index, columns=wide.columns).notna()


def scores(answers: pd.DataFrame) -> pd.Series:
    """Scores, 0 to 100, by scale and person: the mean of the items answered, reversed ones turned."""
    asked = reversed_(answers[answers["item"].isin(list(ITEMS))])
    scale = asked["item"].map({item: scale for item, (scale, _) in ITEMS.items()})
    return (asked.groupby([scale, asked["person_id"]])["value"].mean() - LOW) / (HIGH - LOW) * 100


def scale_means(answers: pd.DataFrame, flags: pd.DataFrame, weight: pd.DataFrame) -> pd.DataFrame:
    """The table `scale_means`: each scale's mean, 0 to 100, of all, without those flagged, and of all under the weights.

    A scale's mean is over people's `scores`, as published.
    """
    import numpy as np
    import pandas as pd

    held, carried = flags.set_index("person_id")["flagged"], weight.set_index("person_id")["weight"]
    rows = []
    for name, part in scores(answers).groupby(level=0):
        values = part.droplevel(0)
        kept, load = values[~held.reindex(values.index).to_numpy()], carried.reindex(values.index, fill_value=0)
        weighted = float(np.average(values, weights=load)) if load.sum() > 0 else np.nan
        rows.append((name, len(values), values.mean(), len(kept), kept.mean() if len(kept) else np.nan, weighted))
    return SCALE_MEANS.checked(pd.DataFrame(rows, columns=list(SCALE_MEANS.columns))) if rows else SCALE_MEANS.empty()
