"""market/sightings.py and exposed.py: who writes of a topic first, by kind of tie and by group."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kithwork.claims import Ledger
from kithwork.market import exposed
from kithwork.market.sightings import sightings
from kithwork.market_tables import ROLES
from kithwork.tables import NOMINATIONS, PARTIES

START = pd.Timestamp("2026-01-05", tz="UTC")
PEOPLE, TOPICS = 40, 6


def study(strategic_first: bool, outside_first: bool = False) -> dict[str, pd.DataFrame | pd.Series]:
    """Forty people in two groups who each write once of every topic, in an order by lot; a ring of ties. Every fourth
    person may be first: these hold strategic ties among them, and may name the customer that the topics are about."""
    rng = np.random.default_rng(3)
    people = pd.DataFrame({"person_id": [f"p{i:02d}" for i in range(PEOPLE)], "unit": ["Sales", "Service"] * (PEOPLE // 2)})
    even = np.arange(PEOPLE) % 4 == 0
    pairs = [(i, j) for i in range(PEOPLE) for j in range(i + 1, PEOPLE) if (j - i) in (1, 2, 4)]
    a, b = np.array(pairs).T
    ties = pd.DataFrame({"a_id": people["person_id"].to_numpy()[a], "b_id": people["person_id"].to_numpy()[b]})
    ties = ties.assign(p_strategic=(even[a] & even[b]) * 0.9, p_functional=0.5, p_personal=np.nan)
    rows = []
    for topic in range(TOPICS):
        order = rng.permutation(PEOPLE).astype(float)
        order[even] -= 60 * (strategic_first or outside_first)
        rows += [
            (f"c{topic}-{i}", f"p{i:02d}", f"en-{topic:02d}", START + pd.Timedelta(hours=24 * topic * 90 + order[i] + 60))
            for i in range(PEOPLE)
        ]
    frame = pd.DataFrame(rows, columns=["comment_id", "person_id", "topic_id", "at"])
    parties = PARTIES.checked(pd.DataFrame({"party_id": ["q"], "kind": ["customer"], "segment": ["sea"]}))
    named = pd.DataFrame({"ego_id": people.loc[even, "person_id"], "alter_id": "q", "relation": "widens"})
    topics = pd.DataFrame({"topic_id": [f"en-{i:02d}" for i in range(TOPICS)]}).assign(
        **{f"p_{role}": 0.9 * (role == "customer") for role in ROLES}
    )
    return {
        "texts": frame.assign(fate="kept").drop(columns="topic_id"),
        "of": frame.set_index("comment_id")["topic_id"],
        "topics": topics,
        "ties": ties,
        "people": people,
        "nominations": NOMINATIONS.checked(named) if outside_first else NOMINATIONS.empty(),
        "parties": parties,
    }


def test_planted_hearing_is_found_for_the_kind_that_has_it():
    """Those with strategic ties write first: found for these, with ties of any kind held alike."""
    found = sightings(**study(strategic_first=True)).by_tie
    assert found["strategic"].low > 0.5
    assert "personal" not in found  # no tie could be told personal


def test_ties_to_the_parties_a_topic_is_about_are_compared():
    """Who names a customer hears of customers first; where nobody names a party nothing is told."""
    assert sightings(**study(False, outside_first=True)).by_tie["outside"].low > 0.5
    assert "outside" not in sightings(**study(strategic_first=True)).by_tie


def test_nothing_planted_is_not_found():
    """Orders by chance alone: the interval holds one half."""
    found = sightings(**study(strategic_first=False)).by_tie["strategic"]
    assert found.low < 0.5 < found.high


def test_groups_are_first_as_often_as_counted():
    """Every topic has one first group; claims set its share beside the group's share of the texts."""
    given = study(strategic_first=True)
    found = sightings(**given)
    first = given["texts"].assign(topic=given["of"].to_numpy()).sort_values("at").drop_duplicates("topic")
    units = first["person_id"].map(given["people"].set_index("person_id")["unit"]).value_counts()
    assert found.topics == TOPICS
    assert found.by_group.set_index("group")["first"].to_dict() == {
        one: int(units.get(one, 0)) for one in ("Sales", "Service")
    }
    ledger = Ledger("market")
    found.claims(ledger)
    rows = ledger.frame().set_index("id")
    assert rows.loc["market.first_by.Sales", "reference"] == 50
    assert rows.loc["market.first_by.Sales", "people"] == PEOPLE / 2
    assert rows.loc["market.earlier.strategic", "n"] == PEOPLE


def test_a_group_first_by_one_persons_doing_tells_the_gate_so():
    """Whose topics one person alone was first in has a claim about that person, of whom the gate then counts one."""
    given = study(strategic_first=True)
    one = given["people"].loc[given["people"]["unit"] == "Sales", "person_id"].iloc[0]
    of_unit = given["texts"]["person_id"].map(given["people"].set_index("person_id")["unit"])
    alone = given["texts"][(of_unit != "Sales") | (given["texts"]["person_id"] == one)]
    ledgers = {name: Ledger("market") for name in ("all", "alone")}
    sightings(**given).claims(ledgers["all"])
    sightings(**given | {"texts": alone}).claims(ledgers["alone"])
    largest = {name: ledger.frame().set_index("id")["largest"] for name, ledger in ledgers.items()}
    assert largest["alone"]["market.first_by.Sales"] == 1
    assert largest["all"]["market.first_by.Sales"] < 1
    assert largest["all"].drop(["market.first_by.Sales", "market.first_by.Service"]).isna().all()


def test_without_dates_or_topics_nothing_is_told():
    """Texts without a date, of no topic, or none at all: no claim and no error."""
    given = study(strategic_first=True)
    none = given["texts"].assign(at=pd.Series(pd.NaT, index=given["texts"].index, dtype="datetime64[us, UTC]"))
    for texts, of in (
        (none, given["of"]),
        (given["texts"].iloc[:0], given["of"]),
        (given["texts"], pd.Series(None, index=given["of"].index, dtype="str")),
    ):
        ledger = Ledger("market")
        found = sightings(**given | {"texts": texts, "of": of})
        found.claims(ledger)
        found.wait(
            pd.DataFrame({"problem": pd.Series(dtype="str"), "raised": pd.Series(dtype="datetime64[us, UTC]")}),
            pd.Series(dtype="str"),
            ledger,
        )
        assert not ledger.rows


def test_strength_is_the_expected_number_of_ties():
    """The sum of probabilities over a person's ties; a kind that no tie could be told to be has none."""
    given = study(strategic_first=True)
    held = exposed.strengths(given["ties"], given["people"])
    assert set(held) == {"strategic", "functional"}
    mine = given["ties"][(given["ties"][["a_id", "b_id"]] == "p00").any(axis=1)]
    assert (
        held["functional"][0] == pytest.approx(0.5 * len(mine)) == 0.5 * exposed.degrees(given["ties"], given["people"])[0]
    )
