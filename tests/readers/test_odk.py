"""The reader of the XLSForm's exports: responses and repeats joined, and one error for what is no such export."""

from __future__ import annotations

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from samples import odk as exports
from samples.respondent import table
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import odk
from kithwork.readers.parts import questionnaire
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import FIELDS, Rows, whole

SPEC = Reader(reader="odk", file="export")


def read(content: bytes, source: str = "nominations") -> Rows:
    """The records of one source."""
    return whole(odk.parse(source, SPEC, Given("export", content=content)))


def test_what_a_reviewer_rejected_is_left_out_with_its_repeats():
    """The response and each person named in it are counted."""
    found = read(exports.central(split=False))
    assert found.left_out["responses that a reviewer rejected"] == 1
    assert found.left_out["people named in responses that are left out"] == 2
    assert set(found.frame["ego"]) == {"ada@kith.example"}


def test_columns_of_a_mapping_may_be_in_one_table_only(tmp_path):
    """The respondent's is not looked for in the repeats."""
    content = {
        "a.csv": table(["who", "GF_1", "KEY"], ["a", "b", "1"]),
        "b.csv": table(["A", "T1", "PARENT_KEY"], ["c", "2", "1"]),
    }
    sample = samples.Sample("folder", "nominations", content, {"columns": {"person": "who"}})
    found = samples.read("odk", sample, tmp_path)
    assert found.frame.to_numpy().tolist() == [["a", "b", "GF"], ["a", "c", "jobs"]]


FAULTS = {
    "nothing in the zip": ({"readme.txt": b"x"}, "does not hold one table of responses"),
    "two forms": ({"a.csv": b"person,V1a\na,1\n", "b.csv": b"person,V1a\na,1\n"}, "does not hold one table of responses"),
    "repeats without keys": (
        {"a.csv": b"person,GF_1\na,b\n", "b.csv": b"A,T1,PARENT_KEY\nc,2,1\n"},
        "no KEY or _index to join them by",
    ),
    "nobody": ({"a.csv": b"KEY,GF_1\n1,b\n"}, "has no column of the respondent"),
}


@pytest.mark.parametrize(("content", "words"), FAULTS.values(), ids=FAULTS)
def test_fault_of_an_export_is_named(content, words, tmp_path):
    """What, and what to do."""
    with pytest.raises(UserError, match=words):
        samples.read("odk", samples.Sample("folder", "nominations", content), tmp_path)


sound = [sample.content for sample in exports.SAMPLES if isinstance(sample.content, bytes)]
cut = st.tuples(st.sampled_from(sound), st.integers(0, 3000), st.integers(0, 3000), st.binary(max_size=6))
damaged = cut.map(lambda one: one[0][: one[1]] + one[3] + one[0][one[2] :])


@given(st.binary(max_size=80) | damaged, st.sampled_from(odk.SOURCES))
def test_any_bytes_give_rows_or_one_error(content, source):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content, source))
    assert found is None or len(found.frame) == len(found.lines)
    assert found is None or set(found.frame) <= set(FIELDS[source])


def test_sources_are_those_of_every_survey():
    """Whichever tool it was given in."""
    assert odk.SOURCES == questionnaire.SOURCES
