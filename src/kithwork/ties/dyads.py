"""Each tie from either side: what ego was asked and said of it, and what contact, staff list and network show of the two.

Nothing in the features comes from the survey, and the network in them is that of recorded contact alone. A tie without
contact is there only because somebody named it, so that answers are judged on ties with contact (`told.py`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.params import Settings
from kithwork.setting import KINDS
from kithwork.tables import EGO
from kithwork.ties import features

COUNTS = ("contacts", "minutes", "decayed")
OF_PEOPLE = ("latency", "share", "degree")
"""Features that each of the two has of their own."""
UNBOUNDED = (*COUNTS, "latency_ego", "latency_alter", "degree_ego", "degree_alter")
"""Features without a ceiling, taken as log(1 + x)."""

ENDS = ("ego_id", "alter_id")
OF_TIES = ("crosses_unit", "same_role", "same_site", "tree_distance", "level_gap", "tenure_gap")


@dataclass(frozen=True)
class Dyads:
    """The ties from side a, then the same from side b: twice as many rows as ties, in their order.

    `ego`: (2 n,) ids; `asked`, `said`: 2 n × kinds, whether ego was asked, and said that it is so; `features`: 2 n ×
    features, absent where not known; `in_contact`: (n,) ties that contact alone would make.
    """

    ego: np.ndarray
    asked: pd.DataFrame
    said: pd.DataFrame
    features: pd.DataFrame
    in_contact: np.ndarray


def of(
    ties: pd.DataFrame,
    contact: pd.DataFrame,
    nominations: pd.DataFrame,
    labels: pd.DataFrame,
    answered: pd.Series,
    settings: Settings,
    silent: Collection[str] = (),
) -> Dyads:
    """Both sides of each tie. `answered`: ids of people who answered the survey; who named somebody by a relation that
    stands for a kind was asked about all ties, who labelled single ties (table `labels`) about these. `silent`: ids of
    people of whom others may say nothing: that nobody names them is no answer."""
    pairs = _pairs(ties)
    by_relation, own = settings.engagement.labels, labels[labels["by"] == EGO]
    meant = nominations["relation"].isin({relation for of_kind in by_relation.values() for relation in of_kind})
    surveyed = np.isin(pairs.get_level_values("ego"), sorted({*answered, *nominations.loc[meant, "ego_id"]}))
    surveyed &= ~pairs.get_level_values("alter").isin([*silent])
    asked, said = pd.DataFrame(index=range(len(pairs))), pd.DataFrame(index=range(len(pairs)))
    for kind in KINDS:
        word = own[own["kind"] == kind].set_index([*ENDS])["is"].reindex(pairs).to_numpy(dtype=float)
        if kind not in by_relation and np.isnan(word).all():
            continue
        named = nominations.loc[nominations["relation"].isin(by_relation.get(kind, [])), [*ENDS]]
        ticked = pairs.isin(pd.MultiIndex.from_frame(named))
        asked[kind] = ~np.isnan(word) | (surveyed & (kind in by_relation))
        said[kind] = np.where(np.isnan(word), ticked, word).astype(int)
    seen = _seen(ties, contact, settings)
    return Dyads(
        pairs.get_level_values("ego").to_numpy(),
        asked,
        said,
        pd.concat([_by_ego(seen, first) for first in ("a", "b")], ignore_index=True),
        (ties["contacts"] >= settings.engagement.fewest_contacts).to_numpy(),
    )


def _pairs(ties: pd.DataFrame) -> pd.MultiIndex:
    sides = [ties[["a_id", "b_id"]].set_axis(ends, axis=1) for ends in (["ego", "alter"], ["alter", "ego"])]
    return pd.MultiIndex.from_frame(pd.concat(sides)[["ego", "alter"]])


def _seen(ties: pd.DataFrame, contact: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """What is known of each tie but by the survey: n × features, in the order of `ties`."""
    often = contact[contact["contacts"] >= settings.engagement.fewest_contacts].reset_index(drop=True)
    often = often[["a_id", "b_id"]].assign(embeddedness=features.embeddedness(often), span=features.span(often))
    pair = ["a_id", "b_id"]
    found = ties[[*pair, *OF_TIES]].merge(contact, on=pair, how="left").merge(often, on=pair, how="left")
    channels = [name for name in found if name.startswith("contacts_")]
    found[channels] = found[channels].div(found["contacts"], axis=0)
    found = found.fillna(dict.fromkeys(COUNTS, 0.0))
    return found.assign(**_beside_others(found, contact, often)).drop(columns=pair)


def _beside_others(found: pd.DataFrame, contact: pd.DataFrame, often: pd.DataFrame) -> dict[str, np.ndarray]:
    """What the tie is among all that either person has: its share of the person's contacts, and how many are in frequent
    contact with the person (the load that attention is divided by, Granovetter 1973; Miritello et al. 2013, Soc. Netw.
    35:89). By side a and b."""
    total = pd.concat([contact.set_index(end)["contacts"] for end in ("a_id", "b_id")]).groupby(level=0).sum()
    degree = pd.concat([often["a_id"], often["b_id"]]).value_counts()
    told = {}
    for side in ("a", "b"):
        who = found[f"{side}_id"]
        told[f"share_{side}"] = (found["contacts"] / who.map(total).astype("float64")).fillna(0.0).to_numpy()
        told[f"degree_{side}"] = who.map(degree).fillna(0).to_numpy(dtype=float)
    return told


def _by_ego(seen: pd.DataFrame, first: str) -> pd.DataFrame:
    """The features with those of one side named as ego's and alter's."""
    called = {first: "ego", "b" if first == "a" else "a": "alter"}
    names = {f"{of}_{side}": f"{of}_{who}" for of in OF_PEOPLE for side, who in called.items()}
    found = seen.rename(columns=names)
    found["initiative"] = seen["initiative"] if first == "a" else 1 - seen["initiative"]
    found[[*UNBOUNDED]] = np.log1p(found[[*UNBOUNDED]])
    return found[sorted(found)]
