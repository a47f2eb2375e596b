"""The Pajek reader: every way to write a tie, every relation by its name, and what networkx reads of plain networks."""

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
from kithwork.readers import pajek
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

SOUND = samples.module("pajek").ADVICE


def read(content: bytes, **options: str) -> Rows:
    """The nominations in a Pajek network."""
    spec = Reader(reader="pajek", file="a.net", options=options)
    return whole(pajek.parse("nominations", spec, Given("a.net", content=content)))


def ties(found: Rows) -> list[str]:
    """Who names whom in what."""
    return [f"{ego}>{alter} {relation}" for ego, alter, relation in found.frame.to_numpy()]


def test_every_way_to_write_a_tie():
    """Labels, or numbers where there is none; relations by name, by number, or as params.yaml says."""
    found = read(SOUND, relation="knows")
    assert ties(found) == [
        "Anna Holm>Bo Lund advice",
        "Bo Lund>Anna Holm advice",
        "cid>4 friends",
        "4>cid friends",
        "cid>Anna Holm advice",
        "cid>Bo Lund advice",
        "Anna Holm>4 knows",
        "4>Anna Holm knows",
    ]
    assert found.lines[:4] == [8, 9, 11, 11]
    assert not found.faults


def test_other_parts_of_a_project_are_counted():
    """A partition holds no tie."""
    partition = b"*Vertices 2\n*Arcs\n1 2\n*Vector x\n0.5\n0.5\n"
    assert read(partition, relation="a").left_out == {"lines of other parts of a project": 2}


def test_matrices_may_be_of_two_modes():
    """Rows are the first mode, columns the second."""
    found = read(b"*Vertices 5 2\n*Matrix\n1 0 0\n0 2 1\n", relation="a")
    assert ties(found) == ["1>3 a", "2>4 a", "2>5 a"]
    assert found.left_out == {"cells without a tie": 3}


def test_a_relation_may_stand_on_the_line():
    """By its number, under the name its section gives."""
    found = read(b'*Vertices 2\n*Arcs :7 "likes"\n*Arcs\n7: 1 2 1\n8: 2 1\n')
    assert ties(found) == ["1>2 likes", "2>1 8"]


def test_weak_ties_are_counted():
    """Below the least strength asked for."""
    found = read(SOUND, relation="knows", at_least="2")
    assert ties(found) == ["Anna Holm>Bo Lund advice"]


BROKEN = {
    "no such vertex": (b"1 9", "9"),
    "no number": (b"1 b", "b"),
    "one alone": (b"1", "1"),
    "weight": (b"1 2 strong", "strong"),
}


@pytest.mark.parametrize(("line", "found"), BROKEN.values(), ids=BROKEN)
def test_broken_line_is_refused_alone(line, found):
    """With its line and what stands there."""
    rows = read(b"*Vertices 2\n*Arcs\n" + line + b"\n2 1\n", relation="a")
    [fault] = rows.faults
    assert (fault.line, fault.found) == (3, found)
    assert ties(rows) == ["2>1 a"]


FAULTS = {
    "empty": (b"% nothing\n", "is empty", None),
    "other": (b"ego,alter\n", "does not begin with a section", 1),
    "no size": (b"*Vertices\n", "how many vertices", 1),
    "no vertices": (b"*Arcs\n1 2\n", "before it has vertices", 1),
    "two of a label": (b'*Vertices 2\n1 "a"\n2 "a"\n', "label of another vertex", 3),
    "vertex beyond": (b'*Vertices 2\n3 "a"\n', "is no vertex", 2),
    "no relation": (b"*Vertices 2\n*Arcs\n1 2\n", "what relation", 3),
}


@pytest.mark.parametrize(("content", "what", "row"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_network_is_named_with_its_line(content, what, row):
    """What, where, and what to do."""
    with pytest.raises(UserError) as caught:
        read(content)
    [problem] = caught.value.problems
    assert what in problem.what
    assert (problem.row, bool(problem.do)) == (row, True)


GRAPHS = st.tuples(
    st.booleans(),
    st.integers(1, 6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 3)), max_size=12),
)


@given(GRAPHS)
def test_reads_what_networkx_reads(drawn):
    """Graphs as networkx writes them."""
    directed, size, edges = drawn
    made = networkx.MultiDiGraph() if directed else networkx.MultiGraph()
    made.add_nodes_from(f"p {number}" for number in range(size))
    made.add_weighted_edges_from((f"p {a % size}", f"p {b % size}", w) for a, b, w in edges)
    out = io.BytesIO()
    networkx.write_pajek(made, out)
    theirs = networkx.read_pajek(io.BytesIO(out.getvalue()))
    found = read(out.getvalue(), relation="a", undirected="once")
    assert sorted(map(sorted, ties(found))) == sorted(map(sorted, (f"{a}>{b} a" for a, b in theirs.edges())))


@given(GRAPHS)
def test_reads_what_igraph_writes(drawn):
    """By number, where igraph writes no labels."""
    directed, size, edges = drawn
    made = igraph.Graph([(a % size, b % size) for a, b, _ in edges], n=size, directed=directed)
    with tempfile.TemporaryDirectory() as folder:
        made.write_pajek(f"{folder}/a.net")
        content = Path(folder, "a.net").read_bytes()
    expected = sorted(f"{edge.source + 1}>{edge.target + 1} a" for edge in made.es)
    assert sorted(ties(read(content, relation="a", undirected="once"))) == expected


@given(
    st.binary(max_size=60).map(lambda inside: b"*Vertices 3\n*Arcs\n" + inside)
    | st.tuples(st.integers(0, 260), st.integers(0, 260), st.sampled_from([b"", b"*", b'"', b":", b"9" * 30])).map(
        lambda cut: SOUND[: cut[0]] + cut[2] + SOUND[cut[1] :]
    )
)
def test_any_bytes_give_rows_or_one_error(content):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content, relation="a"))
    assert found is None or len(found.frame) == len(found.lines)
