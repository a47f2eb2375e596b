"""Who writes of a topic first: by kind of tie, and by group.

Strata of `earlier.py` are people who wrote about as many dated texts; where a kind of tie is asked about, they hold about
as many ties of any kind too, so that it is the kind that is compared, not how many ties. Units are not held equal, as
they are too small for it: where a unit hears first and holds more ties, its people do. A group's share of first sightings
is set beside its share of all dated texts: who writes more is first more often.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.claims import Ledger, largest_part
from kithwork.estimates import Estimate, proportion
from kithwork.market import exposed
from kithwork.market.earlier import earlier
from kithwork.market.latency import latency
from kithwork.market_tables import KEPT, ROLES

ACTIVITY = (1, 2, 3, 5, 9)
"""Dated texts from which a person counts among the more active."""
THIRDS = (1 / 3, 2 / 3)
ABOUT = 0.5
"""Share of a topic that must be about the market for parties outside to be its source."""
METHOD = (
    "Concordance of ties and time of the first text over pairs who wrote about as many{} (Harrell et al. 1982);"
    " people of all units; interval over people and topics, units as they are (Cameron et al. 2011)"
)
FIRST = "Topics that a group wrote of first over topics that several wrote of; Wilson interval (Wilson 1927)"
WAIT = "Median by Kaplan & Meier (1958), of topics not yet on the register too; interval of Brookmeyer & Crowley (1982)"


@dataclass(frozen=True)
class Sightings:
    """`by_tie`: concordance by kind of tie, where it can be told; `by_group`: group, first, texts, people of groups that
    wrote, and `by_person`, what each of those who were first adds to `first`; `topics`: topics that several groups wrote
    of; `since`: when each topic was first written of, in days."""

    by_tie: dict[str, Estimate]
    by_group: pd.DataFrame
    topics: int
    since: pd.Series
    last: float
    writers: int

    def claims(self, ledger: Ledger) -> None:
        """Add the chance that the one with more ties of a kind is first, and the share of topics each group is first in."""
        for kind, found in self.by_tie.items():
            named = "parties outside that the topic is about" if kind == "outside" else f"{kind} ties"
            ledger.add(
                f"earlier.{kind}",
                f"Of two people who both write, chance that the one with more {named} writes of a topic first",
                found.times(100),
                unit="%",
                method=METHOD.format("" if kind == "outside" else ", and hold about as many ties"),
                reference=50.0,
                reference_label="no difference",
                people=self.writers,
            )
        if not self.topics:
            return
        whole = self.by_group["texts"].sum()
        for row in self.by_group.itertuples():
            ledger.add(
                "first_by",
                "Share of topics that the unit was first to write of",
                proportion(row.first, self.topics).times(100),
                unit="%",
                method=FIRST,
                group=row.group,
                reference=100 * row.texts / whole,
                reference_label="share of the texts",
                people=row.people,
                largest=largest_part(np.array(row.by_person)),
            )

    def wait(self, opportunities: pd.DataFrame, problems: pd.Series, ledger: Ledger) -> None:
        """Add the days from the first text on a topic to its first entry on the register; `problems`: topic by problem."""
        found = latency(self.since, opportunities, problems, self.last)
        if found is not None:
            label = "Days from the first text on a topic to the first entry on the register"
            ledger.add("latency", label, found, unit="days", method=WAIT, people=self.writers)


def sightings(
    texts: pd.DataFrame,
    of: pd.Series,
    topics: pd.DataFrame,
    ties: pd.DataFrame,
    people: pd.DataFrame,
    nominations: pd.DataFrame,
    parties: pd.DataFrame,
) -> Sightings:
    """Who is first. `texts`, `topics`: the tables of that name; `of`: topic by comment."""
    dated = texts[(texts["fate"] == KEPT) & texts["at"].notna()]
    dated = dated.assign(
        topic_id=dated["comment_id"].map(of), row=pd.Index(people["person_id"]).get_indexer(dated["person_id"])
    )
    dated = dated[dated["row"] >= 0]
    day = (dated["at"] - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
    writers, row = np.unique(dated["row"], return_inverse=True)
    ids, topic = np.unique(dated["topic_id"].dropna(), return_inverse=True)
    first = np.full((len(writers), len(ids)), np.inf)
    on = dated["topic_id"].notna().to_numpy()
    np.minimum.at(first, (row[on], topic), day.to_numpy()[on])
    active = np.digitize(np.bincount(row, minlength=len(writers)), ACTIVITY)
    by_tie = _by_tie(first, active, ids, writers, topics, ties, people, nominations, parties)
    since = pd.Series(first.min(axis=0, initial=np.inf), index=ids)
    by_group, several = _by_group(dated.assign(day=day), people)
    return Sightings(by_tie, by_group, several, since, float(day.max()) if len(day) else np.nan, len(writers))


def _by_tie(first, active, ids, writers, topics, ties, people, nominations, parties) -> dict[str, Estimate]:
    """Concordance by kind of tie to colleagues, and with ties outside for topics about the market."""
    if not len(ids):
        return {}
    degree = exposed.degrees(ties, people)[writers]
    alike = active * (len(THIRDS) + 1) + np.digitize(degree, np.quantile(degree, THIRDS))
    found = {kind: earlier(first, held[writers], alike) for kind, held in exposed.strengths(ties, people).items()}
    chance = topics.set_index("topic_id").reindex(ids)[[f"p_{role}" for role in ROLES]].fillna(0)
    market = chance.sum(axis=1).to_numpy() >= ABOUT
    role = pd.Series(np.array(ROLES)[chance.to_numpy().argmax(axis=1)], index=ids)[market]
    held = exposed.outside(role, nominations, people, parties)[writers]
    found["outside"] = earlier(first[:, market], held, active) if held.any() else None
    return {kind: one for kind, one in found.items() if one is not None}


def _by_group(dated: pd.DataFrame, people: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Groups that wrote, of how many topics each of its people was the first, and how many topics two groups or more wrote
    of; of two at one moment, the one first by name."""
    dated = dated.assign(group=people["unit"].to_numpy()[dated["row"]]).dropna(subset=["group"])
    wrote = dated.dropna(subset=["topic_id"]).sort_values(["topic_id", "group", "day", "person_id"])
    wrote = wrote.drop_duplicates(["topic_id", "group"])
    wrote = wrote[wrote.groupby("topic_id")["group"].transform("size") > 1]
    earliest = wrote.sort_values(["topic_id", "day"]).drop_duplicates("topic_id")
    by = dated.groupby("group")
    table = pd.DataFrame({"texts": by.size(), "people": by["person_id"].nunique()})
    first = earliest.groupby(["group", "person_id"]).size()
    table["by_person"] = [first[first.index.get_level_values("group") == group].tolist() for group in table.index]
    table["first"] = table["by_person"].map(sum)
    return table.rename_axis("group").reset_index(), wrote["topic_id"].nunique()
