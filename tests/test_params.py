"""`params.yaml`: the committed file loads, and every kind of fault in one is named with its place and remedy."""

from __future__ import annotations

import re
from datetime import date

import pytest
import synthetic
import yaml

from kithwork import params
from kithwork.chapters import SECTIONS
from kithwork.engagement import SYNTHETIC
from kithwork.errors import UserError
from kithwork.report import section


def faults(tmp_path, content) -> list:
    """The problems of a params.yaml with this content (data, or text as it stands)."""
    path = tmp_path / "params.yaml"
    text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        params.read(path)
    assert all(problem.file == "params.yaml" and problem.do for problem in caught.value.problems)
    return caught.value.problems


def changed(*steps_and_value):
    """The committed content with one entry set: `changed("ties", "draws", 5)`."""
    *steps, last, value = steps_and_value
    content = synthetic.committed()
    place = content
    for step in steps:
        place = place[step]
    place[last] = value
    return content


def test_committed_file_loads_for_every_engagement(monkeypatch):
    """The project's own params.yaml is valid, and each engagement in it can be loaded."""
    monkeypatch.setattr(params, "ROOT", synthetic.HOME)
    for name in params.read().engagements:
        settings = params.load(name)
        assert settings.name == name
        assert settings.report.smallest_group >= 5


@pytest.mark.parametrize(
    ("change", "column", "meant"),
    [
        (("ties", "drawz", 500), "ties.drawz", "draws"),
        (("reprot", {}), "reprot", "report"),
        (("engagements", "aarhus", "tilte", "x"), "engagements.aarhus.tilte", "title"),
        (("simulations", "demo", "sede", 7), "simulations.demo.sede", "seed"),
        (("engagements", "aarhus", "sources", "staff", "fiel", "x"), "engagements.aarhus.sources.staff.fiel", "file"),
    ],
)
def test_unknown_key_is_refused_with_the_nearest_spelling(tmp_path, change, column, meant):
    """A key nobody knows is named with its path, and the remedy says which key was probably meant."""
    [problem] = faults(tmp_path, changed(*change))
    assert problem.what == "is not a known parameter"
    assert problem.column == column
    assert problem.do == f"Did you mean '{meant}'?"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("ties", "draws", "many"), "'many'"),
        (("ties", "draws", 1000.5), "1000.5"),
        (("ties", "draws", True), "True"),
        (("ties", "told_apart_at", False), "False"),
        (("ties", "draws", 5), "5"),
        (("ties", "told_apart_at", 0.2), "0.2"),
        (("people", "most_segments", 99), "99"),
        (("report", "smallest_group", 4), "4"),
        (("clean", "bad_rows", "ignore"), "'ignore'"),
        (("clean", "survey", "longest_run", 0), "0"),
        (("clean", "survey", "margins", ["team"]), "'team'"),
        (("engagements", "demo", "scales", {"V*": {"from": [1]}}), "[1]"),
        (("engagements", "demo", "scales", {"V*": {"words": {"fully": 7}}}), "7"),
        (("values", "weights", "learning", "as_answered", -1), "-1"),
        (("values", "weights", "learning", "as_answered", float("inf")), "inf"),
        (("values", "weights", "learning", "as_answered", "much"), "'much'"),
        (("report", "sections", "summary"), "'summary'"),
        (("engagements", "aarhus", "ids", "open"), "'open'"),
        (("engagements", "aarhus", "synthetic", "yes"), "'yes'"),
        (("engagements", "aarhus", "signs", "personal", "lunch", [0.4]), "[0.4]"),
        (("engagements", "aarhus", "signs", "personal", "lunch", [0.4, 1.4]), "1.4"),
        (("engagements", "aarhus", "base_rates", {"personal": [0.2]}), "[0.2]"),
        (("engagements", "aarhus", "base_rates", {"personal": [0.0, 0.2]}), "0.0"),
        (("engagements", "aarhus", "base_rates", {"personal": [0.2, 1.0]}), "1.0"),
    ],
)
def test_wrong_type_or_range_is_refused(tmp_path, change, found):
    """Text, a fraction or a yes for a whole number, and values out of range, are refused where they stand."""
    [problem] = faults(tmp_path, changed(*change))
    assert problem.column.startswith(".".join(str(step) for step in change[:-1]))
    assert problem.found == found


def test_weights_of_no_indicator_are_refused_with_the_nearest_spelling(tmp_path):
    """A misspelt value or indicator would leave the weight that was meant at 1."""
    content = changed("values", "weights", {"learnin": {"as_answered": 2}, "influence": {"reach_acros": 1}})
    [problem] = faults(tmp_path, content)
    assert problem.column == "values.weights"
    assert problem.what == "names no indicator: learnin.as_answered, influence.reach_acros"
    assert problem.do == "Did you mean 'learning.as_answered'? Did you mean 'influence.reach_across'?"


def test_missing_key_is_named(tmp_path):
    """A number that params.yaml does not state is asked for, never defaulted."""
    content = synthetic.committed()
    del content["change"]["seed"]
    [problem] = faults(tmp_path, content)
    assert (problem.what, problem.column) == ("is missing", "change.seed")


def test_unknown_source_and_kind_are_refused_with_the_known_ones(tmp_path):
    """Sources and kinds of tie have fixed names; the message lists them."""
    content = changed("engagements", "aarhus", "sources", "staffs", {"file": "x.csv"})
    content["engagements"]["aarhus"]["signs"]["social"] = {"lunch": [0.1, 0.2]}
    found = faults(tmp_path, content)
    assert len(found) == 2
    assert any("'staff'" in problem.what and "staffs" in problem.column for problem in found)
    assert any("'personal'" in problem.what and "social" in problem.column for problem in found)


def test_range_must_not_run_backwards(tmp_path):
    """A sign's low end above its high end is refused, both named."""
    [problem] = faults(tmp_path, changed("engagements", "aarhus", "signs", "personal", "lunch", [0.9, 0.1]))
    assert "signs.personal.lunch: low 0.9 is above high 0.1" in problem.what


def test_base_rates_are_shares_of_kinds_that_signs_tell(tmp_path):
    """A share that runs backwards, or of a kind that no sign tells, is named with what to do."""
    [problem] = faults(tmp_path, changed("engagements", "aarhus", "base_rates", {"personal": [0.3, 0.1]}))
    assert problem.column == "engagements.aarhus"
    assert problem.what == "base_rates.personal: low 0.3 is above high 0.1"
    assert problem.do == "Write the lower share first."
    [problem] = faults(tmp_path, changed("engagements", "office", "base_rates", {"personal": [0.1, 0.3]}))
    assert problem.what == "base_rates.personal: no sign tells such ties from others"
    assert "signs.personal" in problem.do


def test_simulated_engagement_says_so(tmp_path):
    """A study whose files are simulated must carry the label."""
    [problem] = faults(tmp_path, changed("engagements", "demo", "synthetic", False))
    assert problem.what == "engagements.demo: is simulated, so it must say synthetic: true"
    assert problem.found == ""


def test_simulation_names_an_engagement(tmp_path):
    """Files are simulated for a study only, never into a folder that nobody named."""
    [problem] = faults(tmp_path, changed("simulations", "other", {"people": 20, "weeks": 8, "seed": 1}))
    assert problem.what == "simulations.other: names no engagement"


def test_simulations_may_be_empty_but_not_left_out(tmp_path):
    """dvc.yaml reads them: without the word, no stage would run and dvc would not say why."""
    content = synthetic.committed()
    del content["engagements"]["demo"]
    path = tmp_path / "params.yaml"
    path.write_text(yaml.safe_dump(content | {"simulations": {}}), encoding="utf-8")
    assert params.read(path).simulations == {}
    del content["simulations"]
    [problem] = faults(tmp_path, yaml.safe_dump(content))
    assert "simulations: {}" in problem.do


def test_fewer_starters_than_the_smallest_group_are_refused(tmp_path):
    """A start by fewer people than may be shown would show what those few are tied to."""
    [problem] = faults(tmp_path, changed("change", "starters", 3))
    assert "change.starters" in problem.what
    assert "report.smallest_group" in problem.what


def test_scenario_of_too_few_starters_is_refused(tmp_path):
    """A scenario's own number is held to the same."""
    [problem] = faults(tmp_path, changed("change", "scenarios", "placed", "starters", 4))
    assert "change.scenarios.placed.starters: 4 starters are fewer than report.smallest_group, 5" in problem.what


@pytest.mark.parametrize(
    ("change", "what", "do"),
    [
        (("assumed", "alone", [0.02, 0.002]), "goes from 0.02 down to 0.002", "Write the lower end first."),
        (("assumed", "readiness", [0.7, 0]), "goes from 0.7 down to 0", "Write the lower end first."),
        (
            ("assumed", "spread", [0.1, 0.4]),
            "0.1 to 0.4 cannot be standard deviations of shares with",
            "Keep them at 1e-06 at least",
        ),
        (("assumed", "spread", [0.0, 0.1]), "cannot be standard deviations", "Keep them at 1e-06 at least"),
        (("heed", {"personal": 1, "functional": 1}), "does not say how far strategic ties count", "Give each kind a share"),
        (
            ("heed", {"personal": 1, "functional": 1, "strategic": 1.2}),
            "less than or equal to 1",
            "Write a smaller",
        ),
        (("scenarios", "placed", "start", "palced"), "'placed'", "Did you mean 'placed'?"),
        (("scenarios", "placed", "campaign", -1), "greater than or equal to 0", "Write a larger"),
        (
            ("scenarios", "placed", {"start": "placed", "startres": 20}),
            "is not a known parameter",
            "Did you mean 'starters'?",
        ),
        (("scenarios", "placed", {"campaign": 2}), "is missing", "Add it"),
        (("scenarios", "broadcast", "starters", 20), "has starters, and nobody starts", "Leave `starters` out"),
        (("scenarios", {}), "at least 1 item", "Change it to fit."),
        (("scenarios", {"Two words": {"start": "nobody"}}), "cannot be a name", "Use small letters, digits, - and _."),
        (("teams", "sise", 4), "is not a known parameter", "Did you mean 'size'?"),
    ],
)
def test_faulty_setting_of_the_change_is_named_with_its_remedy(tmp_path, change, what, do):
    """Ranges that run backwards or cannot be, ways to start that are not there, kinds left out: where, what, what to do."""
    [problem] = faults(tmp_path, changed("change", *change))
    assert problem.column.startswith(f"change.{change[0]}")
    assert what in problem.what
    assert problem.do.startswith(do)


def test_all_faults_come_at_once(tmp_path):
    """One reading names every fault of the file."""
    content = changed("ties", "draws", "many")
    content["values"]["seed"] = -1
    content["marketing"] = {}
    assert {problem.column for problem in faults(tmp_path, content)} == {"ties.draws", "values.seed", "marketing"}


def test_yaml_syntax_error_names_its_row(tmp_path):
    """A file that is no YAML is refused with the row an editor shows."""
    [problem] = faults(tmp_path, "clean:\n  bad_rows: stop\n ties: [1\n")
    assert problem.what == "is not valid YAML"
    assert problem.row in (3, 4)


def test_empty_file_is_refused(tmp_path):
    """An empty params.yaml, or one of a single text, holds no settings."""
    for text in ("", "hello"):
        [problem] = faults(tmp_path, text)
        assert problem.what == "holds no settings"


def test_file_in_another_encoding_is_refused(tmp_path):
    """A params.yaml saved in Latin-1 is named with the row of the first letter that is not UTF-8."""
    path = tmp_path / "params.yaml"
    path.write_bytes("clean:\n  bad_rows: stop  # für alle\n".encode("latin-1"))
    with pytest.raises(UserError) as caught:
        params.read(path)
    assert (caught.value.problems[0].what, caught.value.problems[0].row) == ("is not UTF-8 text", 2)


def test_missing_file_is_named(tmp_path):
    """Without a params.yaml the message says where it was looked for, and how to go there."""
    with pytest.raises(UserError, match=re.escape("nor in one above it")):
        params.read(tmp_path / "params.yaml")


def test_unknown_engagement_is_answered_with_the_nearest_name(monkeypatch):
    """A misspelt engagement is refused before anything is read."""
    monkeypatch.setattr(params, "ROOT", synthetic.HOME)
    with pytest.raises(UserError) as caught:
        params.load("arhus")
    [problem] = caught.value.problems
    assert (problem.found, problem.do) == ("arhus", "Did you mean 'aarhus'? Or begin it with `kithwork new arhus`.")


def test_settings_cannot_be_changed_after_reading():
    """What a run was started with stays as it was."""
    with pytest.raises(ValueError, match="frozen"):
        synthetic.settings().ties.draws = 5


@pytest.mark.parametrize(("said", "label"), [({}, ""), ({"synthetic": False}, ""), ({"synthetic": True}, SYNTHETIC)])
def test_a_study_is_labelled_only_where_it_is_called_synthetic(said, label):
    """A study is of real people unless its entry says otherwise; only then is there something to say first."""
    assert synthetic.settings(engagement=said).engagement.label == label


def test_key_that_stands_twice_is_refused(tmp_path):
    """An engagement pasted a second time would silently take the place of the first: the row of the second is named."""
    text = "engagements:\n  acme: {title: A}\n  acme: {title: B}\n"
    [problem] = faults(tmp_path, text)
    assert (problem.what, problem.row) == ("has a key that stands twice in one place", 3)


@pytest.mark.parametrize("name", ["Acme", "two words", "../up", ""])
def test_name_that_cannot_be_a_folder_is_refused(tmp_path, name):
    """An engagement's name is a folder, a stage and an address; the remedy says which signs it may hold."""
    content = changed("engagements", {name: synthetic.committed()["engagements"]["aarhus"]})
    [problem] = faults(tmp_path, content)
    assert problem.do == "Use small letters, digits, - and _."


def with_contact(files: object) -> dict:
    """The committed content with recorded contact in one engagement more, and its purpose."""
    content = changed("engagements", "aarhus", "purposes", "interactions", "To try.")
    content["engagements"]["aarhus"]["sources"]["interactions"] = files
    return content


def test_source_is_one_file_or_several(tmp_path):
    """One file's settings and a list of them are both a source; either way it is a tuple of readers."""
    several = [{"file": "a.csv"}, {"reader": "ics", "file": "b.ics"}]
    content = with_contact(several)
    path = tmp_path / "params.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    sources = params.read(path).engagements["aarhus"].sources
    assert [spec.file for spec in sources["staff"]] == ["people.csv"]
    assert [(spec.reader, spec.file) for spec in sources["interactions"]] == [("csvfile", "a.csv"), ("ics", "b.ics")]


@pytest.mark.parametrize(
    ("given", "column", "words"),
    [
        ([{"fiel": "x"}], "interactions.0.fiel", "is not a known parameter"),
        ([{"file": "x"}, {"file": "y", "colums": {}}], "interactions.1.colums", "is not a known parameter"),
        ([{"file": "x"}, {}], "interactions.1.file", "is missing"),
        ({}, "interactions.file", "is missing"),
        ([], "interactions", "settings of one file, or a list"),
        ("x.csv", "interactions", "settings of one file, or a list"),
        ([["x"]], "interactions.0", "valid dictionary"),
    ],
)
def test_faulty_file_of_a_source_is_named(tmp_path, given, column, words):
    """The place of a fault says which file of the list it is in; unknown keys are answered with the nearest."""
    found = faults(tmp_path, with_contact(given))
    [problem] = [one for one in found if one.column == f"engagements.aarhus.sources.{column}" and words in one.what]
    if "known parameter" in words:
        assert problem.do in ("Did you mean 'file'?", "Did you mean 'columns'?")


def test_file_that_stands_twice_in_a_source_is_refused(tmp_path):
    """Every row of it would be a repetition."""
    twice = [{"file": "a.csv"}, {"file": "a.csv"}]
    [problem] = faults(tmp_path, with_contact(twice))
    assert "sources.interactions: a.csv stands there twice" in problem.what


def test_bad_rows_of_an_engagement_override_those_of_all():
    """One property decides, and says where it was decided."""
    assert synthetic.settings().bad_rows == "stop"
    assert synthetic.settings().bad_rows_place == "clean.bad_rows"
    own = synthetic.settings(engagement={"bad_rows": "quarantine"})
    assert (own.bad_rows, own.bad_rows_place) == ("quarantine", "engagements.synthetic.bad_rows")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("engagements", "demo", "scales", {"V*": {}}), "should give either from"),
        (("engagements", "demo", "scales", {"V*": {"from": [1, 7], "words": {"no": 1}}}), "should give either from"),
        (("engagements", "demo", "scales", {"V*": {"from": [3, 3]}}), "has two ends that are one"),
        (("engagements", "demo", "scales", {"V*": {"words": {"Not so": 1, "not  so": 2}}}), "gives a word twice"),
        (("clean", "survey", "weight_range", [2, 3]), "does not hold 1"),
        (("clean", "working_hours", [18, 8]), "ends before it has begun"),
        (("clean", "working_hours", [8, 8]), "ends before it has begun"),
        (("report", "sections", ["summary", "trust", "summary"]), "names summary twice"),
    ],
)
def test_scales_and_weights_must_make_sense(tmp_path, change, what):
    """A scale is declared in one way, with two ends and each word once; weights may be as they are without weighting."""
    [problem] = faults(tmp_path, changed(*change))
    assert what in problem.what
    assert problem.column.startswith(".".join(str(part) for part in change[:2]))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"purposes": {"staff": "Who is there."}}, "purposes: say what nominations is used for"),
        ({"purposes": {"staff": " ", "nominations": "Ties."}}, "purposes: say what staff is used for"),
        ({"retention": None}, "should be a day in quotes"),
        ({"retention": date(2026, 1, 1)}, "should be a day in quotes"),
        ({"period": ["2026-02-01", "2026-01-01"]}, "period: 2026-02-01 is after 2026-01-01"),
        (
            {"period": ["2026-01-01", "2026-02-01"], "change_began": "2026-03-01"},
            "change_began: 2026-03-01 is after the period",
        ),
        ({"places": {"Oslo": {"timezone": "Oslo"}}}, "is not a time zone"),
        ({"places": {"Oslo": {"timezone": "Europe/Oslo", "hours": [18, 8]}}}, "ends before it has begun"),
    ],
)
def test_purpose_retention_and_times_must_be_stated_right(tmp_path, change, words):
    """Every source declares what it is used for, and the study until when it may be kept."""
    content = synthetic.committed()
    content["engagements"]["aarhus"] |= change
    assert words in "; ".join(problem.what for problem in faults(tmp_path, content))


def study(**said: object) -> dict:
    """The committed content with something said of the study `aarhus`."""
    content = synthetic.committed()
    content["engagements"]["aarhus"] |= said
    return content


@pytest.mark.parametrize(("day", "refused"), [("2026-03-01", True), ("2026-02-28", True), ("2026-03-02", False)])
def test_study_is_refused_from_its_day_of_retention_on(project, monkeypatch, day, refused):
    """On that day and after it nothing can be loaded; the message says what, where, how to delete it, and the other way."""
    (project / "params.yaml").write_text(yaml.safe_dump(study(retention=day)), encoding="utf-8")

    class Today(date):
        """The first of March 2026."""

        @classmethod
        def today(cls) -> date:
            """That day."""
            return date(2026, 3, 1)

    monkeypatch.setattr(params, "date", Today)
    assert params.stated("aarhus").name == "aarhus"
    if not refused:
        assert params.load("aarhus").name == "aarhus"
        return
    with pytest.raises(UserError) as caught:
        params.load("aarhus")
    [problem] = caught.value.problems
    assert (problem.file, problem.column, problem.found) == ("params.yaml", "engagements.aarhus.retention", day)
    told = ("data/*/aarhus", "build/*/aarhus", "reports/aarhus", "dvc gc --workspace", "later day")
    assert [words for words in told if words not in problem.do] == []
    heading = re.search(r"README\.md, '(.+)'", problem.do)[1]
    assert f"**{heading}.**" in (synthetic.HOME / "README.md").read_text(encoding="utf-8")
    assert params.load("office").name == "office"


def test_field_that_is_both_mapped_and_constant_is_refused(tmp_path):
    """Which of the two was meant cannot be told, so neither wins silently."""
    both = {"file": "a.csv", "columns": {"channel": "Kind", "ego": "From"}, "constants": {"channel": "mail"}}
    [problem] = faults(tmp_path, with_contact([both]))
    assert problem.what == "names channel under columns and under constants"
    assert (problem.column, problem.do) == ("engagements.aarhus.sources.interactions.0", "Keep one of the two.")


def test_options_are_read_as_they_are_written(tmp_path):
    """A number, a truth or a date needs no quotes to be an option's text; elsewhere nothing is converted."""
    written = "{header_row: 3, between: yes, at_least: 0.50, from: 2026-01-01, sheet: '7', delimiter: }"
    path = tmp_path / "params.yaml"
    text = yaml.safe_dump(with_contact([{"file": "a.csv", "options": {"here": "x"}}]))
    path.write_text(re.sub(r"options:\s+here: x", f"options: {written}", text), encoding="utf-8")
    [spec] = params.read(path).engagements["aarhus"].sources["interactions"]
    assert spec.options == {
        "header_row": "3",
        "between": "yes",
        "at_least": "0.50",
        "from": "2026-01-01",
        "sheet": "7",
        "delimiter": "",
    }
    assert faults(tmp_path, with_contact([{"file": "a.csv", "constants": {"channel": 3}}]))


def test_remedy_can_be_followed_as_it_is_written(tmp_path):
    """The time zone that the message names is one."""
    [problem] = faults(tmp_path, study(places={"Oslo": {"timezone": "europe/oslo"}}))
    zone = re.fullmatch(r"Write it as (\S+)\.", problem.do)[1]
    path = tmp_path / "params.yaml"
    path.write_text(yaml.safe_dump(study(places={"Oslo": {"timezone": zone}})), encoding="utf-8")
    assert params.read(path).engagements["aarhus"].places["Oslo"].timezone == zone


@pytest.mark.parametrize("key", ["[a,b]: 3", "{a: b}: 3", "? [a]\n    : 3"])
def test_key_that_is_no_word_is_refused(tmp_path, key):
    """A list or a mapping as a key is named with its row, and is no traceback."""
    [problem] = faults(tmp_path, f"engagements:\n  acme:\n    {key}\n")
    assert (problem.what, problem.row) == ("has a list or a mapping as a key", 3)


def test_section_that_is_not_there_is_refused_at_once(tmp_path):
    """A misspelt section would stop every study at its last chapter."""
    [problem] = faults(tmp_path, changed("report", "sections", ["sumary", "trust"]))
    assert (problem.column, problem.found, problem.do) == ("report.sections.0", "'sumary'", "Did you mean 'summary'?")


def test_sections_are_those_of_the_report():
    """What the settings allow is what the report can build."""
    assert sorted(path.stem for path in SECTIONS.glob("[!_]*.py")) == list(section.SECTIONS)


def test_section_that_no_study_has_is_taken_back_from_git(tmp_path):
    """What stands beside the studies is not to be copied from one of them; without a study, that is said."""
    content = synthetic.committed()
    del content["people"]
    [problem] = faults(tmp_path, content)
    assert (problem.column, problem.what) == ("people", "is missing")
    assert problem.do.startswith("Take it back from the version in git")
    [problem] = faults(tmp_path, synthetic.committed() | {"engagements": {}, "simulations": {}})
    assert (problem.column, problem.what) == ("engagements", "names no study")
