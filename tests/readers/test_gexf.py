"""The GEXF reader: what it reads is what networkx reads, as nominations or as staff."""

from __future__ import annotations

import io

import networkx
import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import gexf
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

SOUND = samples.module("gexf").ADVICE


def read(content: bytes, source: str = "nominations", columns: dict | None = None, **options: str) -> Rows:
    """What a GEXF file says of ties or of staff."""
    said = {"relation": "advice", **options} if source == "nominations" else options
    spec = Reader(reader="gexf", file="a.gexf", columns=columns or {}, options=said)
    return whole(gexf.parse(source, spec, Given("a.gexf", content=content)))


def ties(found: Rows) -> list[tuple[str, str]]:
    """Who names whom."""
    return list(found.frame[["ego", "alter"]].itertuples(index=False, name=None))


def test_edges_are_nominations():
    """An edge's own type before the graph's; its kind is the relation where that is asked for."""
    found = read(SOUND, columns={"relation": "kind"})
    assert found.frame.to_numpy().tolist() == [["n0", "n1", "advice"], ["n0", "n1", "friends"], ["n1", "n0", "friends"]]
    assert ties(read(SOUND, undirected="once")) == [("n0", "n1"), ("n0", "n1")]


def test_weight_is_the_strength_of_a_tie():
    """A mutual edge has no direction."""
    found = read(SOUND, at_least="2")
    assert (ties(found), found.left_out) == ([("n0", "n1")], {"ties too weak to count": 1})
    assert len(read(SOUND.replace(b'type="directed"', b'type="mutual"'), at_least="2").frame) == 2


def test_nodes_are_staff():
    """By label, with attributes and the file's defaults."""
    found = read(SOUND, "staff", {"unit": "unit"}, person="label")
    assert found.frame.to_numpy().tolist() == [["anna@kith.example", "North"], ["bo@kith.example", "South"]]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (SOUND.replace(b'"static"', b'"dynamic"'), "changes over time"),
        (b"<graphml/>", "has no gexf in it"),
        (SOUND[:-30], "is not valid XML"),
    ],
)
def test_what_cannot_be_read_is_refused(content, what):
    """With what to do."""
    with pytest.raises(UserError, match=what):
        read(content)


@given(
    st.booleans(),
    st.integers(1, 6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), max_size=12),
    st.sampled_from(["1.2draft", "1.1draft"]),
)
def test_reads_what_networkx_reads(directed, size, edges, version):
    """Graphs as networkx writes them."""
    made = networkx.DiGraph() if directed else networkx.Graph()
    made.add_nodes_from((f"p{number}", {"unit": f"u{number % 2}"}) for number in range(size))
    made.add_weighted_edges_from((f"p{a % size}", f"p{b % size}", w) for a, b, w in edges)
    out = io.BytesIO()
    networkx.write_gexf(made, out, version=version)
    theirs = networkx.read_gexf(io.BytesIO(out.getvalue()), version=version)
    assert sorted(ties(read(out.getvalue(), undirected="once"))) == sorted(
        (a, b) for a, b, w in theirs.edges(data="weight") if w
    )
    staff = read(out.getvalue(), "staff", {"unit": "unit"}).frame
    assert sorted(map(tuple, staff.to_numpy())) == sorted(theirs.nodes(data="unit"))


@given(
    st.tuples(st.integers(0, 1100), st.integers(0, 1100), st.sampled_from([b"", b"<", b"<edge/>", b"<attvalue/>"])).map(
        lambda cut: SOUND[: cut[0]] + cut[2] + SOUND[cut[1] :]
    ),
    st.sampled_from(["staff", "nominations"]),
)
def test_any_bytes_give_rows_or_one_error(content, source):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content, source))
    assert found is None or len(found.frame) == len(found.lines)
