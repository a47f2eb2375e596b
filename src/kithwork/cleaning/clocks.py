"""When contact happened: the time studied, clocks that were wrong, and each person's own working hours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kithwork.cleaning import offsets
from kithwork.engagement import Place
from kithwork.params import Settings

if TYPE_CHECKING:
    import ibis
    import pandas as pd

SILENCE = 183
"""Days without any record beyond which dates are taken for those of clocks that were never set."""

FEWEST = 10
"""Days with a record of a person in a channel from which its clock can be told: two weeks of work, since what fewer days
show may be a journey."""

SURE = 20.0
"""Log likelihood ratio from which a clock is taken to be wrong: by chance alone it is reached once in e^20, far more often
than an organisation has people."""

TOGETHER = ("meeting", "face_to_face")
"""Channels whose hour several people agree on, so that it says little of one person's clock."""

LEAST_SHIFT = 3
"""Hours below which a shifted clock cannot be told from a person's own habits."""


def period(contacts: ibis.Table, settings: Settings) -> tuple[datetime, datetime]:
    """From when to when records are of the time studied, in UTC, the end not included.

    What `params.yaml` states: from when its first day begins at any of the engagement's places to when its last day is over
    at all of them; without places, days are those of UTC. Else the days, in UTC, from the middle record outwards, as far
    as no silence is longer than `SILENCE`.
    """
    if stated := settings.engagement.period:
        first, after = stated[0], stated[1] + timedelta(days=1)
        here = {ZoneInfo(place.timezone) for place in settings.engagement.places.values()} or {UTC}
        begins, ends = ({datetime.combine(day, time.min, zone).astimezone(UTC) for zone in here} for day in (first, after))
        return min(begins), max(ends)
    timed = contacts.filter(contacts.at.notnull())
    day = timed["at"].date()
    days = timed.group_by(day=day).agg(records=timed.count()).order_by("day").to_pandas()
    if not len(days):
        return datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
    first, last = around_the_middle([day.date() for day in days["day"]], days["records"].tolist())
    start, end = (datetime.combine(day, time.min, tzinfo=UTC) for day in (first, last))
    return start, end + timedelta(days=1)


def around_the_middle(days: list[date], records: list[int]) -> tuple[date, date]:
    """First and last of the days (in order) that no silence beyond `SILENCE` cuts off from the day of the middle record."""
    seen, half = 0, sum(records) / 2
    middle = next(i for i, count in enumerate(records) if (seen := seen + count) >= half)
    low = high = middle
    while low > 0 and (days[low] - days[low - 1]).days <= SILENCE:
        low -= 1
    while high < len(days) - 1 and (days[high + 1] - days[high]).days <= SILENCE:
        high += 1
    return days[low], days[high]


def zones(people: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Time zone and place of each person: columns identity, place, zone; absent where neither list nor settings say."""
    import pandas as pd

    nothing = pd.Series(None, index=people.index, dtype="str")
    site, own = people.get("site", nothing), people.get("timezone", nothing)
    stated = site.map({name: place.timezone for name, place in settings.engagement.places.items()})
    zone = own.fillna(stated) if stated.notna().any() else own
    return pd.DataFrame({"identity": people["person_id"], "place": site, "zone": zone})


OWN_TIME = ("local", "off_hours", "weekend")
"""Columns that `in_own_time` adds."""


def in_own_time(met: ibis.Table, settings: Settings, zones: Iterable[str], period: tuple) -> ibis.Table:
    """The records with `local`, the ego's wall clock; `off_hours`, 1 outside its working hours and 0 inside; `weekend`.

    The zone is that of the ego, or of the alter where the ego is no person; else the offset the source wrote; else all
    three are absent. Where only the day is known, `local` is its noon wherever anybody is, and `off_hours` is absent. Hours
    are those of the person's place, or `clean.working_hours` and `clean.working_days`. `zones` are all that people have,
    `period` the time studied, outside which nobody's clock is known.
    """
    columns = [name for name in met.columns if name not in OWN_TIME]
    zone = (met.ego_kind == "person").ifelse(met.ego_zone, met.alter_zone)
    place = (met.ego_kind == "person").ifelse(met.ego_place, met.alter_place)
    met = met.mutate(at_place=place, of_zone=zone, utc=met.at.cast("timestamp"))
    known = offsets.by_day(zones, *period).rename(offset_zone="zone", offset_day="day")
    met = met.left_join(known, [met.of_zone == known.offset_zone, met.utc.date() == known.offset_day])
    ahead = met.of_zone.notnull().ifelse((met.utc < met.change).ifelse(met.before, met.after), met.offset)
    local = met.utc + ahead.cast("int64").as_interval("m")
    met = met.mutate(local=met.day_only.ifelse(met.utc, local))
    hour = met.local.hour() + met.local.minute() / 60
    usual = Place(timezone="UTC", hours=settings.clean.working_hours, days=settings.clean.working_days)

    def free(one: Place) -> ibis.expr.types.BooleanColumn:
        return (met.local.day_of_week.index() + 1).notin(one.days)

    def off(one: Place) -> ibis.expr.types.BooleanColumn:
        return (hour < one.hours[0]) | (hour >= one.hours[1]) | free(one)

    named = [(name, one.or_else(usual)) for name, one in settings.engagement.places.items()]

    def by_place(rule: Callable[[Place], ibis.expr.types.BooleanColumn]) -> ibis.expr.types.FloatingColumn:
        import ibis

        cases = [(met.at_place == name, rule(place)) for name, place in named]
        whether = ibis.cases(*cases, else_=rule(usual)) if cases else rule(usual)
        return ibis.cases((met.local.isnull(), None), (whether, 1.0), else_=0.0).cast("float64")

    met = met.mutate(off_hours=met.day_only.ifelse(None, by_place(off)), weekend=by_place(free))
    return met.select(*columns, *OWN_TIME)


def _told(met: ibis.Table) -> ibis.Table:
    """Records that tell of a person's own clock: with a zone and an hour, of what one does alone."""
    alone = met.channel.notin(TOGETHER)
    timed = met.at.notnull() & ~met.day_only
    sent = met.filter((met.ego_kind == "person") & met.ego_zone.notnull() & timed & alone)
    return sent.select(
        "channel",
        person_id=sent.ego_id,
        zone=sent.ego_zone,
        hour=sent.local.hour(),
        local_day=sent.local.date(),
        day=sent.at.date(),
    )


def hours(met: ibis.Table) -> ibis.Table:
    """A row per person, channel and hour of the wall clock with any record: zone, `days` with one in it, `records`."""
    about = _told(met)
    once = about.group_by("person_id", "zone", "channel", "hour", "local_day").agg(records=about.count())
    return once.group_by("person_id", "zone", "channel", "hour").agg(days=once.count(), records=once.records.sum())


def days(met: ibis.Table) -> ibis.Table:
    """A row per person and channel: `days`, in UTC, with any record."""
    about = _told(met)
    return about.group_by("person_id", "channel").agg(days=about.day.nunique())


def shifts(by_hour: pd.DataFrame, by_day: pd.DataFrame) -> pd.DataFrame:
    """Clocks that run whole hours off: columns person_id, channel, hours (to take off), records, ratio.

    `by_hour` and `by_day` are rows of `hours` and `days`, of all blocks.

    Model. An hour of a day in which a person has any record is one observation, since a mail to many, or a talk of many
    messages, is one event. It is hour h of the wall clock with the probability p(h) that those of all others in the zone
    are, each hour counted once more than seen. A clock k hours ahead makes it p(h - k). The log likelihood ratio of the
    best k against none is the sum over observations of log p(h - k) - log p(h); a clock is called wrong where they are of
    at least `FEWEST` days, the ratio is at least `SURE` and k at least `LEAST_SHIFT` hours: a likelihood ratio test of a
    shift on the circle (Wilks 1938, Ann. Math. Statist. 9, 60, for the ratio; the bar is far above its quantiles).
    """
    import numpy as np
    import pandas as pd

    by_hour = by_hour.groupby(["zone", "channel", "person_id", "hour"], as_index=False)[["days", "records"]].sum()
    days_of = by_day.groupby(["channel", "person_id"])["days"].sum()
    found = []
    for (_, channel), group in by_hour.groupby(["zone", "channel"]):
        seen = group.pivot_table(index="person_id", columns="hour", values="days", fill_value=0, observed=False)
        counts = seen.reindex(columns=range(24), fill_value=0).to_numpy(dtype=float)
        others = counts.sum(axis=0) - counts + 1
        likely = np.log(others / others.sum(axis=1, keepdims=True))
        fit = np.stack([(counts * np.roll(likely, k, axis=1)).sum(axis=1) for k in range(24)])
        best = fit.argmax(axis=0)
        ahead = np.where(best > 12, best - 24, best)
        ratio = fit.max(axis=0) - fit[0]
        enough = days_of[channel].reindex(seen.index).to_numpy() >= FEWEST
        wrong = enough & (ratio >= SURE) & (np.abs(ahead) >= LEAST_SHIFT)
        records = group.groupby("person_id")["records"].sum().reindex(seen.index).to_numpy()
        told = zip(seen.index[wrong], ahead[wrong], records[wrong], ratio[wrong], strict=True)
        found += [(who, channel, *rest) for who, *rest in told]
    return pd.DataFrame(found, columns=["person_id", "channel", "hours", "records", "ratio"])


def set_right(met: ibis.Table, wrong: pd.DataFrame) -> ibis.Table:
    """The records with the times of wrong clocks moved by the hours they run ahead. `wrong`: rows of `shifts`."""
    import ibis

    ahead = ibis.memtable(wrong[["person_id", "channel", "hours"]].astype({"person_id": "str", "channel": "str"}))
    ahead = ahead.rename(wrong_id="person_id", wrong_channel="channel", hours_ahead="hours")
    joined = met.left_join(ahead, [met.ego_id == ahead.wrong_id, met.channel == ahead.wrong_channel])
    hours = joined.day_only.ifelse(0, joined.hours_ahead.fill_null(0))
    at = joined.at - hours.cast("int64").as_interval("h")
    return joined.mutate(at=at)[met.columns]
