"""Who opted out: honoured before anything is written, in every source, and never passed over."""

from __future__ import annotations

import pandas as pd
import pytest
from in_memory import held
from synthetic import settings

from kithwork import cleaning
from kithwork.cleaning.consent import SCOPES, WITHDRAWS
from kithwork.cleaning.identities import pseudonym
from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import csvfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import FIELDS, whole

FILES = {
    "staff": "person,unit,site\na,A,North\nb,A,North\nc,B,South\n",
    "nominations": "ego,alter,relation\na,b,work\nb,a,work\nb,c,work\n",
    "answers": "person,item,value\na,V1a,3\nb,V1a,4\n",
    "comments": "person,prompt,text\na,Q,Hello\n",
    "outcomes": "person,outcome\na,adopted\n",
    "opportunities": "opportunity,person,raised\n1,a,2026-01-05\n2,,2026-01-06\n",
    "interpreters": "ego,alter,question,value\na,b,T2,3\nb,a,T2,4\n",
    "interactions": "ego,alter,channel\na,b,mail\nb,c,mail\n",
}
SAID = {"nominations", "answers", "comments", "outcomes", "opportunities", "interpreters", "careless", "weights"}
A = pseudonym(b"synthetic", "a")


def cleaned(*, bad_rows: str = "stop", **files: str) -> dict[str, pd.DataFrame]:
    """The tables of three people, one of whom opts out."""
    raw: dict[str, list] = {}
    for source, text in (FILES | files).items():
        rows = csvfile.parse(source, Reader(file=source), Given(f"{source}.csv", content=text.encode()))
        raw[source] = [rows if source == "interactions" else whole(rows)]
    tables = cleaning.clean(raw, settings(engagement={"ids": "public", "bad_rows": bad_rows}))
    logs = {name: tables[name] for name in ("interactions", "set_aside")}
    return tables | {name: held(log) for name, log in logs.items()}


def sources_with(tables: dict[str, pd.DataFrame], person: str) -> set[str]:
    """Tables in which a person's pseudonym stands."""
    told = {name for name in tables if name not in ("people", "opt_outs", "person_weeks")}
    return {name for name in told if (tables[name] == person).any(axis=None)}


def test_who_withdraws_all_is_in_no_table_but_the_list():
    """The person stays among the people, with nothing said of it; nothing else with it in it is told of or counted."""
    tables = cleaned(opt_outs="person\na\n")
    assert sources_with(tables, A) == set()
    row = tables["people"].set_index("person_id").loc[A]
    assert row.isna().all()
    assert len(tables["people"]) == 3
    assert tables["opt_outs"].to_numpy().tolist() == [[A, "all"]]


@pytest.mark.slow
def test_domain_that_only_who_opted_out_wrote_to_is_no_party():
    """Nor is it asked about; one that others wrote to, or named, is."""
    written = "ego,alter,channel\na,x@only.example,mail\na,x@both.example,mail\nb,y@both.example,mail\nb,c,mail\n"
    named = "ego,alter,relation\na,z@mine.example,work\nc,z@named.example,work\n"
    for listed, domains in (({}, {"only", "both", "mine", "named"}), ({"opt_outs": "person\na\n"}, {"both", "named"})):
        tables = cleaned(bad_rows="quarantine", interactions=written, nominations=named, **listed)
        ids = {pseudonym(b"synthetic", f"{domain}.example") for domain in domains}
        assert set(tables["parties"]["party_id"]) == ids


TOLD = ("intake", "filters", "arrivals", "set_aside", "quarantine", "emptied", "person_weeks", "clocks", "gaps", "careless")
OF_A = {
    "nominations": "a,b,work\nc,a,work\na,b,work\na,nobody,work\n",
    "answers": "a,V1a,9\na,V1b,\n",
    "comments": "a,Q,\n",
    "outcomes": "a,,soon\n",
    "opportunities": "2,a,2026-01-05,\n3,a,soon,\n4,a,2026-01-05,2026-01-04\n1,a,2026-01-05,\n",
    "interpreters": "a,b,T2,300\nc,a,T99,1\n",
    "responses": "a,-5,no,no\n",
    "interactions": "a,b,mail,2026-03-02T10:00Z\na,b,pigeon,\nno-reply@x.example,a,mail,\nz,a,mail,soon\na,a,mail,\n",
}
OF_OTHERS = {
    "nominations": "ego,alter,relation\nb,c,work\n",
    "answers": "person,item,value\nb,V1a,4\n",
    "comments": "person,prompt,text\nb,Q,Hello\n",
    "outcomes": "person,outcome,at\nb,adopted,\n",
    "opportunities": "opportunity,person,raised,tested\n1,b,2026-01-05,2026-02-01\n",
    "interpreters": "ego,alter,question,value\nb,c,T2,3\n",
    "responses": "person,seconds,use_records,use_reports\nb,60,yes,yes\n",
    "interactions": "ego,alter,channel,at\nb,c,mail,2026-03-02T10:00Z\nc,b,pigeon,\n",
}


@pytest.mark.slow
def test_tables_are_those_of_files_without_who_opted_out():
    """Rows kept, refused and set aside, every count and note: as if nothing of the person had ever been in a file."""
    there, never = ({name: text + (more.get(name, "")) for name, text in OF_OTHERS.items()} for more in (OF_A, {}))
    found, expected = (cleaned(bad_rows="quarantine", opt_outs="person\na\n", **files) for files in (there, never))
    assert "rows of people who opted out are not counted" in found["intake"].set_index("source").loc["answers", "note"]
    for name in (*TOLD, *OF_OTHERS):
        pd.testing.assert_frame_equal(found[name], expected[name], obj=name)


@pytest.mark.slow
def test_only_what_was_withdrawn_is_gone():
    """Who withdraws its records has its answers counted, refused ones too."""
    files = {name: text + OF_A[name] for name, text in OF_OTHERS.items()}
    counts = cleaned(bad_rows="quarantine", opt_outs="person,scope\na,records\n", **files)["intake"].set_index("source")
    assert counts.loc["interactions", ["rows_in", "rows_refused"]].tolist() == [2, 1]
    assert counts.loc["answers", ["rows_in", "rows_refused"]].tolist() == [3, 2]
    assert counts.loc["answers", "note"] != counts.loc["interactions", "note"]


@pytest.mark.slow
def test_nothing_of_who_opted_out_stops_the_run():
    """Faults of their rows are no faults, of any source."""
    files = {name: text.replace("c,b,pigeon,\n", "") + OF_A[name] for name, text in OF_OTHERS.items()}
    assert len(cleaned(opt_outs="person\na\n", **files)["answers"]) == 1


@pytest.mark.slow
def test_an_emptied_cell_of_who_opted_out_is_not_told():
    """The staff list says nothing of such a person, nor that something in its row was wrong."""
    staff = "person,tenure_months\na,ca. 40\nb,ca. 4\nc,4\n"
    found = cleaned(bad_rows="quarantine", staff=staff, opt_outs="person\na\n")
    assert found["emptied"]["row"].tolist() == [3]
    assert found["intake"].set_index("source").loc["staff", "note"] == "cells that could not be understood, emptied: 1"


@pytest.mark.slow
@pytest.mark.parametrize("row", ["a,no,-5", "a,never,5", "a,yes,5\na,no,5"])
def test_a_tick_counts_though_its_row_is_refused(row):
    """For another fault, because it cannot be understood, or because the person answered twice."""
    tables = cleaned(bad_rows="quarantine", responses=f"person,use_records,seconds\n{row}\n")
    assert "interactions" not in sources_with(tables, A)


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ("records", SAID),
        ("named", SAID | {"interactions"}),
    ],
)
def test_part_may_be_withdrawn(scope, left):
    """Collaboration records alone, or what others named alone; what the person itself said stays."""
    tables = cleaned(opt_outs=f"person,scope\na,{scope}\n")
    assert sources_with(tables, A) == left
    named = (tables["nominations"]["alter_id"] == A).any()
    assert named == (scope != "named")


@pytest.mark.slow
def test_a_tick_in_the_survey_is_a_withdrawal():
    """Who answered that its records may not be used is treated like one on the list."""
    tables = cleaned(responses="person,use_records,use_reports\na,no,yes\nb,yes,yes\n")
    assert "interactions" not in sources_with(tables, A)
    assert (tables["nominations"]["alter_id"] == A).any()


@pytest.mark.parametrize("text", ["person\nnobody\n", "person,scope\na,everything\n"])
def test_a_withdrawal_that_is_not_understood_stops_the_run(text):
    """Whether bad rows stop or not: nothing is read past it."""
    with pytest.raises(UserError, match="whoever opted out must be known"):
        cleaned(opt_outs=text)


def test_every_source_with_people_says_what_withdraws_it():
    """Each column of a source that holds people is covered, for all there is."""
    for source, fields in FIELDS.items():
        if source in ("staff", "opt_outs", "parties"):
            continue
        people = {name for name, field in fields.items() if field.kind in ("person", "anyone")}
        assert set(WITHDRAWS[source]) == people
        assert all("all" in scopes and scopes <= set(SCOPES) for scopes in WITHDRAWS[source].values())


@pytest.mark.slow
def test_every_withdrawal_is_in_the_list():
    """A tick like a line of the list, though its row is refused: the stages after this one read nothing else."""
    responses = "person,seconds,use_records,use_reports\na,60,yes,no\nb,-5,no,yes\n"
    tables = cleaned(bad_rows="quarantine", responses=responses, opt_outs="person\nc\n")
    ids = {one: pseudonym(b"synthetic", one) for one in "abc"}
    expected = {(ids["a"], "named"), (ids["b"], "records"), (ids["c"], "all")}
    assert set(tables["opt_outs"].itertuples(index=False, name=None)) == expected
