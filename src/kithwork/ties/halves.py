"""The record of contact in two halves, cut between two weeks: who is there in both, and what each pair has in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork.ties import fetched
from kithwork.ties.contact import SHARE

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from kithwork.log import Log


def middle(person_weeks: pd.DataFrame) -> pd.Timestamp:
    """The Monday, in UTC, on which the second half begins; of an odd number of weeks the first half has one more."""
    import pandas as pd

    weeks = person_weeks.loc[person_weeks["contacts"] > 0, "week"]
    first = weeks.min()
    return first + pd.Timedelta(weeks=((weeks.max() - first).days // 7 + 2) // 2)


def throughout(person_weeks: pd.DataFrame, moment: pd.Timestamp) -> set[str]:
    """Who has contact both before the moment and from it on."""
    met = person_weeks[person_weeks["contacts"] > 0]
    later = met["week"] >= moment
    return set(met.loc[later, "person_id"].unique()) & set(met.loc[~later, "person_id"].unique())


def around(interactions: Log, people: set[str], moment: pd.Timestamp) -> pd.DataFrame:
    """A row per pair of these people in contact at known times: a_id < b_id, `before` and `after` the moment, `records`.

    A contact of n people counts 1 / (n − 1), as in `contact`, and one of which only the day is known as at its noon.
    Summed by an engine where the data is; sums are of DECIMAL, so that threads change nothing.
    """
    return fetched.by_pair(sums(fetched.among(interactions.table(), people), moment))


def sums(met: ibis.Table, moment: pd.Timestamp) -> ibis.Table:
    """The same, as an expression, of the records of `met`."""
    import ibis

    met = met.filter(met.at.notnull(), met.ego_id != met.alter_id).mutate(
        a_id=ibis.least(met.ego_id, met.alter_id),
        b_id=ibis.greatest(met.ego_id, met.alter_id),
        share=(1 / (met["size"].fill_null(2) - 1)).cast(SHARE),
        when=met.day_only.ifelse(met.at + ibis.interval(hours=12), met.at),
    )
    early = met.when < ibis.literal(moment)
    before, after = (met.share.sum(where=half).cast("float64").fill_null(0) for half in (early, ~early))
    return met.group_by("a_id", "b_id").agg(before=before, after=after, records=met.count())
