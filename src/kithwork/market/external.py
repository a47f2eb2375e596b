"""Ties outside: who names which party, how likely the tie is strategic, how fresh it is, and how much it lets one hear.

P(strategic) is 1 where the person says so: by a relation that stands for it (`labels.strategic`), or by the survey's
question whose reading of the market one relies on. Else signs vote as for ties inside (`ties/kinds.py`; noisy-OR, Pearl
1988), each with the middle of its stated range: the relations that name the party, that the tie crosses the border of a
unit, which every tie outside does, and `any`. What the middles leave open is drawn: each draw takes every weight uniformly
from its range, the same for all ties (`assumed`).

Freshness f = 2^(−days / fade_days), days from the last recorded contact to the last day of the log: ties decay (Burt
2000, Soc. Netw. 22:1). A tie that the log never shows was silent for all of it, or lives by channels that were not
brought: it counts half, or more where the log is shorter than fade_days. Where the log holds no contact with any party it
says nothing, and f is 1. Access q, what a tie lets one hear, is assumed by place in the reporting tree: .5 for who leads
nobody, .7 for who leads, .9 for who leads within a step of the top; .7 where no level is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.log import second
from kithwork.network.outside import known_to
from kithwork.ties.kinds import noisy_or
from kithwork.ties.staff import level

if TYPE_CHECKING:
    import ibis

    from kithwork.log import Log
    from kithwork.params import Settings

RELIED_ON = "GM"
"""The survey's question whose reading of the market, outside, one relies on: its answer is strategic by one's word."""
LEADS_NOBODY, LEADS, LEADS_AT_TOP = 0.5, 0.7, 0.9
"""Access by place in the reporting tree; the middle one also where that is not known."""
NEAR_TOP = 1
"""Steps below the top of the tree that count as at the top."""
UNKNOWN = "unknown"
"""The segment of parties for which the client names none."""
DAY = 24 * 3600
"""Seconds."""
ENDS = ("ego_id", "alter_id")
"""Columns of the two whom a record joins."""


def contacts(log: Log, people: pd.DataFrame, parties: pd.DataFrame) -> pd.DataFrame:
    """One row per person and party in recorded contact: `person_id`, `party_id`, `days` from the last contact to the last
    day of the log, and `span`, the days that the log covers. Records without a time are left out.

    Days are of UTC. Worked out where the log lies; a row per pair comes here.
    """
    met = log.table()
    first, last = met.agg(first=_day(met.at.min()).fill_null(0), last=_day(met.at.max()).fill_null(0)).to_pandas().iloc[0]
    pairs = latest(met, people["person_id"], parties["party_id"]).to_pandas()
    staff, outside = pd.Index(people["person_id"]), pd.Index(parties["party_id"])
    who, party = staff.get_indexer(pairs["person_id"]), outside.get_indexer(pairs["party_id"])
    order = np.lexsort((party, who))
    return pd.DataFrame(
        {
            "person_id": staff.to_numpy()[who[order]],
            "party_id": outside.to_numpy()[party[order]],
            "days": last - pairs["day"].to_numpy(np.int64)[order],
            "span": np.full(len(pairs), last - first + 1),
        }
    )


def latest(met: ibis.Table, people: Iterable[str], parties: Iterable[str]) -> ibis.Table:
    """The last day of each person with each party, whichever of the two stands first."""
    import ibis

    staff, known = (
        ibis.memtable({name: list(ids)}, schema={name: "string"})
        for name, ids in (("person_id", people), ("party_id", parties))
    )
    dated = met.filter(met.at.notnull())
    ways = [dated.select("at", person_id=one, party_id=other) for one, other in (ENDS, ENDS[::-1])]
    either = ibis.union(*(way.semi_join(known, "party_id").semi_join(staff, "person_id") for way in ways))
    found = either.group_by("person_id", "party_id").agg(at=either.at.max())
    return found.select("person_id", "party_id", day=_day(found.at))


def _day(at: ibis.Value) -> ibis.Value:
    """The number of the day that a moment is in."""
    return (second(at) / DAY).floor().cast("int64")


def outside(
    nominations: pd.DataFrame, parties: pd.DataFrame, people: pd.DataFrame, contact: pd.DataFrame, settings: Settings
) -> pd.DataFrame:
    """One row per person and mapped party that the person names: `person` and `party`, row numbers in `people` and
    `parties`; `relations`, joined by +; `p_strategic`, `fresh` and `access`, each 0 to 1, and their product, `heard`.

    `contact`: as `contacts` gives it.
    """
    held = known_to(nominations, people, parties).tocoo()
    frame = pd.DataFrame({"person": held.coords[0], "party": held.coords[1]})
    said = _said(nominations, parties, people).drop_duplicates().sort_values("relation", kind="stable")
    relations = said.groupby(["person", "party"])["relation"].agg("+".join)
    frame["relations"] = relations.reindex(pd.MultiIndex.from_frame(frame[["person", "party"]])).to_numpy()
    shown, ranges, said_so = _signs(frame["relations"], settings)
    frame["p_strategic"] = np.where(said_so, 1.0, noisy_or(shown, ranges.mean(axis=1)))
    frame["fresh"] = _fresh(frame, parties, people, contact, settings.market.fade_days)
    frame["access"] = access(people)[frame["person"].to_numpy()]
    frame["heard"] = frame["p_strategic"] * frame["fresh"] * frame["access"]
    return frame


def assumed(held: pd.DataFrame, settings: Settings, count: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Yields `count` arrays (ties,) of `heard`, each by weights of signs drawn from their ranges. `held`: `outside`."""
    shown, ranges, said_so = _signs(held["relations"], settings)
    patterns, of = np.unique(shown, axis=0, return_inverse=True)
    lets = (held["fresh"] * held["access"]).to_numpy()
    for weights in rng.uniform(ranges[:, 0], ranges[:, 1], (count, len(ranges))):
        yield np.where(said_so, 1.0, noisy_or(patterns, weights)[of]) * lets


def access(people: pd.DataFrame) -> np.ndarray:
    """What a tie of each person lets one hear, 0 to 1: (people,)."""
    place, leads = level(people).to_numpy(), people["person_id"].isin(people["manager_id"]).to_numpy()
    by_place = np.where(leads, np.where(place <= NEAR_TOP, LEADS_AT_TOP, LEADS), LEADS_NOBODY)
    return np.where(np.isnan(place), LEADS, by_place)


def _said(nominations: pd.DataFrame, parties: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Relation by relation, the person and the party, whichever of the two stands first."""
    staff, known = pd.Index(people["person_id"]), pd.Index(parties["party_id"])
    found = []
    for one, other in (("ego_id", "alter_id"), ("alter_id", "ego_id")):
        rows = pd.DataFrame(
            {
                "person": staff.get_indexer(nominations[one]),
                "party": known.get_indexer(nominations[other]),
                "relation": nominations["relation"].to_numpy(),
            }
        )
        found.append(rows[(rows["person"] >= 0) & (rows["party"] >= 0)])
    return pd.concat(found, ignore_index=True)


def _signs(relations: pd.Series, settings: Settings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of ties by the relations that name them: the signs seen, (ties, signs) of 0 or 1; the ranges of their weights,
    (signs, 2); and which ties are strategic by one's word, booleans (ties,)."""
    named = relations.astype("str").str.get_dummies("+")
    signs = settings.engagement.signs.get("strategic", {})
    everywhere = {"any", "crosses_unit"}
    shown = pd.DataFrame(
        {sign: 1 if sign in everywhere else named.get(sign, 0) for sign in signs}, index=relations.index, dtype=float
    )
    words = named.columns.intersection([*settings.engagement.labels.get("strategic", []), RELIED_ON])
    ranges = np.array(list(signs.values()), dtype=float).reshape(-1, 2)
    return shown.to_numpy(), ranges, named[words].any(axis=1).to_numpy()


def _fresh(
    ties: pd.DataFrame, parties: pd.DataFrame, people: pd.DataFrame, contact: pd.DataFrame, fade_days: float
) -> np.ndarray:
    """How fresh each tie is, 0 to 1: (ties,)."""
    if not len(contact):
        return np.ones(len(ties))
    last = contact.set_index(["person_id", "party_id"])["days"]
    pairs = pd.MultiIndex.from_arrays(
        [people["person_id"].to_numpy()[ties["person"]], parties["party_id"].to_numpy()[ties["party"]]]
    )
    never = min(contact["span"].iloc[0], fade_days)
    return 2 ** (-last.reindex(pairs).fillna(never).to_numpy(dtype=float) / fade_days)
