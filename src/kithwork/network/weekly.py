"""How far news gets within a week: the share of ordered pairs of colleagues it could pass between, from a Monday on.

Each week of the record stands by itself (`temporal`): what somebody knows as it begins passes at each contact, and on from
there at later ones. The figure is the mean over whole weeks; its interval is by weeks drawn anew (bootstrap, Efron 1979),
so it holds what weeks differ in, holidays too, and not who is on the staff list. Chance is the same contacts with their
times dealt anew within each week. Calls, meetings and encounters pass news both ways, messages one way; contacts of which
only the day is known are at one time and do not chain, so the share is then a lower end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import from_draws
from kithwork.network import nulls, temporal
from kithwork.network.structure import Whole

if TYPE_CHECKING:
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


def contacts(interactions: Log, people: pd.DataFrame) -> temporal.Contacts:
    """Contacts among people whose time is known, in seconds of 1970; those both ways stand once each way."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ids, one_way = pa.array(people["person_id"].to_numpy(dtype=object), pa.string()), pa.array(ONE_WAY)
    known = pc.field("at").is_valid()
    parts = [(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64))]
    for batch in interactions.dataset.to_batches(columns=["ego_id", "alter_id", "channel", "at"], filter=known):
        a, b = (pc.fill_null(pc.index_in(batch[end], ids), -1).to_numpy() for end in ("ego_id", "alter_id"))
        at = pc.cast(batch["at"], pa.int64()).to_numpy() // 1_000_000
        inside = (a >= 0) & (b >= 0)
        back = inside & ~pc.is_in(batch["channel"], one_way).to_numpy(zero_copy_only=False)
        parts += [(a[inside], b[inside], at[inside]), (b[back], a[back], at[back])]
    a, b, at = (np.concatenate(column) for column in zip(*parts, strict=True))
    return temporal.Contacts(a, b, at, len(people))


def passed(met: temporal.Contacts, draws: int, rng: np.random.Generator) -> Whole | None:
    """The mean share over weeks, 0 to 1, against the times dealt anew; None without two whole weeks."""
    weeks = _whole_weeks(met)
    if len(weeks) < 2:
        return None
    contacts = sum(len(week.at) for week in weeks)
    deals = int(np.clip(PASSES // max(contacts, 1), 5, draws))
    observed = _shares(weeks, rng)
    null = [_shares([replace(week, at=rng.permutation(week.at)) for week in weeks], rng).mean() for _ in range(deals)]
    picks = rng.integers(0, len(weeks), (RESAMPLES, len(weeks)))
    whole = from_draws(observed.mean(), observed[picks].mean(axis=1), met.people)
    return Whole(whole, nulls.against(whole.estimate, np.array(null)))


def _shares(weeks: list[temporal.Contacts], rng: np.random.Generator) -> np.ndarray:
    """Share of ordered pairs in each week."""
    return np.array([temporal.reach(week, rng).share.estimate for week in weeks])


def _whole_weeks(met: temporal.Contacts) -> list[temporal.Contacts]:
    """Weeks from Monday to Sunday, UTC, those without a contact too, between the first and last, which may be cut."""
    if not len(met.at) or met.people < 2:
        return []
    week = (met.at - MONDAY) // WEEK
    order = np.argsort(week, kind="stable")
    inner = np.arange(week.min() + 1, week.max())
    if len(inner) > MOST_WEEKS:
        inner = inner[np.linspace(0, len(inner) - 1, MOST_WEEKS).round().astype(int)]
    first, end = (np.searchsorted(week[order], inner, side) for side in ("left", "right"))
    rows = (order[start:stop] for start, stop in zip(first, end, strict=True))
    return [temporal.Contacts(met.a[own], met.b[own], met.at[own], met.people) for own in rows]
