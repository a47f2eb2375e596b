"""Each tie from either side: what ego was asked and said of it, and what contact, staff list and network show of the two.

Nothing in the features comes from the survey, and the network in them is that of recorded contact alone. A tie without
contact is there only because somebody named it, so that answers are judged on ties with contact (`told.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.params import Settings
from kithwork.ties import features

COUNTS = ("contacts", "minutes", "decayed")
UNBOUNDED = (*COUNTS, "latency_ego", "latency_alter")
"""Features without a ceiling, taken as log(1 + x)."""

ENDS = ("ego_id", "alter_id")
OF_TIES = ("crosses_unit", "same_role", "same_site", "tree_distance", "level_gap", "tenure_gap")


@dataclass(frozen=True)
class Dyads:
    """The ties from side a, then the same from side b: twice as many rows as ties, in their order.

    `ego`: (2 n,) ids; `asked`: (2 n,) whether ego was asked; `said`: 2 n × kinds, 0 or 1; `features`: 2 n × features,
    absent where not known; `in_contact`: (n,) ties that contact alone would make.
    """

    ego: np.ndarray
    asked: np.ndarray
    said: pd.DataFrame
    features: pd.DataFrame
    in_contact: np.ndarray


def of(
    ties: pd.DataFrame, contact: pd.DataFrame, nominations: pd.DataFrame, answered: pd.Series, settings: Settings
) -> Dyads:
    """Both sides of each tie. `answered`: ids of people who answered the survey; who named somebody by a label did too."""
    labels = settings.engagement.labels
    alike = nominations["relation"].isin({label for of_kind in labels.values() for label in of_kind})
    asked = {*answered, *nominations.loc[alike, "ego_id"]}
    sides = [ties[["a_id", "b_id"]].set_axis(ends, axis=1) for ends in (["ego", "alter"], ["alter", "ego"])]
    pairs = pd.MultiIndex.from_frame(pd.concat(sides)[["ego", "alter"]])
    named = {kind: nominations.loc[nominations["relation"].isin(of_kind), [*ENDS]] for kind, of_kind in labels.items()}
    said = {kind: pairs.isin(pd.MultiIndex.from_frame(by_whom)) for kind, by_whom in named.items()}
    ego = pairs.get_level_values("ego").to_numpy()
    seen = _seen(ties, contact, settings)
    return Dyads(
        ego,
        np.isin(ego, sorted(asked)),
        pd.DataFrame(said).astype(int),
        pd.concat([_by_ego(seen, first) for first in ("a", "b")], ignore_index=True),
        (ties["contacts"] >= settings.engagement.fewest_contacts).to_numpy(),
    )


def _seen(ties: pd.DataFrame, contact: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """What is known of each tie but by the survey: n × features, in the order of `ties`."""
    often = contact[contact["contacts"] >= settings.engagement.fewest_contacts].reset_index(drop=True)
    often = often[["a_id", "b_id"]].assign(embeddedness=features.embeddedness(often), span=features.span(often))
    pair = ["a_id", "b_id"]
    found = ties[[*pair, *OF_TIES]].merge(contact, on=pair, how="left").merge(often, on=pair, how="left").drop(columns=pair)
    channels = [name for name in found if name.startswith("contacts_")]
    found[channels] = found[channels].div(found["contacts"], axis=0)
    return found.fillna(dict.fromkeys(COUNTS, 0.0))


def _by_ego(seen: pd.DataFrame, first: str) -> pd.DataFrame:
    """The features with those of one side named as ego's and alter's."""
    other = "b" if first == "a" else "a"
    found = seen.rename(columns={f"latency_{first}": "latency_ego", f"latency_{other}": "latency_alter"})
    found["initiative"] = seen["initiative"] if first == "a" else 1 - seen["initiative"]
    found[[*UNBOUNDED]] = np.log1p(found[[*UNBOUNDED]])
    return found[sorted(found)]
