"""Who opted out: honoured before anything is written, in every source, and never passed over."""

from __future__ import annotations

import pandas as pd
import pytest
from synthetic import settings

from kithwork import cleaning
from kithwork.cleaning.consent import SCOPES, WITHDRAWS
from kithwork.cleaning.identities import pseudonym
from kithwork.errors import UserError
from kithwork.params import Reader
from kithwork.readers import csvfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import FIELDS, whole

FILES = {
    "staff": "person,unit,site\na,A,North\nb,A,North\nc,B,South\n",
    "nominations": "ego,alter,relation\na,b,work\nb,a,work\nb,c,work\n",
    "answers": "person,item,value\na,V1a,3\nb,V1a,4\n",
    "comments": "person,prompt,text\na,Q,Hello\n",
    "outcomes": "person,outcome\na,adopted\n",
    "interpreters": "ego,alter,question,value\na,b,T2,3\nb,a,T2,4\n",
    "interactions": "ego,alter,channel\na,b,mail\nb,c,mail\n",
}
SAID = {"nominations", "answers", "comments", "outcomes", "interpreters", "careless", "weights"}
A = pseudonym(b"synthetic", "a")


def cleaned(**files: str) -> dict[str, pd.DataFrame]:
    """The tables of three people, one of whom opts out."""
    raw: dict[str, list] = {}
    for source, text in (FILES | files).items():
        rows = csvfile.parse(source, Reader(file=source), Given(f"{source}.csv", content=text.encode()))
        raw[source] = [rows if source == "interactions" else whole(rows)]
    tables = cleaning.clean(raw, settings(engagement={"ids": "public"}))
    return tables | {name: tables[name].to_pandas() for name in ("interactions", "set_aside")}


def sources_with(tables: dict[str, pd.DataFrame], person: str) -> set[str]:
    """Tables in which a person's pseudonym stands."""
    told = {name for name in tables if name not in ("people", "opt_outs", "person_weeks")}
    return {name for name in told if (tables[name] == person).any(axis=None)}


def test_who_withdraws_all_is_in_no_table_but_the_list():
    """The person stays among the people, with nothing said of it; all else with it in it is set aside and counted."""
    tables = cleaned(opt_outs="person\na\n")
    assert sources_with(tables, A) == set()
    row = tables["people"].set_index("person_id").loc[A]
    assert row.isna().all()
    assert len(tables["people"]) == 3
    aside = tables["intake"].set_index("source")["rows_set_aside"].to_dict()
    few = dict.fromkeys(("answers", "comments", "outcomes", "interactions"), 1)
    assert aside == {"staff": 0, "opt_outs": 0, "nominations": 2, "interpreters": 2} | few
    assert set(tables["set_aside"]["step"]) == {"opted out"}
    assert tables["opt_outs"].to_numpy().tolist() == [[A, "all"]]


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
        people = {field.column for field in fields.values() if field.kind in ("person", "anyone")}
        assert set(WITHDRAWS[source]) == people
        assert all("all" in scopes and scopes <= set(SCOPES) for scopes in WITHDRAWS[source].values())
