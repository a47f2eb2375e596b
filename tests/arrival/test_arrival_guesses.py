"""Files of a client are told for what they are: the labelled set in six languages, and what must not be taken silently."""

from __future__ import annotations

import os
from pathlib import Path

import headed
import pandas as pd
import pytest

from kithwork.arrival import folder, questions
from kithwork.arrival.looked import Looked
from kithwork.readers.parts.rows import FIELDS


def looked(where: Path, files: dict[str, str | bytes], answer=questions.by_leaving) -> tuple[dict[str, Looked], list]:
    """What these files are taken for, by name, and what was asked."""
    for name, content in files.items():
        (where / name).write_bytes(content.encode() if isinstance(content, str) else content)
    ask = questions.Noted(answer)
    return {one.name: one for one in folder.looked_at(where, folder.files(where), ask)[0]}, ask.asked


def by_the_day_alone(question: questions.Question) -> str:
    """The day that a staff list is of, which nothing in it tells; of all else nothing."""
    return question.best if "of which day" in question.what else ""


def taken(table: headed.Headed, where: Path, sign: str = ",") -> dict[str, str]:
    """The columns that a table of the labelled set gives without asking, beside the first staff list."""
    files = {table.file: table.text(sign)}
    if table.source != "staff":
        files[headed.TABLES[0].file] = headed.TABLES[0].text()
    one = looked(where, files, by_the_day_alone)[0][table.file]
    assert [reading.source for reading in one.readings] in ([table.source], [])
    return one.readings[0].columns if one.readings else {}


@pytest.mark.parametrize("table", headed.TABLES, ids=lambda table: table.file)
def test_labelled_columns_are_taken_without_asking(table, tmp_path):
    """Every column with a field is it, in its language; no other column is taken for anything."""
    assert taken(table, tmp_path) == table.fields


@pytest.mark.parametrize("table", headed.UNSEEN, ids=lambda table: table.file)
def test_unseen_headings_are_left_open_rather_than_taken_wrongly(table, tmp_path):
    """Where headings are beyond what is known, a column is asked about or passed over, never taken for another field."""
    assert taken(table, tmp_path).items() <= table.fields.items()


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators_and_encodings_are_told_to_the_reader(sign, tmp_path):
    """A file with semicolons or tabs in Windows-1252 is read, and its settings say so."""
    table = headed.TABLES[5]
    one = looked(tmp_path, {table.file: table.text(sign).encode("cp1252")}, by_the_day_alone)[0][table.file]
    assert one.readings[0].columns == table.fields
    assert one.readings[0].spec["encoding"] == "cp1252"
    assert one.readings[0].spec["options"] == {"delimiter": {";": "semicolon", "\t": "tab"}[sign]}


def test_title_above_a_workbook_and_parquet_are_seen_through(tmp_path):
    """A heading in the third row is found; parquet goes to the reader of tables in place."""
    table = headed.TABLES[0]
    frame = pd.DataFrame({heading: headed.CELLS[cells] for heading, (cells, _) in table.columns.items()})
    frame.to_excel(tmp_path / "a.xlsx", index=False, startrow=2)
    (tmp_path / "a.xlsx").rename(tmp_path / "staff.xlsx")
    (tmp_path / "other").mkdir()
    frame.to_parquet(tmp_path / "other" / "people.parquet")
    there = looked(tmp_path, {}, questions.by_the_best)[0] | looked(tmp_path / "other", {}, questions.by_the_best)[0]
    del there["other"]
    readers = {name: one.readings[0].spec["reader"] for name, one in there.items()}
    assert readers == {"staff.xlsx": "xlsx", "people.parquet": "warehouse"}
    assert all(one.readings[0].columns == table.fields for one in there.values())


def test_units_and_forms_that_do_not_fit_are_passed_over_with_a_reason(tmp_path):
    """Years are no months, seconds no minutes, and dates with the year last are not read."""
    staff, seconds = (
        next(one for one in headed.TABLES if one.file == name) for name in ("workers.csv", "phone seconds.csv")
    )
    there = looked(tmp_path, {staff.file: staff.text(), seconds.file: seconds.text()})[0]
    assert "year" not in " ".join(there[staff.file].readings[0].columns)
    why = there[seconds.file].passed_over
    assert why["Duration (sec)"] == "is not in minutes"


def test_days_with_the_year_last_are_told_to_the_reader_where_one_form_fits(tmp_path):
    """Days above the twelfth tell day and month apart; where none does, it is asked, and left out with nobody to ask."""
    staff = headed.TABLES[0].text()
    for last, forms in (("28", ["%d.%m.%Y %H:%M"]), ("11", [])):
        lines = [f"{at % int(last) + 1:02d}.03.2026 09:{at:02d},{a},{b}" for at, (a, b) in
                 enumerate(zip(headed.CELLS["from"], headed.CELLS["to"], strict=True))]  # fmt: skip
        there, asked = looked(tmp_path, {"staff.csv": staff, "mail.csv": "\n".join(["Sent,From,To", *lines])})
        options = [reading.spec.get("options", {}).get("dates") for reading in there["mail.csv"].readings]
        assert [one for one in options if one] == forms
        assert any("how are days under Sent written" in question.what for question, _ in asked) == (not forms)


def test_halves_of_a_name_are_taken_where_there_is_no_whole(tmp_path):
    """First and last name together are how people are known; one half alone is not."""
    table = next(one for one in headed.TABLES if one.file == "workers.csv")
    columns = looked(tmp_path, {table.file: table.text()})[0][table.file].readings[0].columns
    assert (columns["first_name"], columns["last_name"]) == ("First Name", "Last Name")


def test_manager_is_known_by_its_cells(tmp_path):
    """A column whose words are ids of the same list is the manager's, whatever it is headed."""
    columns = {**headed.TABLES[0].columns}
    columns["Zzyzx"] = columns.pop("Line Manager ID")
    table = headed.Headed("none", "staff.csv", "staff", columns)
    assert taken(table, tmp_path)["manager"] == "Zzyzx"


def test_relations_side_by_side_are_named_as_such(tmp_path):
    """A column for each relation is a form that no reader takes: it says what to do."""
    lines = ["from,to,friend,work"] + [
        f"{a},{b},{n % 2},1" for n, (a, b) in enumerate(zip(headed.IDS, headed.IDS[3:], strict=False))
    ]
    there = looked(tmp_path, {"staff.csv": headed.TABLES[0].text(), "network.csv": "\n".join(lines)})[0]
    assert "make it a row for each relation named" in there["network.csv"].why_not


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("deck.pdf", b"%PDF-1.7 xyz", "is a PDF"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"0" * 600, "save it as .xlsx or CSV"),
        ("broken.xlsx", b"PK\x03\x04" + b"0" * 600, "cannot be opened"),
        ("empty.csv", b"", "holds nothing"),
        ("export.json", b'{"a": 1}', "JSON"),
        ("page.html", b"<html><body>1</body></html>", "is a web page"),
        ("heading.csv", b"person,unit\n", "no rows"),
        ("words.txt", b"Dear all,\nsee you.\n", "write a row of two headings"),
        ("list.csv", b"a,b\n1,2\n3,4\n", "no source known here"),
    ],
)
def test_file_of_no_use_is_named_with_why(name, content, why, tmp_path):
    """Nothing is passed over silently: the reason and what to do stand beside the file."""
    assert why in looked(tmp_path, {name: content})[0][name].why_not


def test_formats_that_say_what_they_hold_need_no_columns(tmp_path):
    """A calendar, a mailbox and a network are known by their beginning."""
    files = {
        "a": "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        "b": "From a@x.org Mon Sep 7 12:00:00 2026\nFrom: a@x.org\n",
        "c": "*Vertices 2\n1 \"a\"\n2 \"b\"\n",
    }  # fmt: skip
    there = looked(tmp_path, files)[0]
    assert [there[name].readings[0].spec["reader"] for name in files] == ["ics", "mailbox", "pajek"]


MAILED = "Date,From,To,Cc\n" + "".join(
    f"{1 + at % 28:02}.08.2026 0{at % 9}:00:00,p{at % 7}@x.org,p{(at + 1) % 7}@x.org; p{(at + 3) % 7}@x.org,\n"
    for at in range(60)
)


def test_mail_with_several_receivers_in_a_cell_is_a_list_of_messages(tmp_path):
    """Its form of days is told by the cells, its zone is asked, and nothing is taken for answers of a survey."""
    staff = "Id,Email,Unit\n" + "".join(f"{at},p{at}@x.org,{'AB'[at % 2]}\n" for at in range(7))
    found, asked = looked(tmp_path, {"staff.csv": staff, "mail_log.csv": MAILED}, questions.by_the_best)
    [reading] = found["mail_log.csv"].readings
    assert reading.source == "interactions"
    assert reading.spec == {
        "file": "mail_log.csv",
        "reader": "messages",
        "options": {"dates": "%d.%m.%Y %H:%M:%S"},
        "timezone": "UTC",
        "columns": {"sender": "From", "recipients": "To", "at": "Date", "cc": "Cc"},
    }
    assert [question.what[:22] for question, _ in asked] == ["in which time zone are"]


def test_people_who_stand_in_many_rows_are_no_responses(tmp_path):
    """Each answers a survey once: who stands in every row sent something."""
    rows = "Sender,Subject\n" + "p1@x.org,hello\np2@x.org,hello\n" * 30
    found, _ = looked(tmp_path, {"log.csv": rows}, questions.by_the_best)
    assert "responses" not in [reading.source for reading in found["log.csv"].readings]


def test_every_source_is_on_offer_where_a_file_is_not_sure(tmp_path):
    """The right answer can be given, the likeliest first; where nobody says what it is, it says how to name it."""
    rows = "Employee,Score\n" + "".join(f"p{at},{at % 5}\n" for at in range(9))
    found, asked = looked(tmp_path, {"odd.csv": rows}, questions.by_leaving)
    [question] = [question for question, _ in asked if question.what == "what is this file?"]
    assert {*FIELDS} < {*question.choices}
    assert question.choices[0] == question.best
    assert "name it under `sources` in params.yaml" in found["odd.csv"].why_not


STAFF = "Employee ID,Name,Department\n" + "".join(f"{one:04d},Ann{one} Berg,Unit {one % 4}\n" for one in range(1, 41))


def test_pipe_is_no_file_and_is_not_waited_for(tmp_path):
    """What is neither a file nor a folder is said to be so; nothing hangs on it."""
    os.mkfifo(tmp_path / "staff.csv")
    assert "no file" in looked(tmp_path, {})[0]["staff.csv"].why_not


def test_zeros_that_a_spreadsheet_dropped_are_told(tmp_path):
    """Ids that are those of the list but for zeros in front: one of each, and what to do."""
    pairs = "From,To,Relation\n" + "".join(f"{one},{one % 40 + 1},advice\n" for one in range(1, 41))
    why = looked(tmp_path, {"staff.csv": STAFF, "network.csv": pairs})[0]["network.csv"].why_not
    assert "1 there is 0001 on the list; write ids alike in both" in why


def test_second_list_of_the_same_people_is_not_taken_as_more_staff(tmp_path):
    """Last year's list beside this year's: which counts is the analyst's to say."""
    there = looked(tmp_path, {"staff.csv": STAFF, "staff_2025.csv": STAFF.replace("Unit 1", "Unit 2")})[0]
    assert sorted(bool(one.readings) for one in there.values()) == [False, True]
    assert "100% of its people are on the first" in "".join(one.why_not for one in there.values())


def test_table_of_people_on_the_list_does_not_take_its_place(tmp_path):
    """A survey in words not known here, by name before the list, is not read as staff, whoever is asked."""
    rows = "".join(f"{one:04d};{one % 5};Kunderne spoerger efter hurtigere levering nr. {one}\n" for one in range(1, 41))
    text = f"Medarbejdernr;Jeg stoler paa mine kolleger;Hvad ser du?\n{rows}"
    there = looked(tmp_path, {"answers_da.csv": text, "staff.csv": STAFF}, questions.by_the_best)[0]
    assert [one.name for one in there.values() for reading in one.readings if reading.source == "staff"] == ["staff.csv"]


def test_dates_in_several_forms_are_said_to_be_so(tmp_path):
    """They are passed over as dates that cannot be read alike, not as no dates."""
    days = ["2020-01-05", "06/03/2021", "7. marts 2022"]
    text = "".join(f"{line},{days[at % 3] if at else 'Start date'}\n" for at, line in enumerate(STAFF.splitlines()))
    assert "dates in several forms" in looked(tmp_path, {"staff.csv": text})[0]["staff.csv"].passed_over["Start date"]


def test_columns_beyond_the_first_hundreds_are_passed_over_with_a_word(tmp_path):
    """A table of very many columns is told by its first ones; of the others it is said that nobody looked."""
    more = [f"Extra {one}" for one in range(600)]
    lines = [",".join([line, *(more if at == 0 else ["x"] * 600)]) for at, line in enumerate(STAFF.splitlines()[:8])]
    one = looked(tmp_path, {"staff.csv": "\n".join(lines) + "\n"})[0]["staff.csv"]
    assert one.readings[0].columns["person"] == "Employee ID"
    assert "not looked at" in one.passed_over["Extra 599"]


def test_files_of_the_same_headings_are_asked_about_once(tmp_path):
    """A month of contact a file: the zone is asked once, and how many more it holds for is told."""
    ask = questions.Noted(questions.by_the_best)
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    for month in range(1, 6):
        rows = "".join(f"2026-0{month}-1{one % 9} 09:00,{one:04d},{one % 40 + 1:04d}\n" for one in range(1, 41))
        (tmp_path / f"mail_{month}.csv").write_text(f"At,Sender,Recipient\n{rows}", encoding="utf-8")
    found, _ = folder.looked_at(tmp_path, folder.files(tmp_path), ask)
    zones = [one.readings[0].spec["timezone"] for one in found if one.name.startswith("mail")]
    assert zones == ["UTC"] * 5
    assert len({question.what for question, _ in ask.asked}) == len(ask.asked)
    assert any(line.endswith("UTC (and so for 4 more of the same headings)") for line in ask.told)
