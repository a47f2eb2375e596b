"""How far news gets within a week: the share of ordered pairs of colleagues it could pass between, from a Monday on.

Each week of the record stands by itself (`temporal`): what somebody knows as it begins passes at each contact, and on from
there at later ones. The figure is the mean over whole weeks; its interval is by weeks drawn anew (bootstrap, Efron 1979),
so it holds what weeks differ in, holidays too, and not who is on the staff list. Chance is the same contacts with their
times dealt anew within each week. Calls, meetings and encounters pass news both ways, messages one way; contacts of which
only the day is known are at one time and do not chain, so the share is then a lower end.

A long record is not followed whole. Weeks are then drawn by chance, and in each of them people whose news is followed; both
are fair draws, so the mean s̄ of the k weeks' shares is right on average. Its interval holds what weeks differ in and the
error of following some people only, since each week draws its own: Student's (1908, Biometrika 6:1) on the scale of the
logit, where shares near 0 or 1 lean less, logit s̄ ± t s/√k / (s̄ (1 − s̄)), t of k − 1 degrees of freedom, s the standard
deviation of the shares. Where few weeks differ much it is too short: `make bench-news` counts how often. Contacts lie on
disk (`week`).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, sqrt
from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import LEVEL, Estimate, from_draws
from kithwork.log import second
from kithwork.network import nulls, temporal
from kithwork.network.heard import Block, heard
from kithwork.network.structure import Whole
from kithwork.network.week import HELD, Week, held

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from kithwork.log import Log

WEEK = 7 * 24 * 3600
"""Seconds."""
MONDAY = 4 * 24 * 3600
"""Seconds from the beginning of 1970, a Thursday, to its first Monday."""
ONE_WAY = ("mail", "chat", "review")
"""Channels on which only who begins passes anything on."""
MOST_WEEKS = 26
"""Weeks that are followed, spread evenly over the record, where it has more."""
RESAMPLES = 1_000
"""Resamples of weeks."""
PASSES = 3_000_000
"""Contacts that are passed in all: a longer record has fewer draws of chance, 5 at least. Their means differ little."""
MOST_PASSES = 20_000_000
"""Contacts that are passed at most where weeks are drawn, unless `FEWEST` are longer: some ten seconds. Half of them are by
chance, which is dealt once in each week: deals of one week differ far less than weeks do."""
FEWEST = 4
"""Weeks that are drawn at least."""
EVERYBODY = 5_000
"""Up to so many people everybody's news is followed, above that of `temporal.SOURCES`, drawn anew in each week."""
FOLLOWED = 512
"""People whose news is followed in a week that is drawn: the standard error of its share is .022 at most."""
FETCHED = 1_000_000
"""Contacts that come from an engine at a time."""


def passed(interactions: Log, people: pd.DataFrame, draws: int, rng: np.random.Generator) -> Whole | None:
    """The mean share over weeks, 0 to 1, against the times dealt anew; None without two whole weeks, or two people."""
    if len(people) < 2:
        return None
    met = among(interactions.table(), people)
    counts = whole_weeks(met)
    if len(counts) < 2:
        return None
    spread = counts.iloc[np.linspace(0, len(counts) - 1, min(len(counts), MOST_WEEKS)).round().astype(int)]
    if 6 * spread.sum() > MOST_PASSES:
        return _drawn(met, counts, len(people), rng)
    deals = int(np.clip(PASSES // max(spread.sum(), 1), 5, draws))
    most = None if len(people) <= EVERYBODY else temporal.SOURCES
    observed, null = _shares(met, spread, len(people), most, deals, rng)
    picks = rng.integers(0, len(observed), (RESAMPLES, len(observed)))
    return Whole(
        from_draws(observed.mean(), observed[picks].mean(axis=1), len(people)), nulls.against(observed.mean(), null)
    )


def among(table: ibis.Table, people: pd.DataFrame) -> ibis.Table:
    """Contacts among people whose time is known: `a` and `b`, their rows, `moment`, `second` and number of the `week`, and
    if it is `both` ways."""
    import ibis

    ids = people["person_id"].tolist()
    ego, alter = (
        ibis.memtable({end: ids, row: range(len(ids))}, schema={end: "string", row: "int32"})
        for end, row in (("ego_id", "a"), ("alter_id", "b"))
    )
    met = table.filter(table.at.notnull(), table.ego_id != table.alter_id)
    met = met.inner_join(ego, "ego_id").inner_join(alter, "alter_id")
    moment = second(met.at)
    week = ((moment - MONDAY) / WEEK).floor().cast("int64")
    return met.select("a", "b", moment=met.at, second=moment, week=week, both=met.channel.notin(ONE_WAY))


def whole_weeks(met: ibis.Table) -> pd.Series:
    """Contacts by number of the week, from Monday to Sunday, UTC, those without a contact too, between the first and last,
    which may be cut; one both ways counts twice."""
    found = met.group_by("week").agg(contacts=met.count() + met.count(where=met.both)).to_pandas()
    by_week = found.set_index("week")["contacts"].astype(int)
    return by_week.reindex(range(by_week.index.min() + 1, by_week.index.max()), fill_value=0) if len(by_week) else by_week


def _drawn(met: ibis.Table, counts: pd.Series, people: int, rng: np.random.Generator) -> Whole:
    """The same of a record too long to be followed whole."""
    many = int(np.clip(MOST_PASSES // (2 * counts.mean()), FEWEST, MOST_WEEKS))
    chosen = np.sort(rng.choice(len(counts), min(many, len(counts)), replace=False))
    observed, null = _shares(met, counts.iloc[chosen], people, FOLLOWED, 1, rng)
    drawn = (
        f"{len(observed)} of {len(counts)} weeks, and in each {min(FOLLOWED, people)} people to start from, drawn by chance"
    )
    return Whole(_student(observed, people), nulls.against(observed.mean(), null), drawn)


def _student(shares: np.ndarray, people: int) -> Estimate:
    from scipy.special import stdtrit

    k, mean = len(shares), float(shares.mean())
    if not 0 < mean < 1:
        return Estimate(mean, mean, mean, people)
    half = float(stdtrit(k - 1, (1 + LEVEL) / 2) * shares.std(ddof=1) / sqrt(k)) / (mean * (1 - mean))
    low, high = (1 / (1 + (1 / mean - 1) * exp(-side * half)) for side in (-1, 1))
    return Estimate(mean, low, high, people)


def _shares(
    met: ibis.Table, weeks: pd.Series, people: int, most: int | None, deals: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The share of ordered pairs in each week, (weeks,), and its mean over weeks in each deal of their times, (deals,)."""
    observed, null, place = np.zeros(len(weeks)), np.zeros((len(weeks), deals)), 0
    for _, some in weeks.groupby((weeks.cumsum() - 1) // HELD):
        contacts = _held(met, some.index.tolist())
        for week in np.split(contacts, some.cumsum()[:-1]):
            sources = temporal.followed(people, rng, most)
            observed[place] = _share(Week(week).in_order(), people, sources)
            null[place] = [_share(Week(week).dealt(rng), people, sources) for _ in range(deals)]
            place += 1
    return observed, null.mean(axis=0)


def _share(blocks: Iterator[Block], people: int, sources: np.ndarray) -> float:
    bits = int(np.bitwise_count(heard(blocks, people, sources)).sum(dtype=np.int64))
    return (bits - len(sources)) / (len(sources) * (people - 1))


def _held(met: ibis.Table, weeks: list[int]) -> np.ndarray:
    """The contacts of the weeks of these numbers, in order of time, which is from the first one's Monday on."""
    import ibis

    runs = np.split(np.array(weeks), np.flatnonzero(np.diff(weeks) > 1) + 1)
    within = ibis.or_(*((met.moment >= _monday(run[0])) & (met.moment < _monday(run[-1] + 1)) for run in runs))
    own = met.filter(met.moment >= _monday(weeks[0]), met.moment < _monday(weeks[-1] + 1), within)
    at = (own.second - (MONDAY + weeks[0] * WEEK)).cast("int32")
    own = own.select("a", "b", "both", at=at).order_by("at", "a", "b", "both")
    return held(own.to_pyarrow_batches(chunk_size=FETCHED))


def _monday(week: int) -> ibis.expr.types.TimestampScalar:
    """The moment at which the week of this number begins."""
    import ibis
    import pandas as pd

    return ibis.literal(pd.Timestamp(MONDAY + int(week) * WEEK, unit="s", tz="UTC"))
