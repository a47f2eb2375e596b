"""A client's own scale onto 1 to 5: by its ends, by its words, with the range checked on the client's own numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings
from test_clean import rows_of

from kithwork import cleaning
from kithwork.errors import UserError

STAFF = "person,unit\na,A\nb,A\n"
SEVEN = {"V*": {"from": [1, 7]}}
WORDS = {"CC?": {"words": {"Not at all": 1, "Somewhat": 3, "Fully": 5}}}


def values(answers: str, scales: dict, bad_rows: str = "stop") -> dict[str, float]:
    """Clean answers by item, of rows `item,value` of one person."""
    text = "person,item,value\n" + "".join(f"a,{line}\n" for line in answers.split(" "))
    raw = {"staff": [rows_of("staff", STAFF)], "answers": [rows_of("answers", text)]}
    made = settings(engagement={"ids": "public", "scales": scales}, clean={"bad_rows": bad_rows})
    return cleaning.clean(raw, made)["answers"].set_index("item")["value"].to_dict()


def faults(answers: str, scales: dict) -> list:
    """What is wrong with them."""
    with pytest.raises(UserError) as caught:
        values(answers, scales)
    return caught.value.problems


def test_ends_of_another_scale_become_the_ends_of_ours():
    """1, 4 and 7 of 1 to 7 are 1, 3 and 5; an item that no pattern fits stays as it is."""
    assert values("V1a,1 V1b,4 V1c,7 V10c,2.5 CC1,4", SEVEN) == {"V1a": 1, "V1b": 3, "V1c": 5, "V10c": 2, "CC1": 4}


def test_scale_that_runs_the_other_way_is_turned():
    """Where 1 means fully, 1 becomes 5."""
    assert values("CC1,1 CC2,4", {"CC*": {"from": [4, 1]}}) == {"CC1": 5, "CC2": 1}


def test_words_become_points_however_they_are_written():
    """Case and space do not matter."""
    assert values('CC1,fully CC2,SOMEWHAT CC3,"NOT_at_all"'.replace("_", "\N{NO-BREAK SPACE}"), WORDS) == {
        "CC1": 5, "CC2": 3, "CC3": 1,
    }  # fmt: skip


def test_first_pattern_that_fits_counts():
    """One item has a scale of its own, said before that of the rest."""
    assert values("V1a,10 V1b,7", {"V1a": {"from": [0, 10]}, **SEVEN}) == {"V1a": 5, "V1b": 5}


def test_answer_beyond_the_clients_scale_is_refused_in_its_own_numbers():
    """Whoever mends it sees the number in the file, the scale it was held against, and where that is set; once."""
    [problem] = faults("V1a,8 V1b,7", SEVEN)
    assert (problem.what, problem.found, problem.row) == ("is not on the client's scale", "8", 2)
    assert "It runs from 1 to 7." in problem.do
    assert "engagements.synthetic.scales.V*" in problem.do


def test_unknown_word_is_refused_with_the_nearest():
    """A slip in a word is named beside what was probably meant."""
    [problem] = faults("CC1,Somewat", WORDS)
    assert (problem.found, problem.column) == ("Somewat", "value")
    assert "Did you mean 'Somewhat'?" in problem.do


def test_empty_answer_is_empty_and_nothing_else():
    """It is refused as before, and once."""
    [problem] = faults("V1a,", SEVEN)
    assert problem.what == "is empty"


@pytest.mark.slow
@given(
    st.lists(st.text("0123456789.-eEnaif+ ", max_size=5), min_size=1, max_size=8),
    st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
)
def test_whatever_is_written_becomes_a_point_or_is_refused(cells, ends):
    """Kept answers are points from 1 to 5, and none is lost."""
    if ends[0] == ends[1]:
        return
    text = "person,item,value\n" + "".join(f'a,V{number},"{cell}"\n' for number, cell in enumerate(cells))
    raw = {"staff": [rows_of("staff", STAFF)], "answers": [rows_of("answers", text)]}
    made = settings(engagement={"ids": "public", "scales": {"V*": {"from": list(ends)}}}, clean={"bad_rows": "quarantine"})
    tables = cleaning.clean(raw, made)
    assert tables["answers"]["value"].between(1, 5).all()
    [counts] = tables["intake"].query("source == 'answers'").itertuples()
    assert counts.rows_in == len(cells) == counts.rows_kept + counts.rows_refused
