"""The features of `kithwork.ties.contact` in Polars, for comparison: its own package, and locked in `contact.lock`."""

from __future__ import annotations

from math import log
from pathlib import Path

import polars as pl
from polars import col

from kithwork.tables import CHANNELS
from kithwork.ties.contact import ANSWERED_WITHIN, DIRECTED, HALF_LIFE, MONDAY, QUIET, WEEK


def features(path: Path) -> pl.DataFrame:
    """A row per pair, in order of its ids."""
    met = prepared(pl.scan_parquet(path))
    last = pl.scan_parquet(path).select(second().max()).collect().item() or 0
    return met.group_by("a_id", "b_id").agg(**measured(last)).sort("a_id", "b_id").collect()


def second() -> pl.Expr:
    """The moment of a record in seconds, noon where only the day is known."""
    return col("at").dt.epoch("us").floordiv(1_000_000) + col("day_only") * 43_200


def prepared(log: pl.LazyFrame) -> pl.LazyFrame:
    """The records in order of pair and time, each beside the one before it."""
    told, people = col("channel").is_in(DIRECTED), col("size").fill_null(2)
    met = log.select(
        a_id=pl.min_horizontal("ego_id", "alter_id"),
        b_id=pl.max_horizontal("ego_id", "alter_id"),
        second=second(),
        people=people,
        share=1 / (people - 1),
        length=col("minutes").fill_null(0) / (people - 1),
        forth=told & (col("ego_id") < col("alter_id")),
        back=told & (col("ego_id") > col("alter_id")),
        ego=col("ego_id") > col("alter_id"),
        channel=col("channel").cast(pl.Enum(CHANNELS)).to_physical(),
        week=(second() - MONDAY) // WEEK,
        **{name: col(name) for name in ("event", "day_only", "off_hours", "weekend")},
    ).sort("a_id", "b_id", "second", "event", "ego", nulls_last=True)
    same = (col("a_id") == col("a_id").shift()) & (col("b_id") == col("b_id").shift())
    met = met.with_columns(
        same=same.fill_null(False), gap=pl.when(same).then(col("second") - col("second").shift())
    )  # fmt: skip
    turned = (col("forth") & col("back").shift()) | (col("back") & col("forth").shift())
    timed = ~col("day_only") & ~col("day_only").shift() & (col("channel") == col("channel").shift())
    return met.with_columns(
        answers=turned & timed & (col("gap") <= ANSWERED_WITHIN),
        opens=col("second").is_not_null() & (col("gap").is_null() | (col("gap") > QUIET)),
        new_week=col("week").is_not_null() & (~col("same") | (col("week") != col("week").shift()).fill_null(True)),
    )


def measured(last: int) -> dict[str, pl.Expr]:
    """The features, as aggregates of a pair's records."""
    share, gap = col("share"), col("gap").cast(pl.Float64)
    weeks = absent(col("new_week").sum().cast(pl.Float64))
    forth, back = share.filter("forth").sum(), share.filter("back").sum()
    n, mean, square = gap.count(), gap.mean(), (gap * gap).mean()
    ratio = (square - mean * mean).clip(lower_bound=0).sqrt() / absent(mean)
    more, less = (n + 1).sqrt(), (n.cast(pl.Int64) - 1).clip(lower_bound=0).sqrt()
    age = last - col("second")
    return {
        "contacts": share.sum(),
        "minutes": col("length").sum(),
        **{f"contacts_{name}": share.filter(col("channel") == number).sum() for number, name in enumerate(CHANNELS)},
        "one_to_one": (col("people") == 2).mean(),
        "group_size": col("people").mean(),
        "off_hours": col("off_hours").mean(),
        "weekend": col("weekend").mean(),
        "active_weeks": weeks,
        "tenure_days": (col("second").max() - col("second").min()) / 86_400,
        "recency_days": age.min() / 86_400,
        "decayed": pl.when(col("second").count() > 0).then((share * (age * (-log(2) / HALF_LIFE)).exp()).sum()),
        "regularity": weeks / (col("week").max() - col("week").min() + 1),
        "burstiness": (more * ratio - less) / absent((more - 2) * ratio + less),
        "reciprocity": pl.min_horizontal(forth, back) / absent(pl.max_horizontal(forth, back)),
        "initiative": col("forth").filter(col("opens") & (col("forth") | col("back"))).mean(),
        "latency_a": gap.filter(col("answers") & col("forth")).median() / 60,
        "latency_b": gap.filter(col("answers") & col("back")).median() / 60,
    }


def absent(value: pl.Expr) -> pl.Expr:
    """The value, absent where it is nothing."""
    return pl.when(value != 0).then(value)
