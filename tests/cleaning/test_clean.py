"""Cleaning: every row is kept or refused with its reason, ids become pseudonyms, and counts are conserved."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import hypothesis
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_memory import held
from synthetic import settings

from kithwork import cleaning
from kithwork.cleaning.identities import pseudonym
from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import csvfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import TABLE_OF, Fault, Record, Rows, in_batches, whole
from kithwork.tables import TABLES

QUARANTINE = {"bad_rows": "quarantine"}
PUBLIC = {"ids": "public"}
PARTIES = "party,kind,name,domain\np,customer,Acme,acme.org\nq,supplier,Bolt,bolt.org\n"
NAMED = "person,email,name\na,anna@x.org,Anna Ek\nb,bo@x.org,Bo Li\nc,,Bo  Li\n"
STAFF = "person,unit,manager,tenure_months\na,A,,12\nb,A,a,3\nc,B,a,0\n"


def rows_of(source: str, text: str, name: str = "s.csv") -> Rows:
    """The rows of a CSV file of this text."""
    return whole(csvfile.parse(source, Reader(file=name), Given(name, content=text.encode())))


def cleaned(files: dict[str, str], *, bad_rows: str = "stop", directed: bool = True) -> dict[str, pd.DataFrame]:
    """Clean tables of these sources, given as the text of CSV files; several under `source`, `source 2` and so on."""
    raw: dict[str, list] = {}
    for name, text in files.items():
        source = name.split(" ")[0]
        rows = rows_of(source, text, f"{name}.csv")
        raw.setdefault(source, []).append([rows] if source == "interactions" else rows)
    about = settings(engagement={**PUBLIC, "directed": directed}, clean={"bad_rows": bad_rows})
    tables = cleaning.clean(raw, about)
    logs = {name: tables[name] for name in ("interactions", "set_aside")}
    return tables | {name: held(log) for name, log in logs.items()}


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
        ("staff.csv", 3, "tenure_months", "3,5", "may part thousands or decimals", "point before decimals"),
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
    "date of a survey tool": (
        {"staff": STAFF, "responses": "person,started\na,31/12/2026 10:00:00\n"},
        ("responses.csv", 2, "started", "31/12/2026 10:00:00", "is not a date", "`options: {dates: '%d/%m/%Y %H:%M:%S'}`"),
    ),
    "date by the clock": (
        {"staff": STAFF, "outcomes": "person,outcome,at\na,left,today\n"},
        ("outcomes.csv", 2, "at", "today", "is not a date", "2026-09-07"),
    ),
    "a year and month": (
        {"staff": STAFF, "outcomes": "person,outcome,at\na,left,2026-03\n"},
        ("outcomes.csv", 2, "at", "2026-03", "is not a date", "2026-09-07"),
    ),
    "unknown channel": (
        {"staff": STAFF, "interactions": "ego,alter,channel,minutes\na,b,metting,5\n"},
        ("interactions.csv", 2, "channel", "metting", "is not an allowed value", "Did you mean 'meeting'?"),
    ),
    "an unknown kind of idea": (
        {"staff": STAFF, "opportunities": "opportunity,raised,kind\n1,2026-02-01,Produkt\n"},
        ("opportunities.csv", 2, "kind", "Produkt", "is not an allowed value", "Did you mean 'product'?"),
    ),
    "an idea tested before it was raised": (
        {"staff": STAFF, "opportunities": "opportunity,raised,tested\n1,2026-02-01T09:00,2026-01-31T23:00\n"},
        (
            "opportunities.csv",
            2,
            "tested",
            "2026-01-31T23:00",
            "before the day on which it was raised",
            "Correct the earlier",
        ),
    ),
    "an idea dropped before it was raised": (
        {"staff": STAFF, "opportunities": "opportunity,raised,dropped\n1,2026-02-01,2026-01-31\n"},
        ("opportunities.csv", 2, "dropped", "2026-01-31", "before the day on which it was raised", "Correct the earlier"),
    ),
    "an idea twice": (
        {"staff": STAFF, "opportunities": "opportunity,raised\n1,2026-02-01\n 1 ,2026-03-01\n"},
        ("opportunities.csv", 3, "opportunity", " 1 ", "repeats row 2", "Keep one of the two"),
    ),
    "an idea from a party that nobody knows": (
        {"staff": STAFF, "parties": PARTIES, "opportunities": "opportunity,raised,party\n1,2026-02-01,Cole\n"},
        ("opportunities.csv", 2, "party", "Cole", "is not a known party", "Add it to the list of parties"),
    ),
    "an idea from a person as a party": (
        {"staff": STAFF, "parties": PARTIES, "opportunities": "opportunity,raised,party\n1,2026-02-01,b\n"},
        ("opportunities.csv", 2, "party", "b", "is not a known party", "leave it empty"),
    ),
    "unknown kind of party": (
        {"staff": STAFF, "parties": "party,kind\nx,custmer\n"},
        ("parties.csv", 2, "kind", "custmer", "is not an allowed value", "Did you mean 'customer'?"),
    ),
    "a stranger where a party could be meant": (
        {"staff": STAFF, "parties": PARTIES, "nominations": "ego,alter,relation\na,z,work\n"},
        ("nominations.csv", 2, "alter", "z", "is neither on the staff list nor a known party", "Add it to one of the two"),
    ),
    "a name that two people have": (
        {"staff": NAMED, "answers": "person,item,value\nBo Li,V1a,3\n"},
        ("answers.csv", 2, "person", "Bo Li", "fits two people of the staff list", "by id or e-mail address"),
    ),
    "a meeting of one": (
        {"staff": STAFF, "interactions": "ego,alter,channel,size\na,b,meeting,1\n"},
        ("interactions.csv", 2, "size", "1", "is below 2", "smallest allowed is 2 people"),
    ),
    "no e-mail address": (
        {"staff": NAMED.replace("bo@x.org", "bo at x")},
        ("staff.csv", 3, "email", "bo at x", "is not an e-mail address", "name@example.org"),
    ),
    "no domain": (
        {"staff": STAFF, "parties": PARTIES.replace("bolt.org", "bolt")},
        ("parties.csv", 3, "domain", "bolt", "is not a domain", "example.org"),
    ),
}


def _lost(files: dict[str, str]) -> str:
    """What of these files cannot be used: a row, or of a staff list whose ids are sound a cell."""
    return "cells" if set(files) == {"staff"} and files["staff"] != FAULTS["duplicate id"][0]["staff"] else "rows"


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_row_is_named_in_full(files, expected):
    """File, row, column, what was found and what to do: all five, for each way a row can be wrong."""
    [problem] = problems(files)
    file, row, column, found, what, do = expected
    assert (problem.file, problem.row, problem.column, problem.found) == (file, row, column, found)
    assert what in problem.what
    assert do in problem.do
    assert f"clean.bad_rows: quarantine in params.yaml to go on without such {_lost(files)}" in problem.do


@pytest.mark.slow
@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS)
def test_same_row_goes_to_quarantine_if_asked_to(files, expected):
    """With `bad_rows: quarantine` the run goes on without the row, which is kept with line, column, reason and remedy.

    A person's row stays; the cell is emptied, and told of in the same words.
    """
    tables = cleaned(files, bad_rows="quarantine")
    [line] = pd.concat([tables["quarantine"], tables["emptied"]]).to_dict("records")
    file, row, column, word, what, do = expected
    assert (line["file"], line["row"], line["column"]) == (file, row, column)
    assert what in line["reason"]
    assert do in line["remedy"]
    assert tables["intake"]["rows_refused"].sum() == len(tables["quarantine"])
    assert len(tables["emptied"]) == (_lost(files) == "cells")
    assert word.strip() not in line["reason"].split()


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


@pytest.mark.parametrize("line", ["zed,a,mail,2026-09-07", "a,b,mail,soon"])
def test_every_faulty_record_of_contact_is_counted(line):
    """However many: few are kept word by word, and the message says how many there are."""
    contacts = "ego,alter,channel,at\n" + f"{line}\n" * 1234
    with pytest.raises(UserError, match=r", and 1,233 more \(row 3, 4, 5, …\): "):
        cleaned({"staff": STAFF, "interactions": contacts})


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
    """Who is not on the clean staff list cannot be named by, or name, anybody; such rows say where its own row is."""
    tables = cleaned(
        {
            "staff": "person,email,timezone\na,,\n,bo@x.org,Mars/North\nc,,\n",
            "nominations": "ego,alter,relation\na,bo@x.org,work\nbo@x.org,c,work\na,c,work\n",
            "answers": "person,item,value\nbo@x.org,V1a,3\n",
        },
        bad_rows="quarantine",
    )
    people = set(tables["people"]["person_id"])
    assert people == {who("a"), who("c")}
    assert set(tables["nominations"][["ego_id", "alter_id"]].to_numpy().ravel()) <= people
    assert tables["answers"].empty
    assert tables["intake"]["rows_refused"].tolist() == [1, 2, 1]
    assert tables["quarantine"].query("source == 'staff'")["column"].tolist() == ["person", "timezone"]
    assert tables["emptied"].empty
    others = tables["quarantine"].query("source != 'staff'")
    assert set(others["reason"]) == {"is of the staff list, but its own row there was refused: row 3"}
    assert set(others["remedy"]) == {"Mend that row."}


def test_a_person_stays_though_cells_of_its_row_cannot_be_understood():
    """Manager, tenure, zone and e-mail address are emptied and told of; what is said of the person stays."""
    staff = "person,email,manager,tenure_months,timezone,unit\na,anna at x,z,ca. 40,Mars/North,A\nb,b@x.org,a,4,,B\n"
    answers = "person,item,value\na,V1a,3\n"
    tables = cleaned({"staff": staff, "answers": answers}, bad_rows="quarantine")
    row = tables["people"].set_index("person_id").loc[who("a")]
    assert row[["manager_id", "tenure_months", "timezone"]].isna().all()
    assert row["unit"] == "A"
    assert len(tables["answers"]) == 1
    assert tables["quarantine"].empty
    assert sorted(tables["emptied"]["column"]) == ["email", "manager", "tenure_months", "timezone"]
    assert set(tables["emptied"]["row"]) == {2}
    counts = tables["intake"].set_index("source").loc["staff"]
    assert counts[["rows_in", "rows_kept", "rows_refused"]].tolist() == [2, 2, 0]
    assert counts["note"] == "cells that could not be understood, emptied: 4"


def test_staff_rows_that_deserve_a_look_are_noted_by_row():
    """A total is a row with an id alone; one e-mail address of two people finds neither; no word of them is told."""
    staff = "person,email,unit\na,hall@x.org,A\nb,hall@x.org,B\nc,,A\nSumme:,,\n"
    note = cleaned({"staff": staff})["intake"]["note"].item()
    assert note == (
        "an id alone, perhaps of no person: row 5; "
        "an e-mail address that others have too, which finds none of them: rows 2, 3"
    )
    assert cleaned({"staff": "person,unit\na,\nb,\n"})["intake"]["note"].isna().all()
    many = "person,unit\n" + "".join(f"p{at},\n" for at in range(8)) + "q,A\n"
    assert "rows 2, 3, 4, 5, 6 and 3 more" in cleaned({"staff": many})["intake"]["note"].item()


def test_refused_answers_are_counted_as_refused():
    """A 6 and a word were given, and are not left out; an empty cell is."""
    answers = "person,item,value\na,V1a,6\nb,V1a,2\nc,V1a,\na,V1b,often\nb,V1b,1\nc,V1b,1\na,V1c,1\n"
    gaps = cleaned({"staff": STAFF, "answers": answers}, bad_rows="quarantine")["gaps"].set_index("item")
    assert gaps[["answered", "refused"]].to_numpy().tolist() == [[1, 1], [2, 1], [1, 0]]
    assert gaps["absent"].tolist() == pytest.approx([1 / 3, 0, 2 / 3])


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


def test_study_without_sources_waits_for_its_files():
    """One that was only begun says so, and which command goes on."""
    [problem] = problems({})
    assert problem.what == "waits for its files: no source names any"
    assert "kithwork map synthetic" in problem.do


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


@pytest.mark.slow
def test_times_are_read_in_utc():
    """A time with an offset is the same moment in UTC; a date alone is its midnight."""
    text = "ego,alter,channel,at,minutes\na,b,mail,2026-09-07T14:30+02:00,1\na,b,mail,2026-09-07,1\na,b,mail,,1\n"
    found = cleaned({"staff": STAFF, "interactions": text})["interactions"]["at"]
    days = [pd.Timestamp("2026-09-07", tz="UTC"), pd.Timestamp("2026-09-07T12:30", tz="UTC")]
    assert sorted(found.dropna()) == days
    assert found.isna().sum() == 1


@pytest.mark.slow
def test_a_day_alone_is_a_day_of_its_file_without_an_hour():
    """It is put down as the midnight there; it has no working hours, and is of its own week."""
    text = "ego,alter,channel,at\na,b,mail,2026-09-07\na,b,mail,2026-09-05\n"
    log = replace(rows_of("interactions", text, "i.csv"), timezone="Europe/Copenhagen")
    found = cleaning.clean({"staff": [rows_of("staff", STAFF)], "interactions": [[log]]}, settings(engagement=PUBLIC))
    rows = found["interactions"].table().order_by("at").to_pandas()
    assert rows["at"].tolist() == [pd.Timestamp("2026-09-04T22:00Z"), pd.Timestamp("2026-09-06T22:00Z")]
    assert rows["day_only"].all()
    assert rows["off_hours"].isna().all()
    assert rows["weekend"].tolist() == [1, 0]
    assert found["arrivals"]["week"].tolist() == [
        pd.Timestamp("2026-08-31", tz="UTC"),
        pd.Timestamp("2026-09-07", tz="UTC"),
    ]


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
    """A comment is found again by its line in the file; ids in it and its prompt go as they are spelt on the staff list."""
    staff = 'person\n"Weiß"\nb\n'
    text = 'person,prompt,text\nb,Why Weiß?,"Ask Weiß,\nor b"\nb,Q,Same again\nb,Q,Same again\n'
    comments = cleaned({"staff": staff, "comments": text})["comments"]
    assert comments["comment_id"].tolist() == ["2", "4", "5"]
    assert comments["prompt"].tolist() == ["Why [person]?", "Q", "Q"]
    assert comments["text"].tolist() == ["Ask [person],\nor [person]", "Same again", "Same again"]


@pytest.mark.parametrize("word", ["anna@x.org", "Anna Ek <ANNA@x.org>", "Anna  Ek", "a"])
def test_manager_is_found_by_any_word_of_the_staff_list(word):
    """By address or name as well as by id, wherever in the list the manager stands."""
    people = cleaned({"staff": f"person,email,name,manager\nb,bo@x.org,Bo Li,{word}\na,anna@x.org,Anna Ek,\n"})["people"]
    assert people.set_index("person_id").loc[who("b"), "manager_id"] == who("a")


def test_intake_says_what_was_noticed():
    """What the reader passed over stands in the intake, per source."""
    tables = cleaned({"staff": STAFF.replace("unit", "Unit") + "\n"})
    [row] = tables["intake"].to_dict("records")
    assert row["note"] == "columns left out: Unit; empty lines left out: 1"
    assert (row["rows_in"], row["rows_kept"], row["rows_refused"]) == (3, 3, 0)


people = st.sampled_from(["a", "b", "c", "A ", "d", "e", "", "z", "Anna Ek", "B <b@x.org>", "b@x.org"])
anyone = people | st.sampled_from(["p", "Acme", "joe@mail.acme.org"])
DIRTY = {
    "staff": {
        "person": people,
        "unit": st.sampled_from(["A", "B", ""]),
        "manager": people,
        "tenure_months": st.sampled_from(["1", "-1", "x", "", "1e999", " 7"]),
        "email": st.sampled_from(["", "", "b@x.org", "broken"]),
        "name": st.sampled_from(["", "Anna Ek", "anna  ek"]),
    },
    "nominations": {"ego": people, "alter": anyone, "relation": st.sampled_from(["work", "lunch", ""])},
    "parties": {
        "party": st.sampled_from(["p", "q", ""]),
        "kind": st.sampled_from(["customer", "Customer", ""]),
        "name": st.sampled_from(["Acme", ""]),
        "domain": st.sampled_from(["acme.org", "org", ""]),
    },
    "answers": {
        "person": people,
        "item": st.sampled_from(["V1a", "CC1"]),
        "value": st.sampled_from(["1", "5", "6", "0", "yes", "", "nan"]),
    },
    "interactions": {
        "ego": anyone,
        "alter": anyone,
        "channel": st.sampled_from(["mail", "fax"]),
        "at": st.sampled_from(["2026-01-01", "soon", ""]),
        "minutes": st.sampled_from(["5", "-5", "∞", ""]),
        "size": st.sampled_from(["", "2", "1", "many"]),
    },
    "comments": {"person": people, "prompt": st.just("Q"), "text": st.sampled_from(["hello a", ""])},
    "outcomes": {
        "person": people,
        "outcome": st.sampled_from(["left", ""]),
        "at": st.sampled_from(["", "now", "2026-02-30", "2026-02-01"]),
    },
    "opportunities": {
        "opportunity": st.sampled_from(["1", "2", "3", ""]),
        "kind": st.sampled_from(["product", "Cost", "profit", ""]),
        "problem": st.sampled_from(["leaks", "ask a", ""]),
        "person": people,
        "party": anyone,
        "raised": st.sampled_from(["2026-02-01", "2026-02-01T10:00", "", "2026-02"]),
        "tested": st.sampled_from(["", "2026-01-31", "2026-02-01", "soon"]),
        "dropped": st.sampled_from(["", "2026-03-01"]),
        "expected": st.sampled_from(["", "1000", "1,000", "-1"]),
    },
}
files = {name: st.lists(st.fixed_dictionaries(DIRTY[name]), min_size=1, max_size=5) for name in DIRTY}
files |= {f"{name} 2": files[name] for name in ("staff", "nominations", "interactions", "comments")}
brought = st.fixed_dictionaries(
    {"staff": files["staff"]}, optional={name: rows for name, rows in files.items() if name != "staff"}
)


@pytest.mark.slow
@hypothesis.settings(max_examples=10)
@given(brought, st.booleans())
def test_rows_in_are_rows_kept_plus_rows_refused(dirty, directed):
    """Whatever dirt the files hold: counts close for every file, and every id kept is a person or party kept."""
    texts = {}
    for name, rows in dirty.items():
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        texts[name] = out.getvalue()
        if not any(cell.strip() for row in rows for cell in row.values()):
            return
    tables = cleaned(texts, bad_rows="quarantine", directed=directed)
    intake = tables["intake"].set_index("file")
    for name, rows in dirty.items():
        count = sum(any(cell.strip() for cell in row.values()) for row in rows)
        refused, aside = (
            tables[table].query(f"file == '{name}.csv'")["row"].nunique() for table in ("quarantine", "set_aside")
        )
        counts = intake.loc[f"{name}.csv", ["rows_in", "rows_kept", "rows_refused", "rows_set_aside"]]
        assert counts.tolist() == [count, count - refused - aside, refused, aside]
    for source, rows in intake.groupby("source")["rows_kept"].sum().items():
        table = tables[TABLE_OF[source]]
        listed = table[table["kind"] != "unmapped"] if source == "parties" else table
        assert len(listed) == rows
    known = set(tables["people"]["person_id"])
    for table, column in [
        ("answers", "person_id"),
        ("comments", "person_id"),
        ("outcomes", "person_id"),
        ("opportunities", "person_id"),
    ]:
        assert set(tables[table][column].dropna()) <= known
    assert set(tables["opportunities"]["party_id"].dropna()) <= set(tables["parties"]["party_id"])
    either = known | set(tables["parties"]["party_id"])
    assert set(tables["nominations"]["ego_id"]) <= (known if directed else either)
    for table in ("nominations", "interactions"):
        pairs = tables[table]
        assert set(pairs["ego_id"]) | set(pairs["alter_id"]) <= either
        assert (pairs["ego_id"].isin(known) | pairs["alter_id"].isin(known)).all()


def test_relation_with_a_plus_is_refused():
    """Relations of a pair are joined by +, so a name that holds one would fall apart later on."""
    with pytest.raises(UserError, match=r"row 2, column relation: holds a \+"):
        cleaned({"staff": STAFF, "nominations": "ego,alter,relation\na,b,work+lunch\n"})


def test_names_and_addresses_are_keys_and_go_no_further():
    """People and parties are found by them; no clean table has them, nor any cell that holds one."""
    tables = cleaned(
        {
            "staff": NAMED,
            "parties": PARTIES,
            "nominations": "ego,alter,relation\nAnna Ek,Bo <bo@x.org>,work\na,joe@eu.acme.org,work\nbo@x.org,Bolt,learn\n",
            "comments": 'person,prompt,text\nanna@x.org,Q,"Ask Anna\u00a0Ek or BO LI or bo@x.org, not Anna"\n',
        }
    )
    assert set(tables["nominations"].itertuples(index=False, name=None)) == {
        (who("a"), who("b"), "work"),
        (who("a"), who("p"), "work"),
        (who("b"), who("q"), "learn"),
    }
    assert tables["comments"]["text"].tolist() == ["Ask [person] or [person] or [email], not [person]"]
    for name, table in tables.items():
        text = table.to_csv().casefold()
        assert not [word for word in ("anna ek", "x.org", "acme", "bolt") if word in text], name


@pytest.mark.slow
def test_contact_with_a_party_is_kept():
    """Ego or alter may be a party; a mail has no minutes."""
    text = "ego,alter,channel,at\na,joe@acme.org,mail,2026-01-01\nacme,b,mail,2026-01-01\n"
    found = cleaned({"staff": STAFF, "parties": PARTIES, "interactions": text})["interactions"]
    assert set(found[["ego_id", "alter_id"]].itertuples(index=False, name=None)) == {
        (who("a"), who("p")),
        (who("p"), who("b")),
    }
    assert found[["minutes", "size"]].isna().all(axis=None)


IDEAS = (
    "opportunity,kind,problem,person,party,raised,tested,scaled,dropped,expected,realised\n"
    "7,Product,Leaks,Anna Ek,Acme,2026-02-01T14:00,2026-02-01,2026-05-01,,50000,1200\n"
    "8,,What Anna Ek saw,,joe@eu.acme.org,2026-02-02,,,2026-03-01,,\n"
)


def test_ideas_become_opportunities():
    """Kinds in any letters, person and party by their keys; a day alone is not before an hour of it; words name nobody."""
    found = cleaned({"staff": NAMED, "parties": PARTIES, "opportunities": IDEAS})["opportunities"]
    assert found["opportunity_id"].tolist() == ["7", "8"]
    assert found.loc[0, ["kind", "problem", "person_id", "party_id"]].tolist() == ["product", "Leaks", who("a"), who("p")]
    assert found.loc[0, ["expected", "realised"]].tolist() == [50000, 1200]
    assert found.loc[1, ["problem", "party_id"]].tolist() == ["What [person] saw", who("p")]
    assert found.loc[1, ["kind", "person_id", "tested", "expected"]].isna().all()
    assert str(found.loc[1, "dropped"]) == "2026-03-01 00:00:00+00:00"


def test_files_of_a_source_become_one_table():
    """Two logs with other columns are one table; intake and quarantine tell them apart; counts close for each."""
    tables = cleaned(
        {
            "staff": STAFF,
            "interactions": "ego,alter,channel,minutes\na,b,meeting,5\na,z,meeting,5\n",
            "interactions 2": "ego,alter,channel,size\na,c,meeting,3\n",
        },
        bad_rows="quarantine",
    )
    counts = tables["intake"].set_index("file")[["rows_in", "rows_kept", "rows_set_aside"]]
    assert counts.loc["interactions.csv"].tolist() == [2, 1, 1]
    assert counts.loc["interactions 2.csv"].tolist() == [1, 1, 0]
    assert tables["set_aside"][["file", "row", "step"]].to_numpy().tolist() == [["interactions.csv", 3, "stranger"]]
    assert tables["interactions"].set_index("alter_id")["size"].dropna().to_dict() == {who("c"): 3}


def test_comments_of_several_files_have_numbers_of_their_own():
    """The same line of two files is two comments."""
    text = "person,prompt,text\na,Q,Hello\n"
    comments = cleaned({"staff": STAFF, "comments": text, "comments 2": text})["comments"]
    assert comments["comment_id"].tolist() == ["1.2", "2.2"]


def test_records_of_one_line_are_judged_each():
    """Where a line holds several records, each is kept or refused; messages and quarantine name line and column."""
    answers = [("V1a", "3"), ("V1b", "9")]
    records = [Record(4, {"person": "a", "item": item, "value": value}, item) for item, value in answers]
    wide = whole(in_batches("answers", "w.csv", records, {"person": "Mail"}))
    staff = rows_of("staff", STAFF, "s.csv")
    tables = cleaning.clean(
        {"staff": [staff], "answers": [wide]}, settings(engagement={**PUBLIC, "bad_rows": "quarantine"})
    )
    assert tables["answers"]["item"].tolist() == ["V1a"]
    assert tables["quarantine"][["row", "column"]].to_numpy().tolist() == [[4, "V1b"]]
    assert tables["intake"].set_index("source").loc["answers", "rows_refused"] == 1


def test_engagement_has_the_last_word_on_bad_rows():
    """`bad_rows` of the engagement overrides that of all; the remedy names the one that is in force."""
    rows = rows_of("staff", STAFF + ",B,,1\n", "s.csv")
    own = settings(engagement={**PUBLIC, "bad_rows": "stop"}, clean={"bad_rows": "quarantine"})
    with pytest.raises(UserError, match=r"set engagements\.synthetic\.bad_rows: quarantine"):
        cleaning.clean({"staff": [rows]}, own)
    own = settings(engagement={**PUBLIC, "bad_rows": "quarantine"}, clean={"bad_rows": "stop"})
    assert len(cleaning.clean({"staff": [rows]}, own)["people"]) == 3


def test_record_its_reader_could_not_understand_is_refused_as_a_row():
    """It counts as a row in and a row refused, and stands in quarantine with its line, reason and remedy."""
    fault = Fault(9, "DTSTART", "is not a time", "Write it as 20260907T143000Z.", "soon")
    records = [Record(4, {"person": "a", "item": "V1a", "value": "3"}), fault]
    given_rows = {"staff": [rows_of("staff", STAFF)], "answers": [whole(in_batches("answers", "w.csv", records))]}
    tables = cleaning.clean(given_rows, settings(engagement={**PUBLIC, "bad_rows": "quarantine"}))
    assert tables["intake"].set_index("file").loc["w.csv", ["rows_in", "rows_kept", "rows_refused"]].tolist() == [2, 1, 1]
    assert tables["quarantine"][["row", "column", "reason"]].to_numpy().tolist() == [[9, "DTSTART", "is not a time"]]
