"""Who may be named to those who plan the start: only who said yes, and withdrew nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings, staff, ties

from kithwork.change import offers
from kithwork.change.dice import Dice
from kithwork.change.heeding import heeded
from kithwork.change.readiness import z
from kithwork.change.scales import reliability, score
from kithwork.change.teams import teams, trusted
from kithwork.cleaning.consent import said_yes
from kithwork.survey.wording import READINESS
from kithwork.tables import OPT_OUTS, RESPONSES

PEOPLE = staff(["A", "A", "B", "B", "C", None, "C", "D"])


def responses(*rows: tuple[int, str | None, str | None]) -> pd.DataFrame:
    """Person, start and take_part."""
    frame = pd.DataFrame([(f"p{one:03d}", *rest) for one, *rest in rows], columns=["person_id", "start", "take_part"])
    return RESPONSES.checked(frame.assign(**{name: None for name in RESPONSES.columns if name not in frame}))


def opt_outs(*rows: tuple[int, str]) -> pd.DataFrame:
    """Person and scope."""
    frame = pd.DataFrame([(f"p{one:03d}", scope) for one, scope in rows], columns=["person_id", "scope"])
    return OPT_OUTS.checked(frame) if rows else OPT_OUTS.empty()


def test_only_a_plain_yes_is_an_offer():
    """Neither a no, nor silence, nor a yes of who does not take part, of who withdrew anything, or of a stranger."""
    said = responses(
        (0, "yes", "yes"), (1, "no", "yes"), (2, None, "yes"), (3, "yes", "no"), (4, "yes", None), (6, "yes", "yes"),
        (7, "yes", "yes"), (99, "yes", "yes"),
    )  # fmt: skip
    found = offers.offered(said, opt_outs((6, "records"), (7, "all")), PEOPLE)
    assert np.flatnonzero(found).tolist() == [0, 4]


answers = st.tuples(st.sampled_from(["yes", "no", None]), st.sampled_from(["yes", "no", None]))
withdrawn = st.sets(st.tuples(st.integers(0, 7), st.sampled_from(["all", "records", "named"])))


@given(st.dictionaries(st.integers(0, 7), answers), withdrawn)
def test_nobody_who_withdrew_anything_or_kept_silent_is_ever_named(said, out):
    """Whatever is answered and withdrawn."""
    found = offers.offered(responses(*((one, *of) for one, of in said.items())), opt_outs(*sorted(out)), PEOPLE)
    for row in np.flatnonzero(found).tolist():
        offer, takes_part = said[row]
        assert offer == "yes"
        assert takes_part != "no"
        assert row not in {one for one, _ in out}


@pytest.mark.parametrize("scope", ["all", "records", "named"])
def test_a_page_of_their_own_is_asked_for_as_plainly(scope):
    """What is no plain yes to an offer is none to a page: silence, a no, no part, a withdrawal of anything."""
    said = responses((0, None, "yes"), (1, None, "no"), (2, None, None), (3, None, None), (4, None, None))
    said = said.assign(own_page=["yes", "yes", "yes", "no", None])
    assert said_yes(said, "own_page", opt_outs((2, scope))) == {"p000"}


def test_too_few_say_what_to_do():
    """Not asked, nobody, fewer than a team, fewer than any team, and enough."""
    asked = responses((0, "no", None))
    assert "question HS" in offers.too_few(0, responses((0, None, None)), 5, "x").do
    assert "nobody who offers" in offers.too_few(0, asked, 5, "x").what
    assert offers.too_few(4, asked, 5, "x").do == "Ask for more offers, or name smaller teams: --size 4."
    assert offers.too_few(2, asked, 5, "x").do == "Ask for more offers."
    assert offers.too_few(5, asked, 5, "x") is None


def listed(said: np.ndarray, **change):
    """The list and the teams of a star round person 0, with a second centre, person 2."""
    graph = [(0, 1), (0, 2), (0, 3), (2, 4), (2, 5)]
    told = ties(graph, p_personal=1.0, p_functional=0.0, p_strategic=0.0)
    known = pd.DataFrame({"person_id": ["p000", "p000", "p001"], "item": ["CC1", "CE1", "CC1"], "value": [5.0, 4.0, 1.0]})
    set_to = settings(change={"starters": 5, "permutations": 199, "teams": {"size": 3, "divergent": True}} | change)
    return offers.listed(told, PEOPLE, known, said, set_to)


def test_list_says_in_words_what_each_could_reach():
    """By hand: who is reached in two steps, oneself not counted, and of how many units those are whom one is tied to."""
    rows, chosen = listed(np.array([True, True, False, True, False, True, True, False]))
    why = rows.set_index("person_id")["why"]
    assert set(why.index) == {"p000", "p001", "p003", "p005", "p006"}
    assert why["p000"] == "reaches about 5 people in two steps, tied to 2 units"
    assert why["p001"] == "reaches about 3 people in two steps, tied to 1 unit"
    assert why["p006"] == "tied to nobody"
    members = [f"p{row:03d}" for row in chosen.members[0]]
    assert rows["person_id"].tolist()[:3] == members
    assert rows["team"].tolist()[:3] == [1, 1, 1]
    assert rows["team"].isna().tolist()[3:] == [True, True]
    [line] = offers.told(chosen)
    assert line.startswith("Team 1: about ")
    assert "worth at least as much as 100 % of all teams of volunteers" in line
    assert line.endswith("whatever the weights, 0 % of them would be better")


def test_list_is_the_same_every_time():
    """All chance comes from the seed of the settings."""
    said = np.ones(8, dtype=bool)
    (one, _), (other, _) = listed(said), listed(said)
    pd.testing.assert_frame_equal(one, other)


def many(alike: bool) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Forty people in a sparse network and what they answered: all items alike, or each at random."""
    rng = np.random.default_rng(3)
    pairs = [(a, b) for a in range(40) for b in range(a) if rng.random() < 0.1]
    told = ties(pairs, p_personal=0.6, p_functional=0.5, p_strategic=0.2)
    known = staff([f"U{at % 5}" for at in range(40)])
    own = rng.integers(1, 6, 40)
    rows = [
        (person, item, float(np.clip(own[at] + rng.integers(-1, 2), 1, 5) if alike else rng.integers(1, 6)))
        for at, person in enumerate(known["person_id"])
        for item in READINESS
    ]
    return told, known, pd.DataFrame(rows, columns=["person_id", "item", "value"])


@pytest.mark.parametrize("alike", [True, False])
def test_teams_are_those_of_the_sixth_chapter(alike):
    """As the notebook chooses them among the same people; readiness counts there only where its items make a scale."""
    told, known, answers = many(alike)
    said = np.arange(40) % 3 != 0
    set_to = settings(change={"starters": 8, "permutations": 199, "teams": {"size": 4, "divergent": True}})
    dice = Dice(set_to.change.seed)
    assert ("readiness" in reliability(answers, set_to, dice["reliability"]).reliable) == alike
    ready = z(score(answers, "readiness") if alike else pd.Series(dtype=float), known)
    net, trust = heeded(told, known, set_to.change.heed), trusted(told, known)
    expected = teams(net, trust, known, said, ready, set_to, dice["teams"])
    found = offers.listed(told, known, answers, said, set_to)[1]
    pd.testing.assert_frame_equal(found.table, expected.table)
    unmoved = teams(net, trust, known, said, np.zeros(40), set_to, dice["teams"])
    assert found.table["person_id"].equals(unmoved.table["person_id"]) != alike
