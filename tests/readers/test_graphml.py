"""The GraphML reader: what it reads is what networkx reads, attributes become fields, and no file is obeyed."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import igraph
import networkx
import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import graphml
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

SOUND = samples.module("graphml").ADVICE
HEAD = samples.module("graphml").HEAD
GRAPHS = st.tuples(
    st.booleans(),
    st.integers(1, 6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), max_size=12),
)


def read(content: bytes, source: str = "nominations", columns: dict | None = None, **options: str) -> Rows:
    """What a GraphML file says of ties or of staff."""
    said = {"relation": "advice", **options} if source == "nominations" else options
    spec = Reader(reader="graphml", file="a.graphml", columns=columns or {}, options=said)
    return whole(graphml.parse(source, spec, Given("a.graphml", content=content)))


def ties(found: Rows) -> list[tuple[str, str]]:
    """Who names whom."""
    return list(found.frame[["ego", "alter"]].itertuples(index=False, name=None))


def graph(edges: str, nodes: str = '<node id="a"/><node id="b"/>') -> bytes:
    """A directed graph."""
    return f'{HEAD}<graph edgedefault="directed">{nodes}{edges}</graph></graphml>'.encode()


def test_edges_are_nominations():
    """By node id, in both ways where there is no direction, with the edge's line."""
    found = read(SOUND, columns={"relation": "kind"})
    assert found.frame.to_numpy().tolist() == [["n0", "n1", "advice"], ["n1", "n0", "friends"], ["n0", "n1", "friends"]]
    assert found.lines == [10, 11, 11]


def test_people_are_called_by_the_attribute_asked_for():
    """And a tie without direction is one where that is asked for."""
    found = read(SOUND, person="email", undirected="once")
    assert ties(found) == [("anna@kith.example", "bo@kith.example"), ("bo@kith.example", "anna@kith.example")]


def test_nodes_are_staff():
    """Attributes fill fields, the file's own defaults where nothing is said."""
    found = read(SOUND, "staff", {"unit": "unit", "email": "email"})
    assert found.frame.to_dict("list") == {
        "person": ["n0", "n1"],
        "email": ["anna@kith.example", "bo@kith.example"],
        "unit": ["North", "South"],
    }


def test_weak_ties_are_counted_and_broken_weights_refused():
    """A weight that is no number is one fault."""
    found = read(SOUND, at_least="2")
    assert (ties(found), found.left_out) == ([("n0", "n1")], {"ties too weak to count": 1})
    [fault] = read(SOUND.replace(b'"w">2<', b'"w">much<')).faults
    assert (fault.line, fault.column, fault.found) == (10, "weight", "much")


def test_edges_may_come_before_their_nodes():
    """An edge whose nodes never come is refused alone."""
    late = graph("", '<edge source="a" target="b"/><node id="a"/><edge source="a" target="c"/><node id="b"/>')
    found = read(late)
    assert ties(found) == [("a", "b")]
    assert [fault.found for fault in found.faults] == ["c"]


def test_nested_graphs_are_read_and_hyperedges_counted():
    """A graph within a node has its own direction."""
    inner = '<graph edgedefault="undirected"><node id="c"/><node id="d"/><edge source="c" target="d"/></graph>'
    found = read(
        graph(
            '<edge source="a" target="b"/><hyperedge><endpoint node="a"/></hyperedge>',
            f'<node id="a">{inner}</node><node id="b"/>',
        )
    )
    assert ties(found) == [("c", "d"), ("d", "c"), ("a", "b")]
    assert found.left_out == {"hyperedges": 1}


def test_drawings_are_passed_over():
    """Elements of another namespace mean nothing, whatever their names."""
    drawn = f'{HEAD[:-2]} xmlns:y="urn:y"><graph><node id="a"><data key="k"><y:node id="z">x</y:node></data></node>'
    assert read(f"{drawn}</graph></graphml>".encode(), "staff").frame["person"].tolist() == ["a"]


BOMB = b'<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><graphml>&b;</graphml>'
FAULTS = {
    "entities": (BOMB, "holds a document type"),
    "address": (b'<!DOCTYPE g SYSTEM "file:///etc/hostname"><graphml/>', "holds a document type"),
    "other": (b"<gexf/>", "has no graphml in it"),
    "cut off": (SOUND[:-20], "is not valid XML"),
    "no XML": (b"ego,alter\n", "is not valid XML"),
    "empty": (b"", "is empty"),
    "deep": (b"<graphml>" + b"<a>" * 200, "within each other"),
    "encoding": (b'<?xml version="1.0" encoding="shift_jis"?><graphml/>', "encoding"),
}


@pytest.mark.parametrize(("content", "what"), FAULTS.values(), ids=FAULTS)
def test_what_is_no_graphml_is_refused(content, what):
    """With what to do; nothing in a file is fetched or expanded."""
    with pytest.raises(UserError) as caught:
        read(content)
    [problem] = caught.value.problems
    assert what in problem.what
    assert problem.do


@pytest.mark.parametrize(
    "said",
    [{"columns": {"relation": "sort"}}, {"person": "mail"}, {"weight": "strength"}, {"columns": {"unit": "unit"}}],
)
def test_attribute_that_is_not_there_is_named(said):
    """As params.yaml spells it."""
    with pytest.raises(UserError, match=r"sort|mail|strength|unit"):
        read(SOUND, **said)


def test_relation_must_be_said():
    """By the file or by params.yaml."""
    with pytest.raises(UserError, match="relation"):
        read(SOUND, relation="")


@given(GRAPHS)
def test_reads_what_networkx_reads(drawn):
    """Graphs as networkx writes them."""
    directed, size, edges = drawn
    made = networkx.MultiDiGraph() if directed else networkx.MultiGraph()
    made.add_nodes_from(f"p{number}" for number in range(size))
    made.add_weighted_edges_from((f"p{a % size}", f"p{b % size}", w) for a, b, w in edges)
    out = io.BytesIO()
    networkx.write_graphml(made, out)
    theirs = networkx.read_graphml(io.BytesIO(out.getvalue()), force_multigraph=True)
    expected = sorted((a, b) for a, b, w in theirs.edges(data="weight") if w)
    found = read(out.getvalue(), undirected="once")
    assert sorted(ties(found)) == expected
    assert len(expected) + found.left_out.total() == made.number_of_edges()
    assert sorted(read(out.getvalue(), "staff").frame["person"]) == sorted(made)


@given(GRAPHS)
def test_reads_what_igraph_writes(drawn):
    """By its own ids, or by names."""
    directed, size, edges = drawn
    made = igraph.Graph([(a % size, b % size) for a, b, _ in edges], n=size, directed=directed)
    made.vs["name"] = [f"p{number}" for number in range(size)]
    with tempfile.TemporaryDirectory() as folder:
        made.write_graphml(f"{folder}/a.graphml")
        content = Path(folder, "a.graphml").read_bytes()
    expected = sorted((made.vs[edge.source]["name"], made.vs[edge.target]["name"]) for edge in made.es)
    found = read(content, person="name", undirected="once")
    assert sorted(ties(found)) == expected


@given(
    st.binary(max_size=60).map(lambda inside: HEAD.encode() + inside)
    | st.tuples(st.integers(0, 900), st.integers(0, 900), st.sampled_from([b"", b"<", b"&x;", b'"', b"<edge/>"])).map(
        lambda cut: SOUND[: cut[0]] + cut[2] + SOUND[cut[1] :]
    ),
    st.sampled_from(["staff", "nominations"]),
)
def test_any_bytes_give_rows_or_one_error(content, source):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content, source))
    assert found is None or len(found.frame) == len(found.lines)
