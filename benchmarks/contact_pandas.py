"""The features of `kithwork.ties.contact` in pandas, for comparison: categories for ids, one packed key, no row loops."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pandas as pd

from kithwork.tables import CHANNELS
from kithwork.ties.contact import ANSWERED_WITHIN, DIRECTED, HALF_LIFE, MONDAY, QUIET, WEEK


def features(path: Path) -> pd.DataFrame:
    """A row per pair, in order of its ids."""
    words = dict.fromkeys(("ego_id", "alter_id", "channel"), "category")
    met, ids = prepared(pd.read_parquet(path).astype(words))
    found = measured(met).reset_index()
    pair = found.pop("pair")
    found.insert(0, "a_id", ids[pair // len(ids)])
    found.insert(1, "b_id", ids[pair % len(ids)])
    return found


def prepared(met: pd.DataFrame) -> tuple[pd.DataFrame, pd.Index]:
    """The records in order of pair and time, each beside the one before it; and the ids in order."""
    ids = pd.Index(met["ego_id"].cat.categories.union(met["alter_id"].cat.categories).sort_values())
    ego, alter = (met[name].cat.set_categories(ids).cat.codes.to_numpy(np.int64) for name in ("ego_id", "alter_id"))
    people = met["size"].fillna(2)
    at = met["at"].where(~met["day_only"], met["at"] + pd.Timedelta(hours=12))
    told = met["channel"].isin(DIRECTED)
    met = met.drop(columns=["ego_id", "alter_id", "at", "size"]).assign(
        pair=np.minimum(ego, alter) * len(ids) + np.maximum(ego, alter),
        ego=ego,
        second=at.astype("datetime64[s, UTC]").astype("int64").where(at.notna()),
        people=people,
        share=1 / (people - 1),
        minutes=met["minutes"].fillna(0) / (people - 1),
        forth=told & (ego < alter),
        back=told & (ego > alter),
    )
    met = met.sort_values(["pair", "second", "event", "ego"], ignore_index=True)
    met["week"] = (met["second"] - MONDAY) // WEEK
    before = met[["second", "day_only", "forth", "back", "channel", "week"]].shift()
    same = met["pair"] == met["pair"].shift()
    gap = (met["second"] - before["second"]).where(same)
    met["gap"] = gap
    turned = (met["forth"] & before["back"].eq(True)) | (met["back"] & before["forth"].eq(True))
    timed = ~met["day_only"] & before["day_only"].eq(False)
    met["answers"] = same & turned & timed & (met["channel"] == before["channel"]) & (gap <= ANSWERED_WITHIN)
    met["opens"] = met["second"].notna() & (gap.isna() | (gap > QUIET))
    met["new_week"] = met["week"].notna() & (~same | (met["week"] != before["week"]))
    return met, ids


def measured(met: pd.DataFrame) -> pd.DataFrame:
    """The features, by pair."""
    last = met["second"].max()
    met["decayed"] = met["share"] * np.exp((last - met["second"]) * (-log(2) / HALF_LIFE))
    met["two"] = met["people"] == 2
    met["square"] = met["gap"] ** 2
    met["begun"] = met["opens"] & (met["forth"] | met["back"])
    met["begun_forth"] = met["begun"] & met["forth"]
    met["share_forth"], met["share_back"] = met["share"].where(met["forth"], 0), met["share"].where(met["back"], 0)
    by = met.groupby("pair")
    total = by[["share", "minutes", "begun", "begun_forth", "share_forth", "share_back", "gap", "square", "new_week"]].sum()
    mean = by[["two", "people", "off_hours", "weekend", "gap", "square"]].mean()
    low, high = by[["second", "week"]].min(), by[["second", "week"]].max()
    channels = met.groupby(["pair", "channel"], observed=True)["share"].sum().unstack(fill_value=0.0)
    channels = channels.reindex(columns=CHANNELS, fill_value=0.0)
    weeks = total["new_week"].where(total["new_week"] > 0)
    found = pd.DataFrame({"contacts": total["share"], "minutes": total["minutes"]})
    found = found.join(channels.add_prefix("contacts_"))
    return found.assign(
        one_to_one=mean["two"],
        group_size=mean["people"],
        off_hours=mean["off_hours"],
        weekend=mean["weekend"],
        active_weeks=weeks,
        tenure_days=(high["second"] - low["second"]) / 86_400,
        recency_days=(last - high["second"]) / 86_400,
        decayed=by["decayed"].sum(min_count=1),
        regularity=weeks / (high["week"] - low["week"] + 1),
        burstiness=uneven(by["gap"].count(), mean["gap"], mean["square"]),
        reciprocity=total[["share_forth", "share_back"]].min(axis=1)
        / total[["share_forth", "share_back"]].max(axis=1).replace(0, np.nan),
        initiative=total["begun_forth"] / total["begun"].replace(0, np.nan),
        latency_a=answered(met, "forth"),
        latency_b=answered(met, "back"),
    )


def answered(met: pd.DataFrame, way: str) -> pd.Series:
    """Minutes, in the median, that answers this way take."""
    return met.loc[met["answers"] & met[way]].groupby("pair")["gap"].median() / 60


def uneven(n: pd.Series, mean: pd.Series, square: pd.Series) -> pd.Series:
    """Burstiness of Kim & Jo (2016) from the number, mean and mean square of the gaps."""
    ratio = np.sqrt((square - mean**2).clip(lower=0)) / mean.replace(0, np.nan)
    more, less = np.sqrt(n + 1), np.sqrt((n - 1).clip(lower=0))
    return (more * ratio - less) / ((more - 2) * ratio + less).replace(0, np.nan)
