"""Whom words mean that no key leads to: what must be merged, what is for a person to see, what never is; and any words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kithwork.cleaning.matching import DOUBTFUL, Matched, Met, Staff, match
from kithwork.cleaning.parties import Domains
from kithwork.cleaning.traces import Traces

FIRST = ("Ada", "Bo", "Cid", "Dagny", "Emeka", "Farah", "Gil", "Hana", "Ivar", "Jamal", "Keiko", "Lars")
LAST = ("Falk", "Lind", "Osei", "Wójcik", "Aziz", "Chen", "Diallo", "Garnier", "Ibarra", "Jansen", "Macedo", "Rossi")
NAMES = [f"{first} {last}" for first in FIRST for last in LAST]
PLAIN = [name.lower().replace("ó", "o").replace(" ", ".") for name in NAMES]
STAFF = pd.DataFrame(
    {
        "person": [f"p{number:03d}" for number in range(len(NAMES))],
        "name": NAMES,
        "email": [f"{plain}@firm.example" for plain in PLAIN],
        "unit": ["North", "South"] * (len(NAMES) // 2),
        "tenure_months": 60.0,
    }
)
DOMAINS = Domains(frozenset({"firm.example", "old.example"}), frozenset({"post.example"}), {"client.example": "A1"})
DAYS = pd.date_range("2026-01-05", periods=180, tz="UTC")


def met(words: list[str], like: dict[str, int] | None = None, seen: list[tuple] = (), with_: list[tuple] = ()) -> Met:
    """The staff list's addresses, in contact around a ring, and other words; `like` gives these someone's partners."""
    count = len(NAMES)
    contacts = np.zeros((count + len(words), count))
    for person in range(count):
        for step in (1, 2, 3, 5, 7, 9):
            contacts[person, (person + step) % count] = contacts[person, person - step] = 3 + step
    for word, person in (like or {}).items():
        contacts[count + words.index(word)] = contacts[person]
    for word, person in with_:
        contacts[count + words.index(word), person] += 1
    spans = [(person, "mail.csv", DAYS[0], DAYS[-1]) for person in range(count)]
    spans = [one for one in spans if one[0] not in {who for who, *_ in seen}]
    spans += [(count + words.index(who) if isinstance(who, str) else who, *rest) for who, *rest in seen]
    return Met(
        [*STAFF["email"], *words],
        np.r_[np.arange(count), np.full(len(words), -1)],
        sparse.csr_array(contacts),
        pd.DataFrame(spans, columns=["word", "file", "first", "last"]),
    )


def decided(found: Matched, word: str) -> tuple[str, str | None]:
    """The decision on a word and the person it is merged with."""
    row = found.decisions.set_index("word").loc[word]
    return row["decision"], row["person"] if isinstance(row["person"], str) else None


def shown(found: Matched, word: str) -> list[str]:
    """The candidates of a word."""
    return list(found.candidates.loc[found.candidates["word"] == word, "person"])


@pytest.mark.parametrize(
    ("word", "person"),
    [
        ("ada.falk+home@firm.example", "p000"),
        ("ada.falk@old.example", "p000"),
        ("a.lind@firm.example", "p001"),
        ("dagnyw@firm.example", "p039"),
    ],
)
def test_second_address_with_the_same_partners_is_merged(word, person):
    """By mailbox, initial and name, and whom it is in contact with."""
    like = {word: int(person[1:])}
    assert decided(match(Staff(STAFF), met([word], like), DOMAINS), word) == ("merge", person)


@pytest.mark.parametrize("word", ["Dagny WÃ³jcik", "Wójcik, Dagny", "DagnyWójcik", "Dagny Wójcick"])
def test_name_in_another_spelling_is_merged(word):
    """Wrong encoding, order, a lost space, a slip, from somebody in contact with the person."""
    found = match(Staff(STAFF), met([word], with_=[(word, 38)]), DOMAINS)
    assert decided(found, word) == ("merge", "p039")


def test_former_name_is_found_by_its_handover():
    """First name kept, the old address stops the week the new one starts, same partners; a newcomer is no such person."""
    word, half = "emeka.thorsen@firm.example", DAYS[90]
    spans = [(word, "mail.csv", DAYS[0], half), (48, "mail.csv", DAYS[92], DAYS[-1])]
    there = met([word], {word: 48}, spans)
    found = match(Staff(STAFF), there, DOMAINS)
    assert decided(found, word) == ("merge", "p048")
    assert "stops as this person's address begins" in found.candidates["evidence"].iloc[0]
    new = STAFF.assign(tenure_months=[60.0] * 48 + [2.0] + [60.0] * 95)
    assert decided(match(Staff(new), there, DOMAINS), word) == ("none", None)


@pytest.mark.parametrize("word", ["ada.falk@post.example", "ada.falk@unknown.example"])
def test_address_elsewhere_is_for_a_person_to_see_at_most(word):
    """A private mailbox or an unmapped domain never merges, whatever speaks for it."""
    found = match(Staff(STAFF), met([word], {word: 0}), DOMAINS)
    assert decided(found, word) == ("review", None)
    assert shown(found, word) == ["p000"]


@pytest.mark.parametrize(
    "word", ["ada.falk@client.example", "Ada Falk <ada.falk@mail.client.example>", "stig.holm@firm.example", "Stig Holm"]
)
def test_parties_and_people_who_left_mean_nobody(word):
    """A party's address has no candidate though the name is the same; nor has a name of nobody."""
    assert decided(match(Staff(STAFF), met([word], {word: 0}), DOMAINS), word) == ("none", None)


def test_word_in_contact_with_the_person_is_somebody_else():
    """Father and son write to each other."""
    word = "a.falk@firm.example"
    found = match(Staff(STAFF), met([word], {word: 0}, with_=[(word, 0)]), DOMAINS)
    assert decided(found, word)[0] != "merge"


def test_name_of_two_people_that_several_use_is_not_merged():
    """Each may mean another one."""
    staff = STAFF.assign(name=["Ada Falk", "Ada Falk", *NAMES[2:]])
    word = "Ada Falk"
    found = match(Staff(staff), met([word], with_=[(word, 3), (word, 4)]), DOMAINS)
    assert decided(found, word) == ("review", None)
    assert set(shown(found, word)) == {"p000", "p001"}


def test_staff_list_of_ids_alone_and_no_words():
    """What a client lacks is no fault."""
    found = match(Staff(STAFF[["person"]]), met(["Ada Falk"]), DOMAINS)
    assert decided(found, "Ada Falk") == ("none", None)
    assert match(Staff(STAFF), met([]), DOMAINS).decisions.empty


def test_scores_of_a_word_add_up_to_less_than_one():
    """They are shares of one whole that nobody has a part in."""
    words = ["Falk", "ada", "Ada Flak", "b.lind@firm.example", "Bo Lnid"]
    totals = match(Staff(STAFF), met(words), DOMAINS).candidates.groupby("word")["score"].agg(["sum", "min"])
    assert (totals["sum"] < 1).all()
    assert (totals["min"] >= DOUBTFUL).all()


def test_random_people_have_other_partners():
    """The shares of random pairs at each level of likeness are a distribution."""
    there = met([])
    traces = Traces(there.contacts, there.person, there.seen, STAFF["unit"], STAFF["tenure_months"])
    assert traces.u_cosine.sum() == pytest.approx(1, abs=0.01)


pieces = st.sampled_from(
    ["ada", "Falk", "lind", ".", " ", "@", "firm.example", "old.example", "<", ">", "+x", "Ã³", "2", ","]
)


@given(st.lists(st.lists(pieces, max_size=7).map("".join) | st.text(max_size=12), max_size=8, unique=True))
def test_any_words_have_one_decision_each(words):
    """No exception; each word once, merged with one listed person or with nobody."""
    found = match(Staff(STAFF), met(words, with_=[(word, 3) for word in words]), DOMAINS).decisions
    assert list(found["word"]) == words
    assert (found["person"].notna() == (found["decision"] == "merge")).all()
    assert set(found["person"].dropna()) <= set(STAFF["person"])
