"""From relations and contacts to one row per pair: against pandas, networkx and planted totals."""

from __future__ import annotations

from collections.abc import Iterator

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
from kithwork.ties import contact, features

SIX = staff(["A", "A", "A", "B", "B", None])


def log(rows: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    """An interactions table of these contacts, one minute apart."""
    frame = pd.DataFrame(rows, columns=["ego_id", "alter_id", "channel", "minutes"])
    frame = frame.assign(size=None, event=range(len(rows)), day_only=False, off_hours=None, weekend=None)
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
        contact.between(ibis.memtable(interactions), people),
        people,
        settings(signs or {}, **changes),
    )
    pairs = [(int(row.a_id[1:]), int(row.b_id[1:])) for row in found.itertuples()]
    return found.set_index(pd.MultiIndex.from_tuples(pairs, names=["a", "b"]))


networks = st.builds(nx.gnp_random_graph, st.integers(4, 14), st.floats(0.1, 0.9), seed=st.integers(0, 10**6)).filter(
    nx.Graph.size
)


def each_without(net: nx.Graph) -> Iterator[tuple[int, int, nx.Graph]]:
    """The two of each tie, in the order of the ties, and the network without it."""
    for a, b in sorted((min(edge), max(edge)) for edge in net.edges):
        without = net.copy()
        without.remove_edge(a, b)
        yield a, b, without


@given(networks)
def test_embeddedness_is_the_jaccard_coefficient(net):
    """Common neighbours over all neighbours, the pair itself left out: networkx's, with the pair's own tie removed."""
    expected = [next(nx.jaccard_coefficient(without, [(a, b)]))[2] for a, b, without in each_without(net)]
    assert features.embeddedness(ties(net.edges)).to_numpy() == pytest.approx(expected)


@given(networks)
def test_span_is_the_way_around(net):
    """Steps from one to the other without their tie: networkx's, long ones and none told as 4."""
    around = [
        nx.shortest_path_length(without, a, b) if nx.has_path(without, a, b) else 4 for a, b, without in each_without(net)
    ]
    assert features.span(ties(net.edges)).tolist() == [min(steps, 4) for steps in around]


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


@pytest.mark.parametrize("seed", range(4))
def test_blocks_change_nothing(seed, monkeypatch):
    """Embeddedness and span in blocks of a few entries are those of all ties at once, and the span is networkx's."""
    net = nx.gnp_random_graph(40, 0.06, seed=seed)
    table = ties(net.edges)
    at_once = features.embeddedness(table), features.span(table)
    monkeypatch.setattr(features, "ENTRIES", 7)
    assert features.embeddedness(table).equals(at_once[0])
    assert features.span(table).equals(at_once[1])
    for (a, b), steps in zip(net.edges, at_once[1], strict=True):
        without = net.copy()
        without.remove_edge(a, b)
        far = nx.shortest_path_length(without, a, b) if nx.has_path(without, a, b) else 9
        assert steps == min(far, 4)
