"""Cleaning: every row is kept or refused with its reason, ids become pseudonyms, and counts are conserved."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings

from kithwork import cleaning
from kithwork.cleaning.identities import pseudonym
from kithwork.errors import UserError
from kithwork.params import Reader
from kithwork.readers import csvfile
from kithwork.readers.rows import FIELDS, TABLE_OF
from kithwork.tables import TABLES

QUARANTINE = {"bad_rows": "quarantine"}
PUBLIC = {"ids": "public"}
STAFF = "person,unit,manager,tenure_months\na,A,,12\nb,A,a,3\nc,B,a,0\n"


def cleaned(files: dict[str, str], *, bad_rows: str = "stop", directed: bool = True) -> dict[str, pd.DataFrame]:
    """Clean tables of these sources, given as the text of CSV files."""
    raw = {
        source: csvfile.parse(source, Reader(file=f"{source}.csv"), text.encode(), f"{source}.csv")
        for source, text in files.items()
    }
    return cleaning.clean(raw, settings(engagement={**PUBLIC, "directed": directed}, clean={"bad_rows": bad_rows}))


def who(identity: str) -> str:
    """The pseudonym of an id in these tests."""
    return pseudonym(b"synthetic", identity)


def problems(files: dict[str, str]) -> list:
    """What is wrong with these sources, where bad rows stop the run."""
    with pytest.raises(UserError) as caught:
        cleaned(files)
    return caught.value.problems


FAULTS = {
    "letters in a number": (
        {"staff": STAFF.replace("a,3", "a,three")},
        ("staff.csv", 3, "tenure_months", "three", "is not a number", "in digits"),
    ),
    "decimal comma": (
        {"staff": STAFF.replace(",3", ',"3,5"')},
        ("staff.csv", 3, "tenure_months", "3,5", "is not a number", "point before decimals"),
    ),
    "out of range below": (
        {"staff": STAFF.replace(",3", ",-3")},
        ("staff.csv", 3, "tenure_months", "-3", "is below 0", "smallest allowed is 0"),
    ),
    "out of range above": (
        {"staff": STAFF, "answers": "person,item,value\na,V1a,6\n"},
        ("answers.csv", 2, "value", "6", "is above 5", "largest allowed is 5"),
    ),
    "infinite": (
        {"staff": STAFF.replace(",3", ",inf")},
        ("staff.csv", 3, "tenure_months", "inf", "is not a number", "in digits"),
    ),
    "endless minutes": (
        {"staff": STAFF, "interactions": "ego,alter,channel,minutes\na,b,mail,1e17\n"},
        ("interactions.csv", 2, "minutes", "1e17", "is above 1e+08", "largest allowed"),
    ),
    "required cell empty": (
        {"staff": STAFF, "answers": "person,item,value\na,,3\n"},
        ("answers.csv", 2, "item", "", "is empty", "Fill it in"),
    ),
    "duplicate id": (
        {"staff": STAFF + " A ,B,,1\n"},
        ("staff.csv", 5, "person", " A ", "repeats row 2", "Keep one of the two"),
    ),
    "tie to an unknown person": (
        {"staff": STAFF, "nominations": "ego,alter,relation\na,z,work\n"},
        ("nominations.csv", 2, "alter", "z", "is not on the staff list", "Add the person there"),
    ),
    "manager unknown": (
        {"staff": STAFF.replace("b,A,a", "b,A,z")},
        ("staff.csv", 3, "manager", "z", "is not on the staff list", "correct the id"),
    ),
    "self tie": (
        {"staff": STAFF, "nominations": "ego,alter,relation\na,b,work\nb,B,work\n"},
        ("nominations.csv", 3, "alter", "B", "is the same person as ego", "Remove the row"),
    ),
    "bad date": (
        {"staff": STAFF, "outcomes": "person,outcome,at\na,left,31/12/2026\n"},
        ("outcomes.csv", 2, "at", "31/12/2026", "is not a date", "2026-09-07"),
    ),
    "date by the clock": (
        {"staff": STAFF, "outcomes": "person,outcome,at\na,left,today\n"},
        ("outcomes.csv", 2, "at", "today", "is not a date", "2026-09-07"),
    ),
    "unknown channel": (
        {"staff": STAFF, "interactions": "ego,alter,channel,minutes\na,b,metting,5\n"},
        ("interactions.csv", 2, "channel", "metting", "is not an allowed value", "Did you mean 'meeting'?"),
    ),
    "unknown kind of party": (
        {"staff": STAFF, "parties": "party,kind\nx,custmer\n"},
        ("parties.csv", 2, "kind", "custmer", "is not an allowed value", "Did you mean 'customer'?"),
    ),
}


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_row_is_named_in_full(files, expected):
    """File, row, column, what was found and what to do: all five, for each way a row can be wrong."""
    [problem] = problems(files)
    file, row, column, found, what, do = expected
    assert (problem.file, problem.row, problem.column, problem.found) == (file, row, column, found)
    assert what in problem.what
    assert do in problem.do
    assert "clean.bad_rows: quarantine" in problem.do


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS)
def test_same_row_goes_to_quarantine_if_asked_to(files, expected):
    """With `bad_rows: quarantine` the run goes on without the row, which is kept with line, column, reason and remedy."""
    tables = cleaned(files, bad_rows="quarantine")
    [line] = tables["quarantine"].to_dict("records")
    file, row, column, _, what, do = expected
    assert (f"{line['source']}.csv", line["row"], line["column"]) == (file, row, column)
    assert what in line["reason"]
    assert do in line["remedy"]
    assert tables["intake"]["rows_refused"].sum() == 1


def test_all_faults_of_all_files_come_at_once():
    """One run shows every fault of every source; several faults of one row are all named."""
    found = problems(
        {
            "staff": STAFF.replace("a,3", "z,three"),
            "answers": "person,item,value\na,V1a,9\ny,V1a,3\n",
            "nominations": "ego,alter,relation\n,,work\n",
        }
    )
    assert {(problem.file, problem.row, problem.column) for problem in found} == {
        ("staff.csv", 3, "tenure_months"),
        ("staff.csv", 3, "manager"),
        ("answers.csv", 2, "value"),
        ("answers.csv", 3, "person"),
        ("nominations.csv", 2, "ego"),
        ("nominations.csv", 2, "alter"),
    }


def test_two_faults_of_one_kind_in_one_row_are_both_kept():
    """Ego and alter both unknown: two lines of quarantine, one row refused."""
    tables = cleaned({"staff": STAFF, "nominations": "ego,alter,relation\ny,z,work\na,b,work\n"}, bad_rows="quarantine")
    assert tables["quarantine"]["column"].tolist() == ["alter", "ego"]
    assert tables["intake"].set_index("source").loc["nominations", ["rows_in", "rows_kept", "rows_refused"]].tolist() == [
        2,
        1,
        1,
    ]


def test_ties_of_a_refused_person_are_refused_too():
    """Who is not on the clean staff list cannot be named by, or name, anybody in the clean tables."""
    tables = cleaned(
        {
            "staff": STAFF.replace("a,3", "a,three"),
            "nominations": "ego,alter,relation\na,b,work\nb,c,work\na,c,work\n",
            "answers": "person,item,value\nb,V1a,3\n",
        },
        bad_rows="quarantine",
    )
    people = set(tables["people"]["person_id"])
    assert people == {who("a"), who("c")}
    assert set(tables["nominations"][["ego_id", "alter_id"]].to_numpy().ravel()) <= people
    assert tables["answers"].empty
    assert tables["intake"]["rows_refused"].tolist() == [1, 2, 1]


def test_source_whose_every_row_is_refused_is_an_empty_table():
    """Nothing kept of a source is the same as a source not brought, in every later chapter."""
    tables = cleaned(
        {"staff": STAFF, "nominations": "ego,alter,relation\ny,z,work\n"}, bad_rows="quarantine", directed=False
    )
    pd.testing.assert_frame_equal(tables["nominations"], TABLES["nominations"].empty(), check_index_type=False)


def test_staff_list_is_needed():
    """Without a staff list nothing can be joined: a fault of params.yaml, not a traceback."""
    [problem] = problems({"answers": "person,item,value\na,V1a,3\n"})
    assert (problem.what, problem.file, problem.column) == (
        "has no staff list",
        "params.yaml",
        "engagements.synthetic.sources",
    )


def test_every_clean_table_is_there_whatever_was_brought():
    """Later chapters find every table of the stage, empty or not, in the contract's form."""
    tables = cleaned({"staff": STAFF})
    assert set(tables) == {name for name, table in TABLES.items() if table.stage == "clean"}
    for name, frame in tables.items():
        assert frame.dtypes.equals(TABLES[name].empty().dtypes), name


def test_people_keep_attributes_and_lose_ids():
    """A person's row carries unit, tenure and the manager's pseudonym; the order is that of pseudonyms, not of the file."""
    people = cleaned({"staff": STAFF})["people"].set_index("person_id")
    assert people.loc[who("b"), ["unit", "manager_id", "tenure_months"]].tolist() == ["A", who("a"), 3]
    assert people.loc[[who("a")], "manager_id"].isna().all()
    assert people["role"].isna().all()
    assert people.index.is_monotonic_increasing


def test_times_are_read_in_utc():
    """A time with an offset is the same moment in UTC; a date alone is its midnight."""
    text = "ego,alter,channel,at,minutes\na,b,mail,2026-09-07T14:30+02:00,1\na,b,mail,2026-09-07,1\na,b,mail,,1\n"
    found = cleaned({"staff": STAFF, "interactions": text})["interactions"]["at"]
    assert found.dropna().tolist() == [pd.Timestamp("2026-09-07", tz="UTC"), pd.Timestamp("2026-09-07T12:30", tz="UTC")]
    assert found.isna().sum() == 1


def test_directed_ties_keep_both_directions():
    """Where direction is recorded, a naming b and b naming a are two rows."""
    text = "ego,alter,relation\na,b,work\nb,a,work\n"
    assert len(cleaned({"staff": STAFF, "nominations": text})["nominations"]) == 2


def test_undirected_pairs_are_one_whichever_way_round():
    """Without direction a pair is stored once, ends sorted; the second mention is refused as a repetition."""
    text = "ego,alter,relation\na,b,work\nb,a,work\nb,a,lunch\n"
    tables = cleaned({"staff": STAFF, "nominations": text}, bad_rows="quarantine", directed=False)
    pair = sorted([who("a"), who("b")])
    assert tables["nominations"].to_numpy().tolist() == [[*pair, "lunch"], [*pair, "work"]]
    assert tables["quarantine"]["reason"].tolist() == ["repeats row 2"]


def test_comments_are_numbered_by_line_and_redacted():
    """A comment is found again by its line in the file; ids in it go as they are spelt on the staff list."""
    staff = 'person\n"Weiß"\nb\n'
    text = 'person,prompt,text\nb,Q,"Ask Weiß,\nor b"\nb,Q,Same again\nb,Q,Same again\n'
    comments = cleaned({"staff": staff, "comments": text})["comments"]
    assert comments["comment_id"].tolist() == ["2", "4", "5"]
    assert comments["text"].tolist() == ["Ask [person],\nor [person]", "Same again", "Same again"]


def test_intake_says_what_was_noticed():
    """What the reader passed over stands in the intake, per source."""
    tables = cleaned({"staff": STAFF.replace("unit", "Unit") + "\n"})
    [row] = tables["intake"].to_dict("records")
    assert row["note"] == "columns left out: Unit; empty lines passed over: 1"
    assert (row["rows_in"], row["rows_kept"], row["rows_refused"]) == (3, 3, 0)


people = st.sampled_from(["a", "b", "c", "A ", "d", "e", "", "z"])
DIRTY = {
    "staff": st.tuples(
        people, st.sampled_from(["A", "B", ""]), people, st.sampled_from(["1", "-1", "x", "", "1e999", " 7"])
    ),
    "nominations": st.tuples(people | st.just("p"), people | st.just("p"), st.sampled_from(["work", "lunch", ""])),
    "parties": st.tuples(st.sampled_from(["p", "q", ""]), st.sampled_from(["customer", "Customer", ""]), st.just("north")),
    "answers": st.tuples(people, st.sampled_from(["V1a", "CC1"]), st.sampled_from(["1", "5", "6", "0", "yes", "", "nan"])),
    "interactions": st.tuples(
        people,
        people,
        st.sampled_from(["mail", "fax"]),
        st.sampled_from(["2026-01-01", "soon", ""]),
        st.sampled_from(["5", "-5", "∞"]),
    ),
    "comments": st.tuples(people, st.just("Q"), st.sampled_from(["hello a", ""])),
    "outcomes": st.tuples(people, st.sampled_from(["left", ""]), st.sampled_from(["", "now", "2026-02-30", "2026-02-01"])),
}
sources = st.fixed_dictionaries(
    {"staff": st.lists(DIRTY["staff"], min_size=1, max_size=6)},
    optional={name: st.lists(rows, min_size=1, max_size=5) for name, rows in DIRTY.items() if name != "staff"},
)


@given(sources, st.booleans())
def test_rows_in_are_rows_kept_plus_rows_refused(dirty, directed):
    """Whatever dirt the files hold: counts close for every source, and every id kept is a person or party kept."""
    files = {}
    for source, rows in dirty.items():
        out = io.StringIO(newline="")
        header = ("person", "unit", "manager", "tenure_months") if source == "staff" else tuple(FIELDS[source])
        csv.writer(out).writerows([header, *rows])
        files[source] = out.getvalue()
        if not any(cell.strip() for row in rows for cell in row):
            return
    tables = cleaned(files, bad_rows="quarantine", directed=directed)
    intake = tables["intake"].set_index("source")
    for source, rows in dirty.items():
        count = sum(any(cell.strip() for cell in row) for row in rows)
        refused = tables["quarantine"].query("source == @source")["row"].nunique()
        assert intake.loc[source, "rows_in"] == count
        assert intake.loc[source, "rows_refused"] == refused
        assert intake.loc[source, "rows_kept"] == len(tables[TABLE_OF[source]]) == count - refused
    known = set(tables["people"]["person_id"])
    for table, column in [
        ("nominations", "ego_id"),
        ("answers", "person_id"),
        ("interactions", "ego_id"),
        ("interactions", "alter_id"),
        ("comments", "person_id"),
        ("outcomes", "person_id"),
    ]:
        assert set(tables[table][column]) <= known
    assert set(tables["nominations"]["alter_id"]) <= known | set(tables["parties"]["party_id"])


def test_relation_with_a_plus_is_refused():
    """Relations of a pair are joined by +, so a name that holds one would fall apart later on."""
    with pytest.raises(UserError, match=r"row 2, column relation: holds a \+"):
        cleaned({"staff": STAFF, "nominations": "ego,alter,relation\na,b,work+lunch\n"})
