"""From relations and contacts to one row per pair: against pandas, networkx and planted totals."""

from __future__ import annotations

import ibis
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings, staff, ties

from kithwork.errors import UserError
from kithwork.tables import INTERACTIONS, NOMINATIONS, TIES
from kithwork.ties import features

SIX = staff(["A", "A", "A", "B", "B", None])
ids = st.sampled_from([f"p{i:03d}" for i in range(6)])
contacts = st.lists(
    st.tuples(ids, ids, st.sampled_from(["mail", "chat"]), st.integers(0, 10**6).map(lambda n: n / 100)).filter(
        lambda row: row[0] != row[1]
    ),
    max_size=40,
)


def log(rows: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    """An interactions table of these contacts, one minute apart."""
    frame = pd.DataFrame(rows, columns=["ego_id", "alter_id", "channel", "minutes"])
    frame = frame.assign(size=None, event=range(len(rows)), off_hours=None, weekend=None)
    start = pd.Timestamp("2026-01-01", tz="UTC")
    return INTERACTIONS.checked(frame.assign(at=[start + pd.Timedelta(minutes=i) for i in range(len(frame))]))


def measured(
    named: list[tuple[int, int, str]] = (),
    met: list[tuple[int, int, float]] = (),
    people: pd.DataFrame | None = None,
    signs: dict | None = None,
    **changes,
) -> pd.DataFrame:
    """What `measure` makes of relations and contacts between persons by number, indexed by the pair's numbers."""
    people = SIX if people is None else people
    rows = [(f"p{a:03d}", f"p{b:03d}", relation) for a, b, relation in named]
    nominations = NOMINATIONS.checked(pd.DataFrame(rows, columns=list(NOMINATIONS.columns)))
    interactions = log([(f"p{a:03d}", f"p{b:03d}", "mail", minutes) for a, b, minutes in met])
    found = features.measure(
        features.relations(nominations, people),
        features.contact(ibis.memtable(interactions), people),
        people,
        settings(signs or {}, **changes),
    )
    pairs = [(int(row.a_id[1:]), int(row.b_id[1:])) for row in found.itertuples()]
    return found.set_index(pd.MultiIndex.from_tuples(pairs, names=["a", "b"]))


@given(contacts)
def test_contact_agrees_with_pandas(rows):
    """Minutes per pair, both directions together, are those of a plain pandas groupby, in the same order."""
    frame = log(rows)
    ends = frame[["ego_id", "alter_id"]]
    expected = (
        frame.assign(a_id=ends.min(axis=1), b_id=ends.max(axis=1))
        .groupby(["a_id", "b_id"], as_index=False)["minutes"]
        .sum()
    )
    found = features.contact(ibis.memtable(frame), SIX)
    assert found[["a_id", "b_id"]].to_numpy().tolist() == expected[["a_id", "b_id"]].to_numpy().tolist()
    assert found["minutes"].to_numpy() == pytest.approx(expected["minutes"].to_numpy(), abs=1e-4)


def test_contact_recovers_planted_minutes():
    """Totals cut at random into many contacts, in either direction and several channels, are put together again."""
    rng = np.random.default_rng(1)
    planted, rows = {}, []
    for a in range(5):
        for b in range(a + 1, 6):
            pieces = rng.integers(1, 500, rng.integers(1, 9))
            planted[f"p{a:03d}", f"p{b:03d}"] = float(pieces.sum())
            for piece in pieces:
                ends = (a, b) if rng.random() < 0.5 else (b, a)
                rows.append((f"p{ends[0]:03d}", f"p{ends[1]:03d}", str(rng.choice(["mail", "chat", "call"])), float(piece)))
    order = rng.permutation(len(rows))
    found = features.contact(ibis.memtable(log([rows[i] for i in order])), SIX)
    assert dict(zip(zip(found["a_id"], found["b_id"], strict=True), found["minutes"], strict=True)) == planted


def test_cents_do_not_get_lost():
    """Ten thousand contacts of a hundredth of a minute are a hundred minutes, exactly."""
    frame = log([("p000", "p001", "mail", 0.01)] * 10_000)
    assert features.contact(ibis.memtable(frame), SIX)["minutes"].tolist() == [100.0]


@given(st.integers(0, 10**6), st.integers(4, 14), st.floats(0.1, 0.9))
def test_embeddedness_is_the_jaccard_coefficient(seed, n, p):
    """Common neighbours over all neighbours, the pair itself left out: networkx's, with the pair's own tie removed."""
    net = nx.gnp_random_graph(n, p, seed=seed)
    if not net.number_of_edges():
        return
    frame = ties(net.edges)
    expected = []
    for a, b in zip(frame["a_id"].str[1:].astype(int), frame["b_id"].str[1:].astype(int), strict=True):
        without = net.copy()
        without.remove_edge(a, b)
        expected.append(next(nx.jaccard_coefficient(without, [(a, b)]))[2])
    assert features.embeddedness(frame).to_numpy() == pytest.approx(expected)


def test_relations_count_for_the_pair_whoever_names_them():
    """Both directions and repetitions join; outsiders are left to the market chapter."""
    found = measured([(0, 1, "work"), (1, 0, "friend"), (1, 0, "work"), (2, 0, "work"), (0, 9, "work")])
    assert found["relations"].to_dict() == {(0, 1): "friend+work", (0, 2): "work"}


def test_strength_is_relations_plus_share_of_the_longest_contact():
    """Two relations and half the longest contact make 2.5; contact alone counts, silence counts nothing."""
    found = measured([(0, 1, "work"), (0, 1, "friend"), (1, 2, "work")], [(0, 1, 30), (3, 4, 60)])
    assert found["strength"].to_dict() == {(0, 1): 2.5, (1, 2): 1.0, (3, 4): 1.0}
    assert found["minutes"].isna().to_dict() == {(0, 1): False, (1, 2): True, (3, 4): False}


def test_unit_boundary_is_absent_where_a_unit_is_unknown():
    """Within, across, or not known: three answers, not two."""
    found = measured([(0, 1, "work"), (0, 3, "work"), (0, 5, "work")])
    assert found.loc[(0, 1), "crosses_unit"] == 0
    assert found.loc[(0, 3), "crosses_unit"] == 1
    assert np.isnan(found.loc[(0, 5), "crosses_unit"])


def test_signs_are_those_that_the_settings_ask_for():
    """Signs seen: relations asked about, and the derived ones; what no kind rests on is not listed."""
    signs = {
        "personal": {"friend": [0.5, 0.9], "any": [0.0, 0.1]},
        "functional": {"same_unit": [0.5, 0.9], "strong_contact": [0.2, 0.4]},
        "strategic": {"crosses_unit": [0.1, 0.4]},
    }
    found = measured([(0, 1, "friend"), (0, 3, "work"), (0, 5, "work")], [(0, 3, 60), (0, 1, 10)], signs=signs)
    assert found["signs"].to_dict() == {
        (0, 1): "any+friend+same_unit",
        (0, 3): "any+crosses_unit+strong_contact",
        (0, 5): "any",
    }


def test_bridges_are_the_least_embedded_pairs():
    """Two triangles joined by one tie: that tie has no common neighbour and is the bridge."""
    pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    signs = {"strategic": {"bridges": [0.1, 0.4]}}
    found = measured([(a, b, "work") for a, b in pairs], signs=signs, ties={"bridge_quantile": 0.1})
    assert found.index[found["signs"].notna()].tolist() == [(2, 3)]
    assert found.loc[(2, 3), "embeddedness"] == 0
    assert found.loc[(0, 1), "embeddedness"] == 1


def test_sign_that_nobody_named_is_refused_with_the_nearest():
    """A sign in params.yaml that is neither a relation of the client nor derived is one error for each such sign."""
    signs = {"personal": {"freind": [0.5, 0.9]}, "functional": {"same_unti": [0.5, 0.9]}}
    with pytest.raises(UserError) as caught:
        measured([(0, 1, "friend")], signs=signs)
    assert {(problem.found, problem.do) for problem in caught.value.problems} == {
        ("freind", "Did you mean 'friend'?"),
        ("same_unti", "Did you mean 'same_unit'?"),
    }
    assert {problem.column for problem in caught.value.problems} == {"engagements.synthetic.signs"}


def test_no_relations_and_no_contacts_are_no_ties():
    """A client without any source of ties has an empty, valid ties table."""
    found = measured(signs={"functional": {"same_unit": [0.5, 0.9]}})
    probabilities = {name: np.nan for name in TIES.columns if name.startswith("p_")}
    assert TIES.checked(found.reset_index(drop=True).assign(**probabilities)).empty


def test_minutes_are_shared_among_those_in_the_contact():
    """Minutes over size less one (Newman 2001): an hour of four gives each pair twenty; without a size it is of two."""
    frame = log([("p000", "p001", "mail", 60.0), ("p000", "p002", "mail", 60.0), ("p001", "p002", "mail", None)])
    found = features.contact(ibis.memtable(frame.assign(size=[4, None, 3])), SIX)
    assert found["minutes"].tolist() == [20, 60, 0]
    assert found["contacts"].to_numpy() == pytest.approx([1 / 3, 1, 1 / 2], abs=1e-6)


@pytest.mark.parametrize("size", range(2, 26))
def test_a_persons_time_counts_once_in_a_meeting(size):
    """Summed over the others in it, a meeting of any size gives each person its length."""
    people = staff([None] * size)
    pairs = [(f"p{a:03d}", f"p{b:03d}", "meeting", 60.0) for a in range(size) for b in range(a + 1, size)]
    found = features.contact(ibis.memtable(log(pairs).assign(size=size)), people)
    ends = pd.concat([found.set_index("a_id")["minutes"], found.set_index("b_id")["minutes"]])
    assert ends.groupby(level=0).sum().to_numpy() == pytest.approx(60, abs=1e-4)


def test_contact_with_a_party_makes_no_tie():
    """Ties are between people: a customer who writes is none."""
    frame = log([("p000", "p001", "mail", 5.0), ("p000", "party", "mail", 5.0), ("party", "p001", "mail", 5.0)])
    found = features.contact(ibis.memtable(frame), SIX)
    assert found[["a_id", "b_id"]].to_numpy().tolist() == [["p000", "p001"]]


def test_contact_alone_makes_a_tie_only_when_often_enough():
    """Below the engagement's `fewest_contacts` a pair is no tie, unless somebody named it; its contacts are kept then."""
    met = [(0, 1, 5.0)] * 3 + [(1, 2, 5.0)] * 2 + [(3, 4, 5.0)]
    found = measured([(3, 4, "work")], met, engagement={"fewest_contacts": 3})
    assert found["contacts"].to_dict() == {(0, 1): 3.0, (3, 4): 1.0}


def test_mail_alone_is_no_strong_contact():
    """Where no contact has a length, none is in the highest part of it."""
    signs = {"functional": {"strong_contact": [0.2, 0.4]}}
    found = measured(met=[(0, 1, 0.0), (1, 2, 0.0)], signs=signs)
    assert found["signs"].isna().all()
