"""What recorded contact says of each pair of people: one Ibis expression, which runs where the data is.

`interactions` may be larger than memory, so nothing is fetched but a row per pair. For files at hand `local.py` finds the
same, to the last bit but for rounding in `decayed`, in a fraction of the time. A feature is a function from prepared
records to an aggregate; its docstring gives its unit, its range and why it should tell the kinds of tie apart. Sums are of
integers and DECIMAL: sums of floats differ between runs that use several threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log
from typing import TYPE_CHECKING

from kithwork import passing
from kithwork.log import Log
from kithwork.tables import CHANNELS, CONTACT
from kithwork.ties import fetched

if TYPE_CHECKING:
    import ibis
    import pandas as pd
    from ibis.expr.types import BooleanValue, IntegerValue, NumericValue, TimestampValue

WEEK = 7 * 24 * 3600
"""Seconds."""

MONDAY = 4 * 24 * 3600
"""Seconds from the beginning of 1970, a Thursday, to its first Monday."""

ANSWERED_WITHIN = WEEK
"""Seconds after which a message the other way is no answer any more."""

QUIET = 12 * 3600
"""Seconds of silence after which contact is begun anew."""

HALF_LIFE = 4 * WEEK
"""Seconds in which a contact loses half its weight."""

SHARE = "decimal(18, 6)"


DIRECTED = ("mail", "chat", "call", "review")
"""Channels in which one begins and another receives; who names whom first in a meeting says nothing."""


def between(interactions: ibis.Table | Log, people: pd.DataFrame, directed: bool = True) -> pd.DataFrame:
    """The table `contact`: the features of every pair of people in contact; `directed` where egos are those who begin.

    `interactions` is an expression, or a log. Files, and what DuckDB holds, are read by `local.features`; another engine
    works the expression out itself.
    """
    from kithwork.ties import local

    ids = people["person_id"]
    if isinstance(interactions, Log):
        if interactions.files:
            return CONTACT.checked(local.features(interactions.files, directed, ids))
        interactions = interactions.table()
    if interactions.get_backend().name != "duckdb":
        return CONTACT.checked(one_order(fetched.by_pair(features(interactions, directed, ids))))
    with passing.folder() as folder:
        interactions.to_parquet(path := folder / "interactions.parquet")
        return CONTACT.checked(local.features([path], directed, ids))


def one_order(found: pd.DataFrame) -> pd.DataFrame:
    """The same pairs with a_id before b_id as Python sorts them, where a server has another order of letters."""
    turned = found["a_id"] > found["b_id"]
    if not turned.any():
        return found
    for one, other in (("a_id", "b_id"), ("latency_a", "latency_b")):
        found.loc[turned, [one, other]] = found.loc[turned, [other, one]].to_numpy()
    found.loc[turned, "initiative"] = 1 - found.loc[turned, "initiative"]
    return found.sort_values(["a_id", "b_id"], ignore_index=True)


def features(interactions: ibis.Table, directed: bool = True, people: Iterable[str] | None = None) -> ibis.Table:
    """A row per pair, of these people or of all: a_id < b_id, and a column per function of `FEATURES`."""
    met = prepared(interactions, directed, people)
    return met.group_by("a_id", "b_id").agg(**{feature.__name__: feature(met) for feature in FEATURES})


def prepared(interactions: ibis.Table, directed: bool, people: Iterable[str] | None) -> ibis.Table:
    """The records of each pair in order of time, each with what it is beside the one before it.

    A contact of n people counts as 1 / (n - 1) contacts of each pair in it (`share`), and gives it its minutes / (n - 1)
    (`length`), so that a person's time counts once however many are there (Newman 2001, Phys. Rev. E 64, 016132); n is 2
    where no size is given, minutes are 0 where none are. `second` is the one that the moment is in, or the noon of the day
    where only that is known; `age` is in seconds before the last contact of all. `forth` is from a to b, `back` from b to
    a, both false where no direction is known. `gap` is in seconds since the pair's record before; `answers` where that went
    the other way, by the same channel, not too long ago, at hours that are known; `opens` after silence. `middle` are the
    one or two answers each way whose gaps are the middle ones: not every engine has an exact median.
    """
    import ibis

    noon = interactions.at + ibis.interval(hours=12)
    interactions = interactions.mutate(at=interactions.day_only.ifelse(noon, interactions.at))
    last = _second(interactions.at.max().as_scalar())
    if people is not None:
        interactions = fetched.among(interactions, people)

    met = interactions.mutate(
        a_id=ibis.least(interactions.ego_id, interactions.alter_id),
        b_id=ibis.greatest(interactions.ego_id, interactions.alter_id),
        people=interactions["size"].fill_null(2),
        second=_second(interactions.at),
    )
    alters = met.people - 1
    told = met.channel.isin(DIRECTED) if directed else ibis.literal(False)
    met = met.mutate(
        forth=told & (met.ego_id == met.a_id),
        back=told & (met.ego_id == met.b_id),
        share=(1 / alters).cast(SHARE),
        length=(met.minutes.fill_null(0) / alters).cast(SHARE),
        age=last - met.second,
        week=((met.second - MONDAY) / WEEK).floor().cast("int64"),
    )
    window = ibis.window(group_by=[met.a_id, met.b_id], order_by=[met.second, met.event, met.ego_id])
    before = {name: met[name].lag().over(window) for name in ("second", "day_only", "forth", "back", "channel", "week")}
    gap = met.second - before["second"]
    turned = ((met.forth & before["back"]) | (met.back & before["forth"])) & (met.channel == before["channel"])
    met = met.mutate(
        gap=gap,
        answers=(turned & (gap <= ANSWERED_WITHIN) & ~met.day_only & ~before["day_only"]).fill_null(False),
        opens=met.second.notnull() & (gap.isnull() | (gap > QUIET)),
        new_week=met.week.notnull() & (before["week"].isnull() | (met.week != before["week"])),
    )
    alike = [met.a_id, met.b_id, met.forth, met.answers]
    place = ibis.row_number().over(ibis.window(group_by=alike, order_by=met.gap))
    beyond = 2 * place - met.count().over(ibis.window(group_by=alike))
    return met.mutate(middle=met.answers & beyond.between(-2, 0))


def contacts(met: ibis.Table) -> NumericValue:
    """Contacts, one of n people counting 1 / (n - 1); above 0. Work is where most contact is: many speak for functional."""
    return met.share.sum().cast("float64")


def minutes(met: ibis.Table) -> NumericValue:
    """Minutes of contact, each divided by n - 1; 0 and more. Time is what strong ties cost (Granovetter 1973)."""
    return met.length.sum().cast("float64")


def _by(channel: str) -> Callable[[ibis.Table], NumericValue]:
    def feature(met: ibis.Table) -> NumericValue:
        return met.share.sum(where=met.channel == channel).cast("float64").fill_null(0)

    feature.__name__ = f"contacts_{channel}"
    feature.__doc__ = f"Contacts by {channel}; 0 and more. Which channels a tie uses follows what it is for, and how close."
    return feature


def one_to_one(met: ibis.Table) -> NumericValue:
    """Share of contacts between the two alone; 0 to 1. Meetings of many come with the role; two alone may choose."""
    return _mean(met.people == 2)


def group_size(met: ibis.Table) -> NumericValue:
    """People in a contact, on average; 2 and more. Large ones are of projects and units, hence functional."""
    return met.people.round().cast("float64").mean()


def off_hours(met: ibis.Table) -> NumericValue:
    """Share of contacts outside the working hours of who starts them, where those are known; 0 to 1. Outside them nothing
    has to be said: personal, or a deadline."""
    return _mean(met.off_hours == 1, met.off_hours.notnull())


def weekend(met: ibis.Table) -> NumericValue:
    """Share of contacts on days off, where those are known; 0 to 1. As `off_hours`, with fewer deadlines."""
    return _mean(met.weekend == 1, met.weekend.notnull())


def active_weeks(met: ibis.Table) -> NumericValue:
    """Weeks, from Monday to Sunday in UTC, with any contact; 1 and more. In how much of the time there is contact says more
    of closeness than how much (Urena-Carrion, Saramäki & Kivelä 2020, EPJ Data Sci. 9:37)."""
    return met.new_week.cast("int32").sum().nullif(0).cast("float64")


def tenure_days(met: ibis.Table) -> NumericValue:
    """Days from the first contact to the last; 0 and more. Projects end, friendships stay."""
    return (met.second.max() - met.second.min()).cast("float64") / 86_400


def recency_days(met: ibis.Table) -> NumericValue:
    """Days from the pair's last contact to the last of all; 0 and more. What has ended was of its time: functional."""
    return met.age.min().cast("float64") / 86_400


def decayed(met: ibis.Table) -> NumericValue:
    """Contacts, each halved every four weeks of its age; 0 and more. Strength as it is now (Burt 2000, Soc. Netw. 22:1, on
    the decay of ties)."""
    weight = (met.age.cast("float64") * (-log(2) / HALF_LIFE)).exp()
    return (met.share.cast("float64") * weight).cast("decimal(18, 9)").sum().cast("float64")


def regularity(met: ibis.Table) -> NumericValue:
    """Share of the weeks from the first contact to the last that have any; 0 to 1. Standing meetings are functional."""
    return active_weeks(met) / (met.week.max() - met.week.min() + 1)


def burstiness(met: ibis.Table) -> NumericValue:
    """How uneven the times between contacts are, -1 even, 0 by chance, 1 all at once; absent below three contacts.

    B = (√(n+1) r - √(n-1)) / ((√(n+1) - 2) r + √(n-1)), r the standard deviation of the n times over their mean (Kim & Jo
    2016, Phys. Rev. E 94, 032311, 22; Goh & Barabási 2008). Talk comes in bursts, routine does not.
    """
    n = met.gap.count().cast("float64")
    mean = met.gap.sum().cast("float64") / n
    square = (met.gap * met.gap).cast("decimal(38, 0)").sum().cast("float64") / n
    ratio = ((square - mean * mean).clip(lower=0)).sqrt() / mean.nullif(0)
    more, less = (n + 1).sqrt(), (n - 1).clip(lower=0).sqrt()
    found = ((more * ratio - less) / ((more - 2) * ratio + less).nullif(0)).nullif(float("nan"))
    return found.clip(-1, 1)  # rounding may lead beyond the ends


def reciprocity(met: ibis.Table) -> NumericValue:
    """Contacts from the one who starts fewer over those from the other; 0 to 1; absent where no direction is known. Chosen
    ties are mutual; service is not."""
    import ibis

    forth, back = (met.share.sum(where=way).cast("float64").fill_null(0) for way in (met.forth, met.back))
    return ibis.least(forth, back) / ibis.greatest(forth, back).nullif(0)


def initiative(met: ibis.Table) -> NumericValue:
    """Share, by a, of the contacts that end a silence of twelve hours; 0 to 1; absent where no direction is known. Who
    needs the other begins: strategic."""
    return _mean(met.forth, met.opens & (met.forth | met.back))


def latency_a(met: ibis.Table) -> NumericValue:
    """Minutes, in the median, that a takes to answer b by the same channel within a week; 0 and more; absent without
    answer. Fast answers mark ties that people report (Wuchty & Uzzi 2011, PLoS ONE 6(9): e24612)."""
    return met.gap.cast("float64").mean(where=met.middle & met.forth) / 60


def latency_b(met: ibis.Table) -> NumericValue:
    """Minutes that b takes to answer a; as `latency_a`."""
    return met.gap.cast("float64").mean(where=met.middle & met.back) / 60


FEATURES = (
    contacts, minutes, *map(_by, CHANNELS), one_to_one, group_size, off_hours, weekend, active_weeks, tenure_days,
    recency_days, decayed, regularity, burstiness, reciprocity, initiative, latency_a, latency_b,
)  # fmt: skip
"""What is known of a pair in contact, in the order of the table."""


def _second(at: TimestampValue) -> IntegerValue:
    """The second that a moment is in. Engines differ in what they make of parts of one: unless told, DuckDB and PostgreSQL
    take the nearest, Spark this one."""
    return at.epoch_seconds().floor().cast("int64")


def _mean(flag: BooleanValue, where: BooleanValue | None = None) -> NumericValue:
    """The share of records for which a flag holds; of floats, since a server's mean of whole numbers is none."""
    return flag.cast("int32").cast("float64").mean(where=where)
