"""What likeness of names weighs: published similarities, weights by hand, and levels in their order."""

from __future__ import annotations

from math import log

import pytest
from rapidfuzz.distance import JaroWinkler

from kithwork.cleaning.likeness import NAMED, SLIPS, M, Names, covers, initialled, nearness
from kithwork.cleaning.spelling import spelt

STAFF = ["Anna Lind", "Anna Berg", "Bo Lind", "Cid Dahl", "Mario Silva", "Zofia N Falk"]


def names(*people: str) -> Names:
    """A staff list of names with addresses of first and last name."""
    return Names([[spelt(f"{'.'.join(one.lower().split())}@firm.example"), spelt(one)] for one in people])


@pytest.mark.parametrize(
    ("one", "other", "similarity"),
    [("MARTHA", "MARHTA", 0.961), ("DIXON", "DICKSONX", 0.813), ("DWAYNE", "DUANE", 0.84)],
)
def test_jaro_winkler_is_as_published(one, other, similarity):
    """The examples of Winkler 1990."""
    assert JaroWinkler.similarity(one, other) == pytest.approx(similarity, abs=5e-4)


def test_weight_is_the_logarithm_of_m_over_u():
    """Fellegi & Sunter by hand: Anna is borne by 2 of 6 and Berg by 1, so u = 3/8 · 2/8 where the order is turned."""
    found = names(*STAFF).likeness(spelt("Berg Anna"), 1)
    assert found.level == "name"
    assert found.weight == pytest.approx(log(M["name"][NAMED] / (3 / 8 * 2 / 8)))


def test_slip_weighs_less_where_it_makes_another_name_that_exists():
    """Of `Maria Silva` and `Marrio Silva` the first may well be somebody else."""
    known = names(*STAFF, "Maria Dahl")
    odd, other = (known.likeness(spelt(word), 4) for word in ("Marrio Silva", "Maria Silva"))
    assert odd.level == other.level == "near"
    assert odd.weight == pytest.approx(log(M["near"][NAMED] / (1e-4 * 2 / 9 * SLIPS)))
    assert odd.weight - other.weight > 5


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("anna.lind+home@firm.example", "address"),
        ("anna.lind@old.example", "mailbox"),
        ("AnnaLind", "letters"),
        ("Lind Anna", "name"),
        ("Anna Maria Lind", "part"),
        ("Ana Lind", "near"),
        ("a.lind@firm.example", "initials"),
        ("alind@firm.example", "initials"),
        ("anna.dahl@firm.example", "first"),
        ("Cid Dahl", None),
    ],
)
def test_levels(word, level):
    """The strongest agreement is named."""
    found = names(*STAFF).likeness(spelt(word), 0)
    assert (found and found.level) == level


def test_address_in_the_form_of_all_others_says_less():
    """Where all write first and last name, an initial is an odd form; where all write initials, it is anybody's."""
    short = Names([[spelt(f"{one[0].lower()}.{one.split()[-1].lower()}2@firm.example"), spelt(one)] for one in STAFF])
    assert names(*STAFF).written("initials") < short.written("initials")
    word = spelt("a.lind@sister.example")
    assert names(*STAFF).likeness(word, 0).weight > short.likeness(word, 0).weight


def test_number_in_a_mailbox_tells_namesakes_apart():
    """`anna.lind7` is less likely Anna than `anna.lind` of another domain, and less still at her own."""
    known = names(*STAFF)
    weights = [
        known.likeness(spelt(f"anna.lind{end}"), 0).weight for end in ("@o.example", "7@o.example", "7@firm.example")
    ]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


def test_parts_of_names():
    """Middle names may be left out or cut to a letter; first and last may not."""
    assert covers(("zofia", "falk"), ("zofia", "n", "falk"))
    assert covers(("zofia", "n", "falk"), ("zofia", "nora", "falk"))
    assert not covers(("zofia", "m", "falk"), ("zofia", "nora", "falk"))
    assert not covers(("nora", "falk"), ("zofia", "nora", "falk"))
    assert initialled(("z", "falk"), ("zofia", "falk")) == "falk"
    assert initialled(("falkz",), ("zofia", "falk")) == "falk"
    assert not initialled(("x", "falk"), ("zofia", "falk"))


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("anna lind", "anan lind", 1),
        ("anna lind", "lind ana", 1),
        ("signe halvorsen", "signe hallvoren", 2),
        ("bo xu", "bo yu", 0),
    ],
)
def test_near_names(one, other, edits):
    """One edit in a name of five letters, two in one of ten that is alike; nothing in a short one."""
    assert nearness(tuple(one.split()), tuple(other.split()))[0] == edits
